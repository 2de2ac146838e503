"""Keyset pagination: a page starts after the last key of the previous page, so every page costs the same.

A cursor is that key and a signature, and is opaque to clients. The signature covers the operation, its filters and the
caller, so a cursor cannot be used in another list or by another caller.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlalchemy import Connection, Row, Select, func, literal, select

from mlsteward_server.problems import Problem

DEFAULT_LIMIT = 100
LARGEST_PAGE = 500
SIGNATURE_BYTES = 16
MOST_LOOKED_AT = 20_000
"""Maximum number of rows that one request reads to fill its page."""

T = TypeVar("T")


def in_chunks(
    connection: Connection, query: Select[Any], values: dict[str, Any], beyond: str, key: Callable[[Row[Any]], str]
) -> Iterator[Sequence[Row[Any]]]:
    """Yield the rows of a query in chunks, in the order of the query.

    Args:
        query: Has the parameters `beyond`, the key after which a chunk starts, and `most`, the size of a chunk.
        values: The other parameters of the query, and `most`.
        beyond: The key after which the first chunk starts.
        key: Returns the key of a row.
    """
    while True:
        rows = connection.execute(query, {**values, "beyond": beyond}).all()
        yield rows
        if len(rows) < values["most"]:
            return
        beyond = key(rows[-1])


def _unbound(key: bytes) -> bytes:
    raise AssertionError("bind the page to a list first")


@dataclass(slots=True)
class Page:
    """The requested page, and, once the handler has cut it, the start of the next page."""

    limit: int = DEFAULT_LIMIT
    cursor: str | None = None
    next_cursor: str | None = None
    is_counted: bool = False
    total: int | None = None
    _sign: Callable[[bytes], bytes] = field(default=_unbound, repr=False)

    def bind(self, sign: Callable[[bytes], bytes]) -> None:
        """Bind the page to a list, and check the cursor of the request.

        Args:
            sign: Signs cursors for this list, its filters and this caller.

        Raises:
            Problem: The cursor is not from this list.
        """
        self._sign = sign
        self._read()

    @property
    def fetch(self) -> int:
        """The number of rows to read: one more than the page holds, to see whether there is a next page."""
        return self.limit + 1

    def count(self, connection: Connection, query: Select[Any]) -> None:
        """Count the whole list, if the caller asked for it.

        Args:
            connection: The connection of the request.
            query: Selects every entry of the list.
        """
        if self.is_counted:
            whole = query.with_only_columns(literal(1)).order_by(None).subquery()
            self.total = connection.execute(select(func.count()).select_from(whole)).scalar_one()

    def after(self, parts: int = 1) -> tuple[str, ...] | None:
        """Return the key of the last row of the previous page. None on the first page."""
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
                "The cursor is not from this list.",
                "Take the cursor from the Link header of the previous page, or leave it out for the first page.",
                errors=[("/query/cursor", "is not a cursor of this list")],
            )
        return tuple(json.loads(key))

    def after_pair(self) -> tuple[str, str] | None:
        """Return the key of the last row of the previous page, for a key with two parts. None on the first page."""
        key = self.after(2)
        return None if key is None else (key[0], key[1])

    def cut(self, rows: Sequence[T], key: Callable[[T], Sequence[Any]]) -> Sequence[T]:
        """Return the rows of this page from the rows that were read, and set the start of the next page."""
        if len(rows) <= self.limit:
            return rows
        kept = rows[: self.limit]
        self._go_on_after(key(kept[-1]))
        return kept

    def sift(self, rows: Iterable[T], wanted: Callable[[T], bool], key: Callable[[T], Sequence[Any]]) -> Sequence[T]:
        """Return the rows of this page that match, from any number of rows.

        After `MOST_LOOKED_AT` rows the page ends, even if it is not full. The next page starts after the last row
        read, so one request never reads everything.
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
