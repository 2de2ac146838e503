"""What is sent again, when, and how long is waited."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Callable, Iterator
from email.utils import formatdate
from typing import Any

import httpx
import pytest
from mlsteward.transport import AsyncRetryTransport, RetryPolicy, RetryTransport
from mlsteward.transport.retry import retry_after

from tests.support.clock import FakeClock
from tests.support.loopback import Loopback, answer, break_off, drop, free_port, slow

KEY = {"Idempotency-Key": "k1"}
Send = Callable[..., httpx.Response]


# Loading the certificate authorities would be most of the time of these tests.
NO_TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def send_sync(request: httpx.Request, policy: RetryPolicy) -> httpx.Response:
    transport = RetryTransport(httpx.HTTPTransport(verify=NO_TLS), policy)
    try:
        response = transport.handle_request(request)
        response.read()
        return response
    finally:
        transport.close()


def send_async(request: httpx.Request, policy: RetryPolicy) -> httpx.Response:
    async def run() -> httpx.Response:
        transport = AsyncRetryTransport(httpx.AsyncHTTPTransport(verify=NO_TLS), policy)
        try:
            response = await transport.handle_async_request(request)
            await response.aread()
            return response
        finally:
            await transport.aclose()

    return asyncio.run(run())


@pytest.fixture(params=["sync", "async"])
def send(request: pytest.FixtureRequest) -> Send:
    """Sends a request; the two transports must do the same."""
    way = send_sync if request.param == "sync" else send_async

    def sending(
        method: str,
        url: str,
        clock: FakeClock,
        headers: dict[str, str] | None = None,
        timeout: dict[str, float] | None = None,
        content: Any = None,
        **policy: Any,
    ) -> httpx.Response:
        extensions: dict[str, Any] = {"timeout": timeout or {"connect": 5.0, "read": 5.0, "write": 5.0, "pool": 5.0}}
        made = httpx.Request(method, url, headers=headers, content=content, extensions=extensions)
        return way(made, RetryPolicy(clock=clock, **policy))

    return sending


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504, 520])
def test_failures_that_pass_are_tried_again(send: Send, status: int) -> None:
    clock = FakeClock()
    with Loopback(answer(status), answer(status), answer(200, {"ok": True})) as server:
        response = send("GET", server.url, clock)
    assert response.status_code == 200
    assert response.json() == {"ok": True}
    assert len(server.received) == 3
    assert len(clock.waits) == 2


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 422, 501, 505])
def test_answers_that_will_not_change_are_not(send: Send, status: int) -> None:
    clock = FakeClock()
    with Loopback(answer(status), answer(200)) as server:
        response = send("GET", server.url, clock)
    assert response.status_code == status
    assert len(server.received) == 1
    assert clock.waits == []


@pytest.mark.parametrize("method", ["POST", "PATCH", "PUT", "DELETE"])
@pytest.mark.parametrize("failure", [answer(503), drop], ids=["503", "dropped"])
def test_a_write_is_tried_again_only_under_an_idempotency_key(send: Send, method: str, failure: Any) -> None:
    with Loopback(failure, answer(200)) as server:
        assert send(method, server.url, FakeClock(), headers=KEY, content=b"{}").status_code == 200
    assert [received.headers["idempotency-key"] for received in server.received] == ["k1", "k1"]
    assert [received.body for received in server.received] == [b"{}", b"{}"]

    with Loopback(failure, answer(200)) as server:
        try:
            assert send(method, server.url, FakeClock(), content=b"{}").status_code == 503
        except httpx.TransportError:
            pass
    assert len(server.received) == 1


@pytest.mark.parametrize("failure", [drop, break_off], ids=["dropped", "broken off"])
def test_connections_that_break_are_tried_again(send: Send, failure: Any) -> None:
    with Loopback(failure, answer(200, {"ok": True})) as server:
        assert send("GET", server.url, FakeClock()).json() == {"ok": True}
    assert len(server.received) == 2


def test_a_server_that_is_not_there(send: Send) -> None:
    clock = FakeClock()
    with pytest.raises(httpx.ConnectError):
        send("GET", f"http://127.0.0.1:{free_port()}", clock, attempts=3)
    assert len(clock.waits) == 2


def test_an_answer_that_takes_too_long_is_not_asked_for_again(send: Send) -> None:
    clock = FakeClock()
    timeout = {"connect": 5.0, "read": 0.05, "write": 5.0, "pool": 5.0}
    with Loopback(slow(0.3, answer(200))) as server:
        with pytest.raises(httpx.ReadTimeout):
            send("GET", server.url, clock, timeout=timeout)
        assert len(server.received) == 1
    assert clock.waits == []


def test_the_last_answer_is_given_when_attempts_run_out(send: Send) -> None:
    with Loopback(answer(503, {"n": 1}), answer(503, {"n": 2}), answer(503, {"n": 3}), answer(200)) as server:
        response = send("GET", server.url, FakeClock(), attempts=3)
    assert response.json() == {"n": 3}
    assert len(server.received) == 3


def test_one_attempt_is_no_retry(send: Send) -> None:
    with Loopback(answer(503), answer(200)) as server:
        assert send("GET", server.url, FakeClock(), attempts=1).status_code == 503


def test_the_server_can_veto(send: Send) -> None:
    with Loopback(answer(503, headers={"X-Should-Retry": "False"}), answer(200)) as server:
        assert send("GET", server.url, FakeClock()).status_code == 503
    assert len(server.received) == 1


def test_waits_double_up_to_a_bound_and_are_spread_by_chance(send: Send) -> None:
    bounds = [1.0, 2.0, 4.0, 4.0, 4.0]
    for chance in (0.0, 0.25, 0.999):
        clock = FakeClock(chance)
        with Loopback(answer(500)) as server:
            send("GET", server.url, clock, attempts=6, first_wait=1.0, longest_wait=4.0)
        assert clock.waits == pytest.approx([chance * bound for bound in bounds])


@pytest.mark.parametrize(
    ("headers", "least"),
    [
        ({"Retry-After": "7"}, 7.0),
        ({"Retry-After": "1.5"}, 1.5),
        ({"Retry-After-Ms": "2500"}, 2.5),
        ({"Retry-After-Ms": "2500", "Retry-After": "9"}, 2.5),
        ({"Retry-After": formatdate(1_800_000_020, usegmt=True)}, 20.0),
        ({"Retry-After": formatdate(1_700_000_000, usegmt=True)}, 0.0),
        ({"Retry-After": "0"}, 0.0),
    ],
)
def test_the_server_says_how_long_to_wait(send: Send, headers: dict[str, str], least: float) -> None:
    clock = FakeClock(chance=0.0)
    with Loopback(answer(429, headers=headers), answer(200)) as server:
        assert send("GET", server.url, clock).status_code == 200
    assert clock.waits == [least]

    late = FakeClock(chance=0.999)
    with Loopback(answer(429, headers=headers), answer(200)) as server:
        send("GET", server.url, late)
    assert least <= late.waits[0] <= least * 1.1


def test_a_wait_that_is_too_long_is_the_callers_to_decide(send: Send) -> None:
    clock = FakeClock()
    with Loopback(answer(429, headers={"Retry-After": "61"}), answer(200)) as server:
        assert send("GET", server.url, clock).status_code == 429
    assert clock.waits == []
    with Loopback(answer(429, headers={"Retry-After": "60"}), answer(200)) as server:
        assert send("GET", server.url, clock).status_code == 200


@pytest.mark.parametrize("text", ["soon", "-5", "nan", "inf", "1e999", "", "Mon, 99 Foo 2026 99:99:99 GMT"])
def test_nonsense_in_retry_after_is_no_advice(send: Send, text: str) -> None:
    assert retry_after({"retry-after": text}, now=0.0) is None
    clock = FakeClock(chance=0.5)
    with Loopback(answer(503, headers={"Retry-After": text}), answer(200)) as server:
        assert send("GET", server.url, clock, first_wait=1.0).status_code == 200
    assert clock.waits == [0.5]


def test_no_wait_goes_beyond_the_deadline(send: Send) -> None:
    clock = FakeClock(chance=0.0)
    with Loopback(answer(503, headers={"Retry-After": "4"})) as server:
        assert send("GET", server.url, clock, attempts=100, deadline=10.0).status_code == 503
    assert clock.waits == [4.0, 4.0]
    assert len(server.received) == 3


def test_a_later_attempt_gets_no_longer_than_what_is_left(send: Send) -> None:
    # A tenth of a second is left for the second attempt, and the server answers after one: nobody waits for that.
    clock = FakeClock(chance=0.0)
    slowly = slow(1.0, answer(200))
    with Loopback(answer(503, headers={"Retry-After": "9.9"}), slowly) as server, pytest.raises(httpx.ReadTimeout):
        send("GET", server.url, clock, deadline=10.0)


class ReadOnce(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A body as an upload from a pipe would be."""

    def __init__(self) -> None:
        self._parts = iter([b"{", b"}"])

    def __iter__(self) -> Iterator[bytes]:
        return self._parts

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for part in self._parts:
            yield part


