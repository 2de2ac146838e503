"""Commands that take a CSV file, and do something for each of its rows."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from mlsteward.cli.ask import ask
from mlsteward.cli.call import Call
from mlsteward.cli.command import Parent
from mlsteward.cli.derived import Derived, runs
from mlsteward.cli.dry_runs import CHANGED_NOTHING
from mlsteward.cli.dry_runs import NAME as DRY_RUN
from mlsteward.cli.listing import show_list
from mlsteward.cli.methods import Calls, method_of
from mlsteward.cli.output import Columns, is_terminal
from mlsteward.cli.parameters import Argument
from mlsteward.cli.session import Session

if TYPE_CHECKING:
    from mlsteward.bulk import BulkResult
    from mlsteward.records.bulk import BulkRow

FILE = "file"
REFUSED = 1
"""The exit code if a row was refused."""

_columns: Columns[BulkRow] = {
    "Row": lambda row: row.number,
    "Name": lambda row: row.name,
    "Outcome": lambda row: row.outcome,
    "Why": lambda row: row.problem and f"{row.problem.message} ({row.problem.code})",
}


def bulk(
    parent: Parent,
    name: str,
    calls: Calls[BulkResult],
    *,
    rows: str,
    has: str,
    help: str,
    arguments: Sequence[str] = (),
    **attributes: Any,
) -> Derived:
    """A command that takes a CSV file.

    Args:
        parent: As for `runs`.
        name: As for `runs`.
        calls: The method.
        rows: The parameter of the method for the rows.
        has: The columns of the file, in words.
        help: What the command does.
        arguments: The arguments before the file.
        attributes: As for `runs`.
    """

    def act(call: Call[BulkResult], file: str, dry_run: bool) -> None:
        session = call.session
        if not dry_run:
            _finish(session, call(**{rows: file}))
            return
        tried = call(**{rows: file, DRY_RUN: True})
        show_list(session, tried, _columns, none=NONE)
        if session.is_for_programs or not _can_answer() or not tried.done:
            _count(tried)
            click.echo(CHANGED_NOTHING, err=True)
            sys.exit(REFUSED if tried.refused else 0)
        _count(tried)
        ask("Do this?", yes=False)
        _finish(session, call(**{rows: file}))

    extra = (
        Argument(FILE, "FILE", f"A CSV file with {has}.", required=True, nargs=1),
        click.Option(
            ["--dry-run", DRY_RUN],
            is_flag=True,
            help="Show what would become of each row. On a terminal, asks whether to do it.",
        ),
    )
    omits = {rows, DRY_RUN, "progress"} & method_of(calls).parameters.keys()
    given = {"arguments": tuple(arguments), "omits": omits, "extra": extra, "is_list": True, **attributes}
    return runs(parent, name, calls, **given, help=f"{help}\n\n{RESULT}")(act)


NONE = "The file has no rows."
RESULT = (
    "A row that is refused does not keep the others from being carried out; the exit code is then 1. "
    "Nothing is done if the file is not valid."
)


def _finish(session: Session, result: BulkResult) -> None:
    """Show what became of the rows: all of them to a program, those that were refused to a person."""
    if session.is_for_programs:
        show_list(session, result, _columns, none=NONE)
    elif result.refused:
        show_list(session, result.refused, _columns, none=NONE)
    _count(result)
    if result.refused:
        sys.exit(REFUSED)


def _count(result: BulkResult) -> None:
    counted = {"done": len(result.done), "unchanged": len(result.unchanged), "refused": len(result.refused)}
    told = ", ".join(f"{count} {word}" for word, count in counted.items() if count)
    click.echo(f"{'dry run: ' if result.is_dry_run else ''}{told or NONE}", err=True)


def _can_answer() -> bool:
    return sys.stdin.isatty() and is_terminal()
