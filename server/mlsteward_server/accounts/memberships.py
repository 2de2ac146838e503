"""Who is in a workspace, and what becomes of an account that leaves one."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    and_,
    bindparam,
    delete,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)

from mlsteward_server.accounts.accounts import lock_account
from mlsteward_server.problems import Problem, quote
from mlsteward_server.storage.prepared import Prepared
from mlsteward_server.storage.tables.datasets import dataset_user_grants, datasets
from mlsteward_server.storage.tables.groups import group_members
from mlsteward_server.storage.tables.identity import accounts, api_keys
from mlsteward_server.storage.tables.projects import project_users
from mlsteward_server.storage.tables.workspaces import invitations, memberships, workspaces

ADMIN = "admin"


_membership = Prepared(
    select(memberships).where(
        memberships.c.workspace_id == bindparam("workspace"), memberships.c.account_id == bindparam("account")
    )
)
# Not what a foreign key takes: rows that only belong to the workspace can be added meanwhile.
_lock = Prepared(
    select(workspaces.c.id).where(workspaces.c.id == bindparam("workspace")).with_for_update(key_share=True)
)


def membership(connection: Connection, workspace_id: str, account_id: str) -> Row[Any] | None:
    """The membership of an account in a workspace, if any."""
    return _membership.first(connection, {"workspace": workspace_id, "account": account_id})


def join(connection: Connection, now: datetime, workspace_id: str, account_id: str, role: str) -> None:
    """Put an account in a workspace it is not in yet."""
    account = connection.execute(
        select(accounts.c.kind, accounts.c.username_key).where(accounts.c.id == account_id)
    ).one()
    connection.execute(
        insert(memberships),
        {
            "account_id": account_id,
            "workspace_id": workspace_id,
            "kind": account.kind,
            "username_key": account.username_key,
            "role": role,
            "joined_at": now,
        },
    )


def lock_workspace(connection: Connection, workspace_id: str) -> bool:
    """Make others who change who is in a workspace, or what it holds, wait for this transaction.

    Returns:
        Whether the workspace still exists.
    """
    return _lock.first(connection, {"workspace": workspace_id}) is not None


def default_workspace_id(connection: Connection, account_id: str) -> str | None:
    """The workspace that `~` stands for: the one the account joined first."""
    found: str | None = connection.execute(
        select(memberships.c.workspace_id)
        .where(memberships.c.account_id == account_id)
        .order_by(memberships.c.joined_at, memberships.c.workspace_id)
        .limit(1)
    ).scalar()
    return found


def keep_an_admin(connection: Connection, workspace_id: str, leaving: Row[Any]) -> None:
    """Refuse to let the last admin go. The workspace must be locked.

    Raises:
        Problem: They are the last.
    """
    problem = last_admin(connection, workspace_id, leaving)
    if problem is not None:
        raise problem


def last_admin(connection: Connection, workspace_id: str, leaving: Row[Any]) -> Problem | None:
    """What stands in the way of an account that leaves as the last admin."""
    others = connection.execute(
        select(func.count())
        .select_from(memberships)
        .where(
            memberships.c.workspace_id == workspace_id,
            memberships.c.role == ADMIN,
            memberships.c.account_id != leaving.id,
        )
    ).scalar_one()
    if others:
        return None
    return Problem(
        "last_admin",
        f"{quote(leaving.username)} is the last admin of the workspace.",
        "Make somebody else an admin first.",
    )


def sent_to(account: Row[Any]) -> ColumnElement[bool]:
    """The condition that an invitation went to an account, be it before the account was made."""
    by_account = invitations.c.account_id == account.id
    return by_account if account.email_key is None else or_(by_account, invitations.c.invitee_key == account.email_key)


def goes_with(connection: Connection, workspace_id: str, account: Row[Any]) -> bool:
    """Whether an account ends where it leaves a workspace: it is in no other. The operator stays."""
    elsewhere = connection.execute(
        select(memberships.c.workspace_id)
        .where(memberships.c.account_id == account.id, memberships.c.workspace_id != workspace_id)
        .limit(1)
    ).first()
    return elsewhere is None and not account.is_operator


def leave(connection: Connection, workspace_id: str, account: Row[Any]) -> None:
    """Take an account out of a workspace and everything in it; out of the world with its last workspace."""
    lock_account(connection, account.id)  # or it could come into another workspace meanwhile, and be deleted there
    for table in (project_users, group_members, dataset_user_grants, memberships):
        connection.execute(delete(table).where(table.c.workspace_id == workspace_id, table.c.account_id == account.id))
    connection.execute(
        update(datasets)
        .where(datasets.c.workspace_id == workspace_id, datasets.c.creator_id == account.id)
        .values(creator_id=None)
    )
    connection.execute(
        update(invitations)
        .where(invitations.c.workspace_id == workspace_id, invitations.c.status == "pending", sent_to(account))
        .values(status="revoked")
    )
    if goes_with(connection, workspace_id, account):
        # Whom another workspace invited by email can still come in, with a new account.
        connection.execute(
            update(invitations)
            .where(invitations.c.account_id == account.id, invitations.c.email.is_not(None))
            .values(account_id=None)
        )
        # The keys go first so that they are gone even where a database does not cascade.
        connection.execute(delete(api_keys).where(api_keys.c.account_id == account.id))
        connection.execute(delete(accounts).where(accounts.c.id == account.id))


def administers_all_of(connection: Connection, caller_id: str, account_id: str) -> bool:
    """Whether every workspace an account is in, at least one, has the caller as an admin."""
    theirs, mine = memberships.alias("theirs"), memberships.alias("mine")
    counts = connection.execute(
        select(func.count().label("theirs"), func.count(mine.c.account_id).label("mine"))
        .select_from(
            theirs.outerjoin(
                mine,
                and_(
                    mine.c.workspace_id == theirs.c.workspace_id,
                    mine.c.account_id == caller_id,
                    mine.c.role == "admin",
                ),
            )
        )
        .where(theirs.c.account_id == account_id)
    ).one()
    return bool(counts.theirs > 0 and counts.theirs == counts.mine)


def share_workspace(connection: Connection, caller_id: str, account_id: str) -> bool:
    """Whether the caller can know that an account exists."""
    theirs, mine = memberships.alias("theirs"), memberships.alias("mine")
    found = connection.execute(
        select(literal(1))
        .select_from(theirs.join(mine, mine.c.workspace_id == theirs.c.workspace_id))
        .where(theirs.c.account_id == account_id, mine.c.account_id == caller_id)
        .limit(1)
    ).first()
    return found is not None
