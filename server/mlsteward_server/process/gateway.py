"""The ASGI application in front of the WSGI application. Slow clients wait here, where waiting costs almost nothing.

The application is synchronous and a worker has few threads. So that slow clients cannot hold them, the gateway receives
the whole body before a thread works on the request, and reads the next part of a long answer only after sending the
previous one.

Before it reads a large body, the gateway asks the application whether the body is admitted, with
`mlsteward.admission` in the environ. So callers without access are refused by their headers alone.
"""

from __future__ import annotations

import asyncio
import contextvars
import io
import logging
import re
import sys
import time
from collections.abc import Callable, Coroutine, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple, Protocol
from urllib.parse import unquote_to_bytes

from mlsteward_server.http.answers import problem_answer
from mlsteward_server.http.bodies import ADMISSION, ADMITTED, RECEIVED, Admission, cut_off, too_large
from mlsteward_server.http.failures import problem_of
from mlsteward_server.http.observed import OBSERVED, Observed
from mlsteward_server.problems import Problem
from mlsteward_server.process.tracing import Tracing
from mlsteward_server.spec import Spec
from mlsteward_server.storage.blobs import Blobs, Staging
from mlsteward_server.storage.ids import new_id

SMALL = 64 * 1024
"""Maximum size, in bytes, of a body that is received without asking."""
BATCH = 1024 * 1024
"""Number of bytes of a file to write at a time."""
BODY_SECONDS = 30.0
"""Time limit for a body, in seconds."""
SLOWEST = 16 * 1024
"""Minimum average speed, in bytes per second, of a body that takes longer."""
READ_SECONDS = 60.0
"""Time limit, in seconds, for a client to read one part of an answer."""
MOST_NAMES = 1000
"""Maximum number of header names to cache."""

READS = frozenset({"GET", "HEAD", "OPTIONS"})

WSGIApp = Callable[[dict[str, Any], Any], Iterable[bytes]]
Scope = dict[str, Any]
Receive = Callable[[], Coroutine[Any, Any, dict[str, Any]]]
Send = Callable[[dict[str, Any]], Coroutine[Any, Any, None]]
Headers = list[tuple[str, str]]
Page = Callable[[Scope], Coroutine[Any, Any, "Answer"]]
"""Answers a `GET` of the server itself, such as a probe."""
logger = logging.getLogger("mlsteward.server")


class Answer(NamedTuple):
    """The answer of the application.

    Attributes:
        parts: The body, or an iterator over its parts.
    """

    status: int
    headers: Headers
    parts: bytes | Iterator[bytes]
    close: Callable[[], None] | None = None


class Observer(Protocol):
    """Is told about every request for the application. Called in the event loop, so it must not wait."""

    def begin(self) -> None:
        """A request has arrived."""

    def end(self, observed: Observed) -> None:
        """The request is over."""


