"""Find the stored files that belong to an object, so that no file is lost or left behind.

A file is stored before the transaction that records its object. If the transaction fails, the file is not needed,
unless another request uploads the same content at the same time. So both take a lock on the content. Either the upload
sees that the file was deleted and stores it again, or the deletion sees that the file is in use.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from functools import cache

from sqlalchemy import Column, Connection, select
from sqlalchemy.exc import SQLAlchemyError

from mlsteward_server.storage.blobs import BlobError, Blobs
from mlsteward_server.storage.engine import Storage, lock_name
from mlsteward_server.storage.tables import metadata

logger = logging.getLogger("mlsteward.server")


class FileGone(Exception):
    """Another request deleted the file because it was not in use."""


def hold(connection: Connection, blobs: Blobs, digest: str) -> None:
    """Keep a file from being deleted until the end of the transaction.

    Raises:
        FileGone: The file does not exist.
    """
    lock_name(connection, f"file:{digest}")
    if not blobs.has(digest):
        raise FileGone


def discard(storage: Storage, digest: str) -> None:
    """Delete a file unless a row refers to it. Logs a failure, which only wastes space."""
    if storage.blobs is None:
        return
    try:
        remove_unowned(storage, storage.blobs, digest)
    except (SQLAlchemyError, BlobError) as error:
        logger.warning("cannot delete the unused file %s: %s", digest, error)


def remove_unowned(storage: Storage, blobs: Blobs, digest: str) -> bool:
    """Delete a file unless a row refers to it. Returns whether it was deleted.

    Raises:
        BlobError: The file cannot be deleted.
        SQLAlchemyError: The database cannot be used.
    """
    with storage.writing() as connection:
        lock_name(connection, f"file:{digest}")
        is_owned = any(_refers(connection, column, digest) for column in _columns())
        if not is_owned:
            blobs.remove(digest)
    return not is_owned


def unowned(connection: Connection, digests: Sequence[str]) -> set[str]:
    """Return the files to which no row refers at this moment."""
    found = set(digests)
    for column in _columns():
        found -= set(connection.execute(select(column).where(column.in_(digests))).scalars())
    return found


@cache
def _columns() -> list[Column[str]]:
    """Return every column that contains the digest of a stored file."""
    return [column for table in metadata.tables.values() for column in table.columns if column.info.get("file")]


def _refers(connection: Connection, column: Column[str], digest: str) -> bool:
    return connection.execute(select(column).where(column == digest).limit(1)).first() is not None
