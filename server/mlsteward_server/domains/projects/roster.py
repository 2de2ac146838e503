"""The accounts in a project."""

from __future__ import annotations

from datetime import datetime
from heapq import merge
from typing import Any

from mlsteward_api.models import (
    AccessSource,
    AccountKind,
    ProjectRole,
    ProjectUser,
    ProjectUserAdd,
    ProjectUserUpdate,
    Visibility,
)
from mlsteward_api.types import UNSET, Unset
from sqlalchemy import Connection, Row, Select, delete, insert, select, update

from mlsteward_server.access.ladders import INSIDERS, project_rules
from mlsteward_server.accounts.accounts import SERVICE_ACCOUNT, USER
from mlsteward_server.accounts.memberships import membership
from mlsteward_server.context import Context
from mlsteward_server.domains.identity.resource import ACCOUNT, find_account
from mlsteward_server.domains.projects.resource import PROJECT
from mlsteward_server.problems import Problem, quote
from mlsteward_server.storage.tables.identity import accounts
from mlsteward_server.storage.tables.projects import project_users
from mlsteward_server.storage.tables.workspaces import memberships


def list_project_users(context: Context, *, kind: str | None = None) -> list[ProjectUser]:
    """List the accounts on the roster and those with access through visibility, by username."""
    project = context[PROJECT].row
    after = context.page.after()
    ways: list[Select[Any]] = [_roster_entries(project)]
    if project.visibility != Visibility.PRIVATE and kind != SERVICE_ACCOUNT:
        ways.append(_let_in_by_visibility(project))
    found = []
    for way in ways:
        key = way.selected_columns.username_key
        if kind is not None:
            way = way.where(way.selected_columns.kind == kind)
        if after is not None:
            way = way.where(key > after[0])
        found.append(context.connection.execute(way.order_by(key).limit(context.page.fetch)).all())
    entries: dict[str, ProjectUser] = {}
    keys: dict[str, str] = {}
    for row in merge(*found, key=lambda row: row.username_key):
        # An account with access in both ways has the higher role: visibility makes it an owner.
        entry = _project_user(project, row)
        if row.id not in entries or entry.source == AccessSource.VISIBILITY:
            entries[row.id] = entry
        keys[row.id] = row.username_key
    return list(context.page.cut(list(entries.values()), lambda entry: [keys[entry.id]]))


def add_project_user(context: Context, body: ProjectUserAdd) -> ProjectUser:
    """Add an account of the workspace to the roster."""
    project = context[PROJECT].row
    account = find_account(context.connection, context.caller, body.user, project.workspace_id)
    if account is None or membership(context.connection, project.workspace_id, account.id) is None:
        raise _not_in_workspace(body, project)
    # Only check this now: the caller must not learn which accounts exist in other workspaces.
    _check_kind(account, body)
    entry = _find_entry(context, account)
    if entry is not None and (entry.source == AccessSource.ROSTER or account.kind == USER):
        has = (entry.roster_role if entry.source == AccessSource.ROSTER else entry.role) or "none"
        raise Problem(
            "project_user_exists",
            f"{quote(account.username)} already has access to the project {quote(project.name)}, with the role {has}.",
            "To change the role, use 'mlsteward projects members role'."
            if entry.source == AccessSource.ROSTER
            else f"With the visibility {project.visibility}, every member of the workspace already has access.",
        )
    role = None if isinstance(body.role, Unset) else str(body.role)
    add_to_roster(context.connection, context.now, project.id, project.workspace_id, account, role)
    context.concerning = account.username
    return _entry_of(context, account)


def get_project_user(context: Context) -> ProjectUser:
    """Return an account of the project."""
    return _entry_of(context, _named(context))


def set_project_user_role(context: Context, body: ProjectUserUpdate) -> ProjectUser:
    """Change the role of an account on the roster."""
    account = _on_roster(context)
    context.concerning = account.username
    context.connection.execute(
        update(project_users)
        .where(project_users.c.project_id == context[PROJECT].id, project_users.c.account_id == account.id)
        .values(role=body.role)
    )
    return _entry_of(context, account)


def remove_project_user(context: Context, *, kind: str | None = None) -> None:
    """Remove an account from the roster."""
    account = _on_roster(context)
    if kind is not None and account.kind != kind:
        raise _no_entry(context)
    gone = context.connection.execute(
        delete(project_users).where(
            project_users.c.project_id == context[PROJECT].id, project_users.c.account_id == account.id
        )
    )
    if gone.rowcount == 0:
        raise _no_entry(context)
    context.concerning = account.username


# ---- for other operations


def add_to_roster(
    connection: Connection,
    now: datetime,
    project_id: str,
    workspace_id: str,
    account: Row[Any],
    role: str | None,
) -> None:
    """Add an account to the roster of a project. It must not be on the roster already."""
    connection.execute(
        insert(project_users),
        {
            "project_id": project_id,
            "account_id": account.id,
            "workspace_id": workspace_id,
            "kind": account.kind,
            "username_key": account.username_key,
            "role": role,
            "added_at": now,
        },
    )


