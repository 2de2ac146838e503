"""The audit log: one event for each change, written in the transaction of the change."""

from __future__ import annotations

from sqlalchemy import insert

from mlsteward_server.context import Context
from mlsteward_server.spec import Operation
from mlsteward_server.storage.ids import new_id
from mlsteward_server.storage.tables import audit_events

_insert = insert(audit_events)


def record(operation: Operation, context: Context, result: object) -> None:
    """Note what an operation did, as its `x-audit` says."""
    audit = operation.audit
    if audit is None:
        return
    caller, workspace, project = context.maybe_caller, context.maybe_workspace, context.maybe_project
    if project is not None:
        workspace_id: str | None = project.row.workspace_id
    else:
        workspace_id = workspace.id if workspace is not None else None
    object_id = _object_id(audit.object_id, context, result)
    context.connection.execute(
        _insert,
        {
            "id": new_id(),
            "date": context.now,
            "action": audit.action,
            "actor": caller.label if caller is not None else "",
            "event": audit.event,
            "object_type": audit.object_type,
            "object_id": object_id,
            "workspace_id": object_id if audit.object_type == "workspace" else workspace_id,
            "project_id": object_id if audit.object_type == "project" else None,
            "request_id": context.request_id,
        },
    )


def _object_id(source: str, context: Context, result: object) -> str:
    if context.audited is not None:
        return context.audited
    found = {
        "result": getattr(result, "id", None),
        "workspace": context.maybe_workspace and context.maybe_workspace.id,
        "project": context.maybe_project and context.maybe_project.id,
        "user": context.maybe_user and context.maybe_user.id,
    }.get(source)
    if not isinstance(found, str):
        raise AssertionError(f"the handler must say whom the audit event is about ({source})")
    return found
