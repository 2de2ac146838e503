"""The connection that all functions share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlsteward.management import _session

if TYPE_CHECKING:
    from typing import Unpack

    from mlsteward.client import Steward
    from mlsteward.options import StewardOptions

__all__ = [
    "connect",
    "reload_api_connection",
    "test_api_connection",
]


def connect(url: str | None = None, **options: Unpack[StewardOptions]) -> Steward:
    """Choose the server that the functions of this module use.

    For a block, after which everything is as before:

        >>> from mlsteward import management
        >>> with management.connect(path=":memory:") as steward:
        ...     _ = management.create_workspace("ml-team")
        ...     steward.whoami().username
        'local'

    or, without `with`, for the rest of the process, until `close()` of what is returned. A block counts for
    its own thread or task and those that have nothing of their own; for the process there is one answer.

    Args:
        url: The server, such as `https://steward.example.com`.
        options: What `mlsteward.Steward` takes: `api_token`, `workspace`, `path`, `profile`, ...

    Returns:
        A `mlsteward.Steward`.

    Raises:
        ConfigurationError: The configuration is incomplete or not valid.
    """
    from mlsteward.management._connected import Connected

    steward = Connected(url, **options)
    _session.enter_process(steward)
    return steward


def reload_api_connection() -> None:
    """Read the whole configuration again with the next call, and connect to the server it names.

    Environment variables count at once without this; the user's configuration file is read when the
    connection is made, and again after this. A `connect(...)` that is open says itself where to go, and is
    left alone. An in-memory server that only the environment names ends with its connection.

    Example:
        >>> import mlsteward.management as fom
        >>> fom.reload_api_connection()
    """
    _session.reload()


def test_api_connection() -> None:
    """Check that the server answers and knows the caller, and print the result.

    Raises:
        ConnectionFailed: The server cannot be reached.
        Unauthenticated: There is no API key, or it is not valid.
        ConfigurationError: The configuration is incomplete or not valid.

    Example:
        >>> import mlsteward.management as fom
        >>> with fom.connect(path=":memory:"):
        ...     fom.test_api_connection()
        API connection succeeded
    """
    with _session.client(None) as steward:
        steward.whoami()
    print("API connection succeeded")
