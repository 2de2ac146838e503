"""`mlsteward access matrix`: the access of every account, for people, spreadsheets and programs."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from itertools import chain, islice
from typing import TYPE_CHECKING, TextIO

import click

from mlsteward.cli.call import Call
from mlsteward.cli.commands.access import access
from mlsteward.cli.derived import runs
from mlsteward.cli.listing import shape_of, show_list
from mlsteward.cli.output import Columns, Title, clean, fits, is_terminal, show_grid
from mlsteward.cli.parameters import Option
from mlsteward.cli.session import Session
from mlsteward.errors import StewardError

if TYPE_CHECKING:
    from mlsteward.records.access import AccessEntry

AT_ONCE = 500
"""How many entries are requested and written together."""
STDOUT = "-"
NO_ACCESS = "NO_ACCESS"

_columns: Columns[AccessEntry] = {
    "What": lambda entry: entry.object_type,
    "Name": lambda entry: entry.object_name,
    "Account": lambda entry: entry.username,
    "Role": lambda entry: entry.role,
    "Rule": lambda entry: entry.rule,
    "Group": lambda entry: entry.group,
}


def _check_form(session: Session, arguments: Mapping[str, object], file: str | None, wide: bool) -> None:
    if session.as_json and (wide or file is not None):
        raise click.UsageError("--json cannot be used with --csv or --wide.")
    if session.is_for_programs and (file is not None or (wide and not _is_whole_csv(session))):
        raise click.UsageError("--csv and --wide cannot be used with --output, --columns or --quiet.")


def _is_whole_csv(session: Session) -> bool:
    return session.form == "csv" and session.columns is None


@runs(
    access,
    "matrix",
    lambda steward: steward.access.list,
    is_list=True,
    omits={"limit"},
    check=_check_form,
    options={
        "workspace": Option(help="Name or id (default: that of the project or dataset, or your default workspace)."),
        "user": Option(help="Only one account: id, email, username or account@workspace."),
        "project": Option(help="Only one project: workspace/name, a name in the workspace, or an id."),
        "dataset": Option(help="Only one dataset: workspace/name, a name in the workspace, or an id."),
        "granted": Option(help="Leave out accounts without access."),
    },
    examples=(
        "mlsteward access matrix ml-team",
        "mlsteward access matrix --dataset ml-team/images --granted",
        "mlsteward access matrix ml-team --csv access.csv",
        "mlsteward access matrix ml-team --csv - --wide > access.csv",
    ),
)
@click.option(
    "--csv",
    "file",
    metavar="FILE",
    type=click.Path(dir_okay=False, writable=True, allow_dash=True),
    help="Write CSV to a file, or to stdout with -.",
)
@click.option("--wide", is_flag=True, help="One row for each account, one column for each project and dataset.")
def matrix(call: Call[Iterable[AccessEntry]], file: str | None, wide: bool) -> None:
    """Show the access of every account to every project and dataset. For admins.

    On a terminal that is wide enough, the table has a row for each account. Otherwise it has a row for
    each pair, which also names the rule that decides. Archived projects are included.
    """
    session = call.session
    entries = iter(call(page_size=AT_ONCE))
    if file is not None:
        _save(entries, file, wide=wide)
        return
    if _is_whole_csv(session):
        _save(entries, STDOUT, wide=wide)
        return
    if wide or (is_terminal() and not session.is_for_programs):
        seen = list(entries) if wide else _as_many_as_fit(entries)
        grid = Grid(seen)
        if seen and (wide or (grid.says_more and fits(*grid.table))):
            show_grid(*grid.table)
            return
        entries = chain(seen, entries)
    from mlsteward.records.access import AccessEntry

    show_list(session, entries, _columns, none="Nobody may do anything.", shape=shape_of(AccessEntry))


class Grid:
    """One row for each account, one column for each dataset and project."""

    def __init__(self, entries: Iterable[AccessEntry]) -> None:
        accounts: dict[str, str] = {}
        titles: dict[tuple[str, str], Title] = {}
        roles: dict[tuple[str, tuple[str, str]], str | None] = {}
        for entry in entries:
            key = entry.object_type, entry.object_id
            titles.setdefault(key, (entry.object_type, entry.object_name))
            accounts.setdefault(entry.user_id, entry.username)
            roles[entry.user_id, key] = None if entry.role == NO_ACCESS else entry.role
        in_order = sorted(accounts.items(), key=lambda account: account[1].lower())
        self.table: tuple[list[Title], list[list[str | None]]] = (
            [("", "Account"), *titles.values()],
            [[name, *(roles.get((account, key)) for key in titles)] for account, name in in_order],
        )
        # About one account or one object a list says more: it has the rules.
        self.says_more = len(accounts) > 1 and len(titles) > 1


def _as_many_as_fit(entries: Iterator[AccessEntry]) -> list[AccessEntry]:
    """All entries, or as many as it takes to see that their objects do not fit side by side."""
    seen = []
    titles: dict[tuple[str, str], Title] = {}
    for entry in entries:
        seen.append(entry)
        key = entry.object_type, entry.object_id
        if key not in titles:
            titles[key] = (entry.object_type, entry.object_name)
            if not fits(list(titles.values()), []):
                break
    return seen


def _save(entries: Iterator[AccessEntry], file: str, *, wide: bool) -> None:
    from mlsteward.matrix import AccessMatrix

    # A wide table needs all entries to know its columns; a long one is written as it is read.
    # The file is opened after the first entries: a refusal leaves it unchanged.
    first = tuple(islice(entries, None if wide else AT_ONCE))
    count = 0
    with _opened(file) as stream:
        for chunk in chain([first], iter(lambda: tuple(islice(entries, AT_ONCE)), ())):
            text = AccessMatrix(chunk).to_csv(wide=wide)
            # There is one header for all.
            stream.write(text.partition("\n")[2] if count else text)
            count += len(chunk)
    if file != STDOUT:
        click.echo(clean(f"Wrote {count} {'entry' if count == 1 else 'entries'} to {file}."))


@contextmanager
def _opened(file: str) -> Iterator[TextIO]:
    if file == STDOUT:
        yield sys.stdout
        return
    try:
        # A file that cannot be opened is wrong usage; one that cannot be written is not.
        stream = open(file, "w", encoding="utf-8", newline="")  # noqa: SIM115
    except OSError as error:
        raise click.BadParameter(f"{file}: {error.strerror}", param_hint="--csv") from error
    try:
        with stream:
            try:
                yield stream
            except BaseException:
                # Do not leave half a table. What cannot be emptied, such as a pipe, stays.
                with suppress(OSError):
                    stream.truncate(0)
                raise
    except OSError as error:
        if isinstance(error, StewardError):  # no answer from the server: it has a message of its own
            raise
        raise click.ClickException(f"{file}: {error.strerror}") from error
