"""A small load generator: kept connections, one request in flight on each, whole answers checked."""

from __future__ import annotations

import selectors
import socket
import time
import uuid
from collections.abc import Callable, Sequence
from urllib.parse import urlsplit

CONNECTIONS = 16


def requests_per_second(url: str, headers: dict[str, str], seconds: float) -> float:
    """How many answers of 200 a server gives.

    Raises:
        RuntimeError: It answers anything else.
    """
    request = _request("GET", url, headers)
    return _drive(url, [lambda: request] * CONNECTIONS, seconds)


def writes_per_second(urls: Sequence[str], headers: dict[str, str], body: bytes, seconds: float) -> float:
    """How many changes a server carries out, one connection for each URL, each change under a key of its own.

    Raises:
        RuntimeError: It answers anything else than 200.
    """
    common = {**headers, "Content-Type": "application/json", "Content-Length": str(len(body))}

    def change(url: str) -> Callable[[], bytes]:
        return lambda: _request("PATCH", url, {**common, "Idempotency-Key": uuid.uuid4().hex}) + body

    return _drive(urls[0], [change(url) for url in urls], seconds)


def _request(method: str, url: str, headers: dict[str, str]) -> bytes:
    parts = urlsplit(url)
    target = parts.path + (f"?{parts.query}" if parts.query else "")
    lines = [f"{method} {target} HTTP/1.1", f"Host: {parts.netloc}", *(f"{n}: {v}" for n, v in headers.items())]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def _drive(url: str, requests: Sequence[Callable[[], bytes]], seconds: float) -> float:
    """Send requests on a connection each, the next one when the answer is there."""
    parts = urlsplit(url)
    selector = selectors.DefaultSelector()
    sockets = []
    for make in requests:
        connection = socket.create_connection((parts.hostname, parts.port))
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        selector.register(connection, selectors.EVENT_READ, (bytearray(), make))
        connection.sendall(make())
        sockets.append(connection)
    count, began = 0, time.perf_counter()
    stop = began + seconds
    try:
        while time.perf_counter() < stop:
            for ready, _ in selector.select(1):
                answering, (received, make) = ready.fileobj, ready.data
                assert isinstance(answering, socket.socket)
                received += answering.recv(65536)
                if _is_whole(received):
                    received.clear()
                    count += 1
                    answering.sendall(make())
        return count / (time.perf_counter() - began)
    finally:
        for connection in sockets:
            connection.close()
        selector.close()


def _is_whole(received: bytearray) -> bool:
    head, found, body = received.partition(b"\r\n\r\n")
    if not found:
        return False
    if not head.startswith(b"HTTP/1.1 200"):
        raise RuntimeError(f"the server answered {bytes(received[:200])!r}")
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return len(body) >= int(line.partition(b":")[2])
    raise RuntimeError("the server answered without a Content-Length")
