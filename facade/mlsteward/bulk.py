"""Calls with many rows: rows in, in chunks to the server, and what became of each of them out."""

from __future__ import annotations

import io
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import Any, Final, TypeAlias, TypeVar

from mlsteward.errors import InvalidArgument, StewardError
from mlsteward.pagination import Pager
from mlsteward.records.bulk import BulkRow
from mlsteward.records.enums import BulkOutcome
from mlsteward.records.record import Record, plain
from mlsteward.redaction import redact

T = TypeVar("T")

Rows: TypeAlias = "Iterable[Mapping[str, Any] | Record | str] | str | os.PathLike[str]"
"""Rows: dictionaries, records or names, or the path of a CSV file."""

CHUNK: Final = 500
"""Number of rows in one request. All of them are one transaction of the server."""
LARGEST_FILE: Final = 64 * 2**20
"""Maximum size of a CSV file, in bytes."""


class BulkResult(Pager[BulkRow]):
    """What became of each row, in the order of the rows. It is in memory, and has everything that a list has.

    Args:
        rows: One for each row.
        is_dry_run: Whether nothing was changed, and this is what would have become of them.

    Attributes:
        is_dry_run: Whether nothing was changed, and this is what would have become of the rows.

    Example:
        >>> from mlsteward import Steward
        >>> with Steward(path=":memory:", workspace="ml-team") as steward:
        ...     steward.workspaces.create("ml-team", exist_ok=True).name
        ...     steward.members.import_([{"username": "jackie"}, {"username": "ravi", "role": "guest"}])
        'ml-team'
        <BulkResult: 2 done>
    """

    def __init__(self, rows: Sequence[BulkRow], *, is_dry_run: bool = False) -> None:
        super().__init__(lambda size, cursor: (self._rows[: size or None], None), record_type=BulkRow)
        self._rows = tuple(rows)
        self.is_dry_run = is_dry_run

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, index: int) -> BulkRow:
        return self._rows[index]

    @property
    def done(self) -> tuple[BulkRow, ...]:
        """The rows that changed something."""
        return self._with(BulkOutcome.DONE)

    @property
    def unchanged(self) -> tuple[BulkRow, ...]:
        """The rows that were so already."""
        return self._with(BulkOutcome.UNCHANGED)

    @property
    def refused(self) -> tuple[BulkRow, ...]:
        """The rows that were refused. Their `problem` says why."""
        return self._with(BulkOutcome.REFUSED)

    def raise_if_refused(self) -> None:
        """Fail if any row was refused. The others are done all the same.

        Raises:
            StewardError: The message names the first of them.
        """
        if not (refused := self.refused):
            return
        first, problem = refused[0], refused[0].problem
        why = "" if problem is None else f": {problem.message} ({problem.code})"
        raise StewardError(
            f"{len(refused)} of {len(self)} rows were refused. Row {first.number}{_called(first)}{why}",
            hint=None if problem is None else problem.hint,
        )

    def _with(self, outcome: BulkOutcome) -> tuple[BulkRow, ...]:
        return tuple(row for row in self._rows if row.outcome == outcome)

    @property
    def _about(self) -> str:
        counted = [f"{len(self._with(outcome))} {outcome.value}" for outcome in BulkOutcome if self._with(outcome)]
        return f"{type(self).__name__}: {', '.join(counted) or 'no rows'}" + (", dry run" if self.is_dry_run else "")


@dataclass(frozen=True)
class Columns:
    """What rows can hold.

    Attributes:
        required: The fields that every row has. The first is what a row is about.
        optional: The others.
        words: The values that a field can have, if not any text.
        flags: The fields that are true or false.
    """

    required: tuple[str, ...]
    optional: tuple[str, ...] = ()
    words: Mapping[str, type[StrEnum]] | None = None
    flags: tuple[str, ...] = ()
    either: tuple[str, ...] = ()
    """Fields of which every row has exactly one."""

    @property
    def names(self) -> tuple[str, ...]:
        """Every field."""
        return (*self.either, *self.required, *self.optional)

    def read(self, rows: Rows) -> Iterable[dict[str, Any]]:
        """The rows as dictionaries. A file is read and checked as a whole, before the first row.

        Raises:
            InvalidArgument: A file cannot be used, or a row is none.
            OSError: A file cannot be read.
        """
        if isinstance(rows, str | os.PathLike):
            return _Sheet(Path(rows), self).rows()
        if not isinstance(rows, Iterable):
            raise InvalidArgument(f"rows must be a collection of rows or the path of a CSV file, not {_kind(rows)}")
        return (self._row(row, number) for number, row in enumerate(rows, 1))

    def _row(self, row: object, number: int) -> dict[str, Any]:
        if isinstance(row, str):
            found: dict[str, Any] = {self.names[0]: row}
        elif isinstance(row, Record):
            found = {name: getattr(row, name) for name in self.names if getattr(row, name, None) is not None}
            found.setdefault(self.names[0], getattr(row, row._identified_by or "", None))
        elif isinstance(row, Mapping):
            found = dict(row)
        else:
            raise InvalidArgument(f"row {number} must be a dictionary, a record or a str, not {_kind(row)}")
        if unknown := [name for name in found if name not in self.names]:
            raise InvalidArgument(
                f"row {number} has a field {redact(repr(unknown[0]))[:100]}; the fields are {', '.join(self.names)}"
            )
        values = {name: plain(value) for name, value in found.items() if value is not None}
        for name, value in values.items():
            if not isinstance(value, bool if name in self.flags else str):
                wanted = "True or False" if name in self.flags else "a str"
                raise InvalidArgument(f"{name} of row {number} must be {wanted}, not {_kind(value)}")
        # The server checks what they say, and refuses a wrong row alone.
        return values


