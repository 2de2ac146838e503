"""The connection that all functions share."""

from __future__ import annotations

from mlsteward.management import _session


def reload_api_connection() -> None:
    """Look at the whole configuration anew with the next call, and connect to what it says then.

    Environment variables count at once without this; the user's configuration file is read when the
    connection is made, and again after this. A `connect(...)` that is open says itself where to go, and is
    left alone. An in-memory server that only the environment names ends with its connection.

    Example:
        >>> import mlsteward.management as fom
        >>> fom.reload_api_connection()
    """
    _session.reload()


def test_api_connection() -> None:
    """Make sure that the server answers and knows the caller, and print so.

    Raises:
        ConnectionFailed: The server cannot be reached.
        Unauthenticated: There is no API key, or it is not valid.
        ConfigurationError: It is not clear where to go or as whom.

    Example:
        >>> import mlsteward.management as fom
        >>> with fom.connect(path=":memory:"):
        ...     fom.test_api_connection()
        API connection succeeded
    """
    with _session.client(None) as steward:
        steward.whoami()
    print("API connection succeeded")
