# Derived from facade/mlsteward/_async/workspaces/members.py by scripts/derive_sync.py. Do not edit.
"""The people in a workspace."""

from __future__ import annotations

from functools import partial

from mlsteward_api.api.workspaces import (
    create_member,
    delete_member,
    get_member,
    import_members,
    list_members,
    offboard_member,
    preview_offboarding,
    set_member_role,
)
from mlsteward_api.models.member_create import MemberCreate
from mlsteward_api.models.member_update import MemberUpdate
from mlsteward_api.models.member_view import MemberView
from mlsteward_api.models.members_import import MembersImport
from mlsteward_api.models.offboarding_request import OffboardingRequest

from mlsteward._sync.resource import Namespace
from mlsteward.bulk import BulkResult, Columns, Rows
from mlsteward.errors import InvalidArgument
from mlsteward.pagination import Pager
from mlsteward.records.bulk import read_bulk_answer
from mlsteward.records.enums import WorkspaceRole, WorkspaceRoleLike
from mlsteward.records.workspaces import Member, Offboarding, read_member, read_offboarding
from mlsteward.references import text
from mlsteward.serialization import choice, given, given_choice

COLUMNS = Columns(("username",), ("email", "name", "surname", "role"), {"role": WorkspaceRole})


class Members(Namespace):
    """The people in a workspace.

    Example:
        >>> from mlsteward import Steward
        >>> def main() -> list[str]:
        ...     with Steward(path=":memory:", workspace="ml-team") as steward:
        ...         steward.workspaces.create("ml-team")
        ...         steward.members.add("jackie", role="guest")
        ...         return [member.username for member in steward.members.list()]
        >>> main()
        ['jackie', 'local']
    """

    def list(
        self,
        *,
        workspace: str | None = None,
        full: bool = False,
        limit: int | None = None,
        page_size: int | None = None,
        timeout: float | None = None,
    ) -> Pager[Member]:
        """List the people in a workspace, by username.

        Args:
            workspace: Name or id (default: the default workspace).
            full: Include ids, names and email addresses. For admins.
            limit: Maximum number of people (default: all).
            page_size: Number of people per request, 1 to 500.
            timeout: Seconds to wait for each step of a request (default: that of the client).

        Example:
            >>> [(member.username, str(member.role)) for member in steward.members.list()]
            [('jackie', 'member'), ('local', 'admin'), ('ravi', 'guest')]
        """
        return self._list(
            partial(
                list_members.request,
                workspace=self._workspace(workspace),
                view=given(MemberView.FULL if full else None),
            ),
            read_member,
            limit=limit,
            page_size=page_size,
            timeout=timeout,
        )

    def get(self, user: str, *, workspace: str | None = None, timeout: float | None = None) -> Member:
        """Get a person in a workspace. For admins; everybody can get themselves.

        Args:
            user: Id, email, username, or `me`.
            workspace: Name or id (default: the default workspace).

        Raises:
            MemberNotFound: The person is not in the workspace.

        Example:
            >>> steward.members.get("jackie").email
            'jackie@example.org'
        """
        return self._connection.call(
            get_member.request(workspace=self._workspace(workspace), user=text("user", user)),
            read_member,
            timeout=timeout,
        )

    def add(
        self,
        username: str,
        *,
        workspace: str | None = None,
        email: str | None = None,
        name: str | None = None,
        surname: str | None = None,
        role: WorkspaceRoleLike | None = None,
        exist_ok: bool = False,
        timeout: float | None = None,
        idempotency_key: str | None = None,
    ) -> Member:
        """Add a person to a workspace without an invitation. For the platform operator.

        Creates the account if nobody has this username.

        Args:
            username: Letters, digits, `.`, `-` and `_`; unique, case-insensitive.
            workspace: Name or id (default: the default workspace).
            email: The address of a new account. For an existing one it must be the account's own.
            name: The first name of a new account.
            surname: The surname of a new account.
            role: Their role in the workspace (default: the setting of the workspace).
            exist_ok: Return the existing member, unchanged, instead of failing.

        Raises:
            AlreadyExists: The person is in the workspace already.
            Conflict: Another account has this address (`email_taken`).

        Example:
            >>> member = steward.members.add("mina", role="collaborator")
            >>> str(member.role)
            'collaborator'
        """
        body = MemberCreate(
            username=text("username", username),
            email=given(email),
            name=given(name),
            surname=given(surname),
            role=given_choice("role", role, WorkspaceRole),
        )
        return self._create(
            create_member.request(workspace=self._workspace(workspace), body=body),
            read_member,
            taken="member_exists",
            find=lambda: self.get(username, workspace=workspace, timeout=timeout),
            exist_ok=exist_ok,
            timeout=timeout,
            idempotency_key=idempotency_key,
        )

    def import_(
        self,
        rows: Rows,
        *,
        workspace: str | None = None,
        dry_run: bool = False,
        progress: bool | None = None,
        timeout: float | None = None,
        idempotency_key: str | None = None,
    ) -> BulkResult:
        """Add many people to a workspace, or change their roles.

        Somebody who is in the workspace gets the role of the row, and is unchanged without one. Somebody new is added
        as by `add`, which is for the platform operator.

        Args:
            rows: Dictionaries with `username` and perhaps `email`, `name`, `surname` and `role`, or the path of a CSV
                file with these columns. Any number of them, from anything that can be iterated over.
            workspace: Name or id (default: the default workspace).
            dry_run: Change nothing, and return what would become of each row. A chunk knows nothing of those before it.
            progress: Whether to show a progress bar on stderr (default: on a terminal, if it takes long).
            idempotency_key: If you repeat the call with the same key and rows, what was carried out is not repeated.

        Returns:
            What became of each row. A row that is refused does not keep the others from being carried out.

        Raises:
            InvalidArgument: A row or the file cannot be used. Nothing of a file is sent before all of it is checked.
            Forbidden: The caller is not an admin of the workspace.

        Example:
            >>> rows = [{"username": "mina"}, {"username": "ravi", "role": "member"}, {"username": "jackie"}]
            >>> steward.members.import_(rows)
            <BulkResult: 2 done, 1 unchanged>
        """
        home = self._workspace(workspace)
        return self._bulk(
            lambda chunk: import_members.request(workspace=home, body=MembersImport.from_dict({"rows": chunk})),
            read_bulk_answer,
            rows=COLUMNS.read(rows),
            dry_run=dry_run,
            progress=progress,
            timeout=timeout,
            idempotency_key=idempotency_key,
        )

    def update(
        self,
        user: str,
        *,
        role: WorkspaceRoleLike,
        workspace: str | None = None,
        if_match: str | None = None,
        timeout: float | None = None,
        idempotency_key: str | None = None,
    ) -> Member:
        """Change the role of a person in a workspace.

        Args:
            user: Id, email or username.
            role: Their new role.
            workspace: Name or id (default: the default workspace).
            if_match: The `etag` of the response in which you read it, see `raw_responses()`. If it was changed since,
                `PreconditionFailed` is raised and nothing is changed.

        Raises:
            MemberNotFound: The person is not in the workspace.
            Conflict: They are the last admin (`last_admin`).

        Example:
            >>> member = steward.members.update("ravi", role="member")
            >>> str(member.role)
            'member'
        """
        return self._connection.call(
            set_member_role.request(
                workspace=self._workspace(workspace),
                user=text("user", user),
                body=MemberUpdate(role=choice("role", role, WorkspaceRole)),
            ),
            read_member,
            timeout=timeout,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def remove(
        self,
        user: str,
        *,
        workspace: str | None = None,
        missing_ok: bool = False,
        timeout: float | None = None,
        idempotency_key: str | None = None,
    ) -> None:
        """Remove a person from a workspace and all its projects.

        If it is their last workspace, the account and its API keys are deleted too.

        Args:
            user: Id, email or username.
            workspace: Name or id (default: the default workspace).
            missing_ok: Succeed even if the person is not in the workspace.

        Raises:
            MemberNotFound: The person is not in the workspace.
            Conflict: They are the last admin (`last_admin`).

        Example:
            >>> steward.members.remove("ravi")
            >>> [member.username for member in steward.members.list()]
            ['jackie', 'local']
        """
        self._delete(
            delete_member.request(workspace=self._workspace(workspace), user=text("user", user)),
            absent="member_not_found",
            missing_ok=missing_ok,
            timeout=timeout,
            idempotency_key=idempotency_key,
        )

    def offboard(
        self,
        user: str,
        *,
        workspace: str | None = None,
        successor: str | None = None,
        dry_run: bool = True,
        timeout: float | None = None,
        idempotency_key: str | None = None,
    ) -> Offboarding:
        """Remove a person from a workspace with everything they hold in it. By default only shows what would happen.

        Everything happens, or nothing: roster entries, groups, permissions on datasets, and invitations they sent or
        received are removed. If it is their last workspace, the account and its API keys are deleted too.

        Args:
            user: Id, email or username.
            workspace: Name or id (default: the default workspace).
            successor: The person who gets what only they own: id, email or username of a member of the workspace.
            dry_run: Change nothing, and return what would happen.

        Returns:
            What they hold and what happens to it. With `dry_run` also what prevents it, as `blockers`.

        Raises:
            MemberNotFound: They or the successor are not in the workspace.
            Conflict: They are the last admin (`last_admin`), or only they own a project or dataset and there is no
                successor (`sole_owner`).
            InvalidRequest: They are their own successor.

        Example:
            >>> preview = steward.members.offboard("jackie")
            >>> [(str(holding.kind), holding.name) for holding in preview.holdings]
            [('roster_entry', 'classification'), ('group', 'labelers')]
        """
        if not isinstance(dry_run, bool):
            raise InvalidArgument(f"dry_run must be True or False, not {type(dry_run).__name__}")
        if successor is not None:
            text("successor", successor)
        home = self._workspace(workspace)
        text("user", user)
        if dry_run:
            preview = preview_offboarding.request(workspace=home, user=user, successor=given(successor))
            return self._connection.call(preview, read_offboarding, timeout=timeout)
        return self._connection.call(
            offboard_member.request(workspace=home, user=user, body=OffboardingRequest(successor=given(successor))),
            read_offboarding,
            timeout=timeout,
            idempotency_key=idempotency_key,
        )
