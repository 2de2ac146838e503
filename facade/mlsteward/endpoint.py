"""Where requests go, as whom they are made, and how long they may take."""

import os
import sys
from collections.abc import Callable, Mapping
from typing import Any, Final, NoReturn, Self

import httpx

from mlsteward._api_version import API_VERSION
from mlsteward._notices import warn_once
from mlsteward._tracing import find_tracing
from mlsteward._version import __version__
from mlsteward.config import Config, resolve
from mlsteward.config.vendors import warn_of_unused
from mlsteward.embedded import EmbeddedApp, WSGIApp, data_file, open_app
from mlsteward.errors import ConfigurationError, InvalidArgument
from mlsteward.protocol import API_ROOT, API_VERSION_HEADER, authorization, version_warning
from mlsteward.redaction import Secret
from mlsteward.transport.network import is_loopback
from mlsteward.transport.retry import RetryPolicy
from mlsteward.transport.wire import Origin

CONNECT_TIMEOUT: Final = 5.0
ALLOW_HTTP: Final = "MLSTEWARD_ALLOW_HTTP"
"""The variable that allows unencrypted connections without a warning."""

DEFAULT_PORTS: Final = {b"http": 80, b"https": 443}
_IN_PROCESS: Final = "http://localhost"
_USER_AGENT: Final = f"mlsteward/{__version__} python/{'.'.join(map(str, sys.version_info[:3]))}"
_COMMON_HEADERS: Final = (
    ("Accept", "application/json, application/problem+json, */*;q=0.1"),
    ("Accept-Encoding", "gzip, deflate"),
    ("User-Agent", _USER_AGENT),
)


class Lifetime:
    """The state that connections with the same transport share.

    Attributes:
        app: The server inside this process, if it was opened by the connection.
        closed: Whether the transport is closed.
        is_compared: Whether the version of the server was looked at.
        observe: Called with the request, the status and the headers of each response, if somebody asked for it.
    """

    __slots__ = ("app", "closed", "is_compared", "observe")

    def __init__(self) -> None:
        self.app: EmbeddedApp | None = None
        self.closed = False
        self.is_compared = False
        self.observe: Callable[[str, int, Mapping[str, str]], None] | None = None


class Endpoint:
    """The state of a connection that calls read, for both kinds of connections.

    Attributes:
        config: Where to send requests, and as whom.
        retry: How often and how long to try again.
        timeout: Seconds to wait for each step of a request.
        timeouts: The same, as httpx has it.
        origin: The server.
        root: The path that all paths of the API are under.
        headers: The headers of every request.
        is_remote: Whether the server is outside this process.
        is_owner: Whether closing this connection closes the transport.
        lifetime: Shared with every connection made by `as_token`.
        tracing: Makes a span of each call. None if the program does not use OpenTelemetry.
        trials: The changes that writes would have made, as they arrived; None if writes are carried out.
    """

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
        self.timeouts = as_timeouts(timeout)
        self.is_owner = True
        self.lifetime = Lifetime()
        self.trials: list[dict[str, Any]] | None = None
        url = None if is_served else self.config.url
        self.is_remote = url is not None
        self.origin = Origin(url or _IN_PROCESS)
        if url is not None:
            _warn_of_plain_http(self.origin)
        self.root = self.origin.root + API_ROOT.encode("ascii")
        self.headers = self._make_headers()
        port = self.origin.port or DEFAULT_PORTS[self.origin.scheme]
        self.tracing = find_tracing(self.origin.host.decode("ascii"), port, API_ROOT)

    @property
    def workspace(self) -> str | None:
        """The default workspace."""
        return self.config.workspace

    def as_token(self, api_token: str | Secret) -> Self:
        """The same connection under another API key: it shares the pool, and costs next to nothing.

        Closing it does nothing; it ends with the connection it was made from.

        Args:
            api_token: The API key.

        Raises:
            ConfigurationError: The text cannot be a key.
        """
        other = self._borrowed()
        other.config = self.config.with_api_token(api_token)
        other.headers = other._make_headers()
        return other

    def as_dry_run(self) -> Self:
        """The same connection, whose writes change nothing. What they would change is collected in `trials`.

        Closing it does nothing; it ends with the connection it was made from.
        """
        other = self._borrowed()
        other.trials = []
        return other

    def _borrowed(self) -> Self:
        """A copy that does not close what it uses."""
        other = type(self).__new__(type(self))
        vars(other).update(vars(self))
        other.is_owner = False
        return other

    def _serve(self, app: EmbeddedApp | None) -> WSGIApp:
        """The application inside this process. If it is opened here, it is closed with the connection."""
        if app is None:
            if self.config.path is None:
                warn_of_unused(data_file())
            app = self.lifetime.app = open_app(self.config.path)
        return app.wsgi

    @staticmethod
    def _refuse_client(http_client: object) -> None:
        if http_client is not None:
            raise ConfigurationError(
                "An http_client cannot be used: the server runs inside this process.",
                hint="Name a server with url= or MLSTEWARD_URL.",
            )

    @property
    def about_key(self) -> str:
        """Where the API key came from, in words."""
        if self.config.api_token is None:
            return "No API key is configured; give one as api_token= or MLSTEWARD_API_TOKEN."
        return f"The API key in use came from: {self.config.source('api_token')}."

    def compare_version(self, headers: Mapping[str, str]) -> None:
        """Warn once of a server whose version does not go with that of this client.

        Args:
            headers: Of its first answer, looked up in lower case.
        """
        self.lifetime.is_compared = True
        warning = version_warning(headers.get(API_VERSION_HEADER))
        if warning is not None:
            warn_once(f"version of {self.origin.text}", warning)

    def _make_headers(self) -> httpx.Headers:
        headers = [("Host", self.origin.host_header.decode("ascii")), *_COMMON_HEADERS]
        headers.append((API_VERSION_HEADER, API_VERSION))
        token = self.config.api_token
        if token is not None:
            headers.append(authorization(token.reveal()))
        return httpx.Headers(headers)

    def __reduce__(self) -> NoReturn:
        raise TypeError(
            "A client of mlsteward cannot be pickled or deep-copied: it holds connections and an API key. "
            "Open one where it is needed; as_account() makes one for another account."
        )

    def __repr__(self) -> str:
        where = self.origin.text if self.is_remote else "inside this process"
        return f"<{type(self).__name__} {where}, {self.config!r}>"


def _warn_of_plain_http(origin: Origin) -> None:
    """Warn once for each host to which an API key would be sent unencrypted."""
    host = origin.host.decode("ascii")
    if origin.scheme != b"http" or is_loopback(host) or os.environ.get(ALLOW_HTTP):
        return
    warn_once(
        f"http://{host}",
        f"The connection to {origin.text} is not encrypted: others on the network can read the API key and the data. "
        f"Use https://, or set {ALLOW_HTTP}=1 if the network is trusted.",
    )


def as_timeouts(timeout: float) -> dict[str, float]:
    """The timeouts of a request, in seconds, as httpx has them.

    Raises:
        InvalidArgument: It is not a positive number of seconds.
    """
    if not 0 < timeout < float("inf"):
        raise InvalidArgument("The timeout must be a number of seconds above 0.")
    return {"connect": min(CONNECT_TIMEOUT, timeout), "read": timeout, "write": timeout, "pool": timeout}
