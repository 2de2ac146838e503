"""Experiments and their assets."""

from __future__ import annotations

from mlsteward_api.models.experiment_status import ExperimentStatus
from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, String, Table, UniqueConstraint

from mlsteward_server.storage.tables.types import Timestamp, id_column, metadata, one_of

experiments = Table(
    "experiments",
    metadata,
    id_column(),
    Column("project_id", ForeignKey("projects.id", ondelete="CASCADE"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("name", String(255), nullable=False),
    Column("status", String(16), nullable=False),
    Column("started_by", ForeignKey("accounts.id", ondelete="SET NULL")),
    Column("started_at", Timestamp, nullable=False),
    Column("ended_at", Timestamp),
    Column("updated_at", Timestamp, nullable=False),
    UniqueConstraint("project_id", "number"),
    one_of("status", ExperimentStatus),
    Index(None, "project_id", "id"),
    Index(None, "started_by"),
)

# A number is never used twice, even if its experiment was deleted.
experiment_numbers = Table(
    "experiment_numbers",
    metadata,
    Column("project_id", ForeignKey("projects.id", ondelete="CASCADE"), primary_key=True),
    Column("last", Integer, nullable=False),
)

assets = Table(
    "assets",
    metadata,
    id_column(),
    Column("experiment_id", ForeignKey("experiments.id", ondelete="CASCADE"), nullable=False),
    Column("workspace_id", ForeignKey("workspaces.id", ondelete="CASCADE"), nullable=False),
    Column("name", String(255), nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("digest", String(64), nullable=False, info={"file": True}),
    Column("step", BigInteger),
    Column("created_at", Timestamp, nullable=False),
    Index(None, "experiment_id", "id"),
    # The storage used by a workspace is summed from this index alone.
    Index(None, "workspace_id", "size"),
    Index(None, "digest"),
)