@pytest.mark.parametrize("way", [send_sync, send_async])
def test_a_body_that_can_be_read_once_is_sent_once(way: Callable[..., httpx.Response]) -> None:
    with Loopback(answer(503), answer(200)) as server:
        headers = {**KEY, "Host": "x", "Content-Length": "2"}
        request = httpx.Request("PUT", server.url, headers=headers, stream=ReadOnce(), extensions={})
        assert way(request, RetryPolicy(clock=FakeClock())).status_code == 503
    assert [received.body for received in server.received] == [b"{}"]


def test_connections_are_given_back() -> None:
    # With one connection at most, a discarded answer that was not read would block the next attempt.
    with Loopback(answer(503), answer(503), answer(200)) as server:
        transport = RetryTransport(
            httpx.HTTPTransport(verify=NO_TLS, limits=httpx.Limits(max_connections=1)), RetryPolicy(clock=FakeClock())
        )
        for _ in range(3):
            request = httpx.Request("GET", server.url, extensions={"timeout": {"pool": 0.5}})
            assert transport.handle_request(request).status_code == 200
        transport.close()
    assert len({received.connection for received in server.received}) == 1


def test_a_streamed_answer_is_not_read() -> None:
    transport = RetryTransport(httpx.HTTPTransport(verify=NO_TLS), RetryPolicy(clock=FakeClock()))
    with Loopback(break_off) as server:
        request = httpx.Request("GET", server.url, extensions={"stream": True})
        response = transport.handle_request(request)
        assert response.status_code == 200
        with pytest.raises(httpx.RemoteProtocolError):
            response.read()
        assert len(server.received) == 1
    transport.close()


def test_waiting_does_not_block_the_event_loop() -> None:
    ticks = 0

    async def run() -> None:
        nonlocal ticks
        transport = AsyncRetryTransport(httpx.AsyncHTTPTransport(verify=NO_TLS), RetryPolicy(attempts=2))

        async def tick() -> None:
            nonlocal ticks
            while True:
                ticks += 1
                await asyncio.sleep(0.01)

        ticking = asyncio.create_task(tick())
        with Loopback(answer(503, headers={"Retry-After": "0.3"}), answer(200)) as server:
            response = await transport.handle_async_request(httpx.Request("GET", server.url))
            assert response.status_code == 200
        ticking.cancel()
        await transport.aclose()

    asyncio.run(run())
    assert ticks > 10


def test_the_async_transport_waits_the_async_way() -> None:
    clock = FakeClock()
    with Loopback(answer(503), answer(200)) as server:
        send_async(httpx.Request("GET", server.url), RetryPolicy(clock=clock))
    assert clock.waits_of_asyncio == len(clock.waits) == 1
