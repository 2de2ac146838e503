"""Bodies that are too large for memory, on every transport: sent from a file, read in parts, tried again whole."""

from __future__ import annotations

import asyncio
import hashlib
import io
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest
from mlsteward import errors
from mlsteward.config import resolve
from mlsteward.connection import AsyncConnection, Connection
from mlsteward.transport import RetryPolicy, sizes

from tests.support.clock import FakeClock
from tests.support.loopback import Loopback, answer, break_off, drop, large, problem
from tests.transport.blobs import PART, Blobs, get, put

CONTENT = bytes(range(256)) * 4096
DIGEST = hashlib.sha256(CONTENT).hexdigest()


class Opened(io.BytesIO):
    """A file that is counted."""

    def __init__(self, files: list[Opened]) -> None:
        super().__init__(CONTENT)
        files.append(self)


class Client:
    """A connection of one of the kinds, asked in one way."""

    def __init__(self, kind: str, *, url: str | None = None, app: Blobs | None = None) -> None:
        self.asynchronous = kind.startswith("async")
        options: dict[str, Any] = {"retry": RetryPolicy(clock=FakeClock()), "timeout": 30.0}
        if app is not None:
            options["app"] = app
        if kind.endswith("client"):
            options["http_client"] = httpx.AsyncClient() if self.asynchronous else httpx.Client()
        config = resolve(url=url, environ={}, config_file=None)
        self.connection: Any = (AsyncConnection if self.asynchronous else Connection)(config, **options)
        self.http_client = options.get("http_client")

    def run(self, act: Callable[[Any], Any], aact: Callable[[Any], Any]) -> Any:
        """Do something, then close everything."""
        if not self.asynchronous:
            with self.http_client or nullcontext(), self.connection:
                return act(self.connection)

        async def main() -> Any:
            async with self.http_client or nullcontext(), self.connection:
                return await aact(self.connection)

        return asyncio.run(main())

    def upload(self, content: Any, **options: Any) -> Any:
        return self.run(
            lambda connection: connection.upload(partial(put, "b"), content, dict, **options),
            lambda connection: connection.upload(partial(put, "b"), content, dict, **options),
        )

    def read(self, parts: int | None = None, **params: Any) -> int:
        """The length of a stream, or of its first parts."""

        def act(connection: Any) -> int:
            with connection.stream(get("b", **params)) as streamed:
                size = 0
                for number, part in enumerate(streamed.iter_bytes(len(PART)), 1):
                    size += len(part)
                    if number == parts:
                        break
                return size

        async def aact(connection: Any) -> int:
            async with connection.stream(get("b", **params)) as streamed:
                size = number = 0
                async for part in streamed.aiter_bytes(len(PART)):
                    size, number = size + len(part), number + 1
                    if number == parts:
                        break
                return size

        return int(self.run(act, aact))


network = pytest.mark.parametrize("kind", ["sync", "async", "sync client", "async client"])
in_process = pytest.mark.parametrize("kind", ["sync", "async"])


def contents(folder: Path, files: list[Opened]) -> dict[str, tuple[Any, bool]]:
    """Every form of content, and whether its length is known."""
    path = folder / "content"
    path.write_bytes(CONTENT)
    return {
        "bytes": (CONTENT, True),
        "path": (path, True),
        "text": (str(path), True),
        "file": (lambda: Opened(files), False),
        "iterator": (lambda: iter([CONTENT[:5], CONTENT[5:]]), False),
    }


@network
def test_upload_over_the_network(kind: str, tmp_path: Path) -> None:
    files: list[Opened] = []
    for form, (content, is_known) in contents(tmp_path, files).items():
        with Loopback(answer(200, {"size": 1})) as server:
            assert Client(kind, url=server.url).upload(content) == {"size": 1}
        assert (server.last.digest, server.last.size) == (DIGEST, len(CONTENT)), form
        assert ("content-length" in server.last.headers) == is_known, form
        assert ("transfer-encoding" in server.last.headers) != is_known, form
        assert server.last.headers["content-type"] == "application/octet-stream"
        assert server.last.headers["idempotency-key"]
    assert [file.closed for file in files] == [True]


@in_process
def test_upload_in_process(kind: str, tmp_path: Path) -> None:
    files: list[Opened] = []
    for content, _ in contents(tmp_path, files).values():
        app = Blobs()
        assert Client(kind, app=app).upload(content) == {"size": len(CONTENT)}
        assert app.digests == [DIGEST]
    assert [file.closed for file in files] == [True]


@pytest.mark.parametrize("kind", ["async", "async client"])
def test_upload_of_an_asynchronous_iterator(kind: str) -> None:
    async def parts() -> AsyncIterator[bytes]:
        yield CONTENT[:5]
        yield CONTENT[5:]

    with Loopback(answer(200, {})) as server:
        Client(kind, url=server.url).upload(parts)
    assert server.last.digest == DIGEST
    app = Blobs()
    Client("async", app=app).upload(parts)
    assert app.digests == [DIGEST]


@network
@pytest.mark.parametrize("failure", [problem(503, "unavailable"), drop])
def test_an_upload_is_sent_again_whole(kind: str, failure: Any) -> None:
    files: list[Opened] = []
    with Loopback(failure, failure, answer(200, {})) as server:
        Client(kind, url=server.url).upload(lambda: Opened(files))
    assert [received.digest for received in server.received] == [DIGEST] * 3
    assert len({received.headers["idempotency-key"] for received in server.received}) == 1
    assert [file.closed for file in files] == [True] * 3


