"""A list that goes on: each item is written as soon as it is there."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

import click

from mlsteward.cli.listing import Shape
from mlsteward.cli.output import GAP, Columns, cell, clean, is_utf8, paint
from mlsteward.cli.session import Session

T = TypeVar("T")


def check_form(session: Session) -> None:
    """Refuse the forms that need an end.

    Raises:
        click.UsageError: It is a JSON array.
    """
    if session.form == "json":
        raise click.UsageError("A JSON array would never end; use -o jsonl with --follow.")


def show_as_they_come(
    session: Session, records: Iterable[T], columns: Columns[T], widths: Sequence[int], shape: Shape[T]
) -> None:
    """Write items as they come, each at once.

    Args:
        session: Says in which form.
        records: The items.
        columns: What a line shows of them for people, unless columns are named.
        widths: The width of each of these columns. Nobody knows how wide they will be; what is wider moves the rest.
        shape: What programs can have of them.

    Raises:
        InvalidArgument: There is no such column.
    """
    write = _writer(session, columns, widths, shape)
    for record in records:
        write(record)
        sys.stdout.flush()


def _writer(session: Session, columns: Columns[T], widths: Sequence[int], shape: Shape[T]) -> Callable[[T], None]:
    identity = shape.identity
    if session.quiet and identity is not None:
        return lambda record: _line(clean(str(identity(record))))
    if session.columns is not None:
        shape = shape.select(session.columns)
    if session.form == "jsonl":
        return lambda record: _line(json.dumps(shape.to_json(record), ensure_ascii=not is_utf8()))
    if session.form == "csv":
        from mlsteward.exports.writers import CsvTable

        table = CsvTable(sys.stdout)
        table.write([shape.columns])
        sys.stdout.flush()
        return lambda record: table.write([[value(record) for value in shape.columns.values()]])
    shown: Columns[Any] = columns if session.columns is None else shape.columns
    room = widths if session.columns is None else [len(title) for title in shown]
    titles = list(shown) if session.columns is None else [title.upper() for title in shown]
    _line(paint(_padded([title if sys.stdout.isatty() else title.upper() for title in titles], room), bold=True))
    sys.stdout.flush()
    return lambda record: _line(_padded([cell(show(record)) for show in shown.values()], room))


def _padded(texts: Sequence[str], widths: Sequence[int]) -> str:
    return GAP.join(text.ljust(width) for text, width in zip(texts, widths, strict=True)).rstrip()


def _line(text: str) -> None:
    click.echo(text)
