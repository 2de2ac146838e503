"""Open a database and run transactions on it.

The name of a database is a SQLite path, `:memory:` or a `postgresql://` URL. A read sees one snapshot. On SQLite, a
write takes the write lock when it starts, so that it never fails half-way. On PostgreSQL, the handlers lock the rows
that they need.
"""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, InvalidatePoolError, OperationalError
from sqlalchemy.pool import ConnectionPoolEntry, StaticPool

from mlsteward_server.storage import forks, vault
from mlsteward_server.storage.blobs import ENVIRONMENT, Blobs
from mlsteward_server.storage.facts import KEY_CHECK, note_fact, read_fact
from mlsteward_server.storage.migrations import upgrade
from mlsteward_server.storage.prepared import Prepared, run_sql
from mlsteward_server.storage.tables import metadata
from mlsteward_server.storage.words import UnknownWords, check_words
from mlsteward_server.storage.writers import Writers

MEMORY = ":memory:"
SQLITE_CACHE_KIB = 16 * 1024
LOCK_WAIT_MS = 15_000
"""How long a writer waits for other writers, in milliseconds."""
FRESH_SECONDS = 1.0
"""How long after its last use, in seconds, a connection to PostgreSQL is not checked."""

_LOCK_NAME = Prepared(text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))"))


class StorageError(Exception):
    """The database cannot be opened or used. The message says what to do."""


