"""List and explain the access of many accounts or to many objects.

For one account and every object of a workspace, this uses the query of a check. For one object and every account, it
scans one index for each kind of fact, because joining the facts for each person would take seven times as long. In
both cases the rules of `ladders.py` decide.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from sqlalchemy import (
    BindParameter,
    Connection,
    Integer,
    Row,
    Select,
    Table,
    TextClause,
    bindparam,
    select,
)

from mlsteward_server.access.ladders import Given
from mlsteward_server.paging import in_chunks
from mlsteward_server.storage.tables.identity import accounts
from mlsteward_server.storage.tables.workspaces import memberships

MOST_AT_ONCE = 500
"""Number of rows to read at a time if it is unknown how many are needed."""

ACCOUNT: BindParameter[str] = bindparam("account")
WORKSPACE_ID: BindParameter[str] = bindparam("workspace")
OBJECT: BindParameter[str] = bindparam("object")
BEYOND: BindParameter[str] = bindparam("beyond")
UP_TO: BindParameter[str] = bindparam("up_to")
MOST = bindparam("most", type_=Integer)

RulesOf = Callable[[Row[Any]], list[Given]]


class ByRole(NamedTuple):
    """Access to the objects of the workspaces in which an account has certain roles.

    Attributes:
        roles: The roles of the account in the workspace.
        condition: Which objects (default: all). Must be spelled as in the partial index of these objects.
    """

    roles: tuple[str, ...]
    condition: TextClause | None = None


class Direct(NamedTuple):
    """Access to the objects that rows about the account name, such as grants.

    Attributes:
        select: Selects the workspace and the id of each object, for the account `ACCOUNT`.
        is_distinct: Whether `select` returns each object only once.
    """

    select: Select[Any]
    is_distinct: bool = True


@dataclass(frozen=True, kw_only=True, eq=False)
class Sharing:
    """How to list and explain access to one kind of object.

    Attributes:
        table: The table of the objects, with the columns `id`, `name` and `workspace_id`.
        facts: Selects the objects, with every fact that the rules need about the account `ACCOUNT`.
        rules: Applies the rules to a row of `facts`. Returns every rule that applies, the effective one first.
        considered: As `rules`, but also returns rules that a check skips because they cannot decide.
        everyone: Applies the rules to the accounts of a workspace, given one object and a range of `username_key`.
        ways: The ways in which an account gets access. They find every object on which a rule gives it anything.
        facts_about: The columns of an object that `everyone` needs.
        nothing: The role of an account if no rule applies.
    """

    table: Table
    facts: Select[Any]
    rules: Callable[[Row[Any], bool], list[Given]]
    considered: Callable[[Connection, Row[Any], Row[Any]], list[Given]]
    everyone: Callable[[Connection, Row[Any], str, str], RulesOf]
    ways: Sequence[ByRole | Direct]
    facts_about: Sequence[str] = ()
    nothing: str | None = None

    @cached_property
    def _columns(self) -> list[Any]:
        return [self.table.c[name] for name in ("id", "name", "workspace_id", *self.facts_about)]

    @cached_property
    def of_account(self) -> Select[Any]:
        """Select the objects of a workspace with the facts about an account, by id."""
        within = (self.table.c.workspace_id == WORKSPACE_ID, self.table.c.id > BEYOND)
        return self.facts.where(*within).order_by(self.table.c.id).limit(MOST)

    @cached_property
    def one_of_account(self) -> Select[Any]:
        """Select one object with the facts about an account."""
        return self.facts.where(self.table.c.id == OBJECT)

    @cached_property
    def objects(self) -> Select[Any]:
        """Select the objects of a workspace, by id."""
        within = (self.table.c.workspace_id == WORKSPACE_ID, self.table.c.id > BEYOND)
        return select(*self._columns).where(*within).order_by(self.table.c.id).limit(MOST)

    @cached_property
    def object_by_id(self) -> Select[Any]:
        """Select one object."""
        return select(*self._columns).where(self.table.c.id == OBJECT)


class Surveyed(NamedTuple):
    """The access of one account to one object.

    Attributes:
        object: A row with the `id` and `name` of the object.
        account: A row with the `id`, `username` and `kind` of the account.
        rules: Every rule that applies, the effective one first.
    """

    object: Row[Any]
    account: Row[Any]
    rules: list[Given]


def survey_account(
    connection: Connection,
    sharing: Sharing,
    account: Row[Any],
    workspace: str,
    beyond: str = "",
    most: int = MOST_AT_ONCE,
) -> Iterator[Surveyed]:
    """Yield the access of one account to every object of a workspace, oldest first.

    Args:
        beyond: Yield only objects after this id.
        most: Number of rows to read at a time.
    """
    values = {"account": account.id, "workspace": workspace, "most": most}
    for rows in in_chunks(connection, sharing.of_account, values, beyond, lambda row: row.id):
        for row in rows:
            yield Surveyed(row, account, sharing.rules(row, account.is_operator))


def survey_both(connection: Connection, sharing: Sharing, account: Row[Any], object_id: str) -> Surveyed:
    """Return the access of one account to one object."""
    row = connection.execute(sharing.one_of_account, {"account": account.id, "object": object_id}).one()
    return Surveyed(row, account, sharing.rules(row, account.is_operator))


def survey_object(
    connection: Connection, sharing: Sharing, found: Row[Any], beyond: str = "", most: int = MOST_AT_ONCE
) -> Iterator[Surveyed]:
    """Yield the access of every account of a workspace to one object, by username.

    Args:
        found: The object, with the columns that `everyone` needs.
        beyond: Yield only accounts after this `username_key`.
        most: Number of rows to read at a time.
    """
    values = {"workspace": found.workspace_id, "most": most}
    for people in in_chunks(connection, _people, values, beyond, lambda row: row.username_key):
        if people:
            rules = sharing.everyone(connection, found, beyond, people[-1].username_key)
            for person in people:
                yield Surveyed(found, person, rules(person))
            beyond = people[-1].username_key


def objects(connection: Connection, sharing: Sharing, workspace: str, beyond: str = "") -> Iterator[Row[Any]]:
    """Yield the objects of a workspace after an id, oldest first."""
    values = {"workspace": workspace, "most": MOST_AT_ONCE}
    for rows in in_chunks(connection, sharing.objects, values, beyond, lambda row: row.id):
        yield from rows


def find_object(connection: Connection, sharing: Sharing, object_id: str) -> Row[Any] | None:
    """Return one object, with the columns that `everyone` needs."""
    return connection.execute(sharing.object_by_id, {"object": object_id}).first()


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
    .where(memberships.c.workspace_id == WORKSPACE_ID, memberships.c.username_key > BEYOND)
    .order_by(memberships.c.username_key)
    .limit(MOST)
)
