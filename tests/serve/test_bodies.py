"""Bodies on the wire: slow, cut off, too large, from nobody. They hold no thread, and nothing half is carried out."""

from __future__ import annotations

import json
import re
import socket
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.support.process import PATIENCE, Served, eventually, serving

API = "/api/v1"
MEMORY_MB = 150
GIGABYTE = 2**30


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for the database and its files."""
    return tmp_path_factory.mktemp("files")


@pytest.fixture(scope="module")
def served(files: Path) -> Iterator[Served]:
    """A server with three threads, which gives bodies two seconds."""
    with serving(files, "--database", str(files / "x.db"), "--threads", "3", "--body-timeout", "2") as served:
        with admin(served) as client:
            client.post("/workspaces", json={"name": "w"}).raise_for_status()
            client.post("/projects", json={"workspace": "w", "name": "p", "key": "CLS"}).raise_for_status()
            client.post("/projects/w:p/experiments", json={}).raise_for_status()
        yield served


def admin(served: Served) -> httpx.Client:
    return served.client(served.keys[0])


def head(served: Served, path: str, *headers: str, key: bool = True) -> bytes:
    lines = [f"POST {API}{path} HTTP/1.1", "Host: localhost", *headers]
    if key:
        lines.append(f"Authorization: Bearer {served.keys[0]}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def send(served: Served, *parts: bytes, ends: bool = False) -> socket.socket:
    """Send something on a new connection; `ends` closes the sending half of it."""
    connection = socket.create_connection(("127.0.0.1", served.port), timeout=PATIENCE)
    for part in parts:
        connection.sendall(part)
    if ends:
        connection.shutdown(socket.SHUT_WR)
    return connection


def answer(connection: socket.socket) -> tuple[int, dict[str, str], dict[str, object], bool]:
    """Status, headers, body, and whether the server closed the connection after it."""
    received = b""
    while b"\r\n\r\n" not in received:
        received += connection.recv(65536)
    top, _, body = received.partition(b"\r\n\r\n")
    status, *lines = top.decode().split("\r\n")
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
    while len(body) < int(headers["content-length"]):
        body += connection.recv(65536)
    connection.settimeout(PATIENCE if headers.get("connection") == "close" else 0.2)
    try:
        closed = connection.recv(1) == b""
    except TimeoutError:
        closed = False
    connection.close()
    return int(status.split()[1]), headers, json.loads(body), closed


def names(served: Served) -> set[str]:
    with admin(served) as client:
        return {project["name"] for project in client.get("/projects").json()}


JSON = "Content-Type: application/json"
FILE = "Content-Type: application/octet-stream"
WHOLE = b'{"workspace": "w", "name": "cut"}'
ASSETS = "/experiments/w:CLS-1/assets?name=cut"


@pytest.mark.parametrize(
    "request_of",
    [
        lambda s: (head(s, "/projects", JSON, f"Content-Length: {len(WHOLE) + 1}"), WHOLE),
        lambda s: (head(s, "/projects", JSON, "Transfer-Encoding: chunked"), b"%x\r\n%b\r\n" % (len(WHOLE), WHOLE)),
        lambda s: (head(s, "/projects", JSON, "Content-Length: 100000"), WHOLE),
        lambda s: (head(s, ASSETS, FILE, "Content-Length: 9"), b"half"),
        lambda s: (head(s, ASSETS, FILE, "Content-Length: 100000"), b"half"),
        lambda s: (head(s, ASSETS, FILE, "Transfer-Encoding: chunked"), b"4\r\nhalf\r\n"),
    ],
    ids=["one byte less", "without the last chunk", "large", "a file", "a large file", "a file in chunks"],
)
def test_a_body_that_was_cut_off(served: Served, request_of: object) -> None:
    parts = request_of(served)  # type: ignore[operator]
    status, headers, body, _ = answer(send(served, *parts, ends=True))
    assert (status, body["code"], headers["connection"]) == (400, "malformed_request", "close")
    assert (headers["cache-control"], headers["x-request-id"]) == ("no-store", body["request_id"])
    assert "incomplete" in str(body["detail"])
    assert "cut" not in names(served)
    with admin(served) as client:
        assert client.get("/experiments/w:CLS-1/assets").json() == []


def test_a_body_that_takes_too_long(served: Served) -> None:
    waiting = [
        send(served, head(served, "/projects", JSON, "Content-Length: 34"), WHOLE),
        send(served, head(served, ASSETS, FILE, "Content-Length: 1000000"), b"x" * 10_000),
    ]
    for connection in waiting:
        status, _, body, closed = answer(connection)
        assert (status, body["code"], closed) == (408, "request_timeout", True)
    assert "cut" not in names(served)


def test_slow_bodies_hold_no_thread(served: Served) -> None:
    slow = [send(served, head(served, "/projects", JSON, "Content-Length: 34", key=False), b"{") for _ in range(100)]
    slow += [send(served, head(served, ASSETS, FILE, "Content-Length: 1000000"), b"x") for _ in range(100)]
    with admin(served) as client:
        for _ in range(20):
            client.get("/me").raise_for_status()
            assert client.post("/projects", json={"workspace": "w"}).status_code == 422
    for connection in slow:
        connection.close()


def test_many_slow_callers_where_few_files_may_be_open(tmp_path: Path) -> None:
    """A worker raises the limit that it was started with."""
    resource = pytest.importorskip("resource", reason="the system has no such limit")
    limits = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (256, limits[1]))
    try:
        server = Served(tmp_path, "--database", str(tmp_path / "x.db"))
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, limits)
    with server as served:
        served.wait_until_ready()
        slow = [send(served, head(served, "/projects", JSON, "Content-Length: 9"), b"{") for _ in range(400)]
        with admin(served) as client:
            client.get("/me").raise_for_status()
        for connection in slow:
            connection.close()


def test_nobody_needs_to_send_a_large_body_to_be_refused(served: Served) -> None:
    for path, kind in (("/projects", JSON), (ASSETS, FILE)):
        for length in ("Content-Length: 1000000", "Transfer-Encoding: chunked"):
            status, _, body, closed = answer(send(served, head(served, path, kind, length, key=False)))
            assert (status, body["code"], closed) == (401, "unauthenticated", True)


@pytest.mark.parametrize(
    ("path", "headers", "status", "code"),
    [
        ("/projects", [JSON, "Content-Length: 1048577"], 413, "request_too_large"),
        ("/projects", [FILE, "Content-Length: 100000"], 415, "unsupported_media_type"),
        ("/nothing", [JSON, "Content-Length: 100000"], 404, "route_not_found"),
        ("/experiments/w:CLS-9/assets?name=x", [FILE, "Content-Length: 100000"], 404, "experiment_not_found"),
        ("/experiments/w:CLS-1/assets", [FILE, "Content-Length: 100000"], 422, "invalid_request"),
        (ASSETS, [JSON, "Content-Length: 100000"], 415, "unsupported_media_type"),
        (ASSETS, [FILE, f"Content-Length: {10**15}"], 413, "request_too_large"),
    ],
)
def test_what_is_refused_by_its_head(served: Served, path: str, headers: list[str], status: int, code: str) -> None:
    got, said, body, closed = answer(send(served, head(served, path, *headers)))
    assert (got, body["code"], said["connection"], closed) == (status, code, "close", True)


def test_a_body_in_chunks_that_grows_too_large(served: Served) -> None:
    chunk = b"10000\r\n" + b" " * 0x10000 + b"\r\n"
    connection = send(served, head(served, "/projects", JSON, "Transfer-Encoding: chunked"), *[chunk] * 17)
    status, _, body, closed = answer(connection)
    assert (status, body["code"], closed) == (413, "request_too_large", True)


def test_a_caller_who_leaves(served: Served, files: Path) -> None:
    for _ in range(5):
        send(served, head(served, ASSETS, FILE, "Content-Length: 100000000"), b"x" * 2_000_000).close()
    with admin(served) as client:
        # After one that stays, there is a folder to look at.
        client.post(ASSETS, content=b"x", headers={"Content-Type": "application/octet-stream"}).raise_for_status()
    [incoming] = files.glob("*.files/incoming")
    assert eventually(lambda: not list(incoming.iterdir()))


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="reads the memory of a process in /proc")
def test_large_files_need_little_memory(served: Served) -> None:
    """A gigabyte up and down, with the reader far behind the server."""
    part = bytes(range(256)) * 4096
    [worker] = served.workers()
    with admin(served) as client:
        headers = {"Content-Type": "application/octet-stream", "Content-Length": str(GIGABYTE)}
        sent = (part for _ in range(GIGABYTE // len(part)))
        made = client.post("/experiments/w:CLS-1/assets?name=large", content=sent, headers=headers)
        assert made.status_code == 201, made.text
        asset = made.json()
        assert asset["size"] == GIGABYTE
        with client.stream("GET", f"/experiments/w:CLS-1/assets/{asset['id']}") as answered:
            assert answered.headers["content-length"] == str(GIGABYTE)
            parts = answered.iter_raw(len(part))
            assert next(parts) == part
            # While somebody reads slowly the server does not read ahead, and answers others.
            for _ in range(50):
                client.get("/me").raise_for_status()
            assert sum(len(rest) for rest in parts) == GIGABYTE - len(part)
    assert peak(worker) < MEMORY_MB


def peak(pid: int) -> int:
    """The most memory that a process ever held, in MB."""
    status = Path(f"/proc/{pid}/status").read_text()
    found = re.search(r"VmHWM:\s+(\d+)", status)
    assert found is not None
    return int(found[1]) // 1024
