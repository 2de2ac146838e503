"""Projects."""

from __future__ import annotations

import json
import re
import secrets
import string
from typing import Any

from mlsteward_api.models import Project, ProjectCreate, ProjectRole, ProjectUpdate, RosterPolicy, Visibility
from mlsteward_api.types import UNSET, Unset
from sqlalchemy import Row, delete, func, insert, or_, select

from mlsteward_server.access.reach import reachable
from mlsteward_server.accounts.memberships import ADMIN
from mlsteward_server.context import Context
from mlsteward_server.domains.projects.resource import PROJECT, find_project
from mlsteward_server.domains.projects.roster import add_to_roster
from mlsteward_server.domains.projects.sharing import SHARING, is_listed
from mlsteward_server.domains.workspaces.listed import listed_workspace
from mlsteward_server.domains.workspaces.resource import WORKSPACE
from mlsteward_server.names import is_reserved, key_of
from mlsteward_server.problems import Problem, quote
from mlsteward_server.storage.engine import lock_name
from mlsteward_server.storage.ids import new_id
from mlsteward_server.storage.prepared import ID, update_of
from mlsteward_server.storage.tables.identity import accounts
from mlsteward_server.storage.tables.projects import projects
from mlsteward_server.storage.tables.workspaces import memberships, workspaces

KEY_CHARACTERS = string.ascii_uppercase + string.digits
LONGEST_KEY = 10
LONGEST_HANDLE = 140
ACTIVE, ARCHIVED = projects.c.archived_at.is_(None), projects.c.archived_at.is_not(None)


def list_projects(context: Context, *, workspace: str | None = None, archived: bool = False) -> list[Project]:
    """List the projects in which the caller has a role or is on the roster, by workspace and id."""
    page, caller = context.page, context.caller
    found = reachable(
        context.connection,
        SHARING,
        caller.id,
        is_operator=caller.is_operator,
        workspace_id=listed_workspace(context, workspace),
        after=page.after_pair(),
        most=page.fetch,
        state=ARCHIVED if archived else ACTIVE,
    )
    rows = page.sift(
        found,
        lambda row: is_listed(row, caller.is_operator),
        lambda row: [row.workspace_id, row.id],
    )
    return [_project(row) for row in rows]


def create_project(context: Context, body: ProjectCreate) -> Project:
    """Create a project. The admins of the workspace and the caller become its owners."""
    connection, workspace = context.connection, context[WORKSPACE]
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
            "name_key": key_of(body.name),
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
    """Return the project."""
    return _project(context[PROJECT].row)


def update_project(context: Context, body: ProjectUpdate) -> Project:
    """Change the project. Can also archive or restore it."""
    row = context[PROJECT].row
    changes: dict[str, Any] = {"updated_at": context.now}
    if not isinstance(body.name, Unset):
        if key_of(body.name) != row.name_key:
            _refuse_taken_name(context, row.workspace_id, row.workspace, body.name)
        changes |= {"name": body.name, "name_key": key_of(body.name)}
    if not isinstance(body.visibility, Unset):
        if body.visibility != row.visibility:
            _check_visibility(context[WORKSPACE].row, body.visibility)
        changes["visibility"] = body.visibility
    if not isinstance(body.description, Unset):
        changes["description"] = body.description
    if not isinstance(body.archived, Unset) and body.archived != (row.archived_at is not None):
        if not body.archived:
            _check_limit(context, row.workspace_id, row.workspace)
        changes["archived_at"] = context.now if body.archived else None
    update_of(projects, frozenset(changes)).run(context.connection, {**changes, ID: row.id})
    return _read_project(context, row.id)


def delete_project(context: Context) -> None:
    """Delete the project and its roster."""
    context.connection.execute(delete(projects).where(projects.c.id == context[PROJECT].id))


# ---- steps


