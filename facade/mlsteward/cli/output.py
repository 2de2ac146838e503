"""Answers: tables and details for people, JSON for programs.

On a terminal tables have rules and colours, and where it is too narrow for one, a line for each cell.
Elsewhere they are aligned text, a line for each row.
Lists are written as they arrive: the first rows decide how wide the columns are.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import chain, islice
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from mlsteward.cli.session import Session

T = TypeVar("T")

Columns = Mapping[str, Callable[[T], object]]
"""The title of each column, and what it shows of a record."""

Title = tuple[str, str]
"""The kind and the name of the thing a column is about."""

NOTHING = "-"
AT_ONCE = 100
"""Number of rows that are laid out together."""
GAP = "  "
RULED_GAP = 3
"""Number of characters between the columns of a table with rules."""


FOLDED = 12
"""Minimum width of a column: enough for a date. If columns would be narrower, there is no table."""


def show_table(records: Iterable[T], columns: Columns[T], *, none: str) -> None:
    """Write a table.

    Args:
        records: Read as they are written.
        columns: What it shows of them.
        none: What to tell a person if there are none.
    """
    rows = ([cell(show(record)) for show in columns.values()] for record in records)
    chunk = list(islice(rows, AT_ONCE))
    if not chunk:
        click.echo(none, err=True)
        return
    titles = list(columns)
    widths = _widths(titles, chunk)
    chunks = chain([chunk], iter(lambda: list(islice(rows, AT_ONCE)), []))
    if is_terminal():
        squeezed = _squeezed(titles, widths, _room())
        if squeezed is None:
            _write_stacked(titles, chunks)
        else:
            _write_rich(titles, squeezed, chunks)
    else:
        _write_plain([title.upper() for title in titles], widths, chunks)


def show_grid(titles: Sequence[Title], rows: Sequence[Sequence[object]]) -> None:
    """Write a table that has a column for each of several things.

    On a narrow terminal, write several tables that all begin with the first column.

    Args:
        titles: What each column is about. The first is about the rows.
        rows: The cells of each row.
    """
    shown = [[cell(value) for value in row] for row in rows]
    if not is_terminal():
        flat = [clean(":".join(filter(None, title))) for title in titles]
        _write_plain([flat[0].upper(), *flat[1:]], _widths(flat, shown), iter([shown]))
        return
    stacked = [f"{kind}\n{clean(name)}" for kind, name in titles]
    widths = _widths(titles, shown)
    for number, columns in enumerate(_blocks(widths, _room())):
        if number:
            click.echo()
        heads, room = [stacked[column] for column in columns], [widths[column] for column in columns]
        cells = [[row[column] for column in columns] for row in shown]
        _write_rich(heads, _squeezed(heads, room, _room()) or room, iter([cells]))


def fits(titles: Sequence[Title], rows: Sequence[Sequence[object]]) -> bool:
    """Whether the terminal is wide enough for a table."""
    widths = _widths(titles, [[cell(value) for value in row] for row in rows])
    return sum(widths) + RULED_GAP * (len(widths) - 1) <= _room()


def show_details(session: Session, record: Any, fields: Mapping[str, object]) -> None:
    """Write one record: all of it as JSON, or the given fields for a person."""
    if session.as_json:
        write_json(to_json(record))
        return
    width = max(map(_width, fields))
    for title, value in fields.items():
        click.echo(f"{paint(_pad(title, width), bold=True)}{GAP}{cell(value)}")


def note(sentence: str) -> None:
    """Tell a person something besides the result, on stderr."""
    click.echo(f"{paint('note:', fg='cyan')} {clean(sentence)}", err=True)


def write_json(value: object) -> None:
    """Write JSON."""
    click.echo(_dumps(value))


def write_array(objects: Iterable[dict[str, Any]]) -> None:
    """Write a JSON array. The bracket is written with the first object: after a refusal, stdout is empty."""
    opened = False
    for one in objects:
        text = _dumps(one)
        sys.stdout.write((",\n" if opened else "[\n") + "\n".join("  " + line for line in text.splitlines()))
        opened = True
    sys.stdout.write("\n]\n" if opened else "[]\n")


def to_json(record: Any, *, with_secrets: bool = False) -> dict[str, Any]:
    """A record as a JSON object.

    Args:
        record: A record of `mlsteward.records`.
        with_secrets: Whether to include what `repr` leaves out.
    """
    from mlsteward.records.record import json_data

    return json_data(record, secrets=with_secrets)


def paint(text: str, **style: Any) -> str:
    """Text with a style. Streams that are not a terminal leave the style out."""
    return text if os.environ.get("NO_COLOR") else click.style(text, **style)


def is_terminal() -> bool:
    """Whether a person is looking at stdout."""
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def is_utf8() -> bool:
    """Whether stdout can hold any text."""
    return (sys.stdout.encoding or "").lower() == "utf-8"


def clean(text: str) -> str:
    """Text on one line, without control characters."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def with_article(word: str) -> str:
    """
    >>> with_article("admin"), with_article("viewer")
    ('an admin', 'a viewer')
    """
    return f"{'an' if word[:1] in 'aeiou' else 'a'} {word}"


