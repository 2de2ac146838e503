"""Accounts and memberships: the steps that several operations share."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, func, insert, or_, select, update

from mlsteward_server.problems import Problem, quote
from mlsteward_server.references import is_reserved
from mlsteward_server.storage.ids import new_id
from mlsteward_server.storage.tables import (
    accounts,
    api_keys,
    dataset_user_grants,
    datasets,
    group_members,
    invitations,
    memberships,
    project_users,
    workspaces,
)

ADMIN = "admin"
USER = "user"
SERVICE_ACCOUNT = "service_account"


def add_account(
    connection: Connection,
    now: datetime,
    *,
    kind: str,
    username: str,
    email: str | None = None,
    name: str | None = None,
    surname: str | None = None,
    is_operator: bool = False,
) -> str:
    """Make an account and return its id.

    Raises:
        Problem: The username or the email address is taken.
    """
    if kind == USER and is_reserved(username):
        raise Problem("username_taken", f"The username {quote(username)} has a meaning of its own.", "Choose another.")
    taken = connection.execute(select(accounts.c.id).where(accounts.c.username_key == username.lower())).first()
    if taken is not None:
        raise Problem("username_taken", f"The username {quote(username)} is taken.", "Choose another.")
    if email is not None and find_by_email(connection, email) is not None:
        raise email_taken(email)
    account_id = new_id()
    connection.execute(
        insert(accounts),
        {
            "id": account_id,
            "kind": kind,
            "username": username,
            "username_key": username.lower(),
            "email": email,
            "email_key": email.lower() if email else None,
            "name": name,
            "surname": surname,
            "is_operator": is_operator,
            "created_at": now,
        },
    )
    return account_id


def email_taken(email: str) -> Problem:
    return Problem(
        "email_taken", f"Another account has the email address {quote(email)}.", "Name that account instead."
    )


def find_by_email(connection: Connection, email: str, *, lock: bool = False) -> Row[Any] | None:
    return _find(connection, accounts.c.email_key == email.lower(), lock)


def find_by_username(connection: Connection, username: str, *, lock: bool = False) -> Row[Any] | None:
    return _find(connection, accounts.c.username_key == username.lower(), lock)


def _find(connection: Connection, condition: ColumnElement[bool], lock: bool) -> Row[Any] | None:
    query = select(accounts).where(condition)
    return connection.execute(query.with_for_update() if lock else query).first()


def membership(connection: Connection, workspace_id: str, account_id: str) -> Row[Any] | None:
    """The membership of an account in a workspace, if any."""
    return connection.execute(
        select(memberships).where(memberships.c.workspace_id == workspace_id, memberships.c.account_id == account_id)
    ).first()


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


def add_to_roster(
    connection: Connection,
    now: datetime,
    project_id: str,
    workspace_id: str,
    account: Row[Any],
    role: str | None,
) -> None:
    """Put an account on the roster of a project it is not on yet."""
    connection.execute(
        insert(project_users),
        {
            "project_id": project_id,
            "account_id": account.id,
            "workspace_id": workspace_id,
            "kind": account.kind,
            "username_key": account.username_key,
            "role": role,
            "added_at": now,
        },
    )


def lock_workspace(connection: Connection, workspace_id: str) -> None:
    """Make others who change who is in a workspace, or count what it holds, wait for this transaction."""
    connection.execute(select(workspaces.c.id).where(workspaces.c.id == workspace_id).with_for_update()).one()


def lock_account(connection: Connection, account_id: str) -> bool:
    """Make others who put an account in a workspace, or take it out of one, wait for this transaction.

    Where the workspace is locked too, it goes first. Whoever was in more than one workspace a moment ago may be in
    none now: False where the account is there no more.
    """
    query = select(accounts.c.id).where(accounts.c.id == account_id).with_for_update()
    return connection.execute(query).first() is not None


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
