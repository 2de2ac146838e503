"""What a review of access found. The client puts these together; no server sends them."""

from __future__ import annotations

from datetime import datetime

from attrs import frozen

from mlsteward.records.enums import AccountKind, KeyScope, WorkspaceRole
from mlsteward.records.record import Record


@frozen(repr=False)
class ReviewedAccount(Record):
    """A person or a service account in a review.

    Attributes:
        role: The role in the workspace.
        joined_at: When a person joined, or a service account was created, in UTC.
        last_seen_at: The last use of an API key that still exists, in UTC; None if there was none or it is not known.
        keys_are_known: Whether the reader could see the API keys.
        is_unseen: Whether nobody has used the account for longer than the review allows.
    """

    _identified_by = "username"

    user_id: str
    username: str
    kind: AccountKind | str
    role: WorkspaceRole | str
    email: str | None
    joined_at: datetime | None
    last_seen_at: datetime | None
    keys_are_known: bool
    is_unseen: bool


@frozen(repr=False)
class ReviewedKey(Record):
    """An API key in a review, without its secret.

    Attributes:
        username: The account it belongs to.
        preview: The first characters of the key, to recognize it.
        created_at: In UTC.
        last_used_at: In UTC; None if it was never used.
        expires_at: In UTC; None if it does not expire.
        created_by: Username of who created it; None if that account was deleted.
        remarks: What an auditor would ask about: `old`, `unused`, `no expiry`, or `expired`.
    """

    _identified_by = "id"

    id: str
    user_id: str
    username: str
    name: str
    preview: str
    scopes: tuple[KeyScope | str, ...]
    created_at: datetime
    last_used_at: datetime | None
    expires_at: datetime | None
    created_by: str | None
    remarks: tuple[str, ...]


@frozen(repr=False)
class ReviewedInvitation(Record):
    """An open invitation in a review, without its link.

    Attributes:
        to: The email address or the username that is invited.
        role: The role they get in the workspace.
        created_at: In UTC.
        expires_at: In UTC.
    """

    _identified_by = "id"

    id: str
    to: str
    role: WorkspaceRole | str
    created_at: datetime
    expires_at: datetime


@frozen(repr=False)
class ReviewChange(Record):
    """A difference between two reviews.

    Attributes:
        kind: `account`, `access`, `key` or `invitation`.
        change: `new`, `gone` or `changed`.
        who: Username of the account, or who is invited.
        what: The project, dataset, key or workspace it is about.
        before: What it was; None if it is new.
        after: What it is now; None if it is gone.
    """

    kind: str
    change: str
    who: str
    what: str
    before: str | None
    after: str | None
