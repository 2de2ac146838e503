"""Lists: a table for people; JSON, JSON lines, CSV, or names and ids alone for programs.

Everything is written while it is read. Nothing is written before the first records are there: after a refusal, stdout
is empty.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import click

from mlsteward.cli.output import AT_ONCE, Columns, clean, is_utf8, show_table, write_array
from mlsteward.errors import InvalidArgument

if TYPE_CHECKING:
    from mlsteward.cli.session import Session
    from mlsteward.records.record import Record

T = TypeVar("T")


@dataclass(frozen=True)
class Shape(Generic[T]):
    """What programs can have of the items of a list.

    Attributes:
        columns: Each by its name.
        to_json: Makes a JSON object of an item.
        identity: Gets what other commands take for an item; None if there is no such thing.
        of: What the items are, for messages.
    """

    columns: Mapping[str, Callable[[T], Any]]
    to_json: Callable[[T], dict[str, Any]]
    identity: Callable[[T], object] | None
    of: str

    def select(self, names: Sequence[str]) -> Shape[T]:
        """The same with some of the columns.

        Raises:
            InvalidArgument: There is no such column, or one is named twice.
        """
        from mlsteward.exports.columns import check_names

        check_names(names, tuple(self.columns), self.of)
        columns = {name: self.columns[name] for name in names}
        return Shape(columns, lambda item: _object(item, columns), self.identity, self.of)


def shape_of(record_type: type[Record], *, known: Sequence[str] = (), identity: str | None = None) -> Shape[Any]:
    """The shape of records.

    Args:
        record_type: Their type.
        known: The columns that the server told (default: all).
        identity: The attribute with what other commands take (default: that of the record).
    """
    from mlsteward.exports.columns import columns_of
    from mlsteward.records.record import json_data

    name = identity or record_type._identified_by
    columns = {column.name: column.value for column in columns_of(record_type)}
    found: Shape[Any] = Shape(columns, json_data, attrgetter(name) if name else None, record_type.__name__)
    return found.select(known) if known else found


def shape_of_rows(names: Sequence[str], *, identity: str, of: str) -> Shape[Mapping[str, Any]]:
    """The shape of dictionaries.

    Args:
        names: Of their columns. Each of them may be missing.
        identity: The one with what other commands take.
        of: What they are.
    """
    columns = {name: _getter(name) for name in names}
    return Shape(columns, dict, itemgetter(identity), of)


def show_list(
    session: Session, records: Iterable[T], columns: Columns[T], *, none: str, shape: Shape[T] | None = None
) -> None:
    """Write a list in the form that was asked for.

    Args:
        session: Says which form that is.
        records: Read as they are written.
        columns: What a table shows of them, unless columns are named.
        none: What to tell a person if the list is empty.
        shape: What programs can have of them (default: by the type of the records).

    Raises:
        InvalidArgument: There is no such column.
        click.UsageError: The items have no names or ids.
    """
    if not session.is_for_programs:
        show_table(records, columns, none=none)
        return
    shape = shape or shape_of(records.record_type)  # type: ignore[attr-defined]
    if session.quiet:
        _write_identities(records, shape)
        return
    if session.columns is not None:
        shape = shape.select(session.columns)
    if session.form == "table":
        show_table(records, shape.columns, none=none)
    elif session.form == "json":
        write_array(map(shape.to_json, records))
    elif session.form == "jsonl":
        _write_lines(records, shape)
    else:
        _write_csv(records, shape)


def _write_identities(records: Iterable[T], shape: Shape[T]) -> None:
    if shape.identity is None:
        raise InvalidArgument(f"{shape.of} has no name or id of its own; use --columns instead of --quiet")
    for record in records:
        sys.stdout.write(clean(str(shape.identity(record))) + "\n")


def _write_lines(records: Iterable[T], shape: Shape[T]) -> None:
    for chunk in _chunks(records):
        lines = (json.dumps(shape.to_json(record), ensure_ascii=not is_utf8()) for record in chunk)
        sys.stdout.write("".join(line + "\n" for line in lines))


def _write_csv(records: Iterable[T], shape: Shape[T]) -> None:
    from mlsteward.exports.writers import CsvTable

    table = CsvTable(sys.stdout)
    has_header = False
    for chunk in _chunks(records):
        if not has_header:
            table.write([shape.columns])
            has_header = True
        table.write([[value(record) for value in shape.columns.values()] for record in chunk])


def _chunks(records: Iterable[T]) -> Iterator[list[T]]:
    """At least one, which may be empty. A bar on stderr shows that something happens, if nothing on stdout does."""
    from mlsteward.exports.progress import Bar

    bar = Bar(False if sys.stdout.isatty() else None)
    rows = iter(records)
    try:
        chunk = list(islice(rows, AT_ONCE))
        while True:
            yield chunk
            bar.add(len(chunk))
            if bar.is_due:
                bar.show(None)
            chunk = list(islice(rows, AT_ONCE))
            if not chunk:
                return
    finally:
        bar.stop()


def _object(item: T, columns: Mapping[str, Callable[[T], Any]]) -> dict[str, Any]:
    from mlsteward.records.record import plain, rfc3339

    return {name: plain(value(item), moment=rfc3339) for name, value in columns.items()}


def _getter(name: str) -> Callable[[Mapping[str, Any]], Any]:
    return lambda row: row.get(name)


def check(ctx: click.Context, session: Session) -> None:
    """Refuse options that contradict each other.

    Args:
        ctx: The command, for the hint.
        session: The values of the options.

    Raises:
        click.UsageError: They do.
    """
    if session.as_json and session.output not in (None, "json"):
        raise click.UsageError(f"--json cannot be used with --output {session.output}.", ctx)
    if session.quiet and (session.as_json or session.output is not None or session.columns is not None):
        raise click.UsageError("--quiet cannot be used with --output, --json or --columns.", ctx)
