"""When a key was last used, to the minute.

Nobody waits for this and nothing fails by it. A write notes it in its own transaction; for any other
answer it is noted afterwards, in a transaction that gives up where the database is busy. Once noted,
a key costs nothing more until the next minute.
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
"""How long a key is left alone after an attempt, whatever came of it."""
MOST_REMEMBERED = 10_000

logger = logging.getLogger("mlsteward.server")

_minute = bindparam("minute", type_=Timestamp)
_key = api_keys.alias("key")
# Of several at once one notes it, and on PostgreSQL the others do not wait for its row.
_free = (
    select(_key.c.id)
    .where(_key.c.id == bindparam("key_id"), or_(_key.c.last_used_at.is_(None), _key.c.last_used_at < _minute))
    .with_for_update(key_share=True, skip_locked=True)
    .scalar_subquery()
)
_note = update(api_keys).where(api_keys.c.id == _free).values(last_used_at=_minute)


class KeyUses:
    """Notes the use of keys in a database."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self._tried: dict[str, datetime] = {}

    def of(self, connection: Connection, caller: Caller | None, now: datetime) -> KeyUse:
        """What a request is answered in: its key counts as used, also where the answer is a refusal."""
        return KeyUse(self, connection, caller, now)

    def note_afterwards(self, connection: Connection, key_id: str, now: datetime) -> None:
        """Note a use once the answer is made. Ends the transaction the connection is in."""
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
            logger.debug("the use of a key was not noted: %s", error)
            with suppress(SQLAlchemyError):
                connection.rollback()

    @contextmanager
    def _at_once(self, connection: Connection) -> Iterator[None]:
        """A write that waits neither for others nor for the disk: losing this minute in a power cut is no loss."""
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
                # The next request must not get a connection that does not wait.
                connection.invalidate()
                raise


class KeyUse:
    """One use of a key, which is noted if it has not been in this minute."""

    __slots__ = ("_connection", "_due", "_now", "_uses")

    def __init__(self, uses: KeyUses, connection: Connection, caller: Caller | None, now: datetime) -> None:
        self._uses, self._connection, self._now = uses, connection, now
        self._due: str | None = None
        if caller is not None and (caller.key_used_at is None or caller.key_used_at < to_the_minute(now)):
            self._due = caller.key_id

    def note_within(self, connection: Connection) -> None:
        """Note it in the transaction of a write, as the last thing it does."""
        if self._due is not None:
            note(connection, self._due, self._now)
            self._due = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        # What failed is not answered yet, and the database may be the reason.
        if self._due is not None and (error is None or isinstance(error, Problem)):
            self._uses.note_afterwards(self._connection, self._due, self._now)


def note(connection: Connection, key_id: str, now: datetime) -> None:
    """Note that a key is used now, unless somebody else is just doing that."""
    connection.execute(_note, {"key_id": key_id, "minute": to_the_minute(now)})


def to_the_minute(moment: datetime) -> datetime:
    """The start of the minute a moment is in."""
    return moment.replace(second=0, microsecond=0)


def _set(connection: Connection, **pragmas: str) -> None:
    for name, value in pragmas.items():
        connection.exec_driver_sql(f"PRAGMA {name} = {value}").close()
