"""The audit log: one event for each change, written in the transaction of the change.

An event stores a copy of the name and the kind of its object, and of the ids of its project and workspace. So the log
is complete even after the object was deleted.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import bindparam, insert, select

from mlsteward_server.access.resources import Resource
from mlsteward_server.context import Context
from mlsteward_server.spec import Operation
from mlsteward_server.storage.ids import new_id
from mlsteward_server.storage.prepared import Prepared
from mlsteward_server.storage.tables.operations import audit_events
from mlsteward_server.storage.tables.workspaces import memberships

WORKSPACE, PROJECT = "workspace", "project"
"""The kinds of objects that have a log of their own."""
RESULT = "result"
"""In `x-audit`: the object is the one that the operation returns."""
LONGEST_NAME = 320

_insert = Prepared(insert(audit_events))
_workspaces_of = select(memberships.c.workspace_id).where(memberships.c.account_id == bindparam("account_id"))


def record(operation: Operation, context: Context, result: object) -> None:
    """Record what an operation did, as its `x-audit` declares."""
    audit = operation.audit
    if audit is None:
        return
    resource = context.resources[audit.object_type]
    object_id, name = _object(audit.object_id, resource, context, result)
    event = audit.event if context.concerning is None else f"{audit.event}: {context.concerning}"
    on = operation.access.on
    start = resource if on is None else context.resources[on]
    # A new object at the top, such as a workspace, has no parent.
    places = _places(context, start) if start.kind in context.references else {}
    if audit.object_type in (WORKSPACE, PROJECT):
        places[audit.object_type] = object_id
    _write(context, audit.action, audit.object_type, object_id, name, event, places)


def note(context: Context, resource: Resource[Any], action: str, object_id: str, name: str, event: str) -> None:
    """Record an additional effect of an operation, in the same workspace."""
    on = next(kind for kind in context.references if resource.parent in context.resources[kind].ancestors())
    _write(context, action, resource.kind, object_id, name, event, _places(context, context.resources[on]))


def _object(source: str, resource: Resource[Any], context: Context, result: object) -> tuple[str, str]:
    """Return the id and the name of the object of an event."""
    if source != RESULT:
        found = context[resource]
        return found.id, resource.name_of(found)
    object_id = getattr(result, "id", None)
    if not isinstance(object_id, str):
        raise AssertionError(f"the answer must have the id of the {resource.kind} for the audit event")
    row = _name_of(resource).first(context.connection, {"id": object_id})
    assert row is not None
    return object_id, row[0]


@cache
def _name_of(resource: Resource[Any]) -> Prepared:
    return Prepared(select(resource.name).where(resource.table.c.id == bindparam("id")))


def _places(context: Context, resource: Resource[Any]) -> dict[str, str]:
    """Return the ids of the workspace and the project whose logs show an event."""
    links = context.ids(resource)
    places = {link.kind: found for link, found in links if link.kind in (WORKSPACE, PROJECT)}
    if not places and links:
        # The log of a workspace shows events about an account that is in this workspace only.
        _, account_id = links[-1]
        found = context.connection.execute(_workspaces_of, {"account_id": account_id}).scalars().all()
        if len(found) == 1:
            places[WORKSPACE] = found[0]
    return places


def _write(
    context: Context, action: str, kind: str, object_id: str, name: str, event: str, places: dict[str, str]
) -> None:
    caller = context.maybe_caller
    written = {
        "id": new_id(),
        "date": context.now,
        "action": action,
        "actor": caller.label if caller is not None else "",
        "actor_id": caller.id if caller is not None else None,
        "actor_username": caller.username if caller is not None else "",
        "event": event,
        "object_type": kind,
        "object_id": object_id,
        "object_name": name[:LONGEST_NAME],
        "workspace_id": places.get(WORKSPACE),
        "project_id": places.get(PROJECT),
        "request_id": context.request_id,
    }
    _insert.run(context.connection, written)
    context.events.append(written)