# ---- steps


def _named(context: Context) -> Row[Any] | None:
    """Return the account that the path names. None if it does not exist."""
    found = context.maybe(ACCOUNT)
    return None if found is None else found.row


def _check_kind(account: Row[Any], body: ProjectUserAdd) -> None:
    if not isinstance(body.kind, Unset) and account.kind != body.kind:
        raise _unknown(body.user, body.kind, f"{quote(body.user)} is a {_spoken(account.kind)}.")


def _not_in_workspace(body: ProjectUserAdd, project: Row[Any]) -> Problem:
    kind = body.kind if not isinstance(body.kind, Unset) else AccountKind.USER
    return _unknown(
        body.user,
        kind,
        f"The workspace {quote(project.workspace)} has no {_spoken(kind)} {quote(body.user)}.",
    )


def _unknown(reference: str, kind: str, detail: str) -> Problem:
    if kind == SERVICE_ACCOUNT:
        return Problem("service_account_not_found", detail, "Use the full name: account@workspace.")
    return Problem("user_not_found", detail, "Invite them to the workspace first: 'mlsteward invitations send'.")


def _spoken(kind: str) -> str:
    return kind.replace("_", " ")


def _on_roster(context: Context) -> Row[Any]:
    """Return the account that the path names.

    Raises:
        Problem: The account is not on the roster, or has access through visibility.
    """
    account = _named(context)
    entry = None if account is None else _find_entry(context, account)
    if account is None or entry is None:
        raise _no_entry(context)
    if entry.source == AccessSource.VISIBILITY:
        raise Problem(
            "project_user_not_found",
            f"{quote(account.username)} has access through the visibility {context[PROJECT].row.visibility} of the "
            "project.",
            "To give access one by one, use 'mlsteward projects update --visibility private'.",
        )
    return account


def _no_entry(context: Context) -> Problem:
    return Problem(
        "project_user_not_found",
        f"The account is not on the roster of the project {quote(context[PROJECT].row.name)}.",
        "To see who is in the project, use 'mlsteward projects members list'.",
    )


def _entry_of(context: Context, account: Row[Any] | None) -> ProjectUser:
    entry = None if account is None else _find_entry(context, account)
    if entry is None:
        raise _no_entry(context)
    return entry


def _find_entry(context: Context, account: Row[Any]) -> ProjectUser | None:
    """Return the entry of an account in the list of the project. None if it has none."""
    project = context[PROJECT].row
    if project.visibility != Visibility.PRIVATE:
        row = context.connection.execute(
            _let_in_by_visibility(project).where(memberships.c.account_id == account.id)
        ).first()
        if row is not None:
            return _project_user(project, row)
    row = context.connection.execute(_roster_entries(project).where(project_users.c.account_id == account.id)).first()
    return None if row is None else _project_user(project, row)


def _roster_entries(project: Row[Any]) -> Select[Any]:
    return (
        select(
            accounts.c.id,
            accounts.c.username,
            accounts.c.is_operator,
            project_users.c.username_key,
            project_users.c.kind,
            project_users.c.role.label("roster"),
            project_users.c.added_at,
            memberships.c.role.label("membership"),
        )
        .join_from(project_users, accounts)
        .join(
            memberships,
            (memberships.c.account_id == project_users.c.account_id)
            & (memberships.c.workspace_id == project_users.c.workspace_id),
            isouter=True,
        )
        .where(project_users.c.project_id == project.id)
    )


def _let_in_by_visibility(project: Row[Any]) -> Select[Any]:
    return (
        select(
            accounts.c.id,
            accounts.c.username,
            accounts.c.is_operator,
            memberships.c.username_key,
            memberships.c.kind,
            project_users.c.role.label("roster"),
            memberships.c.role.label("membership"),
        )
        .join_from(memberships, accounts)
        .join(
            project_users,
            (project_users.c.project_id == project.id) & (project_users.c.account_id == memberships.c.account_id),
            isouter=True,
        )
        .where(
            memberships.c.workspace_id == project.workspace_id,
            memberships.c.kind == USER,
            memberships.c.role.in_(INSIDERS),
        )
    )


# ---- rows to models


def _project_user(project: Row[Any], row: Row[Any]) -> ProjectUser:
    """Return an entry with the effective role, from the rules that a check uses."""
    given = project_rules(
        is_operator=row.is_operator, membership=row.membership, visibility=project.visibility, roster=row.roster
    )
    entry = ProjectUser(
        id=row.id,
        username=row.username,
        kind=AccountKind(row.kind),
        role=ProjectRole(given[0].role) if given else UNSET,
        roster_role=ProjectRole(row.roster) if row.roster else UNSET,
        source=AccessSource.VISIBILITY,
    )
    if "added_at" in row._fields:
        entry.source, entry.added_at = AccessSource.ROSTER, row.added_at
    return entry
