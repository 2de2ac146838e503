"""One call, from what is to be sent to the answer or the exception."""

import logging
import time
import uuid
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

import httpx

from mlsteward.endpoint import Endpoint, as_timeouts
from mlsteward.errors import InvalidArgument, ResponseParsingError, StewardError, TransportError
from mlsteward.protocol import (
    API_ROOT,
    DRY_RUN,
    IDEMPOTENCY_KEY,
    IF_MATCH,
    REQUEST_ID,
    Problem,
    is_about_dry_runs,
    read_trial,
)
from mlsteward.redaction import redact
from mlsteward.transport import answers
from mlsteward.transport.bodies import UploadStream
from mlsteward.transport.retry import AsyncRetryTransport, RetryTransport
from mlsteward.transport.sizes import check_coding
from mlsteward.transport.streams import AsyncStreamedAnswer, StreamedAnswer
from mlsteward.transport.wire import Answer, Target, WireRequest, answer_of, encode_json, encode_target

if TYPE_CHECKING:
    from mlsteward_api.types import Request

T = TypeVar("T")
R = TypeVar("R")

LONGEST_IDEMPOTENCY_KEY: Final = 255

_KEY_SIZES: Final = range(1, LONGEST_IDEMPOTENCY_KEY + 1)
_READS: Final = frozenset({"GET", "HEAD", "OPTIONS"})

logger = logging.getLogger("mlsteward")


class Call:
    """One call. Its subclasses send.

    Attributes:
        label: The request, such as `GET /api/v1/projects`.
    """

    __slots__ = ("_began", "_endpoint", "_if_match", "_key", "_timeout", "label")

    def __init__(self, endpoint: Endpoint, key: str | None, timeout: float | None, if_match: str | None = None) -> None:
        if endpoint.lifetime.closed:
            raise TransportError("The connection is closed.")
        if key is not None and not (key.isascii() and key.isprintable() and " " not in key and len(key) in _KEY_SIZES):
            raise InvalidArgument(
                f"The idempotency_key must be 1 to {LONGEST_IDEMPOTENCY_KEY} printable ASCII characters, no spaces."
            )
        self._endpoint = endpoint
        self._key = key
        self._if_match = if_match
        self._timeout = timeout
        self._began = 0.0
        self.label = ""

    def build(
        self, asked: "Request[Any]", headers: Mapping[str, str] | None = None, *, stream: bool = False
    ) -> WireRequest:
        """The request, ready to be sent. With `stream`, the body of its answer is not read.

        Raises:
            InvalidArgument: It holds something that cannot be sent.
        """
        try:
            return self._build(asked, headers, stream=stream)
        except UnicodeError as error:
            raise InvalidArgument("A text holds characters that cannot be sent.") from error
        except ValueError as error:
            raise InvalidArgument(redact(str(error))) from error

    def _build(self, asked: "Request[Any]", headers: Mapping[str, str] | None, *, stream: bool) -> WireRequest:
        endpoint = self._endpoint
        method = asked.method.upper()
        sent = endpoint.headers.copy()
        for further in (asked.headers, headers):
            if further:
                for name, value in further.items():
                    sent[name] = value
        body: bytes | UploadStream = asked.content or b""
        if asked.json is not None:
            body = encode_json(asked.json)
        if method not in _READS:
            size = body.size if isinstance(body, UploadStream) else len(body)
            if size is None:
                sent["Transfer-Encoding"] = "chunked"
            else:
                sent["Content-Length"] = str(size)
            # Made once: whatever is sent again is sent under the same key.
            if self._key is not None:
                sent[IDEMPOTENCY_KEY] = self._key
            elif endpoint.is_remote and IDEMPOTENCY_KEY not in sent:
                sent[IDEMPOTENCY_KEY] = str(uuid.uuid4())
            if self._if_match is not None:
                sent[IF_MATCH] = self._if_match
        extensions: dict[str, Any] = {
            "timeout": endpoint.timeouts if self._timeout is None else as_timeouts(self._timeout)
        }
        if stream:
            extensions["stream"] = True
        url = asked.url
        self.label = f"{method} {API_ROOT}{url}"
        params = asked.params
        if endpoint.trials is not None and method not in _READS:
            # A server that does not know the parameter refuses it. It would ignore an unknown header.
            params = {**(params or {}), DRY_RUN: True}
        target = Target(endpoint.origin, encode_target(endpoint.root, url, params))
        if logger.isEnabledFor(logging.DEBUG):
            self._began = time.perf_counter()
        return WireRequest(method, target, sent, body, extensions)

    def check(self, request: WireRequest, response: httpx.Response) -> None:
        """Look at the head of an answer.

        Raises:
            APIError: The server refused or failed.
        """
        headers = response.headers
        lifetime = self._endpoint.lifetime
        if not lifetime.is_compared:
            self._endpoint.compare_version(headers)
        observe = lifetime.observe
        if observe is not None:
            observe(self.label, response.status_code, headers)
        if self._began:
            self._log(request, str(response.status_code), headers.get(REQUEST_ID, "-"))
        if response.status_code < 300:
            return
        endpoint = self._endpoint
        refusal = answers.refusal(answer_of(response), self.label, endpoint.retry.clock.time())
        if response.status_code == 401:
            refusal.hint = " ".join(filter(None, (refusal.hint, endpoint.about_key)))
        if endpoint.trials is not None and is_about_dry_runs(Problem(errors=tuple(refusal.errors))):
            refusal.hint = "The server has no dry runs: update it. Nothing was changed."
        raise refusal

    def receive(self, request: WireRequest, response: httpx.Response) -> Answer:
        """The answer, if it is one of success.

        Raises:
            APIError: It is not.
        """
        self.check(request, response)
        answer = answer_of(response)
        trials = self._endpoint.trials
        if trials is None or request.method in _READS:
            return answer
        trial = read_trial(answer.content)
        if trial is None:
            raise ResponseParsingError(
                f"The answer to {self.label} is not that to a dry run.", hint="Check whether something was changed."
            )
        trials += trial.changes
        return Answer(trial.status, answer.headers, trial.content)

    def lost(self, error: httpx.HTTPError, request: WireRequest | None = None) -> StewardError:
        """The exception for a request without an answer, or with an incomplete one."""
        if self._began and request is not None:
            self._log(request, type(error).__name__, "-")
        return answers.no_answer(error, self.label, self._endpoint.origin.text)

    def read(self, asked: "Request[T]", answer: Answer, make: Callable[[T], R]) -> R:
        """What is made of an answer.

        Raises:
            ResponseParsingError: It cannot be read.
        """
        try:
            return make(asked.read(cast(httpx.Response, answer)))
        except StewardError:
            raise
        except Exception as error:
            raise answers.unreadable(error, answer, self.label) from error

    def _log(self, request: WireRequest, outcome: str, request_id: str) -> None:
        milliseconds = (time.perf_counter() - self._began) * 1000
        path = redact(request.url.raw_path.decode("ascii"))
        logger.debug("%s %s %s %.1f ms %s", request.method, path, outcome, milliseconds, request_id)


