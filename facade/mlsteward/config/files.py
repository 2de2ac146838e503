"""The user's configuration file, which holds profiles."""

import os
import stat
import sys
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from mlsteward._notices import warn_once
from mlsteward.config.keyrings import MARKER, Entry
from mlsteward.config.levels import Level, level
from mlsteward.errors import ConfigurationError

DEFAULT_PROFILE: Final = "default"
USER_FILE: Final = "the user's configuration file"
IN_A_PROFILE: Final = ("url", "path", "api_token", "api_token_from", "workspace")


class Profiles(NamedTuple):
    """What a configuration file holds.

    Attributes:
        tables: The settings of each profile.
        default: The profile that is used where none is named.
    """

    tables: Mapping[str, Any]
    default: str


def default_config_file(environ: Mapping[str, str] | None = None) -> str:
    """The path of the user's configuration file: `$MLSTEWARD_CONFIG`, or the usual folder of the platform."""
    environment = os.environ if environ is None else environ
    if chosen := environment.get("MLSTEWARD_CONFIG"):
        return os.path.expanduser(chosen)
    if sys.platform == "win32":
        folder = environment.get("APPDATA") or os.path.expanduser("~/AppData/Roaming")
    elif sys.platform == "darwin":
        folder = os.path.expanduser("~/Library/Application Support")
    else:
        folder = environment.get("XDG_CONFIG_HOME") or os.path.expanduser("~/.config")
    return os.path.join(folder, "mlsteward", "config.toml")


def profile_level(name: str | None, environ: Mapping[str, str], config_file: str | os.PathLike[str] | None) -> Level:
    """Read the settings of a profile.

    Raises:
        ConfigurationError: The profile does not exist, or the file cannot be used.
    """
    file = default_config_file(environ) if config_file is USER_FILE else config_file
    required = bool(config_file is not USER_FILE or environ.get("MLSTEWARD_CONFIG"))
    found = read_profiles(os.fspath(file), required=required) if file is not None else Profiles({}, DEFAULT_PROFILE)
    profiles = found.tables
    wanted = name or found.default
    table = profiles.get(wanted)
    if table is None:
        if name is not None or found.default != DEFAULT_PROFILE:
            known = ", ".join(sorted(profiles)) or "none"
            raise ConfigurationError(
                f"There is no profile {wanted!r} in {file or 'a configuration file'}.",
                hint=f"Profiles there: {known}.",
            )
        return Level({}, {})
    shown = f"profile {wanted!r}"
    if not isinstance(table, dict):
        raise ConfigurationError(f"The {shown} in {file} is not a table.")
    for key, value in table.items():
        if key not in IN_A_PROFILE:
            raise ConfigurationError(
                f"The {shown} in {file} sets {key!r}, which does not exist.",
                hint=f"It can set {', '.join(IN_A_PROFILE)}.",
            )
        if not isinstance(value, str) or not value:
            raise ConfigurationError(f"The {shown} in {file} sets {key!r} to something other than text.")
    settings = {key: value for key, value in table.items() if key != "api_token_from"}
    read = level({**settings, "profile": wanted}, dict.fromkeys((*table, "profile"), shown))
    if "api_token_from" in table and "api_token" not in table:
        if table["api_token_from"] != MARKER or "url" not in read.values:
            raise ConfigurationError(
                f"The {shown} in {file} sets 'api_token_from' to {table['api_token_from']!r}.",
                hint=f"It can be {MARKER!r}, in a profile with a url.",
            )
        read.values["api_token"] = Entry(wanted, read.values["url"])
        read.sources = {**read.sources, "api_token": f"{shown} (keyring)"}
    return read


def read_profiles(file: str, *, required: bool = False) -> Profiles:
    """Read a configuration file.

    Args:
        file: Its path.
        required: Whether it must exist.

    Raises:
        ConfigurationError: It cannot be used.
    """
    try:
        with open(file, "rb") as opened:
            raw = opened.read()
            mode = os.fstat(opened.fileno()).st_mode
    except FileNotFoundError as error:
        if required:
            raise ConfigurationError(f"There is no configuration file at {file}.") from error
        return Profiles({}, DEFAULT_PROFILE)
    except OSError as error:
        raise ConfigurationError(f"The configuration file {file} cannot be read: {error.strerror}.") from error
    import tomllib

    # Raised below, where no exception is under way: those of tomllib and of the decoder hold the whole
    # text, and with it the keys in it.
    problem, profiles, default = "", None, None
    try:
        document = tomllib.loads(raw.decode())
        profiles, default = document.get("profiles", {}), document.get("default_profile", DEFAULT_PROFILE)
    except UnicodeDecodeError:
        problem = "UTF-8"
    except tomllib.TOMLDecodeError as error:
        problem = f"valid TOML {_position(error)}"
    if problem:
        raise ConfigurationError(f"The configuration file {file} is not {problem}.")
    if not isinstance(profiles, dict):
        raise ConfigurationError(f"In {file}, 'profiles' is not a table.", hint="Profiles are [profiles.<name>].")
    if not isinstance(default, str):
        raise ConfigurationError(f"In {file}, 'default_profile' is not text.", hint="It is the name of a profile.")
    _warn_of_others(file, mode, profiles)
    return Profiles(profiles, default)


def _position(error: ValueError) -> str:
    """Where the TOML is wrong. Not what: that can quote a key."""
    found = str(error).rpartition("(")[2].rstrip(")")
    return f"({found})" if found.startswith(("at line", "at end")) else "(somewhere)"


def _warn_of_others(file: str, mode: int, profiles: Mapping[str, Any]) -> None:
    """Warn once if other accounts of this machine can read a key, or decide where keys are sent."""
    if os.name != "posix" or not stat.S_ISREG(mode):
        return
    holds_a_key = any(isinstance(table, dict) and "api_token" in table for table in profiles.values())
    if mode & 0o022:
        warn_once(
            f"others can write {file}",
            f"Others can write {file}, and so decide where your API key is sent; run: chmod go-w {file}",
        )
    if holds_a_key and mode & 0o044:
        warn_once(f"others can read {file}", f"Others can read the API key in {file}; run: chmod 600 {file}")
