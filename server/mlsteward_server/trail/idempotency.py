"""Make writes safe to retry: the server stores the answer to each `Idempotency-Key` for a day.

It stores the answer in the transaction of the write, so either both happen or neither does. The answer is encrypted,
because it can contain a secret, such as a new API key.
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
API_KEY = "api_key"
"""The kind of object that an API key is."""
ANONYMOUS = "-"
"""Start of the `account_id` of callers without an API key. No id starts with it."""
PURPOSE = "idempotency"
PURGE_ONE_IN = 200

_find = Prepared(
    select(idempotency_keys).where(
        idempotency_keys.c.account_id == bindparam("account_id"), idempotency_keys.c.key == bindparam("key")
    )
)
# Replaces an expired answer under the same key.
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
    """The use of an idempotency key by a caller: the request with this key runs once.

    Attributes:
        account_id: The caller before the handler runs. Accepting an invitation can create the account of the caller,
            but a retry again comes without an account.
        fingerprint: Equal for two requests that are the same.
    """

    account_id: str
    key: str
    fingerprint: str

    @classmethod
    def of(cls, context: Context, key: str, request: falcon.Request, body: bytes) -> Promise:
        """Return the promise for a request with an idempotency key."""
        caller = context.maybe_caller
        digest = hashlib.sha256()
        for part in (request.method, request.path, request.query_string):
            encoded = part.encode("utf-8", "surrogateescape")
            digest.update(len(encoded).to_bytes(8, "big"))
            digest.update(encoded)
        digest.update(body)
        digest.update(_asked_with(caller, context.references))
        fingerprint = digest.hexdigest()
        # Callers without an API key are all alike, so only an identical request counts as a repetition.
        return cls(caller.id if caller else f"{ANONYMOUS}{fingerprint[:31]}", key, fingerprint)

    def lock(self, context: Context) -> None:
        """Make a second request with the same key wait until the first one is done."""
        lock_name(context.connection, f"{PURPOSE}:{self.account_id}:{self.key}")

    def replay(self, context: Context) -> tuple[int, bytes] | None:
        """Return the answer that this caller got with this key. None if the key is new.

        Raises:
            Problem: The key was used for a different request, or the stored answer cannot be decrypted.
        """
        row = _find.first(context.connection, {"account_id": self.account_id, "key": self.key})
        if row is None:
            return None
        if row.created_at < context.now - context.settings.idempotency_lifetime:
            return None
        if row.fingerprint != self.fingerprint:
            raise Problem(
                "idempotency_key_reused",
                f"The idempotency key {quote(self.key)} was already used for a different request.",
                "Use a new idempotency_key for each new request.",
            )
        try:
            return row.status, context.vault.open(bytes(row.sealed_body), PURPOSE)
        except VaultError:
            # The request must not run again. Its answer was lost with the server key that encrypted it.
            raise Problem(
                "idempotency_key_reused",
                f"The request with the idempotency key {quote(self.key)} succeeded, but its answer can no longer be "
                "read: the server key was replaced.",
                "Check the result of the first request. Use a new idempotency_key for a new request.",
            ) from None

    def keep(self, context: Context, status: int, body: bytes) -> None:
        """Store the answer, and from time to time delete old ones."""
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


def _asked_with(caller: Caller | None, references: Mapping[str, str]) -> bytes:
    """Return what the fingerprint covers besides the request: a key with a narrower scope must not read the answer.

    Empty for the widest scope, which most requests have.
    """
    if caller is None:
        return b""
    parts = [] if caller.scope == SCOPES[-1] else [caller.scope]
    # `current` names another key for each key that asks, wherever it stands in the path.
    if references.get(API_KEY) == CURRENT and caller.key_id is not None:
        parts.append(caller.key_id)
    return "".join(f"\0{part}" for part in parts).encode()
