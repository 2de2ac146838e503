"""The audit log: one event for each change, written in the transaction of the change."""

from __future__ import annotations

from sqlalchemy import bindparam, insert, select

from mlsteward_server.context import Context
from mlsteward_server.spec import Operation
from mlsteward_server.storage.ids import new_id
from mlsteward_server.storage.tables import audit_events, memberships

_insert = insert(audit_events)
_workspaces_of = select(memberships.c.workspace_id).where(memberships.c.account_id == bindparam("account_id"))


def record(operation: Operation, context: Context, result: object) -> None:
    """Note what an operation did, as its `x-audit` says."""
    audit = operation.audit
    if audit is None:
        return
    workspace, project = context.maybe_workspace, context.maybe_project
    if project is not None:
        workspace_id: str | None = project.row.workspace_id
    elif context.maybe_dataset is not None:
        workspace_id = context.maybe_dataset.row.workspace_id
    elif workspace is not None:
        workspace_id = workspace.id
    else:
        workspace_id = _only_workspace(context)
    object_id = _object_id(audit.object_id, context, result)
    event = audit.event if context.concerning is None else f"{audit.event}: {context.concerning}"
    _write(context, audit.action, audit.object_type, object_id, event, workspace_id)


def note(context: Context, action: str, object_type: str, object_id: str, event: str) -> None:
    """Add an event about something that an operation did besides, in the workspace of its dataset."""
    _write(context, action, object_type, object_id, event, context.dataset.row.workspace_id)


def _write(
    context: Context, action: str, object_type: str, object_id: str, event: str, workspace_id: str | None
) -> None:
    context.connection.execute(
        _insert,
        {
            "id": new_id(),
            "date": context.now,
            "action": action,
            "actor": context.maybe_caller.label if context.maybe_caller is not None else "",
            "event": event,
            "object_type": object_type,
            "object_id": object_id,
            "workspace_id": object_id if object_type == "workspace" else workspace_id,
            "project_id": object_id if object_type == "project" else None,
            "request_id": context.request_id,
        },
    )


def _only_workspace(context: Context) -> str | None:
    """Where an event about an account shows: in its workspace, if it has but one."""
    if context.maybe_user is None:
        return None
    found = context.connection.execute(_workspaces_of, {"account_id": context.maybe_user.id}).scalars().all()
    return found[0] if len(found) == 1 else None


def _object_id(source: str, context: Context, result: object) -> str:
    if context.audited is not None:
        return context.audited
    found = {
        "result": getattr(result, "id", None),
        "workspace": context.maybe_workspace and context.maybe_workspace.id,
        "project": context.maybe_project and context.maybe_project.id,
        "dataset": context.maybe_dataset and context.maybe_dataset.id,
        "user": context.maybe_user and context.maybe_user.id,
    }.get(source)
    if not isinstance(found, str):
        raise AssertionError(f"the handler must say whom the audit event is about ({source})")
    return found
