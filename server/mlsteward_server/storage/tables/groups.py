"""Groups and their members."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, String, Table, Text, UniqueConstraint

from mlsteward_server.storage.tables.types import Timestamp, id_column, key_text, metadata

groups = Table(
    "groups",
    metadata,
    id_column(),
    Column("workspace_id", ForeignKey("workspaces.id", ondelete="CASCADE"), nullable=False),
    Column("name", String(128), nullable=False),
    Column("name_key", key_text(128), nullable=False),
    Column("description", Text, nullable=False),
    Column("created_at", Timestamp, nullable=False),
    UniqueConstraint("workspace_id", "name_key"),
)

group_members = Table(
    "group_members",
    metadata,
    Column("group_id", ForeignKey("groups.id", ondelete="CASCADE"), primary_key=True),
    Column("account_id", ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
    Column("workspace_id", ForeignKey("workspaces.id", ondelete="CASCADE"), nullable=False),
    Column("username_key", key_text(320), nullable=False),
    Index(None, "group_id", "username_key"),
    Index(None, "account_id", "workspace_id"),
    Index(None, "workspace_id"),
)
