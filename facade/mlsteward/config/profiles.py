"""Write the user's configuration file. Comments, order and other tables in it stay as they are."""

import os
from collections.abc import Mapping
from typing import Any, Final

from mlsteward._files import whole_text
from mlsteward.config.files import default_config_file, read_profiles
from mlsteward.config.keyrings import MARKER, Entry
from mlsteward.config.values import ARGUMENT, checked
from mlsteward.errors import ConfigurationError

CHANGED: Final = ("url", "path", "workspace")
"""The settings that `set_value` changes. The API key is changed by `mlsteward login`."""


def names(file: str | None = None) -> list[str]:
    """The names of all profiles."""
    return sorted(read_profiles(file or default_config_file()).tables)


def chosen(named: str | None) -> str:
    """The profile that a command is about: the one that is named, that of the environment, or the default."""
    return named or os.environ.get("MLSTEWARD_PROFILE") or current()


def current(file: str | None = None) -> str:
    """The name of the profile that is used where none is named."""
    return read_profiles(file or default_config_file()).default


def table(name: str, file: str | None = None) -> Mapping[str, Any]:
    """The settings in a profile.

    Raises:
        ConfigurationError: There is no such profile.
    """
    file = file or default_config_file()
    tables = read_profiles(file).tables
    if name not in tables:
        known = ", ".join(sorted(tables)) or "none"
        raise ConfigurationError(f"There is no profile {name!r} in {file}.", hint=f"Profiles there: {known}.")
    found: Mapping[str, Any] = tables[name]
    return found


def save_login(name: str, url: str, api_token: str, *, use_keyring: bool = True, file: str | None = None) -> bool:
    """Store a server and an API key as a profile: the key in the keyring, or else in the file, for its owner only.

    Returns:
        Whether the key is in the keyring.
    """
    url = checked("url", url, ARGUMENT)
    before = read_profiles(file or default_config_file()).tables.get(name, {}).get("url")
    in_keyring = use_keyring and Entry(name, url).save(api_token)
    key, source = (None, MARKER) if in_keyring else (api_token, None)
    _change(name, {"url": url, "path": None, "api_token": key, "api_token_from": source}, file)
    # Only now: if the file cannot be written, the login of before still works.
    if before is not None and not (in_keyring and before == url):
        Entry(name, before).forget()
    return in_keyring


def forget_key(name: str, file: str | None = None) -> bool:
    """Remove the API key of a profile from the file and from the keyring. Returns whether there was one."""
    found = read_profiles(file or default_config_file()).tables.get(name, {})
    if "url" in found:
        Entry(name, str(found["url"])).forget()
    if not {"api_token", "api_token_from"} & set(found):
        return False
    _change(name, {"api_token": None, "api_token_from": None}, file)
    return True


def set_value(name: str, setting: str, value: str | None, file: str | None = None) -> None:
    """Set a setting of a profile, or remove it.

    Args:
        name: The profile. It is made if it does not exist.
        setting: One of `CHANGED`.
        value: Its value; None removes it.
    """
    if value is not None:
        value = str(checked(setting, value, ARGUMENT))
    other = {"url": {"path": None}, "path": {"url": None}}.get(setting, {}) if value is not None else {}
    if setting in ("url", "path"):
        # The key was for the server that was there.
        forget_key(name, file)
    _change(name, {setting: value, **other}, file)


def use(name: str, file: str | None = None) -> None:
    """Use a profile where none is named.

    Raises:
        ConfigurationError: There is no such profile.
    """
    table(name, file)
    document = _load(file)
    document["default_profile"] = name
    _store(document, file)


def delete(name: str, file: str | None = None) -> None:
    """Delete a profile, and its API key.

    Raises:
        ConfigurationError: There is no such profile.
    """
    table(name, file)
    forget_key(name, file)
    document = _load(file)
    del document["profiles"][name]
    if document.get("default_profile") == name:
        del document["default_profile"]
    _store(document, file)


def _change(name: str, values: Mapping[str, str | None], file: str | None) -> None:
    document = _load(file)
    profile = document.setdefault("profiles", {}).setdefault(name, {})
    for setting, value in values.items():
        if value is not None:
            profile[setting] = value
        elif setting in profile:
            del profile[setting]
    _store(document, file)


def _load(file: str | None) -> Any:
    try:
        import tomlkit
    except ModuleNotFoundError as error:
        raise ConfigurationError(
            "Writing the configuration file needs tomlkit, which is not installed.",
            hint="Run: pip install 'mlsteward[cli]'.",
        ) from error
    file = file or default_config_file()
    read_profiles(file)  # says what is wrong with it
    try:
        with open(file, encoding="utf-8") as opened:
            return tomlkit.parse(opened.read())
    except FileNotFoundError:
        return tomlkit.document()


def _store(document: Any, file: str | None) -> None:
    """Replace the file in one step. Only its owner can read it."""
    path = os.path.realpath(file or default_config_file())
    try:
        os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
        with whole_text(path, mode=0o600) as opened:
            opened.write(document.as_string())
    except OSError as error:
        raise ConfigurationError(f"The configuration file {path} cannot be written: {error.strerror}.") from error
