"""Answers that are larger than they look: their size is counted while they arrive, after decompression."""

from __future__ import annotations

import asyncio
import gzip
import json
import tracemalloc
import zlib
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
from mlsteward import errors
from mlsteward.config import resolve
from mlsteward.connection import AsyncConnection, Connection
from mlsteward.transport import sizes
from mlsteward_api.api.projects import get_project

from tests.support.loopback import PROJECT, Loopback, answer, chunked

LIMIT = 1_000_000
JSON = json.dumps(PROJECT).encode()


def packed(size: int) -> bytes:
    """Blanks that decompress to a size, then a project, in gzip."""
    pressed = zlib.compressobj(9, wbits=31)
    blanks = b" " * 1_000_000
    parts = [pressed.compress(blanks) for _ in range(size // len(blanks))]
    return b"".join((*parts, pressed.compress(JSON), pressed.flush()))


@pytest.fixture(scope="module")
def bomb() -> bytes:
    """300 MB in 300 kB."""
    return packed(300_000_000)


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sizes, "LARGEST_ANSWER", LIMIT)


class App:
    """A server inside this process that answers with the same bytes each time."""

    def __init__(self, parts: list[bytes], headers: list[tuple[str, str]], *, is_lazy: bool) -> None:
        self.parts, self.headers, self.is_lazy = parts, headers, is_lazy

    def wsgi(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        start_response("200 OK", [("Content-Type", "application/json"), *self.headers])
        return iter(self.parts) if self.is_lazy else self.parts

    def close(self) -> None:
        pass


Ask = Callable[..., Any]


def served(content: bytes, encoding: str | None, *, has_length: bool) -> Loopback:
    headers = {"Content-Encoding": encoding} if encoding else {}
    if has_length:
        return Loopback(answer(200, content, headers))
    action = chunked(*(content[start : start + 5000] for start in range(0, len(content), 5000)))

    def act(handler: Any) -> None:
        end = handler.end_headers
        handler.end_headers = lambda: ([handler.send_header(*item) for item in headers.items()] and None) or end()
        action(handler)
        handler.end_headers = end

    return Loopback(act)


def ask(kind: str, content: bytes, encoding: str | None = "gzip", *, has_length: bool = True) -> Any:
    """Get a project through a transport."""
    if kind.startswith("embedded"):
        headers = [("Content-Encoding", encoding)] if encoding else []
        parts = [content[start : start + 65536] for start in range(0, len(content), 65536)]
        app = App(parts, headers, is_lazy=not has_length)
        return call(kind, resolve(environ={}, config_file=None), app=app)
    with served(content, encoding, has_length=has_length) as server:
        return call(kind, resolve(url=server.url, environ={}, config_file=None))


def call(kind: str, config: Any, **options: Any) -> Any:
    if not kind.endswith("async"):
        with httpx.Client(trust_env=False) as own, Connection(config, **with_client(kind, own), **options) as sync:
            return sync.call(get_project.request("p1"))

    async def run() -> Any:
        own = httpx.AsyncClient(trust_env=False)
        async with own, AsyncConnection(config, **with_client(kind, own), **options) as connection:
            return await connection.call(get_project.request("p1"))

    return asyncio.run(run())


def with_client(kind: str, own: Any) -> dict[str, Any]:
    return {"http_client": own} if kind.startswith("client") else {}


KINDS = ["network", "network_async", "client", "client_async", "embedded", "embedded_async"]
pytestmark = pytest.mark.parametrize("kind", KINDS)


@pytest.fixture
def peak() -> Iterator[Callable[[], int]]:
    """How many bytes were in use at most."""
    tracemalloc.start()
    yield lambda: tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()


@pytest.mark.parametrize("has_length", [True, False])
def test_a_small_answer_that_becomes_large(kind: str, has_length: bool, bomb: bytes, peak: Callable[[], int]) -> None:
    with pytest.raises(errors.ResponseParsingError, match="larger than"):
        ask(kind, bomb, has_length=has_length)
    assert peak() < 30 * LIMIT


@pytest.mark.parametrize("has_length", [True, False])
def test_a_large_answer_that_is_not_compressed(kind: str, has_length: bool) -> None:
    with pytest.raises(errors.ResponseParsingError, match="larger than"):
        ask(kind, b" " * (2 * LIMIT) + JSON, None, has_length=has_length)


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "raw deflate", "identity", "GZIP"])
def test_an_answer_of_usual_size(kind: str, encoding: str) -> None:
    raw = zlib.compressobj(wbits=-15)
    forms = {
        "gzip": gzip.compress(JSON),
        "GZIP": gzip.compress(JSON),
        "deflate": zlib.compress(JSON),
        "raw deflate": raw.compress(JSON) + raw.flush(),
        "identity": JSON,
    }
    assert ask(kind, forms[encoding], encoding.removeprefix("raw ")).id == "p1"


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, gzip"])
def test_what_was_not_asked_for(kind: str, encoding: str) -> None:
    with pytest.raises(errors.ResponseParsingError, match="which was not asked for"):
        ask(kind, gzip.compress(gzip.compress(JSON)), encoding)


def test_a_compressed_answer_that_is_cut_off(kind: str) -> None:
    with pytest.raises(errors.ResponseParsingError, match="cut off"):
        ask(kind, gzip.compress(JSON)[:-9])
