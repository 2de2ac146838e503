"""A connection: where to send requests, as whom, and the one way to send them.

Every call of every resource is `connection.call(get_project.request(project=...), read_project)`: generated code says
what is to be sent and how the answer is read, a record says what is made of it. It is sent here, so generated code
never sees an API key, and a refusal is an exception before it gets there. Bodies that are too large for memory go
through `upload` and `stream`.

A `Connection` can be shared by threads, an `AsyncConnection` by the tasks of one event loop.
"""

from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager, AbstractContextManager
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, Self, TypeVar, cast, overload

import httpx

from mlsteward.call import AsyncCall, SyncCall
from mlsteward.config import Config
from mlsteward.embedded import EmbeddedApp
from mlsteward.endpoint import Endpoint
from mlsteward.protocol import JOBS, LISTS, Paging, Waiting, total_count
from mlsteward.transport.bodies import UploadContent, UploadStream
from mlsteward.transport.inprocess import AsyncInProcessTransport, InProcessTransport
from mlsteward.transport.network import AsyncClientTransport, ClientTransport, Route
from mlsteward.transport.retry import AsyncRetryTransport, RetryPolicy, RetryTransport, retry_after
from mlsteward.transport.streams import AsyncStreamedAnswer, StreamedAnswer

if TYPE_CHECKING:
    import ssl

    from mlsteward_api.types import Request

T = TypeVar("T")
R = TypeVar("R")

DEFAULT_TIMEOUT: Final = 30.0

