"""One call, from what generated code asks for to the answer or the exception."""

import logging
import time
import uuid
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from typing import Any, Final, Self

import httpx

from mlsteward._types import NOT_GIVEN
from mlsteward.config import API_ROOT
from mlsteward.endpoint import Endpoint, as_timeouts
from mlsteward.errors import InvalidArgument, StewardError, TransportError
from mlsteward.redaction import redact
from mlsteward.transport import answers
from mlsteward.transport.bodies import UploadStream
from mlsteward.transport.retry import AsyncRetryTransport, RetryTransport
from mlsteward.transport.sizes import check_coding
from mlsteward.transport.streams import AsyncStreamedAnswer, StreamedAnswer
from mlsteward.transport.wire import Answer, Target, WireRequest, answer_of, encode_json, encode_target

LONGEST_IDEMPOTENCY_KEY: Final = 255

_KEY_SIZES: Final = range(1, LONGEST_IDEMPOTENCY_KEY + 1)
_READS: Final = frozenset({"GET", "HEAD", "OPTIONS"})

logger = logging.getLogger("mlsteward")


class Call:
    """One call, as the client that generated code asks for. Its subclasses send.

    Attributes:
        label: The request, such as `GET /api/v1/projects`.
        answer: The answer, if it is one of success.
    """

    __slots__ = ("_began", "_endpoint", "_key", "_timeout", "answer", "label")

    raise_on_unexpected_status = False

    def __init__(self, endpoint: Endpoint, key: str | None, timeout: float | None) -> None:
        if endpoint.lifetime.closed:
            raise TransportError("The connection is closed.")
        if key is not None and not (key.isascii() and key.isprintable() and " " not in key and len(key) in _KEY_SIZES):
            raise InvalidArgument(
                f"The idempotency_key must be 1 to {LONGEST_IDEMPOTENCY_KEY} printable ASCII characters, no spaces."
            )
        self._endpoint = endpoint
        self._key = key
        self._timeout = timeout
        self._began = 0.0
        self.answer: Answer | None = None
        self.label = ""

    def build(
        self,
        method: str,
        url: str,
        params: Mapping[str, Any] | None = None,
        json: object = NOT_GIVEN,
        content: "bytes | UploadStream | None" = None,
        headers: Mapping[str, str] | None = None,
        *,
        stream: bool = False,
    ) -> WireRequest:
        """The request, ready to be sent. With `stream`, the body of its answer is not read."""
        endpoint = self._endpoint
        method = method.upper()
        sent = endpoint.headers.copy()
        if headers:
            for name, value in headers.items():
                sent[name] = value
        body: bytes | UploadStream = b""
        if json is not NOT_GIVEN:
            body = encode_json(json)
            sent["Content-Type"] = "application/json"
        elif content is not None:
            body = content
        if method not in _READS:
            size = body.size if isinstance(body, UploadStream) else len(body)
            if size is None:
                sent["Transfer-Encoding"] = "chunked"
            else:
                sent["Content-Length"] = str(size)
            # Made once: whatever is sent again is sent under the same key.
            if self._key is not None:
                sent["Idempotency-Key"] = self._key
            elif endpoint.is_remote and "idempotency-key" not in sent:
                sent["Idempotency-Key"] = str(uuid.uuid4())
        extensions: dict[str, Any] = {
            "timeout": endpoint.timeouts if self._timeout is None else as_timeouts(self._timeout)
        }
        if stream:
            extensions["stream"] = True
        self.label = f"{method} {API_ROOT}{url}"
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
        observe = self._endpoint.lifetime.observe
        if observe is not None:
            observe(self.label, response.status_code, headers)
        if self._began:
            self._log(request, str(response.status_code), headers.get("x-request-id", "-"))
        if response.status_code < 300:
            return
        endpoint = self._endpoint
        refusal = answers.refusal(answer_of(response), self.label, endpoint.retry.clock.time())
        if response.status_code == 401:
            refusal.hint = " ".join(filter(None, (refusal.hint, endpoint.about_key)))
        raise refusal

    def receive(self, request: WireRequest, response: httpx.Response) -> Answer:
        """The answer, if it is one of success.

        Raises:
            APIError: It is not.
        """
        self.check(request, response)
        answer = self.answer = answer_of(response)
        return answer

    def lost(self, error: httpx.HTTPError, request: WireRequest | None = None) -> StewardError:
        """The exception for a request without an answer, or with an incomplete one."""
        if self._began and request is not None:
            self._log(request, type(error).__name__, "-")
        return answers.no_answer(error, self.label, self._endpoint.origin.text)

    def failure(self, error: Exception) -> StewardError | None:
        """The exception for what generated code raised; None if it is a defect of ours."""
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


class SyncCall(Call):
    """A call on a transport that blocks."""

    __slots__ = ("_transport",)

    def __init__(
        self,
        transport: RetryTransport,
        endpoint: Endpoint,
        key: str | None,
        timeout: float | None,
    ) -> None:
        super().__init__(endpoint, key, timeout)
        self._transport = transport

    def get_httpx_client(self) -> Self:
        """What generated code sends with."""
        return self

    def request(
        self,
        method: str,
        url: str,
        *,
        params: Mapping[str, Any] | None = None,
        json: object = NOT_GIVEN,
        content: bytes | UploadStream | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Send a request and read its answer."""
        request = self.build(method, url, params, json, content, headers)
        try:
            return self.receive(request, self._transport.handle_request(request))
        except httpx.HTTPError as error:
            raise self.lost(error, request) from error

    @contextmanager
    def stream(self, **parts: Any) -> Iterator[StreamedAnswer]:
        """Send a request and read the head of its answer. The rest is read in the block, and closed after it."""
        request = self.build(**parts, stream=True)
        try:
            response = self._transport.handle_request(request)
            self.check(request, response)
            check_coding(response)
        except httpx.HTTPError as error:
            raise self.lost(error, request) from error
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
    ) -> None:
        super().__init__(endpoint, key, timeout)
        self._transport = transport

    def get_async_httpx_client(self) -> Self:
        """What generated code sends with."""
        return self

    async def request(
        self,
        method: str,
        url: str,
        *,
        params: Mapping[str, Any] | None = None,
        json: object = NOT_GIVEN,
        content: bytes | UploadStream | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Send a request and read its answer."""
        request = self.build(method, url, params, json, content, headers)
        try:
            return self.receive(request, await self._transport.handle_async_request(request))
        except httpx.HTTPError as error:
            raise self.lost(error, request) from error

    @asynccontextmanager
    async def stream(self, **parts: Any) -> AsyncIterator[AsyncStreamedAnswer]:
        """`SyncCall.stream` for asynchronous calls."""
        request = self.build(**parts, stream=True)
        try:
            response = await self._transport.handle_async_request(request)
            self.check(request, response)
            check_coding(response)
        except httpx.HTTPError as error:
            raise self.lost(error, request) from error
        try:
            yield AsyncStreamedAnswer(response, self.lost)
        finally:
            await response.aclose()
