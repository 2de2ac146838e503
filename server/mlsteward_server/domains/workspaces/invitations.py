"""Invitations to a workspace."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mlsteward_api.models import (
    AcceptedInvitation,
    BulkAnswer,
    DatasetPermission,
    Invitation,
    InvitationAccept,
    InvitationCreate,
    InvitationDatasetGrant,
    InvitationStatus,
    WorkspaceRole,
)
from mlsteward_api.types import UNSET
from sqlalchemy import Connection, Row, Select, delete, exists, insert, literal, select, update

from mlsteward_server.accounts.accounts import (
    USER,
    add_account,
    find_by_email,
    find_by_username,
    is_operator,
    prove_email,
)
from mlsteward_server.accounts.credentials import CHALLENGE, Caller, as_caller
from mlsteward_server.accounts.memberships import join, membership
from mlsteward_server.context import Context, Singles
from mlsteward_server.domains.bulk import Row as BulkRow
from mlsteward_server.domains.bulk import each
from mlsteward_server.domains.identity.api_keys import add_key
from mlsteward_server.domains.identity.resource import find_account
from mlsteward_server.domains.workspaces.resource import INVITATION, WORKSPACE, invitation_not_found
from mlsteward_server.names import is_of_the_platform, is_reserved, key_of
from mlsteward_server.problems import Problem, quote
from mlsteward_server.storage.engine import lock_name
from mlsteward_server.storage.ids import new_id
from mlsteward_server.storage.tables.datasets import dataset_user_grants, datasets, invitation_dataset_grants
from mlsteward_server.storage.tables.identity import accounts
from mlsteward_server.storage.tables.projects import project_users, projects
from mlsteward_server.storage.tables.types import Timestamp
from mlsteward_server.storage.tables.workspaces import invitations
from mlsteward_server.storage.vault import Vault
from mlsteward_server.trail.outbox import PROVES, invitation_link, post_invitation, purpose_of

FIRST_KEY = "first key"


def list_invitations(context: Context) -> list[Invitation]:
    """List the open invitations of the workspace, oldest first."""
    query = select(invitations).where(
        invitations.c.workspace_id == context[WORKSPACE].id,
        invitations.c.status == InvitationStatus.PENDING,
        invitations.c.expires_at > context.now,
    )
    after = context.page.after()
    if after is not None:
        query = query.where(invitations.c.id > after[0])
    rows = context.connection.execute(query.order_by(invitations.c.id).limit(context.page.fetch)).all()
    return _invitations(context, context.page.cut(rows, lambda row: [row.id]))


def create_invitation(context: Context, body: InvitationCreate) -> Invitation:
    """Invite an account or an email address to the workspace."""
    username, email = body.username or None, body.email or None
    if (username is None) == (email is None):
        raise Problem(
            "invalid_request",
            f"/body: {'neither' if email is None else 'both'} of username and email are given",
            "Set exactly one of username and email.",
            errors=[("/body", "exactly one of username and email is needed")],
        )
    if email is not None:
        account = None
    else:
        assert username is not None
        account = find_by_username(context.connection, username)
        # Operators and service accounts cannot be invited. The caller must not learn that they exist.
        if account is None or account.kind != USER or account.is_operator:
            raise Problem(
                "user_not_found",
                f"There is no user {quote(username)}.",
                "Check the username, or invite by email address.",
            )
    row = _add(
        context,
        context[WORKSPACE].id,
        context[WORKSPACE].name,
        account,
        email,
        role=body.role or context[WORKSPACE].row.default_user_role,
        add_to_all_projects=body.add_to_all_projects or False,
    )
    return _invitations(context, [row])[0]


def send_invitations(context: Context, rows: Sequence[BulkRow]) -> BulkAnswer:
    """Invite accounts and email addresses to the workspace."""
    there = {"workspace": context[WORKSPACE].id}

    def carry_out(singles: Singles, row: BulkRow) -> bool:
        singles.carry_out("create_invitation", there, row)
        return True

    return each(context, rows, carry_out, named=lambda row: row.get("email") or row.get("username"))


def revoke_invitation(context: Context) -> None:
    """Revoke an open invitation, so that it can no longer be accepted."""
    found = context[INVITATION]
    if not _is_open(found.row, context.now):
        raise invitation_not_found(context.references[INVITATION.kind], context[WORKSPACE])
    context.connection.execute(
        update(invitations).where(invitations.c.id == found.id).values(status=InvitationStatus.REVOKED)
    )


def accept_invitation(context: Context, body: InvitationAccept, *, token: str) -> AcceptedInvitation:
    """Accept an invitation. Creates an account and its first API key for a caller without an API key."""
    # A caller who guesses ids learns nothing: without the token, all invitations look the same.
    purpose = purpose_of(context.vault, context.references[INVITATION.kind], token)
    if purpose is None:
        raise Problem(
            "invitation_token_invalid",
            "The token does not belong to this invitation.",
            "Use the whole link from the invitation.",
        )
    row = context[INVITATION].row
    if not _is_open(row, context.now):
        state = row.status if row.status != InvitationStatus.PENDING else InvitationStatus.EXPIRED
        raise Problem("invitation_not_pending", f"The invitation is {state}.", "Ask an admin for a new invitation.")
    account, secret = _who_joins(context, row, body, is_mail=purpose == PROVES)
    member = membership(context.connection, row.workspace_id, account.id)
    if member is None:
        join(context.connection, context.now, row.workspace_id, account.id, row.role, is_own_act=True)
    if row.add_to_all_projects:
        _add_to_all_projects(context, row.workspace_id, account)
    _grant_datasets(context, row.id, account)
    context.connection.execute(
        update(invitations)
        .where(invitations.c.id == row.id)
        .values(status=InvitationStatus.ACCEPTED, account_id=account.id)
    )
    context.maybe_caller = as_caller(account)
    return AcceptedInvitation(
        workspace=row.workspace,
        username=account.username,
        role=WorkspaceRole(row.role if member is None else member.role),
        api_key=secret or UNSET,
    )


# ---- for the page of an invitation


@dataclass(frozen=True, slots=True)
class Offer:
    """What an open invitation offers to whoever has its link.

    Attributes:
        inviter: The username of the inviter. None if the account was deleted.
        joins: The username of the account that joins. None if a new account does.
        needs_key: Whether only an API key of that account accepts the invitation.
    """

    workspace: str
    role: str
    inviter: str | None
    expires_at: datetime
    joins: str | None
    needs_key: bool


def read_offer(connection: Connection, vault: Vault, invitation_id: str, token: str, now: datetime) -> Offer | None:
    """Return what an invitation offers to a caller without an API key. Changes nothing.

    None if the link does not work: the token is wrong, or the invitation was accepted, revoked or has expired. Who has
    only a part of a link must not learn which.
    """
    purpose = purpose_of(vault, invitation_id, token)
    found = INVITATION.find(connection, None, invitation_id, None) if purpose is not None else None
    if found is None or not _is_open(found.row, now):
        return None
    row = found.row
    if row.account_id is not None:
        joins = row.username
    else:
        known = find_by_email(connection, row.email) if purpose == PROVES else None
        joins = None if known is None else known.username
    inviter: str | None = connection.execute(
        select(accounts.c.username).where(accounts.c.id == row.created_by)
    ).scalar_one_or_none()
    needs_key = row.account_id is not None and purpose != PROVES
    return Offer(row.workspace, row.role, inviter, row.expires_at, joins, needs_key)


# ---- for other domains


def invite(
    context: Context,
    *,
    workspace_id: str,
    workspace_name: str,
    email: str,
    role: str,
) -> Row[Any]:
    """Invite an email address and return the invitation. The workspace must be locked.

    Raises:
        Problem: The person is already in the workspace, or has an open invitation to it.
    """
    return _add(context, workspace_id, workspace_name, None, email, role=role, add_to_all_projects=False)


def open_invitation_to(context: Context, workspace_id: str, email: str) -> Row[Any] | None:
    """Return the invitation that an email address can accept, if any. The workspace must be locked."""
    return context.connection.execute(_find_open(context, workspace_id, email)).first()


# ---- steps


def _is_open(row: Row[Any], now: datetime) -> bool:
    """Return whether an invitation can be accepted or revoked."""
    return bool(row.status == InvitationStatus.PENDING and row.expires_at > now)


def _add(
    context: Context,
    workspace_id: str,
    workspace_name: str,
    account: Row[Any] | None,
    email: str | None,
    *,
    role: str,
    add_to_all_projects: bool,
) -> Row[Any]:
    """Invite an account or an email address. The workspace must be locked.

    The result does not depend on whether someone outside the workspace has proved the address: the inviter must not
    find out whom a username or an address belongs to.
    """
    if email is not None:
        invitee, there = email, find_account(context.connection, None, email, workspace_id)
    else:
        assert account is not None
        invitee, there = account.username, account
    if there is not None and membership(context.connection, workspace_id, there.id) is not None:
        raise _already_invited(
            workspace_name,
            invitee,
            "is already in the workspace {}",
            "To change the role, use 'mlsteward members role'.",
        )
    if context.connection.execute(_find_open(context, workspace_id, invitee)).first() is not None:
        raise _already_invited(
            workspace_name,
            invitee,
            "already has an open invitation to the workspace {}",
            "To invite again, first use 'mlsteward invitations revoke'.",
        )
    invitation_id = new_id()
    row = {
        "id": invitation_id,
        "workspace_id": workspace_id,
        "account_id": account.id if account else None,
        "username": account.username if account else None,
        "email": email,
        "invitee_key": key_of(invitee),
        "role": role,
        "add_to_all_projects": add_to_all_projects,
        "status": InvitationStatus.PENDING,
        "created_by": context.caller.id,
        "created_at": context.now,
        "expires_at": context.now + context.settings.invitation_lifetime,
    }
    context.connection.execute(insert(invitations), row)
    # If the account has not proved its address, the message could go to someone else.
    recipient = email if account is None else account.email if account.email_key is not None else None
    if recipient is not None:
        post_invitation(context, invitation_id, recipient)
    return context.connection.execute(select(invitations).where(invitations.c.id == invitation_id)).one()


def _find_open(context: Context, workspace_id: str, invitee: str) -> Select[Any]:
    return select(invitations).where(
        invitations.c.workspace_id == workspace_id,
        invitations.c.status == InvitationStatus.PENDING,
        invitations.c.expires_at > context.now,
        invitations.c.invitee_key == key_of(invitee),
    )


def _already_invited(workspace_name: str, invitee: str, what: str, hint: str) -> Problem:
    return Problem("user_already_invited", f"{quote(invitee)} {what.format(quote(workspace_name))}.", hint)


def _who_joins(
    context: Context, row: Row[Any], body: InvitationAccept, *, is_mail: bool
) -> tuple[Row[Any], str | None]:
    """Return the account that joins, and the first API key if the account is new.

    Args:
        is_mail: Whether the call uses the link from the email. If so, the caller has received mail at the address.
    """
    caller = context.maybe_caller
    # Operators cannot join by an invitation. Here they act for a person who has no account yet.
    if caller is not None and not caller.is_operator:
        return _as_itself(context, row, caller, is_mail=is_mail), None
    if row.account_id is not None:
        if not is_mail:
            raise _not_for(row, caller)
        return _locked(context, row.account_id), None
    known = find_by_email(context.connection, row.email) if is_mail else None
    if known is not None:
        if known.is_operator:
            raise Problem(
                "forbidden",
                "Operators of the platform cannot join by an invitation.",
                "Add them with 'mlsteward members add'.",
            )
        return _locked(context, known.id), None
    account_id = add_account(
        context.connection,
        context.now,
        kind=USER,
        username=body.username or _free_username(context, row.email),
        email=row.email,
        is_proved=is_mail,
        name=body.name or None,
        surname=body.surname or None,
    )
    secret = add_key(context.connection, context.now, account_id, FIRST_KEY, made_by=account_id).secret
    return _locked(context, account_id), secret


def _as_itself(context: Context, row: Row[Any], caller: Caller, *, is_mail: bool) -> Row[Any]:
    """Return the account of a caller who accepts with its own API key."""
    if row.account_id not in (None, caller.id):
        raise _not_for(row, caller)
    account = _locked(context, caller.id)
    _refuse_borrowed_key(context, caller)
    is_there = membership(context.connection, row.workspace_id, caller.id) is not None
    if is_there and row.account_id is None and row.invitee_key != account.noted_email_key:
        raise Problem(
            "member_exists",
            f"{quote(account.username)} is already in the workspace {quote(row.workspace)}. The invitation is for "
            "someone else.",
            "To accept it for a new account, call without an API key.",
        )
    if is_mail and row.email is not None:
        prove_email(context.connection, account, row.email)
    return account


def _refuse_borrowed_key(context: Context, caller: Caller) -> None:
    """Refuse a key that an admin created for the account: only the account itself can decide to join.

    Raises:
        Problem: The key was created by another account.
    """
    if caller.key_id is None or caller.key_made_by == caller.id:
        return
    if caller.key_made_by is None or not is_operator(context.connection, caller.key_made_by):
        raise Problem(
            "forbidden",
            f"Someone else created this API key for {quote(caller.username)}, so it cannot be used to join workspaces.",
            "Use an API key that the account created for itself, or the link from the email.",
        )


def _not_for(row: Row[Any], caller: Caller | None) -> Problem:
    detail = f"The invitation is for the account {quote(row.username)}."
    if caller is None:
        return Problem("unauthenticated", detail, "Accept it with an API key of that account.", headers=CHALLENGE)
    return Problem("forbidden", detail, "Accept it with an API key of that account, or the link from the email.")


def _locked(context: Context, account_id: str) -> Row[Any]:
    return context.connection.execute(select(accounts).where(accounts.c.id == account_id).with_for_update()).one()


def _free_username(context: Context, email: str) -> str:
    """Return a free username for an email address: the part before the `@`, with a suffix if it is taken."""
    local = "".join(c if c.isascii() and (c.isalnum() or c in "._-") else "-" for c in email.partition("@")[0])
    base = local.strip("._-")[:100] or "user"
    lock_name(context.connection, f"username:{key_of(base)}")
    candidates = [base, *(f"{base}{n}" for n in range(2, 10)), f"{base}-{new_id()[-12:]}"]
    taken = set(
        context.connection.execute(
            select(accounts.c.username_key).where(accounts.c.username_key.in_([key_of(c) for c in candidates]))
        ).scalars()
    )
    return next(c for c in candidates if key_of(c) not in taken and not is_reserved(c) and not is_of_the_platform(c))


def _add_to_all_projects(context: Context, workspace_id: str, account: Row[Any]) -> None:
    """Add an account to every project of the workspace as a viewer, in one statement."""
    already = exists().where(project_users.c.project_id == projects.c.id, project_users.c.account_id == account.id)
    context.connection.execute(
        insert(project_users).from_select(
            ["project_id", "account_id", "workspace_id", "kind", "username_key", "role", "added_at"],
            select(
                projects.c.id,
                accounts.c.id,
                projects.c.workspace_id,
                accounts.c.kind,
                accounts.c.username_key,
                literal("viewer"),
                literal(context.now, Timestamp()),
            )
            .select_from(projects)
            .join(accounts, accounts.c.id == account.id)
            .where(projects.c.workspace_id == workspace_id, ~already),
        )
    )


def _grant_datasets(context: Context, invitation_id: str, account: Row[Any]) -> None:
    """Grant an account the permissions of its invitation. Replaces earlier grants."""
    promised = select(
        invitation_dataset_grants.c.dataset_id,
        literal(account.id),
        datasets.c.workspace_id,
        invitation_dataset_grants.c.permission,
    ).join(datasets)
    of_invitation = invitation_dataset_grants.c.invitation_id == invitation_id
    context.connection.execute(
        delete(dataset_user_grants).where(
            dataset_user_grants.c.account_id == account.id,
            dataset_user_grants.c.dataset_id.in_(select(invitation_dataset_grants.c.dataset_id).where(of_invitation)),
        )
    )
    context.connection.execute(
        insert(dataset_user_grants).from_select(
            ["dataset_id", "account_id", "workspace_id", "permission"], promised.where(of_invitation)
        )
    )


def _invitations(context: Context, rows: Sequence[Row[Any]]) -> list[Invitation]:
    """Return rows as models. Reads the grants of all invitations in one query."""
    found = context.connection.execute(
        select(invitation_dataset_grants, datasets.c.name, datasets.c.name_key)
        .join(datasets)
        .where(invitation_dataset_grants.c.invitation_id.in_([row.id for row in rows]))
    ).all()
    promised: dict[str, list[InvitationDatasetGrant]] = {}
    for grant in sorted(found, key=lambda grant: grant.name_key):
        promised.setdefault(grant.invitation_id, []).append(
            InvitationDatasetGrant(
                dataset_id=grant.dataset_id, dataset=grant.name, permission=DatasetPermission(grant.permission)
            )
        )
    return [_invitation(context, row, promised.get(row.id)) for row in rows]


def _invitation(context: Context, row: Row[Any], promised: list[InvitationDatasetGrant] | None) -> Invitation:
    return Invitation(
        id=row.id,
        email=row.email or UNSET,
        username=row.username or UNSET,
        role=WorkspaceRole(row.role),
        status=InvitationStatus(row.status),
        add_to_all_projects=row.add_to_all_projects,
        dataset_grants=promised or UNSET,
        url=invitation_link(context.settings.public_url, context.vault, row.id),
        created_at=row.created_at,
        expires_at=row.expires_at,
    )
