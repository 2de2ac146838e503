"""Commands have the parameters of the methods they call: nothing is missing unless it is listed here."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import click
import pytest
from mlsteward.cli.derived import Derived
from mlsteward.cli.parameters import NEVER_OPTIONS, Argument
from mlsteward.cli.root import root

from tests.cli.conftest import Run
from tests.cli.test_help import ALL, find

ROOT = Path(__file__).resolve().parents[2]

OF_BULK = {"dry_run", "progress"}  # --dry-run asks on a terminal; a bar appears by itself

OMITTED = {
    "datasets grant-many": {"rows", *OF_BULK},  # a FILE
    "groups set-members": {"users", *OF_BULK},
    "invitations send-many": {"rows", *OF_BULK},
    "keys revoke-many": {"keys", *OF_BULK},
    "members import": {"rows", *OF_BULK},
    "access matrix": {"limit"},  # a table of everybody
    "invitations send": {"email", "username"},  # WHO is either
    "members offboard": {"dry_run"},  # --apply turns it off
    "projects members add": {"kind"},
    "projects members remove": {"kind"},
    "storage clean-up": {"dry_run"},  # --apply turns it off
}
"""Parameters of methods that their commands do not have."""

NOT_DERIVED = {
    "access test",
    "config get",
    "config set",
    "config show",
    "login",
    "logout",
    "outbox acknowledge",
    "outbox fail",
    "outbox list",
    "outbox retry",
    "profiles delete",
    "profiles list",
    "profiles show",
    "profiles use",
    "serve",
}
"""Commands that call no method."""

DERIVED = {" ".join(path): command for path in ALL if isinstance(command := find(path), Derived)}


def own(command: Derived) -> list[click.Parameter]:
    """The parameters of a command that come from its method."""
    extra = {one.name for one in (*command.extra, *command.trial)}
    context = click.Context(command, **command.context_settings)
    return [one for one in command.get_params(context) if one.expose_value and one.name not in {*extra, "help"}]


def test_every_command_is_derived_but_these() -> None:
    commands = {" ".join(path) for path in ALL if not isinstance(find(path), click.Group)}
    assert commands - DERIVED.keys() == NOT_DERIVED


def test_what_is_left_out_is_listed() -> None:
    assert {path: set(command.omits) for path, command in DERIVED.items() if command.omits} == OMITTED


@pytest.mark.parametrize("path", DERIVED)
def test_each_parameter_of_the_method_is_an_option_or_an_argument(path: str) -> None:
    command = DERIVED[path]
    found = {one.name for one in own(command)}
    shared = {"workspace"} if command.has_home else set()
    assert found | shared | OMITTED.get(path, set()) | NEVER_OPTIONS >= command.method.parameters.keys()
    assert found <= command.method.parameters.keys()
    for one in own(command):
        assert one.required or not command.method.parameters[str(one.name)].required
        assert one.meaning if isinstance(one, Argument) else one.help  # type: ignore[attr-defined]


CHOICES = [
    (path, one)
    for path, command in DERIVED.items()
    for one in own(command)
    if command.method.parameters[str(one.name)].type == "choice"
]


@pytest.mark.parametrize(("path", "choice"), CHOICES, ids=lambda value: getattr(value, "name", value))
def test_a_wrong_choice_is_refused_with_the_words(run: Run, path: str, choice: click.Parameter) -> None:
    command = DERIVED[path]
    words = command.method.parameters[str(choice.name)].words
    typed = ["nosuch" if one is choice else "x" for one in own(command) if isinstance(one, click.Argument)]
    if isinstance(choice, click.Option):
        typed += [choice.opts[0], "nosuch"]
    refused = run(*path.split(), *typed)
    assert (refused.code, refused.out) == (2, "")
    assert f"'nosuch' is not one of {', '.join(map(repr, words))}." in refused.err
    shown = " ".join(run(*path.split(), "--help").out.split())
    assert f"{', '.join(words[:-1])} or {words[-1]}." in shown


def test_the_commands_know_the_methods_as_they_are() -> None:
    done = subprocess.run(
        [sys.executable, "scripts/derive_cli.py", "--check"], cwd=ROOT, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_command_cannot_name_a_parameter_that_the_method_has_not() -> None:
    command = Derived("list", lambda steward: steward.groups.list, print, omits={"nosuch"})
    with pytest.raises(LookupError, match=r"groups\.list has no parameter nosuch"):
        command.get_params(click.Context(root))
