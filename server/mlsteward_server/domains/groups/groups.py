"""Groups of people, which can be granted access together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from mlsteward_api.models import BulkAnswer, Group, GroupCreate, GroupUpdate, GroupUsers, Member
from mlsteward_api.types import UNSET, Unset
from sqlalchemy import Row, Select, delete, insert, select, update

from mlsteward_server.accounts.accounts import USER
from mlsteward_server.context import Context, Singles
from mlsteward_server.domains.bulk import Row as BulkRow
from mlsteward_server.domains.bulk import each
from mlsteward_server.domains.groups.resource import GROUP, GROUPS
from mlsteward_server.domains.workspaces.members import member_account, to_member
from mlsteward_server.domains.workspaces.resource import WORKSPACE
from mlsteward_server.names import ME, is_reserved, key_of
from mlsteward_server.problems import Problem, quote
from mlsteward_server.storage.ids import new_id
from mlsteward_server.storage.tables.groups import group_members, groups
from mlsteward_server.storage.tables.identity import accounts
from mlsteward_server.storage.tables.workspaces import memberships

MOST_UNKNOWN = 10
"""Maximum number of unknown people that one answer names."""


def list_groups(context: Context) -> list[Group]:
    """List the groups of the workspace, by name."""
    return _page_of_groups(context, GROUPS.where(groups.c.workspace_id == context[WORKSPACE].id))


def create_group(context: Context, body: GroupCreate) -> Group:
    """Create a group with its first members."""
    _refuse_taken_name(context, body.name)
    group_id = new_id()
    context.connection.execute(
        insert(groups),
        {
            "id": group_id,
            "workspace_id": context[WORKSPACE].id,
            "name": body.name,
            "name_key": key_of(body.name),
            "description": body.description or "",
            "created_at": context.now,
        },
    )
    if not isinstance(body.users, Unset):
        _add(context, group_id, _people_of(context, body.users))
    return _read(context, group_id)


def get_group(context: Context) -> Group:
    """Return the group."""
    return _group(context[GROUP].row)


def update_group(context: Context, body: GroupUpdate) -> Group:
    """Change the name or the description of the group, or replace its members."""
    found = context[GROUP].row
    changes: dict[str, Any] = {}
    if not isinstance(body.name, Unset):
        if key_of(body.name) != found.name_key:
            _refuse_taken_name(context, body.name)
        changes |= {"name": body.name, "name_key": key_of(body.name)}
    if not isinstance(body.description, Unset):
        changes["description"] = body.description
    if changes:
        context.connection.execute(update(groups).where(groups.c.id == found.id).values(changes))
    if not isinstance(body.users, Unset):
        wanted = _people_of(context, body.users)
        context.connection.execute(
            delete(group_members).where(
                group_members.c.group_id == found.id,
                group_members.c.account_id.not_in([account.id for account in wanted]),
            )
        )
        _add(context, found.id, wanted)
    return _read(context, found.id)


def delete_group(context: Context) -> None:
    """Delete the group and its permissions."""
    found = context[GROUP].row
    context.connection.execute(delete(groups).where(groups.c.id == found.id))


def list_group_members(context: Context) -> list[Member]:
    """List the people in the group, by username."""
    query: Select[Any] = (
        select(*accounts.c, memberships.c.role, memberships.c.joined_at)
        .join_from(group_members, accounts)
        .join(
            memberships,
            (memberships.c.account_id == accounts.c.id) & (memberships.c.workspace_id == context[WORKSPACE].id),
        )
        .where(group_members.c.group_id == context[GROUP].id)
    )
    after = context.page.after()
    if after is not None:
        query = query.where(group_members.c.username_key > after[0])
    rows = context.connection.execute(query.order_by(group_members.c.username_key).limit(context.page.fetch)).all()
    return [to_member(row, full=True) for row in context.page.cut(rows, lambda row: [row.username_key])]


def add_group_members(context: Context, body: GroupUsers) -> Group:
    """Add people of the workspace to the group. Adds all of them or none."""
    found = context[GROUP].row
    _add(context, found.id, _people_of(context, body.users))
    return _read(context, found.id)


def remove_group_members(context: Context, body: GroupUsers) -> Group:
    """Remove people from the group. Ignores people who are not in it."""
    found = context[GROUP].row
    leaving = [account.id for account in _people_of(context, body.users)]
    context.connection.execute(
        delete(group_members).where(group_members.c.group_id == found.id, group_members.c.account_id.in_(leaving))
    )
    return _read(context, found.id)


def change_group_members(context: Context, rows: Sequence[BulkRow]) -> BulkAnswer:
    """Add people to the group, and remove others from it."""
    there = {"workspace": context[WORKSPACE].id, "group": context[GROUP].id}
    count = context[GROUP].row.members_count
    names: dict[str, str] = {}

    def carry_out(singles: Singles, row: BulkRow) -> bool:
        nonlocal count
        operation = "remove_group_members" if row.get("remove") else "add_group_members"
        before, count = count, singles.carry_out(operation, there, {"users": [row["user"]]}).members_count
        (person,) = _people_of(context, [row["user"]])
        names[row["user"]] = person.username
        return bool(count != before)

    return each(context, rows, carry_out, named=lambda row: names.get(str(row.get("user"))) or row.get("user"))


def list_member_groups(context: Context) -> list[Group]:
    """List the groups of a person, by name."""
    account = member_account(context)
    mine = select(group_members.c.group_id).where(group_members.c.account_id == account.id)
    query = GROUPS.where(groups.c.workspace_id == context[WORKSPACE].id, groups.c.id.in_(mine))
    return _page_of_groups(context, query)


# ---- steps


def _page_of_groups(context: Context, query: Select[Any]) -> list[Group]:
    after = context.page.after()
    if after is not None:
        query = query.where(groups.c.name_key > after[0])
    rows = context.connection.execute(query.order_by(groups.c.name_key).limit(context.page.fetch)).all()
    return [_group(row) for row in context.page.cut(rows, lambda row: [row.name_key])]


def _refuse_taken_name(context: Context, name: str) -> None:
    taken = context.connection.execute(
        select(groups.c.id).where(groups.c.workspace_id == context[WORKSPACE].id, groups.c.name_key == key_of(name))
    ).first()
    if taken is not None or is_reserved(name):
        raise Problem(
            "group_name_taken",
            f"The workspace {quote(context[WORKSPACE].name)} already has a group {quote(name)}.",
            "Choose another name.",
        )


def _people_of(context: Context, wanted: list[str]) -> list[Row[Any]]:
    """Return the people of the workspace that references name, without duplicates.

    Raises:
        Problem: A reference does not name a person in the workspace.
    """
    keys = {reference: context.caller.id if reference == ME else key_of(reference) for reference in wanted}
    there = (
        select(accounts)
        .join(memberships)
        .where(memberships.c.workspace_id == context[WORKSPACE].id, memberships.c.kind == USER)
    )
    by_key: dict[str, Row[Any]] = {}
    # One query for each kind of reference, no matter how many there are. Later kinds take precedence.
    for column in (accounts.c.noted_email_key, accounts.c.email_key, accounts.c.username_key, accounts.c.id):
        found = context.connection.execute(there.where(column.in_(set(keys.values())))).all()
        shared = Counter(row._mapping[column.name] for row in found)
        by_key |= {row._mapping[column.name]: row for row in found if shared[row._mapping[column.name]] == 1}
    unknown = [reference for reference, key in keys.items() if key not in by_key]
    if unknown:
        named = ", ".join(map(quote, unknown[:MOST_UNKNOWN]))
        more = len(unknown) - MOST_UNKNOWN
        raise Problem(
            "member_not_found",
            f"The workspace {quote(context[WORKSPACE].name)} has no person {named}"
            + (f" and {more} more." if more > 0 else "."),
            "Check each id, email address or username. Nobody was added or removed.",
        )
    return list({by_key[key].id: by_key[key] for key in keys.values()}.values())


def _add(context: Context, group_id: str, wanted: list[Row[Any]]) -> None:
    there = set(
        context.connection.execute(
            select(group_members.c.account_id).where(
                group_members.c.group_id == group_id, group_members.c.account_id.in_([row.id for row in wanted])
            )
        ).scalars()
    )
    rows = [
        {
            "group_id": group_id,
            "account_id": account.id,
            "workspace_id": context[WORKSPACE].id,
            "username_key": account.username_key,
        }
        for account in wanted
        if account.id not in there
    ]
    if rows:
        context.connection.execute(insert(group_members), rows)


def _read(context: Context, group_id: str) -> Group:
    return _group(context.connection.execute(GROUPS.where(groups.c.id == group_id)).one())


def _group(row: Row[Any]) -> Group:
    return Group(
        id=row.id,
        name=row.name,
        description=row.description or UNSET,
        members_count=row.members_count,
        created_at=row.created_at,
    )
