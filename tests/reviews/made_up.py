"""Reviews that nobody made, to look at what becomes of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from mlsteward.records import AccessEntry, ReviewedAccount, ReviewedInvitation, ReviewedKey
from mlsteward.reviews.review import AccessReview

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)


def entry(**fields: Any) -> AccessEntry:
    known = {
        "object_type": "project",
        "object_id": "p1",
        "object_name": "churn",
        "user_id": "u1",
        "username": "jackie",
        "kind": "user",
        "rule": "roster",
        "role": "owner",
        "group": None,
    }
    return AccessEntry(**known | fields)


def account(**fields: Any) -> ReviewedAccount:
    known = {
        "user_id": "u1",
        "username": "jackie",
        "kind": "user",
        "role": "member",
        "email": "jackie@example.com",
        "joined_at": NOW,
        "last_seen_at": None,
        "keys_are_known": True,
        "is_unseen": False,
    }
    return ReviewedAccount(**known | fields)


def key(**fields: Any) -> ReviewedKey:
    known = {
        "id": "k1",
        "user_id": "u1",
        "username": "jackie",
        "name": "laptop",
        "preview": "mls_abcdef",
        "scopes": ("read", "write"),
        "created_at": NOW,
        "last_used_at": None,
        "expires_at": None,
        "created_by": "jackie",
        "remarks": (),
    }
    return ReviewedKey(**known | fields)


def invitation(**fields: Any) -> ReviewedInvitation:
    known = {"id": "i1", "to": "new@example.com", "role": "guest", "created_at": NOW, "expires_at": NOW}
    return ReviewedInvitation(**known | fields)


def review(
    *,
    workspace: str = "ml-team",
    access: Iterable[AccessEntry] = (),
    accounts: Iterable[ReviewedAccount] = (),
    keys: Iterable[ReviewedKey] = (),
    invitations: Iterable[ReviewedInvitation] = (),
    **fields: Any,
) -> AccessReview:
    known = {
        "workspace_id": "w1",
        "began_at": NOW,
        "ended_at": NOW,
        "made_by": "admin",
        "server": "at https://steward.example.com",
        "server_version": "1.0",
        "client_version": "1.0",
        "unseen_days": 90,
        "old_key_days": 365,
    }
    return AccessReview(
        workspace=workspace,
        access=tuple(access),
        accounts=tuple(accounts),
        keys=tuple(keys),
        invitations=tuple(invitations),
        **known | fields,
    )
