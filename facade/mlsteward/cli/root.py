"""`mlsteward`: all commands, and how they are run."""

from __future__ import annotations

import os
import sys
import warnings
from importlib import import_module
from itertools import pairwise
from pkgutil import iter_modules
from typing import Any

import click

from mlsteward._version import __version__
from mlsteward.cli import commands, failures
from mlsteward.cli.command import SECTIONS, Group

PIPE_CLOSED = 141
"""The exit code of a program whose output is no longer read, as shells report it."""


class Root(Group):
    def invoke(self, ctx: click.Context) -> Any:
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
            return result
        except BrokenPipeError:
            # A reader such as `head` is done. What is left in the buffer is dropped.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return PIPE_CLOSED


root = Root(
    "mlsteward",
    help="Manage a machine-learning platform: its workspaces, people, projects, and who may do what.",
    sections=SECTIONS,
    examples=(
        "mlsteward workspaces create ml-team",
        "mlsteward members add jackie --workspace ml-team",
        "mlsteward projects create ml-team/classification --visibility workspace",
        "mlsteward projects members add ml-team/classification jackie --role contributor",
        "mlsteward access explain jackie ml-team/classification",
        "mlsteward projects list --json",
    ),
    epilog="Run mlsteward COMMAND --help for the help and examples of a command. You can give the options above "
    "before or after the command. If no server is configured, the server runs inside the command, on a local data "
    'file.\n\nCompletion: eval "$(_MLSTEWARD_COMPLETE=bash_source mlsteward)"; also zsh_source, fish_source.',
)
click.version_option(__version__, prog_name="mlsteward", message="%(prog)s %(version)s")(root)
for found in iter_modules(commands.__path__):
    import_module(f"{commands.__name__}.{found.name}")
for section in SECTIONS:
    for name, command in section.commands.items():
        root.add_command(command, name)


def run(arguments: list[str]) -> int:
    """Run a command line.

    Returns:
        The exit code.
    """
    for stream in (sys.stdout, sys.stderr):
        # Do not fail on a name that the terminal cannot show.
        getattr(stream, "reconfigure", lambda **_: None)(errors="replace")
    with warnings.catch_warnings(), failures.notes_of_the_log():
        warnings.showwarning = failures.warn
        try:
            code = root.main(arguments, "mlsteward", standalone_mode=False)
        except SystemExit as ended:
            return ended.code if isinstance(ended.code, int) else 1
        except BaseException as error:
            return failures.report(error, debug="--debug" in arguments, as_json=_wants_json(arguments))
    return code if isinstance(code, int) else 0


def _wants_json(arguments: list[str]) -> bool:
    """Whether the output is JSON. Read from the words themselves: a command line that is wrong has not been parsed."""
    forms = [word.partition("=")[2] for word in arguments if word.startswith("--output=")]
    forms += [word[2:] for word in arguments if word.startswith("-o")]
    forms += [after for word, after in pairwise(arguments) if word in ("-o", "--output")]
    return "--json" in arguments or any(form.lower() in ("json", "jsonl") for form in forms)
