"""API keys of accounts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from mlsteward_api.models import ApiKey, ApiKeyCreate, ApiKeyCreated, ApiKeyRotate, BulkAnswer, KeyScope
from mlsteward_api.types import UNSET, Unset
from sqlalchemy import Connection, Row, Select, delete, insert, select, update

from mlsteward_server.accounts import credentials
from mlsteward_server.accounts.accounts import is_operator, lock_account
from mlsteward_server.accounts.credentials import PREVIEW_CHARACTERS, Caller, hash_secret, new_secret
from mlsteward_server.accounts.memberships import administers_all_of
from mlsteward_server.context import Context, Singles
from mlsteward_server.domains.bulk import Row as BulkRow
from mlsteward_server.domains.bulk import each
from mlsteward_server.domains.identity.resource import ACCOUNT, API_KEY
from mlsteward_server.problems import Problem, quote
from mlsteward_server.spec import SCOPES
from mlsteward_server.storage.ids import new_id
from mlsteward_server.storage.tables.identity import accounts, api_keys

USUAL_OVERLAP = timedelta(days=1)
"""How long a rotated key keeps working by default."""
LONGEST_LIFETIME = timedelta(days=36_525)
"""A century. For a longer lifetime, create a key that does not expire."""


def list_api_keys(context: Context) -> list[ApiKey]:
    """List the API keys of the account, oldest first."""
    maker = accounts.alias("maker")
    query: Select[Any] = (
        select(*api_keys.c, maker.c.username.label("maker"))
        .join_from(api_keys, maker, maker.c.id == api_keys.c.created_by, isouter=True)
        .where(api_keys.c.account_id == context[ACCOUNT].row.id)
    )
    after = context.page.after()
    if after is not None:
        query = query.where(api_keys.c.id > after[0])
    rows = context.connection.execute(query.order_by(api_keys.c.id).limit(context.page.fetch)).all()
    return [_api_key(row) for row in context.page.cut(rows, lambda row: [row.id])]


def create_api_key(context: Context, body: ApiKeyCreate) -> ApiKeyCreated:
    """Create an API key for the account. Only the answer contains the secret."""
    scope = context.caller.scope if isinstance(body.scopes, Unset) else max(body.scopes, key=SCOPES.index)
    _check_width(context.caller, scope)
    if context.caller.key_is_rotated:
        raise _rotated("The API key that you use")
    expires_at = _expiry(context, body.expires_at)
    made_by = _maker(context, context.caller.key_made_by)
    return _add(context, made_by, name=body.name, scope=scope, expires_at=expires_at)


def delete_api_key(context: Context) -> None:
    """Delete an API key. It stops working immediately."""
    context.connection.execute(delete(api_keys).where(api_keys.c.id == context[API_KEY].id))


def revoke_api_keys(context: Context, rows: Sequence[BulkRow]) -> BulkAnswer:
    """Delete API keys of the account."""
    user = context[ACCOUNT].id

    def carry_out(singles: Singles, row: BulkRow) -> bool:
        singles.carry_out("delete_api_key", {"user": user, "key": row["key"]})
        return True

    return each(context, rows, carry_out, named=lambda row: row.get("key"))


def rotate_api_key(context: Context, body: ApiKeyRotate) -> ApiKeyCreated:
    """Rotate an API key: create a similar key. The old key keeps working during the overlap."""
    old = context[API_KEY].row
    _check_rotation(context, old)
    overlap = USUAL_OVERLAP if isinstance(body.overlap_seconds, Unset) else timedelta(seconds=body.overlap_seconds)
    expires_at = _expiry(context, body.expires_at)
    if old.lifetime_seconds is not None:
        usual = context.now + timedelta(seconds=old.lifetime_seconds)
        expires_at = expires_at or usual
        _check_length(context.caller, expires_at, usual)
    ending = context.now + overlap
    if old.expires_at is None or ending < old.expires_at:
        context.connection.execute(update(api_keys).where(api_keys.c.id == old.id).values(expires_at=ending))
    context.connection.execute(update(api_keys).where(api_keys.c.id == old.id).values(rotated_at=context.now))
    context.concerning = old.id
    made_by = _maker(context, old.created_by)
    return _add(context, made_by, name=old.name, scope=old.scope, expires_at=expires_at)


def add_key(
    connection: Connection,
    now: datetime,
    account_id: str,
    name: str,
    *,
    made_by: str,
    scope: str = SCOPES[-1],
    expires_at: datetime | None = None,
) -> ApiKeyCreated:
    """Create a key for an account. Only here does the secret exist in plain text.

    Args:
        made_by: The account that creates the key and sees the secret.
    """
    secret = new_secret()
    row: dict[str, Any] = {
        "id": new_id(),
        "account_id": account_id,
        "name": name,
        "preview": secret[:PREVIEW_CHARACTERS],
        "secret_hash": hash_secret(secret),
        "scope": str(scope),
        "created_at": now,
        "lifetime_seconds": None if expires_at is None else max(1, round((expires_at - now).total_seconds())),
        "expires_at": expires_at,
        "created_by": made_by,
    }
    connection.execute(insert(api_keys), row)
    return ApiKeyCreated(
        id=row["id"],
        name=name,
        preview=row["preview"],
        scopes=_scopes(scope),
        created_at=now,
        expires_at=expires_at or UNSET,
        secret=secret,
    )


# ---- steps


def _api_key(row: Row[Any]) -> ApiKey:
    return ApiKey(
        id=row.id,
        name=row.name,
        preview=row.preview,
        scopes=_scopes(row.scope),
        created_at=row.created_at,
        created_by=row.maker or UNSET,
        rotated_at=row.rotated_at or UNSET,
        expires_at=row.expires_at or UNSET,
        last_used_at=row.last_used_at or UNSET,
    )


def _scopes(highest: str) -> list[KeyScope]:
    return [KeyScope(scope) for scope in SCOPES[: SCOPES.index(highest) + 1]]


def _add(context: Context, made_by: str, **key: Any) -> ApiKeyCreated:
    made = add_key(context.connection, context.now, context[ACCOUNT].row.id, made_by=made_by, **key)
    maker = context.connection.execute(select(accounts.c.username).where(accounts.c.id == made_by)).scalar()
    made.created_by = maker or UNSET
    return made


def _maker(context: Context, of_the_key: str | None) -> str:
    """Return the account that counts as the creator of a new key of the account in the path.

    If an admin created the key of the caller for the account, the admin may be the caller. So the admin counts as the
    creator of the new key too, which is deleted when the admin loses this authority.

    Args:
        of_the_key: The creator of the key that creates the new key, or that the new key replaces.

    Raises:
        Problem: The caller can no longer create keys for this account.
    """
    caller, account = context.caller, context[ACCOUNT].row
    if caller.id == account.id:
        return caller.id if of_the_key is None or is_operator(context.connection, of_the_key) else of_the_key
    # The caller's authority depends on the caller's memberships, which the lock on the account does not cover.
    lock_account(context.connection, caller.id)
    if not caller.is_operator and not administers_all_of(context.connection, caller.id, account.id):
        raise Problem(
            "forbidden",
            "Only the account itself and admins of all its workspaces can do this.",
            "Ask the owner of the account, or an operator of the platform.",
        )
    return caller.id


def _rotated(which: str) -> Problem:
    return Problem(
        "api_key_rotated",
        f"{which} was rotated, and keeps working only during the overlap.",
        "Use the key that replaced it, or create a new key with another API key.",
    )


def _check_rotation(context: Context, old: Row[Any]) -> None:
    """Refuse to rotate a key that has expired or was rotated, or, without the scope admin, another key.

    Raises:
        Problem: The key cannot be rotated.
    """
    caller = context.caller
    is_own = old.id == caller.key_id
    if not is_own:
        _check_width(caller, old.scope)
        # Otherwise a key with the scope read could stop every other key of its account.
        if caller.scope != SCOPES[-1]:
            raise Problem(
                "scope_missing",
                f"A key with the scope {caller.scope} can only rotate itself.",
                f"Use an API key of the account with the scope {SCOPES[-1]}.",
            )
    if old.expires_at is not None and old.expires_at <= context.now:
        if is_own:
            raise credentials.expired(old.expires_at)
        raise Problem(
            "api_key_not_found",
            f"The API key {quote(old.id)} of the account {quote(context[ACCOUNT].row.username)} has expired.",
            "Create a new key with 'mlsteward keys create'.",
        )
    if old.rotated_at is not None:
        # Otherwise someone who stole the key could keep it alive forever.
        raise _rotated(f"The API key {quote(old.id)}")


def _check_width(caller: Caller, scope: str) -> None:
    if SCOPES.index(scope) > SCOPES.index(caller.scope):
        raise Problem(
            "scope_too_wide",
            f"A key with the scope {caller.scope} cannot create a key with the scope {scope}.",
            "Set fewer scopes, or use an API key with a higher scope.",
        )


def _check_length(caller: Caller, expires_at: datetime, usual: datetime) -> None:
    if expires_at > usual and caller.scope != SCOPES[-1]:
        raise Problem(
            "scope_too_wide",
            f"A key with the scope {caller.scope} cannot create a key that lasts longer than its own lifetime.",
            f"Leave expires out, or use an API key with the scope {SCOPES[-1]}.",
        )


def _expiry(context: Context, given: datetime | Unset) -> datetime | None:
    """Return when a new key expires. None if it does not expire.

    Raises:
        Problem: The time is in the past, or too far in the future.
    """
    if isinstance(given, Unset):
        return None
    wrong = None
    if given <= context.now:
        wrong = f"is not in the future; the time of the server is {context.now.isoformat(timespec='seconds')}"
    elif given > context.now + LONGEST_LIFETIME:
        wrong = f"is more than {LONGEST_LIFETIME.days} days away"
    if wrong is not None:
        raise Problem(
            "invalid_request",
            f"/body/expires_at: {wrong}",
            "Set expires to a time in the future, or leave it out for a key that does not expire.",
            errors=[("/body/expires_at", wrong)],
        )
    return given.astimezone(UTC)
