"""The jobs in the database: accepting them, taking one, and storing what was done.

A process that takes a job holds it for a while, and for longer with each step. If it dies, another one takes the job
over when that time has passed, and continues after the last stored step. Only the holder can store a step, so a process
that was stopped for a while and comes back changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import orjson
from sqlalchemy import Connection, Row, and_, delete, func, insert, literal, or_, select, update

from mlsteward_server.context import Context
from mlsteward_server.jobs.kinds import JobKind, Progress
from mlsteward_server.storage.ids import new_id
from mlsteward_server.storage.tables.jobs import jobs
from mlsteward_server.storage.tables.types import Timestamp

QUEUED, RUNNING, SUCCEEDED, FAILED = "queued", "running", "succeeded", "failed"
HOLD = timedelta(seconds=15)
"""How long a process holds a job without storing a step."""
KEPT = timedelta(days=7)
"""How long a finished job can be read."""
MOST_DELETED = 100
"""Maximum number of old jobs to delete in one transaction."""


def accept(context: Context, kind: JobKind, arguments: Mapping[str, Any], *, workspace_id: str | None = None) -> str:
    """Add a job, in the transaction of the request.

    Args:
        arguments: What the job needs to know, as JSON. It is stored as it is, so it must not contain a secret.
        workspace_id: The workspace whose admins can see the job.

    Returns:
        The id of the job.
    """
    job_id = new_id()
    context.connection.execute(
        insert(jobs),
        {
            "id": job_id,
            "operation": kind.operation,
            "account_id": context.caller.id,
            "workspace_id": workspace_id,
            "request_id": context.request_id,
            "targets": _json(context.references),
            "arguments": _json(arguments),
            "status": QUEUED,
            "state": "{}",
            "done": 0,
            "created_at": context.now,
            "attempts": 0,
        },
    )
    return job_id


def is_unfinished(connection: Connection) -> bool:
    """Return whether there is a job that is not finished."""
    return connection.execute(select(jobs.c.id).where(jobs.c.finished_at.is_(None)).limit(1)).first() is not None


def count_by_status(connection: Connection) -> dict[str, int]:
    """Return the number of jobs by status. Finished jobs count for as long as they are kept."""
    counts = dict.fromkeys((QUEUED, RUNNING, SUCCEEDED, FAILED), 0)
    for status, count in connection.execute(select(jobs.c.status, func.count()).group_by(jobs.c.status)):
        counts[status] = count
    return counts


def is_claimable(connection: Connection, now: datetime) -> bool:
    """Return whether there is a job that nobody holds."""
    return connection.execute(select(jobs.c.id).where(_free(now)).limit(1)).first() is not None


def claim(connection: Connection, holder: str, now: datetime) -> Row[Any] | None:
    """Take the oldest job that nobody holds. None if there is none."""
    oldest = select(jobs.c.id).where(_free(now)).order_by(jobs.c.id).limit(1).with_for_update(skip_locked=True)
    taken = (
        update(jobs)
        .where(jobs.c.id == oldest.scalar_subquery())
        .values(
            status=RUNNING,
            started_at=func.coalesce(jobs.c.started_at, literal(now, Timestamp)),
            holder=holder,
            held_until=now + HOLD,
            attempts=jobs.c.attempts + 1,
        )
        .returning(*jobs.c)
    )
    return connection.execute(taken).first()


def keep(connection: Connection, job_id: str, holder: str, now: datetime, progress: Progress) -> bool:
    """Store what a step has done.

    Returns:
        Whether the holder still holds the job. If not, nothing is stored.
    """
    values: dict[str, Any] = {"state": _json(progress.state), "done": progress.done, "total": progress.total}
    if progress.result is None:
        values |= {"held_until": now + HOLD, "attempts": 1}
    else:
        values |= {"status": SUCCEEDED, "result": _json(progress.result)} | _over(now)
    return _change(connection, job_id, holder, values)


def read(connection: Connection, job_id: str) -> Row[Any] | None:
    """Return a job."""
    return connection.execute(select(jobs).where(jobs.c.id == job_id)).first()


def fail(connection: Connection, job_id: str, holder: str, now: datetime, problem: Mapping[str, Any]) -> bool:
    """End a job with a problem. Returns whether the holder still holds it."""
    return _change(connection, job_id, holder, {"status": FAILED, "problem": _json(problem)} | _over(now))


def let_go(connection: Connection, job_id: str, holder: str, until: datetime, *, is_attempt: bool) -> bool:
    """Let another process continue a job, after some time.

    Args:
        until: The time before which nobody takes it.
        is_attempt: Whether a step failed, so that this counts as an attempt.

    Returns:
        Whether the holder still held it.
    """
    attempts = {} if is_attempt else {"attempts": 0}
    return _change(connection, job_id, holder, {"holder": None, "held_until": until, **attempts})


def forget_old(connection: Connection, now: datetime) -> int:
    """Delete some of the jobs that finished long ago. Returns how many."""
    old = select(jobs.c.id).where(jobs.c.finished_at < now - KEPT).order_by(jobs.c.finished_at).limit(MOST_DELETED)
    found: int = connection.execute(delete(jobs).where(jobs.c.id.in_(old))).rowcount
    return found


def has_old(connection: Connection, now: datetime) -> bool:
    """Return whether a job finished long ago."""
    return connection.execute(select(jobs.c.id).where(jobs.c.finished_at < now - KEPT).limit(1)).first() is not None


def _free(now: datetime) -> Any:
    return and_(jobs.c.finished_at.is_(None), or_(jobs.c.held_until.is_(None), jobs.c.held_until <= now))


def _change(connection: Connection, job_id: str, holder: str, values: Mapping[str, Any]) -> bool:
    held = (jobs.c.id == job_id, jobs.c.holder == holder, jobs.c.finished_at.is_(None))
    return connection.execute(update(jobs).where(*held).values(values)).rowcount == 1


def _over(now: datetime) -> dict[str, Any]:
    return {"finished_at": now, "holder": None, "held_until": None}


def _json(value: Mapping[str, Any]) -> str:
    return orjson.dumps(value).decode()
