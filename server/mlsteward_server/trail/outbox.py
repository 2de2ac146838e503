"""The messages that wait to be sent, and the invitation links in them.

A server with `--smtp` sends them (`process/mailer.py`). Without it, people read and send them themselves, and report
what became of them.

An invitation has two links. The sender sees the first one, which lets someone *join*. The second one is only in the
message, so it also *proves* that its user receives mail at the address. The token of a link is a signature of the id of
the invitation. The server computes it each time and never stores it, so nobody can accept an invitation with a stolen
database.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import escape
from string import Template
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, bindparam, case, func, insert, not_, or_, select, update

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
        html: The same as `text`, as HTML.
        failed_at: When sending it failed last, if it did.
        failure: Why sending it failed.
        attempts: How often the server has tried to send it.
        due_at: When the server tries again. None if at once, or if somebody else sends it.
        dead_at: When the server gave up.
        since: When it was added, or told to be sent again.
    """

    id: str
    recipient: str
    subject: str
    text: str = field(repr=False)
    html: str = field(repr=False)
    created_at: datetime
    since: datetime
    failed_at: datetime | None = None
    failure: str | None = None
    attempts: int = 0
    due_at: datetime | None = None
    dead_at: datetime | None = None


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
    storage: Storage, public_url: str | None = None, *, after: str = "", most: int | None = None, dead: bool = False
) -> Iterator[Message]:
    """Yield the messages that were not sent yet and whose invitations are still open, oldest first.

    Args:
        public_url: The public URL of the server (default: the one that the server had when it last started).
        after: Yield only messages after the one with this id.
        most: Maximum number of messages (default: all).
        dead: Yield the dead letters instead, which the server has given up.

    Raises:
        NoPublicUrl: There are messages, but no server has been started on the database.
    """
    left = most
    while left is None or left > 0:
        chunk = AT_ONCE if left is None else min(left, AT_ONCE)
        with storage.connect() as connection:
            query = _unsent(datetime.now(UTC)).where(outbox.c.id > after, _is_dead if dead else not_(_is_dead))
            rows = connection.execute(query.order_by(outbox.c.id).limit(chunk)).all()
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


def dead_letters(storage: Storage) -> list[str]:
    """Return the ids of the messages that the server has given up and whose invitations are still open."""
    with storage.connect() as connection:
        found = _unsent(datetime.now(UTC)).where(_is_dead).with_only_columns(outbox.c.id).order_by(outbox.c.id)
        return list(connection.execute(found).scalars())


def count_by_state(connection: Connection, now: datetime) -> dict[str, int]:
    """Return the number of messages by state.

    A message is `sent`, `waiting`, `failed` (and waits to be sent again), `dead` (the server has given up), or
    `obsolete`: its invitation was accepted, revoked or has expired before it was sent.
    """
    state = case(
        (outbox.c.sent_at.is_not(None), "sent"),
        (not_(_is_open(now)), "obsolete"),
        (_is_dead, "dead"),
        (outbox.c.failed_at.is_not(None), "failed"),
        else_="waiting",
    )
    found = connection.execute(select(state, func.count()).join_from(outbox, invitations).group_by(state))
    return dict.fromkeys(("waiting", "failed", "dead", "sent", "obsolete"), 0) | {row[0]: row[1] for row in found}


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


def retry(storage: Storage, ids: Sequence[str]) -> list[str]:
    """Let the server send messages again, at once and for as long as new ones. Marks all of them or none.

    Returns:
        The ids of the messages that were not sent before.

    Raises:
        UnknownMessage: No message has one of the ids.
    """
    return _mark(storage, ids, dead_at=None, due_at=None, attempts=0, retried_at=datetime.now(UTC))


# ---- for the process that sends


def is_due(connection: Connection, now: datetime) -> bool:
    """Return whether a message can be sent now."""
    return connection.execute(_due(now).with_only_columns(outbox.c.id).limit(1)).first() is not None


def due(storage: Storage, public_url: str, now: datetime, most: int) -> list[Message]:
    """Return the oldest messages that can be sent now."""
    with storage.connect() as connection:
        rows = connection.execute(_due(now).order_by(outbox.c.id).limit(most)).all()
    return [_message(storage, public_url, row) for row in rows]