_UNCOMPRESSED: Final = {"Accept-Encoding": "identity"}
"""An answer that is compressed on the way could not say how long it is."""


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

    @overload
    def call(
        self,
        asked: "Request[T]",
        /,
        *,
        idempotency_key: str | None = None,
        if_match: str | None = None,
        timeout: float | None = None,
    ) -> T: ...

    @overload
    def call(
        self,
        asked: "Request[T]",
        read: Callable[[T], R],
        /,
        *,
        idempotency_key: str | None = None,
        if_match: str | None = None,
        timeout: float | None = None,
    ) -> R: ...

    def call(
        self,
        asked: "Request[Any]",
        read: Callable[[Any], Any] | None = None,
        /,
        *,
        idempotency_key: str | None = None,
        if_match: str | None = None,
        timeout: float | None = None,
    ) -> Any:
        """Carry out one operation.

        Args:
            asked: What to send, such as `get_project.request(project="ml-team:nlp")`.
            read: Makes a record of the answer (default: the answer stays a generated model).
            idempotency_key: The server carries out a write once for each key, however often it is sent
                (default: a new key).
            if_match: The version that the object must have for a write to be carried out, from the answer in which it
                was read.
            timeout: Seconds to wait for each step (default: that of the connection).

        Returns:
            The record; None if the operation has no answer.

        Raises:
            APIError: The server refused or failed.
            TransportError: There was no answer.
            ResponseParsingError: The answer cannot be read.
            InvalidArgument: An argument cannot be sent.
        """
        call = SyncCall(self._transport, self, idempotency_key, timeout, if_match)
        return call.read(asked, call.send(asked), read or _as_it_is)

    def call_page(
        self,
        ask: "Callable[..., Request[Any]]",
        read: Callable[[Any], R],
        /,
        *,
        size: int | None,
        cursor: str | None,
        paging: Paging = LISTS,
        timeout: float | None = None,
    ) -> tuple[list[R], str | None]:
        """Read one page of a list.

        Args:
            ask: Makes the request, given the arguments that `paging` has for it.
            read: Makes a record of an item.
            size: Number of items; None leaves it to the server.
            cursor: Where the page starts; None for the first one.
            paging: How the list is paged.
            timeout: Seconds to wait for each step (default: that of the connection).

        Returns:
            The records, and the cursor of the next page, None on the last.
        """
        asked = ask(**paging.page(size, cursor))
        call = SyncCall(self._transport, self, None, timeout)
        answer = call.send(asked)

        def make(found: Any) -> tuple[list[R], str | None]:
            items, following = paging.read(found, answer.headers, call.label)
            return [read(item) for item in items], following

        return call.read(asked, answer, make)

    def call_total(
        self, ask: "Callable[..., Request[Any]]", /, *, paging: Paging = LISTS, timeout: float | None = None
    ) -> int:
        """Ask for the length of a list, without reading the list."""
        call = SyncCall(self._transport, self, None, timeout)
        return total_count(call.send(ask(**paging.count())).headers, call.label)

    def call_accepted(
        self,
        asked: "Request[Any]",
        look: "Callable[[str], Request[T]]",
        read: Callable[[T], R],
        /,
        *,
        waiting: Waiting = JOBS,
        idempotency_key: str | None = None,
        timeout: float | None = None,
    ) -> R:
        """Carry out an operation whose work goes on after its answer.

        Args:
            asked: What to send.
            look: Makes the request that reads a job, given its id.
            read: Makes a record of the job.
            waiting: How the job is found.
            idempotency_key: The work is started once for each key, however often it is sent.
            timeout: Seconds to wait for each step (default: that of the connection).

        Returns:
            The job, as it was when the work was accepted, or soon after.
        """
        call = SyncCall(self._transport, self, idempotency_key, timeout)
        answer = call.send(asked)
        started = waiting.started(answer.headers, call.label)
        if started is None:
            return call.read(asked, answer, read)
        return self.call(look(started), read, timeout=timeout)

    def call_job(
        self, asked: "Request[T]", read: Callable[[T], R], /, *, timeout: float | None = None
    ) -> tuple[R, float]:
        """Look at work that goes on.

        Args:
            asked: Asks for the job.
            read: Makes a record of it.
            timeout: Seconds to wait for each step (default: that of the connection).

        Returns:
            The job, and how many seconds the server asks to wait before the next look; 0 if it does not say.
        """
        call = SyncCall(self._transport, self, None, timeout)
        answer = call.send(asked)
        pause = retry_after(answer.headers, self.retry.clock.time())
        return call.read(asked, answer, read), pause or 0.0

    def upload(
        self,
        ask: "Callable[..., Request[T]]",
        content: UploadContent,
        read: Callable[[T], R],
        /,
        *,
        idempotency_key: str | None = None,
        timeout: float | None = None,
    ) -> R:
        """Carry out an operation whose body is a file. It is read while it is sent, 256 KiB at a time.

        Args:
            ask: Makes the request, given its `body`.
            content: Bytes, the path of a file, or a function that returns a binary file or an iterator of bytes. A
                function is called for each attempt, and what it returns is closed.
            read: Makes a record of the answer.
            idempotency_key: A write is carried out only once, however often it is sent with the same key.
            timeout: Seconds to wait for each step (default: that of the connection).

        Raises:
            OSError: The file does not exist, or cannot be read.
            InvalidArgument: The content cannot be opened again.
        """
        body = UploadStream(content)
        try:
            return self.call(ask(body=_file(body)), read, idempotency_key=idempotency_key, timeout=timeout)
        finally:
            body.close()

    def stream(
        self, asked: "Request[Any]", /, *, timeout: float | None = None, headers: Mapping[str, str] | None = None
    ) -> AbstractContextManager[StreamedAnswer]:
        """Carry out an operation and read its answer in parts, in a `with` block.

            with connection.stream(get_snapshot.request(snapshot=id)) as answer:
                answer.save("snapshot.bin")

        The answer may have any size. What holds a connection is given back at the end of the block, also if the body
        was not read to its end. A request that is refused, or gets no answer, is tried again as every other one; a
        body that breaks off is not.

        Args:
            asked: What to send.
            timeout: Seconds to wait for each step (default: that of the connection).
            headers: Further headers, such as `Accept`.

        Raises:
            APIError: The server refused or failed.
            TransportError: There was no answer.
        """
        call = SyncCall(self._transport, self, None, timeout)
        return call.stream(asked, {**_UNCOMPRESSED, **(headers or {})})

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

    @overload
    async def call(
        self,
        asked: "Request[T]",
        /,
        *,
        idempotency_key: str | None = None,
        if_match: str | None = None,
        timeout: float | None = None,
    ) -> T: ...

    @overload
    async def call(
        self,
        asked: "Request[T]",
        read: Callable[[T], R],
        /,
        *,
        idempotency_key: str | None = None,
        if_match: str | None = None,
        timeout: float | None = None,
    ) -> R: ...

    async def call(
        self,
        asked: "Request[Any]",
        read: Callable[[Any], Any] | None = None,
        /,
        *,
        idempotency_key: str | None = None,
        if_match: str | None = None,
        timeout: float | None = None,
    ) -> Any:
        """Carry out one operation, see `Connection.call`."""
        call = AsyncCall(self._transport, self, idempotency_key, timeout, if_match)
        return call.read(asked, await call.send(asked), read or _as_it_is)

    async def call_page(
        self,
        ask: "Callable[..., Request[Any]]",
        read: Callable[[Any], R],
        /,
        *,
        size: int | None,
        cursor: str | None,
        paging: Paging = LISTS,
        timeout: float | None = None,
    ) -> tuple[list[R], str | None]:
        """Read one page of a list, see `Connection.call_page`."""
        asked = ask(**paging.page(size, cursor))
        call = AsyncCall(self._transport, self, None, timeout)
        answer = await call.send(asked)

        def make(found: Any) -> tuple[list[R], str | None]:
            items, following = paging.read(found, answer.headers, call.label)
            return [read(item) for item in items], following

        return call.read(asked, answer, make)

    async def call_total(
        self, ask: "Callable[..., Request[Any]]", /, *, paging: Paging = LISTS, timeout: float | None = None
    ) -> int:
        """Ask for the length of a list, see `Connection.call_total`."""
        call = AsyncCall(self._transport, self, None, timeout)
        return total_count((await call.send(ask(**paging.count()))).headers, call.label)

    async def call_accepted(
        self,
        asked: "Request[Any]",
        look: "Callable[[str], Request[T]]",
        read: Callable[[T], R],
        /,
        *,
        waiting: Waiting = JOBS,
        idempotency_key: str | None = None,
        timeout: float | None = None,
    ) -> R:
        """Carry out an operation whose work goes on after its answer, see `Connection.call_accepted`."""
        call = AsyncCall(self._transport, self, idempotency_key, timeout)
        answer = await call.send(asked)
        started = waiting.started(answer.headers, call.label)
        if started is None:
            return call.read(asked, answer, read)
        return await self.call(look(started), read, timeout=timeout)

    async def call_job(
        self, asked: "Request[T]", read: Callable[[T], R], /, *, timeout: float | None = None
    ) -> tuple[R, float]:
        """Look at work that goes on, see `Connection.call_job`."""
        call = AsyncCall(self._transport, self, None, timeout)
        answer = await call.send(asked)
        pause = retry_after(answer.headers, self.retry.clock.time())
        return call.read(asked, answer, read), pause or 0.0

    async def upload(
        self,
        ask: "Callable[..., Request[T]]",
        content: UploadContent,
        read: Callable[[T], R],
        /,
        *,
        idempotency_key: str | None = None,
        timeout: float | None = None,
    ) -> R:
        """Carry out an operation whose body is a file, see `Connection.upload`.

        The function may also return an asynchronous iterator.
        """
        body = UploadStream(content)
        try:
            return await self.call(ask(body=_file(body)), read, idempotency_key=idempotency_key, timeout=timeout)
        finally:
            await body.aclose()

    def stream(
        self, asked: "Request[Any]", /, *, timeout: float | None = None, headers: Mapping[str, str] | None = None
    ) -> AbstractAsyncContextManager[AsyncStreamedAnswer]:
        """Carry out an operation and read its answer in parts, in an `async with` block. See `Connection.stream`."""
        call = AsyncCall(self._transport, self, None, timeout)
        return call.stream(asked, {**_UNCOMPRESSED, **(headers or {})})

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


def _as_it_is(found: T) -> T:
    return found


def _file(body: UploadStream) -> Any:
    """A body as generated code takes it."""
    from mlsteward_api.types import File

    return File(payload=cast(Any, body))
