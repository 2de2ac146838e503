"""Records as CSV or as JSON lines. Each writer takes a page at a time and keeps nothing."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

import orjson

from mlsteward.exports.columns import Column
from mlsteward.records.record import Record, json_data, plain, rfc3339

if TYPE_CHECKING:
    from _typeshed import SupportsWrite

FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""The first characters of cells that spreadsheets treat as formulas."""


class CsvTable:
    """Rows of CSV, as people open them in a spreadsheet: a cell that would be a formula gets a `'` in front.

    Args:
        file: Takes the text.
    """

    def __init__(self, file: SupportsWrite[str]) -> None:
        # The csv module quotes what is in the end of a line, so with this end also a lone carriage return.
        self._writer = csv.writer(_Lines(file), lineterminator="\r\n")

    def write(self, rows: Iterable[Iterable[Any]]) -> None:
        """Write rows."""
        self._writer.writerows(map(cell, row) for row in rows)


class _Lines:
    """Ends each row with a line feed alone."""

    def __init__(self, file: SupportsWrite[str]) -> None:
        self._file = file

    def write(self, row: str) -> object:
        return self._file.write(row.removesuffix("\r\n") + "\n")


class CsvWriter:
    """Records as CSV, with a header.

    Args:
        file: Takes the text.
        columns: Those to write.
    """

    def __init__(self, file: SupportsWrite[str], columns: Sequence[Column]) -> None:
        self._table = CsvTable(file)
        self._values = [column.value for column in columns]
        self._table.write([[column.name for column in columns]])

    def add(self, page: Sequence[Any]) -> None:
        """Write some records."""
        values = self._values
        self._table.write([[value(record) for value in values] for record in page])


class JsonLinesWriter:
    """Records as JSON, each on a line.

    Args:
        file: Takes the text.
        columns: Those to write, by their names; None for the whole records.
    """

    def __init__(self, file: SupportsWrite[str], columns: Sequence[Column] | None) -> None:
        self._file = file
        self._columns = columns

    def add(self, page: Sequence[Any]) -> None:
        """Write some records."""
        self._file.write("".join(orjson.dumps(json_object(record, self._columns)).decode() + "\n" for record in page))


def json_object(record: Record, columns: Sequence[Column] | None) -> dict[str, Any]:
    """A record as a JSON object.

    Args:
        record: The record.
        columns: Those to include, by their names; None for the whole record.
    """
    if columns is None:
        return json_data(record)
    return {column.name: plain(column.value(record), moment=rfc3339) for column in columns}


def cell(value: Any) -> str:
    """A cell of a file that people open in a spreadsheet.

    >>> cell("=1+1"), cell("jackie"), cell(None), cell(True), cell(-7), cell(("read", "write"))
    ("'=1+1", 'jackie', '', 'true', '-7', 'read, write')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, datetime):
        return rfc3339(value)
    text = joined(value) if isinstance(value, tuple) else str(value)
    return "'" + text if text.startswith(FORMULA) else text


def joined(values: tuple[Any, ...]) -> str:
    """Several values in one cell: words with commas, records as JSON."""
    if any(isinstance(value, Record) for value in values):
        return orjson.dumps(plain(values, moment=rfc3339)).decode()
    return ", ".join(map(str, values))
