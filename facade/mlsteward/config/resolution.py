"""Combine the settings of all places into one configuration."""

import os
from collections.abc import Mapping
from typing import Any

from mlsteward.config.files import USER_FILE, profile_level
from mlsteward.config.keyrings import Entry
from mlsteward.config.levels import Level
from mlsteward.config.levels import arguments as from_arguments
from mlsteward.config.levels import variables as from_environment
from mlsteward.config.settings import Config
from mlsteward.config.values import checked
from mlsteward.errors import ConfigurationError
from mlsteward.redaction import Secret


def resolve(
    *,
    url: str | None = None,
    path: str | os.PathLike[str] | None = None,
    api_token: str | Secret | None = None,
    workspace: str | None = None,
    profile: str | None = None,
    environ: Mapping[str, str] | None = None,
    config_file: str | os.PathLike[str] | None = USER_FILE,
) -> Config:
    """Resolve where to send requests, and as whom. For arguments that are None, see `mlsteward.config`.

    Args:
        url: The server, `http://` or `https://`.
        path: The data of a server inside this process: a file, `:memory:` or a `postgresql://` address.
        api_token: The API key.
        workspace: The default workspace.
        profile: A table `[profiles.<name>]` of the configuration file.
        environ: The environment (default: that of the process).
        config_file: The configuration file, or None for no file (default: the user's file).

    Raises:
        ConfigurationError: A setting is not valid, or two settings exclude each other.
    """
    environment = os.environ if environ is None else environ
    arguments = from_arguments(url=url, path=path, api_token=api_token, workspace=workspace, profile=profile)
    variables = from_environment(environment)
    named = arguments.values.get("profile") or variables.values.get("profile")
    read = profile_level(named, environment, config_file)
    by_argument = profile is not None
    levels = (arguments, read, variables) if by_argument else (arguments, variables, read)

    values: dict[str, Any] = {}
    sources: dict[str, str] = {}

    def take(level: Level, name: str) -> None:
        value = level.values[name]
        if isinstance(value, Entry):
            # Asked only now, because the keyring may be slow, or ask the user.
            value = checked(name, value.load(), level.source(name))
        values[name] = value
        sources[name] = level.source(name)

    where = next((level for level in levels if level.place), None)
    if where is not None and where.place is not None:
        if "url" in where.values and "path" in where.values:
            raise ConfigurationError(
                f"Both a url ({where.source('url')}) and a path ({where.source('path')}) are given.",
                hint="Give the url of a server, or the path of a data file to run one on inside this process.",
            )
        take(where, where.place[0])
    place = where.place if where is not None else None
    for level in levels:
        if "api_token" in level.values and (level is arguments or level.place in (None, place)):
            take(level, "api_token")
            break
    for name in ("workspace", "profile"):
        having = next((level for level in levels if name in level.values), None)
        if having is not None:
            take(having, name)
    return Config(values, sources)
