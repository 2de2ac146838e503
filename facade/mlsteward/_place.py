"""What a connection knows before anything is sent: where to, as whom, how long."""

import copy
import platform
from typing import Final, Self

import httpx

from mlsteward._version import __version__
from mlsteward.config import API_ROOT, Config, resolve
from mlsteward.embedded import EmbeddedApp, WSGIApp, open_app
from mlsteward.errors import ConfigurationError, InvalidArgument
from mlsteward.redaction import Secret
from mlsteward.transport.retry import RetryPolicy
from mlsteward.transport.wire import Origin

CONNECT_TIMEOUT: Final = 5.0

_IN_PROCESS: Final = "http://localhost"
_USER_AGENT: Final = f"mlsteward/{__version__} python/{platform.python_version()}"
_COMMON_HEADERS: Final = (
    ("Accept", "application/json, application/problem+json, */*;q=0.1"),
    ("Accept-Encoding", "gzip, deflate"),
    ("User-Agent", _USER_AGENT),
)


class Lifetime:
    """What connections that share a transport have in common."""

    __slots__ = ("app", "closed")

    def __init__(self) -> None:
        self.app: EmbeddedApp | None = None
        self.closed = False


class Place:
    """What both kinds of connections know."""

    def __init__(
        self,
        config: Config | None,
        *,
        is_served: bool,
        timeout: float,
        retry: RetryPolicy | None,
    ) -> None:
        self.config = config if config is not None else resolve()
        self.retry = retry or RetryPolicy()
        self.timeout = timeout
        self._timeouts = as_timeouts(timeout)
        self._is_owner = True
        self._lifetime = Lifetime()
        url = None if is_served else self.config.url
        self._is_remote = url is not None
        self._origin = Origin(url or _IN_PROCESS)
        self._root = self._origin.root + API_ROOT.encode("ascii")
        self._headers = self._make_headers()

    @property
    def workspace(self) -> str | None:
        """The workspace that is meant where none is named."""
        return self.config.workspace

    def as_token(self, api_token: str | Secret) -> Self:
        """The same connection under another API key: it shares the pool, and costs next to nothing.

        Closing it does nothing; it ends with the connection it was made from.

        Args:
            api_token: The API key.

        Raises:
            ConfigurationError: The text cannot be a key.
        """
        other = copy.copy(self)
        other.config = self.config.with_api_token(api_token)
        other._is_owner = False
        other._headers = other._make_headers()
        return other

    def _serve(self, app: EmbeddedApp | None) -> WSGIApp:
        """The application inside this process. What is opened here is closed with the connection."""
        if app is None:
            app = self._lifetime.app = open_app(self.config.path)
        return app.wsgi

    @staticmethod
    def _refuse_client(http_client: object) -> None:
        if http_client is not None:
            raise ConfigurationError(
                "An http_client has nowhere to go: the server runs inside this process.",
                hint="Name a server with url= or MLSTEWARD_URL.",
            )

    def _about_key(self) -> str:
        if self.config.api_token is None:
            return "No API key is configured; give one as api_token= or MLSTEWARD_API_TOKEN."
        return f"The API key in use came from: {self.config.source('api_token')}."

    def _make_headers(self) -> httpx.Headers:
        headers = [("Host", self._origin.host_header.decode("ascii")), *_COMMON_HEADERS]
        token = self.config.api_token
        if token is not None:
            headers.append(("Authorization", f"Bearer {token.reveal()}"))
        return httpx.Headers(headers)

    def __repr__(self) -> str:
        where = self._origin.text if self._is_remote else "inside this process"
        return f"<{type(self).__name__} {where}, {self.config!r}>"


def as_timeouts(timeout: float) -> dict[str, float]:
    """The timeouts of a request, in seconds, as httpx has them.

    Raises:
        InvalidArgument: This is no number of seconds.
    """
    if not 0 < timeout < float("inf"):
        raise InvalidArgument("The timeout must be a number of seconds above 0.")
    return {"connect": min(CONNECT_TIMEOUT, timeout), "read": timeout, "write": timeout, "pool": timeout}
