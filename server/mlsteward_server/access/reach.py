"""Find the objects that an account may be able to see, by the ways in which it can get access.

One query reads a page, no matter how many workspaces the account is in and how large they are. The cost depends on what
the account can reach, not on what exists. The rules in `ladders.py` then decide which objects the account can see.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, TextClause, exists, select, true, tuple_, union_all

from mlsteward_server.access.sharing import ACCOUNT, BEYOND, MOST, WORKSPACE_ID, ByRole, Direct, Sharing
from mlsteward_server.storage.tables.workspaces import memberships

ADMIN = "admin"

Condition = ColumnElement[bool] | TextClause
Start = tuple[str, str]
"""The workspace and the id after which a list continues."""
FROM_THE_START: Start = ("", "")


def reachable(
    connection: Connection,
    sharing: Sharing,
    account_id: str,
    *,
    is_operator: bool,
    workspace_id: str | None,
    after: Start | None,
    most: int,
    state: ColumnElement[bool] | None = None,
) -> Iterator[Row[Any]]:
    """Yield the rows of `sharing.facts` for objects that an account may be able to see, by workspace and id.

    Args:
        is_operator: Whether the account has access to everything.
        workspace_id: Yield only objects of this workspace (default: all).
        after: Yield only objects after this place.
        most: Number of rows to read at a time.
        state: Yield only objects that meet this condition.
    """
    query = _query(
        sharing, connection.dialect.name, is_operator=is_operator, is_in_one=workspace_id is not None, state=state
    )
    workspace, beyond = after or FROM_THE_START
    if workspace_id is not None:
        # If the list continues in another workspace, either all of this workspace or none of it comes after that.
        if workspace > workspace_id:
            return
        workspace, beyond = workspace_id, beyond if workspace == workspace_id else ""
    while True:
        values = {"account": account_id, "workspace": workspace, "beyond": beyond, "most": most}
        rows = connection.execute(query, values).all()
        yield from rows
        if len(rows) < most:
            return
        workspace, beyond = rows[-1].workspace_id, rows[-1].id


# Building a query takes longer than running it, so each query is built once.


@cache
def _query(
    sharing: Sharing, dialect: str, *, is_operator: bool, is_in_one: bool, state: ColumnElement[bool] | None
) -> Select[Any]:
    table = sharing.table
    query = sharing.facts.order_by(table.c.workspace_id, table.c.id).limit(MOST)
    if is_operator:
        if state is not None:
            query = query.where(state)
        if is_in_one:
            return query.where(table.c.workspace_id == WORKSPACE_ID, table.c.id > BEYOND)
        return query.where(tuple_(table.c.workspace_id, table.c.id) > tuple_(WORKSPACE_ID, BEYOND))
    found: list[Select[Any]] = []
    for way in sharing.ways:
        if isinstance(way, Direct):
            found.append(_direct(sharing, way, is_in_one, state))
            continue
        found.append(_in_this_workspace(sharing, way, state))
        if not is_in_one:
            found.append(_in_later_workspaces(sharing, way, state, has_lateral=dialect == "postgresql"))
    ids = union_all(*(select(way.subquery().c.id) for way in found))
    return query.where(table.c.id.in_(ids))


def _direct(sharing: Sharing, way: Direct, is_in_one: bool, state: ColumnElement[bool] | None) -> Select[Any]:
    workspace, named = way.select.selected_columns
    query = way.select.with_only_columns(named.label("id"), maintain_column_froms=True)
    if state is not None:
        query = query.join(sharing.table, sharing.table.c.id == named).where(state)
    if is_in_one:
        query = query.where(workspace == WORKSPACE_ID, named > BEYOND)
    else:
        query = query.where(tuple_(workspace, named) > tuple_(WORKSPACE_ID, BEYOND))
    if not way.is_distinct:
        query = query.add_columns(workspace).distinct()
    return query.order_by(workspace, named).limit(MOST)


def _in_this_workspace(sharing: Sharing, way: ByRole, state: ColumnElement[bool] | None) -> Select[Any]:
    """Return the rest of the workspace in which the page starts."""
    table = sharing.table
    has_role = exists().where(
        memberships.c.account_id == ACCOUNT,
        memberships.c.workspace_id == WORKSPACE_ID,
        memberships.c.role.in_(way.roles),
    )
    return (
        select(table.c.id)
        .where(table.c.workspace_id == WORKSPACE_ID, table.c.id > BEYOND, *_conditions(way, state), has_role)
        .order_by(table.c.id)
        .limit(MOST)
    )


def _in_later_workspaces(
    sharing: Sharing, way: ByRole, state: ColumnElement[bool] | None, *, has_lateral: bool
) -> Select[Any]:
    """Return the objects of the workspaces after it, from each no more than a page holds."""
    member = memberships.alias()
    table = sharing.table
    mine = (
        member.c.account_id == ACCOUNT,
        member.c.workspace_id > WORKSPACE_ID,
        member.c.role.in_(way.roles),
    )
    inside = (table.c.workspace_id == member.c.workspace_id, *_conditions(way, state))
    if not has_lateral:
        # SQLite reads the memberships in order, and stops when the page is full.
        query = select(table.c.id).join_from(member, table, inside[0]).where(*mine, *inside[1:])
        return query.order_by(member.c.workspace_id, table.c.id).limit(MOST)
    # With that query, PostgreSQL would sort all objects of the first workspace.
    each = select(table.c.id).where(*inside).order_by(table.c.id).limit(MOST).lateral()
    query = select(each.c.id).select_from(member.join(each, true())).where(*mine)
    return query.order_by(member.c.workspace_id, each.c.id).limit(MOST)


def _conditions(way: ByRole, state: ColumnElement[bool] | None) -> list[Condition]:
    found: list[Condition | None] = [way.condition, state]
    return [condition for condition in found if condition is not None]
