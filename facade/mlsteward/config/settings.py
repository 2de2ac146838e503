"""The settings, and a configuration."""

from collections.abc import Iterator, Mapping
from typing import Any, Final, Generic, TypeVar, overload

from mlsteward.config.values import ARGUMENT, checked
from mlsteward.redaction import MASK, Secret, redact

T = TypeVar("T")


class Setting(Generic[T]):
    """One setting, and where it comes from.

    Args:
        env: The environment variable.
        sensitive: Whether its value is never shown.
    """

    def __init__(self, env: str, *, sensitive: bool = False) -> None:
        self.env = env
        self.sensitive = sensitive
        self.name = ""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, config: None, owner: type) -> "Setting[T]": ...
    @overload
    def __get__(self, config: "Config", owner: type) -> T | None: ...
    def __get__(self, config: "Config | None", owner: type) -> "Setting[T] | T | None":
        if config is None:
            return self
        value: T | None = config._values.get(self.name)
        return value

    def __set__(self, config: "Config", value: object) -> None:
        raise AttributeError("a configuration cannot be changed; resolve a new one")


class Config:
    """A resolved configuration. It does not change.

    Attributes:
        url: The server, such as `https://steward.example.com`; None if it runs inside this process.
        path: The data of the server inside this process: a file, `:memory:` for no file, or a
            `postgresql://` address; None for the data file of the user, or if `url` is set.
        api_token: The API key, as a `Secret`; None to call without an account, or, inside this
            process, as its operator.
        workspace: The default workspace.
        profile: The profile of the user's configuration file that was read, if any.
    """

    url = Setting[str]("MLSTEWARD_URL")
    path = Setting[str]("MLSTEWARD_PATH")
    api_token = Setting[Secret]("MLSTEWARD_API_TOKEN", sensitive=True)
    workspace = Setting[str]("MLSTEWARD_WORKSPACE")
    profile = Setting[str]("MLSTEWARD_PROFILE")

    __slots__ = ("_sources", "_values")

    _sources: Mapping[str, str]
    _values: Mapping[str, Any]

    def __init__(self, values: Mapping[str, Any], sources: Mapping[str, str]) -> None:
        object.__setattr__(self, "_values", dict(values))
        object.__setattr__(self, "_sources", dict(sources))

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("a configuration cannot be changed; resolve a new one")

    @property
    def embedded(self) -> bool:
        """Whether the server runs inside this process."""
        return self.url is None

    def with_api_token(self, api_token: str | Secret) -> "Config":
        """The same configuration with another API key.

        Raises:
            ConfigurationError: The text cannot be a key.
        """
        token = checked("api_token", api_token, ARGUMENT)
        return Config({**self._values, "api_token": token}, {**self._sources, "api_token": ARGUMENT})

    def source(self, name: str) -> str:
        """Where a setting came from, such as `MLSTEWARD_URL` or `profile 'default'`."""
        return self._sources.get(name, "default")

    def describe(self) -> str:
        """Each setting, its value and where it came from, a line each. Secrets are not shown.

        >>> from mlsteward.config import resolve
        >>> print(resolve(path=":memory:", api_token="mls_abc", environ={}, config_file=None).describe())
        path = :memory: (argument)
        api_token = *** (argument)
        """
        lines = [f"{name} = {shown} ({self.source(name)})" for name, shown in self._shown()]
        return "\n".join(lines) or "everything by default: the server runs inside this process"

    def _shown(self) -> Iterator[tuple[str, str]]:
        for setting in SETTINGS:
            value = self._values.get(setting.name)
            if value is not None:
                yield setting.name, MASK if setting.sensitive else redact(str(value))

    def __repr__(self) -> str:
        return f"Config({', '.join(f'{name}={shown!r}' for name, shown in self._shown())})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Config) and other._values == self._values

    def __hash__(self) -> int:
        return hash(tuple(sorted((name, value) for name, value in self._values.items() if value is not None)))

    def __copy__(self) -> "Config":
        return self

    def __deepcopy__(self, memo: object) -> "Config":
        # It does not change, and a key should not be in memory twice.
        return self

    def __reduce__(self) -> tuple[type["Config"], tuple[Mapping[str, Any], Mapping[str, str]]]:
        if self.api_token is not None:
            raise TypeError(
                "A configuration with an API key cannot be pickled: the key would be in the pickle. "
                "Resolve it there, from MLSTEWARD_API_TOKEN or a profile."
            )
        return Config, (self._values, self._sources)


SETTINGS: Final[tuple[Setting[Any], ...]] = (
    Config.url,
    Config.path,
    Config.api_token,
    Config.workspace,
    Config.profile,
)
