"""From the names in a path to rows.

| reference | forms, in this order |
|---|---|
| `{user}` | `me`, id, username, email address |
| `{workspace}` | `~` (the caller's default), id, name |
| `{project}` | id, handle, `workspace:name` |
| `{dataset}` | id, `workspace:name`, bare name in the default workspace |

Usernames of people hold no `@`, those of service accounts end in `@workspace`, and a workspace name
holds no dot while the domain of an email address does: no name can stand in for another.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, bindparam, select

from mlsteward_server import access, facts
from mlsteward_server.credentials import Caller
from mlsteward_server.facts import DatasetAccess, ProjectAccess, WorkspaceAccess
from mlsteward_server.problems import Problem
from mlsteward_server.storage.ids import looks_like_id
from mlsteward_server.storage.tables import accounts, memberships

DEFAULT = "~"
ME = "me"
RESERVED = frozenset({ME, DEFAULT, "actions"})

_BY = {
    name: select(accounts).where(accounts.c[name] == bindparam("reference"))
    for name in ("id", "username_key", "email_key")
}


def is_reserved(name: str) -> bool:
    """Whether a name would be read as something else in a path."""
    return name.lower() in RESERVED or looks_like_id(name.lower())


def find_account(connection: Connection, caller: Caller | None, reference: str) -> Row[Any] | None:
    """The account a reference names, if any. Says nothing about whether the caller may know of it."""
    if reference == ME:
        if caller is None:
            return None
        return connection.execute(_BY["id"], {"reference": caller.id}).first()
    key = reference.lower()
    for column in ("id",) if looks_like_id(reference) else ("username_key", "email_key"):
        row = connection.execute(_BY[column], {"reference": key}).first()
        if row is not None:
            return row
    return None


def default_workspace_id(connection: Connection, account_id: str) -> str | None:
    """The workspace that `~` stands for: the one the account joined first."""
    found: str | None = connection.execute(
        select(memberships.c.workspace_id)
        .where(memberships.c.account_id == account_id)
        .order_by(memberships.c.joined_at, memberships.c.workspace_id)
        .limit(1)
    ).scalar()
    return found


def resolve_workspace(connection: Connection, caller: Caller | None, reference: str) -> WorkspaceAccess:
    """The workspace a reference names, with what the caller is in it.

    Raises:
        Problem: There is none.
    """
    found: WorkspaceAccess | None
    if reference == DEFAULT:
        default = default_workspace_id(connection, caller.id) if caller else None
        if default is None:
            raise Problem(
                "workspace_not_found",
                "You are in no workspace, so there is no default one.",
                "Name the workspace, or ask an admin of one to invite you.",
            )
        found = facts.find_workspace(connection, caller, "id", default)
    elif looks_like_id(reference):
        found = facts.find_workspace(connection, caller, "id", reference)
    else:
        found = facts.find_workspace(connection, caller, "name_key", reference.lower())
    if found is None:
        raise access.workspace_not_found(reference)
    return found


def workspaces_to_list(connection: Connection, caller: Caller, reference: str | None) -> list[tuple[str, str]]:
    """Id of, and role in, the workspace whose things are listed, or each that the caller is in where none is named.

    Raises:
        Problem: There is none that the caller can see.
    """
    if reference is not None:
        found = resolve_workspace(connection, caller, reference)
        access.check_workspace(found, "guest", reference)
        assert found.role is not None
        return [(found.id, found.role)]
    query = (
        select(memberships.c.workspace_id, memberships.c.role)
        .where(memberships.c.account_id == caller.id)
        .order_by(memberships.c.workspace_id)
    )
    return [(row.workspace_id, row.role) for row in connection.execute(query)]


def resolve_project(connection: Connection, caller: Caller | None, reference: str) -> ProjectAccess | None:
    """The project a reference names, with what the caller is in it; None where there is none."""
    workspace, colon, name = reference.partition(":")
    if not colon:
        by = "id" if looks_like_id(reference) else "handle"
        return facts.find_project(connection, caller, by, reference=reference.lower())
    if workspace == DEFAULT or looks_like_id(workspace):
        try:
            workspace = resolve_workspace(connection, caller, workspace).name
        except Problem:
            return None
    return facts.find_project(connection, caller, "name", workspace_key=workspace.lower(), name_key=name.lower())


def resolve_dataset(connection: Connection, caller: Caller, reference: str) -> DatasetAccess | None:
    """The dataset a reference names, with what the caller may do with it; None where there is none."""
    workspace, colon, name = reference.rpartition(":")
    if not colon and looks_like_id(reference):
        return facts.find_dataset(connection, caller, "id", reference=reference)
    try:
        home = resolve_workspace(connection, caller, workspace if colon else DEFAULT)
    except Problem:
        return None
    return facts.find_dataset(connection, caller, "name", workspace_id=home.id, name_key=name.lower())