def is_still_due(connection: Connection, message_id: str, now: datetime) -> bool:
    """Return whether nobody has sent a message, or closed its invitation, since it was read."""
    return connection.execute(_due(now).where(outbox.c.id == message_id)).first() is not None


def note_sent(connection: Connection, message_id: str, now: datetime) -> None:
    """Record that a message was sent."""
    connection.execute(
        update(outbox)
        .where(outbox.c.id == message_id)
        .values(sent_at=now, attempts=outbox.c.attempts + 1, due_at=None, failed_at=None, failure=None)
    )


def note_failures(connection: Connection, now: datetime, failure: str, due_at: Mapping[str, datetime | None]) -> None:
    """Record that sending messages failed.

    Args:
        due_at: When to try each message again, by id. None to give up.
    """
    changed = (
        update(outbox)
        .where(outbox.c.id == bindparam("message"))
        .values(
            failed_at=now,
            failure=failure[:LONGEST_FAILURE],
            attempts=outbox.c.attempts + 1,
            due_at=bindparam("again"),
            dead_at=bindparam("dead"),
        )
    )
    connection.execute(
        changed,
        [
            {"message": message_id, "again": again, "dead": now if again is None else None}
            for message_id, again in due_at.items()
        ],
    )


# ---- steps

_is_dead = outbox.c.dead_at.is_not(None)


def _is_open(now: datetime) -> Any:
    return and_(invitations.c.status == "pending", invitations.c.expires_at > now)


def _mark(storage: Storage, ids: Sequence[str], **values: Any) -> list[str]:
    with storage.writing() as connection:
        there = select(outbox.c.id, outbox.c.sent_at).where(outbox.c.id.in_(ids)).with_for_update()
        rows = connection.execute(there).all()
        if unknown := set(ids) - {row.id for row in rows}:
            raise UnknownMessage(min(unknown))
        open_ones = [row.id for row in rows if row.sent_at is None]
        connection.execute(update(outbox).where(outbox.c.id.in_(open_ones)).values(values))
    return sorted(open_ones)


def _unsent(now: datetime) -> Select[Any]:
    """Select the messages that were not sent yet and whose invitations are still open."""
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
        .where(outbox.c.sent_at.is_(None), _is_open(now))
    )


def _due(now: datetime) -> Select[Any]:
    return _unsent(now).where(not_(_is_dead), or_(outbox.c.due_at.is_(None), outbox.c.due_at <= now))


def _message(storage: Storage, public_url: str, row: Row[Any]) -> Message:
    link = invitation_link(public_url, storage.vault, row.invitation_id, PROVES)
    sender, workspace = _one_line(row.sender or "An admin"), _one_line(row.workspace)
    until = f"{row.expires_at:%Y-%m-%d %H:%M} UTC"
    return Message(
        id=row.id,
        recipient=row.recipient,
        subject=f"{sender} invites you to {workspace}",
        text=(
            f"{sender} invites you to the workspace {workspace} as {row.role}.\n\n"
            f"To accept until {until}, open this link in a browser:\n\n  {link}\n\n"
            f"or use the command line:\n\n  mlsteward accept '{link}'\n"
        ),
        html=_HTML.substitute(
            {
                name: escape(value)
                for name, value in {
                    "sender": sender,
                    "workspace": workspace,
                    "role": row.role,
                    "until": until,
                    "link": link,
                }.items()
            }
        ),
        created_at=row.created_at,
        since=row.retried_at or row.created_at,
        failed_at=row.failed_at,
        failure=row.failure,
        attempts=row.attempts,
        due_at=row.due_at,
        dead_at=row.dead_at,
    )


def _one_line(text: str) -> str:
    """Return a name for the head of a message, where a line break would begin another header."""
    return "".join(c if c.isprintable() else " " for c in text)


# Mail programs know neither style sheets nor dark schemes well, so there is little to go wrong.
_HTML = Template(
    """\
<!doctype html>
<html lang="en">
<body style="font: 16px/1.5 sans-serif; max-width: 36em">
<p><strong>$sender</strong> invites you to the workspace <strong>$workspace</strong> as $role.</p>
<p><a href="$link" rel="noreferrer">Read and accept the invitation</a></p>
<p>You can accept it until $until. From the command line:</p>
<pre style="white-space: pre-wrap; word-break: break-all">mlsteward accept '$link'</pre>
</body>
</html>
"""
)
