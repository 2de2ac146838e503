"""A review as data: what its page keeps in it, and how that is read again.

The access of every account to every project and dataset is the long part. In a page it is numbers: which account,
which role, which rule, which group, for each object in turn. A hundred thousand entries are about a megabyte.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

import orjson

from mlsteward.errors import InvalidArgument
from mlsteward.records.access import AccessEntry
from mlsteward.records.enums import (
    AccessObjectType,
    AccessRule,
    AccountKind,
    AuditAction,
    DatasetPermission,
    KeyScope,
    ProjectRole,
    WorkspaceRole,
)
from mlsteward.records.operations import AuditEvent
from mlsteward.records.record import Record, plain, rfc3339
from mlsteward.records.reviews import ReviewChange, ReviewedAccount, ReviewedInvitation, ReviewedKey
from mlsteward.records.wire import enum_of

if TYPE_CHECKING:
    from mlsteward.reviews.contents import Contents

FORMAT: Final = 1
"""Raised when pages are written that this module, as it is, could not read."""
OPENS: Final = '<script type="application/json" id="mlsteward-review">'
CLOSES: Final = "</script>"
OBJECT: Final = ("object_type", "object_id", "object_name")
ACCOUNT: Final = ("user_id", "username", "kind")
GRANT: Final = ("role", "rule", "group")
SINGLE: Final = (
    "workspace",
    "workspace_id",
    "began_at",
    "ended_at",
    "made_by",
    "server",
    "server_version",
    "client_version",
    "unseen_days",
    "old_key_days",
    "since",
    "compares",
    "has_more_events",
)
ROWS: Final[Mapping[str, type[Record]]] = {
    "accounts": ReviewedAccount,
    "keys": ReviewedKey,
    "invitations": ReviewedInvitation,
    "changes": ReviewChange,
    "events": AuditEvent,
}


def data(review: Contents) -> dict[str, Any]:
    """The review in plain values."""
    single = {name: _plain(getattr(review, name)) for name in SINGLE}
    rows = {name: [_plain(row) for row in getattr(review, name)] for name in ("access", *ROWS)}
    return {**single, **rows, "not_seen": list(review.not_seen)}


def element(review: Contents) -> str:
    """The review as an element of a page, which no browser shows or runs."""
    kept = {name: _plain(getattr(review, name)) for name in SINGLE}
    kept |= {name: [_plain(row) for row in getattr(review, name)] for name in ROWS}
    kept |= {"format": FORMAT, "not_seen": list(review.not_seen), "access": _numbers(review.access)}
    text = orjson.dumps(kept).decode()
    # Nothing in it can end the element, or be taken for markup.
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return f"{OPENS}{text}{CLOSES}"


def read(file: str | os.PathLike[str]) -> dict[str, Any]:
    """The fields of the review that is in a page.

    Raises:
        InvalidArgument: There is none, or a newer version wrote it.
    """
    path = os.fspath(file)
    with open(path, encoding="utf-8", errors="replace") as page:
        text = page.read()
    start = text.rfind(OPENS)
    end = text.find(CLOSES, start)
    if start < 0 or end < 0:
        raise InvalidArgument(f"{path} is not the page of an access review")
    try:
        kept = orjson.loads(text[start + len(OPENS) : end])
        if kept["format"] > FORMAT:
            raise InvalidArgument(f"a newer version of mlsteward wrote {path}; update mlsteward to read it")
        return _restored(kept)
    except (ValueError, KeyError, TypeError, IndexError) as error:
        if isinstance(error, InvalidArgument):
            raise
        raise InvalidArgument(f"the data in {path} is damaged") from error


def _plain(value: Any) -> Any:
    return plain(rfc3339(value) if isinstance(value, datetime) else value, moment=rfc3339)


def _numbers(entries: tuple[AccessEntry, ...]) -> dict[str, Any]:
    objects: dict[tuple[Any, ...], list[int]] = {}
    accounts: dict[tuple[Any, ...], int] = {}
    grants: dict[tuple[Any, ...], int] = {}
    for entry in entries:
        account = accounts.setdefault(tuple(getattr(entry, name) for name in ACCOUNT), len(accounts))
        grant = grants.setdefault(tuple(getattr(entry, name) for name in GRANT), len(grants))
        objects.setdefault(tuple(getattr(entry, name) for name in OBJECT), []).extend((account, grant))
    return {
        "accounts": [_plain(one) for one in accounts],
        "grants": [_plain(one) for one in grants],
        "objects": [[*_plain(one), pairs] for one, pairs in objects.items()],
    }


def _entries(kept: Mapping[str, Any]) -> Iterator[AccessEntry]:
    read_role, read_rule = enum_of(ProjectRole, DatasetPermission), enum_of(AccessRule)
    read_kind, read_type = enum_of(AccountKind), enum_of(AccessObjectType)
    accounts = [(user, name, read_kind(kind)) for user, name, kind in kept["accounts"]]
    grants = [(role and read_role(role), read_rule(rule), group) for role, rule, group in kept["grants"]]
    for kind, id, name, pairs in kept["objects"]:
        for account, grant in zip(pairs[::2], pairs[1::2], strict=True):
            user_id, username, account_kind = accounts[account]
            role, rule, group = grants[grant]
            yield AccessEntry(
                object_type=read_type(kind),
                object_id=id,
                object_name=name,
                user_id=user_id,
                username=username,
                kind=account_kind,
                rule=rule,
                role=role,
                group=group,
            )


WORDS: Final[Mapping[tuple[type[Record], str], Callable[[str], Any]]] = {
    (ReviewedAccount, "kind"): enum_of(AccountKind),
    (ReviewedAccount, "role"): enum_of(WorkspaceRole),
    (ReviewedKey, "scopes"): enum_of(KeyScope),
    (ReviewedInvitation, "role"): enum_of(WorkspaceRole),
    (AuditEvent, "action"): enum_of(AuditAction),
}
MOMENT: Final = re.compile(r"(\w+_at|date|since)")


def _restored(kept: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **{name: _value(name, kept[name], None) for name in SINGLE},
        **{
            name: tuple(
                type(**{key: _value(key, value, WORDS.get((type, key))) for key, value in row.items()})
                for row in kept[name]
            )
            for name, type in ROWS.items()
        },
        "access": tuple(_entries(kept["access"])),
        "not_seen": tuple(kept["not_seen"]),
    }


def _value(name: str, value: Any, word: Callable[[str], Any] | None) -> Any:
    if isinstance(value, list):
        return tuple(one if word is None else word(one) for one in value)
    if isinstance(value, str) and MOMENT.fullmatch(name):
        return datetime.fromisoformat(value)
    return value if word is None or value is None else word(value)
