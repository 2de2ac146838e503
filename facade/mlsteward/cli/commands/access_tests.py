"""`mlsteward access test`: who must, and who must not, be able to do what, from a file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import click

from mlsteward.cli.commands.access import NO, access
from mlsteward.cli.listing import shape_of_rows, show_list
from mlsteward.cli.output import Columns
from mlsteward.cli.parameters import Argument
from mlsteward.cli.session import Session
from mlsteward.cli.where import say_where
from mlsteward.errors import ConfigurationError

FILE = "access-tests.toml"
KEYS = frozenset({"user", "can", "cannot", "on", "workspace"})


class Expected(NamedTuple):
    """One line of a file: whether an account must be able to call an operation."""

    user: str
    operation: str
    on: str | None
    workspace: str | None
    allowed: bool


class Outcome(NamedTuple):
    """What the server says to it.

    Attributes:
        reason: Why the account may not; None if it may.
    """

    expected: Expected
    allowed: bool
    reason: str | None

    @property
    def is_met(self) -> bool:
        return self.allowed == self.expected.allowed


_NAMES = (*Expected._fields, "is", "reason", "met")
_columns: Columns[Outcome] = {
    "User": lambda outcome: outcome.expected.user,
    "Operation": lambda outcome: outcome.expected.operation,
    "On": lambda outcome: outcome.expected.on or outcome.expected.workspace,
    "Must be": lambda outcome: _word(outcome.expected.allowed),
    "Is": lambda outcome: _word(outcome.allowed),
    "Reason": lambda outcome: outcome.reason,
}


@access.command(
    "test",
    about_workspace=True,
    is_list=True,
    params=[Argument("file", "FILE", f"The file with the tests (default: {FILE}).", required=False, nargs=1)],
    examples=("mlsteward access test", "mlsteward access test ci/access.toml --json"),
)
@click.pass_obj
def test(session: Session, file: str | None) -> None:
    """Check a file that says who must, and who must not, be able to do what. For admins; changes nothing.

    \\b
    workspace = "ml-team"
    [[test]]
    user = "jackie"
    on = "nlp"
    can = ["get_project", "update_project"]
    cannot = ["delete_project"]

    Without `on`, the operations are about the workspace. Prints the tests that fail. The exit code is 1 if any does.
    """
    wanted = list(read(file or FILE))
    say_where(session)
    outcomes = list(_ask(session, wanted))
    failed = [outcome for outcome in outcomes if not outcome.is_met]
    if session.is_for_programs:
        shape = shape_of_rows(_NAMES, identity="user", of="A test")
        show_list(session, map(_as_row, outcomes), {}, none="", shape=shape)
    else:
        if failed:
            show_list(session, failed, _columns, none="")
        click.echo(f"{len(outcomes) - len(failed)} of {len(outcomes)} access tests passed.", err=bool(failed))
    if failed:
        click.get_current_context().exit(NO)


def read(file: str) -> Iterator[Expected]:
    """Read a file of tests.

    Raises:
        ConfigurationError: It cannot be read, or something in it has no meaning.
    """
    import tomllib

    try:
        with open(file, "rb") as opened:
            document = tomllib.load(opened)
    except OSError as error:
        raise ConfigurationError(f"The file {file} cannot be read: {error.strerror}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"The file {file} is not valid TOML: {error}.") from error
    tests = document.get("test")
    if not isinstance(tests, list) or not tests or set(document) - {"test", "workspace"}:
        raise ConfigurationError(
            f"The file {file} needs [[test]] tables, and at most `workspace` besides them.",
            hint="Run `mlsteward access test --help` for an example.",
        )
    home = _text(document.get("workspace"), f"workspace in {file}")
    for number, entry in enumerate(tests, 1):
        yield from _expected(entry, home, f"test {number} in {file}")


def _expected(entry: Any, home: str | None, where: str) -> Iterator[Expected]:
    unknown = sorted(set(entry) - KEYS)
    if unknown:
        raise ConfigurationError(f"In {where}, {', '.join(unknown)} has no meaning.", hint=f"Use {_listed()}.")
    user = _text(entry.get("user"), f"user of {where}")
    operations = {allowed: entry.get(word, []) for word, allowed in (("can", True), ("cannot", False))}
    if user is None or not any(operations.values()):
        raise ConfigurationError(f"The {where} needs `user`, and `can` or `cannot`.", hint=f"Use {_listed()}.")
    on = _text(entry.get("on"), f"on of {where}")
    workspace = _text(entry.get("workspace"), f"workspace of {where}") or (None if on and "/" in on else home)
    for allowed, names in operations.items():
        if not isinstance(names, list) or not all(isinstance(name, str) and name for name in names):
            raise ConfigurationError(f"In {where}, `can` and `cannot` are lists of names of operations.")
        for name in names:
            yield Expected(user, name, on, workspace, allowed)


def _text(value: Any, what: str) -> str | None:
    if value is not None and (not isinstance(value, str) or not value):
        raise ConfigurationError(f"The {what} must be a text.")
    return value


def _listed() -> str:
    return ", ".join(sorted(KEYS))


def _ask(session: Session, wanted: list[Expected]) -> Iterator[Outcome]:
    """The outcomes, in the order of the file: one request for up to 100 tests of a workspace."""
    found: dict[Expected, Outcome] = {}
    with session.steward() as steward:
        for home in dict.fromkeys(_home(expected) for expected in wanted):
            asked = [expected for expected in wanted if _home(expected) == home]
            answers = steward.access.check(
                [(expected.user, expected.operation, expected.on) for expected in asked], workspace=asked[0].workspace
            )
            found |= {
                expected: Outcome(expected, answer.allowed, answer.reason)
                for expected, answer in zip(asked, answers, strict=True)
            }
    return iter([found[expected] for expected in wanted])


def _as_row(outcome: Outcome) -> dict[str, object]:
    return {**outcome.expected._asdict(), "is": outcome.allowed, "reason": outcome.reason, "met": outcome.is_met}


def _home(expected: Expected) -> str | None:
    """The workspace that a test is about; None for the default one."""
    if expected.workspace is None and expected.on is not None and "/" in expected.on:
        return expected.on.partition("/")[0]
    return expected.workspace


def _word(allowed: bool) -> str:
    return "allowed" if allowed else "refused"
