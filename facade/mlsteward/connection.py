"""Where to, as whom; and the one way out.

Every call of every resource is `connection.call(operation, ...)`, where `operation` is a module of the
generated API client. The generated code builds the request and reads the answer; what it takes for
its client is ours. So it never sees an API key, and an answer that says no is an exception before it
gets there.

A `Connection` can be shared by threads, an `AsyncConnection` by the tasks of one event loop.
"""

import copy
import logging
import platform
import time
import uuid
from collections.abc import Awaitable, Callable, Mapping
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, Protocol, Self, TypeVar, cast

import httpx

from mlsteward._types import NOT_GIVEN
from mlsteward._version import __version__
from mlsteward.config import API_ROOT, Config, resolve
from mlsteward.embedded import EmbeddedApp, WSGIApp, open_app
from mlsteward.errors import APIError, ConfigurationError, InvalidArgument, StewardError, TransportError
from mlsteward.secret import Secret, redact
from mlsteward.transport import answers
from mlsteward.transport.inprocess import AsyncInProcessTransport, InProcessTransport
from mlsteward.transport.network import AsyncClientTransport, ClientTransport, Route
from mlsteward.transport.retry import AsyncRetryTransport, RetryPolicy, RetryTransport
from mlsteward.transport.wire import Answer, Origin, Target, WireRequest, answer_of, encode_json, encode_target

if TYPE_CHECKING:
    import ssl

    from mlsteward_api.models.problem import Problem
    from mlsteward_api.types import Response

T = TypeVar("T")

DEFAULT_TIMEOUT: Final = 30.0
CONNECT_TIMEOUT: Final = 5.0
LONGEST_IDEMPOTENCY_KEY: Final = 255

_IN_PROCESS: Final = "http://localhost"
_READS: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_USER_AGENT: Final = f"mlsteward/{__version__} python/{platform.python_version()}"
_COMMON_HEADERS: Final = (
    ("Accept", "application/json, application/problem+json, */*;q=0.1"),
    ("Accept-Encoding", "gzip, deflate"),
    ("User-Agent", _USER_AGENT),
)

Refine = Mapping[str, type[APIError]]
"""Codes that mean something narrower in one operation, such as `{"forbidden": AccessRevokedOnDeletion}`."""

logger = logging.getLogger("mlsteward")


class Operation(Protocol[T]):
    """A module of the generated API client."""

    @property
    def sync_detailed(self) -> "Callable[..., Response[T | Problem]]": ...

    @property
    def asyncio_detailed(self) -> "Callable[..., Awaitable[Response[T | Problem]]]": ...


class _Lifetime:
    """What connections that share a transport have in common."""

    __slots__ = ("app", "closed")

    def __init__(self) -> None:
        self.app: EmbeddedApp | None = None
        self.closed = False


class _Base:
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
        self._timeouts = _timeouts(timeout)
        self._is_owner = True
        self._lifetime = _Lifetime()
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


class _Call:
    """One call, as the client that generated code asks for. Its subclasses send."""

    __slots__ = ("_began", "_connection", "_key", "_refine", "_timeout", "answer", "label")

    raise_on_unexpected_status = False

    def __init__(self, connection: _Base, refine: Refine | None, key: str | None, timeout: float | None) -> None:
        if connection._lifetime.closed:
            raise TransportError("The connection is closed.")
        if key is not None and not (key.isascii() and key.isprintable() and " " not in key and len(key) in _KEY_SIZES):
            raise InvalidArgument(
                f"The idempotency_key must be 1 to {LONGEST_IDEMPOTENCY_KEY} printable ASCII characters, no spaces."
            )
        self._connection = connection
        self._refine = refine
        self._key = key
        self._timeout = timeout
        self._began = 0.0
        self.answer: Answer | None = None
        self.label = ""

    def build(
        self,
        method: str,
        url: str,
        params: Mapping[str, Any] | None,
        json: object,
        content: bytes | None,
        headers: Mapping[str, str] | None,
    ) -> WireRequest:
        """The request, ready to be sent."""
        connection = self._connection
        method = method.upper()
        sent = connection._headers.copy()
        if headers:
            for name, value in headers.items():
                sent[name] = value
        body = b""
        if json is not NOT_GIVEN:
            body = encode_json(json)
            sent["Content-Type"] = "application/json"
        elif content is not None:
            body = content
        if method not in _READS:
            sent["Content-Length"] = str(len(body))
            # Made once: whatever is sent again is sent under the same key.
            if self._key is not None:
                sent["Idempotency-Key"] = self._key
            elif connection._is_remote and "idempotency-key" not in sent:
                sent["Idempotency-Key"] = str(uuid.uuid4())
        timeouts = connection._timeouts if self._timeout is None else _timeouts(self._timeout)
        self.label = f"{method} {API_ROOT}{url}"
        target = Target(connection._origin, encode_target(connection._root, url, params))
        if logger.isEnabledFor(logging.DEBUG):
            self._began = time.perf_counter()
        return WireRequest(method, target, sent, body, {"timeout": timeouts})

    def receive(self, request: WireRequest, response: httpx.Response) -> Answer:
        """The answer, if it is one of success.

        Raises:
            APIError: It is not.
        """
        answer = answer_of(response)
        if self._began:
            self._log(request, str(answer.status_code), answer.headers.get("x-request-id", "-"))
        if answer.status_code >= 300:
            refusal = answers.refusal(answer, self.label, self._connection.retry.clock.time(), self._refine)
            if answer.status_code == 401:
                refusal.hint = " ".join(filter(None, (refusal.hint, self._connection._about_key())))
            raise refusal
        self.answer = answer
        return answer

    def lost(self, request: WireRequest, error: httpx.HTTPError) -> StewardError:
        """The exception for a request without an answer."""
        if self._began:
            self._log(request, type(error).__name__, "-")
        return answers.no_answer(error, self.label, self._connection._origin.text)

    def failure(self, error: Exception) -> StewardError | None:
        """The exception for what generated code raised; None where it is a defect of ours."""
        if self.answer is not None:
            return answers.unreadable(error, self.answer, self.label)
        if isinstance(error, UnicodeError):
            return InvalidArgument("A text holds characters that cannot be sent.")
        if isinstance(error, ValueError):
            return InvalidArgument(redact(str(error)))
        return None

    def _log(self, request: WireRequest, outcome: str, request_id: str) -> None:
        milliseconds = (time.perf_counter() - self._began) * 1000
        path = redact(request.url.raw_path.decode("ascii"))
        logger.debug("%s %s %s %.1f ms %s", request.method, path, outcome, milliseconds, request_id)


