"""A server with a full world, whose state a test can look at and put back at once."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from mlsteward_server.http.app import create_app
from mlsteward_server.process.embedded import ensure_local_operator
from mlsteward_server.settings import Settings
from mlsteward_server.storage.engine import Storage, open_storage
from mlsteward_server.storage.tables import metadata
from mlsteward_server.storage.tables.identity import api_keys
from sqlalchemy import select

from tests.support.api import Api
from tests.support.calls import names
from tests.support.world import ROLES, World

KEYS = api_keys.name
_keys = select(*(column for column in api_keys.c if column.name != "last_used_at")).order_by(api_keys.c.id)


@dataclass(frozen=True)
class Stage:
    """An application with somebody in every role and something for every operation to act on.

    Attributes:
        world: Who is in it.
        known: What the operations act on, see `calls.names`.
        operator: A client with an API key of the operator, who may do everything.
    """

    storage: Storage
    world: World
    known: Mapping[str, Any]
    operator: Api

    def state(self) -> object:
        """Something that differs once anything in the database does, but for when keys were used last."""
        with self.storage.connect() as connection:
            found: dict[str, Any] = {KEYS: connection.execute(_keys).all()}
            for table in sorted(metadata.tables.keys() - {KEYS}):
                if self.storage.is_sqlite:
                    found[table] = connection.execute(metadata.tables[table].select()).all()
                else:
                    query = f'SELECT count(*), max(xmin::text::bigint) FROM "{table}"'
                    found[table] = connection.exec_driver_sql(query).one()
            return found

    def save(self) -> sqlite3.Connection:
        """A copy of the database (SQLite in memory only)."""
        copy = sqlite3.connect(":memory:")
        raw(self.storage).backup(copy)
        return copy

    def restore(self, saved: sqlite3.Connection) -> None:
        """Put a copy back."""
        saved.backup(raw(self.storage))


def raw(storage: Storage) -> sqlite3.Connection:
    """The one connection of a database in memory."""
    connection = storage.engine.raw_connection()
    found = connection.driver_connection
    connection.close()
    assert isinstance(found, sqlite3.Connection)
    return found


@contextmanager
def stage(database: str = ":memory:", **options: Any) -> Iterator[Stage]:
    """Set up a stage on a new database; options are those of `open_storage`."""
    storage = open_storage(database, **options)
    ensure_local_operator(storage)
    world = World(Api(create_app(storage, Settings(validate_responses=True))))
    known = names(world)
    for name, role in ROLES.items():
        if role.kind in ("user", "service_account"):
            world.person(name)
    key = world.operator.ok("POST", "/users/me/api-keys", json={"name": "tests"})
    try:
        yield Stage(storage, world, known, world.http.as_key(key["secret"]))
    finally:
        storage.close()
