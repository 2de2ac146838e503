"""The places where settings can come from: arguments, the environment, a profile."""

from collections.abc import Mapping
from typing import Any, Final

from mlsteward.config.settings import SETTINGS
from mlsteward.config.values import ARGUMENT, checked

KEY_PREFIX: Final = "mls_"


class Level:
    """One place where settings can come from."""

    def __init__(self, values: Mapping[str, Any], sources: Mapping[str, str]) -> None:
        self.values = {name: value for name, value in values.items() if value is not None}
        self.sources = sources

    def source(self, name: str) -> str:
        """Where this level got a setting from."""
        return self.sources[name]

    @property
    def place(self) -> tuple[str, str] | None:
        """The url or the path that this level names, if any."""
        return next(((name, self.values[name]) for name in ("url", "path") if name in self.values), None)


def arguments(**given: Any) -> Level:
    """The settings that are given as arguments."""
    return level(given, dict.fromkeys(given, ARGUMENT))


def variables(environ: Mapping[str, str]) -> Level:
    """The settings of the environment."""
    values: dict[str, Any] = {setting.name: environ.get(setting.env) or None for setting in SETTINGS}
    sources = {setting.name: setting.env for setting in SETTINGS}
    older = environ.get("NEPTUNE_API_TOKEN", "")
    if values["api_token"] is None and older.startswith(KEY_PREFIX):
        values["api_token"] = older
        sources["api_token"] = "NEPTUNE_API_TOKEN"  # noqa: S105 - its name, not its value
    return level(values, sources)


def level(values: Mapping[str, Any], sources: Mapping[str, str]) -> Level:
    """Check the settings of one place.

    Raises:
        ConfigurationError: A value is not valid.
    """
    found = {name: checked(name, value, sources[name]) for name, value in values.items() if value is not None}
    return Level(found, sources)
