"""Waiting for work that goes on, as servers of other versions may tell of it."""

from __future__ import annotations

import asyncio
import time
from datetime import timedelta
from typing import Any

import pytest
from mlsteward import Steward, errors, protocol
from mlsteward.config import Config, resolve
from mlsteward.connection import AsyncConnection, Connection
from mlsteward.protocol import Waiting
from mlsteward.records.operations import Job, read_job
from mlsteward_api.api.operations import clean_up_storage, get_job
from mlsteward_api.models.storage_cleanup import StorageCleanup

from tests.support.loopback import Loopback, answer, problem

TOKEN = "mls_CanaryCanaryCanaryCanary"
QUEUED: dict[str, Any] = {
    "id": "j1",
    "operation": "clean_up_storage",
    "status": "queued",
    "progress": {"done": 0},
    "created_at": "2026-01-01T00:00:00Z",
}
SUCCEEDED = {**QUEUED, "status": "succeeded", "finished_at": "2026-01-01T00:00:01Z"}


def client(server: Loopback) -> Steward:
    return Steward(url=server.url, api_token=TOKEN)


def test_the_server_can_ask_for_longer_pauses() -> None:
    with (
        Loopback(answer(200, QUEUED, {"Retry-After": "0.4"}), answer(200, SUCCEEDED)) as server,
        client(server) as steward,
    ):
        started = time.monotonic()
        assert steward.jobs.wait("j1").is_finished
        assert time.monotonic() - started >= 0.4


def test_but_not_beyond_what_the_caller_allows() -> None:
    with Loopback(answer(200, QUEUED, {"Retry-After": "3600"})) as server, client(server) as steward:
        started = time.monotonic()
        with pytest.raises(errors.StewardError, match="j1 has not finished within"):
            steward.jobs.wait("j1", at_most=timedelta(seconds=0.1))
        assert time.monotonic() - started < 30
        assert len(server.received) == 2


@pytest.mark.parametrize("sign", [{"status": "done", "finished_at": "2026-01-01T00:00:01Z"}, {"status": "failed"}])
def test_either_sign_of_the_end_is_enough(sign: dict[str, str]) -> None:
    fields = {**QUEUED, **sign}
    with Loopback(answer(200, fields)) as server, client(server) as steward:
        assert steward.jobs.wait("j1").is_finished


@pytest.mark.parametrize("kind", ["sync", "async"])
def test_a_job_that_is_only_a_path(kind: str) -> None:
    accepted = answer(202, b"", {"Location": "/api/v1/jobs/j1"})
    with Loopback(accepted, answer(200, QUEUED)) as server:
        found = start(server) if kind == "sync" else asyncio.run(astart(server))
        assert found.id == "j1"
        assert [(sent.method, sent.path) for sent in server.received] == [
            ("POST", "/api/v1/storage/cleanups"),
            ("GET", "/api/v1/jobs/j1"),
        ]


def test_a_job_that_is_nowhere() -> None:
    unknown = pytest.raises(errors.ResponseParsingError, match="does not say where the job is")
    with Loopback(answer(202, b"")) as server, unknown:
        start(server)


ONLY_A_PATH = Waiting(location=protocol.LOCATION)
CLEAN_UP = StorageCleanup()


def look_at(job: str) -> Any:
    return get_job.request(job=job)


def start(server: Loopback) -> Job:
    with Connection(config(server)) as connection:
        return connection.call_accepted(clean_up_storage.request(body=CLEAN_UP), look_at, read_job, waiting=ONLY_A_PATH)


async def astart(server: Loopback) -> Job:
    async with AsyncConnection(config(server)) as connection:
        return await connection.call_accepted(
            clean_up_storage.request(body=CLEAN_UP), look_at, read_job, waiting=ONLY_A_PATH
        )


def config(server: Loopback) -> Config:
    return resolve(url=server.url, api_token=TOKEN, environ={}, config_file=None)


def test_a_renamed_code_is_the_one_that_people_know(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(protocol.CODES, "job_not_found", "work_not_found")  # type: ignore[arg-type]
    failed = {"code": "job_not_found", "detail": "It is gone.", "hint": "Start again.", "request_id": "r1"}
    fields = {
        **SUCCEEDED,
        "status": "failed",
        "problem": {**failed, "title": "t", "status": 404, "type": "about:blank"},
    }
    with Loopback(problem(404, "job_not_found"), answer(200, fields)) as server, client(server) as steward:
        with pytest.raises(errors.NotFound) as caught:
            steward.jobs.get("j1")
        assert (caught.value.code, caught.value.resource) == ("work_not_found", "job")
        found = steward.jobs.get("j1").problem
    assert found is not None
    assert found.code == "work_not_found"