def chunks(rows: Iterable[T], size: int = CHUNK) -> Iterator[list[T]]:
    """
    >>> list(chunks("abcde", 2))
    [['a', 'b'], ['c', 'd'], ['e']]
    """
    left = iter(rows)
    while chunk := list(islice(left, size)):
        yield chunk


class _Sheet:
    """A CSV file, as spreadsheets write it: with commas or semicolons, with or without a byte order mark."""

    def __init__(self, path: Path, columns: Columns) -> None:
        self._path = path
        self._columns = columns

    def rows(self) -> list[dict[str, Any]]:
        """Every row, checked.

        Raises:
            InvalidArgument: With the line and the column.
        """
        # Imported where it is used: few calls read a file.
        import csv

        text = self._text()
        head = text.lstrip("\r\n").partition("\n")[0]
        table = csv.reader(io.StringIO(text, newline=""), delimiter=";" if head.count(";") > head.count(",") else ",")
        names: list[str] = []
        found: list[dict[str, Any]] = []
        lines: dict[str, int] = {}
        try:
            for cells in table:
                if not any(map(str.strip, cells)):
                    continue
                if not names:
                    names = self._header([cell.strip() for cell in cells], table.line_num)
                    continue
                row = self._row(names, cells, table.line_num)
                about = (
                    "\0".join(str(row.get(name, "")).casefold() for name in self._columns.either)
                    or str(row[self._columns.names[0]]).casefold()
                )
                if about in lines:
                    raise self._wrong(table.line_num, f"{about.strip(chr(0))!r} is in line {lines[about]} too")
                lines[about] = table.line_num
                found.append(row)
        except csv.Error as error:
            raise self._wrong(table.line_num, f"it is not CSV: {error}") from None
        if not names:
            raise InvalidArgument(f"{self._path} is empty; its first line must name the columns")
        return found

    def _text(self) -> str:
        with self._path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
        if len(content) > LARGEST_FILE:
            raise InvalidArgument(f"{self._path} is larger than {LARGEST_FILE} bytes; split it")
        try:
            return content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, error.start) + 1
            raise self._wrong(line, "it is not UTF-8; save the file as 'CSV UTF-8'") from None

    def _header(self, cells: list[str], line: int) -> list[str]:
        known = ", ".join(self._columns.names)
        names = [cell.lower() for cell in cells]
        for cell, name in zip(cells, names, strict=True):
            if name not in self._columns.names:
                raise self._wrong(line, f"the column {cell[:100]!r} is unknown; the columns are {known}")
            if names.count(name) > 1:
                raise self._wrong(line, f"the column {name!r} is there twice")
        missing = [name for name in self._columns.required if name not in names]
        if self._columns.either and not set(self._columns.either) & set(names):
            missing.append(" or ".join(self._columns.either))
        if missing:
            raise self._wrong(line, f"the column {missing[0]} is missing; the columns are {known}")
        return names

    def _row(self, names: list[str], cells: list[str], line: int) -> dict[str, Any]:
        if len(cells) != len(names):
            raise self._wrong(line, f"it has {len(cells)} cells, and the first line has {len(names)}")
        row: dict[str, Any] = {}
        for name, cell in zip(names, cells, strict=True):
            value = cell.strip()
            if value:
                row[name] = self._value(name, value, line)
            elif name in self._columns.required:
                raise self._wrong(line, "it is empty", column=name)
        if self._columns.either and sum(name in row for name in self._columns.either) != 1:
            raise self._wrong(line, f"it needs exactly one of {' and '.join(self._columns.either)}")
        return row

    def _value(self, name: str, value: str, line: int) -> Any:
        enum = (self._columns.words or {}).get(name)
        if enum is not None:
            word = next((word.value for word in enum if word.value.casefold() == value.casefold()), None)
            if word is None:
                known = ", ".join(word.value for word in enum)
                raise self._wrong(line, f"{value[:100]!r} is not one of {known}", column=name)
            return word
        if name in self._columns.flags:
            if value.casefold() not in ("true", "false", "yes", "no", "1", "0"):
                raise self._wrong(line, f"{value[:100]!r} is neither true nor false", column=name)
            return value.casefold() in ("true", "yes", "1")
        return value

    def _wrong(self, line: int, what: str, *, column: str | None = None) -> InvalidArgument:
        where = f"line {line}" + ("" if column is None else f", column {column}")
        return InvalidArgument(redact(f"{self._path}, {where}: {what}"))


def _called(row: BulkRow) -> str:
    return "" if row.name is None else f" ({row.name})"


def _kind(value: object) -> str:
    return type(value).__name__