class Gateway:
    """An ASGI application that runs a WSGI application in threads.

    Args:
        app: The application.
        spec: The spec, for the titles of problems.
        blobs: The storage of files that are too large for memory.
        threads: Number of requests to run at the same time.
        body_seconds: Time limit for a body, in seconds. Larger bodies get more time.
        pages: What the gateway answers without the application, by path.
        observers: Are told about every request for the application.
        tracing: Makes a span of each of these requests, if it is given.
    """

    def __init__(
        self,
        app: WSGIApp,
        spec: Spec,
        blobs: Blobs | None,
        threads: int,
        *,
        body_seconds: float = BODY_SECONDS,
        pages: Mapping[str, Page] | None = None,
        observers: Sequence[Observer] = (),
        tracing: Tracing | None = None,
    ) -> None:
        self._app = app
        self._spec = spec
        self._blobs = blobs
        self._body_seconds = body_seconds
        self._pages = pages or {}
        self._observers = observers
        self._tracing = tracing
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="request")
        # Writers can wait up to 15 seconds for a lock. Readers never wait, so some threads are reserved for them.
        self._writers = asyncio.Semaphore(max(1, threads - max(1, threads // 4)))
        self._reads_by_post = re.compile(
            "|".join(
                re.escape(spec.base_path) + re.sub(r"\{\w+\}", "[^/]+", operation.path)
                for operation in spec.operations.values()
                if operation.method == "post" and not operation.is_write
            )
        )
        self._names: dict[bytes, str | None] = {}
        self._common: dict[str, Any] = {
            "SCRIPT_NAME": "",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "wsgi.errors": sys.stderr,
            "wsgi.input_terminated": True,
            "wsgi.multiprocess": False,
            "wsgi.multithread": True,
            "wsgi.run_once": False,
            "wsgi.version": (1, 0),
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        page = self._pages.get(scope["path"])
        if page is not None:
            await self._send_page(scope, send, page)
            return
        observed = Observed()
        began = time.perf_counter()
        for observer in self._observers:
            observer.begin()
        try:
            if self._tracing is None:
                await self._handle(scope, receive, send, observed)
            else:
                with self._tracing.span(scope, observed):
                    await self._handle(scope, receive, send, observed)
        finally:
            observed.seconds = time.perf_counter() - began
            for observer in self._observers:
                observer.end(observed)

    async def _handle(self, scope: Scope, receive: Receive, send: Send, observed: Observed) -> None:
        environ = self._environ(scope)
        environ[OBSERVED] = observed
        staging: Staging | None = None
        try:
            if "CONTENT_LENGTH" in environ or "HTTP_TRANSFER_ENCODING" in environ:
                admission = Admission(limit=SMALL)
                refusal = await self._ask(environ, admission)
                if refusal is not None:
                    await self._send(send, refusal, observed, closing=True)
                    return
                if admission.is_file and self._blobs is not None:
                    environ[RECEIVED] = staging = await self._in_thread(self._blobs.stage)
                await self._receive(environ, receive, admission.limit, staging)
            if self._is_read(scope):
                answer = await self._in_thread(self._call, environ)
            else:
                async with self._writers:
                    answer = await self._in_thread(self._call, environ)
        except Exception as error:
            # The gateway raised this error. The application answers its own errors.
            await self._send(send, self._answer_of(error, observed), observed, closing=True)
            return
        finally:
            if staging is not None:
                await self._in_thread(staging.close)
        await self._send(send, answer, observed)

    def _is_read(self, scope: Scope) -> bool:
        """Return whether a request cannot wait for a lock: a GET, or a POST that asks a question."""
        method = scope["method"]
        return method in READS or (method == "POST" and self._reads_by_post.fullmatch(scope["path"]) is not None)

    async def _send_page(self, scope: Scope, send: Send, page: Page) -> None:
        """Answer a request that is not for the application."""
        method = scope["method"]
        if method in ("GET", "HEAD"):
            answer = await page(scope)
        else:
            answer = Answer(405, [("Allow", "GET, HEAD")], b"")
        assert isinstance(answer.parts, bytes)
        headers = [*answer.headers, ("Cache-Control", "no-store"), ("Content-Length", str(len(answer.parts)))]
        # A body that may come is not read.
        closing = any(name in (b"content-length", b"transfer-encoding") for name, _ in scope["headers"])
        content = b"" if method == "HEAD" else answer.parts
        await self._send(send, Answer(answer.status, headers, content), closing=closing)

    # ---- the body of a request

    async def _ask(self, environ: dict[str, Any], admission: Admission) -> Answer | None:
        """Ask whether a body is admitted. Return the refusal, or None. Admits small bodies without asking."""
        declared = environ.get("CONTENT_LENGTH", "")
        if declared.isdecimal() and int(declared) <= SMALL:
            return None
        answer: Answer = await self._in_thread(self._call, {**environ, ADMISSION: admission})
        return None if answer.status == ADMITTED else answer

    async def _receive(self, environ: dict[str, Any], receive: Receive, limit: int, staging: Staging | None) -> None:
        """Read the body of a request into its environ, or into a file.

        Raises:
            Problem: The body is too large, too slow or incomplete.
            BlobError: There is no space for the body.
        """
        clock = asyncio.get_running_loop()
        began, arrived = clock.time(), 0
        received = bytearray()
        try:
            async with asyncio.timeout(self._body_seconds) as deadline:
                more = True
                while more:
                    message = await receive()
                    if message["type"] == "http.disconnect":
                        raise cut_off(arrived)
                    more = message.get("more_body", False)
                    received += message.get("body", b"")
                    arrived += len(message.get("body", b""))
                    if arrived > limit:
                        raise too_large(limit)
                    if staging is not None and (len(received) >= BATCH or not more):
                        await self._in_thread(staging.write, bytes(received))
                        received.clear()
                    deadline.reschedule(began + self._body_seconds + arrived / SLOWEST)
        except TimeoutError:
            raise Problem(
                "request_timeout",
                f"The body took too long: only {arrived} bytes arrived in time.",
                "Use a faster connection, or send less in one request.",
            ) from None
        environ["wsgi.input"] = io.BytesIO(received)

    # ---- the answer

    async def _send(
        self, send: Send, answer: Answer, observed: Observed | None = None, *, closing: bool = False
    ) -> None:
        """Send an answer. Reads a long answer only as fast as the client receives it.

        Args:
            observed: Where to note what was sent.
            closing: Whether to close the connection, because the rest of the request body was not read.
        """
        headers = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in answer.headers]
        if closing:
            headers.append((b"connection", b"close"))
        observed = observed or Observed()
        observed.status = answer.status
        await send({"type": "http.response.start", "status": answer.status, "headers": headers})
        if isinstance(answer.parts, bytes):
            await send({"type": "http.response.body", "body": answer.parts})
            observed.bytes_out = len(answer.parts)
            return
        try:
            while (part := await self._in_thread(next, answer.parts, None)) is not None:
                async with asyncio.timeout(READ_SECONDS):
                    await send({"type": "http.response.body", "body": part, "more_body": True})
                observed.bytes_out += len(part)
            await send({"type": "http.response.body", "body": b""})
        finally:
            if answer.close is not None:
                await self._in_thread(answer.close)

    def _call(self, environ: dict[str, Any]) -> Answer:
        """Run the application. Called in a thread."""
        started: list[tuple[str, Headers]] = []

        def start_response(status: str, headers: Headers, exc_info: object = None) -> None:
            started[:] = [(status, headers)]

        result = self._app(environ, start_response)
        status, headers = started[0]
        if isinstance(result, list):
            return Answer(int(status[:3]), headers, b"".join(result))
        return Answer(int(status[:3]), headers, iter(result), getattr(result, "close", None))

    def _answer_of(self, error: Exception, observed: Observed) -> Answer:
        request_id = observed.request_id = observed.request_id or new_id()
        found = problem_answer(problem_of(error, request_id), self._spec, request_id)
        assert isinstance(found.body, bytes)
        return Answer(found.status, [("Content-Type", found.media_type), *found.headers.items()], found.body)

    # ---- both

    async def _in_thread(self, function: Callable[..., Any], *arguments: Any) -> Any:
        if self._tracing is not None:
            # Spans that a thread makes, such as those of a database driver, belong to that of the request.
            return await asyncio.get_running_loop().run_in_executor(
                self._pool, contextvars.copy_context().run, function, *arguments
            )
        return await asyncio.get_running_loop().run_in_executor(self._pool, function, *arguments)

    def _environ(self, scope: Scope) -> dict[str, Any]:
        environ = self._common.copy()
        environ["REQUEST_METHOD"] = scope["method"]
        # WSGI passes bytes as latin-1 text here.
        path: bytes = scope["raw_path"]
        environ["PATH_INFO"] = (unquote_to_bytes(path) if b"%" in path else path).decode("latin-1")
        environ["QUERY_STRING"] = scope["query_string"].decode("latin-1")
        environ["SERVER_NAME"], environ["SERVER_PORT"] = scope["server"]
        environ["REMOTE_ADDR"] = scope["client"][0]
        environ["wsgi.url_scheme"] = scope["scheme"]
        environ["wsgi.input"] = io.BytesIO()
        names = self._names
        for raw, text in scope["headers"]:
            try:
                name = names[raw]
            except KeyError:
                name = _environ_name(raw)
                if len(names) < MOST_NAMES:
                    names[raw] = name
            if name is not None:
                value = text.decode("latin-1")
                environ[name] = f"{environ[name]},{value}" if name in environ else value
        return environ


def _environ_name(raw: bytes) -> str | None:
    # In the environ, `X_Api_Key` would look like `X-Api-Key`.
    if b"_" in raw:
        return None
    name = raw.decode("latin-1").upper().replace("-", "_")
    return name if name in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{name}"
