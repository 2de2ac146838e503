"""Jobs: work that was accepted and is carried out in steps."""

from __future__ import annotations

from mlsteward_api.models.job_status import JobStatus
from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, String, Table, Text

from mlsteward_server.storage.tables.types import Timestamp, id_column, metadata, one_of

# Targets, arguments, state, result and problem are JSON.
jobs = Table(
    "jobs",
    metadata,
    id_column(),
    Column("operation", String(64), nullable=False),
    Column("account_id", ForeignKey("accounts.id", ondelete="SET NULL")),
    Column("workspace_id", ForeignKey("workspaces.id", ondelete="CASCADE")),
    Column("request_id", String(64), nullable=False),
    Column("targets", Text, nullable=False),
    Column("arguments", Text, nullable=False),
    Column("status", String(16), nullable=False),
    Column("state", Text, nullable=False),
    Column("done", BigInteger, nullable=False),
    Column("total", BigInteger),
    Column("result", Text),
    Column("problem", Text),
    Column("created_at", Timestamp, nullable=False),
    Column("started_at", Timestamp),
    Column("finished_at", Timestamp),
    # The process that runs the job, and until when no other process takes it over.
    Column("holder", String(32)),
    Column("held_until", Timestamp),
    # How often a process began to run the job since its last step.
    Column("attempts", Integer, nullable=False),
    one_of("status", JobStatus),
    Index(None, "account_id", "id"),
    Index(None, "workspace_id", "id"),
    # Finds the jobs that are not finished, and those that finished long ago.
    Index(None, "finished_at", "id"),
)
