"""Projects and the people on their rosters."""

from __future__ import annotations

import json
import re
import secrets
import string
from functools import cache
from heapq import merge
from typing import Any

from mlsteward_api.models import (
    AccessSource,
    AccountKind,
    Project,
    ProjectCreate,
    ProjectRole,
    ProjectUpdate,
    ProjectUser,
    ProjectUserAdd,
    ProjectUserUpdate,
    RosterPolicy,
    Visibility,
)
from mlsteward_api.types import UNSET, Unset
from sqlalchemy import Integer, Row, bindparam, delete, func, insert, or_, select, tuple_, union_all, update
from sqlalchemy.sql import ColumnElement, Select

from mlsteward_server import access, facts, people, references
from mlsteward_server.context import Context
from mlsteward_server.people import ADMIN, SERVICE_ACCOUNT, USER
from mlsteward_server.problems import Problem, quote
from mlsteward_server.roles import INSIDERS
from mlsteward_server.storage.engine import lock_name
from mlsteward_server.storage.ids import new_id
from mlsteward_server.storage.tables import accounts, memberships, project_users, projects, workspaces

__all__ = [
    "add_project_user",
    "create_project",
    "delete_project",
    "get_project",
    "get_project_user",
    "list_project_users",
    "list_projects",
    "remove_project_user",
    "set_project_user_role",
    "update_project",
]

KEY_CHARACTERS = string.ascii_uppercase + string.digits
LONGEST_KEY = 10
LONGEST_HANDLE = 140


# ---- projects


def list_projects(context: Context, *, workspace: str | None = None, archived: bool = False) -> list[Project]:
    page, caller = context.page, context.caller
    after = page.after(2)
    rows: list[Row[Any]] = []
    if workspace is None and caller.is_operator:
        values: dict[str, Any] = {"most": page.fetch}
        if after is not None:
            values |= {"workspace": after[0], "beyond": after[1]}
        rows += context.connection.execute(_everybodys(archived, after is not None), values)
    else:
        # One workspace after the other, so that each page is read along an index.
        for workspace_id, role in references.workspaces_to_list(context.connection, caller, workspace):
            if after is not None and workspace_id < after[0]:
                continue
            values = {"most": page.fetch - len(rows), "caller": caller.id, "workspace": workspace_id}
            is_later = after is not None and workspace_id == after[0]
            if after is not None and is_later:
                values["beyond"] = after[1]
            rows += context.connection.execute(_of_member(role, archived, is_later), values)
            if len(rows) == page.fetch:
                break
    return [_project(row) for row in page.cut(rows, lambda row: [row.workspace_id, row.id])]


def create_project(context: Context, body: ProjectCreate) -> Project:
    connection, workspace = context.connection, context.workspace
    people.lock_workspace(connection, workspace.id)
    _refuse_taken_name(context, workspace.id, workspace.name, body.name)
    visibility = body.visibility or Visibility.PRIVATE
    _check_visibility(workspace.row, visibility)
    _check_limit(context, workspace.id, workspace.name)
    project_id = new_id()
    connection.execute(
        insert(projects),
        {
            "id": project_id,
            "workspace_id": workspace.id,
            "name": body.name,
            "name_key": body.name.lower(),
            "handle": _free_handle(context, body.name),
            "key": _key(context, workspace.id, body),
            "visibility": visibility,
            "roster_policy": RosterPolicy.OWNERS,
            "description": body.description or "",
            "owner_id": context.caller.id,
            "archived_at": None,
            "created_at": context.now,
            "updated_at": context.now,
        },
    )
    _add_first_owners(context, workspace.id, project_id)
    return _read_project(context, project_id)


def get_project(context: Context) -> Project:
    return _project(context.project.row)


def update_project(context: Context, body: ProjectUpdate) -> Project:
    row = _lock(context)
    workspace = context.connection.execute(select(workspaces).where(workspaces.c.id == row.workspace_id)).one()
    changes: dict[str, Any] = {"updated_at": context.now}
    if not isinstance(body.name, Unset):
        if body.name.lower() != row.name_key:
            _refuse_taken_name(context, workspace.id, workspace.name, body.name)
        changes |= {"name": body.name, "name_key": body.name.lower()}
    if not isinstance(body.visibility, Unset):
        if body.visibility != row.visibility:
            _check_visibility(workspace, body.visibility)
        changes["visibility"] = body.visibility
    if not isinstance(body.description, Unset):
        changes["description"] = body.description
    if not isinstance(body.archived, Unset) and body.archived != (row.archived_at is not None):
        if not body.archived:
            _check_limit(context, workspace.id, workspace.name)
        changes["archived_at"] = context.now if body.archived else None
    context.connection.execute(update(projects).where(projects.c.id == row.id).values(changes))
    return _read_project(context, row.id)


