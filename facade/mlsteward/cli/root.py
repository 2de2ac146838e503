"""`mlsteward`: all commands, and how they are run."""

from __future__ import annotations

import os
import sys
import warnings
from typing import Any

import click

from mlsteward._version import __version__
from mlsteward.cli import failures
from mlsteward.cli.access import access
from mlsteward.cli.command import Group
from mlsteward.cli.configuration import config
from mlsteward.cli.datasets import datasets
from mlsteward.cli.groups import groups
from mlsteward.cli.identity import health, keys, whoami
from mlsteward.cli.invitations import accept, invitations
from mlsteward.cli.matrix import matrix
from mlsteward.cli.members import members
from mlsteward.cli.offboarding import offboard
from mlsteward.cli.operations import audit
from mlsteward.cli.project_members import project_members
from mlsteward.cli.projects import projects
from mlsteward.cli.service_accounts import service_accounts
from mlsteward.cli.serving import outbox, serve
from mlsteward.cli.settings import settings
from mlsteward.cli.workspaces import status, workspaces

PIPE_CLOSED = 141
"""What a shell reports of a program that wrote where nobody reads any more."""

SECTIONS = {
    "You": ("whoami", "keys", "accept"),
    "Workspaces": ("workspaces", "status", "members", "service-accounts", "groups", "invitations"),
    "Projects and datasets": ("projects", "datasets", "access"),
    "What happened": ("audit",),
    "Server": ("health", "config", "serve", "outbox"),
}


class Root(Group):
    def invoke(self, ctx: click.Context) -> Any:
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
            return result
        except BrokenPipeError:
            # Somebody like `head` has read enough. What is still in the buffer has nowhere to go.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return PIPE_CLOSED


@click.group(
    "mlsteward",
    cls=Root,
    is_root=True,
    sections=SECTIONS,
    examples=(
        "mlsteward workspaces create ml-team",
        "mlsteward members add jackie --workspace ml-team",
        "mlsteward projects create ml-team/classification --visibility workspace",
        "mlsteward projects members add ml-team/classification jackie --role contributor",
        "mlsteward access explain jackie ml-team/classification",
        "mlsteward projects list --json",
    ),
    epilog="Every command has examples: mlsteward COMMAND --help. The options above may also follow the "
    "command. Where no server is configured, the server runs inside the command, on a data file of yours.\n\n"
    'Completion: eval "$(_MLSTEWARD_COMPLETE=bash_source mlsteward)"; also zsh_source, fish_source.',
)
@click.version_option(__version__, prog_name="mlsteward", message="%(prog)s %(version)s")
def root() -> None:
    """Manage a machine-learning platform: who is in it, and what they may touch."""


projects.add_command(project_members, "members")
workspaces.add_command(settings)
members.add_command(offboard)
access.add_command(matrix)
for command in (
    whoami,
    keys,
    accept,
    workspaces,
    status,
    members,
    service_accounts,
    groups,
    invitations,
    projects,
    datasets,
    access,
    audit,
    health,
    config,
    serve,
    outbox,
):
    root.add_command(command)


def run(arguments: list[str]) -> int:
    """Run a command line.

    Returns:
        The exit code.
    """
    for stream in (sys.stdout, sys.stderr):
        # A name that the terminal cannot show is no reason to fail.
        getattr(stream, "reconfigure", lambda **_: None)(errors="replace")
    with warnings.catch_warnings():
        warnings.showwarning = failures.warn
        try:
            code = root.main(arguments, "mlsteward", standalone_mode=False)
        except SystemExit as ended:
            return ended.code if isinstance(ended.code, int) else 1
        except BaseException as error:
            return failures.report(error, debug="--debug" in arguments)
    return code if isinstance(code, int) else 0
