"""Groups of people, who are granted things together."""

from __future__ import annotations

from typing import Any

from mlsteward_api.models import Group, GroupCreate, GroupUpdate, GroupUsers, Member
from mlsteward_api.types import UNSET, Unset
from sqlalchemy import Row, Select, delete, func, insert, select, update

from mlsteward_server import people, references
from mlsteward_server.context import Context
from mlsteward_server.domains.workspaces.members import member_account, to_member
from mlsteward_server.people import USER
from mlsteward_server.problems import Problem, quote
from mlsteward_server.storage.ids import looks_like_id, new_id
from mlsteward_server.storage.tables import accounts, group_members, groups, memberships

__all__ = [
    "add_group_members",
    "create_group",
    "delete_group",
    "get_group",
    "list_group_members",
    "list_groups",
    "list_member_groups",
    "remove_group_members",
    "update_group",
]

_count = (
    select(func.count())
    .select_from(group_members)
    .where(group_members.c.group_id == groups.c.id)
    .scalar_subquery()
    .label("members_count")
)


def list_groups(context: Context) -> list[Group]:
    return _page_of_groups(context, _groups().where(groups.c.workspace_id == context.workspace.id))


def create_group(context: Context, body: GroupCreate) -> Group:
    people.lock_workspace(context.connection, context.workspace.id)
    _refuse_taken_name(context, body.name)
    group_id = new_id()
    context.connection.execute(
        insert(groups),
        {
            "id": group_id,
            "workspace_id": context.workspace.id,
            "name": body.name,
            "name_key": body.name.lower(),
            "description": body.description or "",
            "created_at": context.now,
        },
    )
    if not isinstance(body.users, Unset):
        _add(context, group_id, _people_of(context, body.users))
    return _read(context, group_id)


def get_group(context: Context, *, group: str) -> Group:
    return _group(find_group(context, group))


def update_group(context: Context, body: GroupUpdate, *, group: str) -> Group:
    people.lock_workspace(context.connection, context.workspace.id)
    found = find_group(context, group)
    context.audited = found.id
    changes: dict[str, Any] = {}
    if not isinstance(body.name, Unset):
        if body.name.lower() != found.name_key:
            _refuse_taken_name(context, body.name)
        changes |= {"name": body.name, "name_key": body.name.lower()}
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


def delete_group(context: Context, *, group: str) -> None:
    people.lock_workspace(context.connection, context.workspace.id)
    found = find_group(context, group)
    context.audited = found.id
    context.connection.execute(delete(groups).where(groups.c.id == found.id))


def list_group_members(context: Context, *, group: str) -> list[Member]:
    query: Select[Any] = (
        select(*accounts.c, memberships.c.role, memberships.c.joined_at)
        .join_from(group_members, accounts)
        .join(
            memberships,
            (memberships.c.account_id == accounts.c.id) & (memberships.c.workspace_id == context.workspace.id),
        )
        .where(group_members.c.group_id == find_group(context, group).id)
    )
    after = context.page.after()
    if after is not None:
        query = query.where(group_members.c.username_key > after[0])
    rows = context.connection.execute(query.order_by(group_members.c.username_key).limit(context.page.fetch)).all()
    return [to_member(row, full=True) for row in context.page.cut(rows, lambda row: [row.username_key])]


def add_group_members(context: Context, body: GroupUsers, *, group: str) -> Group:
    people.lock_workspace(context.connection, context.workspace.id)
    found = find_group(context, group)
    context.audited = found.id
    _add(context, found.id, _people_of(context, body.users))
    return _read(context, found.id)


def remove_group_members(context: Context, body: GroupUsers, *, group: str) -> Group:
    people.lock_workspace(context.connection, context.workspace.id)
    found = find_group(context, group)
    context.audited = found.id
    leaving = [account.id for account in _people_of(context, body.users)]
    context.connection.execute(
        delete(group_members).where(group_members.c.group_id == found.id, group_members.c.account_id.in_(leaving))
    )
    return _read(context, found.id)


def list_member_groups(context: Context) -> list[Group]:
    account = member_account(context)
    mine = select(group_members.c.group_id).where(group_members.c.account_id == account.id)
    query = _groups().where(groups.c.workspace_id == context.workspace.id, groups.c.id.in_(mine))
    return _page_of_groups(context, query)


# ---- steps


def find_group(context: Context, reference: str) -> Row[Any]:
    """A group of the workspace, by id or name.

    Raises:
        Problem: There is none.
    """
    column = groups.c.id if looks_like_id(reference) else groups.c.name_key
    row = context.connection.execute(
        _groups().where(groups.c.workspace_id == context.workspace.id, column == reference.lower())
    ).first()
    if row is None:
        raise Problem(
            "group_not_found",
            f"The workspace {quote(context.workspace.name)} has no group {quote(reference)}.",
            "Name it by its id or its name.",
        )
    return row


def _groups() -> Select[Any]:
    return select(*groups.c, _count)


def _page_of_groups(context: Context, query: Select[Any]) -> list[Group]:
    after = context.page.after()
    if after is not None:
        query = query.where(groups.c.name_key > after[0])
    rows = context.connection.execute(query.order_by(groups.c.name_key).limit(context.page.fetch)).all()
    return [_group(row) for row in context.page.cut(rows, lambda row: [row.name_key])]


def _refuse_taken_name(context: Context, name: str) -> None:
    taken = context.connection.execute(
        select(groups.c.id).where(groups.c.workspace_id == context.workspace.id, groups.c.name_key == name.lower())
    ).first()
    if taken is not None or references.is_reserved(name):
        raise Problem(
            "group_name_taken",
            f"The workspace {quote(context.workspace.name)} has a group {quote(name)} already.",
            "Choose another name.",
        )


def _people_of(context: Context, wanted: list[str]) -> list[Row[Any]]:
    """The people of the workspace that references name, each once.

    Raises:
        Problem: One of them is not a person of the workspace; then none is added.
    """
    keys = {reference: context.caller.id if reference == references.ME else reference.lower() for reference in wanted}
    there = (
        select(accounts)
        .join(memberships)
        .where(memberships.c.workspace_id == context.workspace.id, memberships.c.kind == USER)
    )
    by_key: dict[str, Row[Any]] = {}
    # One query for each form a name can have, however many there are.
    for column in (accounts.c.email_key, accounts.c.username_key, accounts.c.id):
        for row in context.connection.execute(there.where(column.in_(set(keys.values())))):
            by_key[row._mapping[column.name]] = row
    for reference, key in keys.items():
        if key not in by_key:
            raise Problem(
                "member_not_found",
                f"The workspace {quote(context.workspace.name)} has no person {quote(reference)}.",
                "Check the id, email address or username; nobody was added or removed.",
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
            "workspace_id": context.workspace.id,
            "username_key": account.username_key,
        }
        for account in wanted
        if account.id not in there
    ]
    if rows:
        context.connection.execute(insert(group_members), rows)


def _read(context: Context, group_id: str) -> Group:
    return _group(context.connection.execute(_groups().where(groups.c.id == group_id)).one())


def _group(row: Row[Any]) -> Group:
    return Group(
        id=row.id,
        name=row.name,
        description=row.description or UNSET,
        members_count=row.members_count,
        created_at=row.created_at,
    )
