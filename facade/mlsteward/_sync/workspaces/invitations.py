# Derived from facade/mlsteward/_async/workspaces/invitations.py by scripts/derive_sync.py. Do not edit.
"""Invitations to a workspace."""

from __future__ import annotations

from functools import partial
from urllib.parse import parse_qs, urlsplit

from mlsteward_api.api.workspaces import (
    accept_invitation,
    create_invitation,
    list_invitations,
    revoke_invitation,
    send_invitations,
)
from mlsteward_api.models.invitation_accept import InvitationAccept
from mlsteward_api.models.invitation_create import InvitationCreate
from mlsteward_api.models.invitations_send import InvitationsSend

from mlsteward._sync.resource import Namespace
from mlsteward.bulk import BulkResult, Columns, Rows
from mlsteward.errors import InvalidArgument
from mlsteward.pagination import Pager
from mlsteward.records.bulk import read_bulk_answer
from mlsteward.records.enums import WorkspaceRole, WorkspaceRoleLike
from mlsteward.records.workspaces import AcceptedInvitation, Invitation, read_accepted, read_invitation
from mlsteward.references import text
from mlsteward.serialization import exactly_one, given, given_choice

COLUMNS = Columns(
    (), ("role", "add_to_all_projects"), {"role": WorkspaceRole}, ("add_to_all_projects",), either=("email", "username")
)


