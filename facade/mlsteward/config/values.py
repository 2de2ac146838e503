"""Check the values of settings. Messages say where a value came from. They never show an API key."""

import os
from collections.abc import Callable, Mapping
from typing import Any, Final
from urllib.parse import urlsplit

from mlsteward.errors import ConfigurationError
from mlsteward.protocol import API_ROOT
from mlsteward.redaction import Secret

ARGUMENT: Final = "argument"
"""The source of a value that is given as an argument."""


def checked(name: str, value: Any, source: str) -> Any:
    """A value of a setting in its normal form.

    Args:
        name: The setting.
        value: Its value.
        source: Where the value comes from, in words.

    Raises:
        ConfigurationError: It is not valid.
    """
    # An empty text is an unset variable of the caller's more often than a wish, and falling back
    # would act on another server, or as somebody else.
    if source == ARGUMENT and not (value.reveal() if isinstance(value, Secret) else str(value)):
        raise ConfigurationError(f"The argument {name} is empty.", hint="Leave it out to use the default.")
    return _CHECKS[name](value, source)


def _url(value: Any, source: str) -> str:
    hint = "It looks like https://steward.example.com or http://127.0.0.1:8000."
    if not isinstance(value, str) or any(c.isspace() or not c.isprintable() for c in value):
        raise ConfigurationError(f"The url ({source}) contains spaces or control characters.", hint=hint)
    try:
        parts = urlsplit(value)
        port = parts.port
    except ValueError:
        raise ConfigurationError(f"The url ({source}) is not a URL.", hint=hint) from None
    if parts.username is not None or parts.password is not None or "@" in parts.netloc:
        raise ConfigurationError(
            f"The url ({source}) contains credentials.", hint="Give the API key as api_token or MLSTEWARD_API_TOKEN."
        )
    if parts.scheme.lower() not in {"http", "https"} or not parts.hostname or port == 0:
        raise ConfigurationError(f"The url ({source}) is not an http:// or https:// address.", hint=hint)
    if parts.query or parts.fragment:
        raise ConfigurationError(f"The url ({source}) contains a query or a fragment.", hint=hint)
    root = parts.path.rstrip("/").removesuffix(API_ROOT)
    return f"{parts.scheme.lower()}://{parts.netloc}{root}"


def _path(value: Any, source: str) -> str:
    path = os.fspath(value)
    if not isinstance(path, str) or "\x00" in path:
        raise ConfigurationError(f"The path ({source}) is not the path of a file.")
    scheme, separator, _ = path.partition("://")
    if separator and scheme.lower() in {"http", "https"}:
        raise ConfigurationError(f"The path ({source}) is the address of a server.", hint="Use url= for a server.")
    # The server takes the address of a database here as well.
    return path if separator else os.path.expanduser(path)


def _api_token(value: Any, source: str) -> Secret:
    text = value.reveal() if isinstance(value, Secret) else value
    if not isinstance(text, str):
        raise ConfigurationError(f"The api_token ({source}) is not a string.")
    wrong = "spaces or line breaks" if any(c.isspace() for c in text) else "characters that no API key has"
    if not text.isascii() or not text.isprintable() or " " in text:
        raise ConfigurationError(
            f"The api_token ({source}) contains {wrong}.", hint="Copy the whole key, and only the key."
        )
    return Secret(text)


def _name(value: Any, source: str) -> str:
    if not isinstance(value, str) or not value.isprintable():
        raise ConfigurationError(f"The name ({source}) is not printable text.")
    return value


_CHECKS: Final[Mapping[str, Callable[[Any, str], Any]]] = {
    "url": _url,
    "path": _path,
    "api_token": _api_token,
    "workspace": _name,
    "profile": _name,
}
