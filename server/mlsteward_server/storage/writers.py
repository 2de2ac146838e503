"""The queue of writers to one SQLite file in one process. Writers that wait share a commit.

SQLite has one writer at a time. Without a queue, waiting writers retry at growing intervals; with it, the next writer
continues at once. A commit waits for the disk, which takes longer than most writes. So if another writer waits, a
writer that is done leaves its transaction open, and the next one continues in it, with its own savepoint. The last one
commits for all of them. No writer is answered before the commit.
"""

from __future__ import annotations

import copy
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError, TimeoutError

from mlsteward_server.storage.prepared import run_sql

MOST_TOGETHER = 16
"""Maximum number of writes that share a commit. The first of them waits for the last."""
_SAVEPOINT = "one_of_many"


class Batch:
    """A transaction of several writes.

    Attributes:
        connection: The connection of the first write.
        size: Number of writes that are done.
    """

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.size = 0
        self._failure: BaseException | None = None
        self._ended = threading.Event()

    def end(self, failure: BaseException | None = None) -> None:
        """Tell the waiting writers how the transaction ended."""
        self._failure = failure
        self._ended.set()

    def wait(self) -> None:
        """Wait until the transaction is committed.

        Raises:
            DBAPIError: The commit failed.
            TimeoutError: The last write was interrupted.
        """
        interrupt = None
        while not self._ended.is_set():
            try:
                self._ended.wait()
            except BaseException as error:
                # Ctrl-C must wait: other writers use the connection that this thread would return.
                interrupt = error
        if interrupt is not None:
            raise interrupt
        if isinstance(self._failure, DBAPIError):
            raise copy.copy(self._failure)
        if self._failure is not None:
            raise TimeoutError("another write of the same transaction was interrupted")


class _Waiter:
    """A writer in the queue."""

    __slots__ = ("joins", "turn")

    def __init__(self, joins: bool) -> None:
        self.joins = joins
        self.turn = threading.Lock()
        self.turn.acquire()


class Writers:
    """The queue of writers of one database."""

    def __init__(self) -> None:
        self._mutex = threading.Lock()
        self._queue: deque[_Waiter] = deque()
        self._is_taken = False
        self._left_open: Batch | None = None
        """An open transaction for the next writer to continue."""

    @property
    def waiting(self) -> int:
        """The number of writers in the queue."""
        return len(self._queue)

    def take_turn(self, seconds: float, *, joins: bool = False) -> None:
        """Wait for a turn.

        Args:
            seconds: Maximum time to wait.
            joins: Whether the writer can continue an open transaction.

        Raises:
            TimeoutError: Other writers took longer than that.
        """
        with self._mutex:
            if not self._is_taken:
                self._is_taken = True
                return
            waiter = _Waiter(joins)
            if seconds > 0:
                self._queue.append(waiter)
        try:
            if seconds > 0 and waiter.turn.acquire(timeout=seconds):
                return
        except BaseException:
            if not self._is_withdrawn(waiter):
                self._decline()
            raise
        if seconds <= 0 or self._is_withdrawn(waiter):
            raise TimeoutError("timed out waiting for other writers")

    def end_turn(self) -> None:
        """Give the turn to the next writer."""
        with self._mutex:
            if self._queue:
                self._queue.popleft().turn.release()
            else:
                self._is_taken = False

    @contextmanager
    def share(self, connection: Connection, seconds: float) -> Iterator[Connection]:
        """Run a write. Commits it at the end of the block, perhaps with others. Undoes it if the block raises.

        Args:
            connection: The connection to write with, unless another writer left its transaction open.
            seconds: Maximum time to wait for a turn.

        Yields:
            The connection to write with.
        """
        self.take_turn(seconds, joins=True)
        batch, self._left_open = self._left_open, None
        try:
            if batch is None:
                batch = Batch(connection)
                run_sql(connection, "BEGIN IMMEDIATE")
            else:
                run_sql(batch.connection, f"SAVEPOINT {_SAVEPOINT}")
        except BaseException as error:
            self._fail(batch or Batch(connection), error)
            raise
        try:
            yield batch.connection
        except BaseException as error:
            if batch.size == 0 or not _is_undone(batch.connection):
                self._fail(batch, error)
                raise
            # The error can depend on what the other writers wrote, so their writes must be committed first.
            self._finish(batch)
            raise
        try:
            if batch.size > 0:
                run_sql(batch.connection, f"RELEASE {_SAVEPOINT}")
        except BaseException as error:
            self._fail(batch, error)
            raise
        self._finish(batch)

    def _finish(self, batch: Batch) -> None:
        """Commit, or leave the commit to the next writer and wait."""
        batch.size += 1
        if batch.size < MOST_TOGETHER and self._is_left_to_next(batch):
            batch.wait()
        else:
            self._commit(batch)

    def _commit(self, batch: Batch) -> None:
        try:
            batch.connection.commit()
        except BaseException as error:
            self._fail(batch, error)
            raise
        batch.end()
        self.end_turn()

    def _is_left_to_next(self, batch: Batch) -> bool:
        with self._mutex:
            if not self._queue or not self._queue[0].joins:
                return False
            self._left_open = batch
            self._queue.popleft().turn.release()
            return True

    def _fail(self, batch: Batch, error: BaseException) -> None:
        """Undo all writes of a transaction."""
        try:
            batch.connection.rollback()
        finally:
            batch.end(error)
            self.end_turn()

    def _is_withdrawn(self, waiter: _Waiter) -> bool:
        """Leave the queue. Return False if the turn came at that moment."""
        with self._mutex:
            if waiter in self._queue:
                self._queue.remove(waiter)
                return True
            return False

    def _decline(self) -> None:
        """End the turn of a writer that was interrupted when the turn came."""
        batch, self._left_open = self._left_open, None
        if batch is None:
            self.end_turn()
        else:
            self._commit(batch)


def _is_undone(connection: Connection) -> bool:
    """Undo one write of several. Return False if SQLite has already undone all of them."""
    try:
        run_sql(connection, f"ROLLBACK TO {_SAVEPOINT}")
        run_sql(connection, f"RELEASE {_SAVEPOINT}")
    except Exception:
        return False
    return True
