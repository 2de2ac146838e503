"""`mlsteward config`: which server and API key commands use, and where that is set."""

from __future__ import annotations

from importlib import import_module

import click

from mlsteward.cli.command import SERVER, group
from mlsteward.cli.listing import show_list
from mlsteward.cli.output import Columns, write_json
from mlsteward.cli.session import Session

config = group(SERVER, "config", "Show the configuration of this command.")


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


def _default_path() -> str:
    try:
        return str(import_module("mlsteward_server.process.embedded").default_path())
    except ModuleNotFoundError:
        return "(needs pip install 'mlsteward[server]')"
