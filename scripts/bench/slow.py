"""What slow callers cost the others."""

from __future__ import annotations

import socket
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import httpx

from bench.figures import Figure, Size, compare, milliseconds
from bench.timing import CLIENT_CORE, pin
from bench.world import World

CONNECTIONS = 1000
ROUNDS = 5
CALLS = 2000


def measure(world: World, size: Size) -> list[Figure]:
    """The slowest hundredth of reads, while many anonymous connections hold back the end of a body."""
    pin(0, CLIENT_CORE)
    count = max(50, int(CONNECTIONS * size.scale))
    calls = max(100, int(CALLS * size.scale))
    url = f"{world.url}/api/v1/projects/{world.project_id}"
    pairs = []
    with httpx.Client(headers={"Authorization": f"Bearer {world.key}"}, trust_env=False) as client:
        _slowest(client, url, calls)
        for _ in range(min(ROUNDS, size.rounds)):
            alone = _slowest(client, url, calls)
            with _slow(world.url, count):
                pairs.append((_slowest(client, url, calls), alone))
    return [
        compare(
            f"p99 of a served GET beside {count} connections with half a body",
            "the same without them",
            pairs,
            target=2.0,
            show=milliseconds,
        )
    ]


def _slowest(client: httpx.Client, url: str, calls: int) -> float:
    """The 99th percentile of the seconds that a call takes."""
    taken = []
    for _ in range(calls):
        began = time.perf_counter()
        client.get(url).raise_for_status()
        taken.append(time.perf_counter() - began)
    return statistics.quantiles(taken, n=100)[98]


@contextmanager
def _slow(url: str, count: int) -> Iterator[None]:
    """Connections that send the start of a small body, and nothing more."""
    parts = urlsplit(url)
    head = f"POST /api/v1/projects HTTP/1.1\r\nHost: {parts.netloc}\r\nContent-Type: application/json\r\n"
    sockets = []
    try:
        for _ in range(count):
            connection = socket.create_connection((parts.hostname, parts.port))
            connection.sendall(f"{head}Content-Length: 100\r\n\r\n{{".encode())
            sockets.append(connection)
        yield
    finally:
        for connection in sockets:
            connection.close()
