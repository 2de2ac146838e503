"""Leases: a task that only one of the processes that share a database does at a time.

A process holds a lease until a time. If it dies, another one takes over when that time has passed.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, delete, insert, or_, select, update

from mlsteward_server.storage.engine import lock_name
from mlsteward_server.storage.tables.platform import leases


def is_free(connection: Connection, name: str, holder: str, now: datetime) -> bool:
    """Return whether a process could take a lease now, or has it already."""
    taken = select(leases.c.name).where(leases.c.name == name, leases.c.holder != holder, leases.c.held_until > now)
    return connection.execute(taken).first() is None


def hold(connection: Connection, name: str, holder: str, now: datetime, until: datetime) -> bool:
    """Take a lease, or keep it for longer. Returns whether the process has it."""
    lock_name(connection, f"lease:{name}")
    changed = (
        update(leases)
        .where(leases.c.name == name, or_(leases.c.holder == holder, leases.c.held_until <= now))
        .values(holder=holder, held_until=until)
    )
    if connection.execute(changed).rowcount == 1:
        return True
    if connection.execute(select(leases.c.name).where(leases.c.name == name)).first() is not None:
        return False
    connection.execute(insert(leases), {"name": name, "holder": holder, "held_until": until})
    return True


def let_go(connection: Connection, name: str, holder: str) -> None:
    """Give up a lease, so that another process can take it at once."""
    connection.execute(delete(leases).where(leases.c.name == name, leases.c.holder == holder))
