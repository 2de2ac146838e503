# Derived from facade/mlsteward/_async/groups.py by scripts/derive_sync.py. Do not edit.
"""Groups of people, who are granted things together."""

from __future__ import annotations

from collections.abc import Iterable

from mlsteward_api.api.groups import (
    add_group_members,
    create_group,
    delete_group,
    get_group,
    list_group_members,
    list_groups,
    list_member_groups,
    remove_group_members,
    update_group,
)
from mlsteward_api.models.group_create import GroupCreate
from mlsteward_api.models.group_update import GroupUpdate
from mlsteward_api.models.group_users import GroupUsers
from mlsteward_api.types import UNSET

from mlsteward._arguments import given
from mlsteward._sync.listing import listing
from mlsteward.connection import Connection
from mlsteward.errors import AlreadyExists, InvalidArgument, NotFound
from mlsteward.names import text, workspace_reference
from mlsteward.pagination import Pager
from mlsteward.records.groups import Group, read_group
from mlsteward.records.workspaces import Member, read_member

MOST = 1000
"""How many people the API takes in one call: all of them are added, or none."""


class Groups:
    """Groups of people. Every `group` is a name or an id. For admins of the workspace.

    Attributes:
        members: The people in a group.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.members = GroupMembers(connection)

    def list(
        self, workspace: str | None = None, *, limit: int | None = None, page_size: int | None = None
    ) -> Pager[Group]:
        """The groups of a workspace, by name.

        Args:
            workspace: Name or id; the default workspace unless given.
            limit: How many at most; all unless given.
            page_size: How many in one request, 1 to 500.
        """
        reference = workspace_reference(workspace, self._connection.workspace)

        return listing(self._connection, list_groups, read_group, limit=limit, page_size=page_size, workspace=reference)

    def list_of(
        self, user: str, workspace: str | None = None, *, limit: int | None = None, page_size: int | None = None
    ) -> Pager[Group]:
        """The groups a person is in, by name.

        Args:
            user: Id, email or username.
            workspace: Name or id; the default workspace unless given.
            limit: How many at most; all unless given.
            page_size: How many in one request, 1 to 500.
        """
        reference = workspace_reference(workspace, self._connection.workspace)
        text("user", user)

        return listing(
            self._connection,
            list_member_groups,
            read_group,
            limit=limit,
            page_size=page_size,
            workspace=reference,
            user=user,
        )

    def get(self, group: str, workspace: str | None = None) -> Group:
        """A group.

        Args:
            group: Name or id.
            workspace: Name or id; the default workspace unless given.

        Raises:
            GroupNotFound: The workspace has no such group.
        """
        reference = workspace_reference(workspace, self._connection.workspace)
        return read_group(self._connection.call(get_group, workspace=reference, group=text("group", group)))

    def create(
        self,
        name: str,
        workspace: str | None = None,
        *,
        description: str | None = None,
        users: Iterable[str] = (),
        exist_ok: bool = False,
    ) -> Group:
        """Create a group.

        Args:
            name: Letters, digits, spaces, `.`, `-` and `_`; unique in the workspace whatever the case.
            workspace: Name or id; the default workspace unless given.
            description: Empty unless given.
            users: Its first members, each by id, email or username; up to 1000.
            exist_ok: Give back the group there is, as it is, instead of failing.

        Raises:
            AlreadyExists: There is one with this name.
            MemberNotFound: One of the users is not in the workspace; then no group is made.
        """
        body = GroupCreate(name=text("name", name), description=given(description), users=_references(users))
        reference = workspace_reference(workspace, self._connection.workspace)
        try:
            return read_group(self._connection.call(create_group, workspace=reference, body=body))
        except AlreadyExists:
            if not exist_ok:
                raise
            return self.get(name, workspace)

    def update(
        self,
        group: str,
        workspace: str | None = None,
        *,
        name: str | None = None,
        description: str | None = None,
        users: Iterable[str] | None = None,
    ) -> Group:
        """Change a group. What is not given stays as it is.

        Args:
            group: Name or id.
            workspace: Name or id; the default workspace unless given.
            name: Its new name.
            description: An empty text clears it.
            users: The whole new list of members, up to 1000: who is not in it is taken out.

        Raises:
            AlreadyExists: There is one with the new name.
            MemberNotFound: One of the users is not in the workspace; then nothing is changed.
        """
        body = GroupUpdate(
            name=given(name),
            description=given(description),
            users=UNSET if users is None else _references(users),
        )
        reference = workspace_reference(workspace, self._connection.workspace)
        return read_group(
            self._connection.call(update_group, workspace=reference, group=text("group", group), body=body)
        )

    def delete(self, group: str, workspace: str | None = None, *, missing_ok: bool = False) -> None:
        """Delete a group, with what it was granted.

        Args:
            group: Name or id.
            workspace: Name or id; the default workspace unless given.
            missing_ok: Do not mind if there is none.
        """
        reference = workspace_reference(workspace, self._connection.workspace)
        try:
            self._connection.call(delete_group, workspace=reference, group=text("group", group))
        except NotFound as error:
            if not (missing_ok and error.code == "group_not_found"):
                raise


class GroupMembers:
    """The people in a group. For admins of the workspace."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def list(
        self, group: str, workspace: str | None = None, *, limit: int | None = None, page_size: int | None = None
    ) -> Pager[Member]:
        """The people in a group, by username, in full.

        Args:
            group: Name or id.
            workspace: Name or id; the default workspace unless given.
            limit: How many at most; all unless given.
            page_size: How many in one request, 1 to 500.
        """
        reference = workspace_reference(workspace, self._connection.workspace)
        text("group", group)

        return listing(
            self._connection,
            list_group_members,
            read_member,
            limit=limit,
            page_size=page_size,
            workspace=reference,
            group=group,
        )

    def add(self, group: str, users: str | Iterable[str], workspace: str | None = None) -> Group:
        """Put people in a group. Who is in it stays in it.

        Args:
            group: Name or id.
            users: One, or several up to 1000: each by id, email or username.
            workspace: Name or id; the default workspace unless given.

        Raises:
            MemberNotFound: One of them is not in the workspace; then nobody is added.
        """
        body = GroupUsers(users=_references([users] if isinstance(users, str) else users))
        reference = workspace_reference(workspace, self._connection.workspace)
        return read_group(
            self._connection.call(add_group_members, workspace=reference, group=text("group", group), body=body)
        )

    def remove(self, group: str, users: str | Iterable[str], workspace: str | None = None) -> Group:
        """Take people out of a group. Who is not in it is passed over.

        Args:
            group: Name or id.
            users: One, or several up to 1000: each by id, email or username.
            workspace: Name or id; the default workspace unless given.

        Raises:
            MemberNotFound: One of them is not in the workspace; then nobody is removed.
        """
        body = GroupUsers(users=_references([users] if isinstance(users, str) else users))
        reference = workspace_reference(workspace, self._connection.workspace)
        return read_group(
            self._connection.call(remove_group_members, workspace=reference, group=text("group", group), body=body)
        )


def _references(users: Iterable[str]) -> list[str]:
    if isinstance(users, str):
        raise InvalidArgument("users must be a collection of users, not one str")
    found = [text("users", user) for user in users]
    if len(found) > MOST:
        raise InvalidArgument(f"users holds {len(found)} people; give at most {MOST} in one call")
    return found