class SyncCall(Call):
    """A call on a transport that blocks."""

    __slots__ = ("_transport",)

    def __init__(
        self,
        transport: RetryTransport,
        endpoint: Endpoint,
        key: str | None,
        timeout: float | None,
        if_match: str | None = None,
    ) -> None:
        super().__init__(endpoint, key, timeout, if_match)
        self._transport = transport

    def send(self, asked: "Request[Any]") -> Answer:
        """Send a request and receive its answer."""
        request = self.build(asked)
        tracing = self._endpoint.tracing
        if tracing is None:
            return self._send(request)
        with tracing.span(asked, request.headers) as span:
            answer = self._send(request)
            span.note_status(answer.status_code)
            return answer

    def _send(self, request: WireRequest) -> Answer:
        try:
            return self.receive(request, self._transport.handle_request(request))
        except httpx.HTTPError as error:
            raise self.lost(error, request) from error

    def _open(self, request: WireRequest) -> httpx.Response:
        try:
            response = self._transport.handle_request(request)
            self.check(request, response)
            check_coding(response)
            return response
        except httpx.HTTPError as error:
            raise self.lost(error, request) from error

    @contextmanager
    def stream(self, asked: "Request[Any]", headers: Mapping[str, str]) -> Iterator[StreamedAnswer]:
        """Send a request and read the head of its answer. The rest is read in the block, and closed after it."""
        request = self.build(asked, headers, stream=True)
        tracing = self._endpoint.tracing
        if tracing is None:
            response = self._open(request)
        else:
            # The span ends with the head: what the block does meanwhile is not the call.
            with tracing.span(asked, request.headers) as span:
                response = self._open(request)
                span.note_status(response.status_code)
        try:
            yield StreamedAnswer(response, self.lost)
        finally:
            response.close()


class AsyncCall(Call):
    """A call on an asynchronous transport."""

    __slots__ = ("_transport",)

    def __init__(
        self,
        transport: AsyncRetryTransport,
        endpoint: Endpoint,
        key: str | None,
        timeout: float | None,
        if_match: str | None = None,
    ) -> None:
        super().__init__(endpoint, key, timeout, if_match)
        self._transport = transport

    async def send(self, asked: "Request[Any]") -> Answer:
        """Send a request and receive its answer."""
        request = self.build(asked)
        tracing = self._endpoint.tracing
        if tracing is None:
            return await self._send(request)
        with tracing.span(asked, request.headers) as span:
            answer = await self._send(request)
            span.note_status(answer.status_code)
            return answer

    async def _send(self, request: WireRequest) -> Answer:
        try:
            return self.receive(request, await self._transport.handle_async_request(request))
        except httpx.HTTPError as error:
            raise self.lost(error, request) from error

    async def _open(self, request: WireRequest) -> httpx.Response:
        try:
            response = await self._transport.handle_async_request(request)
            self.check(request, response)
            check_coding(response)
            return response
        except httpx.HTTPError as error:
            raise self.lost(error, request) from error

    @asynccontextmanager
    async def stream(self, asked: "Request[Any]", headers: Mapping[str, str]) -> AsyncIterator[AsyncStreamedAnswer]:
        """`SyncCall.stream` for asynchronous calls."""
        request = self.build(asked, headers, stream=True)
        tracing = self._endpoint.tracing
        if tracing is None:
            response = await self._open(request)
        else:
            with tracing.span(asked, request.headers) as span:
                response = await self._open(request)
                span.note_status(response.status_code)
        try:
            yield AsyncStreamedAnswer(response, self.lost)
        finally:
            await response.aclose()
