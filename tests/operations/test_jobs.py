"""Work that goes on after the call that started it: waiting for it, on every kind of server."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from mlsteward import Steward, errors
from mlsteward.records import Job, JobStatus

from tests.facade_support import Backend, Team
from tests.support.process import eventually
from tests.support.server import jobs, open_storage
from tests.support.storage import kept, litter

THREAD = "mlsteward-jobs"


def runs() -> bool:
    return any(thread.name == THREAD for thread in threading.enumerate())


@pytest.mark.parametrize("kind", ["on_server", "on_server_async"])
def test_start_and_wait(request: pytest.FixtureRequest, kind: str) -> None:
    backend: Backend = request.getfixturevalue(kind)
    steward = backend.steward
    job = steward.storage.clean_up(dry_run=True)
    assert (job.operation, job.status, job.is_finished) == ("clean_up_storage", JobStatus.QUEUED, False)
    done = steward.jobs.wait(job)
    assert isinstance(done, Job)
    assert (done.id, done.status, done.problem) == (job.id, JobStatus.SUCCEEDED, None)
    assert done.result is not None
    assert done.result["dry_run"] is True
    assert done.progress.done == done.progress.total
    assert done == steward.jobs.get(job.id) == steward.jobs.wait(job.id, at_most=timedelta(0))
    assert done in steward.jobs.list(status="succeeded").to_list()
    # Nothing is deleted unless the caller says so.
    assert steward.jobs.wait(steward.storage.clean_up()).result["dry_run"] is True


def test_who_may(on_server: Backend) -> None:
    team = Team(on_server)
    job = on_server.steward.storage.clean_up()
    with pytest.raises(errors.Forbidden):
        team.admin.steward.storage.clean_up()
    with pytest.raises(errors.NotFound) as caught:
        team.admin.steward.jobs.get(job.id)
    assert caught.value.code == "job_not_found"
    assert team.admin.steward.jobs.list().to_list() == []


def test_the_same_key_is_the_same_job(on_server: Backend) -> None:
    first, second = (on_server.steward.storage.clean_up(idempotency_key="nightly") for _ in range(2))
    assert first.id == second.id


def test_waiting_ends(tmp_path: Path) -> None:
    with Steward(path=str(tmp_path / "x.db")) as steward:
        job = steward.storage.clean_up()
        steward.jobs.wait(job)
        hold(tmp_path, job.id, "9999-12-31T00:00:00.000000+00:00")
        with pytest.raises(errors.StewardError, match=f"the job {job.id} has not finished within 0:00:00.2"):
            steward.jobs.wait(job, at_most=timedelta(seconds=0.2))


def hold(folder: Path, job_id: str, until: str) -> None:
    """Make a job one that another process holds."""
    storage = open_storage(str(folder / "x.db"))
    with storage.writing() as connection:
        connection.exec_driver_sql(
            "UPDATE jobs SET status = 'running', finished_at = NULL, result = NULL, holder = 'x', held_until = ?"
            " WHERE id = ?",
            (until, job_id),
        )
    storage.close()


# ---- inside this process


def test_there_is_a_thread_only_while_there_is_work(tmp_path: Path) -> None:
    assert eventually(lambda: not runs())
    with Steward(path=str(tmp_path / "x.db")) as steward:
        steward.workspaces.create("ml-team")
        assert not runs()
        for _ in range(2):
            job = steward.storage.clean_up()
            assert steward.jobs.wait(job).status == "succeeded"
            assert eventually(lambda: not runs())


def test_in_memory(tmp_path: Path) -> None:
    with Steward(path=":memory:") as steward:
        started = [steward.storage.clean_up() for _ in range(3)]
        assert [steward.jobs.wait(job).status for job in started] == ["succeeded"] * 3


def test_opening_it_again_continues_what_was_left(tmp_path: Path) -> None:
    litter(tmp_path / "x.db.files", 3)
    start = "job = steward.storage.clean_up(dry_run=False, older_than=timedelta(0)); print(job.id, flush=True)"
    # The process dies as soon as the job is accepted.
    child = run(tmp_path, start, "os._exit(9)")
    assert child.returncode == 9
    with Steward(path=str(tmp_path / "x.db")) as steward:
        done = steward.jobs.wait(child.stdout.strip(), at_most=timedelta(seconds=100))
        assert done.result is not None
        assert done.status == "succeeded"
    assert kept(tmp_path / "x.db.files") == set()


def test_closing_it_lets_go_of_the_job(tmp_path: Path) -> None:
    litter(tmp_path / "x.db.files", 4000)
    with Steward(path=str(tmp_path / "x.db")) as steward:
        job = steward.storage.clean_up(dry_run=False, older_than=timedelta(0))
        assert eventually(lambda: len(kept(tmp_path / "x.db.files")) < 4000)
    assert not runs()
    storage = open_storage(str(tmp_path / "x.db"))
    with storage.connect() as connection:
        left = connection.execute(jobs.select()).one()
    storage.close()
    assert left.holder is None
    with Steward(path=str(tmp_path / "x.db")) as steward:
        done = steward.jobs.wait(job)
    assert done.result is not None
    assert done.result["unused_files"] == 4000
    assert kept(tmp_path / "x.db.files") == set()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
def test_a_forked_child_runs_its_own_jobs(tmp_path: Path) -> None:
    child = run(
        tmp_path,
        "steward.workspaces.create('ml-team')",
        """
        pid = os.fork()
        if pid == 0:
            job = steward.jobs.wait(steward.storage.clean_up(), at_most=timedelta(seconds=60))
            os._exit(0 if job.status == "succeeded" else 1)
        assert os.waitpid(pid, 0)[1] == 0
        print([job.status.value for job in steward.jobs.list()])
        assert steward.jobs.wait(steward.storage.clean_up()).status == "succeeded"
        """,
    )
    assert (child.returncode, child.stdout) == (0, "['succeeded']\n"), child.stderr


def run(folder: Path, *parts: str) -> subprocess.CompletedProcess[str]:
    """Run a script on the data file of a folder."""
    opens = f"steward = Steward(path={str(folder / 'x.db')!r})"
    head = ["import os", "from datetime import timedelta", "from mlsteward import Steward", opens]
    script = "\n".join([*head, *map(textwrap.dedent, parts)])
    return subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=120)
