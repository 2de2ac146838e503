"""Jobs of served workers: once, whichever worker takes them, and to the end, whichever worker dies."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from tests.support.process import eventually, is_alive, serving
from tests.support.server import jobs, open_storage
from tests.support.storage import kept, litter

pytestmark = pytest.mark.both_databases

MANY = 6_000
"""More files than one step deletes, on most machines."""


@pytest.fixture
def options(database: str, key_file: Path, tmp_path: Path) -> list[str]:
    return ["--database", database, "--key-file", str(key_file), "--files", str(tmp_path / "files"), "--workers", "2"]


def start(client: httpx.Client, **body: Any) -> str:
    response = client.post("/storage/cleanups", json={"older_than": 0, **body})
    assert response.status_code == 202, response.text
    return str(response.headers["location"]).removeprefix("/api/v1")


def until(client: httpx.Client, job: str, condition: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    found: dict[str, Any] = {}

    def look() -> bool:
        try:
            found.update(client.get(job).json())
        except httpx.TransportError:
            return False  # the worker that was asked has died
        return condition(found)

    assert eventually(look), found
    return found


def is_over(job: dict[str, Any]) -> bool:
    return job.get("status") in ("succeeded", "failed")


def is_begun(job: dict[str, Any]) -> bool:
    return is_over(job) or bool(job.get("progress", {}).get("done"))


def in_the_middle(client: httpx.Client, files: Path) -> tuple[str, int, dict[str, Any]]:
    """Start a job that has far more to do than it has done: its address, its number of files, and the job.

    A fast machine gets more files until it needs several steps for them.
    """
    many = MANY
    while True:
        litter(files, many)
        job = start(client)
        found = until(client, job, is_begun)
        if not is_over(found) and found["progress"]["done"] < found["progress"]["total"] / 4:
            return job, many, found
        until(client, job, is_over)
        many *= 2


def held(options: list[str], job: str) -> Any:
    storage = open_storage(options[1], key_file=Path(options[3]))
    try:
        with storage.connect() as connection:
            return connection.execute(select(jobs).where(jobs.c.id == job.rpartition("/")[2])).one()
    finally:
        storage.close()


def test_two_workers_run_each_job_once(tmp_path: Path, options: list[str]) -> None:
    litter(tmp_path / "files", 300)
    with serving(tmp_path, *options) as served, served.client(served.keys[0]) as client:
        first = start(client)
        others = [start(client, dry_run=True) for _ in range(5)]
        done = until(client, first, is_over)
        assert (done["status"], done["result"]["unused_files"]) == ("succeeded", 300)
        for job in others:
            assert until(client, job, is_over)["status"] == "succeeded"
        assert served.end() == 0
        assert not served.complaints
    assert kept(tmp_path / "files") == set()
    assert {held(options, job).attempts for job in (first, *others)} == {1}


def test_it_goes_on_after_kill_9(tmp_path: Path, options: list[str]) -> None:
    with serving(tmp_path, *options) as served:
        with served.client(served.keys[0]) as client:
            job, many, before = in_the_middle(client, tmp_path / "files")
            workers = served.workers()
            for pid in workers:
                os.kill(pid, signal.SIGKILL)
            assert eventually(lambda: not any(is_alive(pid) for pid in workers))
        assert 0 < len(kept(tmp_path / "files")) < many
        # Other workers take their places.
        with served.client(served.keys[0]) as client:
            done = until(client, job, is_over)
        assert done["status"] == "succeeded"
        assert done["started_at"] == before["started_at"]
        # What the last step before the kill has deleted is not counted: nobody stored it.
        assert done["result"]["unused_files"] <= many
    assert kept(tmp_path / "files") == set()


def test_a_server_that_stops_leaves_its_job_to_the_next(tmp_path: Path, options: list[str]) -> None:
    with serving(tmp_path, *options) as served, served.client(served.keys[0]) as client:
        job, many, _ = in_the_middle(client, tmp_path / "files")
        key = served.keys[0]
        assert served.end() == 0
        assert not served.complaints
    left = held(options, job)
    assert (left.status, left.holder, left.attempts) == ("running", None, 0)
    with serving(tmp_path, *options) as served, served.client(key) as client:
        began = time.monotonic()
        until(client, job, lambda found: found["progress"]["done"] > left.done)
        assert time.monotonic() - began < 60
        done = until(client, job, is_over)
    # Every step was stored, so every file is counted.
    assert (done["status"], done["result"]["unused_files"]) == ("succeeded", many)
    assert kept(tmp_path / "files") == set()


def test_an_accepted_job_survives_the_server(tmp_path: Path, options: list[str]) -> None:
    litter(tmp_path / "files", 10)
    with serving(tmp_path, *options) as served:
        key = served.keys[0]
        with served.client(key) as client:
            job = start(client)
        workers = served.workers()
        served.kill()
    assert eventually(lambda: not any(is_alive(pid) for pid in workers))
    with serving(tmp_path, *options) as served, served.client(key) as client:
        assert until(client, job, is_over)["status"] == "succeeded"
    assert kept(tmp_path / "files") == set()
