"""The audit log."""

from __future__ import annotations

from sqlalchemy import Column, Index, String, Table

from mlsteward_server.storage.tables.types import Timestamp, id_column, metadata

# An event stores its object as text, not as a reference, because the log outlives the object.
audit_events = Table(
    "audit_events",
    metadata,
    id_column(),
    Column("date", Timestamp, nullable=False),
    Column("action", String(8), nullable=False),
    Column("actor", String(320), nullable=False),
    Column("actor_id", String(32)),
    Column("actor_username", String(320), nullable=False),
    Column("event", String(640), nullable=False),
    Column("object_type", String(32), nullable=False),
    Column("object_id", String(64), nullable=False),
    Column("object_name", String(320), nullable=False),
    Column("workspace_id", String(32)),
    Column("project_id", String(32)),
    Column("request_id", String(64), nullable=False),
    Index(None, "workspace_id", "id"),
    Index(None, "project_id", "id"),
    Index(None, "workspace_id", "actor_id", "id"),
    Index(None, "workspace_id", "object_id", "id"),
    Index(None, "workspace_id", "object_name", "id"),
)
