"""Which kept files belong to something, so that none is lost or left behind.

A file is kept before the transaction that says whose it is. If that fails, nobody needs the file any more, unless it
has the same content as one that somebody else uploads at the same moment. So both take a lock on the content: whoever
uploads finds the file gone and keeps it again, or whoever removes it finds it in use.
"""

from __future__ import annotations

import logging
from functools import cache

from sqlalchemy import Column, Connection, select
from sqlalchemy.exc import SQLAlchemyError

from mlsteward_server.storage.blobs import BlobError, Blobs
from mlsteward_server.storage.engine import Storage, lock_name
from mlsteward_server.storage.tables import metadata

logger = logging.getLogger("mlsteward.server")


class FileGone(Exception):
    """Somebody removed the file, because nobody needed it a moment ago."""


def hold(connection: Connection, blobs: Blobs, digest: str) -> None:
    """Make sure that a file is there until the end of the transaction.

    Raises:
        FileGone: It is not there.
    """
    lock_name(connection, f"file:{digest}")
    if not blobs.has(digest):
        raise FileGone


def discard(storage: Storage, digest: str) -> None:
    """Remove a file unless something refers to it. A failure is logged: it only wastes space."""
    if storage.blobs is None:
        return
    try:
        with storage.writing() as connection:
            lock_name(connection, f"file:{digest}")
            if not any(_refers(connection, column, digest) for column in _columns()):
                storage.blobs.remove(digest)
    except (SQLAlchemyError, BlobError) as error:
        logger.warning("the file %s is not needed and could not be removed: %s", digest, error)


@cache
def _columns() -> list[Column[str]]:
    """Return every column that holds the digest of a kept file."""
    return [column for table in metadata.tables.values() for column in table.columns if column.info.get("file")]


def _refers(connection: Connection, column: Column[str], digest: str) -> bool:
    return connection.execute(select(column).where(column == digest).limit(1)).first() is not None
