"""The places that settings are looked for in: arguments, the environment, a profile."""

from collections.abc import Mapping
from typing import Any, Final

from mlsteward.config.settings import SETTINGS
from mlsteward.config.values import ARGUMENT, checked

KEY_PREFIX: Final = "mls_"


class Level:
    """One place that settings are looked for in."""

    def __init__(self, values: Mapping[str, Any], sources: Mapping[str, str]) -> None:
        self.values = {name: value for name, value in values.items() if value is not None}
        self.sources = sources

    def source(self, name: str) -> str:
        """Where this level has a setting from."""
        return self.sources[name]

    @property
    def place(self) -> tuple[str, str] | None:
        """Where to go, as this level has it."""
        return next(((name, self.values[name]) for name in ("url", "path") if name in self.values), None)


def arguments(**given: Any) -> Level:
    """What the caller gives."""
    return level(given, dict.fromkeys(given, ARGUMENT))


def variables(environ: Mapping[str, str]) -> Level:
    """What the environment says."""
    values: dict[str, Any] = {setting.name: environ.get(setting.env) or None for setting in SETTINGS}
    sources = {setting.name: setting.env for setting in SETTINGS}
    older = environ.get("NEPTUNE_API_TOKEN", "")
    if values["api_token"] is None and older.startswith(KEY_PREFIX):
        values["api_token"] = older
        sources["api_token"] = "NEPTUNE_API_TOKEN"  # noqa: S105 - its name, not its value
    return level(values, sources)


def level(values: Mapping[str, Any], sources: Mapping[str, str]) -> Level:
    """What a place says, checked.

    Raises:
        ConfigurationError: A value is not valid.
    """
    found = {name: checked(name, value, sources[name]) for name, value in values.items() if value is not None}
    return Level(found, sources)
