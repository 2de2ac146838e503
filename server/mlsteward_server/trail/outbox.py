"""Messages that wait to be sent, and the accept addresses in them.

An invitation has two addresses. Whoever sent it sees the one by which somebody can *join*. The other is only in the
message, so whoever has it got the mail: it also *proves* the email address. The token of either is a signature over the
id of the invitation, made anew whenever it is shown: it is in no table, so a stolen database accepts no invitation.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sqlalchemy import insert, select

from mlsteward_server.context import Context
from mlsteward_server.settings import Settings
from mlsteward_server.storage.engine import Storage
from mlsteward_server.storage.ids import new_id
from mlsteward_server.storage.tables.identity import accounts
from mlsteward_server.storage.tables.workspaces import invitations, outbox, workspaces
from mlsteward_server.storage.vault import Vault

JOINS, PROVES = "invitation", "invitation by mail"
"""What the token of an accept address is signed for."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message."""

    id: str
    recipient: str
    subject: str
    text: str = field(repr=False)
    created_at: datetime


def accept_url(settings: Settings, vault: Vault, invitation_id: str, purpose: str = JOINS) -> str:
    """Where an invitation is accepted. Whoever holds this can accept it."""
    token = vault.sign(invitation_id, purpose)
    return f"{settings.public_url.rstrip('/')}/api/v1/invitations/{invitation_id}/accept?token={token}"


def purpose_of(vault: Vault, invitation_id: str, token: str) -> str | None:
    """What a token of an invitation is good for: `JOINS`, `PROVES`, or None where it is not one of this invitation."""
    return next((purpose for purpose in (JOINS, PROVES) if vault.verify(invitation_id, purpose, token)), None)


def post_invitation(context: Context, invitation_id: str, recipient: str) -> None:
    """Put the message of an invitation in the outbox."""
    context.connection.execute(
        insert(outbox),
        {"id": new_id(), "invitation_id": invitation_id, "recipient": recipient, "created_at": context.now},
    )


def waiting(storage: Storage, settings: Settings, *, most: int = 1000) -> Iterator[Message]:
    """Messages that were not sent yet, oldest first."""
    query = (
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
            invitations.c.status == "pending",
            invitations.c.expires_at > datetime.now(UTC),
        )
        .order_by(outbox.c.id)
        .limit(most)
    )
    with storage.connect() as connection:
        rows = connection.execute(query).all()
    for row in rows:
        url = accept_url(settings, storage.vault, row.invitation_id, PROVES)
        yield Message(
            id=row.id,
            recipient=row.recipient,
            subject=f"{row.sender or 'An admin'} invites you to {row.workspace}",
            text=(
                f"{row.sender or 'An admin'} invites you to the workspace {row.workspace} as {row.role}.\n\n"
                f"Accept until {row.expires_at:%Y-%m-%d %H:%M} UTC with:\n\n  mlsteward accept '{url}'\n"
            ),
            created_at=row.created_at,
        )