class Invitations(Namespace):
    """Invitations to a workspace.

    Example:
        >>> from mlsteward import Steward
        >>> def main() -> str:
        ...     with Steward(path=":memory:", workspace="ml-team") as steward:
        ...         steward.workspaces.create("ml-team")
        ...         invitation = steward.invitations.send(email="jackie@example.org", role="guest")
        ...         accepted = steward.invitations.accept(invitation.url, username="jackie")
        ...         return accepted.role
        >>> print(main())
        guest
    """

    def list(
        self,
        *,
        workspace: str | None = None,
        limit: int | None = None,
        page_size: int | None = None,
        timeout: float | None = None,
    ) -> Pager[Invitation]:
        """List the open invitations of a workspace, oldest first.

        Args:
            workspace: Name or id (default: the default workspace).
            limit: Maximum number of invitations (default: all).
            page_size: Number of invitations per request, 1 to 500.
            timeout: Seconds to wait for each step of a request (default: that of the client).

        Example:
            >>> [invitation.email for invitation in steward.invitations.list()]
            ['sam@example.org']
        """
        return self._list(
            partial(list_invitations.request, workspace=self._workspace(workspace)),
            read_invitation,
            limit=limit,
            page_size=page_size,
            timeout=timeout,
        )

    def send(
        self,
        *,
        workspace: str | None = None,
        username: str | None = None,
        email: str | None = None,
        role: WorkspaceRoleLike | None = None,
        add_to_all_projects: bool = False,
        timeout: float | None = None,
        idempotency_key: str | None = None,
    ) -> Invitation:
        """Invite a person. Give exactly one of `username` and `email`.

        Args:
            workspace: Name or id (default: the default workspace).
            username: The person to invite, who has an account.
            email: The address to invite.
            role: Their role in the workspace (default: the setting of the workspace).
            add_to_all_projects: When they accept, add them to every project as a viewer.

        Raises:
            AlreadyExists: The person is in the workspace, or has an open invitation.
            WorkspaceNotFound: The workspace does not exist, or the caller is not in it.
            UserNotFound: The user does not exist.

        Example:
            >>> invitation = steward.invitations.send(email="mina@example.org", role="guest")
            >>> str(invitation.status)
            'pending'
        """
        exactly_one(username=username, email=email)
        body = InvitationCreate(
            username=given(username),
            email=given(email),
            role=given_choice("role", role, WorkspaceRole),
            add_to_all_projects=add_to_all_projects,
        )
        return self._connection.call(
            create_invitation.request(workspace=self._workspace(workspace), body=body),
            read_invitation,
            timeout=timeout,
            idempotency_key=idempotency_key,
        )

    def send_many(
        self,
        rows: Rows,
        *,
        workspace: str | None = None,
        dry_run: bool = False,
        progress: bool | None = None,
        timeout: float | None = None,
        idempotency_key: str | None = None,
    ) -> BulkResult:
        """Invite many people to a workspace. A message is queued for each. For admins.

        Args:
            rows: Dictionaries with `email` or `username`, and perhaps `role` and `add_to_all_projects`; email
                addresses; or the path of a CSV file with these columns. Any number of them, from anything that can be
                iterated over.
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
            >>> rows = ["mina@example.org", {"email": "noor@example.org", "role": "guest"}]
            >>> steward.invitations.send_many(rows)
            <BulkResult: 2 done>
        """
        home = self._workspace(workspace)
        return self._bulk(
            lambda chunk: send_invitations.request(workspace=home, body=InvitationsSend.from_dict({"rows": chunk})),
            read_bulk_answer,
            rows=COLUMNS.read(rows),
            dry_run=dry_run,
            progress=progress,
            timeout=timeout,
            idempotency_key=idempotency_key,
        )

    def revoke(
        self,
        invitation: str,
        *,
        workspace: str | None = None,
        missing_ok: bool = False,
        timeout: float | None = None,
        idempotency_key: str | None = None,
    ) -> None:
        """Revoke an open invitation.

        Args:
            invitation: Its id, or the email address or username it was sent to.
            workspace: Name or id (default: the default workspace).
            missing_ok: Succeed even if there is no such open invitation.

        Raises:
            InvitationNotFound: The workspace has no such open invitation.

        Example:
            >>> steward.invitations.revoke("sam@example.org")
            >>> steward.invitations.list().to_list()
            []
        """
        self._delete(
            revoke_invitation.request(workspace=self._workspace(workspace), invitation=text("invitation", invitation)),
            absent="invitation_not_found",
            missing_ok=missing_ok,
            timeout=timeout,
            idempotency_key=idempotency_key,
        )

    def accept(
        self,
        url: str,
        *,
        username: str | None = None,
        name: str | None = None,
        surname: str | None = None,
        timeout: float | None = None,
        idempotency_key: str | None = None,
    ) -> AcceptedInvitation:
        """Join a workspace by an invitation.

        Whoever calls with an API key joins as its account. Without one, or as an operator, a new account joins.
        An invitation to a username is only for that account. The link in the mail also proves the email address,
        and lets the account in that has proved it before.

        Args:
            url: The invitation link, from the mail or from whoever sent it.
            username: Of the new account (default: made from the email address).
            name: Of the new account.
            surname: Of the new account.

        Returns:
            The membership. For a new account it holds the first `api_key`, which is shown only once.

        Raises:
            Forbidden: The link is incomplete (`invitation_token_invalid`), or the invitation is for another account.
            Unauthenticated: The invitation is for an account, and needs an API key of it.
            Conflict: The invitation was accepted or revoked, or has expired (`invitation_not_pending`).
            AlreadyExists: The account of the API key is in the workspace, and the invitation for somebody else.

        Example:
            >>> invitation = steward.invitations.send(email="mina@example.org", role="guest")
            >>> accepted = steward.invitations.accept(invitation.url, username="mina")
            >>> str(accepted.role)
            'guest'
        """
        invitation, token = _invitation_of(url)
        body = InvitationAccept(username=given(username), name=given(name), surname=given(surname))
        return self._connection.call(
            accept_invitation.request(invitation=invitation, token=token, body=body),
            read_accepted,
            timeout=timeout,
            idempotency_key=idempotency_key,
        )


def _invitation_of(url: str) -> tuple[str, str]:
    """The id and the token in an invitation link."""
    try:
        parts = urlsplit(text("url", url))
    except ValueError:  # such as a broken IPv6 address
        parts = urlsplit("")
    segments = parts.path.rstrip("/").split("/")
    token = parse_qs(parts.query).get("token", [""])[0]
    if len(segments) < 3 or segments[-1] != "accept" or segments[-3] != "invitations" or not token:
        # The link is a secret, so it is not repeated here.
        raise InvalidArgument("url is not an invitation link: .../invitations/<id>/accept?token=<token>")
    return segments[-2], token
