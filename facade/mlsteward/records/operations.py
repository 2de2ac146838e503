"""What happened, and what is under way."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from attrs import frozen

from mlsteward.protocol import JOBS, PROBLEM, known_code
from mlsteward.records.enums import AuditAction, JobStatus
from mlsteward.records.record import Record
from mlsteward.records.wire import enum_of, reader, tuple_of, wire


@frozen(repr=False)
class AuditEvent(Record):
    """One change.

    Attributes:
        date: In UTC.
        user: Who did it: their email address, or their username if they have none.
        event: What was done, in words.
        object_type: What it was done to, such as `project`.
        object_name: Its name at that moment.
        object_exists: Whether the object still exists.
        user_id: The id of the account that did it; None if nobody was signed in.
    """

    _identified_by = "id"

    id: str = wire("id")
    date: datetime = wire("date")
    action: AuditAction | str = wire("action", read=enum_of(AuditAction))
    user: str = wire("user")
    event: str = wire("event")
    object_type: str = wire("object_type")
    object_id: str = wire("object_id")
    object_name: str = wire("object_name")
    object_exists: bool = wire("object_exists")
    user_id: str | None = wire("user_id", optional=True)


@frozen(repr=False)
class FieldChange(Record):
    """A field that a dry run would have changed.

    Attributes:
        name: Such as `role`. A dot leads into an object: `plan.projects_limit`.
        before: Its value; None if it had none.
        after: Its value afterwards; None if it would have none.
    """

    name: str = wire("name")
    before: Any = wire("before", optional=True)
    after: Any = wire("after", optional=True)


@frozen(repr=False)
class Change(Record):
    """A change that a dry run did not make.

    Attributes:
        action: As the audit log would have it.
        object_type: What would be changed, such as `project`.
        event: What would be done, in words.
        fields: The fields of the object that would change, as far as the caller can see them.
    """

    action: AuditAction | str = wire("action", read=enum_of(AuditAction))
    object_type: str = wire("object_type")
    object_name: str = wire("object_name")
    event: str = wire("event")
    fields: tuple[FieldChange, ...] = wire("fields", read=tuple_of(reader(FieldChange)))


def _to_dict(model: Any) -> Mapping[str, Any]:
    found: dict[str, Any] = model.to_dict()
    return found


@frozen(repr=False)
class JobProgress(Record):
    """How far a job is.

    Attributes:
        done: How much is done.
        total: How much there is to do; None if nobody knows.
    """

    done: int = wire("done")
    total: int | None = wire("total", optional=True)


@frozen(repr=False)
class JobProblem(Record):
    """Why a job failed.

    Attributes:
        code: Such as `forbidden`.
        hint: What to do about it.
        request_id: The id of the request that started the job.
    """

    code: str = wire(PROBLEM.code, read=known_code)
    detail: str = wire(PROBLEM.detail)
    hint: str = wire(PROBLEM.hint)
    request_id: str = wire(PROBLEM.request_id)


@frozen(repr=False)
class Job(Record):
    """Work that a call started, and that goes on after it.

    Attributes:
        operation: The operation that started it, such as `clean_up_storage`.
        created_at: In UTC.
        started_by: Username; None if that account was deleted.
        started_at: In UTC; None while it is queued.
        finished_at: In UTC; None until it has succeeded or failed.
        problem: Why it failed; None if it did not.
        result: What came out; None until it has succeeded. Its fields depend on the operation.
    """

    _identified_by = "id"

    id: str = wire(JOBS.id)
    operation: str = wire("operation")
    status: JobStatus | str = wire(JOBS.status, read=enum_of(JobStatus))
    progress: JobProgress = wire("progress", read=reader(JobProgress))
    created_at: datetime = wire("created_at")
    started_by: str | None = wire("started_by", optional=True)
    started_at: datetime | None = wire("started_at", optional=True)
    finished_at: datetime | None = wire(JOBS.finished, optional=True)
    problem: JobProblem | None = wire("problem", read=reader(JobProblem), optional=True)
    result: Mapping[str, Any] | None = wire("result", read=_to_dict, optional=True)

    @property
    def is_finished(self) -> bool:
        """Whether it has succeeded or failed."""
        # Either sign is enough, so that nobody waits forever for one that a newer server no longer sends.
        return self.finished_at is not None or self.status in (JobStatus.SUCCEEDED, JobStatus.FAILED)


read_audit_event = reader(AuditEvent)
read_change = reader(Change)
read_job = reader(Job)
