"""Where to send requests, and as whom.

Each setting is taken from the first place that has it:

1. an argument,
2. the profile named by an argument,
3. the environment (`MLSTEWARD_URL`, `MLSTEWARD_PATH`, `MLSTEWARD_API_TOKEN`, `MLSTEWARD_WORKSPACE`),
4. the profile named by `MLSTEWARD_PROFILE`, or the profile `default`,
5. otherwise the server runs inside this process, on the data file of the user.

`url` and `path` are two answers to one question, where to go: the first place that gives either
decides. An API key stays with its server: a place that names another server than the chosen one
does not lend its key.
"""

import os
import sys
from collections.abc import Iterator, Mapping
from typing import Any, Final, Generic, TypeVar, overload
from urllib.parse import urlsplit

from mlsteward.errors import ConfigurationError
from mlsteward.redaction import MASK, Secret, redact

DEFAULT_PROFILE: Final = "default"
KEY_PREFIX: Final = "mls_"
API_ROOT: Final = "/api/v1"

_warned: set[str] = set()


T = TypeVar("T")


class Setting(Generic[T]):
    """One thing that can be configured, and where it is looked for.

    Args:
        env: The environment variable.
        sensitive: Whether its value may never be shown.
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
        url: The server, such as `https://steward.example.com`; None where it runs inside this process.
        path: The data of the server inside this process: a file, `:memory:` for none, or a
            `postgresql://` address; None for the data file of the user, or where `url` is set.
        api_token: The API key, as a `Secret`; None to call as nobody, or, inside this process, as
            its operator.
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
        level = _arguments(api_token=api_token)
        return Config({**self._values, **level.values}, {**self._sources, **level.sources})

    def source(self, name: str) -> str:
        """Where a setting came from, such as `MLSTEWARD_URL` or `profile 'default'`."""
        return self._sources.get(name, "default")

    def describe(self) -> str:
        """Each setting, its value and where it came from, a line each. Secrets are not shown.

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

    def __reduce__(self) -> tuple[type["Config"], tuple[Mapping[str, Any], Mapping[str, str]]]:
        return Config, (self._values, self._sources)


SETTINGS: Final[tuple[Setting[Any], ...]] = (
    Config.url,
    Config.path,
    Config.api_token,
    Config.workspace,
    Config.profile,
)
_IN_A_PROFILE: Final = ("url", "path", "api_token", "workspace")
_USER_FILE: Final = "the user's configuration file"


class _Level:
    """One place that settings are looked for in."""

    def __init__(self, values: Mapping[str, Any], sources: Mapping[str, str]) -> None:
        self.values = {name: value for name, value in values.items() if value is not None}
        self.sources = sources

    def source(self, name: str) -> str:
        return self.sources[name]

    @property
    def place(self) -> tuple[str, str] | None:
        """Where to go, as this level has it."""
        return next(((name, self.values[name]) for name in ("url", "path") if name in self.values), None)


def resolve(
    *,
    url: str | None = None,
    path: str | os.PathLike[str] | None = None,
    api_token: str | Secret | None = None,
    workspace: str | None = None,
    profile: str | None = None,
    environ: Mapping[str, str] | None = None,
    config_file: str | os.PathLike[str] | None = _USER_FILE,
) -> Config:
    """Resolve where to send requests, and as whom. What is None is looked up elsewhere, see the top of this module.

    Args:
        url: The server, `http://` or `https://`.
        path: The data of a server inside this process: a file, `:memory:` or a `postgresql://` address.
        api_token: The API key.
        workspace: The default workspace.
        profile: A table `[profiles.<name>]` of the configuration file.
        environ: The environment; that of the process by default.
        config_file: The configuration file; that of the user by default, None to read none.

    Raises:
        ConfigurationError: Something is not valid, or two settings exclude each other.
    """
    environment = os.environ if environ is None else environ
    arguments = _arguments(url=url, path=path, api_token=api_token, workspace=workspace, profile=profile)
    variables = _variables(environment)
    named = arguments.values.get("profile") or variables.values.get("profile")
    read = _profile(named, environment, config_file)
    by_argument = profile is not None
    levels = (arguments, read, variables) if by_argument else (arguments, variables, read)

    values: dict[str, Any] = {}
    sources: dict[str, str] = {}

    def take(level: _Level, name: str) -> None:
        values[name] = level.values[name]
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


