"""Run the jobs that were accepted, one after the other, in a thread of this process.

Several processes can share a database: each job runs in one of them at a time (`jobs/queue.py`). Before each step, the
account that started the job is authorized again, by the rules of its operation: whoever loses the role that the job
needs stops it.
"""

from __future__ import annotations

import logging
import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
from sqlalchemy import Row, select
from sqlalchemy.exc import SQLAlchemyError

from mlsteward_server.accounts.credentials import as_caller
from mlsteward_server.authorize import authorize
from mlsteward_server.context import Context
from mlsteward_server.domains import registry
from mlsteward_server.http.failures import problem_of
from mlsteward_server.jobs import queue
from mlsteward_server.jobs.kinds import JobKind, Work
from mlsteward_server.paging import Page
from mlsteward_server.problems import Problem, internal_error
from mlsteward_server.settings import Settings
from mlsteward_server.spec import load
from mlsteward_server.storage import forks
from mlsteward_server.storage.blobs import BlobError
from mlsteward_server.storage.engine import Storage
from mlsteward_server.storage.ids import new_id
from mlsteward_server.storage.tables.identity import accounts

POLL_SECONDS = 5.0
"""How often to look for jobs of processes that died, in seconds."""
STOP_SECONDS = 5.0
"""How long to wait for a step to end when the process ends, in seconds."""
PAUSE = timedelta(seconds=2)
"""How long to wait after a step that failed and may succeed later. After each attempt it is this much longer."""
MOST_ATTEMPTS = 5
"""How often to try one step, or to take over a job from processes that died during it."""

logger = logging.getLogger("mlsteward.server")


