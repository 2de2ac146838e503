"""What happened."""

from __future__ import annotations

from datetime import datetime

from attrs import frozen

from mlsteward.records.enums import AuditAction
from mlsteward.records.record import Record
from mlsteward.records.wire import enum_of, reader, wire


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


read_audit_event = reader(AuditEvent)