def delete_project(context: Context) -> None:
    _lock(context)
    context.connection.execute(delete(projects).where(projects.c.id == context.project.id))


# ---- the roster


def list_project_users(context: Context, *, kind: str | None = None) -> list[ProjectUser]:
    project = context.project.row
    after = context.page.after()
    ways: list[Select[Any]] = [_roster_entries(project.id)]
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
        # Whoever comes in both ways has the higher role: visibility makes owners.
        entry = _project_user(row)
        if row.id not in entries or entry.source == AccessSource.VISIBILITY:
            entries[row.id] = entry
        keys[row.id] = row.username_key
    return list(context.page.cut(list(entries.values()), lambda entry: [keys[entry.id]]))


def add_project_user(context: Context, body: ProjectUserAdd) -> ProjectUser:
    project = context.project.row
    # Whoever leaves the workspace meanwhile must not be left on the roster.
    people.lock_workspace(context.connection, project.workspace_id)
    account = references.find_account(context.connection, context.caller, body.user)
    _check_kind(account, body)
    member = account and people.membership(context.connection, project.workspace_id, account.id)
    if account is None or member is None:
        raise _not_in_workspace(body, project)
    entry = _find_entry(context, account)
    if entry is not None and (entry.source == AccessSource.ROSTER or account.kind == USER):
        has = entry.role or "none"
        raise Problem(
            "project_user_exists",
            f"{quote(account.username)} has access to the project {quote(project.name)} already, with the role {has}.",
            "Change the role instead."
            if entry.source == AccessSource.ROSTER
            else f"The visibility {project.visibility} lets every member in; there is nothing to add.",
        )
    role = None if isinstance(body.role, Unset) else str(body.role)
    people.add_to_roster(context.connection, context.now, project.id, project.workspace_id, account, role)
    context.concerning = account.username
    return _entry_of(context, account)


def get_project_user(context: Context) -> ProjectUser:
    return _entry_of(context, context.maybe_user)


def set_project_user_role(context: Context, body: ProjectUserUpdate) -> ProjectUser:
    # Who is the only owner must not change while somebody is offboarded.
    people.lock_workspace(context.connection, context.project.row.workspace_id)
    account = _on_roster(context)
    context.concerning = account.username
    context.connection.execute(
        update(project_users)
        .where(project_users.c.project_id == context.project.id, project_users.c.account_id == account.id)
        .values(role=body.role)
    )
    return _entry_of(context, account)


def remove_project_user(context: Context, *, kind: str | None = None) -> None:
    people.lock_workspace(context.connection, context.project.row.workspace_id)
    account = _on_roster(context)
    if kind is not None and account.kind != kind:
        raise _no_entry(context)
    gone = context.connection.execute(
        delete(project_users).where(
            project_users.c.project_id == context.project.id, project_users.c.account_id == account.id
        )
    )
    if gone.rowcount == 0:
        raise _no_entry(context)
    context.concerning = account.username


# ---- steps


def _projects() -> Select[Any]:
    return select(*projects.c, workspaces.c.name.label("workspace"), accounts.c.username.label("owner")).select_from(
        projects.join(workspaces).outerjoin(accounts, accounts.c.id == projects.c.owner_id)
    )


# Putting these together takes longer than running them, so each is put together once.


@cache
def _everybodys(archived: bool, is_later: bool) -> Select[Any]:
    """The next projects of the platform, beyond `workspace` and `beyond`."""
    query = _projects().where(_state(archived))
    if is_later:
        key = tuple_(projects.c.workspace_id, projects.c.id)
        query = query.where(key > tuple_(bindparam("workspace"), bindparam("beyond")))
    return query.order_by(projects.c.workspace_id, projects.c.id).limit(_MOST)


@cache
def _of_member(role: str, archived: bool, is_later: bool) -> Select[Any]:
    """The next projects of one `workspace` that a `caller` with a role in it has something to do with."""
    within = [projects.c.workspace_id == bindparam("workspace"), _state(archived)]
    if is_later:
        within.append(projects.c.id > bindparam("beyond"))
    query = _projects().where(projects.c.workspace_id == bindparam("workspace")).order_by(projects.c.id).limit(_MOST)
    if role == ADMIN:
        return query.where(*within)
    on_roster = (
        select(projects.c.id)
        .join(project_users, project_users.c.project_id == projects.c.id)
        .where(
            project_users.c.account_id == bindparam("caller"),
            project_users.c.workspace_id == bindparam("workspace"),
            *within,
        )
    )
    if is_later:
        on_roster = on_roster.where(project_users.c.project_id > bindparam("beyond"))
    ways = [on_roster.order_by(project_users.c.project_id)]
    if role in INSIDERS:
        open_to_members = select(projects.c.id).where(projects.c.visibility != "private", *within)
        ways.append(open_to_members.order_by(projects.c.id))
    found = [select(way.limit(_MOST).subquery().c.id) for way in ways]
    return query.where(projects.c.id.in_(union_all(*found)))


