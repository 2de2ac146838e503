"""The messages that wait to be sent, and the invitation links in them.

An invitation has two links. The sender sees the first one, which lets someone *join*. The second one is only in the
message, so it also *proves* that its user receives mail at the address. The token of a link is a signature of the id of
the invitation. The server computes it each time and never stores it, so nobody can accept an invitation with a stolen
database.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, case, func, insert, not_, select, update

from mlsteward_server.context import Context
from mlsteward_server.storage.engine import Storage
from mlsteward_server.storage.facts import PUBLIC_URL, read_fact
from mlsteward_server.storage.ids import new_id
from mlsteward_server.storage.tables.identity import accounts
from mlsteward_server.storage.tables.workspaces import invitations, outbox, workspaces
from mlsteward_server.storage.vault import Vault

JOINS, PROVES = "invitation", "invitation by mail"
"""The purposes for which the token of an invitation link is signed."""


AT_ONCE = 500
"""Number of messages to read at a time."""
LONGEST_FAILURE = 500


class UnknownMessage(Exception):
    """No message has this id."""


class NoPublicUrl(Exception):
    """The public URL of the server is unknown."""


@dataclass(frozen=True, slots=True)
class Message:
    """A message in the outbox.

    Attributes:
        failed_at: When sending it failed, if it did.
        failure: Why sending it failed.
    """

    id: str
    recipient: str
    subject: str
    text: str = field(repr=False)
    created_at: datetime
    failed_at: datetime | None = None
    failure: str | None = None


def invitation_link(public_url: str, vault: Vault, invitation_id: str, purpose: str = JOINS) -> str:
    """Return the link of an invitation. Anyone who has it can accept the invitation.

    It opens a page in a browser (`http/invitation_page.py`), and clients accept it too: they use its last parts only.
    """
    token = vault.sign(invitation_id, purpose)
    return f"{public_url.rstrip('/')}/invitations/{invitation_id}/accept?token={token}"


def purpose_of(vault: Vault, invitation_id: str, token: str) -> str | None:
    """Return the purpose of a token: `JOINS` or `PROVES`. None if it is not a token of this invitation."""
    return next((purpose for purpose in (JOINS, PROVES) if vault.verify(invitation_id, purpose, token)), None)


def post_invitation(context: Context, invitation_id: str, recipient: str) -> None:
    """Add the message of an invitation to the outbox."""
    context.connection.execute(
        insert(outbox),
        {"id": new_id(), "invitation_id": invitation_id, "recipient": recipient, "created_at": context.now},
    )


def waiting(
    storage: Storage, public_url: str | None = None, *, after: str = "", most: int | None = None
) -> Iterator[Message]:
    """Yield the messages that were not sent yet and whose invitations are still open, oldest first.

    Args:
        public_url: The public URL of the server (default: the one that the server had when it last started).
        after: Yield only messages after the one with this id.
        most: Maximum number of messages (default: all).

    Raises:
        NoPublicUrl: There are messages, but no server has been started on the database.
    """
    left = most
    while left is None or left > 0:
        chunk = AT_ONCE if left is None else min(left, AT_ONCE)
        with storage.connect() as connection:
            rows = connection.execute(_waiting(after, chunk)).all()
            url = public_url or read_fact(connection, PUBLIC_URL)
        if rows and url is None:
            raise NoPublicUrl
        for row in rows:
            assert url is not None
            yield _message(storage, url, row)
        if len(rows) < chunk:
            return
        after = rows[-1].id
        left = None if left is None else left - len(rows)


def count_by_state(connection: Connection, now: datetime) -> dict[str, int]:
    """Return the number of messages by state.

    A message is `sent`, `waiting`, `failed` (and waits to be sent again), or `obsolete`: its invitation was accepted,
    revoked or has expired before it was sent.
    """
    is_open = and_(invitations.c.status == "pending", invitations.c.expires_at > now)
    state = case(
        (outbox.c.sent_at.is_not(None), "sent"),
        (not_(is_open), "obsolete"),
        (outbox.c.failed_at.is_not(None), "failed"),
        else_="waiting",
    )
    found = connection.execute(select(state, func.count()).join_from(outbox, invitations).group_by(state)).tuples()
    return dict.fromkeys(("waiting", "failed", "sent", "obsolete"), 0) | dict(found.all())


def acknowledge(storage: Storage, ids: Sequence[str]) -> list[str]:
    """Record that messages were sent. Marks all of them or none.

    Returns:
        The ids of the messages that were waiting.

    Raises:
        UnknownMessage: No message has one of the ids.
    """
    return _mark(storage, ids, sent_at=datetime.now(UTC))


def mark_failed(storage: Storage, ids: Sequence[str], failure: str) -> list[str]:
    """Record that sending messages failed. They keep waiting, and the list shows the failure.

    Returns:
        The ids of the messages that were waiting.

    Raises:
        UnknownMessage: No message has one of the ids.
    """
    return _mark(storage, ids, failed_at=datetime.now(UTC), failure=failure[:LONGEST_FAILURE])


# ---- steps


def _mark(storage: Storage, ids: Sequence[str], **values: Any) -> list[str]:
    with storage.writing() as connection:
        there = select(outbox.c.id, outbox.c.sent_at).where(outbox.c.id.in_(ids)).with_for_update()
        rows = connection.execute(there).all()
        if unknown := set(ids) - {row.id for row in rows}:
            raise UnknownMessage(min(unknown))
        open_ones = [row.id for row in rows if row.sent_at is None]
        connection.execute(update(outbox).where(outbox.c.id.in_(open_ones)).values(values))
    return sorted(open_ones)


def _waiting(after: str, most: int) -> Select[Any]:
    return (
        select(
            outbox,
            workspaces.c.name.label("workspace"),
            invitations.c.role,
            invitations.c.expires_at,
            accounts.c.username.label("sender"),
        )
        .join_from(outbox, invitations)
        .join(workspaces, workspaces.c.id == invitations.c.workspace_id)
        .outerjoin(accounts, accounts.c.id == invitations.c.created_by)
        .where(
            outbox.c.sent_at.is_(None),
            outbox.c.id > after,
            invitations.c.status == "pending",
            invitations.c.expires_at > datetime.now(UTC),
        )
        .order_by(outbox.c.id)
        .limit(most)
    )


def _message(storage: Storage, public_url: str, row: Row[Any]) -> Message:
    url = invitation_link(public_url, storage.vault, row.invitation_id, PROVES)
    return Message(
        id=row.id,
        recipient=row.recipient,
        subject=f"{row.sender or 'An admin'} invites you to {row.workspace}",
        text=(
            f"{row.sender or 'An admin'} invites you to the workspace {row.workspace} as {row.role}.\n\n"
            f"To accept until {row.expires_at:%Y-%m-%d %H:%M} UTC, open this link in a browser:\n\n  {url}\n\n"
            f"or use the command line:\n\n  mlsteward accept '{url}'\n"
        ),
        created_at=row.created_at,
        failed_at=row.failed_at,
        failure=row.failure,
    )
