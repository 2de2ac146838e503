"""Writes that are safe to repeat: the answer to an `Idempotency-Key` is kept for a day.

It is stored in the transaction of the write, so either both happened or neither did. The stored
answer may hold a secret (a new API key), so it is sealed.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Mapping
from dataclasses import dataclass

import falcon
from sqlalchemy import bindparam, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from mlsteward_server.accounts.credentials import CURRENT, Caller
from mlsteward_server.context import Context
from mlsteward_server.problems import Problem, quote
from mlsteward_server.spec import SCOPES
from mlsteward_server.storage.engine import lock_name
from mlsteward_server.storage.prepared import Prepared
from mlsteward_server.storage.tables.requests import idempotency_keys
from mlsteward_server.storage.vault import VaultError

HEADER = "Idempotency-Key"
ANONYMOUS = "-"
"""Starts the scope of callers without a key; no id does."""
PURPOSE = "idempotency"
PURGE_ONE_IN = 200

_find = Prepared(
    select(idempotency_keys).where(
        idempotency_keys.c.account_id == bindparam("account_id"), idempotency_keys.c.key == bindparam("key")
    )
)
# In place of what was kept under the same key too long ago.
_keep = {
    dialect: Prepared(
        statement.on_conflict_do_update(
            index_elements=["account_id", "key"],
            set_={name: statement.excluded[name] for name in ("fingerprint", "status", "sealed_body", "created_at")},
        )
    )
    for dialect, statement in (
        ("sqlite", sqlite.insert(idempotency_keys)),
        ("postgresql", postgresql.insert(idempotency_keys)),
    )
}


@dataclass(frozen=True, slots=True)
class Promise:
    """One caller's use of one key: the request it stands for is carried out once.

    Attributes:
        account_id: Who sent it, known before the handler runs: accepting an invitation makes somebody
            out of nobody, and nobody is who will repeat it.
        fingerprint: What makes two requests the same request.
    """

    account_id: str
    key: str
    fingerprint: str

    @classmethod
    def of(cls, context: Context, key: str, request: falcon.Request, path: Mapping[str, str], body: bytes) -> Promise:
        """What a request with a key asks for."""
        caller = context.maybe_caller
        digest = hashlib.sha256()
        for part in (request.method, request.path, request.query_string):
            encoded = part.encode("utf-8", "surrogateescape")
            digest.update(len(encoded).to_bytes(8, "big"))
            digest.update(encoded)
        digest.update(body)
        digest.update(_asked_with(caller, path))
        fingerprint = digest.hexdigest()
        # Strangers cannot be told apart, so they share no keys: only the very same request is a repetition.
        return cls(caller.id if caller else f"{ANONYMOUS}{fingerprint[:31]}", key, fingerprint)

    def lock(self, context: Context) -> None:
        """Of two requests with one key at once, let the second wait until the first is done."""
        lock_name(context.connection, f"{PURPOSE}:{self.account_id}:{self.key}")

    def replay(self, context: Context) -> tuple[int, bytes] | None:
        """The answer this caller got under this key, or None if it is new.

        Raises:
            Problem: The key was used for another request.
        """
        row = _find.first(context.connection, {"account_id": self.account_id, "key": self.key})
        if row is None:
            return None
        if row.created_at < context.now - context.settings.idempotency_lifetime:
            return None
        if row.fingerprint != self.fingerprint:
            raise Problem(
                "idempotency_key_reused",
                f"The key {quote(self.key)} was already used for a different request.",
                "Use a new key for each new request.",
            )
        try:
            return row.status, context.vault.open(bytes(row.sealed_body), PURPOSE)
        except VaultError:
            # It was carried out, so it must not be again; what it answered is lost with the key it was sealed with.
            raise Problem(
                "idempotency_key_reused",
                f"The request with the key {quote(self.key)} was carried out, but its answer cannot be read any more: "
                "the server's own key was replaced.",
                "Look at what is there now; use a new key for a new request.",
            ) from None

    def keep(self, context: Context, status: int, body: bytes) -> None:
        """Remember the answer, and now and then forget old ones."""
        _keep[context.connection.dialect.name].run(
            context.connection,
            {
                "account_id": self.account_id,
                "key": self.key,
                "fingerprint": self.fingerprint,
                "status": status,
                "sealed_body": context.vault.seal(body, PURPOSE),
                "created_at": context.now,
            },
        )
        if random.randrange(PURGE_ONE_IN) == 0:  # noqa: S311 - no secret
            oldest = context.now - context.settings.idempotency_lifetime
            context.connection.execute(delete(idempotency_keys).where(idempotency_keys.c.created_at < oldest))


def _asked_with(caller: Caller | None, path: Mapping[str, str]) -> bytes:
    """What belongs to a request besides its text, where it is repeated: nobody reads an answer with a narrower key.

    Nothing for the widest scope, under which most is asked.
    """
    if caller is None:
        return b""
    parts = [] if caller.scope == SCOPES[-1] else [caller.scope]
    if path.get("key") == CURRENT and caller.key_id is not None:
        parts.append(caller.key_id)
    return "".join(f"\0{part}" for part in parts).encode()
