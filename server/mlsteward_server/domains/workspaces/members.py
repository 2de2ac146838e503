"""Members of a workspace."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mlsteward_api.models import (
    BulkAnswer,
    InvitationStatus,
    Member,
    MemberCreate,
    MemberUpdate,
    MemberView,
    WorkspaceRole,
)
from mlsteward_api.types import UNSET
from sqlalchemy import Row, bindparam, or_, select, update
from sqlalchemy.sql import Select

from mlsteward_server.accounts.accounts import USER, add_account, find_by_username
from mlsteward_server.accounts.memberships import (
    ADMIN,
    end_of_authority,
    join,
    keep_an_admin,
    leave,
    membership,
)
from mlsteward_server.context import Context, Singles
from mlsteward_server.domains.bulk import Row as BulkRow
from mlsteward_server.domains.bulk import each
from mlsteward_server.domains.identity.resource import ACCOUNT
from mlsteward_server.domains.workspaces.resource import WORKSPACE
from mlsteward_server.names import key_of
from mlsteward_server.problems import Problem, quote
from mlsteward_server.storage.engine import lock_name
from mlsteward_server.storage.prepared import Prepared
from mlsteward_server.storage.tables.identity import accounts
from mlsteward_server.storage.tables.workspaces import invitations, memberships

_member = Prepared(
    select(*accounts.c, memberships.c.role, memberships.c.joined_at)
    .join_from(memberships, accounts)
    .where(memberships.c.workspace_id == bindparam("workspace"), memberships.c.account_id == bindparam("account"))
)
# Without an address, it is NULL, which no invitation is equal to.
_accept = Prepared(
    update(invitations)
    .where(
        invitations.c.workspace_id == bindparam("workspace"),
        invitations.c.status == InvitationStatus.PENDING.value,
        or_(invitations.c.account_id == bindparam("account"), invitations.c.invitee_key == bindparam("address")),
    )
    .values(status=InvitationStatus.ACCEPTED.value)
)


def list_members(context: Context, *, view: str = MemberView.BASIC) -> list[Member]:
    """List the people in the workspace, by username."""
    full = view == MemberView.FULL
    rows = page_of_accounts(context, USER)
    return [to_member(row, full=full) for row in context.page.cut(rows, lambda row: [row.username_key])]


def create_member(context: Context, body: MemberCreate) -> Member:
    """Add a person to the workspace. Creates the account if no account has this username."""
    email = body.email or None
    lock_name(context.connection, f"username:{key_of(body.username)}")
    account = find_by_username(context.connection, body.username, lock=True)
    is_new = account is None
    if account is None:
        account_id = add_account(
            context.connection,
            context.now,
            kind=USER,
            username=body.username,
            email=email,
            is_proved=True,  # the operator vouches for the address
            name=body.name or None,
            surname=body.surname or None,
            by_operator=True,
        )
        address = key_of(email) if email is not None else None
    else:
        if email is not None and key_of(email) != (account.noted_email_key or ""):
            raise Problem(
                "username_taken",
                f"The username {quote(account.username)} belongs to an account with another email address.",
                "Leave email out to add that account, or choose another username.",
            )
        if membership(context.connection, context[WORKSPACE].id, account.id) is not None:
            raise Problem(
                "member_exists",
                f"{quote(account.username)} is already in the workspace {quote(context[WORKSPACE].name)}.",
                "To change the role, use 'mlsteward members role'.",
            )
        if email is not None and account.email_key is None:
            # Someone may have taken the username and the address of the intended person.
            raise Problem(
                "username_taken",
                f"The username {quote(account.username)} belongs to an account that has not proved the email address.",
                "Leave email out to add that account, or choose another username.",
            )
        account_id, address = account.id, account.email_key
    role = body.role or context[WORKSPACE].row.default_user_role
    join(context.connection, context.now, context[WORKSPACE].id, account_id, role, is_own_act=is_new)
    _close_invitations(context, account_id, address)
    return _read_member(context, account_id)


def import_members(context: Context, rows: Sequence[BulkRow]) -> BulkAnswer:
    """Add people to the workspace, or change the roles of those who are in it."""
    workspace_id = context[WORKSPACE].id
    there = {"workspace": workspace_id}

    def carry_out(singles: Singles, row: BulkRow) -> bool:
        account = find_by_username(context.connection, row["username"])
        before = None if account is None else membership(context.connection, workspace_id, account.id)
        if account is None or before is None:
            singles.carry_out("create_member", there, row)
            return True
        role = row.get("role", before.role)
        singles.carry_out("set_member_role", {**there, "user": account.id}, {"role": role})
        return bool(role != before.role)

    return each(context, rows, carry_out, named=lambda row: row.get("username"))


def get_member(context: Context) -> Member:
    """Return a member of the workspace."""
    return _read_member(context, member_account(context).id)


def set_member_role(context: Context, body: MemberUpdate) -> Member:
    """Change the role of a person in the workspace. Refuses to demote the last admin."""
    account = member_account(context)
    before = membership(context.connection, context[WORKSPACE].id, account.id)
    assert before is not None
    if body.role != ADMIN:
        keep_an_admin(context.connection, context[WORKSPACE].id, account)
    end_of_authority(context.connection, context[WORKSPACE].id, account, before.role, body.role)
    context.connection.execute(
        update(memberships)
        .where(memberships.c.workspace_id == context[WORKSPACE].id, memberships.c.account_id == account.id)
        .values(role=body.role)
    )
    return _read_member(context, account.id)


def delete_member(context: Context) -> None:
    """Remove a person from the workspace and from everything in it."""
    account = member_account(context)
    keep_an_admin(context.connection, context[WORKSPACE].id, account)
    leave(context.connection, context[WORKSPACE].id, account)


# ---- steps


def member_account(context: Context) -> Row[Any]:
    """Return the account that the path names.

    Raises:
        Problem: The account is not a person in the workspace.
    """
    found = context.maybe(ACCOUNT)
    if (
        found is None
        or found.row.kind != USER
        or membership(context.connection, context[WORKSPACE].id, found.id) is None
    ):
        raise Problem(
            "member_not_found",
            f"The user is not in the workspace {quote(context[WORKSPACE].name)}.",
            "Check the id, email address or username. For service accounts, use 'mlsteward service-accounts'.",
        )
    return found.row


def page_of_accounts(context: Context, kind: str) -> list[Row[Any]]:
    """Return a page of the people or of the service accounts of the workspace, by username."""
    query: Select[Any] = (
        select(*accounts.c, memberships.c.role, memberships.c.joined_at)
        .join_from(memberships, accounts)
        .where(memberships.c.workspace_id == context[WORKSPACE].id, memberships.c.kind == kind)
    )
    after = context.page.after()
    if after is not None:
        query = query.where(memberships.c.username_key > after[0])
    return list(context.connection.execute(query.order_by(memberships.c.username_key).limit(context.page.fetch)))


def _close_invitations(context: Context, account_id: str, address: str | None) -> None:
    """Close the open invitations to an account, or to its proved address, that was added without one."""
    _accept.run(context.connection, {"workspace": context[WORKSPACE].id, "account": account_id, "address": address})


def _read_member(context: Context, account_id: str) -> Member:
    row = _member.first(context.connection, {"workspace": context[WORKSPACE].id, "account": account_id})
    assert row is not None
    return to_member(row, full=True)


def to_member(row: Row[Any], *, full: bool) -> Member:
    """Return a membership as a model. With `full`, includes names and email addresses."""
    member = Member(username=row.username, role=WorkspaceRole(row.role))
    if full:
        member.id = row.id
        member.email = row.email or UNSET
        member.email_proved = UNSET if row.email is None else row.email_key is not None
        member.name = row.name or UNSET
        member.surname = row.surname or UNSET
        member.joined_at = row.joined_at
    return member
