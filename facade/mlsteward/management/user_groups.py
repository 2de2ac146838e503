"""Groups of people in the workspace. For its admins.

The functions name no workspace: they act on the one that is configured, or the default one of the caller.
Every `user_group` is an id, a name or a `UserGroup`; every user an id, an email, a `User` or a dict of one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Literal, overload

from mlsteward.errors import GroupNotFound, InvalidArgument, MemberNotFound
from mlsteward.management._session import client
from mlsteward.management.users import to_user, user_reference
from mlsteward.references import is_id

if TYPE_CHECKING:
    from mlsteward.client import Steward
    from mlsteward.management.records import User, UserGroup
    from mlsteward.records.groups import Group

__all__ = [
    "add_user_group",
    "add_users_to_group",
    "create_user_group",
    "delete_user_group",
    "get_user_group",
    "list_user_groups",
    "list_user_groups_for_user",
    "remove_users_from_group",
    "resolve_user_group_id",
    "update_user_group",
]


def create_user_group(name: str, description: str | None = None, users: list[str | User] | None = None) -> UserGroup:
    """Create a group. Also called `add_user_group`.

    Args:
        name: Letters, digits, spaces, `.`, `-` and `_`; unique in the workspace, case-insensitive.
        description: A description (default: empty).
        users: Its first members.

    Raises:
        GroupAlreadyExists: There is one with this name.
        MemberNotFound: One of the users is not in the workspace; then no group is made (a `ValueError`).
        Forbidden: The caller is no admin.

    Example:
        >>> import mlsteward.management as fom
        >>> with fom.connect(path=":memory:", workspace="ml-team") as steward:
        ...     _ = steward.workspaces.create("ml-team")
        ...     _ = steward.members.add("jackie", email="jackie@example.org")
        ...     group = fom.create_user_group("labelers", users=["jackie@example.org"])
        ...     [user.name for user in fom.get_user_group("labelers").users]
        ['jackie']
    """
    with client(None) as steward:
        made = steward.groups.create(name, description=description, users=_references(users or ()))
        return _user_group(steward, made)


add_user_group = create_user_group
"""The name that the documents use in an example."""


def get_user_group(user_group: str | UserGroup) -> UserGroup | None:
    """A group with the people in it.

    Args:
        user_group: Id or name.

    Returns:
        None where the workspace has no such group.

    Raises:
        Forbidden: The caller is no admin.
    """
    reference = group_reference(user_group)
    with client(None) as steward:
        try:
            return _user_group(steward, steward.groups.get(reference))
        except GroupNotFound:
            return None


@overload
def list_user_groups(num_groups: int = 100, verbose: Literal[False] = False) -> list[str]: ...
@overload
def list_user_groups(num_groups: int = 100, *, verbose: Literal[True]) -> list[UserGroup]: ...
@overload
def list_user_groups(num_groups: int = 100, verbose: bool = False) -> list[UserGroup] | list[str]: ...
def list_user_groups(num_groups: int = 100, verbose: bool = False) -> list[UserGroup] | list[str]:
    """The groups of the workspace, by name.

    Args:
        num_groups: Maximum number of groups.
        verbose: Return all fields, with the people in each group.

    Returns:
        Groups; or, without `verbose`, their names.
    """
    with client(None) as steward:
        found = steward.groups.list(limit=num_groups)
        if verbose:
            return [_user_group(steward, group) for group in found]
        return [group.name for group in found]


def list_user_groups_for_user(user: str | dict[str, Any] | User, verbose: bool = False) -> list[Any]:
    """The groups a person is in, by name.

    Args:
        user: The person. An id that nobody has is in no group.
        verbose: Return all fields.

    Returns:
        Dicts with `id`, `name` and `description`; or names, without `verbose`.

    Raises:
        MemberNotFound: Nobody in the workspace has the email address (a `ValueError`).
        Forbidden: The caller is no admin.
    """
    reference = _reference(user)
    with client(None) as steward:
        try:
            found = steward.groups.list(user=reference).to_list()
        except MemberNotFound:
            if not is_id(reference):
                raise
            return []
    if verbose:
        return [{"id": group.id, "name": group.name, "description": group.description} for group in found]
    return [group.name for group in found]


def update_user_group(
    user_group: str | UserGroup,
    name: str | None = None,
    description: str | None = None,
    users: list[str | User] | None = None,
) -> UserGroup:
    """Change a group. Arguments that are None stay as they are.

    Args:
        user_group: The group.
        name: Its new name.
        description: Its new description.
        users: The complete new list of members. Everybody else is removed.

    Raises:
        GroupNotFound: The workspace has no such group (a `ValueError`).
        GroupAlreadyExists: There is one with the new name.
        MemberNotFound: One of the users is not in the workspace; then nothing is changed (a `ValueError`).
        Forbidden: The caller is no admin.
    """
    wanted = None if users is None else _references(users)
    with client(None) as steward:
        changed = steward.groups.update(group_reference(user_group), name=name, description=description, users=wanted)
        return _user_group(steward, changed)


def delete_user_group(user_group: str | UserGroup) -> None:
    """Delete a group. This cannot be undone.

    Args:
        user_group: The group.

    Raises:
        GroupNotFound: The workspace has no such group (a `ValueError`).
        Forbidden: The caller is no admin.
    """
    with client(None) as steward:
        steward.groups.delete(group_reference(user_group))


def add_users_to_group(
    user_group: str | UserGroup,
    users: list[Any] | str | User | None = None,
    resolved_users: bool = False,
    *,
    user_ids: list[Any] | str | None = None,
) -> UserGroup:
    """Add people to a group. People who are in it already stay.

    Args:
        user_group: The group.
        users: One or several.
        resolved_users: Whether they are ids already. The server looks them up either way.
        user_ids: The name that the documents use for `users` in an example.

    Raises:
        GroupNotFound: The workspace has no such group (a `ValueError`).
        MemberNotFound: One of them is not in the workspace (a `ValueError`).
        Forbidden: The caller is no admin.
    """
    return _change(user_group, users if users is not None else user_ids, "add")


def remove_users_from_group(
    user_group: str | UserGroup,
    users: list[Any] | str | User | None = None,
    resolved_users: bool = False,
    *,
    user_ids: list[Any] | str | None = None,
) -> UserGroup:
    """Remove people from a group. People who are not in it are ignored.

    Args:
        user_group: The group.
        users: One or several.
        resolved_users: Whether they are ids already. The server looks them up either way.
        user_ids: The name that the documents use for `users` in an example.

    Raises:
        GroupNotFound: The workspace has no such group (a `ValueError`).
        MemberNotFound: One of them is not in the workspace (a `ValueError`).
        Forbidden: The caller is no admin.
    """
    return _change(user_group, users if users is not None else user_ids, "remove")


def resolve_user_group_id(user_group: str | UserGroup) -> str:
    """The id of a group. It is looked up only where it is not known already.

    Raises:
        GroupNotFound: The workspace has no such group (a `ValueError`).
        Forbidden: The caller is no admin.
    """
    reference = group_reference(user_group)
    if is_id(reference):
        return reference
    with client(None) as steward:
        return steward.groups.get(reference).id


def group_reference(user_group: object) -> str:
    """How a path names a group that is given as a text or as a `UserGroup`.

    Raises:
        InvalidArgument: It is something else.
    """
    if isinstance(user_group, str):
        return user_group
    from mlsteward.management.records import UserGroup

    if not isinstance(user_group, UserGroup):
        raise InvalidArgument(f"user_group must be a str or a UserGroup, not {type(user_group).__name__}")
    return user_group.id


def _change(user_group: str | UserGroup, users: object, verb: Literal["add", "remove"]) -> UserGroup:
    if users is None:
        raise InvalidArgument("users are needed: one, or a list of them")
    if isinstance(users, Iterable) and not isinstance(users, (str, Mapping)):
        wanted = _references(users)
    else:
        wanted = [_reference(users)]
    reference = group_reference(user_group)
    from mlsteward._sync.groups import MAX_USERS

    with client(None) as steward:
        members = steward.groups.members
        change = members.add if verb == "add" else members.remove
        for start in range(0, len(wanted), MAX_USERS):
            change(reference, wanted[start : start + MAX_USERS])
        return _user_group(steward, steward.groups.get(reference))


def _references(users: Iterable[object]) -> list[str]:
    return [_reference(user) for user in users]


def _reference(user: object) -> str:
    if isinstance(user, Mapping):
        found = user.get("id") or user.get("email")
        if not isinstance(found, str):
            raise InvalidArgument("a user that is a dict must have an 'id' or an 'email'")
        return found
    return user_reference(user)


def _user_group(steward: Steward, group: Group) -> UserGroup:
    from mlsteward.management.records import UserGroup

    users = [to_user(member) for member in steward.groups.members.list(group.id)]
    return UserGroup(group.id, group.name, group.description, users)


def __getattr__(name: str) -> object:
    if name != "UserGroup":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from mlsteward.management import records

    return records.UserGroup