def _arguments(**given: Any) -> _Level:
    for name, value in given.items():
        # An empty text is an unset variable of the caller's more often than a wish, and falling back
        # would act on another server, or as somebody else.
        if value is not None and not (value.reveal() if isinstance(value, Secret) else str(value)):
            raise ConfigurationError(f"The argument {name} is empty.", hint="Leave it out to use the default.")
    return _level(given, dict.fromkeys(given, "argument"))


def _variables(environ: Mapping[str, str]) -> _Level:
    values: dict[str, Any] = {setting.name: environ.get(setting.env) or None for setting in SETTINGS}
    sources = {setting.name: setting.env for setting in SETTINGS}
    older = environ.get("NEPTUNE_API_TOKEN", "")
    if values["api_token"] is None and older.startswith(KEY_PREFIX):
        values["api_token"] = older
        sources["api_token"] = "NEPTUNE_API_TOKEN"  # noqa: S105 - its name, not its value
    return _level(values, sources)


def _level(values: Mapping[str, Any], sources: Mapping[str, str]) -> _Level:
    checked = {name: _CHECKS[name](value, sources[name]) for name, value in values.items() if value is not None}
    return _Level(checked, sources)


# The configuration file.


def default_config_file(environ: Mapping[str, str] | None = None) -> str:
    """The path of the user's configuration file: `$MLSTEWARD_CONFIG`, or where the platform keeps such files."""
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


def _profile(name: str | None, environ: Mapping[str, str], config_file: str | os.PathLike[str] | None) -> _Level:
    file = default_config_file(environ) if config_file is _USER_FILE else config_file
    required = bool(config_file is not _USER_FILE or environ.get("MLSTEWARD_CONFIG"))
    profiles = _read(os.fspath(file), required=required) if file is not None else {}
    table = profiles.get(name or DEFAULT_PROFILE)
    if table is None:
        if name is not None:
            known = ", ".join(sorted(profiles)) or "none"
            raise ConfigurationError(
                f"There is no profile {name!r} in {file or 'a configuration file'}.",
                hint=f"Profiles there: {known}.",
            )
        return _Level({}, {})
    shown = f"profile {name or DEFAULT_PROFILE!r}"
    if not isinstance(table, dict):
        raise ConfigurationError(f"The {shown} in {file} is not a table.")
    for key, value in table.items():
        if key not in _IN_A_PROFILE:
            raise ConfigurationError(
                f"The {shown} in {file} sets {key!r}, which does not exist.",
                hint=f"It can set {', '.join(_IN_A_PROFILE)}.",
            )
        if not isinstance(value, str) or not value:
            raise ConfigurationError(f"The {shown} in {file} sets {key!r} to something other than text.")
    return _level({**table, "profile": name or DEFAULT_PROFILE}, dict.fromkeys((*table, "profile"), shown))


def _read(file: str, *, required: bool) -> dict[str, Any]:
    try:
        with open(file, "rb") as opened:
            raw = opened.read()
            mode = os.fstat(opened.fileno()).st_mode
    except FileNotFoundError as error:
        if required:
            raise ConfigurationError(f"There is no configuration file at {file}.") from error
        return {}
    except OSError as error:
        raise ConfigurationError(f"The configuration file {file} cannot be read: {error.strerror}.") from error
    import tomllib

    # Raised below, where no exception is under way: those of tomllib and of the decoder hold the whole
    # text, and with it the keys in it.
    problem, profiles = "", None
    try:
        profiles = tomllib.loads(raw.decode()).get("profiles", {})
    except UnicodeDecodeError:
        problem = "UTF-8"
    except tomllib.TOMLDecodeError as error:
        problem = f"valid TOML {_position(error)}"
    if problem:
        raise ConfigurationError(f"The configuration file {file} is not {problem}.")
    if not isinstance(profiles, dict):
        raise ConfigurationError(f"In {file}, 'profiles' is not a table.", hint="Profiles are [profiles.<name>].")
    _warn_of_readers(file, mode, profiles)
    return profiles


