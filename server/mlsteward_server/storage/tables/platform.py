"""What the processes that share a database tell each other: facts, and who holds which lease."""

from __future__ import annotations

from sqlalchemy import Column, String, Table

from mlsteward_server.storage.tables.types import Timestamp, metadata

platform_facts = Table(
    "platform_facts",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("value", String(2000), nullable=False),
)

leases = Table(
    "leases",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("holder", String(32), nullable=False),
    Column("held_until", Timestamp, nullable=False),
)
