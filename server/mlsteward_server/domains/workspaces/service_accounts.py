"""Service accounts of a workspace."""

from __future__ import annotations

from typing import Any

from mlsteward_api.models import (
    ServiceAccount,
    ServiceAccountCreate,
    WorkspaceRole,
)
from sqlalchemy import Row

from mlsteward_server.accounts.accounts import SERVICE_ACCOUNT, add_account, find_by_username
from mlsteward_server.accounts.memberships import join, leave
from mlsteward_server.context import Context
from mlsteward_server.domains.workspaces.members import page_of_accounts
from mlsteward_server.domains.workspaces.resource import SERVICE_ACCOUNT_RESOURCE, WORKSPACE
from mlsteward_server.names import is_of_the_platform
from mlsteward_server.problems import Problem, quote


def list_service_accounts(context: Context) -> list[ServiceAccount]:
    """List the service accounts of the workspace, by name."""
    rows = page_of_accounts(context, SERVICE_ACCOUNT)
    return [_service_account(row) for row in context.page.cut(rows, lambda row: [row.username_key])]


def create_service_account(context: Context, body: ServiceAccountCreate) -> ServiceAccount:
    """Create a service account in the workspace."""
    username = f"{body.name}@{context[WORKSPACE].name}"
    if find_by_username(context.connection, username) is not None or is_of_the_platform(body.name):
        raise Problem(
            "service_account_name_taken",
            f"The name {quote(username)} is taken.",
            "Choose another name.",
        )
    account_id = add_account(context.connection, context.now, kind=SERVICE_ACCOUNT, username=username)
    join(context.connection, context.now, context[WORKSPACE].id, account_id, WorkspaceRole.MEMBER, is_own_act=True)
    return ServiceAccount(id=account_id, name=username, role=WorkspaceRole.MEMBER, created_at=context.now)


def delete_service_account(context: Context) -> None:
    """Delete a service account and its API keys."""
    leave(context.connection, context[WORKSPACE].id, context[SERVICE_ACCOUNT_RESOURCE].row)


# ---- steps


def _service_account(row: Row[Any]) -> ServiceAccount:
    return ServiceAccount(id=row.id, name=row.username, role=WorkspaceRole(row.role), created_at=row.created_at)
