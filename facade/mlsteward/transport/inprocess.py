"""A WSGI application in place of a server: no thread, no port, the same code path.

Who calls in-process without an API key acts for the person at the machine. This is told to the
application by a key of the WSGI environ that is not the name of a header (those all start with
`HTTP_`), so that no request from a network can say it.
"""

import io
import sys
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterable, Iterator
from types import TracebackType
from typing import Any, Final, cast
from urllib.parse import unquote_to_bytes

import httpx

from mlsteward._concurrency import from_worker, in_thread, in_worker

LOCAL: Final = "mlsteward.local"
UNUSABLE: Final = "UnusableAfterFork"
"""The name of the exception that an application raises in a process that it cannot serve."""

WSGIApp = Callable[[dict[str, Any], Any], Iterable[bytes]]
_ExcInfo = tuple[type[BaseException], BaseException, TracebackType]


class ApplicationFailed(httpx.TransportError):
    """The application raised an exception, which is the `__cause__`, or stopped before the end."""


class ApplicationUnusable(httpx.TransportError):
    """The application cannot be used in this process."""


class InProcessTransport(httpx.BaseTransport):
    """Runs a WSGI application in the calling thread.

    Timeouts do not apply: there is nobody else to wait for.

    Args:
        app: The application. It is not closed with the transport.
        local: Whether requests without an API key are made by the local user.
        script_name: The path the application is mounted on.
    """

    def __init__(self, app: WSGIApp, *, local: bool = False, script_name: str = "") -> None:
        self._app = app
        self._environ = _Environ(local=local, script_name=script_name)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        body = cast(httpx.SyncByteStream, request.stream)
        if isinstance(body, httpx.ByteStream):
            reader: io.IOBase = io.BytesIO(b"".join(body))
        else:
            reader = io.BufferedReader(_Reader(iter(body)))
        return _run(self._app, self._environ.of(request, reader), _WholeStream)


class AsyncInProcessTransport(httpx.AsyncBaseTransport):
    """Runs a WSGI application in a worker thread, so that it does not block the event loop of asyncio or trio."""

    def __init__(self, app: WSGIApp, *, local: bool = False, script_name: str = "") -> None:
        self._app = app
        self._environ = _Environ(local=local, script_name=script_name)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        body = request.stream
        if isinstance(body, httpx.ByteStream):
            environ = self._environ.of(request, io.BytesIO(b"".join(body)))
            return await in_thread(_run, self._app, environ, _ThreadedStream)
        parts = aiter(cast(httpx.AsyncByteStream, body))
        reader = io.BufferedReader(_Reader(_from_loop(parts)))
        try:
            return await in_worker(_run, self._app, self._environ.of(request, reader), _ThreadedStream)
        finally:
            # The application need not read to the end, and trio wants to know when that is all.
            if isinstance(parts, AsyncGenerator):
                await parts.aclose()


class _Environ:
    """Makes the WSGI environ of requests."""

    def __init__(self, *, local: bool, script_name: str) -> None:
        self._local = local
        self._names: dict[bytes, str | None] = {}
        self._common: dict[str, Any] = {
            "wsgi.version": (1, 0),
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": True,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
            "wsgi.input_terminated": True,
            "SCRIPT_NAME": script_name,
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
        }

    def of(self, request: httpx.Request, reader: io.IOBase) -> dict[str, Any]:
        url = request.url
        path, _, query = url.raw_path.partition(b"?")
        environ = self._common.copy()
        environ["wsgi.input"] = reader
        environ["wsgi.url_scheme"] = scheme = url.raw_scheme.decode("ascii")
        environ["REQUEST_METHOD"] = request.method
        # WSGI has bytes as latin-1 text here: the application decodes them as it sees fit.
        environ["PATH_INFO"] = (unquote_to_bytes(path) if b"%" in path else path).decode("latin-1")
        environ["QUERY_STRING"] = query.decode("latin-1")
        environ["SERVER_NAME"] = url.raw_host.decode("ascii")
        environ["SERVER_PORT"] = str(url.port or (443 if scheme == "https" else 80))
        names = self._names
        for raw_name, raw_value in request.headers.raw:
            try:
                name = names[raw_name]
            except KeyError:
                name = names[raw_name] = _environ_name(raw_name)
            if name is None:
                continue
            value = raw_value.decode("latin-1")
            if name in environ:
                value = f"{environ[name]}{'; ' if name == 'HTTP_COOKIE' else ','}{value}"
            environ[name] = value
        if self._local and "HTTP_AUTHORIZATION" not in environ and "HTTP_X_API_KEY" not in environ:
            environ[LOCAL] = True
        return environ