@in_process
def test_an_upload_in_process_is_sent_again_under_a_key(kind: str) -> None:
    app = Blobs("503 Service Unavailable")
    assert Client(kind, app=app).upload(CONTENT, idempotency_key="k") == {"size": len(CONTENT)}
    assert app.digests == [DIGEST] * 2
    app = Blobs("503 Service Unavailable")
    with pytest.raises(errors.APIError, match="Not here"):
        Client(kind, app=app).upload(CONTENT)


@network
def test_files_are_closed_when_the_upload_fails(kind: str) -> None:
    files: list[Opened] = []
    with Loopback(problem(404, "project_not_found")) as server, pytest.raises(errors.ProjectNotFound):
        Client(kind, url=server.url).upload(lambda: Opened(files))
    assert [file.closed for file in files] == [True]


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (7, errors.InvalidArgument),
        (iter([b"x"]), errors.InvalidArgument),
        (io.BytesIO(b"x"), errors.InvalidArgument),
        ("/nowhere/at/all", FileNotFoundError),
        (lambda: iter(["text"]), errors.InvalidArgument),
    ],
)
@in_process
def test_what_cannot_be_opened_again(kind: str, content: Any, error: type[Exception]) -> None:
    with Loopback(answer(200, {})) as server, pytest.raises(error):
        Client(kind, url=server.url).upload(content)


@network
def test_stream_over_the_network(kind: str) -> None:
    with Loopback(large(len(PART) * 3, PART)) as server:
        assert Client(kind, url=server.url).read(since="now") == len(PART) * 3
    assert server.last.path == "/api/v1/blobs/b?since=now"
    assert server.last.headers["accept-encoding"] == "identity"


@in_process
def test_stream_in_process_makes_parts_when_they_are_read(kind: str) -> None:
    app = Blobs(size=len(PART) * 100)
    assert Client(kind, app=app).read(parts=2) == len(PART) * 2
    assert app.sent <= 4
    assert app.closed == 1
    app = Blobs(size=len(PART) * 3)
    assert Client(kind, app=app).read() == len(PART) * 3
    assert app.closed == 1


@network
def test_a_stream_that_is_left_gives_its_connection_back(kind: str) -> None:
    with Loopback(large(len(PART) * 100, PART), answer(200, {})) as server:
        assert Client(kind, url=server.url).read(parts=1) == len(PART)


@network
def test_refusals_of_a_stream_are_errors(kind: str) -> None:
    with Loopback(problem(404, "project_not_found")) as server, pytest.raises(errors.ProjectNotFound) as caught:
        Client(kind, url=server.url).read()
    assert (caught.value.request_id, caught.value.hint) == ("01J", "What to do")


@network
def test_a_stream_is_tried_again_until_it_begins(kind: str) -> None:
    with Loopback(problem(503, "unavailable"), drop, large(len(PART), PART)) as server:
        assert Client(kind, url=server.url).read() == len(PART)
    assert len(server.received) == 3


@network
def test_a_stream_that_breaks_off_is_an_error(kind: str) -> None:
    with Loopback(break_off) as server, pytest.raises(errors.ConnectionFailed):
        Client(kind, url=server.url).read()
    assert len(server.received) == 1


@network
def test_no_limit_of_size_applies(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sizes, "LARGEST_ANSWER", 1000)
    with Loopback(large(len(PART), PART)) as server:
        assert Client(kind, url=server.url).read() == len(PART)


def test_what_is_known_before_the_body(tmp_path: Path) -> None:
    config = resolve(environ={}, config_file=None)
    with Connection(config, app=Blobs()) as connection, connection.stream(get("b")) as streamed:
        assert (streamed.status, streamed.request_id, streamed.size) == (200, "01J", None)
        assert streamed.headers["Content-Type"] == "application/octet-stream"
        assert streamed.save(tmp_path / "saved") == len(PART)
    assert (tmp_path / "saved").read_bytes() == PART


def test_lines() -> None:
    body = b'{"a": 1}\n{"a": 2}\n'

    def lines(connection: Any) -> list[str]:
        with connection.stream(get("b")) as streamed:
            return list(streamed.iter_lines())

    async def alines(connection: Any) -> list[str]:
        async with connection.stream(get("b")) as streamed:
            return [line async for line in streamed.aiter_lines()]

    for kind in ("sync", "async"):
        with Loopback(answer(200, body)) as server:
            assert Client(kind, url=server.url).run(lines, alines) == ['{"a": 1}', '{"a": 2}']


MEMORY = """
import re
from pathlib import Path
from tests.transport.blobs import PART, Blobs
from tests.support.loopback import Loopback, answer, large
from tests.transport.test_streams import Client

count = 200 * 1024 * 1024 // len(PART)
size = count * len(PART)
parts = lambda: (PART for _ in range(count))
for kind in ("sync", "async", "sync client", "async client"):
    with Loopback(answer(200, {"size": size})) as server:
        assert Client(kind, url=server.url).upload(parts) == {"size": size}
        assert server.last.size == size
    with Loopback(large(size, PART)) as server:
        assert Client(kind, url=server.url).read() == size
for kind in ("sync", "async"):
    assert Client(kind, app=Blobs()).upload(parts) == {"size": size}
    assert Client(kind, app=Blobs(size=size)).read() == size
# Not `ru_maxrss`: it counts what the parent held when it started this process.
print(int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) // 1024)
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="reads the memory of a process in /proc")
def test_memory_stays_small() -> None:
    """200 MB in each direction on each transport, the server included, in less than 150 MB."""
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", MEMORY], cwd=root, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) < 150
