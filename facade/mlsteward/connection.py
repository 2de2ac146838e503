"""A connection: where to send requests, as whom, and the one way to send them.

Every call of every resource is `connection.call(operation, ...)`, where `operation` is a module of the
generated API client. The generated code builds the request and reads the answer; the client it gets
is ours. So it never sees an API key, and a refusal is an exception before it gets there. Bodies that
are too large for memory go through `upload` and `stream`.

A `Connection` can be shared by threads, an `AsyncConnection` by the tasks of one event loop.
"""

from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager, AbstractContextManager
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, Protocol, Self, TypeVar, cast

import httpx

from mlsteward._types import NOT_GIVEN
from mlsteward.call import AsyncCall, SyncCall
from mlsteward.config import Config
from mlsteward.embedded import EmbeddedApp
from mlsteward.endpoint import Endpoint
from mlsteward.errors import StewardError
from mlsteward.transport import answers
from mlsteward.transport.bodies import UploadContent, UploadStream
from mlsteward.transport.inprocess import AsyncInProcessTransport, InProcessTransport
from mlsteward.transport.network import AsyncClientTransport, ClientTransport, Route
from mlsteward.transport.retry import AsyncRetryTransport, RetryPolicy, RetryTransport
from mlsteward.transport.streams import AsyncStreamedAnswer, StreamedAnswer

if TYPE_CHECKING:
    import ssl

    from mlsteward_api.models.problem import Problem
    from mlsteward_api.types import Response

T = TypeVar("T")

DEFAULT_TIMEOUT: Final = 30.0


class Operation(Protocol[T]):
    """A module of the generated API client."""

    @property
    def _get_kwargs(self) -> "Callable[..., dict[str, Any]]": ...

    @property
    def sync_detailed(self) -> "Callable[..., Response[T | Problem]]": ...

    @property
    def asyncio_detailed(self) -> "Callable[..., Awaitable[Response[T | Problem]]]": ...