def _position(error: ValueError) -> str:
    """Where the TOML is wrong. Not what: that can quote a key."""
    found = str(error).rpartition("(")[2].rstrip(")")
    return f"({found})" if found.startswith(("at line", "at end")) else "(somewhere)"


def _warn_of_readers(file: str, mode: int, profiles: Mapping[str, Any]) -> None:
    holds_a_key = any(isinstance(table, dict) and "api_token" in table for table in profiles.values())
    if os.name != "posix" or not holds_a_key or not mode & 0o044 or file in _warned:
        return
    _warned.add(file)
    import warnings

    warnings.warn(f"Others can read the API key in {file}; run: chmod 600 {file}", stacklevel=6)


# What a value must look like. Messages name where a value came from; that of a key is never shown.


def _url(value: Any, source: str) -> str:
    hint = "It looks like https://steward.example.com or http://127.0.0.1:8000."
    if not isinstance(value, str) or any(c.isspace() or not c.isprintable() for c in value):
        raise ConfigurationError(f"The url ({source}) holds spaces or control characters.", hint=hint)
    try:
        parts = urlsplit(value)
        port = parts.port
    except ValueError:
        raise ConfigurationError(f"The url ({source}) is not a URL.", hint=hint) from None
    if parts.username is not None or parts.password is not None or "@" in parts.netloc:
        raise ConfigurationError(
            f"The url ({source}) holds credentials.", hint="Give the API key as api_token or MLSTEWARD_API_TOKEN."
        )
    if parts.scheme.lower() not in {"http", "https"} or not parts.hostname or port == 0:
        raise ConfigurationError(f"The url ({source}) is not an http:// or https:// address.", hint=hint)
    if parts.query or parts.fragment:
        raise ConfigurationError(f"The url ({source}) holds more than an address.", hint=hint)
    root = parts.path.rstrip("/").removesuffix(API_ROOT)
    return f"{parts.scheme.lower()}://{parts.netloc}{root}"


def _path(value: Any, source: str) -> str:
    path = os.fspath(value)
    if not isinstance(path, str) or "\x00" in path:
        raise ConfigurationError(f"The path ({source}) is not the path of a file.")
    scheme, separator, _ = path.partition("://")
    if separator and scheme.lower() in {"http", "https"}:
        raise ConfigurationError(f"The path ({source}) is the address of a server.", hint="Give it as url.")
    # The server takes the address of a database here as well.
    return path if separator else os.path.expanduser(path)


def _api_token(value: Any, source: str) -> Secret:
    text = value.reveal() if isinstance(value, Secret) else value
    if not isinstance(text, str):
        raise ConfigurationError(f"The api_token ({source}) is not a text.")
    wrong = "spaces or line breaks" if any(c.isspace() for c in text) else "characters that no key has"
    if not text.isascii() or not text.isprintable() or " " in text:
        raise ConfigurationError(
            f"The api_token ({source}) holds {wrong}.", hint="Copy the whole key, and nothing but the key."
        )
    return Secret(text)


def _name(value: Any, source: str) -> str:
    if not isinstance(value, str) or not value.isprintable():
        raise ConfigurationError(f"The name ({source}) is not printable text.")
    return value


_CHECKS: Final = {"url": _url, "path": _path, "api_token": _api_token, "workspace": _name, "profile": _name}
