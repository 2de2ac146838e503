"""The resource of this domain: groups."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Select, bindparam, func, select

from mlsteward_server.access.resources import Found, Resource
from mlsteward_server.accounts.credentials import Caller
from mlsteward_server.domains.workspaces.resource import WORKSPACE
from mlsteward_server.names import key_of
from mlsteward_server.problems import Problem, quote
from mlsteward_server.storage.ids import looks_like_id
from mlsteward_server.storage.prepared import Prepared
from mlsteward_server.storage.tables.groups import group_members, groups

_count = (
    select(func.count())
    .where(group_members.c.group_id == groups.c.id)
    .correlate(groups)
    .scalar_subquery()
    .label("members_count")
)
GROUPS: Select[Any] = select(*groups.c, _count)
"""Selects groups with the number of people in each."""

_BY = {
    column.name: Prepared(
        GROUPS.where(groups.c.workspace_id == bindparam("workspace"), column == bindparam("reference"))
    )
    for column in (groups.c.id, groups.c.name_key)
}


def _find(connection: Connection, caller: Caller | None, reference: str, home: Found | None) -> Found | None:
    """Return a group of a workspace by id or name."""
    assert home is not None
    by = "id" if looks_like_id(reference) else "name_key"
    row = _BY[by].first(connection, {"workspace": home.id, "reference": key_of(reference)})
    return None if row is None else Found(row)


def _not_found(reference: str, home: Found | None) -> Problem:
    assert home is not None
    return Problem(
        "group_not_found",
        f"The workspace {quote(home.row.name)} has no group {quote(reference)}.",
        "Use the id or the name of a group. To see the groups, use 'mlsteward groups list'.",
    )


GROUP: Resource[Found] = Resource(
    kind="group",
    table=groups,
    name=groups.c.name,
    find=_find,
    not_found=_not_found,
    parent=WORKSPACE,
    parent_id=groups.c.workspace_id,
)
