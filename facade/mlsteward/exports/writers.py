"""Records as CSV or as JSON lines. Each writer takes a page at a time and keeps nothing."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Final, Protocol

import orjson

from mlsteward.exports.columns import Column
from mlsteward.records.record import Record, json_data, plain, rfc3339

FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""The first characters of cells that spreadsheets treat as formulas."""


class TextFile(Protocol):
    """A file, or what takes text like one."""

    def write(self, text: str, /) -> object: ...


class CsvTable:
    """Rows of CSV, as people open them in a spreadsheet: a cell that would be a formula gets a `'` in front.

    Args:
        file: Takes the text.
    """

    def __init__(self, file: TextFile) -> None:
        # The csv module quotes what is in the end of a line, so with this end also a lone carriage return.
        self._writer = csv.writer(_Lines(file), lineterminator="\r\n")

    def write(self, rows: Iterable[Iterable[Any]]) -> None:
        """Write rows."""
        self._writer.writerows(map(cell, row) for row in rows)


class _Lines:
    """Ends each row with a line feed alone."""

    def __init__(self, file: TextFile) -> None:
        self._file = file

    def write(self, row: str) -> object:
        return self._file.write(row.removesuffix("\r\n") + "\n")


class CsvWriter:
    """Records as CSV, with a header.

    Args:
        file: Takes the text.
        columns: Those to write.
    """

    def __init__(self, file: TextFile, columns: Sequence[Column]) -> None:
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

    def __init__(self, file: TextFile, columns: Sequence[Column] | None) -> None:
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
    if isinstance(value, tuple):
        has_records = any(isinstance(item, Record) for item in value)
        value = orjson.dumps(plain(value, moment=rfc3339)).decode() if has_records else ", ".join(map(str, value))
    text = str(value)
    return "'" + text if text.startswith(FORMULA) else text