class Storage:
    """An open database and its file storage.

    Attributes:
        blobs: The file storage. None if there is none.
    """

    def __init__(self, engine: Engine, vault: vault.Vault, label: str, blobs: Blobs | None) -> None:
        self.engine = engine
        self.vault = vault
        self.label = label
        self.blobs = blobs
        self.is_sqlite = engine.dialect.name == "sqlite"
        self.is_in_memory = isinstance(engine.pool, StaticPool)
        self._make_locks()
        self._unusable: str | None = None
        forks.register(self)

    def _make_locks(self) -> None:
        # A database in memory has one connection, so only one thread can use it at a time.
        self._turn = threading.RLock() if self.is_in_memory else None
        self.writers = Writers() if self.is_sqlite and self._turn is None else None
        """The queue of writers to a SQLite file."""
        self._mine = threading.local()

    def __repr__(self) -> str:
        return f"Storage({self.label!r})"

    @contextmanager
    def connect(self) -> Iterator[Connection]:
        """Open a connection. Undoes at the end of the block what was not committed."""
        self.check_process()
        work = forks.enter()
        try:
            if self._turn is not None:
                with self._turn, self.engine.connect() as connection:
                    yield connection
                return
            opened = None
            try:
                with self.engine.connect() as connection:
                    opened = connection
                    yield connection
            finally:
                # Only after the connection was returned: until then it can hold SQLite's lock.
                if opened is not None and self._writing is opened:
                    self._writing = None
        finally:
            forks.leave(work)

    @property
    def _writing(self) -> Connection | None:
        """The connection with which this thread writes, if any."""
        found: Connection | None = getattr(self._mine, "writing", None)
        return found

    @_writing.setter
    def _writing(self, connection: Connection | None) -> None:
        self._mine.writing = connection
        if connection is None and self.writers is not None:
            self.writers.end_turn()

    def begin(self, connection: Connection, *, write: bool, wait: bool = True) -> None:
        """Begin a read or a write. PostgreSQL begins the transaction by itself.

        Args:
            write: Whether the transaction changes anything.
            wait: Whether to wait for other writers of this process.

        Raises:
            TimeoutError: SQLAlchemy's: other writers took too long, or, without `wait`, there are other writers.
        """
        if self.is_sqlite:
            if write and self.writers is not None and self._writing is not connection:
                self.writers.take_turn(LOCK_WAIT_MS / 1000 if wait else 0)
                self._writing = connection
            run_sql(connection, "BEGIN IMMEDIATE" if write else "BEGIN")
        elif not write:
            # This costs nothing, because it is sent with the BEGIN of the first query.
            connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)

    @contextmanager
    def change(self, connection: Connection) -> Iterator[Connection]:
        """Run a write of a request. Commits it at the end of the block, perhaps together with others.

        Args:
            connection: The connection of the request, without an open transaction.

        Yields:
            The connection to write with. On SQLite it can be the connection of another request.

        Raises:
            TimeoutError: SQLAlchemy's: other writers took too long.
        """
        if self.writers is not None:
            with self.writers.share(connection, LOCK_WAIT_MS / 1000) as shared:
                yield shared
            return
        self.begin(connection, write=True)
        yield connection
        connection.commit()

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Run a write of the server itself. Commits it at the end of the block."""
        with self.connect() as connection:
            self.begin(connection, write=True)
            yield connection
            connection.commit()

    def check_process(self) -> None:
        """Check that this process can use the database.

        Raises:
            UnusableAfterFork: The process was forked while its parent used the database, or the database is in the
                memory of the parent.
        """
        if self._unusable is not None:
            raise forks.UnusableAfterFork(self._unusable)

    def close_for_fork(self) -> None:
        """Close the database file before a fork. It is opened again when needed."""
        if self.is_sqlite and not self.is_in_memory:
            self.engine.dispose()

    def after_fork_in_child(self, *, was_idle: bool) -> None:
        """Drop the connections and locks of the parent.

        Args:
            was_idle: Whether no thread used the database when the process forked.
        """
        self._make_locks()
        if self.blobs is not None:
            self.blobs.after_fork_in_child()
        if self.is_in_memory:
            self._unusable = (
                f"the data of {MEMORY} is in the memory of the parent process; "
                "use a data file, or open a client in the child"
            )
            return
        if self.is_sqlite and not was_idle:
            self._unusable = (
                f"this process was forked while {self.label} was in use; fork while no call is running, "
                "or start processes with multiprocessing's 'spawn'"
            )
        # Do not close these connections, because the parent uses them.
        self.engine.dispose(close=False)

    def close(self) -> None:
        """Close the database."""
        self.engine.dispose()
        if self.blobs is not None:
            self.blobs.close()


def open_storage(
    database: str, *, key_file: Path | None = None, files: str | None = None, new_key: bool = False
) -> Storage:
    """Open a database and bring its tables up to date.

    Args:
        database: A path, `:memory:` or a `postgresql://` URL.
        key_file: Path of the server key (default for SQLite: in the folder of the data file).
        files: The file storage: a folder, or a URL such as `s3://bucket/prefix` (default: `MLSTEWARD_FILES`, or a
            folder in the folder of the SQLite file). PostgreSQL has no default, because its machines share no folder.
        new_key: Whether to accept another server key than the one that the database was set up with. Everything that
            was encrypted or signed with the old key is lost.

    Raises:
        StorageError: The name is not valid, its folder does not exist, or the database does not answer.
        VaultError: The server key cannot be used.
    """
    with forks.working():
        return _open(database, key_file, files, new_key)


def _open(database: str, key_file: Path | None, files: str | None, new_key: bool) -> Storage:
    if "://" in database and (url := _parse(database)).drivername == "sqlite":
        database = url.database or MEMORY
    files = files or os.environ.get(ENVIRONMENT)
    try:
        if database == MEMORY:
            storage = Storage(_sqlite(MEMORY), vault.ephemeral(), MEMORY, Blobs(files))
            metadata.create_all(storage.engine)
            return storage
        if "://" in database:
            engine, label, default_key = _from_url(database)
        else:
            path = Path(database).expanduser().absolute()
            if not path.parent.is_dir():
                # Creating the folder of a mistyped path would hide the mistake.
                raise StorageError(f"the folder {path.parent} does not exist; create it, or check the path {database}")
            _make_private(path)
            engine, label, default_key = _sqlite(str(path)), str(path), path.with_name(path.name + ".key")
            files = files or str(path.with_name(path.name + ".files"))
        try:
            upgrade.to_head(engine)
            check_words(engine)
            found = _vault(engine, key_file, default_key, new_key)
            return Storage(engine, found, label, Blobs(files) if files else None)
        except BaseException:
            engine.dispose()
            raise
    except (DBAPIError, sqlite3.Error) as error:
        reason = str(getattr(error, "orig", error)).strip().splitlines()[0]
        raise StorageError(f"the database {hide_password(database)} cannot be used: {reason}") from error
    except (OSError, upgrade.NewerDatabase, UnknownWords) as error:
        raise StorageError(f"the database {hide_password(database)} cannot be used: {error}") from error


def _vault(engine: Engine, key_file: Path | None, default_key: Path, new_key: bool) -> vault.Vault:
    """Return the vault of the server key, which must be the one that the database was set up with.

    Raises:
        VaultError: The key cannot be used, or is not the one that the database was set up with.
    """
    with engine.connect() as connection:
        check = None if new_key else read_fact(connection, KEY_CHECK)
    found = vault.load(key_file, default_key, check=check)
    if check is None:
        with engine.connect() as connection:
            if engine.dialect.name == "sqlite":
                connection.exec_driver_sql("BEGIN IMMEDIATE")
            lock_name(connection, KEY_CHECK)
            # Another server may have been faster, with another key.
            check = None if new_key else read_fact(connection, KEY_CHECK)
            if check is None:
                note_fact(connection, KEY_CHECK, found.check_value)
            connection.commit()
        if check is not None:
            return vault.load(key_file, default_key, check=check)
    return found


def hide_password(database: str) -> str:
    """Return the name of a database without its password."""
    if "://" not in database:
        return database
    try:
        url = _parse(database)
    except StorageError:
        return "(a URL that cannot be read)"
    # The query options can contain a password too.
    return url.set(query={}).render_as_string(hide_password=True)


def lock_name(connection: Connection, name: str) -> None:
    """Lock a name: others who lock the same name wait for this transaction. SQLite has only one writer anyway."""
    if connection.dialect.name == "postgresql":
        _LOCK_NAME.run(connection, {"name": name})


LOST_RACES = frozenset(
    {
        "40001",  # serialization_failure
        "40P01",  # deadlock_detected
        "23505",  # unique_violation
        "23503",  # foreign_key_violation
    }
)
"""The error codes of PostgreSQL for transactions that lose a race."""
_SQLITE_LOST_RACES = frozenset(
    {
        sqlite3.SQLITE_CONSTRAINT_UNIQUE,
        sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY,
        sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY,
        sqlite3.SQLITE_BUSY_SNAPSHOT,
    }
)


def is_lost_race(error: DBAPIError) -> bool:
    """Return whether a transaction lost a race against another one and can be run again.

    Other violations, such as of a CHECK or of NOT NULL, are defects of the server. Running them again does not help.
    """
    if isinstance(error.orig, sqlite3.Error):
        return getattr(error.orig, "sqlite_errorcode", None) in _SQLITE_LOST_RACES
    return _sqlstate(error) in LOST_RACES


def is_unavailable(error: DBAPIError) -> bool:
    """Return whether a database error means that the database is only busy or not reachable at the moment."""
    original = error.orig
    if isinstance(original, sqlite3.OperationalError):
        return "locked" in str(original) or "busy" in str(original)
    state = _sqlstate(error)
    if state is None:
        # psycopg has no SQLSTATE if a connection could not be made or was lost.
        return isinstance(error, OperationalError)
    # Lock or statement timeout; too many connections; shutting down; connection lost.
    if state in _BROKEN_POSTGRESQL:
        return False
    return state in {"55P03", "57014"} or state[:2] in {"53", "08"} or state[:3] == "57P"


_BROKEN_SQLITE = frozenset(
    {
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_NOTADB,
    }
)
_BROKEN_POSTGRESQL = frozenset(
    {
        "53100",  # disk_full
        "25006",  # read_only_sql_transaction
        "58030",  # io_error
    }
)


def why_broken(error: DBAPIError) -> str | None:
    """Return why a database cannot be written, such as a full disk. None if the error has another cause."""
    original = error.orig
    if isinstance(original, sqlite3.Error):
        code = getattr(original, "sqlite_errorcode", None)
        is_broken = code is not None and code & 0xFF in _BROKEN_SQLITE
    else:
        is_broken = _sqlstate(error) in _BROKEN_POSTGRESQL
    return str(original).strip().partition("\n")[0] if is_broken else None


def _sqlstate(error: DBAPIError) -> str | None:
    return getattr(error.orig, "sqlstate", None)


def _parse(database: str) -> URL:
    try:
        return make_url(database)
    except (ArgumentError, ValueError):  # ValueError: the port is not a number
        raise StorageError("the database URL cannot be read; use postgresql://user:password@host/name") from None


def _from_url(database: str) -> tuple[Engine, str, Path]:
    url = _parse(database)
    if url.drivername not in {"postgresql", "postgres", "postgresql+psycopg"}:
        raise StorageError(f"the database kind {url.drivername!r} is not supported; use SQLite or postgresql://")
    engine = create_engine(
        url.set(drivername="postgresql+psycopg"),
        hide_parameters=True,
        pool_size=10,
        max_overflow=20,
        connect_args={"options": f"-c lock_timeout={LOCK_WAIT_MS} -c timezone=UTC"},
    )
    _ping_after_rest(engine)
    # A PostgreSQL database has no folder for the key.
    default_key = Path("~/.config/mlsteward/server.key").expanduser()
    return engine, hide_password(database), default_key


def _ping_after_rest(engine: Engine) -> None:
    """Check a connection before use, unless it was used a moment ago: the check takes as long as a query.

    If a connection breaks within that time, one request fails with 503. The next one gets a new connection.
    """

    @event.listens_for(engine, "checkin")
    def note(connection: Any, record: ConnectionPoolEntry) -> None:
        record.info["used"] = time.monotonic()

    @event.listens_for(engine, "checkout")
    def ask(connection: Any, record: ConnectionPoolEntry, proxy: object) -> None:
        used = record.info.get("used")
        if used is None or time.monotonic() - used < FRESH_SECONDS:
            return
        try:
            engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error as error:
            raise InvalidatePoolError from error


def _make_private(path: Path) -> None:
    """Create a database file that only its owner can read. SQLite gives its other files the same permissions."""
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def _use_wal(connection: sqlite3.Connection) -> None:
    """Switch to the write-ahead log. SQLite itself does not wait for other processes that do the same."""
    deadline = time.monotonic() + LOCK_WAIT_MS / 1000
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(0.01)


def _sqlite(path: str) -> Engine:
    in_memory = path == MEMORY
    options: dict[str, Any] = {"poolclass": StaticPool} if in_memory else {"pool_size": 10, "max_overflow": 50}
    engine = create_engine(
        "sqlite://" if in_memory else f"sqlite:///{path}",
        hide_parameters=True,
        connect_args={"check_same_thread": False, "timeout": LOCK_WAIT_MS / 1000, "isolation_level": None},
        # `isolation_level: None` leaves BEGIN to `Storage.begin`.
        **options,
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, record: object) -> None:
        connection.execute("PRAGMA foreign_keys = ON")
        if not in_memory:
            _use_wal(connection)
            connection.execute("PRAGMA synchronous = FULL")
            # The default of 2 MiB holds too little of a large file: the upper levels of its indexes would be read from
            # the file again and again. Memory is taken as pages are read, per connection.
            connection.execute(f"PRAGMA cache_size = -{SQLITE_CACHE_KIB}")

    return engine
