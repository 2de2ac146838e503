"""Accounts and their API keys."""

from __future__ import annotations

from mlsteward_api.models.account_kind import AccountKind
from mlsteward_api.models.key_scope import KeyScope
from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, String, Table

from mlsteward_server.storage.tables.types import Timestamp, id_column, key_text, metadata, one_of

accounts = Table(
    "accounts",
    metadata,
    id_column(),
    Column("kind", String(16), nullable=False),
    Column("username", String(320), nullable=False),
    Column("username_key", key_text(320), nullable=False, unique=True),
    Column("email", String(254)),
    # Only if the account has proved the address. Then requests can name the account by it everywhere.
    Column("email_key", key_text(254), unique=True),
    # Proved or not. Several accounts can have the same address here.
    Column("noted_email_key", key_text(254)),
    Column("name", String(128)),
    Column("surname", String(128)),
    Column("is_operator", Boolean, nullable=False, default=False),
    # Applies only while the account is in this workspace.
    Column("default_workspace_id", String(32)),
    Column("created_at", Timestamp, nullable=False),
    one_of("kind", AccountKind),
    Index(None, "noted_email_key"),
)

api_keys = Table(
    "api_keys",
    metadata,
    id_column(),
    Column("account_id", ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
    Column("name", String(128), nullable=False),
    Column("preview", String(16), nullable=False),
    Column("secret_hash", String(64), nullable=False, unique=True),
    Column("scope", String(8), nullable=False),
    Column("created_at", Timestamp, nullable=False),
    Column("lifetime_seconds", BigInteger),
    Column("expires_at", Timestamp),
    Column("last_used_at", Timestamp),
    # The account that saw the secret: the owner, or the account that created the key for it.
    Column("created_by", ForeignKey("accounts.id", ondelete="SET NULL")),
    Column("rotated_at", Timestamp),
    one_of("scope", KeyScope),
    Index(None, "account_id", "id"),
    Index(None, "created_by"),
)
