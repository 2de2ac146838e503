"""The datasets of a workspace that an account can perhaps view, along the ways in which it can.

An account with little access pays for what it can reach, not for what there is.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, Connection, Integer, Row, Select, bindparam, select, text, tuple_, union_all

from mlsteward_server.facts import dataset_facts
from mlsteward_server.paging import in_chunks
from mlsteward_server.storage.tables import dataset_group_grants, dataset_user_grants, datasets, group_members

MOST_AT_ONCE = 200

_ACCOUNT: BindParameter[str] = bindparam("account")
_WORKSPACE: BindParameter[str] = bindparam("workspace")
_BEYOND: BindParameter[str] = bindparam("beyond")
_MOST = bindparam("most", type_=Integer)


def of_account(
    connection: Connection, account_id: str, role: str, is_operator: bool, workspace_id: str, beyond: str | None
) -> Iterator[Row[Any]]:
    """Rows of `facts.dataset_facts` of what an account can perhaps view, oldest first.

    Where its own grant says NO_ACCESS, or a group was granted just that, it cannot.

    Args:
        role: Of the account in the workspace.
        beyond: Only those after this id.
    """
    query = _query("admin" if is_operator else role)
    values = {"account": account_id, "workspace": workspace_id, "most": MOST_AT_ONCE}
    for rows in in_chunks(connection, query, values, beyond or "", lambda row: row.id):
        yield from rows


def of_platform(connection: Connection, operator_id: str, beyond: tuple[str, str]) -> Iterator[Row[Any]]:
    """Rows of `facts.dataset_facts` of all there is, for the operator: by workspace, oldest first.

    Args:
        beyond: Only those after this workspace and id.
    """
    workspace, last = beyond
    while True:
        values = {"account": operator_id, "workspace": workspace, "beyond": last, "most": MOST_AT_ONCE}
        rows = connection.execute(_everything, values).all()
        yield from rows
        if len(rows) < MOST_AT_ONCE:
            return
        workspace, last = rows[-1].workspace_id, rows[-1].id


_everything = (
    dataset_facts(_ACCOUNT)
    .where(tuple_(datasets.c.workspace_id, datasets.c.id) > tuple_(_WORKSPACE, _BEYOND))
    .order_by(datasets.c.workspace_id, datasets.c.id)
    .limit(_MOST)
)


@cache
def _query(role: str) -> Select[Any]:
    query = (
        dataset_facts(_ACCOUNT)
        .where(datasets.c.workspace_id == _WORKSPACE, datasets.c.id > _BEYOND)
        .order_by(datasets.c.id)
        .limit(_MOST)
    )
    if role == "admin":
        return query
    own, shared = dataset_user_grants.c, dataset_group_grants.c
    ways = [
        select(own.dataset_id)
        .where(own.account_id == _ACCOUNT, own.workspace_id == _WORKSPACE, own.dataset_id > _BEYOND)
        .order_by(own.dataset_id),
        select(shared.dataset_id)
        .join(group_members, group_members.c.group_id == shared.group_id)
        .where(
            group_members.c.account_id == _ACCOUNT,
            group_members.c.workspace_id == _WORKSPACE,
            shared.dataset_id > _BEYOND,
        )
        .distinct()
        .order_by(shared.dataset_id),
    ]
    if role == "member":
        open_to_members = (
            # Spelled as in the index that holds these alone.
            select(datasets.c.id)
            .where(datasets.c.workspace_id == _WORKSPACE, text("default_permission > 0"), datasets.c.id > _BEYOND)
            .order_by(datasets.c.id)
        )
        ways.append(open_to_members)
    found = [select(way.limit(_MOST).subquery().c[0]) for way in ways]
    return query.where(datasets.c.id.in_(union_all(*found)))