def _refuse_taken_name(context: Context, workspace_id: str, workspace: str, name: str) -> None:
    taken = context.connection.execute(
        select(projects.c.id).where(projects.c.workspace_id == workspace_id, projects.c.name_key == key_of(name))
    ).first()
    if taken is not None or is_reserved(name):
        raise Problem(
            "project_name_taken",
            f"The workspace {quote(workspace)} already has a project {quote(name)}.",
            "Choose another name.",
        )


def _check_visibility(workspace: Row[Any], visibility: str) -> None:
    allowed = json.loads(workspace.allowed_visibilities)
    if visibility not in allowed:
        raise Problem(
            "project_visibility_restricted",
            f"The plan of the workspace {quote(workspace.name)} does not allow the visibility {quote(visibility)}.",
            f"Use one of the visibilities that the plan allows: {', '.join(allowed)}.",
        )


def _check_limit(context: Context, workspace_id: str, workspace: str) -> None:
    """Refuse a project that would exceed the limit of active projects. The workspace must be locked.

    Raises:
        Problem: The workspace has reached the limit.
    """
    limit = context.connection.execute(
        select(workspaces.c.projects_limit).where(workspaces.c.id == workspace_id)
    ).scalar_one()
    if limit is None:
        return
    active = select(projects.c.id).where(projects.c.workspace_id == workspace_id, projects.c.archived_at.is_(None))
    # Stop counting at the limit.
    count = context.connection.execute(select(func.count()).select_from(active.limit(limit).subquery())).scalar_one()
    if count >= limit:
        raise Problem(
            "projects_limit_reached",
            f"The workspace {quote(workspace)} has reached the limit of its plan: {limit} active projects.",
            "Archive a project with 'mlsteward projects archive', or ask an operator to raise the limit with "
            "'mlsteward workspaces update --projects-limit'.",
        )


def _key(context: Context, workspace_id: str, body: ProjectCreate) -> str:
    if isinstance(body.key, Unset):
        return _free_key(context, workspace_id, body.name)
    taken = context.connection.execute(
        select(projects.c.id).where(projects.c.workspace_id == workspace_id, projects.c.key == body.key)
    ).first()
    if taken is not None:
        raise Problem(
            "project_key_taken",
            f"Another project of the workspace has the key {quote(body.key)}.",
            "Choose another key, or leave key out to get a free one.",
        )
    return body.key


def key_of_name(name: str) -> str:
    """Return a project key for a name: the initials of its words, or the start of a single word.

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
    """Return a handle for a name.

    >>> handle_of_name("My project 2"), handle_of_name("2048")
    ('my-project-2', 'p-2048')
    """
    slug = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[: LONGEST_HANDLE - 20]
    return slug if slug[0].isalpha() else f"p-{slug}"


def _free_handle(context: Context, name: str) -> str:
    base = handle_of_name(name)
    # Handles are unique across workspaces, so the lock on one workspace is not enough.
    lock_name(context.connection, f"handle:{base}")
    candidates = [
        base,
        *(f"{base}-{n}" for n in range(2, 10)),
        *(f"{base}-{secrets.token_hex(6)}" for _ in range(3)),
    ]
    candidates = [c for c in candidates if not is_reserved(c)]
    taken = context.connection.execute(select(projects.c.handle).where(projects.c.handle.in_(candidates))).scalars()
    return _first_free(candidates, set(taken))


def _first_free(candidates: list[str], taken: set[str]) -> str:
    return next(candidate for candidate in candidates if candidate not in taken)


def _add_first_owners(context: Context, workspace_id: str, project_id: str) -> None:
    """Add the current admins and, if in the workspace, the creator to the roster as owners."""
    first = (
        select(accounts)
        .join(memberships)
        .where(
            memberships.c.workspace_id == workspace_id,
            or_(memberships.c.role == ADMIN, memberships.c.account_id == context.caller.id),
        )
    )
    for account in context.connection.execute(first).all():
        add_to_roster(context.connection, context.now, project_id, workspace_id, account, ProjectRole.OWNER)


def _read_project(context: Context, project_id: str) -> Project:
    found = find_project(context.connection, context.caller, project_id)
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
