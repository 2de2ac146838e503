"""The facts that a server stores for other processes that open its database."""

from __future__ import annotations

from sqlalchemy import Column, String, Table

from mlsteward_server.storage.tables.types import metadata

platform_facts = Table(
    "platform_facts",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("value", String(2000), nullable=False),
)
