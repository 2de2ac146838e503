# Derived from facade/mlsteward/_async/jobs.py by scripts/derive_sync.py. Do not edit.
"""Work that calls have started, and that goes on after them."""

from __future__ import annotations

import time
from datetime import timedelta
from functools import partial

from mlsteward_api.api.operations import get_job, list_jobs

from mlsteward._concurrency import sleep
from mlsteward._sync.resource import Namespace
from mlsteward.errors import StewardError
from mlsteward.pagination import Pager
from mlsteward.records.enums import JobStatus, JobStatusLike
from mlsteward.records.operations import Job, read_job
from mlsteward.references import text
from mlsteward.serialization import given_choice

FIRST_PAUSE, LONGEST_PAUSE = 0.05, 2.0
"""Seconds between two questions how a job is doing. Each pause is longer than the one before."""


class Jobs(Namespace):
    """Work that calls have started, and that goes on after them.

    Whoever started a job can see it, and so can the admins of its workspace and operators.

    Example:
        >>> from mlsteward import Steward
        >>> def main() -> str:
        ...     with Steward(path=":memory:") as steward:
        ...         job = steward.storage.clean_up(dry_run=True)
        ...         done = steward.jobs.wait(job)
        ...         return done.status
        >>> print(main())
        succeeded
    """

    def list(
        self,
        *,
        status: JobStatusLike | None = None,
        limit: int | None = None,
        page_size: int | None = None,
        timeout: float | None = None,
    ) -> Pager[Job]:
        """List jobs, newest first. A job is deleted 7 days after it finished.

        Args:
            status: Only jobs with this status.
            limit: Maximum number of jobs (default: all).
            page_size: Number of jobs per request, 1 to 500.
            timeout: Seconds to wait for each step of a request (default: that of the client).
        """
        return self._list(
            partial(list_jobs.request, status=given_choice("status", status, JobStatus)),
            read_job,
            limit=limit,
            page_size=page_size,
            timeout=timeout,
        )

    def get(self, job: str | Job, *, timeout: float | None = None) -> Job:
        """Get a job as it is now.

        Args:
            job: A record, or an id.

        Raises:
            NotFound: The job does not exist, or the caller cannot see it.
        """
        return self._connection.call(get_job.request(job=_id_of(job)), read_job, timeout=timeout)

    def wait(self, job: str | Job, *, at_most: timedelta | None = None, timeout: float | None = None) -> Job:
        """Wait until a job has succeeded or failed.

        Args:
            job: A record, or an id.
            at_most: How long to wait (default: forever).
            timeout: Seconds to wait for each step of a request (default: that of the client).

        Returns:
            The finished job. Its `problem` says why it failed, if it did.

        Raises:
            StewardError: The job takes longer than `at_most`. It goes on.
            NotFound: The job does not exist, or the caller cannot see it.
        """
        deadline = None if at_most is None else time.monotonic() + at_most.total_seconds()
        pause = FIRST_PAUSE
        while True:
            found = self.get(job, timeout=timeout)
            if found.is_finished:
                return found
            if deadline is not None:
                left = deadline - time.monotonic()
                if left <= 0:
                    raise StewardError(f"the job {found.id} has not finished within {at_most}; it goes on")
                pause = min(pause, left)
            sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE)


def _id_of(job: str | Job) -> str:
    return job.id if isinstance(job, Job) else text("job", job)
