"""The accounts of programs in a workspace."""

from __future__ import annotations

from typing import Any

from mlsteward_api.models import (
    ServiceAccount,
    ServiceAccountCreate,
    WorkspaceRole,
)
from sqlalchemy import Row

from mlsteward_server import people, references
from mlsteward_server.context import Context
from mlsteward_server.domains.workspaces.members import lock_as_admin, page_of_accounts
from mlsteward_server.people import SERVICE_ACCOUNT
from mlsteward_server.problems import Problem, quote


def list_service_accounts(context: Context) -> list[ServiceAccount]:
    rows = page_of_accounts(context, SERVICE_ACCOUNT)
    return [_service_account(row) for row in context.page.cut(rows, lambda row: [row.username_key])]


def create_service_account(context: Context, body: ServiceAccountCreate) -> ServiceAccount:
    people.lock_workspace(context.connection, context.workspace.id)
    username = f"{body.name}@{context.workspace.name}"
    if people.find_by_username(context.connection, username) is not None:
        raise Problem(
            "service_account_name_taken",
            f"There is a service account {quote(username)}.",
            "Choose another name.",
        )
    account_id = people.add_account(context.connection, context.now, kind=SERVICE_ACCOUNT, username=username)
    people.join(context.connection, context.now, context.workspace.id, account_id, WorkspaceRole.MEMBER)
    return ServiceAccount(id=account_id, name=username, role=WorkspaceRole.MEMBER, created_at=context.now)


def delete_service_account(context: Context, *, account: str) -> None:
    lock_as_admin(context)
    row = references.find_account(context.connection, context.caller, account)
    if row is None and "@" not in account:
        row = people.find_by_username(context.connection, f"{account}@{context.workspace.name}")
    if (
        row is None
        or row.kind != SERVICE_ACCOUNT
        or people.membership(context.connection, context.workspace.id, row.id) is None
    ):
        raise Problem(
            "service_account_not_found",
            f"The workspace {quote(context.workspace.name)} has no service account {quote(account)}.",
            "Name it in full: account@workspace.",
        )
    context.audited = row.id
    people.leave(context.connection, context.workspace.id, row)


# ---- steps


def _service_account(row: Row[Any]) -> ServiceAccount:
    return ServiceAccount(id=row.id, name=row.username, role=WorkspaceRole(row.role), created_at=row.created_at)
