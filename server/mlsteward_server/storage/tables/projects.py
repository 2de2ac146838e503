"""Projects and their rosters."""

from __future__ import annotations

from mlsteward_api.models.project_role import ProjectRole
from mlsteward_api.models.roster_policy import RosterPolicy
from mlsteward_api.models.visibility import Visibility
from sqlalchemy import Column, ForeignKey, Index, String, Table, Text, UniqueConstraint, text

from mlsteward_server.storage.tables.types import Timestamp, id_column, key_text, metadata, one_of

projects = Table(
    "projects",
    metadata,
    id_column(),
    Column("workspace_id", ForeignKey("workspaces.id", ondelete="CASCADE"), nullable=False),
    Column("name", String(128), nullable=False),
    Column("name_key", key_text(128), nullable=False),
    Column("handle", String(140), nullable=False, unique=True),
    Column("key", String(10), nullable=False),
    Column("visibility", String(16), nullable=False),
    Column("roster_policy", String(16), nullable=False),
    Column("description", Text, nullable=False),
    Column("owner_id", ForeignKey("accounts.id", ondelete="SET NULL")),
    Column("archived_at", Timestamp),
    Column("created_at", Timestamp, nullable=False),
    Column("updated_at", Timestamp, nullable=False),
    UniqueConstraint("workspace_id", "name_key"),
    UniqueConstraint("workspace_id", "key"),
    one_of("visibility", Visibility),
    one_of("roster_policy", RosterPolicy),
    Index(None, "workspace_id", "id"),
    Index(None, "owner_id"),
)

# Finds the projects that a member can see without being on the roster, among any number of others.
Index(
    "ix_projects_open",
    projects.c.workspace_id,
    projects.c.id,
    sqlite_where=text("visibility <> 'private'"),
    postgresql_where=text("visibility <> 'private'"),
)

project_users = Table(
    "project_users",
    metadata,
    Column("project_id", ForeignKey("projects.id", ondelete="CASCADE"), primary_key=True),
    Column("account_id", ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
    Column("workspace_id", ForeignKey("workspaces.id", ondelete="CASCADE"), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("username_key", key_text(320), nullable=False),
    Column("role", String(16)),
    Column("added_at", Timestamp, nullable=False),
    one_of("role", ProjectRole),
    Index(None, "project_id", "username_key"),
    Index(None, "project_id", "kind", "username_key"),
    Index(None, "account_id", "workspace_id", "project_id"),
    Index(None, "workspace_id"),
)
