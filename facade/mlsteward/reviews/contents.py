"""What a review holds. What can be done with it is in `review.py`."""

from __future__ import annotations

from datetime import datetime

from attrs import frozen

from mlsteward.records.access import AccessEntry
from mlsteward.records.operations import AuditEvent
from mlsteward.records.reviews import ReviewChange, ReviewedAccount, ReviewedInvitation, ReviewedKey


@frozen(repr=False)
class Contents:
    """What was read. `AccessReview` explains the attributes."""

    workspace: str
    workspace_id: str
    began_at: datetime
    ended_at: datetime
    made_by: str
    server: str
    server_version: str
    client_version: str
    unseen_days: int
    old_key_days: int
    access: tuple[AccessEntry, ...]
    accounts: tuple[ReviewedAccount, ...]
    keys: tuple[ReviewedKey, ...]
    invitations: tuple[ReviewedInvitation, ...]
    since: datetime | None = None
    compares: bool = False
    changes: tuple[ReviewChange, ...] = ()
    events: tuple[AuditEvent, ...] = ()
    has_more_events: bool = False
    not_seen: tuple[str, ...] = ()

    @property
    def unseen(self) -> tuple[ReviewedAccount, ...]:
        """The accounts that nobody has used for longer than the review allows."""
        return tuple(account for account in self.accounts if account.is_unseen)

    @property
    def marked_keys(self) -> tuple[ReviewedKey, ...]:
        """The keys with remarks: old, unused, expired, or without an expiry."""
        return tuple(key for key in self.keys if key.remarks)
