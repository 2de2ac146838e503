"""The stored answers to requests with an idempotency key."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, LargeBinary, String, Table

from mlsteward_server.storage.tables.types import Timestamp, metadata

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
