"""Workspaces and who is in them."""

from __future__ import annotations

from mlsteward.management._session import client
from mlsteward.management._words import choice_of
from mlsteward.management.roles import WorkspaceMemberRole
from mlsteward.records.enums import WorkspaceRole

__all__ = [
    "create_service_account",
    "create_workspace",
    "get_workspace_member_list",
    "get_workspace_service_account_list",
    "get_workspace_status",
    "invite_to_workspace",
]

NO_LIMIT = 2**53 - 1
"""What `get_workspace_status` says for "no limit", so that scripts can compare and subtract."""


def create_workspace(name: str, api_token: str | None = None) -> str:
    """Create a workspace. For the platform operator.

    Args:
        name: Letters, digits, `-` and `_`.
        api_token: The API key to call with.

    Returns:
        The name.

    Raises:
        WorkspaceAlreadyExists: There is one with this name.
    """
    with client(api_token) as steward:
        return steward.workspaces.create(name).name


def create_service_account(name: str, workspace: str, api_token: str | None = None) -> str:
    """Create a service account. For admins of the workspace.

    Args:
        name: The part before the `@`.
        workspace: Name of the workspace.
        api_token: The API key to call with.

    Returns:
        Its full name, such as `cicd@ml-team`.
    """
    with client(api_token) as steward:
        return steward.service_accounts.create(name, workspace=workspace).name


def get_workspace_member_list(workspace: str, api_token: str | None = None) -> dict[str, str]:
    """The people in a workspace.

    Args:
        workspace: Name of the workspace.
        api_token: The API key to call with.

    Returns:
        `admin`, `member`, `collaborator` or `guest` by username.

    Raises:
        WorkspaceNotFound: There is none that the account can see.
    """
    with client(api_token) as steward:
        return {member.username: str(member.role) for member in steward.members.list(workspace=workspace)}


def get_workspace_service_account_list(workspace: str, api_token: str | None = None) -> dict[str, str]:
    """The service accounts of a workspace.

    Args:
        workspace: Name of the workspace.
        api_token: The API key to call with.

    Returns:
        `member` by account name, such as `cicd@ml-team`.

    Raises:
        WorkspaceNotFound: There is none that the account can see.
    """
    with client(api_token) as steward:
        return {account.name: str(account.role) for account in steward.service_accounts.list(workspace=workspace)}


def invite_to_workspace(
    username: str | None = None,
    email: str | None = None,
    workspace: str | None = None,
    api_token: str | None = None,
    role: str | WorkspaceMemberRole = "member",
    add_to_all_projects: bool = False,
) -> None:
    """Invite a person to a workspace. For its admins; service accounts cannot.

    Args:
        username: The person to invite; give this or `email`, not both.
        email: The address to invite.
        workspace: Name of the workspace (default: the default workspace).
        api_token: The API key to call with.
        role: `member` or `admin`.
        add_to_all_projects: Whether acceptance puts them on every project, as a viewer.

    Raises:
        UserAlreadyInvited: They are in it, or have an open invitation.
        WorkspaceOrUserNotFound: There is no such workspace or user.
        InvalidArgument: Both or neither of username and email are given.
        UnsupportedValue: There is no such role.
    """
    # Neptune knows two roles; the others are for the object client.
    word = WorkspaceRole(choice_of("role", role, WorkspaceMemberRole))
    with client(api_token) as steward:
        steward.invitations.send(
            workspace=workspace, username=username, email=email, role=word, add_to_all_projects=add_to_all_projects
        )


def get_workspace_status(workspace: str | None = None, api_token: str | None = None) -> dict[str, int]:
    """How much of its plan a workspace uses. Not available on self-hosted servers.

    Args:
        workspace: Name of the workspace (default: the default workspace).
        api_token: The API key to call with.

    Returns:
        `storageBytesAvailable`, `storageBytesLimit`, `storageBytesUsed`, `activeProjectsUsage`,
        `activeProjectsLimit` and `membersCount`. A limit that the plan does not set is `NO_LIMIT`.

    Raises:
        NotAvailable: The server is self-hosted.
        WorkspaceNotFound: There is none that the account can see.
    """
    with client(api_token) as steward:
        status = steward.workspaces.status(workspace)
    limit = NO_LIMIT if status.storage_bytes_limit is None else status.storage_bytes_limit
    projects = NO_LIMIT if status.active_projects_limit is None else status.active_projects_limit
    return {
        "storageBytesAvailable": max(0, limit - status.storage_bytes_used),
        "storageBytesLimit": limit,
        "storageBytesUsed": status.storage_bytes_used,
        "activeProjectsUsage": status.active_projects,
        "activeProjectsLimit": projects,
        "membersCount": status.members_count,
    }