_MOST = bindparam("most", type_=Integer)


def _state(archived: bool) -> ColumnElement[bool]:
    return projects.c.archived_at.is_not(None) if archived else projects.c.archived_at.is_(None)


def _lock(context: Context) -> Row[Any]:
    """The project as it is now that nobody else in its workspace can change it."""
    found = context.project
    people.lock_workspace(context.connection, found.row.workspace_id)
    now = facts.find_project(context.connection, context.caller, "id", reference=found.id)
    if now is None:
        raise access.project_not_found(f"{found.row.workspace}:{found.row.name}")
    return now.row


def _refuse_taken_name(context: Context, workspace_id: str, workspace: str, name: str) -> None:
    taken = context.connection.execute(
        select(projects.c.id).where(projects.c.workspace_id == workspace_id, projects.c.name_key == name.lower())
    ).first()
    if taken is not None or references.is_reserved(name):
        raise Problem(
            "project_name_taken",
            f"The workspace {quote(workspace)} has a project {quote(name)} already.",
            "Choose another name.",
        )


def _check_visibility(workspace: Row[Any], visibility: str) -> None:
    allowed = json.loads(workspace.allowed_visibilities)
    if visibility not in allowed:
        raise Problem(
            "project_visibility_restricted",
            f"The plan of the workspace {quote(workspace.name)} does not allow the visibility {quote(visibility)}.",
            f"Allowed: {', '.join(allowed)}.",
        )


def _check_limit(context: Context, workspace_id: str, workspace: str) -> None:
    """Refuse one active project more than the plan allows. The workspace must be locked."""
    limit = context.connection.execute(
        select(workspaces.c.projects_limit).where(workspaces.c.id == workspace_id)
    ).scalar_one()
    if limit is None:
        return
    active = select(projects.c.id).where(projects.c.workspace_id == workspace_id, projects.c.archived_at.is_(None))
    # Counted no further than the limit.
    count = context.connection.execute(select(func.count()).select_from(active.limit(limit).subquery())).scalar_one()
    if count >= limit:
        raise Problem(
            "projects_limit_reached",
            f"The workspace {quote(workspace)} has all the {limit} active projects its plan allows.",
            "Archive a project, or ask the operator for a larger plan.",
        )


def _key(context: Context, workspace_id: str, body: ProjectCreate) -> str:
    if isinstance(body.key, Unset):
        return _free_key(context, workspace_id, body.name)
    taken = context.connection.execute(
        select(projects.c.name).where(projects.c.workspace_id == workspace_id, projects.c.key == body.key)
    ).first()
    if taken is not None:
        raise Problem(
            "project_key_taken",
            f"The project {quote(taken.name)} has the key {quote(body.key)}.",
            "Choose another key, or leave it out.",
        )
    return body.key


def key_of_name(name: str) -> str:
    """The key a name suggests: the initials of its words, or the start of its only one.

    >>> key_of_name("named-entity-recognition"), key_of_name("classification"), key_of_name("2048")
    ('NER', 'CLA', 'P2048')
    """
    words = re.findall(r"[A-Z0-9]+", name.upper())
    key = (
        "".join(word[0] for word in words)[:6]
        if len(words) > 1
        else words[0][:3]
        if not words[0].isdigit()
        else words[0][:6]
    )
    return key if any(c.isalpha() for c in key) else f"P{key}"


def _free_key(context: Context, workspace_id: str, name: str) -> str:
    base = key_of_name(name)
    random = ("".join(secrets.choice(KEY_CHARACTERS) for _ in range(LONGEST_KEY - len(base))) for _ in range(8))
    candidates = [base, *(f"{base}{n}" for n in range(2, 10)), *(base + tail for tail in random)]
    taken = context.connection.execute(
        select(projects.c.key).where(projects.c.workspace_id == workspace_id, projects.c.key.in_(candidates))
    ).scalars()
    return _first_free(candidates, set(taken))


def handle_of_name(name: str) -> str:
    """The handle a name suggests.

    >>> handle_of_name("My project 2"), handle_of_name("2048")
    ('my-project-2', 'p-2048')
    """
    slug = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[: LONGEST_HANDLE - 20]
    return slug if slug[0].isalpha() else f"p-{slug}"


def _free_handle(context: Context, name: str) -> str:
    base = handle_of_name(name)
    # Handles are unique across workspaces, whose locks do not keep each other out.
    lock_name(context.connection, f"handle:{base}")
    candidates = [
        base,
        *(f"{base}-{n}" for n in range(2, 10)),
        *(f"{base}-{secrets.token_hex(6)}" for _ in range(3)),
    ]
    candidates = [c for c in candidates if not references.is_reserved(c)]
    taken = context.connection.execute(select(projects.c.handle).where(projects.c.handle.in_(candidates))).scalars()
    return _first_free(candidates, set(taken))


