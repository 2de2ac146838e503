"""The tables. Every change here comes with a migration in `migrations/versions/`.

Columns that end in `_key` hold a text in the form in which it is compared: lower case. Usernames are
repeated on memberships and rosters because those lists are paged by username from their own index.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Dialect,
    ForeignKey,
    Index,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import TIMESTAMP
from sqlalchemy.types import TypeDecorator, TypeEngine

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Timestamp(TypeDecorator[datetime]):
    """A moment in UTC: `timestamptz` on PostgreSQL, sortable ISO 8601 text on SQLite."""

    impl = String(32)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "postgresql":
            return dialect.type_descriptor(TIMESTAMP(timezone=True))
        return dialect.type_descriptor(String(32))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        if value is None or dialect.name == "postgresql":
            return value
        return value.astimezone(UTC).isoformat(timespec="microseconds")

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if isinstance(value, str):
            return datetime.fromisoformat(value)
        moment: datetime = value
        return moment.astimezone(UTC)


PERMISSIONS = ("NO_ACCESS", "VIEW", "TAG", "EDIT", "MANAGE")
"""What an account may do with a dataset, lowest first."""


class Permission(TypeDecorator[str]):
    """A dataset permission: a word to Python, to SQL its rank, by which it compares."""

    impl = SmallInteger
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> int | None:
        return None if value is None else PERMISSIONS.index(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> str | None:
        return None if value is None else PERMISSIONS[value]


def key_text(length: int) -> String:
    """A text in the form in which it is compared: the same order everywhere, by code points.

    Otherwise a PostgreSQL in another language would order names differently from SQLite and from Python,
    which merges lists.
    """
    return String(length).with_variant(String(length, collation="C"), "postgresql")


def _id() -> Column[str]:
    return Column("id", String(32), primary_key=True)


accounts = Table(
    "accounts",
    metadata,
    _id(),
    Column("kind", String(16), nullable=False),
    Column("username", String(320), nullable=False),
    Column("username_key", key_text(320), nullable=False, unique=True),
    Column("email", String(254)),
    Column("email_key", key_text(254), unique=True),
    Column("name", String(128)),
    Column("surname", String(128)),
    Column("is_operator", Boolean, nullable=False, default=False),
    Column("created_at", Timestamp, nullable=False),
    CheckConstraint("kind IN ('user', 'service_account')", name="kind"),
)

api_keys = Table(
    "api_keys",
    metadata,
    _id(),
    Column("account_id", ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
    Column("name", String(128), nullable=False),
    Column("preview", String(16), nullable=False),
    Column("secret_hash", String(64), nullable=False, unique=True),
    Column("scope", String(8), nullable=False),
    Column("created_at", Timestamp, nullable=False),
    Column("lifetime_seconds", BigInteger),
    Column("expires_at", Timestamp),
    Column("last_used_at", Timestamp),
    CheckConstraint("scope IN ('read', 'write', 'admin')", name="scope"),
    Index(None, "account_id", "id"),
)

workspaces = Table(
    "workspaces",
    metadata,
    _id(),
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
    CheckConstraint("role IN ('admin', 'member', 'collaborator', 'guest')", name="role"),
    CheckConstraint("kind = 'user' OR role = 'member'", name="service_accounts_are_members"),
    Index(None, "workspace_id", "kind", "username_key"),
    Index(None, "workspace_id", "username_key"),
    Index(None, "workspace_id", "role"),
)

invitations = Table(
    "invitations",
    metadata,
    _id(),
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
    _id(),
    Column("invitation_id", ForeignKey("invitations.id", ondelete="CASCADE"), nullable=False),
    Column("recipient", String(254), nullable=False),
    Column("created_at", Timestamp, nullable=False),
    Column("sent_at", Timestamp),
    Index(None, "sent_at", "id"),
    Index(None, "invitation_id"),
)

projects = Table(
    "projects",
    metadata,
    _id(),
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
    CheckConstraint("visibility IN ('private', 'workspace', 'public')", name="visibility"),
    CheckConstraint("roster_policy IN ('owners', 'admins')", name="roster_policy"),
    Index(None, "workspace_id", "id"),
    Index(None, "owner_id"),
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
    CheckConstraint("role IN ('owner', 'contributor', 'viewer')", name="role"),
    Index(None, "project_id", "username_key"),
    Index(None, "project_id", "kind", "username_key"),
    Index(None, "account_id", "workspace_id", "project_id"),
    Index(None, "workspace_id"),
)

groups = Table(
    "groups",
    metadata,
    _id(),
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

datasets = Table(
    "datasets",
    metadata,
    _id(),
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

# Those a member can see without being granted anything, among any number of others.
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

audit_events = Table(
    "audit_events",
    metadata,
    _id(),
    Column("date", Timestamp, nullable=False),
    Column("action", String(8), nullable=False),
    Column("actor", String(320), nullable=False),
    Column("event", String(640), nullable=False),
    Column("object_type", String(32), nullable=False),
    Column("object_id", String(64), nullable=False),
    Column("workspace_id", String(32)),
    Column("project_id", String(32)),
    Column("request_id", String(64), nullable=False),
    Index(None, "workspace_id", "id"),
    Index(None, "project_id", "id"),
)

idempotency_keys = Table(
    "idempotency_keys",
    metadata,
    Column("account_id", String(32), primary_key=True),
    Column("key", String(255), primary_key=True),
    Column("fingerprint", String(64), nullable=False),
    Column("status", BigInteger, nullable=False),
    Column("sealed_body", LargeBinary, nullable=False),
    Column("created_at", Timestamp, nullable=False),
    Index(None, "created_at"),
)
