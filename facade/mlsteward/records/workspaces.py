"""Workspaces, their members, service accounts and invitations."""

from __future__ import annotations

from datetime import datetime

from attrs import frozen

from mlsteward.protocol import known_code
from mlsteward.records.enums import (
    DatasetPermission,
    HoldingKind,
    InvitationStatus,
    ProjectRole,
    Visibility,
    WorkspaceMode,
    WorkspaceRole,
)
from mlsteward.records.record import Record
from mlsteward.records.wire import enum_of, reader, tuple_of, wire

_role = enum_of(WorkspaceRole)
_permission = enum_of(DatasetPermission)
_visibility = enum_of(Visibility)


@frozen(repr=False)
class Plan(Record):
    """The plan of a workspace: what it may use.

    Attributes:
        allowed_visibilities: The visibilities that its projects may have.
        projects_limit: Maximum number of active projects; None for no limit.
        storage_bytes_limit: Maximum number of bytes stored; None for no limit.
    """

    allowed_visibilities: tuple[Visibility | str, ...] = wire("allowed_visibilities", read=tuple_of(_visibility))
    projects_limit: int | None = wire("projects_limit", optional=True)
    storage_bytes_limit: int | None = wire("storage_bytes_limit", optional=True)


_plan = reader(Plan)


@frozen(repr=False)
class Workspace(Record):
    """A workspace.

    Attributes:
        name: Unique, case-insensitive.
        mode: Whether the server has plans to report on.
        role: The role of the caller.
        created_at: In UTC.
    """

    _identified_by = "name"

    id: str = wire("id")
    name: str = wire("name")
    mode: WorkspaceMode | str = wire("mode", read=enum_of(WorkspaceMode))
    plan: Plan = wire("plan", read=_plan)
    created_at: datetime = wire("created_at")
    role: WorkspaceRole | str | None = wire("role", read=_role, optional=True)


@frozen(repr=False)
class WorkspaceStatus(Record):
    """How much of its plan a workspace uses. None means no limit.

    Attributes:
        storage_bytes_used: In bytes.
        active_projects: Projects that are not archived.
        members_count: Number of people with any role, without service accounts.
    """

    storage_bytes_used: int = wire("storage_bytes_used")
    active_projects: int = wire("active_projects")
    members_count: int = wire("members_count")
    storage_bytes_limit: int | None = wire("storage_bytes_limit", optional=True)
    storage_bytes_available: int | None = wire("storage_bytes_available", optional=True)
    active_projects_limit: int | None = wire("active_projects_limit", optional=True)


@frozen(repr=False)
class Member(Record):
    """A person in a workspace. In the basic view, everything except username and role is None.

    Attributes:
        joined_at: In UTC.
        email_proved: Whether they proved that they get mail to the address.
    """

    _identified_by = "username"

    username: str = wire("username")
    role: WorkspaceRole | str = wire("role", read=_role)
    id: str | None = wire("id", optional=True)
    email: str | None = wire("email", optional=True)
    name: str | None = wire("name", optional=True)
    surname: str | None = wire("surname", optional=True)
    joined_at: datetime | None = wire("joined_at", optional=True)
    email_proved: bool | None = wire("email_proved", optional=True)


@frozen(repr=False)
class ServiceAccount(Record):
    """An account for a program.

    Attributes:
        name: `account@workspace`.
        role: Always `member`.
        created_at: In UTC.
    """

    _identified_by = "name"

    id: str = wire("id")
    name: str = wire("name")
    role: WorkspaceRole | str = wire("role", read=_role)
    created_at: datetime = wire("created_at")


@frozen(repr=False)
class InvitationDatasetGrant(Record):
    """What an invited person may do with a dataset once they have accepted.

    Attributes:
        dataset: Name of the dataset.
    """

    dataset_id: str = wire("dataset_id")
    dataset: str = wire("dataset")
    permission: DatasetPermission | str = wire("permission", read=_permission)


_invitation_dataset_grant = reader(InvitationDatasetGrant)


