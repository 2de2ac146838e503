"""What a running server owes to whoever calls it."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.databases import SqliteTemplate
from tests.support.process import PATIENCE, Served, serving


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, sqlite_template: SqliteTemplate) -> Iterator[Served]:
    home = tmp_path_factory.mktemp("home")
    with serving(home, "--database", sqlite_template.copy(), "--log-level", "debug") as served:
        with served.client(served.keys[0]) as client:
            client.post("/workspaces", json={"name": "ml-team"}).raise_for_status()
        yield served


def connect(served: Served) -> socket.socket:
    return socket.create_connection(("127.0.0.1", served.port), timeout=PATIENCE)


def exchange(connection: socket.socket, request: bytes) -> tuple[bytes, int]:
    """Send a request; the answer, and in how many pieces it arrived."""
    connection.sendall(request)
    answer = b""
    pieces = 0
    while True:
        piece = connection.recv(1 << 20)
        assert piece, answer
        answer += piece
        pieces += 1
        head, end, body = answer.partition(b"\r\n\r\n")
        length = re.search(rb"(?i)content-length: (\d+)", head)
        if end and length and len(body) >= int(length[1]):
            return answer, pieces


@pytest.mark.parametrize("path", ["health", "me", "workspaces", "nothing"])
def test_an_answer_leaves_in_one_piece(served: Served, path: str) -> None:
    # A head and a body in two writes would wait for each other: 40 ms on every connection that is kept.
    request = f"GET /api/v1/{path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {served.keys[0]}\r\n\r\n".encode()
    with connect(served) as connection:
        for _ in range(30):
            _, pieces = exchange(connection, request)
            assert pieces == 1


def resident(served: Served) -> int:
    """The memory of the workers, in kB."""
    texts = [Path(f"/proc/{pid}/status").read_text() for pid in served.workers()]
    return sum(int(re.findall(r"VmHWM:\s+(\d+)", text)[0]) for text in texts)


@pytest.mark.parametrize("chunked", [True, False], ids=["chunked", "declared"])
def test_a_body_that_is_too_large_is_refused_without_being_kept(served: Served, chunked: bool) -> None:
    chunk = b"a" * 65536
    count = 160 * 4
    framing = "Transfer-Encoding: chunked" if chunked else f"Content-Length: {len(chunk) * count}"
    before = resident(served)
    with connect(served) as connection:
        connection.sendall(
            f"POST /api/v1/workspaces HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {served.keys[0]}\r\n"
            f"Content-Type: application/json\r\n{framing}\r\n\r\n".encode()
        )
        try:
            for _ in range(count):
                connection.sendall(b"%x\r\n%s\r\n" % (len(chunk), chunk) if chunked else chunk)
            if chunked:
                connection.sendall(b"0\r\n\r\n")
            answer = connection.recv(65536)
        except (BrokenPipeError, ConnectionResetError):
            answer = b""  # it hung up, which is a refusal too
    assert answer == b"" or answer.startswith(b"HTTP/1.1 413 ")
    assert resident(served) - before < 10_000
    with served.client() as client:
        assert client.get("/health").status_code == 200


def test_a_small_chunked_body_is_read(served: Served) -> None:
    with served.client(served.keys[0]) as client:

        def body() -> Iterator[bytes]:
            yield b'{"name": '
            yield b'"in-pieces"}'

        answer = client.post("/workspaces", content=body(), headers={"Content-Type": "application/json"})
        assert answer.status_code == 201


def test_the_log_holds_no_query(served: Served) -> None:
    with served.client() as client:
        path = f"/invitations/{'0' * 32}/accept"
        assert client.post(path, params={"token": "a-token-to-look-for"}, json={}).status_code >= 400
    with connect(served) as connection:
        connection.sendall(b"POST /api/v1/x?token=a-token-to-look-for HTTP/1.1\r\nbroken\r\n\r\n")
        connection.recv(65536)
    assert "a-token-to-look-for" not in served.out + served.err


def test_slow_and_silent_connections_do_not_keep_others_waiting(served: Served) -> None:
    silent = [connect(served) for _ in range(40)]
    for connection in silent:
        connection.sendall(b"POST /api/v1/workspaces HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n")
    try:
        with served.client() as client:
            assert client.get("/health").status_code == 200
        # It was answered while they all still waited.
        for connection in silent:
            connection.setblocking(False)
            with pytest.raises(BlockingIOError):
                connection.recv(1)
    finally:
        for connection in silent:
            connection.close()


def test_many_callers_at_once(served: Served) -> None:
    failures: list[object] = []

    def call(number: int) -> None:
        with served.client(served.keys[0]) as client:
            for turn in range(5):
                made = client.post("/projects", json={"workspace": "ml-team", "name": f"p-{number}-{turn}"})
                if made.status_code != 201:
                    failures.append(made.text)

    threads = [threading.Thread(target=call, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert not failures
    with served.client(served.keys[0]) as client:
        found = client.get("/projects", params={"workspace": "ml-team", "limit": 100}).json()
        assert len([project for project in found if project["name"].startswith("p-")]) == 40
