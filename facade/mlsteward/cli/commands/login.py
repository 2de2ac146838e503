"""`mlsteward login`, `logout` and `profiles`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from typing import Any

import click

from mlsteward.cli.ask import Unanswered
from mlsteward.cli.command import YOU, Command, group
from mlsteward.cli.listing import shape_of_rows, show_list
from mlsteward.cli.output import Columns, clean, show_details, write_json
from mlsteward.cli.parameters import Argument
from mlsteward.cli.session import Session

LOOPBACK = "http://127.0.0.1:8000"


def _command(name: str, **attributes: Any) -> Callable[[Callable[..., None]], click.Command]:
    def add(function: Callable[..., None]) -> click.Command:
        made: click.Command = click.command(name, cls=Command, **attributes)(click.pass_obj(function))
        YOU.add_command(made, name)
        return made

    return add


@_command(
    "login",
    examples=(
        "mlsteward login",
        "mlsteward login --url https://steward.example.com --profile staging",
        "mlsteward login --url https://steward.example.com < key.txt",
    ),
)
@click.option("--no-keyring", is_flag=True, help="Keep the API key in the configuration file, not in the keyring.")
def login(session: Session, no_keyring: bool) -> None:
    """Store a server and an API key, so that later commands and scripts use them.

    Asks for what is not given. The API key is not shown while you type it; it can also come from stdin. It is checked,
    and kept in the keyring of the system (pip install 'mlsteward[keyring]'), or else in the configuration file, which
    only you can read.
    """
    from mlsteward.client import Steward
    from mlsteward.config import profiles, resolve
    from mlsteward.connection import Connection

    name = profiles.chosen(session.profile)
    url = session.url or _ask_for_url(name)
    token = session.api_token or _ask_for_key()
    # Neither variables nor profiles: what is checked is what is stored.
    checked = resolve(url=url, api_token=token, environ={}, config_file=None)
    assert checked.url is not None
    with Connection(checked) as connection:
        account = Steward.over(connection).identity.whoami()
    in_keyring = profiles.save_login(name, checked.url, token, use_keyring=not no_keyring)
    if session.as_json:
        write_json({"profile": name, "url": checked.url, "username": account.username, "keyring": in_keyring})
        return
    place = "the keyring" if in_keyring else _file()
    click.echo(clean(f"Logged in to {checked.url} as {account.username}. The API key is in {place}, profile {name}."))


@_command("logout", examples=("mlsteward logout", "mlsteward logout --profile staging"))
def logout(session: Session) -> None:
    """Remove the stored API key of a profile. The key itself still works; `mlsteward keys delete` ends it."""
    from mlsteward.config import profiles

    name = profiles.chosen(session.profile)
    removed = profiles.forget_key(name)
    if session.as_json:
        write_json({"profile": name, "removed": removed})
        return
    click.echo(clean(f"Logged out of profile {name}." if removed else f"Profile {name} has no API key."))


def _ask_for_url(profile: str) -> str:
    from mlsteward.config import profiles

    if not sys.stdin.isatty():
        raise Unanswered("There is no terminal to ask for the server; name it with --url.")
    known = str(profiles.table(profile).get("url", "")) if profile in profiles.names() else ""
    return str(click.prompt("Server", default=known or LOOPBACK, err=True))


def _ask_for_key() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().strip()
    return str(click.prompt("API key", hide_input=True, err=True)).strip()


def _file() -> str:
    from mlsteward.config import default_config_file

    return default_config_file()


# ---- profiles


def _name() -> Argument:
    return Argument("name", "NAME", "Name of the profile.", required=True, nargs=1)


profiles_group = group(YOU, "profiles", "Manage the profiles of the configuration file: a server, a key, a workspace.")

_NAMES = ("name", "url", "path", "workspace", "api_key", "in_use")
_columns: Columns[Mapping[str, Any]] = {
    "Name": lambda found: found["name"],
    "Server": lambda found: found["url"] or found["path"],
    "Workspace": lambda found: found["workspace"],
    "API key": lambda found: found["api_key"],
    "In use": lambda found: found["in_use"],
}


@profiles_group.command("list", is_list=True, examples=("mlsteward profiles list",))
@click.pass_obj
def list_profiles(session: Session) -> None:
    """List the profiles. API keys are not shown."""
    from mlsteward.config import profiles

    found = [_described(name) for name in profiles.names()]
    shape = shape_of_rows(_NAMES, identity="name", of="A profile")
    show_list(session, found, _columns, none="No profiles. `mlsteward login` makes one.", shape=shape)


@profiles_group.command("show", params=[_name()], examples=("mlsteward profiles show staging",))
@click.pass_obj
def show_profile(session: Session, name: str) -> None:
    """Show a profile. Its API key is not shown."""
    found = _described(name)
    if session.as_json:
        write_json(found)
        return
    show_details(session, found, {title: show(found) for title, show in _columns.items()})


@profiles_group.command("use", params=[_name()], examples=("mlsteward profiles use staging",))
@click.pass_obj
def use_profile(session: Session, name: str) -> None:
    """Use a profile where neither --profile nor MLSTEWARD_PROFILE names one."""
    from mlsteward.config import profiles

    profiles.use(name)
    _told(session, name, f"Commands use profile {name} now.")


@profiles_group.command("delete", params=[_name()], examples=("mlsteward profiles delete staging",))
@click.pass_obj
def delete_profile(session: Session, name: str) -> None:
    """Delete a profile and its stored API key. The key itself still works."""
    from mlsteward.config import profiles

    profiles.delete(name)
    _told(session, name, f"Profile {name} is deleted.")


def _told(session: Session, name: str, sentence: str) -> None:
    if session.as_json:
        write_json({"profile": name})
        return
    click.echo(clean(sentence))


def _described(name: str) -> dict[str, Any]:
    from mlsteward.config import profiles

    table = profiles.table(name)
    key = "keyring" if "api_token_from" in table else "file" if "api_token" in table else None
    return {
        "name": name,
        "url": table.get("url"),
        "path": table.get("path"),
        "workspace": table.get("workspace"),
        "api_key": key,
        "in_use": name == profiles.current(),
    }
