"""Pages by key: a page starts after the last key of the page before, so every page costs the same.

The cursor is that key and a signature, opaque to clients. It is signed for one question of one caller, so that it is a
place in no other list: what is listed next to it was looked for by whoever got it.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlalchemy import Connection, Row, Select

from mlsteward_server.problems import Problem

DEFAULT_LIMIT = 100
LARGEST_PAGE = 500
SIGNATURE_BYTES = 16
MOST_LOOKED_AT = 20_000
"""How many rows one request looks at in search of those it wants."""

T = TypeVar("T")


def in_chunks(
    connection: Connection, query: Select[Any], values: dict[str, Any], beyond: str, key: Callable[[Row[Any]], str]
) -> Iterator[Sequence[Row[Any]]]:
    """The rows of a query a chunk after the other, along its order.

    Args:
        query: Takes `beyond`, the key after which a chunk starts, and `most`, how many rows it has at most.
        values: Its other parameters, and `most`.
        beyond: Where the first one starts.
        key: That of a row.
    """
    while True:
        rows = connection.execute(query, {**values, "beyond": beyond}).all()
        yield rows
        if len(rows) < values["most"]:
            return
        beyond = key(rows[-1])


def _unbound(key: bytes) -> bytes:
    raise AssertionError("a page must be bound to a question first")


@dataclass(slots=True)
class Page:
    """Which page is asked for, and, once the handler has cut it, where the next one starts."""

    limit: int = DEFAULT_LIMIT
    cursor: str | None = None
    next_cursor: str | None = None
    _sign: Callable[[bytes], bytes] = field(default=_unbound, repr=False)

    def bind(self, sign: Callable[[bytes], bytes]) -> None:
        """Say what signs the cursors of this list, and check the one that was sent.

        Args:
            sign: Signs for the question that is asked, filters included, and whoever asks it.

        Raises:
            Problem: The cursor is not one of this list.
        """
        self._sign = sign
        self._read()

    @property
    def fetch(self) -> int:
        """How many rows to read: one more than the page holds tells whether there is a next page."""
        return self.limit + 1

    def after(self, parts: int = 1) -> tuple[str, ...] | None:
        """The key of the last row of the page before, or None on the first page."""
        key = self._read()
        assert key is None or len(key) == parts
        return key

    def _read(self) -> tuple[str, ...] | None:
        if self.cursor is None:
            return None
        try:
            padded = self.cursor + "=" * (-len(self.cursor) % 4)
            found = base64.b64decode(padded, altchars=b"-_", validate=True)
        except (binascii.Error, ValueError):
            found = b""
        signature, key = found[:SIGNATURE_BYTES], found[SIGNATURE_BYTES:]
        if not hmac.compare_digest(signature, self._sign(key)):
            raise Problem(
                "invalid_request",
                "The cursor is not one that this list gave out.",
                "Take the cursor from the Link header of the page before, or leave it out to start anew.",
                errors=[("/query/cursor", "is not a cursor of this list")],
            )
        return tuple(json.loads(key))

    def after_pair(self) -> tuple[str, str] | None:
        """The same, of a list whose key has two parts."""
        key = self.after(2)
        return None if key is None else (key[0], key[1])

    def cut(self, rows: Sequence[T], key: Callable[[T], Sequence[Any]]) -> Sequence[T]:
        """The rows of this page out of what was fetched; notes where the next page starts."""
        if len(rows) <= self.limit:
            return rows
        kept = rows[: self.limit]
        self._go_on_after(key(kept[-1]))
        return kept

    def sift(self, rows: Iterable[T], wanted: Callable[[T], bool], key: Callable[[T], Sequence[Any]]) -> Sequence[T]:
        """The rows of this page that are wanted, out of any number.

        However few those are, a request ends: where it has looked at enough, the page is short, and the next one
        starts behind what was looked at.
        """
        found: list[T] = []
        for number, row in enumerate(rows, 1):
            if wanted(row):
                found.append(row)
                if len(found) > self.limit:
                    break
            if number == MOST_LOOKED_AT:
                self._go_on_after(key(row))
                return found
        return self.cut(found, key)

    def _go_on_after(self, key: Sequence[Any]) -> None:
        text = json.dumps(list(key), separators=(",", ":")).encode()
        self.next_cursor = base64.urlsafe_b64encode(self._sign(text) + text).rstrip(b"=").decode()
