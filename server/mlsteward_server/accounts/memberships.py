"""Memberships in workspaces: joining, leaving and changing roles."""

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
    exists,
    false,
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
from mlsteward_server.storage.tables.workspaces import ROLES, invitations, memberships, workspaces

ADMIN = "admin"
_PENDING = "pending"
_WHO_SEE_MEMBERS = ("member", ADMIN)
_default = (
    select(memberships.c.workspace_id)
    .join_from(accounts, memberships, memberships.c.account_id == accounts.c.id)
    .where(
        accounts.c.id == bindparam("account_id"),
        memberships.c.workspace_id == accounts.c.default_workspace_id,
    )
)


_membership = Prepared(
    select(memberships).where(
        memberships.c.workspace_id == bindparam("workspace"), memberships.c.account_id == bindparam("account")
    )
)
# A foreign key takes a weaker lock, so others can still insert rows that only refer to the workspace.
_lock = Prepared(
    select(workspaces.c.id).where(workspaces.c.id == bindparam("workspace")).with_for_update(key_share=True)
)


_joining = Prepared(select(accounts.c.kind, accounts.c.username_key).where(accounts.c.id == bindparam("account")))
_set_default = Prepared(
    update(accounts)
    .where(
        accounts.c.id == bindparam("account"),
        ~exists().where(
            memberships.c.account_id == accounts.c.id, memberships.c.workspace_id == accounts.c.default_workspace_id
        ),
    )
    .values(default_workspace_id=bindparam("workspace"))
)
_operators = select(accounts.c.id).where(accounts.c.is_operator.is_(True))
_admins = select(memberships.c.account_id).where(
    memberships.c.workspace_id == bindparam("workspace"), memberships.c.role == ADMIN
)
# A stranger is somebody who could not create a key for an account of the workspace: neither the account itself, nor an
# operator, nor an admin of the workspace.
_forget_keys_of_strangers = Prepared(
    delete(api_keys).where(
        api_keys.c.account_id == bindparam("account"),
        or_(
            api_keys.c.created_by.is_(None),
            and_(
                api_keys.c.created_by != api_keys.c.account_id,
                api_keys.c.created_by.not_in(_operators),
                api_keys.c.created_by.not_in(_admins),
            ),
        ),
    )
)
_insert = Prepared(insert(memberships))


def membership(connection: Connection, workspace_id: str, account_id: str) -> Row[Any] | None:
    """Return the membership of an account in a workspace, if any."""
    return _membership.first(connection, {"workspace": workspace_id, "account": account_id})


def join(
    connection: Connection, now: datetime, workspace_id: str, account_id: str, role: str, *, is_own_act: bool = False
) -> None:
    """Add an account to a workspace that it is not in. The account must be locked, or new.

    Deletes the API keys that other accounts created for it, unless they could also create one for it in this workspace.

    Args:
        is_own_act: Whether the account joins by itself, or is created by joining. If so, and if it has no default
            workspace, this workspace becomes its default. Nobody else can set the default workspace of an account.
    """
    account = _joining.first(connection, {"account": account_id})
    assert account is not None
    both = {"account": account_id, "workspace": workspace_id}
    if is_own_act:
        _set_default.run(connection, both)
    _forget_keys_of_strangers.run(connection, both)
    _insert.run(
        connection,
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
    """Lock a workspace: others who change its members or its contents wait for this transaction.

    Returns:
        Whether the workspace still exists.
    """
    return _lock.first(connection, {"workspace": workspace_id}) is not None


def default_workspace_id(connection: Connection, account_id: str) -> str | None:
    """Return the id of the workspace that `~` stands for. None if the account has none, or has left it."""
    found: str | None = connection.execute(_default, {"account_id": account_id}).scalar()
    return found


def keep_an_admin(connection: Connection, workspace_id: str, leaving: Row[Any]) -> None:
    """Refuse to remove the last admin of a workspace. The workspace must be locked.

    Raises:
        Problem: The account is the last admin.
    """
    problem = last_admin(connection, workspace_id, leaving)
    if problem is not None:
        raise problem


def last_admin(connection: Connection, workspace_id: str, leaving: Row[Any]) -> Problem | None:
    """Return the problem if the account is the last admin of the workspace."""
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
        "Make another member an admin first, with 'mlsteward members role'.",
    )


