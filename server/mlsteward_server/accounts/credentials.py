"""API keys: what they look like, and who is calling with one.

A key is `mls_`, 43 characters of randomness and a checksum of 6. The checksum lets a mistyped key be
told from a revoked one without asking the database, and lets scanners recognise a leaked key. Only
the SHA-256 of a key is stored: with 256 random bits nothing slower is needed.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import string
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select

from mlsteward_server.names import LOCAL_USERNAME
from mlsteward_server.problems import Problem
from mlsteward_server.storage.prepared import Prepared
from mlsteward_server.storage.tables.identity import accounts, api_keys

PREFIX = "mls_"
ALPHABET = string.digits + string.ascii_uppercase + string.ascii_lowercase
RANDOM_CHARACTERS = 43
CHECKSUM_CHARACTERS = 6
PREVIEW_CHARACTERS = 10
CURRENT = "current"
"""In a path: the key the call is made with. No id is spelt like this."""

NO_KEY = "Send an API key in 'Authorization: Bearer <key>' or 'X-API-Key: <key>'."
CHALLENGE = {"WWW-Authenticate": "Bearer"}
"""Every 401 must say how to do better (RFC 9110)."""
BAD_KEY = "Check that the whole key was copied; if it was deleted, ask an admin for a new one."
OLD_KEY = "Use the key it was replaced by, or ask an admin for a new one; rotate the next one before it expires."


@dataclass(frozen=True, slots=True)
class Caller:
    """The account a request is made by.

    Attributes:
        email: The address that it proved.
        scope: What the key it is made with may be used for.
        key_id: Of that key; the embedded server acts for its user without one.
        key_used_at: When the key was last used before, to the minute.
        key_made_by: The account that made the key: the caller, or an admin, or somebody who is gone (None).
        key_is_rotated: Whether another key has taken the place of this one.
    """

    id: str
    kind: str
    username: str
    email: str | None
    is_operator: bool
    scope: str = "admin"
    key_id: str | None = None
    key_used_at: datetime | None = None
    key_made_by: str | None = None
    key_is_rotated: bool = False

    @property
    def is_service_account(self) -> bool:
        return self.kind == "service_account"

    @property
    def label(self) -> str:
        """How the audit log calls it."""
        return self.email or self.username


def new_secret() -> str:
    """A new API key.

    >>> key = new_secret()
    >>> key.startswith("mls_"), len(key), has_checksum(key)
    (True, 53, True)
    """
    body = "".join(secrets.choice(ALPHABET) for _ in range(RANDOM_CHARACTERS))
    return PREFIX + body + _checksum(body)


def has_checksum(key: str) -> bool:
    """Whether a text can be a key at all.

    >>> has_checksum("mls_" + "a" * 49)
    False
    """
    body = key[len(PREFIX) : -CHECKSUM_CHARACTERS]
    if not key.startswith(PREFIX) or len(body) != RANDOM_CHARACTERS or not key.isascii():
        return False
    return hmac.compare_digest(_checksum(body), key[-CHECKSUM_CHARACTERS:])


def _checksum(body: str) -> str:
    number = zlib.crc32(body.encode())
    digits = []
    for _ in range(CHECKSUM_CHARACTERS):
        number, digit = divmod(number, len(ALPHABET))
        digits.append(ALPHABET[digit])
    return "".join(digits)


def hash_secret(key: str) -> str:
    """What is stored of a key."""
    return hashlib.sha256(key.encode()).hexdigest()


def presented(environ: Mapping[str, Any]) -> str | None:
    """The key a request carries, or None.

    Raises:
        Problem: An `Authorization` header of another scheme.
    """
    header = environ.get("HTTP_AUTHORIZATION")
    if header is None:
        key: str | None = environ.get("HTTP_X_API_KEY")
        return key
    scheme, _, key = header.strip().partition(" ")
    if scheme.lower() not in {"bearer", "token"}:
        raise Problem("unauthenticated", "The Authorization header uses another scheme.", NO_KEY, headers=CHALLENGE)
    return key.strip()


_columns = (
    accounts.c.id,
    accounts.c.kind,
    accounts.c.username,
    accounts.c.email,
    accounts.c.email_key,
    accounts.c.is_operator,
)
_by_secret = Prepared(
    select(
        *_columns,
        api_keys.c.secret_hash,
        api_keys.c.scope,
        api_keys.c.id.label("key_id"),
        api_keys.c.expires_at,
        api_keys.c.last_used_at,
        api_keys.c.created_by,
        api_keys.c.rotated_at,
    )
    .join_from(api_keys, accounts, accounts.c.id == api_keys.c.account_id)
    .where(api_keys.c.secret_hash == bindparam("secret_hash"))
)
# Not by the name alone: whoever got it in another way must not become the operator by it.
_local = Prepared(
    select(*_columns).where(
        accounts.c.username_key == LOCAL_USERNAME, accounts.c.kind == "user", accounts.c.is_operator.is_(True)
    )
)


def caller_of_key(connection: Connection, key: str, now: datetime) -> Caller:
    """Whose key this is.

    Raises:
        Problem: It is nobody's, or not any more.
    """
    if has_checksum(key):
        secret_hash = hash_secret(key)
        row = _by_secret.first(connection, {"secret_hash": secret_hash})
        if row is not None and hmac.compare_digest(row.secret_hash, secret_hash):
            if row.expires_at is not None and row.expires_at <= now:
                raise expired(row.expires_at)
            return Caller(
                row.id,
                row.kind,
                row.username,
                _proved_email(row),
                row.is_operator,
                scope=row.scope,
                key_id=row.key_id,
                key_used_at=row.last_used_at,
                key_made_by=row.created_by,
                key_is_rotated=row.rotated_at is not None,
            )
        raise Problem("api_key_invalid", "No account has this API key.", BAD_KEY, headers=CHALLENGE)
    raise Problem(
        "api_key_invalid",
        "This is not an API key of mlsteward: its checksum does not fit.",
        BAD_KEY,
        headers=CHALLENGE,
    )


def expired(expires_at: datetime) -> Problem:
    """What is said to a key whose time is over."""
    moment = expires_at.isoformat(timespec="seconds")
    return Problem("api_key_expired", f"This API key expired at {moment}.", OLD_KEY, headers=CHALLENGE)


def local_caller(connection: Connection) -> Caller:
    """The operator an embedded server acts for.

    Raises:
        Problem: There is none.
    """
    row = _local.first(connection, {})
    if row is None:
        raise Problem("unauthenticated", f"No operator is called {LOCAL_USERNAME!r} here.", NO_KEY, headers=CHALLENGE)
    return as_caller(row)


def as_caller(account: Row[Any]) -> Caller:
    """An account as if it were calling: what it may do is found as when it does."""
    return Caller(account.id, account.kind, account.username, _proved_email(account), account.is_operator)


def _proved_email(account: Row[Any]) -> str | None:
    return account.email if account.email_key is not None else None
