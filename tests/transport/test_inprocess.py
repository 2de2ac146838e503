"""A WSGI application in place of a server."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from typing import Any

import httpx
import pytest
from mlsteward.transport import AsyncInProcessTransport, InProcessTransport
from mlsteward.transport.inprocess import ApplicationFailed

from tests.support.process import PATIENCE

Environ = dict[str, Any]
App = Callable[[Environ, Any], Iterable[bytes]]
Send = Callable[..., httpx.Response]


def send_sync(app: App, request: httpx.Request, **options: Any) -> httpx.Response:
    response = InProcessTransport(app, **options).handle_request(request)
    response.read()
    response.close()
    return response


def send_async(app: App, request: httpx.Request, **options: Any) -> httpx.Response:
    async def run() -> httpx.Response:
        response = await AsyncInProcessTransport(app, **options).handle_async_request(request)
        await response.aread()
        await response.aclose()
        return response

    return asyncio.run(run())


@pytest.fixture(params=[send_sync, send_async], ids=["sync", "async"])
def send(request: pytest.FixtureRequest) -> Send:
    """Sends a request; the two transports must do the same."""
    way: Send = request.param
    return way


class Recorder:
    """An application that keeps what it was given."""

    def __init__(self) -> None:
        self.environ: Environ = {}
        self.body = b""

    def __call__(self, environ: Environ, start_response: Any) -> list[bytes]:
        self.environ = environ
        self.body = environ["wsgi.input"].read()
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [b"ok"]


def test_the_request_as_wsgi_wants_it(send: Send) -> None:
    app = Recorder()
    request = httpx.Request(
        "POST",
        "https://host.example:8443/caf%C3%A9/a%2Fb%3Fc?x=%C3%A9&y=1",
        headers={"X-Thing": "1", "Content-Type": "application/json"},
        content=b"{}",
    )
    assert send(app, request).content == b"ok"
    environ = app.environ
    assert environ["REQUEST_METHOD"] == "POST"
    # Bytes as latin-1: the UTF-8 of é is two characters here.
    assert environ["PATH_INFO"] == "/caf\xc3\xa9/a/b?c"
    assert environ["QUERY_STRING"] == "x=%C3%A9&y=1"
    assert (environ["SCRIPT_NAME"], environ["SERVER_NAME"], environ["SERVER_PORT"]) == ("", "host.example", "8443")
    assert environ["wsgi.url_scheme"] == "https"
    assert (environ["CONTENT_TYPE"], environ["CONTENT_LENGTH"]) == ("application/json", "2")
    assert environ["HTTP_X_THING"] == "1"
    assert "HTTP_CONTENT_TYPE" not in environ
    assert app.body == b"{}"


def test_it_is_wsgi(send: Send) -> None:
    from wsgiref.validate import validator

    app = Recorder()

    def reading(environ: Environ, start_response: Any) -> list[bytes]:
        app.body = environ["wsgi.input"].read(2)
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [b"ok"]

    assert send(validator(reading), httpx.Request("POST", "http://h/x", content=b"{}")).content == b"ok"
    assert app.body == b"{}"


def test_mounted_below_a_path(send: Send) -> None:
    app = Recorder()
    send(app, httpx.Request("GET", "http://h/x"), script_name="/ml")
    assert (app.environ["SCRIPT_NAME"], app.environ["PATH_INFO"]) == ("/ml", "/x")


def test_headers_that_are_repeated(send: Send) -> None:
    def app(environ: Environ, start_response: Any) -> list[bytes]:
        start_response("200 OK", [("Set-Cookie", "a=1"), ("Set-Cookie", "b=2"), ("X-Seen", environ["HTTP_X_MANY"])])
        return [environ["HTTP_COOKIE"].encode()]

    headers = [("X-Many", "1"), ("X-Many", "2"), ("Cookie", "a=1"), ("Cookie", "b=2")]
    response = send(app, httpx.Request("GET", "http://h/", headers=headers))
    assert response.headers.get_list("set-cookie") == ["a=1", "b=2"]
    assert response.headers["x-seen"] == "1,2"
    assert response.content == b"a=1; b=2"


# Who is calling.


def test_the_local_user_is_told_by_a_key_that_no_header_can_set(send: Send) -> None:
    app = Recorder()
    send(app, httpx.Request("GET", "http://h/"), local=True)
    assert app.environ["mlsteward.local"] is True
    forged = {"mlsteward.local": "1", "Mlsteward-Local": "1", "mlsteward_local": "1", "HTTP_mlsteward.local": "1"}
    send(app, httpx.Request("GET", "http://h/", headers=forged))
    assert "mlsteward.local" not in app.environ


@pytest.mark.parametrize("header", ["Authorization", "authorization", "X-Api-Key"])
def test_whoever_has_a_key_is_not_the_local_user(send: Send, header: str) -> None:
    app = Recorder()
    send(app, httpx.Request("GET", "http://h/", headers={header: "Bearer mls_x"}), local=True)
    assert "mlsteward.local" not in app.environ


def test_a_header_with_an_underscore_does_not_pass_for_another(send: Send) -> None:
    app = Recorder()
    send(app, httpx.Request("GET", "http://h/", headers={"X_Api_Key": "mls_x"}), local=True)
    assert "HTTP_X_API_KEY" not in app.environ


# Bodies.


def test_an_upload_is_read_as_the_application_asks_for_it() -> None:
    asked: list[str] = []

    def parts() -> Iterator[bytes]:
        for part in (b"one", b"", b"two", b"three"):
            asked.append(part.decode())
            yield part

    def app(environ: Environ, start_response: Any) -> list[bytes]:
        assert asked == []
        first = environ["wsgi.input"].read(2)
        start_response("200 OK", [])
        return [first, b"|", environ["wsgi.input"].read()]

    response = send_sync(app, httpx.Request("POST", "http://h/", content=parts()))
    assert response.content == b"on|etwothree"


def test_an_asynchronous_upload_is_read_as_the_application_asks_for_it() -> None:
    async def parts() -> AsyncIterator[bytes]:
        for part in (b"one", b"", b"two", b"three"):
            await asyncio.sleep(0)
            yield part

    def app(environ: Environ, start_response: Any) -> list[bytes]:
        first = environ["wsgi.input"].read(2)
        start_response("200 OK", [])
        return [first, b"|", environ["wsgi.input"].read()]

    response = send_async(app, httpx.Request("POST", "http://h/", content=parts()))
    assert response.content == b"on|etwothree"


class Body:
    """A body that is made part by part, and knows whether it was closed."""

    def __init__(self, *parts: bytes | Exception) -> None:
        self.parts = list(parts)
        self.made = 0
        self.closed = 0

    def __iter__(self) -> Iterator[bytes]:
        for part in self.parts:
            self.made += 1
            if isinstance(part, Exception):
                raise part
            yield part

    def close(self) -> None:
        self.closed += 1


def giving(body: Iterable[bytes]) -> App:
    def app(environ: Environ, start_response: Any) -> Iterable[bytes]:
        start_response("200 OK", [("Content-Type", "text/plain")])
        return body

    return app


def test_a_body_is_streamed_and_closed(send: Send) -> None:
    body = Body(b"a", b"", b"b")
    assert send(giving(body), httpx.Request("GET", "http://h/")).content == b"ab"
    assert body.closed == 1


def test_no_more_of_a_body_is_made_than_is_read() -> None:
    body = Body(b"a", b"b", b"c")
    response = InProcessTransport(giving(body)).handle_request(httpx.Request("GET", "http://h/"))
    assert body.made == 1
    response.close()
    assert (body.made, body.closed) == (1, 1)


def test_a_list_is_closed_too(send: Send) -> None:
    class Closing(list[bytes]):
        closed = False

        def close(self) -> None:
            self.closed = True

    body = Closing([b"a", b"b"])
    assert send(giving(body), httpx.Request("GET", "http://h/")).content == b"ab"
    assert body.closed


def test_an_application_may_start_late(send: Send) -> None:
    def app(environ: Environ, start_response: Any) -> Iterator[bytes]:
        yield b""
        start_response("201 Created", [("X-Late", "yes")])
        yield b"a"
        yield b"b"

    response = send(app, httpx.Request("GET", "http://h/"))
    assert (response.status_code, response.headers["x-late"], response.content) == (201, "yes", b"ab")


def test_an_application_may_write(send: Send) -> None:
    def app(environ: Environ, start_response: Any) -> list[bytes]:
        write = start_response("200 OK", [])
        write(b"a")
        write(b"b")
        return [b"c"]

    assert send(app, httpx.Request("GET", "http://h/")).content == b"abc"


def test_an_application_may_change_its_mind_before_it_sends(send: Send) -> None:
    def app(environ: Environ, start_response: Any) -> list[bytes]:
        start_response("200 OK", [])
        try:
            raise ValueError("no")
        except ValueError:
            import sys

            start_response("500 Internal Server Error", [("X-Failed", "yes")], sys.exc_info())
        return [b"sorry"]

    response = send(app, httpx.Request("GET", "http://h/"))
    assert (response.status_code, response.headers["x-failed"], response.content) == (500, "yes", b"sorry")


# Failures.


def raising(environ: Environ, start_response: Any) -> list[bytes]:
    raise ValueError("mls_CanaryCanaryCanary")


def silent(environ: Environ, start_response: Any) -> list[bytes]:
    return [b"a"]


def silent_iterator(environ: Environ, start_response: Any) -> Iterator[bytes]:
    yield b""


@pytest.mark.parametrize(
    "app", [raising, silent, silent_iterator, giving(Body(ValueError("no")))], ids=["raises", "silent", "lazy", "first"]
)
def test_an_application_that_fails(send: Send, app: App) -> None:
    with pytest.raises(ApplicationFailed, match="the application failed") as caught:
        send(app, httpx.Request("GET", "http://h/"))
    assert caught.value.__cause__ is not None
    assert "Canary" not in str(caught.value)


def test_an_application_that_fails_in_the_middle_is_closed(send: Send) -> None:
    for body in (Body(b"a", ValueError("no")), Body(ValueError("no"))):
        with pytest.raises(ApplicationFailed, match="ValueError"):
            send(giving(body), httpx.Request("GET", "http://h/"))
        assert body.made == len(body.parts)
    assert body.closed == 1


# Threads.


def test_the_sync_transport_stays_in_the_thread_and_the_async_one_leaves_the_loop() -> None:
    seen: list[int] = []

    def app(environ: Environ, start_response: Any) -> list[bytes]:
        seen.append(threading.get_ident())
        start_response("200 OK", [])
        return [b""]

    send_sync(app, httpx.Request("GET", "http://h/"))
    send_async(app, httpx.Request("GET", "http://h/"))
    assert seen[0] == threading.get_ident() != seen[1]


@pytest.mark.parametrize("streamed", [False, True])
def test_a_slow_application_does_not_block_the_event_loop(streamed: bool) -> None:
    let_go = threading.Event()

    def app(environ: Environ, start_response: Any) -> Iterable[bytes]:
        if not streamed:
            assert let_go.wait(PATIENCE)
        start_response("200 OK", [])

        def parts() -> Iterator[bytes]:
            yield b"a"
            assert let_go.wait(PATIENCE)
            yield b"b"

        return parts() if streamed else [b"ab"]

    async def run() -> bytes:
        async def call() -> bytes:
            response = await AsyncInProcessTransport(app).handle_async_request(httpx.Request("GET", "http://h/"))
            return await response.aread()

        calling = asyncio.create_task(call())
        for _ in range(10):
            await asyncio.sleep(0.01)
        assert not calling.done()
        let_go.set()  # which nobody could if the event loop waited for the application
        return await calling

    assert asyncio.run(run()) == b"ab"