def sent_to(account: Row[Any]) -> ColumnElement[bool]:
    """Return the condition that an invitation was sent to an account, even before the account existed."""
    by_account: ColumnElement[bool] = invitations.c.account_id == account.id
    if account.noted_email_key is None:
        return by_account
    # Includes addresses that were never proved: a removed account must not come back through an invitation.
    return or_(by_account, invitations.c.invitee_key == account.noted_email_key)


def sent_by(account: Row[Any]) -> ColumnElement[bool]:
    """Return the condition that an account sent an invitation."""
    found: ColumnElement[bool] = invitations.c.created_by == account.id
    return found


def keys_made_for_others(workspace_id: str, account: Row[Any]) -> ColumnElement[bool]:
    """Return the condition that an account created a key for another account of a workspace, by its authority there."""
    if account.is_operator:
        return false()
    there = select(memberships.c.account_id).where(memberships.c.workspace_id == workspace_id)
    return and_(
        api_keys.c.created_by == account.id, api_keys.c.account_id != account.id, api_keys.c.account_id.in_(there)
    )


def end_of_authority(connection: Connection, workspace_id: str, account: Row[Any], before: str, after: str) -> None:
    """Revoke the invitations and keys of an account that its new role does not allow. The workspace must be locked.

    Args:
        before: The old role of the account in the workspace.
        after: The new role.
    """
    if ROLES.index(after) >= ROLES.index(before):
        return
    lock_account(connection, account.id)  # or a key that it is creating now would be missed
    sent = and_(invitations.c.workspace_id == workspace_id, invitations.c.status == _PENDING, sent_by(account))
    if before != ADMIN:
        # Accounts that manage a dataset can still invite to it, with at most their own role.
        sent = and_(sent, invitations.c.role.in_(ROLES[ROLES.index(after) + 1 :]))
    connection.execute(update(invitations).where(sent).values(status="revoked"))
    connection.execute(delete(api_keys).where(keys_made_for_others(workspace_id, account)))


def goes_with(connection: Connection, workspace_id: str, account: Row[Any]) -> bool:
    """Return whether leaving a workspace deletes the account: it is in no other workspace and is not an operator."""
    elsewhere = connection.execute(
        select(memberships.c.workspace_id)
        .where(memberships.c.account_id == account.id, memberships.c.workspace_id != workspace_id)
        .limit(1)
    ).first()
    return elsewhere is None and not account.is_operator


def leave(connection: Connection, workspace_id: str, account: Row[Any]) -> None:
    """Remove an account from a workspace and everything in it. Delete the account if this was its last workspace.

    Also revokes the invitations that it sent and received, and deletes the keys that it created for others there.
    """
    lock_account(connection, account.id)  # or it could join another workspace meanwhile, and be deleted there
    connection.execute(delete(api_keys).where(keys_made_for_others(workspace_id, account)))
    for table in (project_users, group_members, dataset_user_grants, memberships):
        connection.execute(delete(table).where(table.c.workspace_id == workspace_id, table.c.account_id == account.id))
    connection.execute(
        update(datasets)
        .where(datasets.c.workspace_id == workspace_id, datasets.c.creator_id == account.id)
        .values(creator_id=None)
    )
    connection.execute(
        update(invitations)
        .where(
            invitations.c.workspace_id == workspace_id,
            invitations.c.status == _PENDING,
            or_(sent_by(account), sent_to(account)),
        )
        .values(status="revoked")
    )
    if goes_with(connection, workspace_id, account):
        # If another workspace invited this email address, the person can still join it with a new account.
        connection.execute(
            update(invitations)
            .where(invitations.c.account_id == account.id, invitations.c.email.is_not(None))
            .values(account_id=None)
        )
        # Delete the keys first, in case the database does not cascade.
        connection.execute(delete(api_keys).where(api_keys.c.account_id == account.id))
        connection.execute(delete(accounts).where(accounts.c.id == account.id))


def administers_all_of(connection: Connection, caller_id: str, account_id: str) -> bool:
    """Return whether the caller is an admin of every workspace of an account, and the account is in at least one."""
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
    """Return whether the caller can know that an account exists.

    They can if both are in a workspace whose members the caller can list.
    """
    theirs, mine = memberships.alias("theirs"), memberships.alias("mine")
    found = connection.execute(
        select(literal(1))
        .select_from(theirs.join(mine, mine.c.workspace_id == theirs.c.workspace_id))
        .where(theirs.c.account_id == account_id, mine.c.account_id == caller_id, mine.c.role.in_(_WHO_SEE_MEMBERS))
        .limit(1)
    ).first()
    return found is not None