def _first_free(candidates: list[str], taken: set[str]) -> str:
    return next(candidate for candidate in candidates if candidate not in taken)


def _add_first_owners(context: Context, workspace_id: str, project_id: str) -> None:
    """Today's admins and, if in the workspace, the creator."""
    first = (
        select(accounts)
        .join(memberships)
        .where(
            memberships.c.workspace_id == workspace_id,
            or_(memberships.c.role == ADMIN, memberships.c.account_id == context.caller.id),
        )
    )
    for account in context.connection.execute(first).all():
        people.add_to_roster(context.connection, context.now, project_id, workspace_id, account, ProjectRole.OWNER)


def _check_kind(account: Row[Any] | None, body: ProjectUserAdd) -> None:
    if account is not None and not isinstance(body.kind, Unset) and account.kind != body.kind:
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
        return Problem("service_account_not_found", detail, "Name it in full: account@workspace.")
    return Problem("user_not_found", detail, "Invite them to the workspace first.")


def _spoken(kind: str) -> str:
    return kind.replace("_", " ")


def _on_roster(context: Context) -> Row[Any]:
    """The account the path names, if it is on the roster and can be changed or taken off it."""
    account = context.maybe_user
    entry = None if account is None else _find_entry(context, account)
    if account is None or entry is None:
        raise _no_entry(context)
    if entry.source == AccessSource.VISIBILITY:
        raise Problem(
            "project_user_not_found",
            f"{quote(account.username)} is let in by the visibility {context.project.row.visibility} of the project.",
            "Set the visibility to private to let people in one by one.",
        )
    return account


def _no_entry(context: Context) -> Problem:
    return Problem(
        "project_user_not_found",
        f"The account is not on the roster of the project {quote(context.project.row.name)}.",
        "List the users of the project to see who is.",
    )


def _entry_of(context: Context, account: Row[Any] | None) -> ProjectUser:
    entry = None if account is None else _find_entry(context, account)
    if entry is None:
        raise _no_entry(context)
    return entry


def _find_entry(context: Context, account: Row[Any]) -> ProjectUser | None:
    """How an account is in the project, as the list shows it."""
    project = context.project.row
    if project.visibility != Visibility.PRIVATE:
        row = context.connection.execute(
            _let_in_by_visibility(project).where(memberships.c.account_id == account.id)
        ).first()
        if row is not None:
            return _project_user(row)
    row = context.connection.execute(
        _roster_entries(project.id).where(project_users.c.account_id == account.id)
    ).first()
    return None if row is None else _project_user(row)


def _roster_entries(project_id: str) -> Select[Any]:
    return (
        select(
            accounts.c.id,
            accounts.c.username,
            project_users.c.username_key,
            project_users.c.kind,
            project_users.c.role,
            project_users.c.added_at,
        )
        .join_from(project_users, accounts)
        .where(project_users.c.project_id == project_id)
    )


def _let_in_by_visibility(project: Row[Any]) -> Select[Any]:
    return (
        select(accounts.c.id, accounts.c.username, memberships.c.username_key, memberships.c.kind)
        .join_from(memberships, accounts)
        .where(
            memberships.c.workspace_id == project.workspace_id,
            memberships.c.kind == USER,
            memberships.c.role.in_(INSIDERS),
        )
    )


# ---- rows to models


def _read_project(context: Context, project_id: str) -> Project:
    found = facts.find_project(context.connection, context.caller, "id", reference=project_id)
    assert found is not None
    return _project(found.row)


def _project(row: Row[Any]) -> Project:
    return Project(
        id=row.id,
        workspace=row.workspace,
        name=row.name,
        handle=row.handle,
        key=row.key,
        visibility=Visibility(row.visibility),
        roster_policy=RosterPolicy(row.roster_policy),
        description=row.description or UNSET,
        owner=row.owner or UNSET,
        archived_at=row.archived_at or UNSET,
        created_at=row.created_at,
        last_updated=row.updated_at,
    )


def _project_user(row: Row[Any]) -> ProjectUser:
    if "added_at" in row._fields:
        role = ProjectRole(row.role) if row.role else UNSET
        return ProjectUser(
            id=row.id,
            username=row.username,
            kind=AccountKind(row.kind),
            role=role,
            source=AccessSource.ROSTER,
            added_at=row.added_at,
        )
    return ProjectUser(
        id=row.id,
        username=row.username,
        kind=AccountKind(row.kind),
        role=ProjectRole.OWNER,
        source=AccessSource.VISIBILITY,
    )