@frozen(repr=False)
class Invitation(Record):
    """An invitation to a workspace, to a username or to an email address.

    Attributes:
        url: The invitation link. Whoever has it can join, so `repr` leaves it out. It proves no email address.
        created_at: In UTC.
        expires_at: In UTC.
        dataset_grants: What they may do with datasets once they have accepted.
    """

    _identified_by = "id"

    id: str = wire("id")
    role: WorkspaceRole | str = wire("role", read=_role)
    status: InvitationStatus | str = wire("status", read=enum_of(InvitationStatus))
    add_to_all_projects: bool = wire("add_to_all_projects")
    url: str = wire("url", secret=True)
    created_at: datetime = wire("created_at")
    expires_at: datetime = wire("expires_at")
    email: str | None = wire("email", optional=True)
    username: str | None = wire("username", optional=True)
    dataset_grants: tuple[InvitationDatasetGrant, ...] = wire(
        "dataset_grants", read=tuple_of(_invitation_dataset_grant), optional=True, absent=()
    )


@frozen(repr=False)
class AcceptedInvitation(Record):
    """The membership that an accepted invitation created.

    Attributes:
        workspace: Name of the workspace.
        api_key: The first API key of a new account; None if the account existed. `repr` leaves it out.
    """

    workspace: str = wire("workspace")
    username: str = wire("username")
    role: WorkspaceRole | str = wire("role", read=_role)
    api_key: str | None = wire("api_key", optional=True, secret=True)


@frozen(repr=False)
class OrganizationSettings(Record):
    """The defaults of a workspace.

    Attributes:
        default_user_role: The role of people who are added or invited without one.
        default_dataset_permission: The default permission of new datasets.
        default_operator_minimum_role: The lowest role that may run an operator.
        default_operator_minimum_dataset_permission: The lowest permission on a dataset that an operator may run with.
    """

    default_user_role: WorkspaceRole | str = wire("default_user_role", read=_role)
    default_dataset_permission: DatasetPermission | str = wire("default_dataset_permission", read=_permission)
    default_operator_minimum_role: WorkspaceRole | str = wire("default_operator_minimum_role", read=_role)
    default_operator_minimum_dataset_permission: DatasetPermission | str = wire(
        "default_operator_minimum_dataset_permission", read=_permission
    )


@frozen(repr=False)
class Holding(Record):
    """One thing that a person holds in a workspace.

    Attributes:
        id: The id of the project, group, dataset, key or invitation.
        name: The name of the project, group, dataset or key; for an invitation, the person it was sent to.
        role: The project role, dataset permission or invited role; None if there is none.
        passes_to: Username of the successor who gets it; None if nobody gets it.
        user: For a key that they made for another account, the username of that account.
    """

    kind: HoldingKind | str = wire("kind", read=enum_of(HoldingKind))
    id: str = wire("id")
    name: str = wire("name")
    role: ProjectRole | DatasetPermission | WorkspaceRole | str | None = wire(
        "role", read=enum_of(ProjectRole, DatasetPermission, WorkspaceRole), optional=True
    )
    passes_to: str | None = wire("passes_to", optional=True)
    user: str | None = wire("user", optional=True)


@frozen(repr=False)
class OffboardingBlocker(Record):
    """A reason to refuse an offboarding.

    Attributes:
        code: The code of the error that would be raised: `last_admin` or `sole_owner`.
        detail: The reason in words.
    """

    code: str = wire("code", read=known_code)
    detail: str = wire("detail")


_holding = reader(Holding)
_blocker = reader(OffboardingBlocker)


@frozen(repr=False)
class Offboarding(Record):
    """What a person holds in a workspace, and what happens to it.

    Attributes:
        role: Their role in the workspace.
        deletes_account: Whether this is their last workspace; the account and its API keys go with it.
        holdings: What they hold.
        blockers: The reasons to refuse the offboarding; empty if there are none.
        successor: Username of the person who gets what only they own.
    """

    user_id: str = wire("user_id")
    username: str = wire("username")
    role: WorkspaceRole | str = wire("role", read=_role)
    deletes_account: bool = wire("deletes_account")
    holdings: tuple[Holding, ...] = wire("holdings", read=tuple_of(_holding))
    blockers: tuple[OffboardingBlocker, ...] = wire("blockers", read=tuple_of(_blocker))
    successor: str | None = wire("successor", optional=True)


read_workspace = reader(Workspace)
read_status = reader(WorkspaceStatus)
read_member = reader(Member)
read_service_account = reader(ServiceAccount)
read_invitation = reader(Invitation)
read_accepted = reader(AcceptedInvitation)
read_organization_settings = reader(OrganizationSettings)
read_offboarding = reader(Offboarding)
