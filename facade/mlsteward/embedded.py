"""The server inside this process."""

import logging
from collections.abc import Callable, Iterable
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any, Protocol, cast

from mlsteward.errors import ConfigurationError
from mlsteward.redaction import redact

if TYPE_CHECKING:
    from pathlib import Path

logger = logging.getLogger("mlsteward")

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
        path: The data file; `:memory:` for data that is lost when the app is closed; a `postgresql://` address;
            None for the data file of the user.

    Raises:
        ConfigurationError: The `server` extra is not installed, or the data cannot be used.
    """
    module = _server()
    try:
        opened = module.open_app(path)
        if opened.is_new:
            # Said once for each file. Without a configuration of logging, it is shown on stderr.
            logger.warning("Created the data file %s, a new and empty platform.", opened.database)
        return cast(EmbeddedApp, opened)
    except Exception as error:
        # Errors of the server about its data are for the user; any other is a defect of the server.
        if type(error).__module__.partition(".")[0] != "mlsteward_server":
            raise
        raise ConfigurationError(redact(str(error))) from error


def data_file(path: str | None = None) -> "Path | None":
    """The data file that `open_app` opens; None if the data is in memory or on PostgreSQL.

    Raises:
        ConfigurationError: The `server` extra is not installed.
    """
    return cast("Path | None", _server().data_file(path))


def _server() -> ModuleType:
    # Looked up by name: nothing in the client depends on the server.
    missing = None
    try:
        return import_module("mlsteward_server.process.embedded")
    except ModuleNotFoundError as error:
        if error.name is not None and error.name.startswith("mlsteward_server."):
            raise
        missing = error.name
    # Raised here, where no other exception is under way: what is missing is all there is to say.
    raise ConfigurationError(
        f"Running the server inside this process needs {missing}, which is not installed: "
        "pip install 'mlsteward[server]', or name a server with url= or MLSTEWARD_URL."
    )
