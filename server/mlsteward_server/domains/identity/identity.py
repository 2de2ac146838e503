"""The calling account, and the health of the server."""

from __future__ import annotations

from mlsteward_api.models import Account, AccountKind, Health
from mlsteward_api.types import UNSET
from sqlalchemy import literal, select

from mlsteward_server import __version__, spec
from mlsteward_server.accounts.memberships import default_workspace_id
from mlsteward_server.context import Context
from mlsteward_server.storage.tables.identity import accounts
from mlsteward_server.storage.tables.workspaces import workspaces

_API_VERSION = spec.load().version


def get_health(context: Context) -> Health:
    """Check that the server and its database answer."""
    context.connection.execute(select(literal(1))).one()
    return Health(status="ok", version=__version__, api_version=_API_VERSION)


def get_identity(context: Context) -> Account:
    """Return the calling account."""
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
        email_proved=UNSET if row.email is None else row.email_key is not None,
        name=row.name or UNSET,
        surname=row.surname or UNSET,
        is_operator=row.is_operator,
        default_workspace=name or UNSET,
        created_at=row.created_at,
    )
