"""What differs between two reviews of a workspace."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, TypeAlias

from mlsteward.records.access import AccessEntry
from mlsteward.records.record import rfc3339
from mlsteward.records.reviews import ReviewChange

if TYPE_CHECKING:
    from mlsteward.reviews.contents import Contents

Things: TypeAlias = Mapping[tuple[str, ...], tuple[str, str, str]]
"""By their ids: who, what, and what it is like."""


def changes(before: Contents, after: Contents) -> tuple[ReviewChange, ...]:
    """What is new, gone or changed, in this order for each: accounts, access, keys, invitations.

    Everything is compared by its id: a new name alone is no change, and a new account with an old name is one.
    A key is not told to be gone if the reader of the later review could not see the keys of its account, and not told
    to be new if that of the earlier one could not.
    """
    keys_before, keys_after = _keys(before), _keys(after)
    unknown_before, unknown_after = _unknown(before), _unknown(after)
    return (
        *_differences("account", _accounts(before), _accounts(after)),
        *_differences("access", _access(before), _access(after)),
        *_differences(
            "key",
            {key: found for key, found in keys_before.items() if key[0] not in unknown_after},
            {key: found for key, found in keys_after.items() if key[0] not in unknown_before},
        ),
        *_differences("invitation", _invitations(before), _invitations(after)),
    )


def in_words(entry: AccessEntry) -> str:
    """What an account has, and why: `owner (roster)`."""
    why = f"{entry.rule}: {entry.group}" if entry.group else str(entry.rule)
    return f"{entry.role} ({why})"


def _differences(kind: str, before: Things, after: Things) -> Iterator[ReviewChange]:
    for key, (who, what, now) in after.items():
        then = before[key][2] if key in before else None
        if then is None:
            yield ReviewChange(kind, "new", who, what, None, now)
        elif then != now:
            yield ReviewChange(kind, "changed", who, what, then, now)
    for key, (who, what, then) in before.items():
        if key not in after:
            yield ReviewChange(kind, "gone", who, what, then, None)


def _accounts(review: Contents) -> Things:
    return {(one.user_id,): (one.username, review.workspace, str(one.role)) for one in review.accounts}


def _access(review: Contents) -> Things:
    return {
        (one.object_type, one.object_id, one.user_id): (
            one.username,
            f"{one.object_type} {one.object_name}",
            in_words(one),
        )
        for one in review.access
    }


def _keys(review: Contents) -> Things:
    return {
        (one.user_id, one.id): (
            one.username,
            one.name,
            f"{', '.join(map(str, one.scopes))}; "
            + (f"expires {rfc3339(one.expires_at)}" if one.expires_at else "no expiry"),
        )
        for one in review.keys
    }


def _unknown(review: Contents) -> set[str]:
    return {one.user_id for one in review.accounts if not one.keys_are_known}


def _invitations(review: Contents) -> Things:
    return {(one.id,): (one.to, review.workspace, str(one.role)) for one in review.invitations}
