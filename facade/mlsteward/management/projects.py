"""Projects, their members and their service accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlsteward.errors import InvalidArgument
from mlsteward.management._neptune import neptune_errors
from mlsteward.management._session import client
from mlsteward.management._words import choice_of
from mlsteward.management.roles import VISIBILITIES
from mlsteward.records.enums import AccountKind, ProjectRole, Visibility
from mlsteward.redaction import redact

if TYPE_CHECKING:
    from mlsteward.management.roles import ProjectMemberRole, ProjectVisibility

__all__ = [
    "add_project_member",
    "add_project_service_account",
    "create_project",
    "delete_project",
    "get_project_list",
    "get_project_member_list",
    "get_project_service_account_list",
    "remove_project_member",
    "remove_project_service_account",
]

USER = AccountKind.USER
SERVICE_ACCOUNT = AccountKind.SERVICE_ACCOUNT


@neptune_errors
def get_project_list(api_token: str | None = None) -> list[str]:
    """The projects the account has access to.

    Args:
        api_token: The API key to call with.

    Returns:
        Names in the form `workspace/project`.
    """
    with client(api_token) as steward:
        return [project.full_name for project in steward.projects.list()]


@neptune_errors
def create_project(
    name: str,
    key: str | None = None,
    workspace: str | None = None,
    visibility: str | ProjectVisibility = "priv",
    description: str | None = None,
    api_token: str | None = None,
) -> str:
    """Create a project.

    Args:
        name: `workspace/project`, or the bare name with `workspace`.
        key: 1 to 10 upper-case letters or digits, at least one letter (default: derived from the name).
        workspace: For a bare name.
        visibility: `priv`, `workspace` or `pub`. Whoever that lets in is an owner.
        description: A description (default: empty).
        api_token: The API key to call with.

    Returns:
        The name in the form `workspace/project`.

    Raises:
        ProjectNameCollision: There is a project with this name (a `ProjectAlreadyExists`).
        ProjectKeyCollision: There is a project with this key.
        ProjectNameInvalid: The name does not fit the rule.
        ProjectKeyInvalid: The key does not fit the rule.
        ProjectPrivacyRestrictedException: The plan does not allow this visibility.
        ActiveProjectsLimitReachedException: The plan allows no further project.
        ConflictingWorkspaceName: Two different workspaces are named.
        MissingWorkspaceName: None is.
        UnsupportedValue: There is no such visibility.

    Example:
        >>> from mlsteward import management
        >>> with management.connect(path=":memory:"):
        ...     _ = management.create_workspace("ml-org")
        ...     management.create_project(
        ...         workspace="ml-org", name="named-entity-recognition", key="NER", visibility="priv"
        ...     )
        'ml-org/named-entity-recognition'
    """
    word = _on_the_wire(visibility)
    with client(api_token) as steward:
        return steward.projects.create(
            name, workspace=workspace, key=key, visibility=word, description=description
        ).full_name


@neptune_errors
def delete_project(project: str, workspace: str | None = None, api_token: str | None = None) -> None:
    """Delete a project permanently. For admins of the workspace; service accounts cannot do this.

    Args:
        project: `workspace/project`, or the bare name with `workspace`.
        workspace: For a bare name.
        api_token: The API key to call with.

    Raises:
        AccessRevokedOnDeletion: The account may not.
        ProjectNotFound: There is none that the account can see.
    """
    with client(api_token) as steward:
        steward.projects.delete(project, workspace=workspace)


@neptune_errors
def add_project_member(
    project: str,
    username: str,
    role: str | ProjectMemberRole,
    workspace: str | None = None,
    api_token: str | None = None,
) -> None:
    """Add a person to a project. For its owners and admins of the workspace.

    Args:
        project: `workspace/project`, or the bare name with `workspace`.
        username: Of a person in the workspace.
        role: `viewer`, `contributor` or `owner`.
        workspace: For a bare name.
        api_token: The API key to call with.

    Raises:
        UserAlreadyHasAccess: They are in it, or its visibility lets them in.
        UserNotExistsOrWithoutAccess: The workspace has no such person.
        ProjectNotFound: There is no project that the account can see.
    """
    with client(api_token) as steward:
        steward.projects.members.add(
            project, username, role=choice_of("role", role, ProjectRole), workspace=workspace, kind=USER
        )


@neptune_errors
def get_project_member_list(project: str, workspace: str | None = None, api_token: str | None = None) -> dict[str, str]:
    """The people in a project.

    Args:
        project: `workspace/project`, or the bare name with `workspace`.
        workspace: For a bare name.
        api_token: The API key to call with.

    Returns:
        `owner`, `contributor` or `viewer` by username.
    """
    return _roles(project, workspace, api_token, USER)


@neptune_errors
def remove_project_member(
    project: str, username: str, workspace: str | None = None, api_token: str | None = None
) -> None:
    """Remove a person from a project. For its owners and admins of the workspace.

    Args:
        project: `workspace/project`, or the bare name with `workspace`.
        username: The person to remove.
        workspace: For a bare name.
        api_token: The API key to call with.

    Raises:
        UserNotExistsOrWithoutAccess: They are not in it, or its visibility lets them in.
        AccessRevokedOnMemberRemoval: The account may not.
        ProjectNotFound: There is no project that the account can see.
    """
    with client(api_token) as steward:
        steward.projects.members.remove(project, username, workspace=workspace, kind=USER)


@neptune_errors
def get_project_service_account_list(
    project: str, workspace: str | None = None, api_token: str | None = None
) -> dict[str, str]:
    """The service accounts that were added to a project.

    Args:
        project: `workspace/project`, or the bare name with `workspace`.
        workspace: For a bare name.
        api_token: The API key to call with.

    Returns:
        `owner`, `contributor` or `viewer` by account name, such as `cicd@ml-team`.
    """
    return _roles(project, workspace, api_token, SERVICE_ACCOUNT)


@neptune_errors
def add_project_service_account(
    project: str,
    service_account_name: str,
    role: str | ProjectMemberRole,
    workspace: str | None = None,
    api_token: str | None = None,
) -> None:
    """Add a service account to a project. For its owners and admins of the workspace.

    Args:
        project: `workspace/project`, or the bare name with `workspace`.
        service_account_name: Such as `cicd@ml-team`.
        role: `viewer`, `contributor` or `owner`.
        workspace: For a bare name.
        api_token: The API key to call with.

    Raises:
        ServiceAccountAlreadyHasAccess: It was added already.
        ServiceAccountNotFound: The workspace has no such service account.
        ProjectNotFound: There is no project that the account can see.
    """
    with client(api_token) as steward:
        word = choice_of("role", role, ProjectRole)
        steward.projects.members.add(
            project, service_account_name, role=word, workspace=workspace, kind=SERVICE_ACCOUNT
        )


@neptune_errors
def remove_project_service_account(
    project: str, service_account_name: str, workspace: str | None = None, api_token: str | None = None
) -> None:
    """Remove a service account from a project. For its owners and admins of the workspace.

    Args:
        project: `workspace/project`, or the bare name with `workspace`.
        service_account_name: Such as `cicd@ml-team`.
        workspace: For a bare name.
        api_token: The API key to call with.

    Raises:
        ServiceAccountNotExistsOrWithoutAccess: It was not added.
        AccessRevokedOnServiceAccountRemoval: The account may not.
        ProjectNotFound: There is no project that the account can see.
    """
    with client(api_token) as steward:
        steward.projects.members.remove(project, service_account_name, workspace=workspace, kind=SERVICE_ACCOUNT)


def _roles(project: str, workspace: str | None, api_token: str | None, kind: AccountKind) -> dict[str, str]:
    with client(api_token) as steward:
        members = steward.projects.members.list(project, workspace=workspace, kind=kind)
        # Who is on the roster without a role has none to show.
        # The documents have the roster's role for whoever is on it.
        roles = {m.username: m.roster_role if m.source == "roster" else m.role for m in members}
        return {username: str(role) for username, role in roles.items() if role is not None}


def _on_the_wire(visibility: object) -> Visibility:
    word = VISIBILITIES.get(str(getattr(visibility, "value", visibility)))
    if word is None:
        raise InvalidArgument(
            f"visibility cannot be {redact(str(visibility))[:100]!r}; it is one of 'priv', 'workspace', 'pub'",
            code="unsupported_value",
        )
    return Visibility(word)
