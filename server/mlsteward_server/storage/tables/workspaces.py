"""Workspaces, memberships, invitations and the outbox."""

from __future__ import annotations

from mlsteward_api.models.workspace_role import WorkspaceRole
from sqlalchemy import BigInteger, Boolean, CheckConstraint, Column, ForeignKey, Index, Integer, String, Table, text

from mlsteward_server.storage.tables.types import Permission, Timestamp, id_column, key_text, metadata, one_of

ROLES = ("guest", "collaborator", "member", "admin")
"""The roles in a workspace, from lowest to highest."""

workspaces = Table(
    "workspaces",
    metadata,
    id_column(),
    Column("name", String(64), nullable=False),
    Column("name_key", key_text(64), nullable=False, unique=True),
    Column("projects_limit", BigInteger),
    Column("storage_bytes_limit", BigInteger),
    Column("allowed_visibilities", String(64), nullable=False),
    Column("default_user_role", String(16), nullable=False, server_default="member"),
    Column("default_dataset_permission", Permission, nullable=False, server_default=text("0")),
    Column("default_operator_minimum_role", String(16), nullable=False, server_default="member"),
    Column("default_operator_minimum_dataset_permission", Permission, nullable=False, server_default=text("3")),
    Column("created_at", Timestamp, nullable=False),
)

memberships = Table(
    "memberships",
    metadata,
    Column("account_id", ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
    Column("workspace_id", ForeignKey("workspaces.id", ondelete="CASCADE"), primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("username_key", key_text(320), nullable=False),
    Column("role", String(16), nullable=False),
    Column("joined_at", Timestamp, nullable=False),
    one_of("role", WorkspaceRole),
    CheckConstraint("kind = 'user' OR role = 'member'", name="service_accounts_are_members"),
    Index(None, "workspace_id", "kind", "username_key"),
    Index(None, "workspace_id", "username_key"),
    Index(None, "workspace_id", "role"),
)

invitations = Table(
    "invitations",
    metadata,
    id_column(),
    Column("workspace_id", ForeignKey("workspaces.id", ondelete="CASCADE"), nullable=False),
    Column("account_id", ForeignKey("accounts.id", ondelete="CASCADE")),
    Column("username", String(128)),
    Column("email", String(254)),
    Column("invitee_key", key_text(254), nullable=False),
    Column("role", String(16), nullable=False),
    Column("add_to_all_projects", Boolean, nullable=False),
    Column("status", String(16), nullable=False),
    Column("created_by", ForeignKey("accounts.id", ondelete="SET NULL")),
    Column("created_at", Timestamp, nullable=False),
    Column("expires_at", Timestamp, nullable=False),
    CheckConstraint("(username IS NULL) <> (email IS NULL)", name="username_or_email"),
    Index(None, "workspace_id", "status", "id"),
    Index(None, "workspace_id", "invitee_key"),
    Index(None, "account_id"),
    Index(None, "created_by"),
)

outbox = Table(
    "outbox",
    metadata,
    id_column(),
    Column("invitation_id", ForeignKey("invitations.id", ondelete="CASCADE"), nullable=False),
    Column("recipient", String(254), nullable=False),
    Column("created_at", Timestamp, nullable=False),
    Column("sent_at", Timestamp),
    Column("failed_at", Timestamp),
    Column("failure", String(500)),
    Column("attempts", Integer, nullable=False, server_default=text("0")),
    Column("due_at", Timestamp),
    Column("dead_at", Timestamp),
    Column("retried_at", Timestamp),
    Index(None, "sent_at", "id"),
    Index(None, "invitation_id"),
)
