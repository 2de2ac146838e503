"""Writes that are safe to repeat: the answer to an `Idempotency-Key` is kept for a day.

It is stored in the transaction of the write, so either both happened or neither did. The stored
answer may hold a secret (a new API key), so it is sealed.
"""

from __future__ import annotations

import hashlib
import random

from sqlalchemy import bindparam, delete, insert, select

from mlsteward_server.context import Context
from mlsteward_server.problems import Problem, quote
from mlsteward_server.storage.tables import idempotency_keys

HEADER = "Idempotency-Key"
ANONYMOUS = ""
PURPOSE = "idempotency"
PURGE_ONE_IN = 200

_find = select(idempotency_keys).where(
    idempotency_keys.c.account_id == bindparam("account_id"), idempotency_keys.c.key == bindparam("key")
)
_insert = insert(idempotency_keys)


def fingerprint(method: str, path: str, query: str, body: bytes) -> str:
    """What makes two requests the same request."""
    digest = hashlib.sha256()
    for part in (method.encode(), path.encode("utf-8", "surrogateescape"), query.encode(), body):
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.hexdigest()


def _scope(context: Context) -> str:
    return context.maybe_caller.id if context.maybe_caller else ANONYMOUS


def replay(context: Context, key: str, request: str) -> tuple[int, bytes] | None:
    """The answer this caller got under this key, or None if it is new.

    Raises:
        Problem: The key was used for another request.
    """
    row = context.connection.execute(_find, {"account_id": _scope(context), "key": key}).first()
    if row is None:
        return None
    if row.created_at < context.now - context.settings.idempotency_lifetime:
        context.connection.execute(
            delete(idempotency_keys).where(
                idempotency_keys.c.account_id == row.account_id, idempotency_keys.c.key == key
            )
        )
        return None
    if row.fingerprint != request:
        raise Problem(
            "idempotency_key_reused",
            f"The key {quote(key)} was already used for a different request.",
            "Use a new key for each new request.",
        )
    return row.status, context.vault.open(bytes(row.sealed_body), PURPOSE)


def keep(context: Context, key: str, request: str, status: int, body: bytes) -> None:
    """Remember the answer, and now and then forget old ones."""
    context.connection.execute(
        _insert,
        {
            "account_id": _scope(context),
            "key": key,
            "fingerprint": request,
            "status": status,
            "sealed_body": context.vault.seal(body, PURPOSE),
            "created_at": context.now,
        },
    )
    if random.randrange(PURGE_ONE_IN) == 0:
        oldest = context.now - context.settings.idempotency_lifetime
        context.connection.execute(delete(idempotency_keys).where(idempotency_keys.c.created_at < oldest))