class Runner:
    """Runs the jobs of a database in a thread.

    Args:
        storage: The database.
        settings: The settings of the server.
        keeps_running: Whether the thread runs until it is stopped, and looks for jobs that other processes left.
            Otherwise it runs only while there are jobs.
    """

    def __init__(self, storage: Storage, settings: Settings, *, keeps_running: bool = False) -> None:
        self._storage = storage
        self._settings = settings
        self._keeps_running = keeps_running
        self._begin_anew()
        forks.register(self)

    def _begin_anew(self) -> None:
        self._holder = new_id()
        self._lock = threading.Lock()
        self._wanted = threading.Event()
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    @property
    def is_running(self) -> bool:
        """Whether the thread runs."""
        return self._thread is not None

    def wake(self) -> None:
        """Run the jobs that were accepted. Starts the thread if it does not run."""
        with self._lock:
            self._wanted.set()
            if self._thread is None and not self._stopping.is_set():
                self._thread = threading.Thread(target=self._run, name="mlsteward-jobs", daemon=True)
                self._thread.start()

    def resume(self) -> None:
        """Continue the jobs that an earlier process left, if there are any."""
        with self._storage.connect() as connection:
            self._storage.begin(connection, write=False)
            left = queue.is_unfinished(connection)
        if left:
            self.wake()

    def stop(self) -> None:
        """Stop after the step that is running. Another process can then continue its job at once."""
        with self._lock:
            self._stopping.set()
            self._wanted.set()
            thread = self._thread
        if thread is not None and thread is not threading.current_thread():
            thread.join(STOP_SECONDS)

    def run_one(self) -> bool:
        """Run one job, to its end or until `stop` is called. Returns whether there was one."""
        now = datetime.now(UTC)
        with self._storage.connect() as connection:
            self._storage.begin(connection, write=False)
            if not queue.is_claimable(connection, now):
                return False
        with self._storage.writing() as connection:
            job = queue.claim(connection, self._holder, now)
        if job is None:
            return False  # another process was faster
        while job is not None:
            job = self._step(job)
        return True

    def close_for_fork(self) -> None:
        """Nothing to do before a fork: the fork itself waits for the database."""

    def after_fork_in_child(self, *, was_idle: bool) -> None:
        """Forget the thread of the parent, which goes on there."""
        self._begin_anew()

    # ---- the thread

    def _run(self) -> None:
        while True:
            # First this, so that neither `wake` nor `stop` is missed.
            self._wanted.clear()
            if self._stopping.is_set():
                break
            left = True
            try:
                while not self._stopping.is_set() and self.run_one():
                    pass
                left = self._tidy() or self._keeps_running
            except Exception as error:
                # The database may be back later.
                logger.warning("cannot look for jobs: %s", error)
            if not left and self._end():
                return
            self._wanted.wait(POLL_SECONDS)
        with self._lock:
            self._thread = None

    def _end(self) -> bool:
        """End the thread, unless a job was accepted meanwhile."""
        with self._lock:
            if self._wanted.is_set():
                return False
            self._thread = None
            return True

    def _tidy(self) -> bool:
        """Delete old jobs. Returns whether there are jobs that are not finished."""
        now = datetime.now(UTC)
        with self._storage.connect() as connection:
            self._storage.begin(connection, write=False)
            left, old = queue.is_unfinished(connection), queue.has_old(connection, now)
        if old:
            with self._storage.writing() as connection:
                queue.forget_old(connection, now)
        return left

    # ---- one job

    def _step(self, job: Row[Any]) -> Row[Any] | None:
        """Do the next step of a job, and store it. Returns the job if it goes on."""
        if self._stopping.is_set():
            self._let_go(job, timedelta(0), is_attempt=False)
            return None
        try:
            if job.attempts > MOST_ATTEMPTS:
                logger.error("job %s: %d processes ended during the same step", job.id, job.attempts - 1)
                raise internal_error()
            progress = self._kind_of(job).step(self._work(job))
        except Problem as problem:
            self._fail(job, problem)
            return None
        except (SQLAlchemyError, BlobError) as error:
            if job.attempts >= MOST_ATTEMPTS:
                self._fail(job, problem_of(error, job.request_id))
            else:
                logger.warning("job %s: a step failed and is tried again: %s", job.id, error)
                self._let_go(job, PAUSE * job.attempts, is_attempt=True)
            return None
        except Exception as error:
            self._fail(job, problem_of(error, job.request_id))
            return None
        with self._storage.writing() as connection:
            is_mine = queue.keep(connection, job.id, self._holder, datetime.now(UTC), progress)
            if not is_mine or progress.result is not None:
                return None
            return queue.read(connection, job.id)

    def _kind_of(self, job: Row[Any]) -> JobKind:
        """Return how to do the steps of a job.

        Raises:
            Problem: This server has no such jobs.
        """
        kind = registry.job_kinds().get(job.operation)
        if kind is None:
            raise Problem(
                "not_available",
                f"This server does not know jobs of the operation {job.operation}.",
                "It was accepted by another version of the server. Start it again.",
            )
        return kind

    def _work(self, job: Row[Any]) -> Work:
        """Authorize the account that started a job, and return what its next step gets.

        Raises:
            Problem: The account was deleted, or is no longer allowed to call the operation.
        """
        arguments = orjson.loads(job.arguments)
        with self._storage.connect() as connection:
            self._storage.begin(connection, write=False)
            account = connection.execute(select(accounts).where(accounts.c.id == job.account_id)).first()
            if account is None:
                raise Problem(
                    "forbidden",
                    "The account that started the job was deleted.",
                    "Start it again with another account.",
                )
            context = Context(
                connection,
                self._settings,
                self._storage.vault,
                datetime.now(UTC),
                job.request_id,
                Page(),
                registry.resources(),
                orjson.loads(job.targets),
                as_caller(account),
            )
            authorize(load().operations[job.operation], context, {}, arguments)
        return Work(self._storage, arguments, orjson.loads(job.state), self._stopping)

    def _fail(self, job: Row[Any], problem: Problem) -> None:
        body = problem.body(load().catalogue, job.request_id)
        with self._storage.writing() as connection:
            queue.fail(connection, job.id, self._holder, datetime.now(UTC), body)

    def _let_go(self, job: Row[Any], pause: timedelta, *, is_attempt: bool) -> None:
        with self._storage.writing() as connection:
            until = datetime.now(UTC) + pause
            queue.let_go(connection, job.id, self._holder, until, is_attempt=is_attempt)
