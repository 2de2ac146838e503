"""What the client returns: frozen records, one module for each domain.

They are ours, not the generated models: a new spec does not change them. Loaded on first use.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mlsteward.records.access import AccessConsideration, AccessEntry, AccessExplanation
    from mlsteward.records.datasets import Dataset, DatasetAccess, DatasetCreator, DatasetGroupGrant, DatasetUserGrant
    from mlsteward.records.enums import (
        AccessObjectType,
        AccessRule,
        AccessSource,
        AccountKind,
        AuditAction,
        DatasetPermission,
        HoldingKind,
        InvitationStatus,
        KeyScope,
        ProjectRole,
        RosterPolicy,
        Visibility,
        WorkspaceMode,
        WorkspaceRole,
    )
    from mlsteward.records.groups import Group
    from mlsteward.records.identity import Account, ApiKey, Health, NewApiKey
    from mlsteward.records.operations import AuditEvent
    from mlsteward.records.projects import Project, ProjectMember
    from mlsteward.records.workspaces import (
        AcceptedInvitation,
        Holding,
        Invitation,
        InvitationDatasetGrant,
        Member,
        Offboarding,
        OffboardingBlocker,
        OrganizationSettings,
        Plan,
        ServiceAccount,
        Workspace,
        WorkspaceStatus,
    )

_HOME = {
    "access": (
        "AccessConsideration",
        "AccessEntry",
        "AccessExplanation",
    ),
    "datasets": (
        "Dataset",
        "DatasetAccess",
        "DatasetCreator",
        "DatasetGroupGrant",
        "DatasetUserGrant",
    ),
    "enums": (
        "AccessObjectType",
        "AccessRule",
        "AccessSource",
        "AccountKind",
        "AuditAction",
        "DatasetPermission",
        "HoldingKind",
        "InvitationStatus",
        "KeyScope",
        "ProjectRole",
        "RosterPolicy",
        "Visibility",
        "WorkspaceMode",
        "WorkspaceRole",
    ),
    "groups": ("Group",),
    "identity": (
        "Account",
        "ApiKey",
        "Health",
        "NewApiKey",
    ),
    "operations": ("AuditEvent",),
    "projects": (
        "Project",
        "ProjectMember",
    ),
    "workspaces": (
        "AcceptedInvitation",
        "Holding",
        "Invitation",
        "InvitationDatasetGrant",
        "Member",
        "Offboarding",
        "OffboardingBlocker",
        "OrganizationSettings",
        "Plan",
        "ServiceAccount",
        "Workspace",
        "WorkspaceStatus",
    ),
}
_MODULE_OF = {name: module for module, names in _HOME.items() for name in names}

__all__ = [
    "AcceptedInvitation",
    "AccessConsideration",
    "AccessEntry",
    "AccessExplanation",
    "AccessObjectType",
    "AccessRule",
    "AccessSource",
    "Account",
    "AccountKind",
    "ApiKey",
    "AuditAction",
    "AuditEvent",
    "Dataset",
    "DatasetAccess",
    "DatasetCreator",
    "DatasetGroupGrant",
    "DatasetPermission",
    "DatasetUserGrant",
    "Group",
    "Health",
    "Holding",
    "HoldingKind",
    "Invitation",
    "InvitationDatasetGrant",
    "InvitationStatus",
    "KeyScope",
    "Member",
    "NewApiKey",
    "Offboarding",
    "OffboardingBlocker",
    "OrganizationSettings",
    "Plan",
    "Project",
    "ProjectMember",
    "ProjectRole",
    "RosterPolicy",
    "ServiceAccount",
    "Visibility",
    "Workspace",
    "WorkspaceMode",
    "WorkspaceRole",
    "WorkspaceStatus",
]


def __getattr__(name: str) -> object:
    module = _MODULE_OF.get(name)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = globals()[name] = getattr(import_module(f"{__name__}.{module}"), name)
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
