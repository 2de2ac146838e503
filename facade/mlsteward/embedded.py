"""The server inside this process."""

from collections.abc import Callable, Iterable
from importlib import import_module
from typing import Any, Protocol, cast

from mlsteward.errors import ConfigurationError
from mlsteward.redaction import redact

WSGIApp = Callable[[dict[str, Any], Any], Iterable[bytes]]


class EmbeddedApp(Protocol):
    """An open server: a WSGI application over its data."""

    @property
    def wsgi(self) -> WSGIApp:
        """The application."""

    def close(self) -> None:
        """Close its data."""


def open_app(path: str | None = None) -> EmbeddedApp:
    """Open the server on a data file.

    Args:
        path: The data file; `:memory:` for one that is gone with the app; a `postgresql://` address;
            None for the file of the user.

    Raises:
        ConfigurationError: The `server` extra is not installed, or the data cannot be used.
    """
    # Looked up by name: nothing in the client depends on the server.
    try:
        module = import_module("mlsteward_server.process.embedded")
    except ModuleNotFoundError as error:
        if error.name is not None and error.name.startswith("mlsteward_server."):
            raise
        raise ConfigurationError(
            f"Running the server inside this process needs {error.name}, which is not installed: "
            "pip install 'mlsteward[server]', or name a server with url= or MLSTEWARD_URL."
        ) from error
    try:
        return cast(EmbeddedApp, module.open_app(path))
    except Exception as error:
        # What the server says of its data is said to people; anything else is a defect of it.
        if type(error).__module__.partition(".")[0] != "mlsteward_server":
            raise
        raise ConfigurationError(redact(str(error))) from error
