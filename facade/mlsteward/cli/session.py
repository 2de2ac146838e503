"""The common options of all commands: the server, the API key, and how to print the result."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from mlsteward.cli.values import Word, listed

if TYPE_CHECKING:
    from mlsteward.client import Steward
    from mlsteward.config import Config


FORMS = ("table", "json", "jsonl", "csv")


@dataclass(slots=True)
class Session:
    """One run of the command.

    Attributes:
        url: The server.
        api_token: The API key.
        workspace: The workspace to use where none is named.
        path: The data file of a server inside this process.
        profile: A profile of the configuration file.
        as_json: Whether to print JSON.
        output: The form of a list, one of `FORMS`; None if it was not given.
        columns: The columns of a list; None for those it has by itself.
        quiet: Whether to print only the names or ids of a list.
        debug: Whether an error shows its traceback.
    """

    url: str | None = None
    api_token: str | None = None
    workspace: str | None = None
    path: str | None = None
    profile: str | None = None
    as_json: bool = False
    output: str | None = None
    columns: tuple[str, ...] | None = None
    quiet: bool = False
    debug: bool = False

    @property
    def form(self) -> str:
        """The form of the output, one of `FORMS`."""
        return self.output or ("json" if self.as_json else "table")

    @property
    def is_for_programs(self) -> bool:
        """Whether a list is anything but the table that it is by itself."""
        return self.form != "table" or self.columns is not None or self.quiet

    def config(self) -> Config:
        """The settings, including those of the environment and the configuration file."""
        from mlsteward.config import resolve

        return resolve(
            url=self.url,
            api_token=self.api_token,
            workspace=self.workspace,
            path=self.path,
            profile=self.profile,
        )

    def steward(self) -> Steward:
        """A client, for a `with` block."""
        from mlsteward.client import Steward

        return Steward(
            self.url,
            api_token=self.api_token,
            workspace=self.workspace,
            path=self.path,
            profile=self.profile,
        )

    def check_workspace(self, named: str | None) -> None:
        """Refuse two names for the workspace that a command is about.

        Args:
            named: The name that is given as an argument.

        Raises:
            click.UsageError: The option names another.
        """
        from mlsteward.references import same_name

        if named is not None and self.workspace is not None and not same_name(named, self.workspace):
            raise click.UsageError(f"Two different workspaces are named: {named} and --workspace {self.workspace}.")


OPTIONS: dict[str, tuple[tuple[str, ...], dict[str, Any]]] = {
    "url": (("--url",), {"metavar": "URL", "help": "URL of the server. [MLSTEWARD_URL]"}),
    "api_token": (
        ("--api-token",),
        {
            "metavar": "KEY",
            "help": "API key to use. On a command line, others on this machine can see it; "
            "set MLSTEWARD_API_TOKEN or use a profile instead.",
        },
    ),
    "workspace": (
        ("-w", "--workspace"),
        {"metavar": "NAME", "help": "Workspace to use, by name or id. [MLSTEWARD_WORKSPACE]"},
    ),
    "path": (
        ("--path",),
        {"metavar": "FILE", "help": "Data file to use when no server is configured. [MLSTEWARD_PATH]"},
    ),
    "profile": (
        ("--profile",),
        {"metavar": "NAME", "help": "Profile of the configuration file to use. [MLSTEWARD_PROFILE]"},
    ),
    "as_json": (("--json",), {"is_flag": True, "help": "Print JSON."}),
    "debug": (("--debug",), {"is_flag": True, "help": "Print the traceback of an error."}),
}
"""The options that every command takes, before and after its name."""


def shared_option(name: str, *, hidden: bool = False) -> click.Option:
    """One of `OPTIONS`, which tells the session its value."""

    def keep(ctx: click.Context, parameter: click.Parameter, value: Any) -> None:
        session = ctx.find_root().ensure_object(Session)
        if value is not None and value is not False:
            setattr(session, name, value)

    declarations, attributes = OPTIONS[name]
    # A name of its own for each: commands have arguments that are called `workspace` or `url`.
    return click.Option(
        (*declarations, f"shared_{name}"), callback=keep, expose_value=False, hidden=hidden, **attributes
    )


def list_options() -> list[click.Option]:
    """The options of every command that lists."""

    def keep(ctx: click.Context, parameter: click.Parameter, value: Any) -> None:
        if value is not None and value is not False:
            setattr(ctx.find_root().ensure_object(Session), str(parameter.name).removeprefix("list_"), value)

    def split(ctx: click.Context, parameter: click.Parameter, value: str | None) -> None:
        if value is not None:
            keep(ctx, parameter, tuple(name.strip() for name in value.split(",")))

    return [
        click.Option(
            ["-o", "--output", "list_output"],
            type=Word(FORMS, case_sensitive=False),
            metavar="FORMAT",
            callback=keep,
            expose_value=False,
            help=f"Output format: {listed(FORMS)} (default: table). --json is short for -o json.",
        ),
        click.Option(
            ["--columns", "list_columns"],
            metavar="NAMES",
            callback=split,
            expose_value=False,
            help="Print only these fields, separated by commas. An unknown name prints the list of them.",
        ),
        click.Option(
            ["-q", "--quiet", "list_quiet"],
            is_flag=True,
            callback=keep,
            expose_value=False,
            help="Print only names or ids, one per line, as other commands take them.",
        ),
    ]
