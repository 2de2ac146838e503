"""Who may do what, of many at once: the facts of `access.py` for every account of a workspace.

A survey goes through one project or dataset after the other, in each through the accounts by username, and
reads no further than a page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import Connection, FromClause, Integer, Row, Select, bindparam, select

from mlsteward_server.access import dataset_facts, project_facts
from mlsteward_server.storage.tables import accounts, datasets, memberships, projects

MOST_AT_ONCE = 500

_people = memberships.alias("people")
_MOST = bindparam("most", type_=Integer)


def _with_accounts(holder: Any) -> FromClause:
    return _people.join(accounts, accounts.c.id == _people.c.account_id).join(
        holder, holder.c.workspace_id == _people.c.workspace_id
    )


def _details(facts: Select[Any]) -> Select[Any]:
    return facts.add_columns(
        accounts.c.id.label("user_id"),
        accounts.c.kind,
        accounts.c.username,
        accounts.c.is_operator,
        accounts.c.name.label("first_name"),
        accounts.c.surname,
        accounts.c.email,
        _people.c.username_key,
    )


_in_datasets = _details(dataset_facts(_people.c.account_id, _with_accounts(datasets)))
_in_projects = _details(project_facts(_people.c.account_id, _with_accounts(projects)))
_of_workspace = _people.c.workspace_id == bindparam("workspace")


class Kind:
    """How one kind of object is surveyed.

    Args:
        facts: What `access.py` asks, with the accounts joined in.
        holder: The table of the objects.
    """

    def __init__(self, facts: Select[Any], holder: Any) -> None:
        self._one_object = (
            facts.where(_of_workspace, holder.c.id == bindparam("object"), _people.c.username_key > bindparam("beyond"))
            .order_by(_people.c.username_key)
            .limit(_MOST)
        )
        self._one_account = (
            facts.where(_of_workspace, _people.c.account_id == bindparam("account"), holder.c.id > bindparam("beyond"))
            .order_by(holder.c.id)
            .limit(_MOST)
        )
        self._both = facts.where(
            _of_workspace, _people.c.account_id == bindparam("account"), holder.c.id == bindparam("object")
        )
        self._objects = (
            select(holder.c.id)
            .where(holder.c.workspace_id == bindparam("workspace"), holder.c.id > bindparam("beyond"))
            .order_by(holder.c.id)
            .limit(_MOST)
        )

    def of_object(
        self, connection: Connection, workspace: str, found: str, beyond: str = "", most: int = MOST_AT_ONCE
    ) -> Iterator[Row[Any]]:
        """Every account of the workspace with one object, by username, beyond one; read `most` at a time."""
        values = {"workspace": workspace, "object": found, "most": most}
        return _in_chunks(connection, self._one_object, values, beyond, lambda row: row.username_key)

    def of_account(
        self, connection: Connection, workspace: str, account: str, beyond: str = "", most: int = MOST_AT_ONCE
    ) -> Iterator[Row[Any]]:
        """One account with every object of the workspace, oldest first, beyond one; read `most` at a time."""
        values = {"workspace": workspace, "account": account, "most": most}
        return _in_chunks(connection, self._one_account, values, beyond, lambda row: row.id)

    def of_both(self, connection: Connection, workspace: str, account: str, found: str) -> Iterator[Row[Any]]:
        """One account with one object; nothing where the account is not in the workspace."""
        values = {"workspace": workspace, "account": account, "object": found}
        yield from connection.execute(self._both, values)

    def objects(self, connection: Connection, workspace: str, beyond: str = "") -> Iterator[str]:
        """The ids of the objects of the workspace, oldest first, beyond one."""
        values = {"workspace": workspace, "most": MOST_AT_ONCE}
        for row in _in_chunks(connection, self._objects, values, beyond, lambda row: row.id):
            yield row.id


def _in_chunks(
    connection: Connection, query: Select[Any], values: dict[str, Any], beyond: str, key: Callable[[Row[Any]], str]
) -> Iterator[Row[Any]]:
    while True:
        rows = connection.execute(query, {**values, "beyond": beyond}).all()
        yield from rows
        if len(rows) < values["most"]:
            return
        beyond = key(rows[-1])


DATASETS = Kind(_in_datasets, datasets)
PROJECTS = Kind(_in_projects, projects)
