"""Record when an API key was last used, to the minute.

No request waits for this or fails because of it. A write records the use in its own transaction. Any other request
records it after the answer, in a transaction that gives up if the database is busy. A key is recorded at most once a
minute.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from typing import Self

from sqlalchemy import Connection, bindparam, or_, select, update
from sqlalchemy.exc import SQLAlchemyError

from mlsteward_server.accounts.credentials import Caller
from mlsteward_server.problems import Problem
from mlsteward_server.storage.engine import LOCK_WAIT_MS, Storage
from mlsteward_server.storage.tables.identity import api_keys
from mlsteward_server.storage.tables.types import Timestamp

PAUSE = timedelta(seconds=1)
"""How long to wait after an attempt to record a key, successful or not, before the next one."""
MOST_REMEMBERED = 10_000

logger = logging.getLogger("mlsteward.server")

_minute = bindparam("minute", type_=Timestamp)
_key = api_keys.alias("key")
# Of several requests at once, one records the use. On PostgreSQL the others do not wait for its row.
_free = (
    select(_key.c.id)
    .where(_key.c.id == bindparam("key_id"), or_(_key.c.last_used_at.is_(None), _key.c.last_used_at < _minute))
    .with_for_update(key_share=True, skip_locked=True)
    .scalar_subquery()
)
_note = update(api_keys).where(api_keys.c.id == _free).values(last_used_at=_minute)


class KeyUses:
    """Records the use of keys in a database."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self._tried: dict[str, datetime] = {}

    def of(self, connection: Connection, caller: Caller | None, now: datetime) -> KeyUse:
        """Return a context manager that records the use of the key of a request, even if the request is refused."""
        return KeyUse(self, connection, caller, now)

    def note_afterwards(self, connection: Connection, key_id: str, now: datetime) -> None:
        """Record a use after the answer was made. Ends the transaction of the connection."""
        tried = self._tried.get(key_id)
        if tried is not None and now - tried < PAUSE:
            return
        if len(self._tried) >= MOST_REMEMBERED:
            self._tried.clear()
        self._tried[key_id] = now
        try:
            connection.rollback()
            with self._at_once(connection):
                note(connection, key_id, now)
                connection.commit()
        except SQLAlchemyError as error:
            logger.debug("the use of an API key was not recorded: %s", error)
            with suppress(SQLAlchemyError):
                connection.rollback()

    @contextmanager
    def _at_once(self, connection: Connection) -> Iterator[None]:
        """Write without waiting for other writers or for the disk. Losing this in a power failure does no harm."""
        if not self._storage.is_sqlite:
            connection.execution_options(isolation_level="READ COMMITTED", postgresql_readonly=False)
            connection.exec_driver_sql("SET LOCAL synchronous_commit TO off")
            yield
            return
        try:
            _set(connection, busy_timeout="0", synchronous="NORMAL")
            self._storage.begin(connection, write=True, wait=False)
            yield
        finally:
            try:
                connection.rollback()
                _set(connection, busy_timeout=str(LOCK_WAIT_MS), synchronous="FULL")
            except SQLAlchemyError:
                # The next request must not get a connection that does not wait for locks.
                connection.invalidate()
                raise


class KeyUse:
    """One use of a key. Recorded unless the key was recorded in this minute already."""

    __slots__ = ("_connection", "_due", "_now", "_uses")

    def __init__(self, uses: KeyUses, connection: Connection, caller: Caller | None, now: datetime) -> None:
        self._uses, self._connection, self._now = uses, connection, now
        self._due: str | None = None
        if caller is not None and (caller.key_used_at is None or caller.key_used_at < to_the_minute(now)):
            self._due = caller.key_id

    def note_within(self, connection: Connection) -> None:
        """Record the use as the last step of a write, in its transaction."""
        if self._due is not None:
            note(connection, self._due, self._now)
            self._due = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        # A failed request has no answer yet, and the database may be the cause.
        if self._due is not None and (error is None or isinstance(error, Problem)):
            self._uses.note_afterwards(self._connection, self._due, self._now)


def note(connection: Connection, key_id: str, now: datetime) -> None:
    """Record that a key is used now, unless another request is recording it."""
    connection.execute(_note, {"key_id": key_id, "minute": to_the_minute(now)})


def to_the_minute(moment: datetime) -> datetime:
    """Return the start of the minute of a time."""
    return moment.replace(second=0, microsecond=0)


def _set(connection: Connection, **pragmas: str) -> None:
    for name, value in pragmas.items():
        connection.exec_driver_sql(f"PRAGMA {name} = {value}").close()
