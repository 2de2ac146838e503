"""What was acknowledged is there after `kill -9`, and what was not is not there by half."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from tests.support.api import Api
from tests.support.databases import Postgres
from tests.support.server import create_app, ensure_local_operator, metadata, open_storage

ROOT = Path(__file__).parents[2]
WRITER = ROOT / "tests/support/writer.py"
KILLS = 3
MOST_SECONDS = 120


def writer(database: str, key_file: Path, name: str, *arguments: str) -> subprocess.Popen[str]:
    """A process that writes to a database and prints what was acknowledged."""
    return subprocess.Popen(
        [sys.executable, str(WRITER), database, str(key_file), name, *arguments],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])},
    )


@pytest.fixture(params=["sqlite", "postgresql"])
def on_disk(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A new database; the SQLite file on a real disk."""
    if request.param == "sqlite":
        return str(tmp_path / "mlsteward.db")
    server: Postgres = request.getfixturevalue("postgres")
    return server.empty()


def everything(database: str, key_file: Path) -> dict[str, list[Any]]:
    """All rows of all tables."""
    storage = open_storage(database, key_file=key_file)
    with storage.connect() as connection:
        found = {name: list(connection.execute(select(table))) for name, table in metadata.tables.items()}
    storage.close()
    return found


def test_acknowledged_writes_survive_kill_9(on_disk: str, key_file: Path) -> None:
    acknowledged: list[dict[str, str]] = []
    for number in range(KILLS):
        process = writer(on_disk, key_file, f"w{number}")
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(20 + 7 * number)]
        os.kill(process.pid, signal.SIGKILL)
        lines += process.stdout.readlines()
        assert process.wait() == -signal.SIGKILL
        process.communicate()
        # The last line may be cut off in the middle: that one was not acknowledged.
        acknowledged += [json.loads(line) for line in lines if line.endswith("\n")]
    rows = everything(on_disk, key_file)
    projects = {row.id for row in rows["projects"]}
    datasets = {row.id for row in rows["datasets"]}
    keys = {row.id for row in rows["api_keys"]}
    assert len(acknowledged) >= KILLS * 20
    for line in acknowledged:
        assert line["project"] in projects
        assert line["dataset"] in datasets
        assert line["key"] in keys
    # A write, its roster or grant, its event and its kept answer are all there, or none of them.
    events = {row.object_id for row in rows["audit_events"]}
    assert projects | datasets <= events
    assert {row.dataset_id for row in rows["dataset_user_grants"]} == datasets
    assert {row.project_id for row in rows["project_users"]} == projects
    assert len(rows["idempotency_keys"]) == len(projects)
    if "://" not in on_disk:
        with sqlite3.connect(on_disk) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        connection.close()


def test_a_crash_before_the_commit_leaves_nothing(on_disk: str, key_file: Path) -> None:
    # The process dies when the answer is ready and the commit is next, as at a power cut.
    first = writer(on_disk, key_file, "w", "--crash-before-commit-of", "3")
    assert first.stdout is not None
    lines = first.stdout.readlines()
    first.communicate()
    assert first.returncode == 9
    assert len(lines) == 3
    rows = everything(on_disk, key_file)
    assert len(rows["projects"]) == 3
    assert {row.id for row in rows["projects"]} == {json.loads(line)["project"] for line in lines}
    assert len(rows["project_users"]) == 3
    assert len([row for row in rows["audit_events"] if row.object_type == "project"]) == 3
    assert len(rows["idempotency_keys"]) == 3
    # The one that was cut off is free to be made, under the same key.
    storage = open_storage(on_disk, key_file=key_file)
    with Api(create_app(storage)) as http:
        headers = {"Idempotency-Key": "w-3"}
        body = {"workspace": "w", "name": "w-3"}
        response = http.as_local().post("/projects", json=body, headers=headers)
        assert response.status_code == 201
        assert "idempotent-replayed" not in response.headers
    storage.close()


def test_two_processes_share_a_database(on_disk: str, key_file: Path) -> None:
    processes = [writer(on_disk, key_file, name, "--most", "50") for name in ("a", "b")]
    answers = [process.communicate(timeout=MOST_SECONDS) for process in processes]
    assert [process.returncode for process in processes] == [0, 0], answers
    acknowledged = [json.loads(line)["project"] for out, _ in answers for line in out.splitlines()]
    rows = everything(on_disk, key_file)
    assert len(acknowledged) == len(set(acknowledged)) == 100
    assert set(acknowledged) == {row.id for row in rows["projects"]}


def test_a_reader_in_another_process_sees_a_write_at_once(on_disk: str, key_file: Path) -> None:
    storage = open_storage(on_disk, key_file=key_file)
    ensure_local_operator(storage)
    with Api(create_app(storage)) as http:
        reader = http.as_local()
        process = writer(on_disk, key_file, "w", "--most", "10")
        assert process.stdout is not None
        for line in process.stdout:
            reader.ok("GET", f"/projects/{json.loads(line)['project']}")
        assert process.wait(timeout=MOST_SECONDS) == 0
        process.communicate()
        assert len(reader.ok("GET", "/projects")) == 10
    storage.close()


def test_a_dead_writer_holds_nobody_up(tmp_path: Path, key_file: Path) -> None:
    database = str(tmp_path / "mlsteward.db")
    process = writer(database, key_file, "w", "--hang-before-commit-of", "1")
    assert process.stdout is not None
    assert [process.stdout.readline() for _ in range(2)][1] == "hanging\n"
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    storage = open_storage(database, key_file=key_file)
    with Api(create_app(storage)) as http:
        # It would be refused if it had to wait for a lock.
        http.as_local().ok("POST", "/projects", json={"workspace": "w", "name": "after"})
        assert [p["name"] for p in http.as_local().ok("GET", "/projects")] == ["w-0", "after"]
    storage.close()
