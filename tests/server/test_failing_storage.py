"""Disks that are full, and files that cannot be written: refused by name, with nothing changed."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.api import Api
from tests.support.calls import FILE
from tests.support.databases import Postgres
from tests.support.problems import problem
from tests.support.server import Settings, Storage, create_app, ensure_local_operator, open_storage


@pytest.fixture
def storage(tmp_path: Path) -> Iterator[Storage]:
    found = open_storage(str(tmp_path / "x.db"))
    ensure_local_operator(found)
    yield found
    found.close()


@pytest.fixture
def http(storage: Storage) -> Api:
    http = Api(create_app(storage, Settings()), local=True)
    http.ok("POST", "/workspaces", json={"name": "w"})
    http.ok("POST", "/projects", json={"workspace": "w", "name": "p", "key": "CLS"})
    http.ok("POST", "/projects/w:p/experiments", json={})
    return http


def test_a_full_disk(storage: Storage, http: Api) -> None:
    with storage.connect() as connection:
        # What SQLite itself says when its file cannot grow.
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    answers = []
    for number in range(500):
        answers.append(http.post("/projects", json={"workspace": "w", "name": f"n{number}", "description": "x" * 9000}))
        if answers[-1].status_code != 201:
            break
    found = problem(answers[-1], 503, "storage_failed")
    assert "full" in found["detail"]
    assert "disk" in found["hint"]
    assert len(http.everything("/projects")) == len(answers)


def test_a_database_that_cannot_be_written(storage: Storage, http: Api) -> None:
    with storage.connect() as connection:
        connection.exec_driver_sql("PRAGMA query_only = ON")
    found = problem(http.post("/projects", json={"workspace": "w", "name": "n"}), 503, "storage_failed")
    assert "readonly" in found["detail"]
    assert len(http.everything("/projects")) == 1


def test_a_database_that_cannot_be_written_on_postgresql(postgres: Postgres, tmp_path: Path) -> None:
    url = postgres.migrated()
    storage = open_storage(url, key_file=tmp_path / "server.key")
    ensure_local_operator(storage)
    http = Api(create_app(storage, Settings()), local=True)
    http.ok("GET", "/me")
    with storage.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        name = connection.exec_driver_sql("SELECT current_database()").scalar_one()
        connection.exec_driver_sql(f'ALTER DATABASE "{name}" SET default_transaction_read_only = on')
    storage.engine.dispose()
    found = problem(http.post("/workspaces", json={"name": "n"}), 503, "storage_failed")
    assert "read-only" in found["detail"]
    storage.close()


def test_a_place_for_files_that_cannot_be_used(storage: Storage, http: Api, tmp_path: Path) -> None:
    (tmp_path / "x.db.files").write_text("in the way")
    found = problem(http.post("/experiments/w:CLS-1/assets?name=x", content=b"x", headers=FILE), 503, "storage_failed")
    assert "file storage" in found["detail"]
    assert http.ok("GET", "/experiments/w:CLS-1/assets") == []


def test_only_its_owner_reads_a_database(http: Api, tmp_path: Path) -> None:
    http.ok("POST", "/experiments/w:CLS-1/assets?name=x", content=b"x", headers=FILE)
    for path in (*tmp_path.glob("x.db*"), *tmp_path.glob("x.db.files/**/*")):
        inside = path.parent.name != tmp_path.name
        assert inside or stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path
