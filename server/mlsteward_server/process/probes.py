"""What supervisors and load balancers ask: whether a worker lives, and whether to send it requests.

Both are answered by the gateway, without a thread of the requests, so a busy server does not look like a dead one.
Anyone can ask, so an answer names no address, no path and no error message, and readiness is checked at most once a
second.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import orjson
from sqlalchemy.exc import SQLAlchemyError

from mlsteward_server.spec import JSON
from mlsteward_server.storage.blobs import BlobError
from mlsteward_server.storage.engine import Storage
from mlsteward_server.storage.migrations import upgrade

LIVE, READY = "/healthz", "/readyz"
CHECKED_SECONDS = 1.0
"""How long the result of a check is used, in seconds."""
PATIENCE_SECONDS = 3.0
"""How long a check can take, in seconds, before its answer is no."""
STOPPING, DATABASE, MIGRATIONS, FILES = "stopping", "database", "migrations", "files"
REASONS = (STOPPING, DATABASE, MIGRATIONS, FILES)
"""Why a worker is not ready."""

logger = logging.getLogger("mlsteward.server")


class Readiness:
    """Finds out whether this worker can carry out requests.

    Args:
        storage: The database and the file storage.
        is_stopping: Whether the server was told to stop.
    """

    def __init__(self, storage: Storage, is_stopping: Callable[[], bool]) -> None:
        self._storage = storage
        self._is_stopping = is_stopping
        # A thread of its own: those of the requests may all be busy.
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="readiness")
        self._check: asyncio.Future[str | None] | None = None
        self._step = DATABASE
        self._checked_at = 0.0

    async def reason(self) -> str | None:
        """Return why the worker is not ready, one of `REASONS`. None if it is ready."""
        if self._is_stopping():
            return STOPPING
        loop = asyncio.get_running_loop()
        if self._check is None or (self._check.done() and loop.time() - self._checked_at > CHECKED_SECONDS):
            self._checked_at = loop.time()
            self._check = loop.run_in_executor(self._pool, self._look)
        await asyncio.wait([self._check], timeout=PATIENCE_SECONDS)
        return self._check.result() if self._check.done() else self._step

    def _look(self) -> str | None:
        """Look at what a request needs. Called in a thread."""
        self._step = DATABASE
        try:
            with self._storage.connect() as connection:
                self._storage.begin(connection, write=False)
                if not upgrade.is_at_head(connection):
                    return MIGRATIONS
            self._step = FILES
            if self._storage.blobs is not None:
                self._storage.blobs.check()
        except (SQLAlchemyError, BlobError, OSError) as error:
            # The message is for those who run the server, not for whoever asked.
            logger.warning("not ready (%s): %s", self._step, str(error).partition("\n")[0])
            return self._step
        return None


def live() -> tuple[int, str, bytes]:
    """Return status, media type and body of the answer of a worker that lives."""
    return 200, JSON, orjson.dumps({"status": "ok"})


async def ready(readiness: Readiness) -> tuple[int, str, bytes]:
    """Return status, media type and body of the answer to whether a worker is ready."""
    reason = await readiness.reason()
    if reason is None:
        return 200, JSON, orjson.dumps({"status": "ready"})
    return 503, JSON, orjson.dumps({"status": "not ready", "reason": reason})
