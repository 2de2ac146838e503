"""Ends: asked for, and not."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from mlsteward import Steward

from tests.support.process import PATIENCE, Served, eventually, is_alive, serving
from tests.support.server import SETTLING_SECONDS, STOP_SECONDS

BODY = b'{"name": "ml-team"}'


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 0), (signal.SIGINT, 130), (signal.SIGHUP, 0)])
@pytest.mark.parametrize("workers", [1, 2])
def test_a_signal_ends_it(tmp_path: Path, sqlite_file: str, workers: int, number: int, code: int) -> None:
    with serving(tmp_path, "--database", sqlite_file, "--workers", str(workers)) as served:
        with Steward(served.url, api_token=served.keys[0]) as admin:
            admin.workspaces.create("ml-team")
        pids = served.workers()
        assert len(pids) == workers
        assert served.end(number) == code
        assert not any(is_alive(pid) for pid in pids)
        assert not served.complaints
    # The file and its key are all there is to copy.
    assert not Path(sqlite_file + "-wal").exists()
    copy = shutil.copyfile(sqlite_file, tmp_path / "copy.db")
    shutil.copyfile(sqlite_file + ".key", tmp_path / "copy.db.key")
    with Steward(path=str(copy)) as embedded:
        assert [workspace.name for workspace in embedded.workspaces.list()] == ["ml-team"]


def test_ctrl_c_on_a_terminal_reaches_the_workers_too(tmp_path: Path, sqlite_file: str) -> None:
    with serving(tmp_path, "--database", sqlite_file, "--workers", "2") as served:
        for pid in served.workers():
            os.kill(pid, signal.SIGINT)
        with served.client() as client:
            assert client.get("/health").status_code == 200
        assert served.end(signal.SIGINT) == 130
        assert not served.complaints


@contextmanager
def half_a_request(served: Served) -> Iterator[socket.socket]:
    """A connection with a request that the server reads: all but its body has arrived."""
    with socket.create_connection(("127.0.0.1", served.port), timeout=PATIENCE) as connection:
        connection.sendall(
            f"POST /api/v1/workspaces HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {served.keys[0]}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(BODY)}\r\nExpect: 100-continue\r\n\r\n".encode()
        )
        # The server says so once it waits for the body.
        assert connection.recv(65536) == b"HTTP/1.1 100 Continue\r\n\r\n"
        yield connection


def test_a_request_under_way_is_finished(tmp_path: Path, sqlite_file: str) -> None:
    with serving(tmp_path, "--database", sqlite_file) as served, half_a_request(served) as connection:
        threading.Timer(1.2, connection.sendall, (BODY,)).start()
        assert served.end() == 0
        assert connection.recv(65536).startswith(b"HTTP/1.1 201 ")


def test_a_second_ctrl_c_does_not_wait(tmp_path: Path, sqlite_file: str) -> None:
    with serving(tmp_path, "--database", sqlite_file) as served, half_a_request(served) as connection:
        time.sleep(SETTLING_SECONDS)
        os.kill(served.pid, signal.SIGINT)
        # It waits for the request, which never gets its body.
        connection.settimeout(0.5)
        with pytest.raises(TimeoutError):
            connection.recv(1)
        started = time.monotonic()
        assert served.end(signal.SIGINT) == 130
        assert time.monotonic() - started < STOP_SECONDS


def test_a_worker_that_is_killed_is_replaced(tmp_path: Path, sqlite_file: str) -> None:
    with serving(tmp_path, "--database", sqlite_file, "--workers", "2") as served:
        before = set(served.workers())
        acknowledged = []
        with served.client(served.keys[0]) as client:
            for number in range(20):
                if number == 10:
                    os.kill(min(before), signal.SIGKILL)
                try:
                    made = client.post("/workspaces", json={"name": f"w-{number}"})
                    assert made.status_code == 201
                    acknowledged.append(f"w-{number}")
                except httpx.TransportError:
                    pass  # it was that worker's connection

        def replaced() -> bool:
            now = set(served.workers())
            return len(now) == 2 and min(before) not in now

        def complete() -> bool:
            try:
                with served.client(served.keys[0]) as client:
                    found = {workspace["name"] for workspace in client.get("/workspaces", params={"limit": 100}).json()}
            except httpx.TransportError:
                return False  # the new worker is there, and does not listen yet
            assert found >= set(acknowledged)
            return True

        assert eventually(replaced)
        assert len(acknowledged) >= 10
        assert eventually(complete)
        assert served.end() == 0


def test_workers_end_with_their_parent(tmp_path: Path, sqlite_file: str) -> None:
    with serving(tmp_path, "--database", sqlite_file, "--workers", "3") as served:
        pids = served.workers()
        port = served.port
        served.kill()
        assert eventually(lambda: not any(is_alive(pid) for pid in pids))
    # So the next server gets the port.
    with serving(tmp_path, "--database", sqlite_file, port=port) as again, again.client() as client:
        assert client.get("/health").status_code == 200
