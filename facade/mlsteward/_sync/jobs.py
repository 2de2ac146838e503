# Derived from facade/mlsteward/_async/jobs.py by scripts/derive_sync.py. Do not edit.
"""Work that calls have started, and that goes on after them."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from mlsteward_api.api.operations import get_job, list_jobs

from mlsteward._sync.resource import Namespace
from mlsteward.pagination import Pager
from mlsteward.records.enums import JobStatus, JobStatusLike
from mlsteward.records.operations import Job, read_job
from mlsteward.references import text
from mlsteward.serialization import given_choice

if TYPE_CHECKING:
    from mlsteward_api.types import Request


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

        Example:
            >>> job = steward.storage.clean_up()
            >>> [job.operation for job in steward.jobs.list()]
            ['clean_up_storage']
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

        Example:
            >>> job = steward.storage.clean_up()
            >>> steward.jobs.get(job).operation
            'clean_up_storage'
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

        Example:
            >>> job = steward.storage.clean_up()
            >>> done = steward.jobs.wait(job)
            >>> str(done.status)
            'succeeded'
        """
        return self._wait(look_at(_id_of(job)), read_job, at_most=at_most, timeout=timeout)


def look_at(job: str) -> Request[Any]:
    """Asks for a job, by its id."""
    return get_job.request(job=job)


def _id_of(job: str | Job) -> str:
    return job.id if isinstance(job, Job) else text("job", job)
