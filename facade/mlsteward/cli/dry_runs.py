"""`--dry-run`, which every command that changes something has: show what would be changed, and change nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import click

from mlsteward.cli.methods import Method
from mlsteward.cli.output import Columns, show_table, to_json, write_json
from mlsteward.cli.session import Session

if TYPE_CHECKING:
    from mlsteward.records.operations import Change, FieldChange

NAME = "dry_run"
NOTHING = "Nothing would be changed."
CHANGED_NOTHING = "Nothing was changed."

Line = tuple["Change | None", "FieldChange | None"]
"""One line of the table: a field of a change, or a change of which no fields are known."""


class Tried(Exception):
    """The write of a command was tried. Nothing else of the command matters."""


def option_for(method: Method) -> list[click.Option]:
    """The option, if a method writes and says nothing of dry runs itself."""
    if "idempotency_key" not in method.parameters or NAME in method.parameters:
        return []
    return [click.Option(["--dry-run", NAME], is_flag=True, help="Show what would be changed, and change nothing.")]


def show_changes(session: Session, changes: Iterable[Change]) -> None:
    """Show what would be changed: a line for each field, or each change as JSON."""
    if session.as_json:
        write_json([to_json(change) for change in changes])
        return
    show_table(_lines(changes), _columns, none=NOTHING)
    click.echo(CHANGED_NOTHING, err=True)


def _lines(changes: Iterable[Change]) -> Iterator[Line]:
    for change in changes:
        for number, field in enumerate(change.fields or (None,)):
            # What holds for the whole change stands in its first line.
            yield change if number == 0 else None, field


def _value(value: object) -> str:
    import json

    return "" if value is None else value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


_columns: Columns[Line] = {
    "Change": lambda line: line[0] and line[0].event,
    "Object": lambda line: line[0] and f"{line[0].object_type.replace('_', ' ')} {line[0].object_name}",
    "Field": lambda line: line[1] and line[1].name,
    "From": lambda line: line[1] and _value(line[1].before),
    "To": lambda line: line[1] and _value(line[1].after),
}
