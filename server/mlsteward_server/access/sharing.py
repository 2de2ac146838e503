"""Who may do what, of many at once.

What one account may do with every object of a workspace is asked with the select that a check uses. What every
account may do with one object is gathered in scans along indexes, one for each kind of fact: joined person by person
they would cost seven times as much. Either way the rules of `ladders.py` decide.
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
"""How many rows are read at a time where it is not known how many are needed."""

ACCOUNT: BindParameter[str] = bindparam("account")
WORKSPACE_ID: BindParameter[str] = bindparam("workspace")
OBJECT: BindParameter[str] = bindparam("object")
BEYOND: BindParameter[str] = bindparam("beyond")
UP_TO: BindParameter[str] = bindparam("up_to")
MOST = bindparam("most", type_=Integer)

RulesOf = Callable[[Row[Any]], list[Given]]


class ByRole(NamedTuple):
    """A way to objects: those of the workspaces in which an account has one of some roles.

    Attributes:
        roles: Of the account in the workspace.
        condition: Which objects; all of them unless given. Spelled as in the index that holds these alone.
    """

    roles: tuple[str, ...]
    condition: TextClause | None = None


class Direct(NamedTuple):
    """A way to objects: those that rows about the account name.

    Attributes:
        select: The workspace and the id of each object, for the account `ACCOUNT`.
        is_distinct: Whether it names each object only once.
    """

    select: Select[Any]
    is_distinct: bool = True


@dataclass(frozen=True, kw_only=True, eq=False)
class Sharing:
    """How access to the objects of one kind is listed and explained.

    Attributes:
        table: Where the objects are; it has `id`, `name` and `workspace_id`.
        facts: The objects, with everything the rules ask about the account `ACCOUNT`.
        rules: The rules applied to a row of `facts`: every rule that applies, the one that counts first.
        considered: The same, complete where a check leaves out what cannot decide.
        everyone: The rules applied to the accounts of a workspace with one object, given the object and the range of
            `username_key`.
        ways: How an account gets at objects. Every object on which a rule gives it something is found on one of them.
        facts_about: The columns of an object that `everyone` asks for.
        nothing: What an account has that no rule gives anything.
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
        """The objects of a workspace with what the rules ask about an account, by id."""
        within = (self.table.c.workspace_id == WORKSPACE_ID, self.table.c.id > BEYOND)
        return self.facts.where(*within).order_by(self.table.c.id).limit(MOST)

    @cached_property
    def one_of_account(self) -> Select[Any]:
        """One object with what the rules ask about an account."""
        return self.facts.where(self.table.c.id == OBJECT)

    @cached_property
    def objects(self) -> Select[Any]:
        """The objects of a workspace, by id."""
        within = (self.table.c.workspace_id == WORKSPACE_ID, self.table.c.id > BEYOND)
        return select(*self._columns).where(*within).order_by(self.table.c.id).limit(MOST)

    @cached_property
    def object_by_id(self) -> Select[Any]:
        """One object."""
        return select(*self._columns).where(self.table.c.id == OBJECT)


class Surveyed(NamedTuple):
    """What one account is in one object.

    Attributes:
        object: A row with the `id` and `name` of the object.
        account: A row with the `id`, `username` and `kind` of the account.
        rules: Every rule that gives it something, the one that counts first.
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
    """An account with every object of a workspace, oldest first.

    Args:
        beyond: Only those after this id.
        most: How many are read at a time.
    """
    values = {"account": account.id, "workspace": workspace, "most": most}
    for rows in in_chunks(connection, sharing.of_account, values, beyond, lambda row: row.id):
        for row in rows:
            yield Surveyed(row, account, sharing.rules(row, account.is_operator))


def survey_both(connection: Connection, sharing: Sharing, account: Row[Any], object_id: str) -> Surveyed:
    """An account with one object."""
    row = connection.execute(sharing.one_of_account, {"account": account.id, "object": object_id}).one()
    return Surveyed(row, account, sharing.rules(row, account.is_operator))


def survey_object(
    connection: Connection, sharing: Sharing, found: Row[Any], beyond: str = "", most: int = MOST_AT_ONCE
) -> Iterator[Surveyed]:
    """Every account of the workspace of an object with it, by username.

    Args:
        found: The object, with what `everyone` asks for.
        beyond: Only those after this `username_key`.
        most: How many are read at a time.
    """
    values = {"workspace": found.workspace_id, "most": most}
    for people in in_chunks(connection, _people, values, beyond, lambda row: row.username_key):
        if people:
            rules = sharing.everyone(connection, found, beyond, people[-1].username_key)
            for person in people:
                yield Surveyed(found, person, rules(person))
            beyond = people[-1].username_key


def objects(connection: Connection, sharing: Sharing, workspace: str, beyond: str = "") -> Iterator[Row[Any]]:
    """The objects of a workspace, oldest first, after an id."""
    values = {"workspace": workspace, "most": MOST_AT_ONCE}
    for rows in in_chunks(connection, sharing.objects, values, beyond, lambda row: row.id):
        yield from rows


def find_object(connection: Connection, sharing: Sharing, object_id: str) -> Row[Any] | None:
    """One object, with what `everyone` asks for."""
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
