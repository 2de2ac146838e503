"""Who may do what with the datasets of the workspace.

The functions name no workspace: a dataset is called by its name in the one that is configured, or the default
one of the caller. Every `user` is an id, an email or a `User`; every `user_group` an id, a name or a `UserGroup`.

Admins of the workspace may do everything. For others their own grant counts; without one the highest of what
their groups were granted and, for members, the default of the dataset.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, TypeGuard, overload

from mlsteward.errors import GroupNotFound, InvalidArgument, MemberNotFound
from mlsteward.management._session import client
from mlsteward.management._words import member_of
from mlsteward.management.roles import DatasetPermission as DatasetPermission
from mlsteward.management.user_groups import group_reference
from mlsteward.management.users import full_name, to_user, user_reference
from mlsteward.references import is_id

if TYPE_CHECKING:
    from mlsteward.management.records import User, UserGroup

__all__ = [
    "delete_dataset_user_permission",
    "get_dataset_creator",
    "get_permissions",
    "get_permissions_for_dataset",
    "get_permissions_for_dataset_user",
    "get_permissions_for_dataset_user_group",
    "get_permissions_for_user",
    "get_permissions_for_user_group",
    "remove_dataset_user_group_permission",
    "set_dataset_default_permission",
    "set_dataset_user_group_permission",
    "set_dataset_user_permission",
]


def get_dataset_creator(dataset_name: str) -> User | None:
    """Who created a dataset.

    Args:
        dataset_name: The dataset.

    Returns:
        None where they are not in the workspace any more. The email is for admins.

    Raises:
        DatasetNotFound: There is no such dataset, or the caller may not see it (a `ValueError`).
    """
    with client(None) as steward:
        creator = steward.datasets.get(dataset_name).creator
        return None if creator is None else to_user(creator)


@overload
def get_permissions(*, dataset_name: str, user: None = None, user_group: None = None) -> dict[str, Any]: ...
@overload
def get_permissions(*, dataset_name: None = None, user: str | User) -> list[dict[str, Any]]: ...
@overload
def get_permissions(*, dataset_name: None = None, user_group: str | UserGroup) -> list[dict[str, Any]]: ...
@overload
def get_permissions(*, dataset_name: str, user: str | User) -> DatasetPermission | str: ...
@overload
def get_permissions(*, dataset_name: str, user_group: str | UserGroup) -> DatasetPermission | str: ...
def get_permissions(
    *,
    dataset_name: str | None = None,
    user: str | User | None = None,
    user_group: str | UserGroup | None = None,
) -> dict[str, Any] | list[dict[str, Any]] | DatasetPermission | str:
    """The permissions on a dataset, or of a user or a group, or of one of them on one dataset. For admins.

    Args:
        dataset_name: The dataset.
        user: The person; not together with `user_group`.
        user_group: The group.

    Returns:
        What the function for the given arguments returns: `get_permissions_for_dataset`,
        `get_permissions_for_user`, `get_permissions_for_user_group`, `get_permissions_for_dataset_user` or
        `get_permissions_for_dataset_user_group`.

    Raises:
        InvalidArgument: Nothing is given, or a user and a group (a `ValueError`).

    Example:
        >>> import mlsteward.management as fom
        >>> with fom.connect(path=":memory:", workspace="ml-team") as steward:
        ...     _ = steward.workspaces.create("ml-team")
        ...     _ = steward.members.add("jackie", email="jackie@example.org", role="guest")
        ...     _ = steward.datasets.create("quickstart")
        ...     fom.set_dataset_user_permission("quickstart", "jackie@example.org", fom.TAG)
        ...     fom.get_permissions(dataset_name="quickstart", user="jackie@example.org")
        ...     fom.get_permissions(user="jackie@example.org")
        <DatasetPermission.TAG: 'TAG'>
        [{'name': 'quickstart', 'permission': <DatasetPermission.TAG: 'TAG'>}]
    """
    if user is not None and user_group is not None:
        raise InvalidArgument("give a user or a user_group, not both")
    if dataset_name is None:
        if user is not None:
            return get_permissions_for_user(user)
        if user_group is not None:
            return get_permissions_for_user_group(user_group)
        raise InvalidArgument("give a dataset_name, a user or a user_group")
    if user is not None:
        return get_permissions_for_dataset_user(dataset_name, user)
    if user_group is not None:
        return get_permissions_for_dataset_user_group(dataset_name, user_group)
    return get_permissions_for_dataset(dataset_name)


@overload
def get_permissions_for_dataset(dataset_name: str, include_groups: Literal[True] = True) -> dict[str, Any]: ...
@overload
def get_permissions_for_dataset(dataset_name: str, include_groups: Literal[False]) -> list[dict[str, Any]]: ...
@overload
def get_permissions_for_dataset(dataset_name: str, include_groups: bool) -> dict[str, Any] | list[dict[str, Any]]: ...
def get_permissions_for_dataset(
    dataset_name: str, include_groups: bool = True
) -> dict[str, Any] | list[dict[str, Any]]:
    """Who has access to a dataset, for whatever reason, service accounts included. For admins.

    Args:
        dataset_name: The dataset.
        include_groups: Whether to say as well what groups were granted.

    Returns:
        `users` and `groups`, each a list; or the list of users alone, where groups are not wanted. A user is a
        dict with `name`, `email` (None if there is none), `id` and `permission`; a group one with `name`,
        `id` and `permission`. Users are sorted by username, groups by name.

    Raises:
        DatasetNotFound: There is no such dataset (a `ValueError`).
        Forbidden: The caller is no admin.

    Example:
        >>> import mlsteward.management as fom
        >>> with fom.connect(path=":memory:", workspace="ml-team") as steward:
        ...     _ = steward.workspaces.create("ml-team")
        ...     _ = steward.datasets.create("quickstart")
        ...     _ = fom.create_user_group("interns")
        ...     fom.set_dataset_user_group_permission("quickstart", "interns", "VIEW")
        ...     found = fom.get_permissions_for_dataset("quickstart")
        ...     [(user["name"], user["permission"]) for user in found["users"]]
        ...     [(group["name"], group["permission"]) for group in found["groups"]]
        [('local', <DatasetPermission.MANAGE: 'MANAGE'>)]
        [('interns', <DatasetPermission.VIEW: 'VIEW'>)]
    """
    with client(None) as steward:
        permissions = steward.datasets.permissions
        users = [
            {
                "name": full_name(found.name, found.surname, found.username),
                "email": found.email,
                "id": found.user_id,
                "permission": found.permission,
            }
            for found in permissions.list(dataset_name)
        ]
        if not include_groups:
            return users
        groups = [
            {"name": found.group, "id": found.group_id, "permission": found.permission}
            for found in permissions.list_groups(dataset_name)
            if found.permission != DatasetPermission.NO_ACCESS
        ]
    return {"users": users, "groups": groups}


def get_permissions_for_dataset_user(dataset_name: str, user: str | User) -> DatasetPermission | str:
    """What a person may do with a dataset, for whatever reason. For admins.

    Args:
        dataset_name: The dataset.
        user: The person.

    Returns:
        `NO_ACCESS` where they have none.

    Raises:
        MemberNotFound: The workspace has no such person (a `ValueError`).
        DatasetNotFound: There is no such dataset (a `ValueError`).
        Forbidden: The caller is no admin.
    """
    reference = user_reference(user)
    with client(None) as steward:
        return steward.datasets.permissions.get(dataset_name, user=reference)


def get_permissions_for_dataset_user_group(dataset_name: str, user_group: str | UserGroup) -> DatasetPermission | str:
    """What a group was granted on a dataset. For admins.

    Args:
        dataset_name: The dataset.
        user_group: The group.

    Returns:
        `NO_ACCESS` where nothing was.

    Raises:
        GroupNotFound: The workspace has no such group (a `ValueError`).
        DatasetNotFound: There is no such dataset (a `ValueError`).
        Forbidden: The caller is no admin.
    """
    reference = group_reference(user_group)
    with client(None) as steward:
        return steward.datasets.permissions.get(dataset_name, group=reference)


def get_permissions_for_user(user: str | User) -> list[dict[str, Any]]:
    """The datasets a person has access to, for whatever reason, oldest first. For admins, and for themselves.

    Args:
        user: The person.

    Returns:
        Dicts with the `name` of the dataset and the `permission`.

    Raises:
        MemberNotFound: The workspace has no such person (a `ValueError`).
        Forbidden: It is somebody else, and the caller is no admin.
    """
    reference = user_reference(user)
    with client(None) as steward:
        found = steward.datasets.permissions.list(user=reference)
        return [{"name": access.dataset, "permission": access.permission} for access in found]


def get_permissions_for_user_group(user_group: str | UserGroup) -> list[dict[str, Any]]:
    """The datasets a group was granted access to, oldest first. For admins.

    Args:
        user_group: The group.

    Returns:
        Dicts with the `name` of the dataset and the `permission`.

    Raises:
        GroupNotFound: The workspace has no such group (a `ValueError`).
        Forbidden: The caller is no admin.
    """
    reference = group_reference(user_group)
    with client(None) as steward:
        return [
            {"name": grant.dataset, "permission": grant.permission}
            for grant in steward.datasets.permissions.list(group=reference)
            if grant.permission != DatasetPermission.NO_ACCESS
        ]


def set_dataset_default_permission(dataset_name: str, permission: DatasetPermission | str) -> None:
    """Say what members of the workspace may do with a dataset. Collaborators and guests gain nothing from it.

    Args:
        dataset_name: The dataset.
        permission: What they may do.

    Raises:
        UnsupportedValue: There is no such permission (a `ValueError`).
        DatasetNotFound: There is no such dataset, or the caller may not see it (a `ValueError`).
        Forbidden: The caller may not manage it.
    """
    word = _permission(permission)
    with client(None) as steward:
        steward.datasets.permissions.set_default(dataset_name, word)


def set_dataset_user_permission(
    dataset_name: str, user: str | User | UserGroup, permission: DatasetPermission | str, invite: bool = False
) -> None:
    """Grant a person a permission on a dataset, which replaces what they were granted before.

    It counts before what their groups and the default of the dataset give them, be it more or less.

    Args:
        dataset_name: The dataset.
        user: The person. Documents pass a group in an example: a `UserGroup` or its id is one here, too.
        permission: What they may do from now on; `NO_ACCESS` takes away what they would have otherwise.
        invite: Whether to invite an email address that nobody in the workspace has. The invitation names the
            default role of the workspace, no higher than that of the caller; whoever accepts it has the permission.

    Raises:
        MemberNotFound: The workspace has no such person, and they are not to be invited (a `ValueError`).
        UnsupportedValue: There is no such permission (a `ValueError`).
        DatasetNotFound: There is no such dataset, or the caller may not see it (a `ValueError`).
        Forbidden: The caller may not manage it.

    Example:
        >>> import mlsteward.management as fom
        >>> with fom.connect(path=":memory:", workspace="ml-team") as steward:
        ...     _ = steward.workspaces.create("ml-team")
        ...     _ = steward.datasets.create("quickstart")
        ...     fom.set_dataset_user_permission("quickstart", "guest@example.org", fom.VIEW, invite=True)
        ...     [pending.invitee_email for pending in fom.list_pending_invitations()]
        ['guest@example.org']
    """
    word = _permission(permission)
    if not isinstance(user, str) and _is_group(user):
        set_dataset_user_group_permission(dataset_name, user, word)
        return
    reference = user_reference(user)
    with client(None) as steward:
        permissions = steward.datasets.permissions
        try:
            permissions.grant(dataset_name, word, user=reference, invite=invite)
        except MemberNotFound as nobody:
            if not is_id(reference):
                raise
            try:
                permissions.grant(dataset_name, word, group=reference)
            except GroupNotFound:
                raise nobody from None


def delete_dataset_user_permission(dataset_name: str, user: str | User) -> None:
    """Take back what a person was granted on a dataset. Where nothing was, nothing happens.

    What their groups and the default of the dataset give them stays.

    Args:
        dataset_name: The dataset.
        user: The person, or the email address of somebody who was invited.

    Raises:
        MemberNotFound: The workspace has no such person (a `ValueError`).
        DatasetNotFound: There is no such dataset, or the caller may not see it (a `ValueError`).
        Forbidden: The caller may not manage it.
    """
    reference = user_reference(user)
    with client(None) as steward:
        steward.datasets.permissions.revoke(dataset_name, user=reference, missing_ok=True)


def set_dataset_user_group_permission(
    dataset_name: str, user_group: str | UserGroup, permission: DatasetPermission | str
) -> None:
    """Grant a group a permission on a dataset, which replaces what it was granted before.

    Args:
        dataset_name: The dataset.
        user_group: The group.
        permission: What the people in it may do from now on.

    Raises:
        GroupNotFound: The workspace has no such group (a `ValueError`).
        UnsupportedValue: There is no such permission (a `ValueError`).
        DatasetNotFound: There is no such dataset, or the caller may not see it (a `ValueError`).
        Forbidden: The caller may not manage it.
    """
    reference, word = group_reference(user_group), _permission(permission)
    with client(None) as steward:
        steward.datasets.permissions.grant(dataset_name, word, group=reference)


def remove_dataset_user_group_permission(dataset_name: str, user_group: str | UserGroup) -> None:
    """Take back what a group was granted on a dataset. Where nothing was, nothing happens.

    Args:
        dataset_name: The dataset.
        user_group: The group.

    Raises:
        GroupNotFound: The workspace has no such group (a `ValueError`).
        DatasetNotFound: There is no such dataset, or the caller may not see it (a `ValueError`).
        Forbidden: The caller may not manage it.
    """
    reference = group_reference(user_group)
    with client(None) as steward:
        steward.datasets.permissions.revoke(dataset_name, group=reference, missing_ok=True)


def _permission(permission: object) -> DatasetPermission:
    return member_of("permission", permission, DatasetPermission)


def _is_group(user: User | UserGroup) -> TypeGuard[UserGroup]:
    from mlsteward.management.records import UserGroup

    return isinstance(user, UserGroup)
