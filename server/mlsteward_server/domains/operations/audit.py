"""Read the audit log."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from mlsteward_api.models import AuditAction, AuditEvent
from mlsteward_api.types import UNSET
from sqlalchemy import ColumnElement, Row, literal, or_, select, union_all

from mlsteward_server.accounts.memberships import ADMIN
from mlsteward_server.context import Context
from mlsteward_server.domains.identity.resource import find_account
from mlsteward_server.domains.projects.resource import PROJECT
from mlsteward_server.domains.workspaces.resource import WORKSPACE
from mlsteward_server.names import key_of
from mlsteward_server.storage.ids import first_id_at, looks_like_id
from mlsteward_server.storage.tables.operations import audit_events

DRIFT = timedelta(minutes=10)
"""How much later than its date the id of an event can be created: at the end of a long transaction."""


def list_workspace_audit_events(
    context: Context,
    *,
    action: str | None = None,
    actor: str | None = None,
    object: str | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
) -> list[AuditEvent]:
    """List the audit events of the workspace, newest first."""
    scope = audit_events.c.workspace_id == context[WORKSPACE].id
    return _events(context, scope, action, actor, object, since, until)


def list_audit_events(
    context: Context,
    *,
    action: str | None = None,
    actor: str | None = None,
    object: str | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
) -> list[AuditEvent]:
    """List the audit events of the project, newest first."""
    scope = audit_events.c.project_id == context[PROJECT].id
    return _events(context, scope, action, actor, object, since, until)


# ---- steps


def _events(
    context: Context,
    scope: ColumnElement[bool],
    action: str | None,
    actor: str | None,
    object: str | None,
    since: datetime | None,
    until: datetime | None,
) -> list[AuditEvent]:
    sees_addresses = context[WORKSPACE].role == ADMIN
    events = audit_events.c
    query = select(audit_events).where(scope)
    if action is not None:
        query = query.where(events.action == action)
    if actor is not None:
        query = query.where(_by(context, actor, sees_addresses=sees_addresses))
    if object is not None:
        query = query.where((events.object_id if looks_like_id(object) else events.object_name) == object)
    if since is not None:
        query = query.where(events.date >= since, events.id >= first_id_at(since))
    if until is not None:
        query = query.where(events.date < until, events.id < first_id_at(until + DRIFT))
    after = context.page.after()
    if after is not None:
        query = query.where(events.id < after[0])
    rows = context.connection.execute(query.order_by(events.id.desc()).limit(context.page.fetch)).all()
    page = list(context.page.cut(rows, lambda row: [row.id]))
    there = _still_there(context, page)
    return [
        _event(
            row,
            (row.object_type, row.object_id) in there,
            sees_address=sees_addresses or row.actor_id == context.caller.id,
        )
        for row in page
    ]


def _by(context: Context, actor: str, *, sees_addresses: bool) -> ColumnElement[bool]:
    """Return the condition that an account made a change. Deleted accounts are found by their name in the log.

    A caller who cannot see email addresses cannot use one to find out whose it is.
    """
    account = find_account(context.connection, context.caller, actor, context[WORKSPACE].id)
    by_name: ColumnElement[bool] = audit_events.c.actor_username == actor
    if account is not None and (sees_addresses or key_of(actor) != account.noted_email_key):
        by_id: ColumnElement[bool] = audit_events.c.actor_id == account.id
        return by_id
    return or_(audit_events.c.actor == actor, by_name) if sees_addresses else by_name


def _still_there(context: Context, rows: list[Row[Any]]) -> set[tuple[str, str]]:
    """Return the objects of a page that still exist, in one query."""
    ids: dict[str, set[str]] = {}
    for row in rows:
        ids.setdefault(row.object_type, set()).add(row.object_id)
    if not ids:
        return set()
    there = [
        select(literal(kind).label("kind"), table.c.id).where(table.c.id.in_(wanted))
        for kind, wanted in ids.items()
        for table in [context.resources[kind].table]
    ]
    return {(row.kind, row.id) for row in context.connection.execute(union_all(*there))}


def _event(row: Row[Any], exists: bool, *, sees_address: bool) -> AuditEvent:
    return AuditEvent(
        id=row.id,
        date=row.date,
        action=AuditAction(row.action),
        user=row.actor if sees_address else row.actor_username,
        user_id=row.actor_id or UNSET,
        event=row.event,
        object_type=row.object_type,
        object_id=row.object_id,
        object_name=row.object_name,
        object_exists=exists,
    )
