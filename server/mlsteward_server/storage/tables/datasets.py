"""Datasets and the permissions on them."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, String, Table, UniqueConstraint, text

from mlsteward_server.storage.tables.types import Permission, Timestamp, id_column, key_text, metadata

datasets = Table(
    "datasets",
    metadata,
    id_column(),
    Column("workspace_id", ForeignKey("workspaces.id", ondelete="CASCADE"), nullable=False),
    Column("name", String(128), nullable=False),
    Column("name_key", key_text(128), nullable=False),
    Column("default_permission", Permission, nullable=False),
    Column("creator_id", ForeignKey("accounts.id", ondelete="SET NULL")),
    Column("created_at", Timestamp, nullable=False),
    UniqueConstraint("workspace_id", "name_key"),
    CheckConstraint("default_permission BETWEEN 0 AND 4", name="default_permission"),
    Index(None, "workspace_id", "id"),
    Index(None, "creator_id"),
)

# Finds the datasets that a member can see without a grant, among any number of others.
Index(
    "ix_datasets_open",
    datasets.c.workspace_id,
    datasets.c.id,
    sqlite_where=text("default_permission > 0"),
    postgresql_where=text("default_permission > 0"),
)

dataset_user_grants = Table(
    "dataset_user_grants",
    metadata,
    Column("dataset_id", ForeignKey("datasets.id", ondelete="CASCADE"), primary_key=True),
    Column("account_id", ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
    Column("workspace_id", ForeignKey("workspaces.id", ondelete="CASCADE"), nullable=False),
    Column("permission", Permission, nullable=False),
    CheckConstraint("permission BETWEEN 0 AND 4", name="permission"),
    Index(None, "account_id", "workspace_id", "dataset_id"),
    Index(None, "workspace_id"),
)

dataset_group_grants = Table(
    "dataset_group_grants",
    metadata,
    Column("dataset_id", ForeignKey("datasets.id", ondelete="CASCADE"), primary_key=True),
    Column("group_id", ForeignKey("groups.id", ondelete="CASCADE"), primary_key=True),
    Column("workspace_id", ForeignKey("workspaces.id", ondelete="CASCADE"), nullable=False),
    Column("permission", Permission, nullable=False),
    CheckConstraint("permission BETWEEN 0 AND 4", name="permission"),
    Index(None, "group_id", "dataset_id"),
    Index(None, "workspace_id"),
)

invitation_dataset_grants = Table(
    "invitation_dataset_grants",
    metadata,
    Column("invitation_id", ForeignKey("invitations.id", ondelete="CASCADE"), primary_key=True),
    Column("dataset_id", ForeignKey("datasets.id", ondelete="CASCADE"), primary_key=True),
    Column("permission", Permission, nullable=False),
    CheckConstraint("permission BETWEEN 0 AND 4", name="permission"),
    Index(None, "dataset_id"),
)