def size(count: int | None) -> str:
    """A number of bytes for people.

    >>> size(512), size(5_000_000_000), size(1_536_000), size(None)
    ('512 B', '5 GB', '1.5 MB', 'no limit')
    """
    if count is None:
        return "no limit"
    value = float(count)
    for unit in ("B", "kB", "MB", "GB", "TB"):
        if value < 1000 or unit == "TB":
            break
        value /= 1000
    return f"{value:.1f}".removesuffix(".0") + f" {unit}"


def moment(value: datetime | None) -> str | None:
    """A time for people, to the minute, in UTC."""
    return None if value is None else value.astimezone(UTC).strftime("%Y-%m-%d %H:%M")


def cell(value: object) -> str:
    """A value as a person reads it, on one line."""
    if value is None or value == "":
        return NOTHING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return str(moment(value))
    if isinstance(value, tuple):
        from mlsteward.exports.writers import joined

        value = joined(value)
    return clean(str(value)) or NOTHING


def _dumps(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=not is_utf8())


def _widths(titles: Sequence[str | Title], rows: Sequence[Sequence[str]]) -> list[int]:
    """The width of each column. The parts of a title are on separate lines."""
    parts = [(title,) if isinstance(title, str) else title for title in titles]
    return [
        max(_width(text) for text in (*parts[column], *(row[column] for row in rows))) for column in range(len(parts))
    ]


def _blocks(widths: Sequence[int], room: int) -> Iterator[list[int]]:
    """Columns for tables that fit, each with the first column and at least one more."""
    block, taken = [0], widths[0]
    for column in range(1, len(widths)):
        if len(block) > 1 and taken + RULED_GAP + widths[column] > room:
            yield block
            block, taken = [0], widths[0]
        block.append(column)
        taken += RULED_GAP + widths[column]
    yield block


def _squeezed(titles: Sequence[str], widths: Sequence[int], room: int) -> list[int] | None:
    """Widths of columns that fit side by side, with folded cells if needed; None if they cannot fit."""
    least = [
        # Ids stay whole: people copy them.
        width if title in ("Id", "id") else min(width, max(FOLDED, *map(_width, title.split())))
        for title, width in zip(titles, widths, strict=True)
    ]
    found = list(widths)
    missing = sum(found) + RULED_GAP * (len(found) - 1) - room
    while missing > 0:
        column = max(range(len(found)), key=lambda column: (found[column] > least[column], found[column]))
        if found[column] == least[column]:
            return None
        found[column] -= 1
        missing -= 1
    return found


def _room() -> int:
    return get_terminal_size().columns


def _write_plain(titles: Sequence[str], widths: Sequence[int], chunks: Iterator[list[list[str]]]) -> None:
    for row in chain([titles], chain.from_iterable(chunks)):
        cells = [_pad(cell, width) for cell, width in zip(row[:-1], widths, strict=False)]
        sys.stdout.write(GAP.join([*cells, row[-1]]) + "\n")


def _write_rich(titles: Sequence[str], widths: Sequence[int], chunks: Iterator[list[list[str]]]) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(highlight=False, markup=False, emoji=False)
    for number, chunk in enumerate(chunks):
        # Columns of equal widths: the tables of a long list look like one.
        table = Table(
            box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, show_header=number == 0, header_style="bold"
        )
        for index, (title, width) in enumerate(zip(titles, widths, strict=True)):
            table.add_column(title, width=width, style="cyan" if index == 0 else None, overflow="fold")
        for row in chunk:
            table.add_row(*(Text(cell) for cell in row))
        console.print(table)


def _write_stacked(titles: Sequence[str], chunks: Iterator[list[list[str]]]) -> None:
    width = max(map(_width, titles))
    for number, row in enumerate(chain.from_iterable(chunks)):
        if number:
            click.echo()
        for title, cell in zip(titles, row, strict=True):
            click.echo(f"{paint(_pad(title, width), bold=True)}{GAP}{cell}")


def _pad(text: str, width: int) -> str:
    return text + " " * (width - _width(text))


def _width(text: str) -> int:
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)
