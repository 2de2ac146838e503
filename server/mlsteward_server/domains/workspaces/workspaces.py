"""Workspaces and their plans."""

from __future__ import annotations

import json
from typing import Any

from mlsteward_api.models import (
    Plan,
    PlanUpdate,
    Visibility,
    Workspace,
    WorkspaceCreate,
    WorkspaceMode,
    WorkspaceRole,
    WorkspaceStatus,
    WorkspaceUpdate,
)
from mlsteward_api.types import UNSET, Unset
from sqlalchemy import Row, and_, func, insert, select, update
from sqlalchemy.sql import Select

from mlsteward_server.accounts.accounts import USER, lock_account
from mlsteward_server.accounts.memberships import ADMIN, join
from mlsteward_server.context import Context
from mlsteward_server.domains.identity.resource import find_account, user_not_found
from mlsteward_server.domains.workspaces.plan import storage_used
from mlsteward_server.domains.workspaces.resource import WORKSPACE, find_workspace
from mlsteward_server.names import is_reserved, key_of
from mlsteward_server.problems import Problem, quote
from mlsteward_server.storage.ids import new_id
from mlsteward_server.storage.tables.projects import projects
from mlsteward_server.storage.tables.workspaces import memberships, workspaces

ALL_VISIBILITIES = [Visibility.PRIVATE, Visibility.WORKSPACE, Visibility.PUBLIC]


def list_workspaces(context: Context) -> list[Workspace]:
    """List the workspaces of the caller, by name. Operators get all workspaces."""
    mine = and_(memberships.c.workspace_id == workspaces.c.id, memberships.c.account_id == context.caller.id)
    query: Select[Any] = select(*workspaces.c, memberships.c.role.label("membership")).select_from(
        workspaces.join(memberships, mine, isouter=context.caller.is_operator)
    )
    after = context.page.after()
    if after is not None:
        query = query.where(workspaces.c.name_key > after[0])
    rows = context.connection.execute(query.order_by(workspaces.c.name_key).limit(context.page.fetch)).all()
    return [
        _workspace(context, row, row.membership or ADMIN) for row in context.page.cut(rows, lambda row: [row.name_key])
    ]


def create_workspace(context: Context, body: WorkspaceCreate) -> Workspace:
    """Create a workspace and add its first admin."""
    _refuse_taken_name(context, body.name)
    admin_id = context.caller.id
    if not isinstance(body.admin, Unset):
        admin = find_account(context.connection, context.caller, body.admin)
        if admin is None or admin.kind != USER or not lock_account(context.connection, admin.id):
            raise user_not_found(body.admin)
        admin_id = admin.id
    row = {
        "id": new_id(),
        "name": body.name,
        "name_key": key_of(body.name),
        "projects_limit": None,
        "storage_bytes_limit": None,
        "allowed_visibilities": json.dumps(ALL_VISIBILITIES),
        "created_at": context.now,
        **_plan_columns(body.plan),
    }
    context.connection.execute(insert(workspaces), row)
    join(context.connection, context.now, row["id"], admin_id, ADMIN, is_own_act=admin_id == context.caller.id)
    return _read_workspace(context, row["id"])


def get_workspace(context: Context) -> Workspace:
    """Return the workspace."""
    return _workspace(context, context[WORKSPACE].row, context[WORKSPACE].role)


def update_workspace(context: Context, body: WorkspaceUpdate) -> Workspace:
    """Change the plan of the workspace."""
    changes = _plan_columns(body.plan)
    if changes:
        context.connection.execute(update(workspaces).where(workspaces.c.id == context[WORKSPACE].id).values(changes))
    return _read_workspace(context, context[WORKSPACE].id)


def get_workspace_status(context: Context) -> WorkspaceStatus:
    """Return the usage and the limits of the workspace."""
    if context.settings.mode == "self_hosted":
        raise Problem(
            "not_available",
            "A self-hosted server has no plans, so it has no usage to report.",
            "Use 'mlsteward members list' and 'mlsteward projects list' instead.",
        )
    row = context[WORKSPACE].row
    active = context.connection.execute(
        select(func.count()).where(projects.c.workspace_id == row.id, projects.c.archived_at.is_(None))
    ).scalar_one()
    members = context.connection.execute(
        select(func.count()).where(memberships.c.workspace_id == row.id, memberships.c.kind == USER)
    ).scalar_one()
    used = storage_used(context.connection, row.id)
    status = WorkspaceStatus(storage_bytes_used=used, active_projects=active, members_count=members)
    if row.storage_bytes_limit is not None:
        status.storage_bytes_limit = row.storage_bytes_limit
        status.storage_bytes_available = max(0, row.storage_bytes_limit - used)
    if row.projects_limit is not None:
        status.active_projects_limit = row.projects_limit
    return status


# ---- steps


def _refuse_taken_name(context: Context, name: str) -> None:
    taken = (
        is_reserved(name)
        or context.connection.execute(select(workspaces.c.id).where(workspaces.c.name_key == key_of(name))).first()
    )
    if taken:
        raise Problem("workspace_name_taken", f"The workspace name {quote(name)} is taken.", "Choose another name.")


def _plan_columns(plan: PlanUpdate | Unset) -> dict[str, Any]:
    if isinstance(plan, Unset):
        return {}
    changes: dict[str, Any] = {}
    if not isinstance(plan.projects_limit, Unset):
        changes["projects_limit"] = plan.projects_limit
    if not isinstance(plan.storage_bytes_limit, Unset):
        changes["storage_bytes_limit"] = plan.storage_bytes_limit
    if not isinstance(plan.allowed_visibilities, Unset):
        allowed = {str(visibility) for visibility in plan.allowed_visibilities}
        changes["allowed_visibilities"] = json.dumps([v for v in ALL_VISIBILITIES if v in allowed])
    return changes


def _read_workspace(context: Context, workspace_id: str) -> Workspace:
    found = find_workspace(context.connection, context.caller, workspace_id)
    assert found is not None
    return _workspace(context, found.row, found.role)


def _workspace(context: Context, row: Row[Any], role: str | None) -> Workspace:
    plan = Plan(allowed_visibilities=[Visibility(v) for v in json.loads(row.allowed_visibilities)])
    if row.projects_limit is not None:
        plan.projects_limit = row.projects_limit
    if row.storage_bytes_limit is not None:
        plan.storage_bytes_limit = row.storage_bytes_limit
    return Workspace(
        id=row.id,
        name=row.name,
        mode=WorkspaceMode(context.settings.mode),
        plan=plan,
        role=WorkspaceRole(role) if role else UNSET,
        created_at=row.created_at,
    )
