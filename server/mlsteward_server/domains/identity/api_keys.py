"""The keys that accounts call with."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from mlsteward_api.models import ApiKey, ApiKeyCreate, ApiKeyCreated, ApiKeyRotate, KeyScope
from mlsteward_api.types import UNSET, Unset
from sqlalchemy import Connection, Row, Select, delete, insert, select, update

from mlsteward_server.accounts import credentials
from mlsteward_server.accounts.accounts import is_operator, lock_account
from mlsteward_server.accounts.credentials import PREVIEW_CHARACTERS, Caller, hash_secret, new_secret
from mlsteward_server.accounts.memberships import administers_all_of
from mlsteward_server.context import Context
from mlsteward_server.domains.identity.resource import ACCOUNT, API_KEY
from mlsteward_server.problems import Problem, quote
from mlsteward_server.spec import SCOPES
from mlsteward_server.storage.ids import new_id
from mlsteward_server.storage.tables.identity import accounts, api_keys

USUAL_OVERLAP = timedelta(days=1)
"""How long a key that is rotated works on."""
LONGEST_LIFETIME = timedelta(days=36_525)
"""A century; whoever means longer means a key that does not expire."""


def list_api_keys(context: Context) -> list[ApiKey]:
    """The API keys of the account, oldest first."""
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
    """Create an API key for the account. Its secret is in the answer, and nowhere else."""
    scope = context.caller.scope if isinstance(body.scopes, Unset) else max(body.scopes, key=SCOPES.index)
    _check_width(context.caller, scope)
    if context.caller.key_is_rotated:
        raise _rotated("The key you call with")
    expires_at = _expiry(context, body.expires_at)
    made_by = _maker(context, context.caller.key_made_by)
    return _add(context, made_by, name=body.name, scope=scope, expires_at=expires_at)


def delete_api_key(context: Context) -> None:
    """Delete an API key: it stops working at once."""
    context.connection.execute(delete(api_keys).where(api_keys.c.id == context[API_KEY].id))


def rotate_api_key(context: Context, body: ApiKeyRotate) -> ApiKeyCreated:
    """Replace an API key by a new one like it; the old one works on for a while."""
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
    """Make a key for an account. The only place where a secret exists in the clear.

    Args:
        made_by: The account that is shown the secret.
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
    """The account in whose name a new key of the account in the path exists.

    Whoever calls as the account itself with a key that an admin made for it may be that admin: what is made with it,
    or in its place, is theirs, and ends with their authority.

    Args:
        of_the_key: The maker of the key that makes the new one, or that is replaced by it.

    Raises:
        Problem: The caller lost the right to make keys for this account.
    """
    caller, account = context.caller, context[ACCOUNT].row
    if caller.id == account.id:
        return caller.id if of_the_key is None or is_operator(context.connection, of_the_key) else of_the_key
    # Their authority is in the memberships of the caller, which the lock on the account does not cover.
    lock_account(context.connection, caller.id)
    if not caller.is_operator and not administers_all_of(context.connection, caller.id, account.id):
        raise Problem(
            "forbidden",
            "Only the account itself can do this, and admins of every workspace it is in.",
            "Ask the owner of the account, or the operator of the platform.",
        )
    return caller.id


def _rotated(which: str) -> Problem:
    return Problem(
        "api_key_rotated",
        f"{which} was replaced by another one, and only works on for a while.",
        "Use the key it was replaced by, or create a new key with another one.",
    )


def _check_rotation(context: Context, old: Row[Any]) -> None:
    """Refuse to rotate a key that is over, and keys of others to a key that administers nothing."""
    caller = context.caller
    is_own = old.id == caller.key_id
    if not is_own:
        _check_width(caller, old.scope)
        # Otherwise a key that changes nothing could stop every other key of its account.
        if caller.scope != SCOPES[-1]:
            raise Problem(
                "scope_missing",
                f"A key with the scope {caller.scope} can rotate itself, but no other key.",
                f"Use a key of the account with the scope {SCOPES[-1]}.",
            )
    if old.expires_at is not None and old.expires_at <= context.now:
        if is_own:
            raise credentials.expired(old.expires_at)
        raise Problem(
            "api_key_not_found",
            f"The API key {quote(old.id)} of the account {quote(context[ACCOUNT].row.username)} has expired.",
            "Create a new key instead.",
        )
    if old.rotated_at is not None:
        # Otherwise whoever got hold of it could keep it alive for ever.
        raise _rotated(f"The API key {quote(old.id)}")


def _check_width(caller: Caller, scope: str) -> None:
    if SCOPES.index(scope) > SCOPES.index(caller.scope):
        raise Problem(
            "scope_too_wide",
            f"A key with the scope {caller.scope} cannot make one with the scope {scope}.",
            "Ask for fewer scopes, or use a key with more.",
        )


def _check_length(caller: Caller, expires_at: datetime, usual: datetime) -> None:
    if expires_at > usual and caller.scope != SCOPES[-1]:
        raise Problem(
            "scope_too_wide",
            f"A key with the scope {caller.scope} cannot make one that works longer than it was made for itself.",
            f"Leave expires_at out, or use a key with the scope {SCOPES[-1]}.",
        )


def _expiry(context: Context, given: datetime | Unset) -> datetime | None:
    """When a new key is to stop, if it is."""
    if isinstance(given, Unset):
        return None
    wrong = None
    if given <= context.now:
        wrong = f"is not in the future: here it is {context.now.isoformat(timespec='seconds')}"
    elif given > context.now + LONGEST_LIFETIME:
        wrong = f"is more than {LONGEST_LIFETIME.days} days away"
    if wrong is not None:
        raise Problem(
            "invalid_request",
            f"/body/expires_at: {wrong}",
            "Send a moment in the future; leave it out for a key that does not expire.",
            errors=[("/body/expires_at", wrong)],
        )
    return given.astimezone(UTC)
