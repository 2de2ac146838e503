# Derived from facade/mlsteward/_async/groups.py by scripts/derive_sync.py. Do not edit.
"""Groups of people, who are granted permissions together."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from mlsteward_api.api.groups import (
    add_group_members,
    change_group_members,
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
from mlsteward_api.models.group_members_change import GroupMembersChange
from mlsteward_api.models.group_update import GroupUpdate
from mlsteward_api.models.group_users import GroupUsers

from mlsteward._sync.resource import Namespace, Resource
from mlsteward.bulk import BulkResult, Columns, Rows
from mlsteward.connection import Connection
from mlsteward.errors import InvalidArgument
from mlsteward.pagination import Pager
from mlsteward.records.bulk import numbered, read_bulk_answer
from mlsteward.records.groups import Group, read_group
from mlsteward.records.workspaces import Member, read_member
from mlsteward.references import text
from mlsteward.serialization import given

COLUMNS = Columns(("user",))
MAX_USERS = 1000
"""Maximum number of people in one call. All of them are added, or none."""


class Groups(Namespace):
    """Groups of people. Every `group` is a name or an id. For admins of the workspace.

    Attributes:
        members: The people in a group.

    Example:
        >>> from mlsteward import Steward
        >>> def main() -> int:
        ...     with Steward(path=":memory:", workspace="ml-team") as steward:
        ...         steward.workspaces.create("ml-team")
        ...         steward.members.add("jackie")
        ...         steward.groups.create("labelers", users=["jackie"])
        ...         return len(steward.groups.list(user="jackie").to_list())
        >>> main()
        1
    """

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self.members = GroupMembers(connection)

    def list(
        self,
        *,
        workspace: str | None = None,
        user: str | None = None,
        limit: int | None = None,
        page_size: int | None = None,
        timeout: float | None = None,
    ) -> Pager[Group]:
        """List the groups of a workspace, by name.

        Args:
            workspace: Name or id (default: the default workspace).
            user: Only groups this person is in: id, email or username.
            limit: Maximum number of groups (default: all).
            page_size: Number of groups per request, 1 to 500.
            timeout: Seconds to wait for each step of a request (default: that of the client).

        Raises:
            MemberNotFound: `user` is not in the workspace.

        Example:
            >>> [group.name for group in steward.groups.list()]
            ['labelers']
        """
        home = self._workspace(workspace)
        if user is None:
            ask = partial(list_groups.request, workspace=home)
        else:
            ask = partial(list_member_groups.request, workspace=home, user=text("user", user))
        return self._list(ask, read_group, limit=limit, page_size=page_size, timeout=timeout)

    def get(self, group: str, *, workspace: str | None = None, timeout: float | None = None) -> Group:
        """Get a group.

        Args:
            group: Name or id.
            workspace: Name or id (default: the default workspace).

        Raises:
            GroupNotFound: The workspace has no such group.

        Example:
            >>> steward.groups.get("labelers").members_count
            1
        """
        return self._connection.call(
            get_group.request(workspace=self._workspace(workspace), group=text("group", group)),
            read_group,
            timeout=timeout,
        )

    def create(
        self,
        name: str,
        *,
        workspace: str | None = None,
        description: str | None = None,
        users: Iterable[str] = (),
        exist_ok: bool = False,
        timeout: float | None = None,
        idempotency_key: str | None = None,
    ) -> Group:
        """Create a group.

        Args:
            name: Letters, digits, spaces, `.`, `-` and `_`; unique in the workspace, case-insensitive.
            workspace: Name or id (default: the default workspace).
            description: What the group is for (default: empty).
            users: Its first members, each by id, email or username; up to 1000.
            exist_ok: Return the existing group, unchanged, instead of failing.

        Raises:
            AlreadyExists: The workspace has a group with this name.
            MemberNotFound: One of the users is not in the workspace; no group is created.

        Example:
            >>> group = steward.groups.create("reviewers", users=["jackie", "ravi"])
            >>> group.members_count
            2
        """
        body = GroupCreate(name=text("name", name), description=given(description), users=_references(users))
        return self._create(
            create_group.request(workspace=self._workspace(workspace), body=body),
            read_group,
            taken="group_name_taken",
            find=lambda: self.get(name, workspace=workspace, timeout=timeout),
            exist_ok=exist_ok,
            timeout=timeout,
            idempotency_key=idempotency_key,
        )

    def update(
        self,
        group: str,
        *,
        workspace: str | None = None,
        name: str | None = None,
        description: str | None = None,
        users: Iterable[str] | None = None,
        if_match: str | None = None,
        timeout: float | None = None,
        idempotency_key: str | None = None,
    ) -> Group:
        """Change a group. Arguments that are not given stay as they are.

        Args:
            group: Name or id.
            workspace: Name or id (default: the default workspace).
            name: Its new name.
            description: Its new description; an empty text clears it.
            users: The complete new list of members, up to 1000. Everybody else is removed.
            if_match: The `etag` of the response in which you read it, see `raw_responses()`. If it was changed since,
                `PreconditionFailed` is raised and nothing is changed.

        Raises:
            GroupNotFound: The workspace has no such group.
            AlreadyExists: The workspace has a group with the new name.
            MemberNotFound: One of the users is not in the workspace; nothing is changed.

        Example:
            >>> group = steward.groups.update("labelers", name="annotators")
            >>> group.name
            'annotators'
        """
        body = GroupUpdate(
            name=given(name),
            description=given(description),
            users=given(None if users is None else _references(users)),
        )
        return self._connection.call(
            update_group.request(workspace=self._workspace(workspace), group=text("group", group), body=body),
            read_group,
            timeout=timeout,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def delete(
        self,
        group: str,
        *,
        workspace: str | None = None,
        missing_ok: bool = False,
        timeout: float | None = None,
        idempotency_key: str | None = None,
    ) -> None:
        """Delete a group, and every permission it was granted.

        Args:
            group: Name or id.
            workspace: Name or id (default: the default workspace).
            missing_ok: Succeed even if it does not exist.

        Raises:
            GroupNotFound: The workspace has no such group.

        Example:
            >>> steward.groups.delete("labelers")
            >>> steward.groups.list().to_list()
            []
        """
        self._delete(
            delete_group.request(workspace=self._workspace(workspace), group=text("group", group)),
            absent="group_not_found",
            missing_ok=missing_ok,
            timeout=timeout,
            idempotency_key=idempotency_key,
        )


class GroupMembers(Resource):
    """The people in a group. For admins of the workspace."""

    def list(
        self,
        group: str,
        *,
        workspace: str | None = None,
        limit: int | None = None,
        page_size: int | None = None,
        timeout: float | None = None,
    ) -> Pager[Member]:
        """List the people in a group with all their fields, by username.

        Args:
            group: Name or id.
            workspace: Name or id (default: the default workspace).
            limit: Maximum number of people (default: all).
            page_size: Number of people per request, 1 to 500.
            timeout: Seconds to wait for each step of a request (default: that of the client).

        Example:
            >>> [member.username for member in steward.groups.members.list("labelers")]
            ['jackie']
        """
        return self._list(
            partial(list_group_members.request, workspace=self._workspace(workspace), group=text("group", group)),
            read_member,
            limit=limit,
            page_size=page_size,
            timeout=timeout,
        )

    def add(
        self,
        group: str,
        users: str | Iterable[str],
        *,
        workspace: str | None = None,
        timeout: float | None = None,
        idempotency_key: str | None = None,
    ) -> Group:
        """Add people to a group. People who are in it already stay.

        Args:
            group: Name or id.
            users: One person, or up to 1000: each by id, email or username.
            workspace: Name or id (default: the default workspace).

        Raises:
            GroupNotFound: The workspace has no such group.
            MemberNotFound: One of them is not in the workspace; nobody is added.

        Example:
            >>> group = steward.groups.members.add("labelers", "ravi")
            >>> group.members_count
            2
        """
        return self._connection.call(
            add_group_members.request(
                workspace=self._workspace(workspace),
                group=text("group", group),
                body=GroupUsers(users=_references(users, one_ok=True)),
            ),
            read_group,
            timeout=timeout,
            idempotency_key=idempotency_key,
        )

    def remove(
        self,
        group: str,
        users: str | Iterable[str],
        *,
        workspace: str | None = None,
        timeout: float | None = None,
        idempotency_key: str | None = None,
    ) -> Group:
        """Remove people from a group. People who are not in it are ignored.

        Args:
            group: Name or id.
            users: One person, or up to 1000: each by id, email or username.
            workspace: Name or id (default: the default workspace).

        Raises:
            GroupNotFound: The workspace has no such group.
            MemberNotFound: One of them is not in the workspace; nobody is removed.

        Example:
            >>> group = steward.groups.members.remove("labelers", "jackie")
            >>> group.members_count
            0
        """
        return self._connection.call(
            remove_group_members.request(
                workspace=self._workspace(workspace),
                group=text("group", group),
                body=GroupUsers(users=_references(users, one_ok=True)),
            ),
            read_group,
            timeout=timeout,
            idempotency_key=idempotency_key,
        )

    def set(
        self,
        group: str,
        users: Rows,
        *,
        workspace: str | None = None,
        dry_run: bool = False,
        progress: bool | None = None,
        timeout: float | None = None,
        idempotency_key: str | None = None,
    ) -> BulkResult:
        """Make the members of a group exactly these: add who is missing, and remove everybody else.

        If a row is refused, nobody is removed: a misspelled name must not cost anybody their access.

        Args:
            group: Name or id.
            users: Each by id, email or username; or the path of a CSV file with the column `user`. Any number of them,
                from anything that can be iterated over.
            workspace: Name or id (default: the default workspace).
            dry_run: Change nothing, and return what would become of each row. A chunk knows nothing of those before it.
            progress: Whether to show a progress bar on stderr (default: on a terminal, if it takes long).
            idempotency_key: If you repeat the call with the same key and rows, what was carried out is not repeated.

        Returns:
            What became of each row, and then a row for everybody who was removed.

        Raises:
            InvalidArgument: A row or the file cannot be used.
            GroupNotFound: The workspace has no such group.

        Example:
            >>> steward.groups.members.set("labelers", ["ravi"])
            <BulkResult: 2 done>
            >>> [member.username for member in steward.groups.members.list("labelers")]
            ['ravi']
        """
        home, name = self._workspace(workspace), text("group", group)
        self._connection.call(get_group.request(workspace=home, group=name), read_group, timeout=timeout)

        def change(rows: Iterable[dict[str, Any]], key: str | None) -> BulkResult:
            return self._bulk(
                lambda chunk: change_group_members.request(
                    workspace=home, group=name, body=GroupMembersChange.from_dict({"rows": chunk})
                ),
                read_bulk_answer,
                rows=rows,
                dry_run=dry_run,
                progress=progress,
                timeout=timeout,
                idempotency_key=key,
            )

        added = change(COLUMNS.read(users), idempotency_key)
        if added.refused:
            return added
        keep = {row.name for row in added}
        there = self.list(group, workspace=workspace, timeout=timeout)
        rest = [{"user": member.id, "remove": True} for member in there if member.username not in keep]
        removed = change(rest, None if idempotency_key is None else f"{idempotency_key}-removed")
        return BulkResult(numbered([*added, *removed]), is_dry_run=added.is_dry_run)


def _references(users: str | Iterable[str], *, one_ok: bool = False) -> list[str]:
    if isinstance(users, str):
        if not one_ok:
            raise InvalidArgument("users must be a collection of users, not one str")
        users = [users]
    found = [text("users", user) for user in users]
    if len(found) > MAX_USERS:
        raise InvalidArgument(f"users holds {len(found)} people; give at most {MAX_USERS} in one call")
    return found
