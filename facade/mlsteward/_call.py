"""One call, from what generated code asks for to the answer or the exception."""

import logging
import time
import uuid
from collections.abc import Mapping
from typing import Any, Final, Self

import httpx

from mlsteward._place import Place, as_timeouts
from mlsteward._types import NOT_GIVEN
from mlsteward.config import API_ROOT
from mlsteward.errors import APIError, InvalidArgument, StewardError, TransportError
from mlsteward.redaction import redact
from mlsteward.transport import answers
from mlsteward.transport.retry import AsyncRetryTransport, RetryTransport
from mlsteward.transport.wire import Answer, Target, WireRequest, answer_of, encode_json, encode_target

LONGEST_IDEMPOTENCY_KEY: Final = 255

_READS: Final = frozenset({"GET", "HEAD", "OPTIONS"})

Refine = Mapping[str, type[APIError]]
"""Codes that mean something narrower in one operation, such as `{"forbidden": AccessRevokedOnDeletion}`."""

logger = logging.getLogger("mlsteward")


class Call:
    """One call, as the client that generated code asks for. Its subclasses send."""

    __slots__ = ("_began", "_key", "_place", "_refine", "_timeout", "answer", "label")

    raise_on_unexpected_status = False

    def __init__(self, place: Place, refine: Refine | None, key: str | None, timeout: float | None) -> None:
        if place._lifetime.closed:
            raise TransportError("The connection is closed.")
        if key is not None and not (key.isascii() and key.isprintable() and " " not in key and len(key) in _KEY_SIZES):
            raise InvalidArgument(
                f"The idempotency_key must be 1 to {LONGEST_IDEMPOTENCY_KEY} printable ASCII characters, no spaces."
            )
        self._place = place
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
        place = self._place
        method = method.upper()
        sent = place._headers.copy()
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
            elif place._is_remote and "idempotency-key" not in sent:
                sent["Idempotency-Key"] = str(uuid.uuid4())
        timeouts = place._timeouts if self._timeout is None else as_timeouts(self._timeout)
        self.label = f"{method} {API_ROOT}{url}"
        target = Target(place._origin, encode_target(place._root, url, params))
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
            refusal = answers.refusal(answer, self.label, self._place.retry.clock.time(), self._refine)
            if answer.status_code == 401:
                refusal.hint = " ".join(filter(None, (refusal.hint, self._place._about_key())))
            raise refusal
        self.answer = answer
        return answer

    def lost(self, request: WireRequest, error: httpx.HTTPError) -> StewardError:
        """The exception for a request without an answer."""
        if self._began:
            self._log(request, type(error).__name__, "-")
        return answers.no_answer(error, self.label, self._place._origin.text)

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


class SyncCall(Call):
    __slots__ = ("_transport",)

    def __init__(
        self,
        transport: RetryTransport,
        place: Place,
        refine: Refine | None,
        key: str | None,
        timeout: float | None,
    ) -> None:
        super().__init__(place, refine, key, timeout)
        self._transport = transport

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
            return self.receive(request, self._transport.handle_request(request))
        except httpx.HTTPError as error:
            raise self.lost(request, error) from error


class AsyncCall(Call):
    __slots__ = ("_transport",)

    def __init__(
        self,
        transport: AsyncRetryTransport,
        place: Place,
        refine: Refine | None,
        key: str | None,
        timeout: float | None,
    ) -> None:
        super().__init__(place, refine, key, timeout)
        self._transport = transport

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
            return self.receive(request, await self._transport.handle_async_request(request))
        except httpx.HTTPError as error:
            raise self.lost(request, error) from error
