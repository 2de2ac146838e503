"""Read jobs."""

from __future__ import annotations

from typing import Any

import orjson
from mlsteward_api.models import Job, JobProgress, JobResult, JobStatus, Problem
from mlsteward_api.types import UNSET
from sqlalchemy import Row, or_

from mlsteward_server.context import Context
from mlsteward_server.domains.operations.resource import JOB, JOBS
from mlsteward_server.storage.tables.jobs import jobs
from mlsteward_server.storage.tables.workspaces import memberships


def list_jobs(context: Context, *, status: str | None = None) -> list[Job]:
    """List the jobs that the caller can see, newest first."""
    caller = context.caller
    query = JOBS
    if not caller.is_operator:
        query = query.where(or_(jobs.c.account_id == caller.id, memberships.c.role.is_not(None)))
    if status is not None:
        query = query.where(jobs.c.status == status)
    after = context.page.after()
    if after is not None:
        query = query.where(jobs.c.id < after[0])
    query = query.order_by(jobs.c.id.desc()).limit(context.page.fetch)
    rows = context.connection.execute(query, {"caller": caller.id}).all()
    return [_job(row) for row in context.page.cut(rows, lambda row: [row.id])]


def get_job(context: Context) -> Job:
    """Return a job."""
    return _job(context[JOB].row)


def started_job(context: Context, job_id: str) -> Job:
    """Return the job that this request has added."""
    row = context.connection.execute(JOBS.where(jobs.c.id == job_id), {"caller": context.caller.id}).one()
    return _job(row)


def _job(row: Row[Any]) -> Job:
    return Job(
        id=row.id,
        operation=row.operation,
        status=JobStatus(row.status),
        progress=JobProgress(done=row.done, total=UNSET if row.total is None else row.total),
        created_at=row.created_at,
        started_by=row.starter or UNSET,
        started_at=row.started_at or UNSET,
        finished_at=row.finished_at or UNSET,
        problem=UNSET if row.problem is None else Problem.from_dict(orjson.loads(row.problem)),
        result=UNSET if row.result is None else JobResult.from_dict(orjson.loads(row.result)),
    )
