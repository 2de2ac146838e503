"""Who is calling, and the keys they call with."""

from __future__ import annotations

from typing import Any

from mlsteward_api.models import Account, AccountKind, ApiKey, ApiKeyCreate, ApiKeyCreated, Health, KeyScope
from mlsteward_api.types import UNSET
from sqlalchemy import Connection, Row, delete, insert, literal, select

from mlsteward_server import __version__, spec
from mlsteward_server.context import Context
from mlsteward_server.credentials import PREVIEW_CHARACTERS, hash_secret, new_secret
from mlsteward_server.problems import Problem, quote
from mlsteward_server.references import default_workspace_id
from mlsteward_server.storage.ids import new_id
from mlsteward_server.storage.tables import accounts, api_keys, workspaces

__all__ = ["create_api_key", "delete_api_key", "get_health", "get_identity", "list_api_keys", "rotate_api_key"]

_API_VERSION = spec.load().version


def get_health(context: Context) -> Health:
    context.connection.execute(select(literal(1))).one()
    return Health(status="ok", version=__version__, api_version=_API_VERSION)


def get_identity(context: Context) -> Account:
    row = context.connection.execute(select(accounts).where(accounts.c.id == context.caller.id)).one()
    default = default_workspace_id(context.connection, row.id)
    name = None
    if default is not None:
        name = context.connection.execute(select(workspaces.c.name).where(workspaces.c.id == default)).scalar_one()
    return Account(
        id=row.id,
        kind=AccountKind(row.kind),
        username=row.username,
        email=row.email or UNSET,
        name=row.name or UNSET,
        surname=row.surname or UNSET,
        is_operator=row.is_operator,
        default_workspace=name or UNSET,
        created_at=row.created_at,
    )


def list_api_keys(context: Context) -> list[ApiKey]:
    query = select(api_keys).where(api_keys.c.account_id == context.user.id)
    after = context.page.after()
    if after is not None:
        query = query.where(api_keys.c.id > after[0])
    rows = context.connection.execute(query.order_by(api_keys.c.id).limit(context.page.fetch)).all()
    return [_api_key(row) for row in context.page.cut(rows, lambda row: [row.id])]


def create_api_key(context: Context, body: ApiKeyCreate) -> ApiKeyCreated:
    return add_key(context.connection, context.now, context.user.id, body.name)


def delete_api_key(context: Context, *, key: str) -> None:
    context.audited = key
    gone = context.connection.execute(
        delete(api_keys).where(api_keys.c.id == key, api_keys.c.account_id == context.user.id)
    )
    if gone.rowcount == 0:
        raise Problem(
            "api_key_not_found",
            f"The account {quote(context.user.username)} has no API key {quote(key)}.",
            "Name the key by its id, as the list of keys shows it.",
        )


def rotate_api_key(context: Context, body: Any, *, key: Any) -> Any:
    raise NotImplementedError


def add_key(connection: Connection, now: Any, account_id: str, name: str) -> ApiKeyCreated:
    """Make a key for an account. The only place where a secret exists in the clear."""
    secret = new_secret()
    row = {
        "id": new_id(),
        "account_id": account_id,
        "name": name,
        "preview": secret[:PREVIEW_CHARACTERS],
        "secret_hash": hash_secret(secret),
        "scope": "admin",
        "created_at": now,
    }
    connection.execute(insert(api_keys), row)
    return ApiKeyCreated(
        id=row["id"],
        name=name,
        preview=row["preview"],
        scopes=[KeyScope.READ, KeyScope.WRITE, KeyScope.ADMIN],
        created_at=now,
        secret=secret,
    )


def _api_key(row: Row[Any]) -> ApiKey:
    return ApiKey(
        id=row.id,
        name=row.name,
        preview=row.preview,
        scopes=[KeyScope.READ, KeyScope.WRITE, KeyScope.ADMIN],
        created_at=row.created_at,
    )
