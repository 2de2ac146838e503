"""The problems for failures of the database, of the file storage and of the server itself."""

from __future__ import annotations

import logging

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from mlsteward_server.problems import Problem, internal_error
from mlsteward_server.storage.blobs import BlobError
from mlsteward_server.storage.engine import is_unavailable, why_broken

logger = logging.getLogger("mlsteward.server")


def problem_of(error: Exception, request_id: str) -> Problem:
    """Return the problem for an error, and log the error."""
    if isinstance(error, Problem):
        return error
    about = {"fields": {"request_id": request_id}}
    if isinstance(error, BlobError):
        logger.error("request %s: file storage failed: %s", request_id, error, extra=about)
        return _broken(f"The server cannot use its file storage: {error}.")
    if isinstance(error, PoolTimeout):
        return _busy()
    if isinstance(error, DBAPIError):
        if is_unavailable(error):
            logger.warning("request %s: the database is not available: %s", request_id, error.orig, extra=about)
            return _busy()
        reason = why_broken(error)
        if reason is not None:
            logger.error("request %s: the database failed: %s", request_id, reason, extra=about)
            return _broken(f"The server cannot use its database: {reason}.")
    logger.exception("request %s failed", request_id, exc_info=error, extra=about)
    return internal_error()


def _busy() -> Problem:
    return Problem(
        "unavailable",
        "The database is busy or cannot be reached.",
        "Try again in a moment.",
        headers={"Retry-After": "1"},
    )


def _broken(detail: str) -> Problem:
    return Problem(
        "storage_failed",
        f"{detail} Nothing was changed.",
        "Ask the administrator of the server to check its disk: it may be full or read-only.",
    )
