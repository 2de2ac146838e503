"""A server with a full world, whose state a test can look at and put back at once."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from tests.support.api import Api
from tests.support.calls import names
from tests.support.server import Settings, Storage, api_keys, create_app, ensure_local_operator, metadata, open_storage
from tests.support.world import ROLES, World

KEYS = api_keys.name
_keys = select(*(column for column in api_keys.c if column.name != "last_used_at")).order_by(api_keys.c.id)


class Copy:
    """What was in a database at one moment, to be put back in less than a millisecond on SQLite in memory."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self._sqlite: sqlite3.Connection | None = None
        if storage.is_sqlite:
            self._sqlite = sqlite3.connect(":memory:")
            raw(storage).backup(self._sqlite)
        else:
            with storage.writing() as connection:
                connection.exec_driver_sql("DROP SCHEMA IF EXISTS saved CASCADE")
                connection.exec_driver_sql("CREATE SCHEMA saved")
                for table in metadata.tables:
                    connection.exec_driver_sql(f'CREATE TABLE saved."{table}" AS TABLE "{table}"')

    def restore(self) -> None:
        """Put it back."""
        if self._sqlite is not None:
            self._sqlite.backup(raw(self._storage))
            return
        with self._storage.writing() as connection:
            # Without foreign keys and triggers, so in any order; in one message, because there are many tables.
            statements = ["SET LOCAL session_replication_role = replica"]
            for table in metadata.tables:
                statements.append(f'DELETE FROM "{table}"; INSERT INTO "{table}" SELECT * FROM saved."{table}"')
            connection.exec_driver_sql("; ".join(statements))

    def close(self) -> None:
        if self._sqlite is not None:
            self._sqlite.close()


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

    def state(self, connection: Connection | None = None) -> object:
        """Something that differs once anything in the database does, but for when keys were used last.

        Args:
            connection: In a transaction that may have changed something; a new one unless given.
        """
        if connection is None:
            with self.storage.connect() as own:
                return self.state(own)
        found: dict[str, Any] = {KEYS: connection.execute(_keys).all()}
        for table in sorted(metadata.tables.keys() - {KEYS}):
            if self.storage.is_sqlite:
                found[table] = connection.execute(metadata.tables[table].select()).all()
            else:
                query = f'SELECT count(*), max(xmin::text::bigint) FROM "{table}"'
                found[table] = connection.exec_driver_sql(query).one()
        return found

    @cached_property
    def initial(self) -> Copy:
        """The database as it was set up (SQLite in memory, or PostgreSQL)."""
        return Copy(self.storage)

    @cached_property
    def files(self) -> dict[Path, bytes]:
        """The files that were kept when it was set up."""
        assert self.storage.blobs is not None
        kept = Path(str(self.storage.blobs.place), "sha256").rglob("*")
        return {path: path.read_bytes() for path in kept if path.is_file()}

    def restore(self) -> None:
        """Put it back as it was set up."""
        self.initial.restore()
        for path, content in self.files.items():
            if not path.exists():
                path.write_bytes(content)


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
    # PostgreSQL has no folder of its own for files.
    with tempfile.TemporaryDirectory() as files, closing(open_storage(database, files=files, **options)) as storage:
        yield _set_up(storage)


def _set_up(storage: Storage) -> Stage:
    ensure_local_operator(storage)
    world = World(Api(create_app(storage, Settings(validate_responses=True))))
    known = names(world)
    for name, role in ROLES.items():
        if role.kind in ("user", "service_account"):
            world.person(name)
    key = world.operator.ok("POST", "/users/me/api-keys", json={"name": "tests"})
    found = Stage(storage, world, known, world.http.as_key(key["secret"]))
    assert found.files
    return found
