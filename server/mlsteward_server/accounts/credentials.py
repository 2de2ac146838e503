"""Create API keys, and authenticate callers by them.

A key is `mls_`, 43 random characters and a checksum of 6 characters. With the checksum, the server can tell a mistyped
key from a deleted one without the database, and scanners can recognise a leaked key. The database stores only the
SHA-256 of a key. A slower hash is not needed, because a key has 256 random bits.
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
"""In a path: the key that makes the call. No id looks like this."""

NO_KEY = "Send an API key in 'Authorization: Bearer <key>' or 'X-API-Key: <key>'."
CHALLENGE = {"WWW-Authenticate": "Bearer"}
"""Every 401 must name an authentication scheme (RFC 9110)."""
BAD_KEY = "Check that you copied the whole key. If it was deleted, ask an admin for a new one."
OLD_KEY = (
    "Use the key that replaced it, or ask an admin for a new one. "
    "Rotate the new key before it expires, with 'mlsteward keys rotate'."
)


@dataclass(frozen=True, slots=True)
class Caller:
    """The account that makes a request.

    Attributes:
        email: The email address that the account has proved.
        scope: The highest scope of the API key.
        key_id: The id of the API key. None on the embedded server, which acts for its user without a key.
        key_used_at: When the key was last used before this request, to the minute.
        key_made_by: The account that created the key: the caller, an admin or an operator. None if it was deleted.
        key_is_rotated: Whether another key has replaced this one.
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
        """The name of the caller in the audit log: the email address, or the username."""
        return self.email or self.username


def new_secret() -> str:
    """Return a new API key.

    >>> key = new_secret()
    >>> key.startswith("mls_"), len(key), has_checksum(key)
    (True, 53, True)
    """
    body = "".join(secrets.choice(ALPHABET) for _ in range(RANDOM_CHARACTERS))
    return PREFIX + body + _checksum(body)


def has_checksum(key: str) -> bool:
    """Return whether a text has the format and the checksum of an API key.

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
    """Return the hash of a key, which is what the database stores."""
    return hashlib.sha256(key.encode()).hexdigest()


def presented(environ: Mapping[str, Any]) -> str | None:
    """Return the API key of a request. None if it has none.

    Raises:
        Problem: The `Authorization` header uses another scheme.
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
# The username alone is not enough: an account that got this name in another way must not become the operator.
_local = Prepared(
    select(*_columns).where(
        accounts.c.username_key == LOCAL_USERNAME, accounts.c.kind == "user", accounts.c.is_operator.is_(True)
    )
)


def caller_of_key(connection: Connection, key: str, now: datetime) -> Caller:
    """Return the caller with an API key.

    Raises:
        Problem: The key is not valid, was deleted or has expired.
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
        "This is not an API key of mlsteward: its checksum is wrong.",
        BAD_KEY,
        headers=CHALLENGE,
    )


def expired(expires_at: datetime) -> Problem:
    """Return the problem for a key that has expired."""
    moment = expires_at.isoformat(timespec="seconds")
    return Problem("api_key_expired", f"This API key expired at {moment}.", OLD_KEY, headers=CHALLENGE)


def local_caller(connection: Connection) -> Caller:
    """Return the operator that an embedded server acts for.

    Raises:
        Problem: The database has no such operator.
    """
    row = _local.first(connection, {})
    if row is None:
        raise Problem("unauthenticated", f"No operator is called {LOCAL_USERNAME!r} here.", NO_KEY, headers=CHALLENGE)
    return as_caller(row)


def as_caller(account: Row[Any]) -> Caller:
    """Return an account as a caller, to find its access as if it made the request."""
    return Caller(account.id, account.kind, account.username, _proved_email(account), account.is_operator)


def _proved_email(account: Row[Any]) -> str | None:
    return account.email if account.email_key is not None else None
