"""A real HTTP server on the loopback interface that does what a test tells it to."""

from __future__ import annotations

import hashlib
import json
import socket
import ssl
import struct
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

PROJECT = {
    "id": "p1",
    "workspace": "ml",
    "name": "churn",
    "handle": "churn",
    "key": "CHU",
    "visibility": "private",
    "roster_policy": "owners",
    "created_at": "2026-01-01T00:00:00Z",
    "last_updated": "2026-01-01T00:00:00Z",
}


KEPT = 1024 * 1024
"""Bytes of a body that are kept. Of a larger one only its size and digest are."""


@dataclass
class Received:
    """A request as it arrived."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    connection: int
    size: int = 0
    digest: str = ""


class Handler(BaseHTTPRequestHandler):
    """Keeps the request, then does what the script says next."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def handle_one_request(self) -> None:
        try:
            super().handle_one_request()
        except ConnectionError:
            self.close_connection = True

    def respond(self) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        received = Received(self.command, self.path, headers, b"", self.client_address[1])
        digest = hashlib.sha256()
        for part in self.parts():
            digest.update(part)
            received.size += len(part)
            if len(received.body) < KEPT:
                received.body += part
        received.digest = digest.hexdigest()
        loopback: Loopback = self.server.loopback  # type: ignore[attr-defined]
        loopback.received.append(received)
        loopback.next_action()(self)

    def parts(self) -> Iterator[bytes]:
        """The body, as it comes."""
        if self.headers.get("Transfer-Encoding") == "chunked":
            while length := int(self.rfile.readline(), 16):
                yield self.rfile.read(length)
                self.rfile.readline()
            self.rfile.readline()
            return
        left = int(self.headers.get("Content-Length") or 0)
        while left:
            part = self.rfile.read(min(left, KEPT))
            left = left - len(part) if part else 0
            yield part

    do_GET = do_POST = do_PATCH = do_PUT = do_DELETE = do_HEAD = respond

    def log_message(self, format: str, *args: Any) -> None:
        pass


Action = Callable[[Handler], None]


@dataclass
class Loopback:
    """The server: `Loopback(answer(503), answer(200))` fails once. The last action is repeated for ever."""

    actions: list[Action]
    received: list[Received] = field(default_factory=list)

    def __init__(self, *actions: Action, tls: ssl.SSLContext | None = None) -> None:
        self.actions = list(actions) or [answer(200)]
        self.received = []
        self._lock = threading.Lock()
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._http.daemon_threads = True
        self._http.loopback = self  # type: ignore[attr-defined]
        # A client that turns its back during a handshake is part of a test, not news.
        self._http.handle_error = lambda request, address: None  # type: ignore[method-assign, assignment]
        self.port = self._http.server_address[1]
        self.url = f"http{'s' if tls else ''}://127.0.0.1:{self.port}"
        if tls is not None:
            self._http.socket = tls.wrap_socket(self._http.socket, server_side=True)

    def next_action(self) -> Action:
        with self._lock:
            return self.actions.pop(0) if len(self.actions) > 1 else self.actions[0]

    @property
    def last(self) -> Received:
        return self.received[-1]

    def __enter__(self) -> Self:
        self._thread = threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.01})
        self._thread.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self._http.shutdown()
        self._thread.join()
        self._http.server_close()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


# What a server can do.


def answer(status: int = 200, body: object = PROJECT, headers: dict[str, str] | None = None) -> Action:
    """Answer with JSON, or with bytes as they are."""
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()

    def act(handler: Handler) -> None:
        handler.send_response(status)
        sent = {"Content-Type": "application/json", **(headers or {})}
        for name, value in sent.items():
            handler.send_header(name, value)
        content = b"" if status == 204 else raw
        if status != 204:
            handler.send_header("Content-Length", str(len(content)))
        handler.end_headers()
        if handler.command != "HEAD":
            handler.wfile.write(content)

    return act


def problem(status: int, code: str, **fields: Any) -> Action:
    """Answer the way mlsteward says no."""
    body = {
        "type": f"/problems/{code}",
        "title": "Title",
        "status": status,
        "detail": "What went wrong",
        "code": code,
        "hint": "What to do",
        "request_id": "01J",
        **fields,
    }
    return answer(status, body, {"Content-Type": "application/problem+json"})


def html(status: int, text: str) -> Action:
    """Answer the way proxies do."""
    return answer(status, text.encode(), {"Content-Type": "text/html"})


def drop(handler: Handler) -> None:
    """Hang up without a word."""
    # A reset, not an orderly end: what a crash looks like.
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.close_connection = True


def break_off(handler: Handler) -> None:
    """Promise more than is sent."""
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b'{"id": "p1", ')
    handler.close_connection = True


def slow(seconds: float, then: Action) -> Action:
    """Think first."""

    def act(handler: Handler) -> None:
        time.sleep(seconds)
        then(handler)

    return act


def chunked(*parts: bytes) -> Action:
    """Answer without saying how long it will be."""

    def act(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "application/json")
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        for part in parts:
            handler.wfile.write(f"{len(part):x}\r\n".encode() + part + b"\r\n")
        handler.wfile.write(b"0\r\n\r\n")

    return act


def large(size: int, part: bytes) -> Action:
    """Answer with a body of many equal parts."""

    def act(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "application/octet-stream")
        handler.send_header("Content-Length", str(size))
        handler.end_headers()
        for _ in range(size // len(part)):
            handler.wfile.write(part)

    return act


def head_only(**headers: str) -> Action:
    """Say something about a body that never comes."""

    def act(handler: Handler) -> None:
        handler.send_response(200)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.flush()
        handler.close_connection = True

    return act
