"""Retries.

A request is retried if the connection fails or breaks, and after 408, 429 and 5xx, except 501 and 505, which
do not pass. GET and HEAD are always retried; a write only with an `Idempotency-Key`, because the server then
carries it out once. A request is not retried if the answer says `x-should-retry: false`, or if its body can be
read only once.
"""

import logging
import math
import random
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import Final

import httpx

from mlsteward._concurrency import asleep
from mlsteward.protocol import IDEMPOTENCY_KEY, RETRY_AFTER, RETRY_AFTER_MS, SHOULD_RETRY
from mlsteward.transport.bodies import UploadStream
from mlsteward.transport.forks import OneProcessStream
from mlsteward.transport.wire import abuffer, buffer

logger = logging.getLogger("mlsteward")

SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
PASSING_FAILURES: Final = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ReadError,
    httpx.WriteError,
    httpx.CloseError,
    httpx.RemoteProtocolError,
)


class Clock:
    """Time and randomness. Tests pass a clock of their own, so that they need not wait."""

    def monotonic(self) -> float:
        """Seconds since some moment; never goes back."""
        return time.monotonic()

    def time(self) -> float:
        """Seconds since 1970, to compare HTTP dates with."""
        return time.time()

    def random(self) -> float:
        """A number from 0 up to 1."""
        return random.random()  # noqa: S311 - spreads clients in time, protects nothing

    def sleep(self, seconds: float) -> None:
        """Wait."""
        time.sleep(seconds)

    async def asleep(self, seconds: float) -> None:
        """Wait, and let others run."""
        await asleep(seconds)


@dataclass(frozen=True)
class RetryPolicy:
    """How often to try, and how long to wait. All times are in seconds.

    Attributes:
        attempts: Maximum number of times a request is sent; 1 for no retries.
        first_wait: Maximum wait after the first attempt. It doubles with each further attempt. The wait is
            chosen at random between 0 and this maximum, so that many clients do not retry together.
        longest_wait: The maximum does not grow beyond this.
        longest_retry_after: If the server asks for a longer wait than this, the request is not retried.
        deadline: Time since the first attempt after which no attempt starts. No wait goes beyond it.
        clock: Time and randomness.
    """

    attempts: int = 4
    first_wait: float = 0.25
    longest_wait: float = 8.0
    longest_retry_after: float = 60.0
    deadline: float = 90.0
    clock: Clock = field(default_factory=Clock)

    def wait_after(
        self, request: httpx.Request, outcome: httpx.Response | httpx.TransportError, attempt: int, started: float
    ) -> float | None:
        """How many seconds to wait before the next attempt, or None to stop.

        Args:
            request: What was sent.
            outcome: The answer, or the error if there is none.
            attempt: Number of times it was sent, 1 or more.
            started: When the first attempt began, on the clock's `monotonic`.
        """
        if attempt >= self.attempts or not _is_repeatable(request):
            return None
        asked: float | None = None
        if isinstance(outcome, httpx.Response):
            if not _is_passing_status(outcome.status_code):
                return None
            if outcome.headers.get(SHOULD_RETRY, "").lower() == "false":
                return None
            asked = retry_after(outcome.headers, self.clock.time())
        elif not _is_passing_failure(outcome):
            return None
        bound = min(self.longest_wait, self.first_wait * 2.0 ** min(attempt - 1, 32))
        wait = self.clock.random() * bound
        if asked is not None:
            if asked > self.longest_retry_after:
                return None
            # At least what the server asks for, and a little apart from the others it asked.
            wait = asked + self.clock.random() * min(bound, 0.1 * asked)
        left = self.deadline - (self.clock.monotonic() - started)
        return wait if wait < left else None

    def shorten(self, request: httpx.Request, started: float) -> None:
        """Limit the timeouts of the next attempt to the time that is left until the deadline."""
        left = max(0.001, self.deadline - (self.clock.monotonic() - started))
        timeouts = request.extensions.get("timeout") or {}
        shorter = {
            phase: left if (limit := timeouts.get(phase)) is None else min(limit, left)
            for phase in ("connect", "read", "write", "pool")
        }
        request.extensions = {**request.extensions, "timeout": shorter}


