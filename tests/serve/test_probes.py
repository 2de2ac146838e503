"""Whether a server lives, and whether it is ready."""

from __future__ import annotations

import signal
import sqlite3
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.serve.test_stopping import BODY, half_a_request
from tests.support.databases import Postgres, SqliteTemplate
from tests.support.process import PATIENCE, Served, eventually, serving


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, sqlite_template: SqliteTemplate) -> Iterator[Served]:
    with serving(tmp_path_factory.mktemp("home"), "--database", sqlite_template.copy()) as served:
        yield served


def probe(served: Served, path: str = "/readyz", method: str = "GET") -> httpx.Response:
    return httpx.request(method, f"http://127.0.0.1:{served.port}{path}", timeout=PATIENCE, trust_env=False)


def reason(served: Served) -> str | None:
    """Why a server is not ready."""
    answer = probe(served)
    assert (answer.status_code == 200) == (answer.json() == {"status": "ready"})
    found: str | None = answer.json().get("reason")
    return found


@pytest.mark.parametrize(("path", "said"), [("/healthz", {"status": "ok"}), ("/readyz", {"status": "ready"})])
def test_a_server_that_runs_says_so(served: Served, path: str, said: object) -> None:
    answer = probe(served, path)
    assert (answer.status_code, answer.json()) == (200, said)
    assert answer.headers["Cache-Control"] == "no-store"
    head = probe(served, path, "HEAD")
    assert (head.status_code, head.content) == (200, b"")
    refused = probe(served, path, "POST")
    assert (refused.status_code, refused.headers["Allow"]) == (405, "GET, HEAD")


def test_what_was_there_before_still_answers(served: Served) -> None:
    with served.client() as client:
        assert client.get("/health").json()["status"] == "ok"


def test_a_database_of_a_newer_version_makes_it_unready(tmp_path: Path, sqlite_file: str) -> None:
    with serving(tmp_path, "--database", sqlite_file) as served:
        assert reason(served) is None
        with sqlite3.connect(sqlite_file) as connection:
            connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.close()
        assert eventually(lambda: reason(served) == "migrations")
        assert probe(served, "/healthz").status_code == 200


def test_a_database_that_is_gone_makes_it_unready(tmp_path: Path, postgres: Postgres) -> None:
    url = postgres.migrated()
    files = tmp_path / "files"
    with serving(tmp_path, "--database", url, "--files", str(files)) as served:
        assert reason(served) is None
        postgres.allow(url, False)
        try:
            assert eventually(lambda: reason(served) == "database")
            answer = probe(served)
            assert answer.json() == {"status": "not ready", "reason": "database"}
            assert probe(served, "/healthz").status_code == 200
        finally:
            postgres.allow(url, True)
        assert eventually(lambda: reason(served) is None)


def test_files_that_cannot_be_stored_make_it_unready(tmp_path: Path, sqlite_file: str) -> None:
    files = tmp_path / "files"
    with serving(tmp_path, "--database", sqlite_file, "--files", str(files)) as served:
        assert reason(served) is None
        # Also the administrator of the machine cannot put a file into a folder that is not there.
        (files / "incoming").rename(tmp_path / "elsewhere")
        assert eventually(lambda: reason(served) == "files")
        assert str(files) not in probe(served).text
        (tmp_path / "elsewhere").rename(files / "incoming")
        assert eventually(lambda: reason(served) is None)
        assert list((files / "incoming").iterdir()) == []


@pytest.mark.parametrize("workers", [1, 2])
def test_a_server_that_stops_says_so_first(tmp_path: Path, sqlite_file: str, workers: int) -> None:
    arguments = ["--database", sqlite_file, "--drain", "2", "--workers", str(workers)]
    with serving(tmp_path, *arguments) as served, half_a_request(served) as connection:
        began = time.monotonic()
        ended: list[int] = []
        ending = threading.Thread(target=lambda: ended.append(served.end(signal.SIGTERM)))
        ending.start()
        assert eventually(lambda: reason(served) == "stopping")
        # New requests are still served, and the one under way is finished after the server has stopped to listen.
        assert probe(served, "/healthz").status_code == 200
        with served.client() as client:
            assert client.get("/health").status_code == 200
        assert not ended
        time.sleep(max(0.0, began + 3.0 - time.monotonic()))
        with pytest.raises(httpx.ConnectError):
            probe(served)
        connection.sendall(BODY)
        assert connection.recv(65536).startswith(b"HTTP/1.1 201 ")
        ending.join(PATIENCE)
        assert ended == [0]
