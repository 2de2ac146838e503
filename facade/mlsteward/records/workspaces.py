"""Workspaces, their members, service accounts and invitations."""

from __future__ import annotations

from datetime import datetime

from attrs import frozen

from mlsteward.records.enums import InvitationStatus, Visibility, WorkspaceMode, WorkspaceRole
from mlsteward.records.wire import enum_of, reader, wire

_role = enum_of(WorkspaceRole)
_visibility = enum_of(Visibility)


@frozen
class Plan:
    """What a workspace may use.

    Attributes:
        allowed_visibilities: What visibilities its projects may have.
        projects_limit: How many active projects; None is no limit.
        storage_bytes_limit: How many bytes; None is no limit.
    """

    allowed_visibilities: tuple[Visibility | str, ...] = wire(
        "allowed_visibilities", read=lambda values: tuple(map(_visibility, values))
    )
    projects_limit: int | None = wire("projects_limit", optional=True)
    storage_bytes_limit: int | None = wire("storage_bytes_limit", optional=True)


_plan = reader(Plan)


@frozen
class Workspace:
    """A workspace.

    Attributes:
        name: Unique, whatever the case.
        mode: Whether the server has plans to report on.
        role: What the caller is in it.
        created_at: In UTC.
    """

    id: str = wire("id")
    name: str = wire("name")
    mode: WorkspaceMode | str = wire("mode", read=enum_of(WorkspaceMode))
    plan: Plan = wire("plan", read=_plan)
    created_at: datetime = wire("created_at")
    role: WorkspaceRole | str | None = wire("role", read=_role, optional=True)


@frozen
class WorkspaceStatus:
    """How much of its plan a workspace uses; None is no limit.

    Attributes:
        storage_bytes_used: In bytes.
        active_projects: Projects that are not archived.
        members_count: People of every role, service accounts not counted.
    """

    storage_bytes_used: int = wire("storage_bytes_used")
    active_projects: int = wire("active_projects")
    members_count: int = wire("members_count")
    storage_bytes_limit: int | None = wire("storage_bytes_limit", optional=True)
    storage_bytes_available: int | None = wire("storage_bytes_available", optional=True)
    active_projects_limit: int | None = wire("active_projects_limit", optional=True)


@frozen
class Member:
    """A person in a workspace. All but username and role is None in the basic view.

    Attributes:
        joined_at: In UTC.
    """

    username: str = wire("username")
    role: WorkspaceRole | str = wire("role", read=_role)
    id: str | None = wire("id", optional=True)
    email: str | None = wire("email", optional=True)
    name: str | None = wire("name", optional=True)
    surname: str | None = wire("surname", optional=True)
    joined_at: datetime | None = wire("joined_at", optional=True)


@frozen
class ServiceAccount:
    """An account for a program.

    Attributes:
        name: `account@workspace`.
        role: Always `member`.
        created_at: In UTC.
    """

    id: str = wire("id")
    name: str = wire("name")
    role: WorkspaceRole | str = wire("role", read=_role)
    created_at: datetime = wire("created_at")


@frozen
class Invitation:
    """An invitation to a workspace, to a username or to an email address.

    Attributes:
        url: The accept address. Whoever holds it can accept, so `repr` leaves it out.
        created_at: In UTC.
        expires_at: In UTC.
    """

    id: str = wire("id")
    role: WorkspaceRole | str = wire("role", read=_role)
    status: InvitationStatus | str = wire("status", read=enum_of(InvitationStatus))
    add_to_all_projects: bool = wire("add_to_all_projects")
    url: str = wire("url", secret=True)
    created_at: datetime = wire("created_at")
    expires_at: datetime = wire("expires_at")
    email: str | None = wire("email", optional=True)
    username: str | None = wire("username", optional=True)


@frozen
class AcceptedInvitation:
    """A membership that an invitation became.

    Attributes:
        workspace: Name of the workspace.
        api_key: The first key of an account that was just made; None where there was one. `repr` leaves it out.
    """

    workspace: str = wire("workspace")
    username: str = wire("username")
    role: WorkspaceRole | str = wire("role", read=_role)
    api_key: str | None = wire("api_key", optional=True, secret=True)


read_workspace = reader(Workspace)
read_status = reader(WorkspaceStatus)
read_member = reader(Member)
read_service_account = reader(ServiceAccount)
read_invitation = reader(Invitation)
read_accepted = reader(AcceptedInvitation)