class RetryTransport(httpx.BaseTransport):
    """Sends through another transport, and retries.

    The body of an answer is read within the attempt, so that a connection that breaks in the middle
    of an answer counts as one that broke. A request with the extension `"stream": True` gets an answer
    of success unread.

    Args:
        inner: The transport that sends. It is closed together with this one.
        policy: How often and how long.
    """

    def __init__(self, inner: httpx.BaseTransport, policy: RetryPolicy | None = None) -> None:
        self._inner = inner
        self._policy = policy or RetryPolicy()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        policy = self._policy
        started = policy.clock.monotonic()
        attempt = 0
        outcome: httpx.Response | httpx.TransportError
        while True:
            attempt += 1
            try:
                outcome = self._inner.handle_request(request)
                if outcome.status_code >= 300 or not request.extensions.get("stream"):
                    buffer(outcome)
                else:
                    outcome.stream = OneProcessStream(outcome.stream)
                if outcome.status_code < 400:
                    return outcome
                wait = policy.wait_after(request, outcome, attempt, started)
                if wait is None:
                    return outcome
                outcome.close()
            except httpx.TransportError as error:
                wait = policy.wait_after(request, error, attempt, started)
                if wait is None:
                    raise
                outcome = error
            _tell(request, outcome, attempt, wait)
            policy.clock.sleep(wait)
            policy.shorten(request, started)

    def close(self) -> None:
        self._inner.close()


class AsyncRetryTransport(httpx.AsyncBaseTransport):
    """`RetryTransport` for asynchronous calls; it waits without blocking the event loop."""

    def __init__(self, inner: httpx.AsyncBaseTransport, policy: RetryPolicy | None = None) -> None:
        self._inner = inner
        self._policy = policy or RetryPolicy()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        policy = self._policy
        started = policy.clock.monotonic()
        attempt = 0
        outcome: httpx.Response | httpx.TransportError
        while True:
            attempt += 1
            try:
                outcome = await self._inner.handle_async_request(request)
                if outcome.status_code >= 300 or not request.extensions.get("stream"):
                    await abuffer(outcome)
                else:
                    outcome.stream = OneProcessStream(outcome.stream)
                if outcome.status_code < 400:
                    return outcome
                wait = policy.wait_after(request, outcome, attempt, started)
                if wait is None:
                    return outcome
                await outcome.aclose()
            except httpx.TransportError as error:
                wait = policy.wait_after(request, error, attempt, started)
                if wait is None:
                    raise
                outcome = error
            _tell(request, outcome, attempt, wait)
            await policy.clock.asleep(wait)
            policy.shorten(request, started)

    async def aclose(self) -> None:
        await self._inner.aclose()


def _is_repeatable(request: httpx.Request) -> bool:
    if request.method not in SAFE and IDEMPOTENCY_KEY not in request.headers:
        return False
    return isinstance(request.stream, (httpx.ByteStream, UploadStream))


def _is_passing_status(status: int) -> bool:
    return status in (408, 429) or (500 <= status <= 599 and status not in (501, 505))


def _is_passing_failure(error: httpx.TransportError) -> bool:
    return isinstance(error, PASSING_FAILURES) and not is_untrusted_certificate(error)


def is_untrusted_certificate(error: BaseException) -> bool:
    """Whether a connection failed because the server could not prove who it is."""
    ssl = sys.modules.get("ssl")
    seen: BaseException | None = error
    while ssl is not None and seen is not None:
        if isinstance(seen, ssl.SSLCertVerificationError):
            return True
        seen = seen.__cause__ or seen.__context__
    return False


def retry_after(headers: Mapping[str, str], now: float) -> float | None:
    """How many seconds the server asks to wait: `retry-after-ms`, or `Retry-After` as a number or a date.

    >>> retry_after({"retry-after-ms": "1500"}, now=0.0), retry_after({"retry-after": "2.5"}, now=0.0)
    (1.5, 2.5)
    >>> retry_after({"retry-after": "Thu, 01 Jan 1970 00:01:00 GMT"}, now=45.0)
    15.0

    Args:
        headers: Of the answer; looked up in lower case.
        now: Seconds since 1970.
    """
    milliseconds = _number(headers.get(RETRY_AFTER_MS))
    if milliseconds is not None:
        return milliseconds / 1000
    text = headers.get(RETRY_AFTER)
    seconds = _number(text)
    if seconds is not None or text is None:
        return seconds
    try:
        moment = parsedate_to_datetime(text)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        return max(0.0, moment.timestamp() - now)
    except (ValueError, OverflowError, TypeError, IndexError):
        return None


def _number(text: str | None) -> float | None:
    try:
        number = float(text or "")
    except ValueError:
        return None
    return number if number >= 0 and math.isfinite(number) else None


def _tell(request: httpx.Request, outcome: httpx.Response | httpx.TransportError, attempt: int, wait: float) -> None:
    if logger.isEnabledFor(logging.DEBUG):
        why = outcome.status_code if isinstance(outcome, httpx.Response) else type(outcome).__name__
        logger.debug("%s attempt %d: %s, again in %.2f s", request.method, attempt, why, wait)