_KEY_SIZES: Final = range(1, LONGEST_IDEMPOTENCY_KEY + 1)


class _SyncCall(_Call):
    __slots__ = ()

    _connection: "Connection"

    def get_httpx_client(self) -> Self:
        return self

    def request(
        self,
        method: str,
        url: str,
        *,
        params: Mapping[str, Any] | None = None,
        json: object = NOT_GIVEN,
        content: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        request = self.build(method, url, params, json, content, headers)
        try:
            return self.receive(request, self._connection._transport.handle_request(request))
        except httpx.HTTPError as error:
            raise self.lost(request, error) from error


class _AsyncCall(_Call):
    __slots__ = ()

    _connection: "AsyncConnection"

    def get_async_httpx_client(self) -> Self:
        return self

    async def request(
        self,
        method: str,
        url: str,
        *,
        params: Mapping[str, Any] | None = None,
        json: object = NOT_GIVEN,
        content: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        request = self.build(method, url, params, json, content, headers)
        try:
            return self.receive(request, await self._connection._transport.handle_async_request(request))
        except httpx.HTTPError as error:
            raise self.lost(request, error) from error


class Connection(_Base):
    """A way to a server, as somebody. Threads can share it.

    Args:
        config: Where to and as whom; what `mlsteward.config.resolve()` finds where it is None.
        app: A server inside this process that is open already, used in place of what `config` names.
            It stays the caller's: it is not closed with the connection.
        http_client: An httpx client of the caller's own to send with. It is not closed either, and
            has proxy, TLS settings and limits of its own.
        timeout: Seconds to wait for each step of a request; connecting never takes more than 5.
        retry: How often and how long to try again.
        proxy: The URL of a proxy; None to ask the environment.
        trust_env: Whether the environment is asked for a proxy.
        ssl_context: TLS settings other than those of this process.
        limits: Of the pool of connections.

    Raises:
        ConfigurationError: What was given cannot be used, or the server inside this process is asked
            for but not installed.
    """

    def __init__(
        self,
        config: Config | None = None,
        *,
        app: EmbeddedApp | None = None,
        http_client: httpx.Client | None = None,
        timeout: float = DEFAULT_TIMEOUT,
        retry: RetryPolicy | None = None,
        proxy: str | None = None,
        trust_env: bool = True,
        ssl_context: "ssl.SSLContext | None" = None,
        limits: httpx.Limits | None = None,
    ) -> None:
        super().__init__(config, is_served=app is not None, timeout=timeout, retry=retry)
        inner: httpx.BaseTransport
        if not self._is_remote:
            self._refuse_client(http_client)
            inner = InProcessTransport(self._serve(app), local=True)
        elif http_client is not None:
            inner = ClientTransport(http_client)
        else:
            inner = Route(self._origin, proxy=proxy, trust_env=trust_env, context=ssl_context, limits=limits).open()
        self._transport = RetryTransport(inner, self.retry)

    def call(
        self,
        operation: Operation[T],
        /,
        *args: object,
        refine: Refine | None = None,
        idempotency_key: str | None = None,
        timeout: float | None = None,
        **kwargs: object,
    ) -> T:
        """Carry out one operation.

        Args:
            operation: A module of the generated client, such as `api.projects.get_project`.
            *args: What its path names.
            refine: Codes that mean something narrower here.
            idempotency_key: For a write that is to be carried out once however often it is asked for;
                made up where it is None.
            timeout: Seconds to wait for each step, in place of the connection's.
            **kwargs: Its query and `body`. What is None is left out.

        Returns:
            What the operation promises, as a generated model; None where it answers with nothing.

        Raises:
            APIError: The server refused or failed.
            TransportError: There was no answer.
            ResponseParsingError: The answer cannot be read.
            InvalidArgument: An argument cannot be sent.
        """
        call = _SyncCall(self, refine, idempotency_key, timeout)
        return cast(T, self._run(operation, call, args, kwargs).parsed)

    def call_page(
        self,
        operation: Operation[T],
        /,
        *args: object,
        refine: Refine | None = None,
        timeout: float | None = None,
        **kwargs: object,
    ) -> tuple[T, str | None]:
        """Read one page of a list: `call`, together with the cursor of the next page, None on the last."""
        call = _SyncCall(self, refine, None, timeout)
        response = self._run(operation, call, args, kwargs)
        return cast(T, response.parsed), answers.next_cursor(response.headers.get("link"), call.label)

    def _run(
        self, operation: Operation[T], call: _SyncCall, args: tuple[object, ...], kwargs: Mapping[str, object]
    ) -> "Response[T | Problem]":
        try:
            return operation.sync_detailed(*args, client=call, **_without_none(kwargs))
        except StewardError:
            raise
        except Exception as error:
            failure = call.failure(error)
            if failure is None:
                raise
            raise failure from error

    def close(self) -> None:
        """Give back what is held: sockets, and the data of a server that was opened here."""
        if self._is_owner and not self._lifetime.closed:
            self._lifetime.closed = True
            self._transport.close()
            if self._lifetime.app is not None:
                self._lifetime.app.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()


class AsyncConnection(_Base):
    """A way to a server, as somebody. The tasks of one event loop can share it.

    Opening a server inside this process takes a moment and happens at once, in the constructor;
    calls to it run in worker threads. See `Connection` for the arguments.

    Raises:
        ConfigurationError: What was given cannot be used, or the server inside this process is asked
            for but not installed.
    """

    def __init__(
        self,
        config: Config | None = None,
        *,
        app: EmbeddedApp | None = None,
        http_client: httpx.AsyncClient | None = None,
        timeout: float = DEFAULT_TIMEOUT,
        retry: RetryPolicy | None = None,
        proxy: str | None = None,
        trust_env: bool = True,
        ssl_context: "ssl.SSLContext | None" = None,
        limits: httpx.Limits | None = None,
    ) -> None:
        super().__init__(config, is_served=app is not None, timeout=timeout, retry=retry)
        inner: httpx.AsyncBaseTransport
        if not self._is_remote:
            self._refuse_client(http_client)
            inner = AsyncInProcessTransport(self._serve(app), local=True)
        elif http_client is not None:
            inner = AsyncClientTransport(http_client)
        else:
            route = Route(self._origin, proxy=proxy, trust_env=trust_env, context=ssl_context, limits=limits)
            inner = route.open_async()
        self._transport = AsyncRetryTransport(inner, self.retry)

    async def call(
        self,
        operation: Operation[T],
        /,
        *args: object,
        refine: Refine | None = None,
        idempotency_key: str | None = None,
        timeout: float | None = None,
        **kwargs: object,
    ) -> T:
        """Carry out one operation, see `Connection.call`."""
        call = _AsyncCall(self, refine, idempotency_key, timeout)
        return cast(T, (await self._run(operation, call, args, kwargs)).parsed)

    async def call_page(
        self,
        operation: Operation[T],
        /,
        *args: object,
        refine: Refine | None = None,
        timeout: float | None = None,
        **kwargs: object,
    ) -> tuple[T, str | None]:
        """Read one page of a list, see `Connection.call_page`."""
        call = _AsyncCall(self, refine, None, timeout)
        response = await self._run(operation, call, args, kwargs)
        return cast(T, response.parsed), answers.next_cursor(response.headers.get("link"), call.label)

    async def _run(
        self, operation: Operation[T], call: _AsyncCall, args: tuple[object, ...], kwargs: Mapping[str, object]
    ) -> "Response[T | Problem]":
        try:
            return await operation.asyncio_detailed(*args, client=call, **_without_none(kwargs))
        except StewardError:
            raise
        except Exception as error:
            failure = call.failure(error)
            if failure is None:
                raise
            raise failure from error

    async def aclose(self) -> None:
        """Give back what is held: sockets, and the data of a server that was opened here."""
        if self._is_owner and not self._lifetime.closed:
            self._lifetime.closed = True
            await self._transport.aclose()
            if self._lifetime.app is not None:
                self._lifetime.app.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.aclose()


def _without_none(kwargs: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in kwargs.items() if value is not None and value is not NOT_GIVEN}


def _timeouts(timeout: float) -> dict[str, float]:
    if not 0 < timeout < float("inf"):
        raise InvalidArgument("The timeout must be a number of seconds above 0.")
    return {"connect": min(CONNECT_TIMEOUT, timeout), "read": timeout, "write": timeout, "pool": timeout}