def _environ_name(raw: bytes) -> str | None:
    name = raw.decode("ascii")
    # In the environ `X_Api_Key` could not be told from `X-Api-Key`; servers drop such names, too.
    if "_" in name:
        return None
    name = name.upper().replace("-", "_")
    return name if name in ("CONTENT_TYPE", "CONTENT_LENGTH") else "HTTP_" + name


def _run(
    app: WSGIApp,
    environ: dict[str, Any],
    stream_of: "Callable[[Iterator[bytes], Callable[[], None]], httpx.SyncByteStream | httpx.AsyncByteStream]",
) -> httpx.Response:
    """Call the application and take its status, its headers and the start of its body."""
    started: list[tuple[str, list[tuple[str, str]]]] = []
    written: list[bytes] = []

    def start_response(
        status: str, headers: list[tuple[str, str]], exc_info: _ExcInfo | None = None
    ) -> Callable[[bytes], None]:
        if exc_info is not None and written:
            raise exc_info[1].with_traceback(exc_info[2])
        started[:] = [(status, headers)]
        return written.append

    result: Iterable[bytes] | None = None
    try:
        result = app(environ, start_response)
        stream: httpx.SyncByteStream | httpx.AsyncByteStream
        if isinstance(result, (list, tuple)):
            stream = httpx.ByteStream(b"".join((*written, *result) if written else result))
            _close(result)
        else:
            # An application may wait with its status until the first part is asked for.
            parts = iter(result)
            first = next(parts, b"")
            while not first and not started:
                first = next(parts)
            stream = stream_of(_chain(written, first, parts), lambda: _close(result))
        status, headers = started[0]
        return httpx.Response(
            int(status[:3]),
            headers=[(name.encode("ascii"), value.encode("latin-1")) for name, value in headers],
            stream=stream,
        )
    except Exception as error:
        _close(result)
        # Of those that are no answers, the application says this one to people.
        if type(error).__name__ == UNUSABLE:
            raise ApplicationUnusable(str(error)) from None
        raise ApplicationFailed(f"the application failed: {type(error).__name__}") from error


def _chain(written: list[bytes], first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield from written
    yield first
    yield from rest


def _close(result: object) -> None:
    close = getattr(result, "close", None)
    if close is not None:
        close()


class _WholeStream(httpx.SyncByteStream):
    """The parts of a body as the application makes them."""

    def __init__(self, parts: Iterator[bytes], close: Callable[[], None]) -> None:
        self._parts = parts
        self._close = close

    def __iter__(self) -> Iterator[bytes]:
        try:
            yield from self._parts
        except Exception as error:
            raise ApplicationFailed(f"the application failed: {type(error).__name__}") from error

    def close(self) -> None:
        self._close()


class _ThreadedStream(httpx.AsyncByteStream):
    """The same, each part made in a worker thread."""

    def __init__(self, parts: Iterator[bytes], close: Callable[[], None]) -> None:
        self._parts = parts
        self._close = close

    async def __aiter__(self) -> AsyncIterator[bytes]:
        try:
            while (part := await in_thread(next, self._parts, None)) is not None:
                yield part
        except Exception as error:
            raise ApplicationFailed(f"the application failed: {type(error).__name__}") from error

    async def aclose(self) -> None:
        await in_thread(self._close)


class _Reader(io.RawIOBase):
    """A body that arrives in parts, as a file."""

    def __init__(self, parts: Iterator[bytes]) -> None:
        self._parts = parts
        self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, target: Any) -> int:
        while not self._rest:
            part = next(self._parts, None)
            if part is None:
                return 0
            self._rest = part
        taken = self._rest[: len(target)]
        self._rest = self._rest[len(taken) :]
        target[: len(taken)] = taken
        return len(taken)


def _from_loop(parts: AsyncIterator[bytes]) -> Iterator[bytes]:
    """The parts of an asynchronous body, for a worker thread that waits for each."""

    async def following() -> bytes | None:
        return await anext(parts, None)

    while (part := from_worker(following)) is not None:
        yield part
