"""The facts that a server stores for other processes that open its database, such as its public URL."""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, select

from mlsteward_server.storage.tables.platform import platform_facts

PUBLIC_URL = "public_url"
KEY_CHECK = "server_key_check"
"""The fact that shows whether a server has the key that the database was set up with."""


def read_fact(connection: Connection, name: str) -> str | None:
    """Return the fact with a name, if any."""
    found: str | None = connection.execute(select(platform_facts.c.value).where(platform_facts.c.name == name)).scalar()
    return found


def note_fact(connection: Connection, name: str, value: str) -> None:
    """Store a fact. Replaces the previous one with this name."""
    if read_fact(connection, name) == value:
        return
    connection.execute(delete(platform_facts).where(platform_facts.c.name == name))
    connection.execute(insert(platform_facts), {"name": name, "value": value})
