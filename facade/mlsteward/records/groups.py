"""Groups of people."""

from __future__ import annotations

from datetime import datetime

from attrs import frozen

from mlsteward.records.record import Record
from mlsteward.records.wire import reader, wire


@frozen(repr=False)
class Group(Record):
    """People who are granted things together.

    Attributes:
        name: Unique in the workspace, case-insensitive.
        members_count: Number of people in it.
        created_at: In UTC.
    """

    _identified_by = "name"

    id: str = wire("id")
    name: str = wire("name")
    members_count: int = wire("members_count")
    created_at: datetime = wire("created_at")
    description: str | None = wire("description", optional=True)


read_group = reader(Group)