class Connection(Endpoint):
    """A way to a server, as somebody. Threads can share it.

    Args:
        config: Where to send requests, and as whom (default: what `mlsteward.config.resolve()` returns).
        app: An open server inside this process, used instead of the one in `config`.
            It is not closed with the connection.
        http_client: An httpx client to send with. Its own proxy, TLS settings and limits apply. It is not
            closed either.
        timeout: Seconds to wait for each step of a request; connecting never takes more than 5.
        retry: How often and how long to try again.
        proxy: The URL of a proxy (default: that of the environment, if any).
        trust_env: Whether the environment can name a proxy.
        ssl_context: TLS settings (default: those of this process).
        limits: The limits of the connection pool.

    Raises:
        ConfigurationError: An argument cannot be used, or the server is to run inside this process but is
            not installed.
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
        if not self.is_remote:
            self._refuse_client(http_client)
            inner = InProcessTransport(self._serve(app), local=True)
        elif http_client is not None:
            inner = ClientTransport(http_client)
        else:
            inner = Route(self.origin, proxy=proxy, trust_env=trust_env, context=ssl_context, limits=limits).open()
        self._transport = RetryTransport(inner, self.retry)

    def call(
        self,
        operation: Operation[T],
        /,
        *args: object,
        idempotency_key: str | None = None,
        timeout: float | None = None,
        **kwargs: object,
    ) -> T:
        """Carry out one operation.

        Args:
            operation: A module of the generated client, such as `api.projects.get_project`.
            *args: What its path names.
            idempotency_key: The server carries out a write once for each key, however often it is sent
                (default: a new key).
            timeout: Seconds to wait for each step (default: that of the connection).
            **kwargs: Its query and `body`. Arguments that are None are left out.

        Returns:
            The answer, as a generated model; None if the operation has no answer.

        Raises:
            APIError: The server refused or failed.
            TransportError: There was no answer.
            ResponseParsingError: The answer cannot be read.
            InvalidArgument: An argument cannot be sent.
        """
        call = SyncCall(self._transport, self, idempotency_key, timeout)
        return cast(T, self._run(operation, call, args, kwargs).parsed)

    def call_page(
        self,
        operation: Operation[T],
        /,
        *args: object,
        timeout: float | None = None,
        **kwargs: object,
    ) -> tuple[T, str | None]:
        """Read one page of a list: `call`, together with the cursor of the next page, None on the last."""
        call = SyncCall(self._transport, self, None, timeout)
        response = self._run(operation, call, args, kwargs)
        return cast(T, response.parsed), answers.next_cursor(response.headers.get("link"), call.label)

    def call_total(
        self, operation: Operation[T], /, *args: object, timeout: float | None = None, **kwargs: object
    ) -> int:
        """Ask for the length of a list, without reading the list."""
        call = SyncCall(self._transport, self, None, timeout)
        response = self._run(operation, call, args, {**kwargs, "limit": 1, "total": True})
        return answers.total_count(response.headers.get("x-total-count"), call.label)

    def upload(
        self,
        operation: Operation[T],
        content: UploadContent,
        /,
        *args: object,
        idempotency_key: str | None = None,
        timeout: float | None = None,
        **kwargs: object,
    ) -> T:
        """Carry out an operation whose body is a file. It is read while it is sent, 256 KiB at a time.

        Args:
            operation: A module of the generated client that takes `application/octet-stream`.
            content: Bytes, the path of a file, or a function that returns a binary file or an iterator of bytes. A
                function is called for each attempt, and what it returns is closed.
            *args: The parts of its path.
            idempotency_key: A write is carried out only once, however often it is sent with the same key.
            timeout: Seconds to wait for each step (default: that of the connection).
            **kwargs: Its query. Arguments that are None are left out.

        Raises:
            OSError: The file does not exist, or cannot be read.
            InvalidArgument: The content cannot be opened again.
        """
        call = SyncCall(self._transport, self, idempotency_key, timeout)
        body = UploadStream(content)
        try:
            return cast(T, self._run(operation, call, args, {**kwargs, "body": _file(body)}).parsed)
        finally:
            body.close()

    def stream(
        self,
        operation: Operation[T],
        /,
        *args: object,
        timeout: float | None = None,
        headers: Mapping[str, str] | None = None,
        **kwargs: object,
    ) -> AbstractContextManager[StreamedAnswer]:
        """Carry out an operation and read its answer in parts, in a `with` block.

            with connection.stream(get_snapshot, snapshot=id) as answer:
                answer.save("snapshot.bin")

        The answer may have any size. What holds a connection is given back at the end of the block, also if the body
        was not read to its end. A request that is refused, or gets no answer, is tried again as every other one; a
        body that breaks off is not.

        Args:
            operation: A module of the generated client.
            *args: The parts of its path.
            timeout: Seconds to wait for each step (default: that of the connection).
            headers: Further headers, such as `Accept`.
            **kwargs: Its query and `body`. Arguments that are None are left out.

        Raises:
            APIError: The server refused or failed.
            TransportError: There was no answer.
        """
        call = SyncCall(self._transport, self, None, timeout)
        return call.stream(**_request_of(operation, args, kwargs, headers))

    def _run(
        self, operation: Operation[T], call: SyncCall, args: tuple[object, ...], kwargs: Mapping[str, object]
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
        """Close sockets, and the data of a server that was opened here."""
        if self.is_owner and not self.lifetime.closed:
            self.lifetime.closed = True
            self._transport.close()
            if self.lifetime.app is not None:
                self.lifetime.app.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()


class AsyncConnection(Endpoint):
    """A way to a server, as somebody. The tasks of one event loop can share it.

    Opening a server inside this process takes a moment and happens at once, in the constructor;
    calls to it run in worker threads. See `Connection` for the arguments.

    Raises:
        ConfigurationError: An argument cannot be used, or the server is to run inside this process but is
            not installed.
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
        if not self.is_remote:
            self._refuse_client(http_client)
            inner = AsyncInProcessTransport(self._serve(app), local=True)
        elif http_client is not None:
            inner = AsyncClientTransport(http_client)
        else:
            route = Route(self.origin, proxy=proxy, trust_env=trust_env, context=ssl_context, limits=limits)
            inner = route.open_async()
        self._transport = AsyncRetryTransport(inner, self.retry)

    async def call(
        self,
        operation: Operation[T],
        /,
        *args: object,
        idempotency_key: str | None = None,
        timeout: float | None = None,
        **kwargs: object,
    ) -> T:
        """Carry out one operation, see `Connection.call`."""
        call = AsyncCall(self._transport, self, idempotency_key, timeout)
        return cast(T, (await self._run(operation, call, args, kwargs)).parsed)

    async def call_page(
        self,
        operation: Operation[T],
        /,
        *args: object,
        timeout: float | None = None,
        **kwargs: object,
    ) -> tuple[T, str | None]:
        """Read one page of a list, see `Connection.call_page`."""
        call = AsyncCall(self._transport, self, None, timeout)
        response = await self._run(operation, call, args, kwargs)
        return cast(T, response.parsed), answers.next_cursor(response.headers.get("link"), call.label)

    async def call_total(
        self, operation: Operation[T], /, *args: object, timeout: float | None = None, **kwargs: object
    ) -> int:
        """Ask for the length of a list, see `Connection.call_total`."""
        call = AsyncCall(self._transport, self, None, timeout)
        response = await self._run(operation, call, args, {**kwargs, "limit": 1, "total": True})
        return answers.total_count(response.headers.get("x-total-count"), call.label)

    async def upload(
        self,
        operation: Operation[T],
        content: UploadContent,
        /,
        *args: object,
        idempotency_key: str | None = None,
        timeout: float | None = None,
        **kwargs: object,
    ) -> T:
        """Carry out an operation whose body is a file, see `Connection.upload`.

        The function may also return an asynchronous iterator.
        """
        call = AsyncCall(self._transport, self, idempotency_key, timeout)
        body = UploadStream(content)
        try:
            return cast(T, (await self._run(operation, call, args, {**kwargs, "body": _file(body)})).parsed)
        finally:
            await body.aclose()

    def stream(
        self,
        operation: Operation[T],
        /,
        *args: object,
        timeout: float | None = None,
        headers: Mapping[str, str] | None = None,
        **kwargs: object,
    ) -> AbstractAsyncContextManager[AsyncStreamedAnswer]:
        """Carry out an operation and read its answer in parts, in an `async with` block. See `Connection.stream`."""
        call = AsyncCall(self._transport, self, None, timeout)
        return call.stream(**_request_of(operation, args, kwargs, headers))

    async def _run(
        self, operation: Operation[T], call: AsyncCall, args: tuple[object, ...], kwargs: Mapping[str, object]
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
        """Close sockets, and the data of a server that was opened here."""
        if self.is_owner and not self.lifetime.closed:
            self.lifetime.closed = True
            await self._transport.aclose()
            if self.lifetime.app is not None:
                self.lifetime.app.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.aclose()


def _without_none(kwargs: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in kwargs.items() if value is not None and value is not NOT_GIVEN}


def _file(body: UploadStream) -> Any:
    """A body as generated code takes it."""
    from mlsteward_api.types import File

    return File(payload=cast(Any, body))


def _request_of(
    operation: Operation[T], args: tuple[object, ...], kwargs: Mapping[str, object], headers: Mapping[str, str] | None
) -> dict[str, Any]:
    """The parts of a request. Generated code builds it and would read the whole answer, so only that half is used."""
    parts: dict[str, Any] = operation._get_kwargs(*args, **_without_none(kwargs))
    # An answer that is compressed on the way could not say how long it is.
    parts["headers"] = {"Accept-Encoding": "identity", **(parts.get("headers") or {}), **(headers or {})}
    return parts
