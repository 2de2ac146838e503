# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
"""Contains all the data models used in inputs/outputs, each imported when it is first asked for"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .accepted_invitation import AcceptedInvitation
    from .access_source import AccessSource
    from .account import Account
    from .account_kind import AccountKind
    from .api_key import ApiKey
    from .api_key_create import ApiKeyCreate
    from .api_key_created import ApiKeyCreated
    from .audit_action import AuditAction
    from .audit_event import AuditEvent
    from .group import Group
    from .group_create import GroupCreate
    from .group_update import GroupUpdate
    from .group_users import GroupUsers
    from .health import Health
    from .invitation import Invitation
    from .invitation_accept import InvitationAccept
    from .invitation_create import InvitationCreate
    from .invitation_status import InvitationStatus
    from .member import Member
    from .member_create import MemberCreate
    from .member_update import MemberUpdate
    from .member_view import MemberView
    from .plan import Plan
    from .plan_update import PlanUpdate
    from .problem import Problem
    from .problem_location import ProblemLocation
    from .project import Project
    from .project_create import ProjectCreate
    from .project_role import ProjectRole
    from .project_update import ProjectUpdate
    from .project_user import ProjectUser
    from .project_user_add import ProjectUserAdd
    from .project_user_update import ProjectUserUpdate
    from .roster_policy import RosterPolicy
    from .service_account import ServiceAccount
    from .service_account_create import ServiceAccountCreate
    from .visibility import Visibility
    from .workspace import Workspace
    from .workspace_create import WorkspaceCreate
    from .workspace_mode import WorkspaceMode
    from .workspace_role import WorkspaceRole
    from .workspace_status import WorkspaceStatus
    from .workspace_update import WorkspaceUpdate

__all__ = (
    "AcceptedInvitation",
    "AccessSource",
    "Account",
    "AccountKind",
    "ApiKey",
    "ApiKeyCreate",
    "ApiKeyCreated",
    "AuditAction",
    "AuditEvent",
    "Group",
    "GroupCreate",
    "GroupUpdate",
    "GroupUsers",
    "Health",
    "Invitation",
    "InvitationAccept",
    "InvitationCreate",
    "InvitationStatus",
    "Member",
    "MemberCreate",
    "MemberUpdate",
    "MemberView",
    "Plan",
    "PlanUpdate",
    "Problem",
    "ProblemLocation",
    "Project",
    "ProjectCreate",
    "ProjectRole",
    "ProjectUpdate",
    "ProjectUser",
    "ProjectUserAdd",
    "ProjectUserUpdate",
    "RosterPolicy",
    "ServiceAccount",
    "ServiceAccountCreate",
    "Visibility",
    "Workspace",
    "WorkspaceCreate",
    "WorkspaceMode",
    "WorkspaceRole",
    "WorkspaceStatus",
    "WorkspaceUpdate",
)

_MODULES = {
    "AcceptedInvitation": ".accepted_invitation",
    "AccessSource": ".access_source",
    "Account": ".account",
    "AccountKind": ".account_kind",
    "ApiKey": ".api_key",
    "ApiKeyCreate": ".api_key_create",
    "ApiKeyCreated": ".api_key_created",
    "AuditAction": ".audit_action",
    "AuditEvent": ".audit_event",
    "Group": ".group",
    "GroupCreate": ".group_create",
    "GroupUpdate": ".group_update",
    "GroupUsers": ".group_users",
    "Health": ".health",
    "Invitation": ".invitation",
    "InvitationAccept": ".invitation_accept",
    "InvitationCreate": ".invitation_create",
    "InvitationStatus": ".invitation_status",
    "Member": ".member",
    "MemberCreate": ".member_create",
    "MemberUpdate": ".member_update",
    "MemberView": ".member_view",
    "Plan": ".plan",
    "PlanUpdate": ".plan_update",
    "Problem": ".problem",
    "ProblemLocation": ".problem_location",
    "Project": ".project",
    "ProjectCreate": ".project_create",
    "ProjectRole": ".project_role",
    "ProjectUpdate": ".project_update",
    "ProjectUser": ".project_user",
    "ProjectUserAdd": ".project_user_add",
    "ProjectUserUpdate": ".project_user_update",
    "RosterPolicy": ".roster_policy",
    "ServiceAccount": ".service_account",
    "ServiceAccountCreate": ".service_account_create",
    "Visibility": ".visibility",
    "Workspace": ".workspace",
    "WorkspaceCreate": ".workspace_create",
    "WorkspaceMode": ".workspace_mode",
    "WorkspaceRole": ".workspace_role",
    "WorkspaceStatus": ".workspace_status",
    "WorkspaceUpdate": ".workspace_update",
}

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = globals()[name] = getattr(import_module(_MODULES[name], __name__), name)
        return value

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})
