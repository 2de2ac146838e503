"""What the options of every command say: where to go, as whom, and how to answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from mlsteward.client import Steward
    from mlsteward.config import Config


@dataclass(slots=True)
class Session:
    """One run of the command.

    Attributes:
        url: The server.
        api_token: The API key.
        workspace: The workspace that is meant where none is named.
        path: The data of a server inside this process.
        profile: A profile of the configuration file.
        as_json: Whether to answer in JSON.
        debug: Whether a failure shows its traceback.
    """

    url: str | None = None
    api_token: str | None = None
    workspace: str | None = None
    path: str | None = None
    profile: str | None = None
    as_json: bool = False
    debug: bool = False

    def config(self) -> Config:
        """Where to go and as whom, with what the environment and the configuration file say."""
        from mlsteward.config import resolve

        return resolve(
            url=self.url,
            api_token=self.api_token,
            workspace=self.workspace,
            path=self.path,
            profile=self.profile,
        )

    def steward(self) -> Steward:
        """A client, to be used in a `with` block."""
        from mlsteward.client import Steward

        return Steward(
            self.url,
            api_token=self.api_token,
            workspace=self.workspace,
            path=self.path,
            profile=self.profile,
        )

    def home(self, named: str | None) -> str | None:
        """The workspace that a command is about, named as its argument or by the option.

        Raises:
            click.UsageError: Both are given, and differ.
        """
        if named is not None and self.workspace is not None and named != self.workspace:
            raise click.UsageError(f"Two workspaces are named: {named} and --workspace {self.workspace}.")
        return named


OPTIONS: dict[str, tuple[tuple[str, ...], dict[str, Any]]] = {
    "url": (("--url",), {"metavar": "URL", "help": "Server to call. [MLSTEWARD_URL]"}),
    "api_token": (
        ("--api-token",),
        {
            "metavar": "KEY",
            "help": "API key to call with. On a command line others on this machine can see it: "
            "better set MLSTEWARD_API_TOKEN, or use a profile.",
        },
    ),
    "workspace": (
        ("-w", "--workspace"),
        {"metavar": "NAME", "help": "Workspace that is meant where none is named. [MLSTEWARD_WORKSPACE]"},
    ),
    "path": (
        ("--path",),
        {"metavar": "FILE", "help": "Data to work on where there is no server. [MLSTEWARD_PATH]"},
    ),
    "profile": (
        ("--profile",),
        {"metavar": "NAME", "help": "Profile of the configuration file. [MLSTEWARD_PROFILE]"},
    ),
    "as_json": (("--json",), {"is_flag": True, "help": "Answer in JSON."}),
    "debug": (("--debug",), {"is_flag": True, "help": "Show the traceback of a failure."}),
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
