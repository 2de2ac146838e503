"""`mlsteward config`: which server and API key commands use, and where that is set."""

from __future__ import annotations

from importlib import import_module

import click

from mlsteward.cli.command import SERVER, group
from mlsteward.cli.listing import show_list
from mlsteward.cli.output import Columns, clean, write_json
from mlsteward.cli.parameters import Argument
from mlsteward.cli.session import Session

config = group(SERVER, "config", "Show and change the configuration of this command.")


@config.command("show", examples=("mlsteward config show", "mlsteward config show --profile staging --json"))
@click.pass_obj
def show(session: Session) -> None:
    """Show each setting and where it comes from. The API key is not shown."""
    from mlsteward.config import SETTINGS, default_config_file
    from mlsteward.redaction import redact

    resolved = session.config()
    found: dict[str, dict[str, str | None]] = {}
    for setting in SETTINGS:
        value = getattr(resolved, setting.name)
        source = resolved.source(setting.name) if value is not None else None
        if setting.name == "path" and value is None and resolved.embedded:
            value, source = _default_path(), "default"
        shown = None if value is None else redact(str(value))
        found[setting.name] = {"value": shown, "source": source, "variable": setting.env}
    found["config_file"] = {"value": default_config_file(), "source": None, "variable": "MLSTEWARD_CONFIG"}
    if session.as_json:
        write_json(found)
        return
    columns: Columns[str] = {
        "Setting": lambda name: name,
        "Value": lambda name: found[name]["value"],
        "From": lambda name: found[name]["source"],
        "Variable": lambda name: found[name]["variable"],
    }
    show_list(session, found, columns, none="")


@config.command(
    "get",
    params=[Argument("setting", "SETTING", "url, path, workspace or profile.", required=True, nargs=1)],
    examples=("mlsteward config get workspace", "mlsteward config get url --profile staging"),
)
@click.pass_obj
def get(session: Session, setting: str) -> None:
    """Print the value of a setting, and nothing else. The exit code is 1 if it is not set."""
    resolved = session.config()
    _known(setting, (*_changed(), "profile"))
    value = getattr(resolved, setting)
    if session.as_json:
        write_json({setting: value})
    elif value is not None:
        click.echo(value)
    if value is None:
        click.get_current_context().exit(1)


@config.command(
    "set",
    params=[
        Argument("setting", "SETTING", "url, path or workspace.", required=True, nargs=1),
        Argument("value", "VALUE", "Its new value; an empty text removes it.", required=True, nargs=1),
    ],
    examples=(
        "mlsteward config set workspace ml-team",
        "mlsteward config set url https://steward.example.com --profile staging",
        'mlsteward config set workspace ""',
    ),
)
@click.pass_obj
def set_value(session: Session, setting: str, value: str) -> None:
    """Set a setting of a profile: the one of --profile, or the one in use. `mlsteward login` sets the API key.

    Another server or data file removes the stored API key, which is not for it.
    """
    from mlsteward.config import profiles

    _known(setting, _changed())
    name = profiles.chosen(session.profile)
    profiles.set_value(name, setting, value or None)
    if session.as_json:
        write_json({"profile": name, setting: value or None})
        return
    click.echo(clean(f"In profile {name}, {setting} is {value or 'not set'}."))


def _changed() -> tuple[str, ...]:
    from mlsteward.config.profiles import CHANGED

    return CHANGED


def _known(setting: str, known: tuple[str, ...]) -> None:
    if setting not in known:
        raise click.UsageError(f"There is no setting {setting!r} here; the settings are {', '.join(known)}.")


def _default_path() -> str:
    try:
        return str(import_module("mlsteward_server.process.embedded").default_path())
    except ModuleNotFoundError:
        return "(needs pip install 'mlsteward[server]')"
