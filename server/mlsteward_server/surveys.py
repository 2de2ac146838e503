"""Who may do what, of many at once.

What one account may do with every object of a workspace is asked with the selects of `facts.py`, as a
check does. What every account may do with one object is gathered in scans along indexes, one for each kind of fact:
joined person by person they would cost seven times as much. Either way `roles.py` has the last word.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, Connection, Integer, Row, Select, bindparam, select

from mlsteward_server.facts import dataset_facts, project_facts, rules_in_dataset, rules_in_project
from mlsteward_server.paging import in_chunks
from mlsteward_server.roles import Given, dataset_rules, project_rules
from mlsteward_server.storage.tables import (
    accounts,
    dataset_group_grants,
    dataset_user_grants,
    datasets,
    group_members,
    groups,
    memberships,
    project_users,
    projects,
)

MOST_AT_ONCE = 500
"""How many rows are read at a time where it is not known how many are needed."""

DATASET, PROJECT = "dataset", "project"


class Surveyed(NamedTuple):
    """What one account is in one object.

    Attributes:
        object: A row with the `id` and `name` of the dataset or project.
        account: A row with the `id`, `username` and `kind` of the account.
        rules: Everything that gives it something, the one that counts first.
    """

    object: Row[Any]
    account: Row[Any]
    rules: list[Given]


_ACCOUNT: BindParameter[str] = bindparam("account")
_WORKSPACE: BindParameter[str] = bindparam("workspace")
_OBJECT: BindParameter[str] = bindparam("object")
_BEYOND: BindParameter[str] = bindparam("beyond")
_UP_TO: BindParameter[str] = bindparam("up_to")
_MOST = bindparam("most", type_=Integer)


# ---- one account, every object


def of_account(
    connection: Connection, kind: str, account: Row[Any], workspace: str, beyond: str = "", most: int = MOST_AT_ONCE
) -> Iterator[Surveyed]:
    """An account with every dataset or project of a workspace, oldest first.

    Args:
        beyond: Only those after this id.
        most: How many are read at a time.
    """
    query, rules = _OF_ACCOUNT[kind], rules_in_dataset if kind == DATASET else rules_in_project
    values = {"account": account.id, "workspace": workspace, "most": most}
    for rows in in_chunks(connection, query, values, beyond, lambda row: row.id):
        for row in rows:
            yield Surveyed(row, account, rules(row, is_operator=account.is_operator))


_OF_ACCOUNT: Mapping[str, Select[Any]] = {
    kind: facts.where(table.c.workspace_id == _WORKSPACE, table.c.id > _BEYOND).order_by(table.c.id).limit(_MOST)
    for kind, facts, table in (
        (DATASET, dataset_facts(_ACCOUNT), datasets),
        (PROJECT, project_facts(_ACCOUNT), projects),
    )
}


# ---- one object, every account


def in_object(
    connection: Connection, kind: str, found: Row[Any], beyond: str = "", most: int = MOST_AT_ONCE
) -> Iterator[Surveyed]:
    """Every account of the workspace of a dataset or project with it, by username.

    Args:
        found: A row of `objects`.
        beyond: Only those after this `username_key`.
        most: How many are read at a time.
    """
    rules_of = _rules_in_dataset if kind == DATASET else _rules_in_project
    values = {"workspace": found.workspace_id, "most": most}
    for people in in_chunks(connection, _people, values, beyond, lambda row: row.username_key):
        if people:
            rules = rules_of(connection, found, beyond, people[-1].username_key)
            for person in people:
                yield Surveyed(found, person, rules(person))
            beyond = people[-1].username_key


def objects(connection: Connection, kind: str, workspace: str, beyond: str = "") -> Iterator[Row[Any]]:
    """The datasets or projects of a workspace, oldest first, after an id."""
    for rows in in_chunks(
        connection,
        _OBJECTS[kind],
        {"workspace": workspace, "most": MOST_AT_ONCE},
        beyond,
        lambda row: row.id,
    ):
        yield from rows


def find_object(connection: Connection, kind: str, object_id: str) -> Row[Any] | None:
    """The row of `objects` of one dataset or project."""
    return connection.execute(_OBJECT_BY_ID[kind], {"object": object_id}).first()


Rules = Callable[[Row[Any]], list[Given]]


def _rules_in_dataset(connection: Connection, dataset: Row[Any], beyond: str, up_to: str) -> Rules:
    values = {"object": dataset.id, "workspace": dataset.workspace_id, "beyond": beyond, "up_to": up_to}
    own = {row[0]: row[1] for row in connection.execute(_own_grants, values).all()}
    shared: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for account_id, permission, group in connection.execute(_group_grants, values).all():
        shared[account_id].append((permission, group))
    default = dataset.default_permission

    def rules(person: Row[Any]) -> list[Given]:
        return dataset_rules(
            is_operator=person.is_operator,
            membership=person.membership,
            own=own.get(person.id),
            groups=shared.get(person.id, ()),
            default=default,
        )

    return rules


def _rules_in_project(connection: Connection, project: Row[Any], beyond: str, up_to: str) -> Rules:
    values = {"object": project.id, "beyond": beyond, "up_to": up_to}
    roster = {row[0]: row[1] for row in connection.execute(_roster, values).all()}
    visibility = project.visibility

    def rules(person: Row[Any]) -> list[Given]:
        return project_rules(
            is_operator=person.is_operator,
            membership=person.membership,
            visibility=visibility,
            roster=roster.get(person.id),
        )

    return rules


_people = (
    select(
        memberships.c.account_id.label("id"),
        memberships.c.kind,
        memberships.c.username_key,
        memberships.c.role.label("membership"),
        accounts.c.username,
        accounts.c.is_operator,
        accounts.c.name,
        accounts.c.surname,
        accounts.c.email,
    )
    .join_from(memberships, accounts)
    .where(memberships.c.workspace_id == _WORKSPACE, memberships.c.username_key > _BEYOND)
    .order_by(memberships.c.username_key)
    .limit(_MOST)
)
_own_grants = (
    select(dataset_user_grants.c.account_id, dataset_user_grants.c.permission)
    .join_from(memberships, dataset_user_grants, dataset_user_grants.c.account_id == memberships.c.account_id)
    .where(
        dataset_user_grants.c.dataset_id == _OBJECT,
        memberships.c.workspace_id == _WORKSPACE,
        memberships.c.username_key > _BEYOND,
        memberships.c.username_key <= _UP_TO,
    )
)
_group_grants = (
    select(group_members.c.account_id, dataset_group_grants.c.permission, groups.c.name)
    .join_from(dataset_group_grants, groups)
    .join(group_members, group_members.c.group_id == dataset_group_grants.c.group_id)
    .where(
        dataset_group_grants.c.dataset_id == _OBJECT,
        group_members.c.username_key > _BEYOND,
        group_members.c.username_key <= _UP_TO,
    )
    .order_by(dataset_group_grants.c.group_id)  # of equals the oldest group counts, as in a check
)
_roster = select(project_users.c.account_id, project_users.c.role).where(
    project_users.c.project_id == _OBJECT,
    project_users.c.username_key > _BEYOND,
    project_users.c.username_key <= _UP_TO,
)

_COLUMNS: Mapping[str, tuple[Any, ...]] = {
    DATASET: (datasets.c.id, datasets.c.name, datasets.c.workspace_id, datasets.c.default_permission),
    PROJECT: (projects.c.id, projects.c.name, projects.c.workspace_id, projects.c.visibility),
}
_OBJECTS = {
    kind: select(*columns).where(columns[2] == _WORKSPACE, columns[0] > _BEYOND).order_by(columns[0]).limit(_MOST)
    for kind, columns in _COLUMNS.items()
}
_OBJECT_BY_ID = {kind: select(*columns).where(columns[0] == _OBJECT) for kind, columns in _COLUMNS.items()}
