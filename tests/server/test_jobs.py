"""Jobs: accepted with `202`, carried out in steps, each by one process at a time."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from tests.support.api import Api
from tests.support.problems import problem
from tests.support.server import (
    HOLD,
    KEPT,
    MOST_ATTEMPTS,
    Runner,
    Settings,
    Storage,
    audit_events,
    create_app,
    ensure_local_operator,
    jobs,
    open_storage,
)
from tests.support.storage import litter
from tests.support.world import World

pytestmark = pytest.mark.both_databases

CLEANUPS = "/storage/cleanups"


@pytest.fixture
def storage(database: str, key_file: Path, tmp_path: Path) -> Iterator[Storage]:
    """A database with a folder for files."""
    found = open_storage(database, key_file=key_file, files=str(tmp_path / "files"))
    ensure_local_operator(found)
    yield found
    found.close()


@pytest.fixture
def http(storage: Storage) -> Api:
    """The operator of an application that has no runner: the tests run the jobs."""
    return Api(create_app(storage, Settings(validate_responses=True)), local=True)


@pytest.fixture
def runner(storage: Storage) -> Runner:
    return Runner(storage, Settings())


def start(api: Api, **body: Any) -> str:
    job = api.ok("POST", CLEANUPS, json=body)
    assert job["status"] == "queued"
    return str(job["id"])


def row(storage: Storage, job_id: str) -> Any:
    with storage.connect() as connection:
        return connection.execute(select(jobs).where(jobs.c.id == job_id)).one()


def change(storage: Storage, job_id: str, **values: Any) -> None:
    with storage.writing() as connection:
        connection.execute(update(jobs).where(jobs.c.id == job_id).values(values))


def test_from_the_request_to_the_result(http: Api, storage: Storage, runner: Runner, tmp_path: Path) -> None:
    litter(tmp_path / "files", 3)
    response = http.post(CLEANUPS, json={"older_than": 0}, headers={"Idempotency-Key": "once"})
    job = response.json()
    assert (response.status_code, job["status"], job["progress"]) == (202, "queued", {"done": 0})
    assert response.headers["location"] == f"/api/v1/jobs/{job['id']}"
    assert response.headers["retry-after"] == "1"
    assert http.ok("GET", f"/jobs/{job['id']}") == job
    assert {"started_at", "finished_at", "result", "problem"}.isdisjoint(job)
    # The same request again is the same job.
    again = http.post(CLEANUPS, json={"older_than": 0}, headers={"Idempotency-Key": "once"})
    assert (again.status_code, again.json()["id"]) == (202, job["id"])
    assert again.headers["location"] == response.headers["location"]

    assert runner.run_one()
    assert not runner.run_one()
    done = http.ok("GET", f"/jobs/{job['id']}")
    assert (done["status"], done["progress"]) == ("succeeded", {"done": 256, "total": 256})
    assert done["result"] == {"dry_run": False, "files": 3, "bytes": 30, "unused_files": 3, "unused_bytes": 30}
    assert job["created_at"] <= done["started_at"] <= done["finished_at"]
    with storage.connect() as connection:
        events = connection.execute(select(audit_events).where(audit_events.c.object_type == "job")).all()
    assert [(event.action, event.object_id, event.object_name) for event in events] == [
        ("info", job["id"], "clean_up_storage")
    ]


def test_who_sees_a_job(storage: Storage, http: Api) -> None:
    world = World(http)
    admin, member, guest = (world.api(who) for who in ("admin", "member", "guest"))
    job_id = start(http)
    for api in (admin, member, guest):
        problem(api.post(CLEANUPS, json={}), 403, "forbidden")
        problem(api.get(f"/jobs/{job_id}"), 404, "job_not_found")
        assert api.ok("GET", "/jobs") == []
    problem(http.anonymous().get(f"/jobs/{job_id}"), 401, "unauthenticated")
    problem(http.get(f"/jobs/{'0' * 32}"), 404, "job_not_found")
    # A job of a workspace is for its admins, and for whoever started it.
    change(storage, job_id, workspace_id=world.workspace["id"], account_id=world.person("guest").id)
    for api in (admin, guest, http):
        assert api.ok("GET", f"/jobs/{job_id}")["started_by"] == "guest"
        assert [job["id"] for job in api.ok("GET", "/jobs")] == [job_id]
    problem(member.get(f"/jobs/{job_id}"), 404, "job_not_found")
    problem(world.api("outsider").get(f"/jobs/{job_id}"), 404, "job_not_found")
    key = http.ok("POST", "/users/me/api-keys", json={"name": "narrow", "scopes": ["write"]})
    problem(http.as_key(key["secret"]).post(CLEANUPS, json={}), 403, "scope_missing")


def test_a_list_of_jobs(http: Api, runner: Runner) -> None:
    started = [start(http, dry_run=True) for _ in range(5)]
    assert runner.run_one()
    assert [job["id"] for job in http.everything("/jobs", limit=2)] == started[::-1]
    assert [job["id"] for job in http.ok("GET", "/jobs?status=succeeded")] == started[:1]
    assert len(http.ok("GET", "/jobs?status=queued")) == 4
    problem(http.get("/jobs?status=late"), 422, "invalid_request")


def test_each_job_runs_once_however_many_run_them(http: Api, storage: Storage, tmp_path: Path) -> None:
    litter(tmp_path / "files", 40)
    started = [start(http, older_than=0, dry_run=number > 0) for number in range(6)]
    runners = [Runner(storage, Settings()) for _ in range(4)]

    def run(runner: Runner) -> int:
        return sum(iter(runner.run_one, False))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(run, runners))
    for job_id in started:
        assert (row(storage, job_id).status, row(storage, job_id).attempts) == ("succeeded", 1)
    assert http.ok("GET", f"/jobs/{started[0]}")["result"]["unused_files"] == 40


def test_another_process_takes_over_where_the_first_one_stopped(http: Api, storage: Storage, runner: Runner) -> None:
    job_id = start(http, dry_run=True)
    before = {"files": 7, "bytes": 70, "unused_files": 5, "unused_bytes": 50}
    now = datetime.now(UTC)
    state = '{"shard":255,"after":"","files":7,"bytes":70,"unused_files":5,"unused_bytes":50}'
    held = {"holder": "another", "held_until": now + HOLD, "status": "running", "attempts": 1, "started_at": now}
    change(storage, job_id, state=state, **held)
    assert not runner.run_one()  # the other one may still be at it
    change(storage, job_id, held_until=now - timedelta(seconds=1))
    assert runner.run_one()
    done = http.ok("GET", f"/jobs/{job_id}")
    assert (done["status"], done["result"]) == ("succeeded", {"dry_run": True, **before})


def test_who_no_longer_holds_a_job_stores_nothing(http: Api, storage: Storage, tmp_path: Path) -> None:
    litter(tmp_path / "files", 1)
    job_id = start(http, older_than=0)
    kept = storage.blobs
    assert kept is not None
    late = Runner(storage, Settings())
    paused, going_on = threading.Event(), threading.Event()
    page = kept.page

    def slow_page(*arguments: Any) -> Any:
        if not paused.is_set():
            paused.set()
            assert going_on.wait(60)
        return page(*arguments)

    kept.page = slow_page  # type: ignore[method-assign]
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(late.run_one)
        assert paused.wait(60)
        change(storage, job_id, held_until=datetime.now(UTC) - timedelta(seconds=1))
        assert Runner(storage, Settings()).run_one()
        done = row(storage, job_id)
        assert done.status == "succeeded"
        going_on.set()
        assert running.result()
    assert row(storage, job_id) == done


def test_an_account_that_loses_its_role_stops_its_job(http: Api, storage: Storage, runner: Runner) -> None:
    world = World(http)
    admin = world.person("admin")
    for lose in ("role", "account"):
        job_id = start(http, dry_run=True)
        change(storage, job_id, account_id=admin.id if lose == "role" else None)
        assert runner.run_one()
        done = http.ok("GET", f"/jobs/{job_id}")
        assert (done["status"], done["problem"]["code"]) == ("failed", "forbidden")
        assert done["problem"]["request_id"] == row(storage, job_id).request_id
        assert "result" not in done


def test_a_server_without_a_place_for_files(http: Api, storage: Storage, runner: Runner) -> None:
    job_id = start(http)
    storage.blobs = None
    assert runner.run_one()
    done = http.ok("GET", f"/jobs/{job_id}")
    assert (done["status"], done["problem"]["code"]) == ("failed", "storage_failed")
    assert "--files" in done["problem"]["hint"]


def test_a_step_that_fails_is_tried_again(http: Api, storage: Storage, runner: Runner, tmp_path: Path) -> None:
    litter(tmp_path / "files", 2)
    working = tmp_path / "working"
    shutil.move(tmp_path / "files", working)
    (tmp_path / "files").write_text("in the way")
    job_id = start(http, older_than=0)
    for attempt in range(1, MOST_ATTEMPTS):
        assert runner.run_one()
        assert (row(storage, job_id).status, row(storage, job_id).attempts) == ("running", attempt)
        assert not runner.run_one()  # not at once
        change(storage, job_id, held_until=None)
    if_it_goes_on = row(storage, job_id)
    assert runner.run_one()
    done = http.ok("GET", f"/jobs/{job_id}")
    assert (done["status"], done["problem"]["code"]) == ("failed", "storage_failed")
    # The last attempt could have succeeded as well.
    (tmp_path / "files").unlink()
    shutil.move(working, tmp_path / "files")
    change(storage, job_id, **{**if_it_goes_on._mapping, "finished_at": None})
    assert runner.run_one()
    assert http.ok("GET", f"/jobs/{job_id}")["result"]["unused_files"] == 2


def test_a_job_that_ends_every_process_is_given_up(http: Api, storage: Storage, runner: Runner) -> None:
    job_id = start(http)
    change(storage, job_id, attempts=MOST_ATTEMPTS)
    assert runner.run_one()
    done = http.ok("GET", f"/jobs/{job_id}")
    assert (done["status"], done["problem"]["code"]) == ("failed", "internal_error")


def test_a_job_of_another_version(http: Api, storage: Storage, runner: Runner) -> None:
    job_id = start(http)
    change(storage, job_id, operation="juggle")
    assert runner.run_one()
    assert http.ok("GET", f"/jobs/{job_id}")["problem"]["code"] == "not_available"


def test_jobs_that_finished_long_ago_are_forgotten(http: Api, storage: Storage, runner: Runner) -> None:
    old, new, waiting = start(http, dry_run=True), start(http, dry_run=True), start(http, dry_run=True)
    assert runner.run_one()
    assert runner.run_one()
    change(storage, old, finished_at=datetime.now(UTC) - KEPT - timedelta(minutes=1))
    runner.wake()
    for _ in range(600):
        if not runner.is_running:
            break
        threading.Event().wait(0.05)
    assert [job["id"] for job in http.ok("GET", "/jobs")] == [waiting, new]
    assert http.ok("GET", f"/jobs/{waiting}")["status"] == "succeeded"
