"""What happened: the audit log."""

from __future__ import annotations

from typing import Any

from mlsteward_api.models import AuditAction, AuditEvent
from sqlalchemy import ColumnElement, Row, Table, select

from mlsteward_server.context import Context
from mlsteward_server.storage.tables import (
    accounts,
    api_keys,
    audit_events,
    datasets,
    groups,
    invitations,
    projects,
    workspaces,
)

__all__ = ["list_audit_events", "list_workspace_audit_events"]

_NAMES: dict[str, tuple[Table, ColumnElement[str]]] = {
    "api_key": (api_keys, api_keys.c.name),
    "dataset": (datasets, datasets.c.name),
    "group": (groups, groups.c.name),
    "invitation": (invitations, invitations.c.invitee_key),
    "project": (projects, projects.c.name),
    "service_account": (accounts, accounts.c.username),
    "user": (accounts, accounts.c.username),
    "workspace": (workspaces, workspaces.c.name),
}
"""Where the name of an object is now."""


def list_workspace_audit_events(context: Context, *, action: str | None = None) -> list[AuditEvent]:
    return _events(context, audit_events.c.workspace_id == context.workspace.id, action)


def list_audit_events(context: Context, *, action: str | None = None) -> list[AuditEvent]:
    return _events(context, audit_events.c.project_id == context.project.id, action)


def _events(context: Context, scope: ColumnElement[bool], action: str | None) -> list[AuditEvent]:
    query = select(audit_events).where(scope)
    if action is not None:
        query = query.where(audit_events.c.action == action)
    after = context.page.after()
    if after is not None:
        query = query.where(audit_events.c.id < after[0])
    rows = context.connection.execute(query.order_by(audit_events.c.id.desc()).limit(context.page.fetch)).all()
    rows = list(context.page.cut(rows, lambda row: [row.id]))
    names = _names(context, rows)
    return [
        AuditEvent(
            id=row.id,
            date=row.date,
            action=AuditAction(row.action),
            user=row.actor,
            event=row.event,
            object_type=row.object_type,
            object_id=row.object_id,
            object_name=names.get((row.object_type, row.object_id), ""),
        )
        for row in rows
    ]


def _names(context: Context, rows: list[Row[Any]]) -> dict[tuple[str, str], str]:
    """The names of all the objects of a page, in one query for each kind of object."""
    ids: dict[str, set[str]] = {}
    for row in rows:
        ids.setdefault(row.object_type, set()).add(row.object_id)
    found: dict[tuple[str, str], str] = {}
    for object_type, wanted in ids.items():
        table, name = _NAMES[object_type]
        query = select(table.c.id, name).where(table.c.id.in_(wanted))
        found |= {(object_type, row[0]): row[1] for row in context.connection.execute(query)}
    return found
