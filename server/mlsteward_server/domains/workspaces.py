"""Workspaces, their members, service accounts and invitations."""

from __future__ import annotations

import json
from typing import Any

from mlsteward_api.models import (
    AcceptedInvitation,
    Invitation,
    InvitationAccept,
    InvitationCreate,
    InvitationStatus,
    Member,
    MemberCreate,
    MemberUpdate,
    MemberView,
    Plan,
    PlanUpdate,
    ServiceAccount,
    ServiceAccountCreate,
    Visibility,
    Workspace,
    WorkspaceCreate,
    WorkspaceMode,
    WorkspaceRole,
    WorkspaceStatus,
    WorkspaceUpdate,
)
from mlsteward_api.types import UNSET, Unset
from sqlalchemy import Row, and_, exists, func, insert, literal, or_, select, update
from sqlalchemy.sql import Select

from mlsteward_server import access, people, references
from mlsteward_server.context import Context
from mlsteward_server.credentials import Caller
from mlsteward_server.domains.identity import add_key
from mlsteward_server.outbox import accept_url, post_invitation, verify_token
from mlsteward_server.people import ADMIN, SERVICE_ACCOUNT, USER
from mlsteward_server.problems import Problem, quote
from mlsteward_server.storage.engine import lock_name
from mlsteward_server.storage.ids import looks_like_id, new_id
from mlsteward_server.storage.tables import (
    Timestamp,
    accounts,
    invitations,
    memberships,
    project_users,
    projects,
    workspaces,
)

__all__ = [
    "accept_invitation",
    "create_invitation",
    "create_member",
    "create_service_account",
    "create_workspace",
    "delete_member",
    "delete_service_account",
    "get_member",
    "get_workspace",
    "get_workspace_status",
    "list_invitations",
    "list_members",
    "list_service_accounts",
    "list_workspaces",
    "revoke_invitation",
    "set_member_role",
    "update_workspace",
]

ALL_VISIBILITIES = [Visibility.PRIVATE, Visibility.WORKSPACE, Visibility.PUBLIC]
FIRST_KEY = "first key"


# ---- workspaces


def list_workspaces(context: Context) -> list[Workspace]:
    mine = and_(memberships.c.workspace_id == workspaces.c.id, memberships.c.account_id == context.caller.id)
    query: Select[Any] = select(*workspaces.c, memberships.c.role.label("membership")).select_from(
        workspaces.join(memberships, mine, isouter=context.caller.is_operator)
    )
    after = context.page.after()
    if after is not None:
        query = query.where(workspaces.c.name_key > after[0])
    rows = context.connection.execute(query.order_by(workspaces.c.name_key).limit(context.page.fetch)).all()
    return [
        _workspace(context, row, row.membership or ADMIN) for row in context.page.cut(rows, lambda row: [row.name_key])
    ]


def create_workspace(context: Context, body: WorkspaceCreate) -> Workspace:
    _refuse_taken_name(context, body.name)
    admin_id = context.caller.id
    if not isinstance(body.admin, Unset):
        admin = references.find_account(context.connection, context.caller, body.admin)
        if admin is None or admin.kind != USER:
            raise access.user_not_found(body.admin)
        admin_id = admin.id
    row = {
        "id": new_id(),
        "name": body.name,
        "name_key": body.name.lower(),
        "projects_limit": None,
        "storage_bytes_limit": None,
        "allowed_visibilities": json.dumps(ALL_VISIBILITIES),
        "created_at": context.now,
        **_plan_columns(body.plan),
    }
    context.connection.execute(insert(workspaces), row)
    people.join(context.connection, context.now, row["id"], admin_id, ADMIN)
    return _read_workspace(context, row["id"])


def get_workspace(context: Context) -> Workspace:
    return _workspace(context, context.workspace.row, context.workspace.role)


def update_workspace(context: Context, body: WorkspaceUpdate) -> Workspace:
    changes = _plan_columns(body.plan)
    if changes:
        context.connection.execute(update(workspaces).where(workspaces.c.id == context.workspace.id).values(changes))
    return _read_workspace(context, context.workspace.id)


def get_workspace_status(context: Context) -> WorkspaceStatus:
    if context.settings.mode == "self_hosted":
        raise Problem(
            "not_available",
            "A self-hosted server has no plans to report on.",
            "List members and projects instead.",
        )
    row = context.workspace.row
    active = context.connection.execute(
        select(func.count()).where(projects.c.workspace_id == row.id, projects.c.archived_at.is_(None))
    ).scalar_one()
    members = context.connection.execute(
        select(func.count()).where(memberships.c.workspace_id == row.id, memberships.c.kind == USER)
    ).scalar_one()
    used = 0  # nothing that takes space can be stored yet
    status = WorkspaceStatus(storage_bytes_used=used, active_projects=active, members_count=members)
    if row.storage_bytes_limit is not None:
        status.storage_bytes_limit = row.storage_bytes_limit
        status.storage_bytes_available = max(0, row.storage_bytes_limit - used)
    if row.projects_limit is not None:
        status.active_projects_limit = row.projects_limit
    return status


# ---- members


def list_members(context: Context, *, view: str = MemberView.BASIC) -> list[Member]:
    full = view == MemberView.FULL
    rows = _page_of_accounts(context, USER)
    return [to_member(row, full=full) for row in context.page.cut(rows, lambda row: [row.username_key])]


def create_member(context: Context, body: MemberCreate) -> Member:
    email = body.email or None
    lock_name(context.connection, f"username:{body.username.lower()}")
    account = people.find_by_username(context.connection, body.username)
    if account is None:
        account_id = people.add_account(
            context.connection,
            context.now,
            kind=USER,
            username=body.username,
            email=email,
            name=body.name or None,
            surname=body.surname or None,
        )
    else:
        account_id = account.id
        if email is not None and email.lower() != (account.email_key or ""):
            raise Problem(
                "username_taken",
                f"The username {quote(account.username)} belongs to an account with another email address.",
                "Leave the email address out to add that account, or choose another username.",
            )
        if people.membership(context.connection, context.workspace.id, account_id) is not None:
            raise Problem(
                "member_exists",
                f"{quote(account.username)} is in the workspace {quote(context.workspace.name)} already.",
                "Change the role with a PATCH of the member.",
            )
    role = body.role or WorkspaceRole.MEMBER
    people.join(context.connection, context.now, context.workspace.id, account_id, role)
    _close_invitations(context, account_id, body)
    return _read_member(context, account_id)


def get_member(context: Context) -> Member:
    return _read_member(context, member_account(context).id)


def set_member_role(context: Context, body: MemberUpdate) -> Member:
    _lock(context)
    account = member_account(context)
    if body.role != ADMIN:
        people.keep_an_admin(context.connection, context.workspace.id, account)
    context.connection.execute(
        update(memberships)
        .where(memberships.c.workspace_id == context.workspace.id, memberships.c.account_id == account.id)
        .values(role=body.role)
    )
    return _read_member(context, account.id)


def delete_member(context: Context) -> None:
    _lock(context)
    account = member_account(context)
    people.keep_an_admin(context.connection, context.workspace.id, account)
    people.leave(context.connection, context.workspace.id, account)


# ---- service accounts


def list_service_accounts(context: Context) -> list[ServiceAccount]:
    rows = _page_of_accounts(context, SERVICE_ACCOUNT)
    return [_service_account(row) for row in context.page.cut(rows, lambda row: [row.username_key])]


def create_service_account(context: Context, body: ServiceAccountCreate) -> ServiceAccount:
    people.lock_workspace(context.connection, context.workspace.id)
    username = f"{body.name}@{context.workspace.name}"
    if people.find_by_username(context.connection, username) is not None:
        raise Problem(
            "service_account_name_taken",
            f"There is a service account {quote(username)}.",
            "Choose another name.",
        )
    account_id = people.add_account(context.connection, context.now, kind=SERVICE_ACCOUNT, username=username)
    people.join(context.connection, context.now, context.workspace.id, account_id, WorkspaceRole.MEMBER)
    return ServiceAccount(id=account_id, name=username, role=WorkspaceRole.MEMBER, created_at=context.now)


def delete_service_account(context: Context, *, account: str) -> None:
    _lock(context)
    row = references.find_account(context.connection, context.caller, account)
    if row is None and "@" not in account:
        row = people.find_by_username(context.connection, f"{account}@{context.workspace.name}")
    if (
        row is None
        or row.kind != SERVICE_ACCOUNT
        or people.membership(context.connection, context.workspace.id, row.id) is None
    ):
        raise Problem(
            "service_account_not_found",
            f"The workspace {quote(context.workspace.name)} has no service account {quote(account)}.",
            "Name it in full: account@workspace.",
        )
    context.audited = row.id
    people.leave(context.connection, context.workspace.id, row)


# ---- invitations


def list_invitations(context: Context) -> list[Invitation]:
    query = select(invitations).where(
        invitations.c.workspace_id == context.workspace.id,
        invitations.c.status == InvitationStatus.PENDING,
        invitations.c.expires_at > context.now,
    )
    after = context.page.after()
    if after is not None:
        query = query.where(invitations.c.id > after[0])
    rows = context.connection.execute(query.order_by(invitations.c.id).limit(context.page.fetch)).all()
    return [_invitation(context, row) for row in context.page.cut(rows, lambda row: [row.id])]


def create_invitation(context: Context, body: InvitationCreate) -> Invitation:
    people.lock_workspace(context.connection, context.workspace.id)
    username, email = body.username or None, body.email or None
    if (username is None) == (email is None):
        raise Problem(
            "invalid_request",
            f"/body: {'neither' if email is None else 'both'} of username and email are given",
            "Give exactly one of them.",
            errors=[("/body", "exactly one of username and email is needed")],
        )
    if username is not None:
        account = people.find_by_username(context.connection, username)
        if account is None or account.kind != USER:
            raise Problem(
                "user_not_found",
                f"There is no user {quote(username)}.",
                "Check the username, or invite by email address.",
            )
        invitee = account.username
    else:
        assert email is not None
        account = people.find_by_email(context.connection, email)
        invitee = email
    if account is not None and people.membership(context.connection, context.workspace.id, account.id) is not None:
        raise _already_invited(context, invitee, "is in the workspace {} already", "Change the role of the member.")
    if _open_invitation(context, invitee.lower(), account.id if account else None) is not None:
        raise _already_invited(
            context, invitee, "has an open invitation to the workspace {}", "Revoke it first to invite again."
        )
    row = {
        "id": new_id(),
        "workspace_id": context.workspace.id,
        "account_id": account.id if account else None,
        "username": account.username if account is not None and username is not None else None,
        "email": email,
        "invitee_key": invitee.lower(),
        "role": body.role or WorkspaceRole.MEMBER,
        "add_to_all_projects": body.add_to_all_projects or False,
        "status": InvitationStatus.PENDING,
        "created_by": context.caller.id,
        "created_at": context.now,
        "expires_at": context.now + context.settings.invitation_lifetime,
    }
    context.connection.execute(insert(invitations), row)
    recipient = email or (account.email if account is not None and account.email else invitee)
    post_invitation(context, row["id"], recipient)
    created = context.connection.execute(select(invitations).where(invitations.c.id == row["id"])).one()
    return _invitation(context, created)


def revoke_invitation(context: Context, *, invitation: str) -> None:
    open_here = and_(
        invitations.c.workspace_id == context.workspace.id, invitations.c.status == InvitationStatus.PENDING
    )
    same = (
        invitations.c.id == invitation if looks_like_id(invitation) else invitations.c.invitee_key == invitation.lower()
    )
    row = context.connection.execute(
        select(invitations.c.id, invitations.c.expires_at)
        .where(open_here, same)
        .order_by(invitations.c.id.desc())
        .limit(1)
        .with_for_update()  # or it could be accepted meanwhile
    ).first()
    if row is None or row.expires_at <= context.now:
        raise Problem(
            "invitation_not_found",
            f"The workspace {quote(context.workspace.name)} has no open invitation {quote(invitation)}.",
            "Name it by its id, or by the email address or username it went to.",
        )
    context.audited = row.id
    context.connection.execute(
        update(invitations).where(invitations.c.id == row.id).values(status=InvitationStatus.REVOKED)
    )


def accept_invitation(context: Context, body: InvitationAccept, *, invitation: str, token: str) -> AcceptedInvitation:
    row = context.connection.execute(
        select(invitations, workspaces.c.name.label("workspace"))
        .join(workspaces)
        .where(invitations.c.id == invitation)
        .with_for_update(of=invitations)
    ).first()
    # A stranger who guesses ids learns nothing: without the token all invitations look the same.
    if not verify_token(context.vault, invitation, token):
        raise Problem(
            "invitation_token_invalid",
            "The token does not belong to this invitation.",
            "Use the whole address from the invitation.",
        )
    if row is None:
        raise Problem("invitation_not_found", "The invitation is gone.", "Ask for a new one.")
    if row.status != InvitationStatus.PENDING or row.expires_at <= context.now:
        state = row.status if row.status != InvitationStatus.PENDING else InvitationStatus.EXPIRED
        raise Problem("invitation_not_pending", f"The invitation is {state}.", "Ask an admin for a new one.")
    account, secret = _invitee(context, row, body)
    member = people.membership(context.connection, row.workspace_id, account.id)
    if member is None:
        people.join(context.connection, context.now, row.workspace_id, account.id, row.role)
    if row.add_to_all_projects:
        _add_to_all_projects(context, row.workspace_id, account)
    context.connection.execute(
        update(invitations)
        .where(invitations.c.id == row.id)
        .values(status=InvitationStatus.ACCEPTED, account_id=account.id)
    )
    context.audited = row.id
    context.maybe_workspace = access.find_workspace(context.connection, None, "id", row.workspace_id)
    context.maybe_caller = Caller(account.id, account.kind, account.username, account.email, account.is_operator)
    return AcceptedInvitation(
        workspace=row.workspace,
        username=account.username,
        role=WorkspaceRole(row.role if member is None else member.role),
        api_key=secret or UNSET,
    )


# ---- steps


def _lock(context: Context) -> None:
    """Keep others from changing who is in the workspace; the caller may have been an admin until just now."""
    before = context.workspace
    people.lock_workspace(context.connection, before.id)
    now = access.find_workspace(context.connection, context.caller, "id", before.id)
    assert now is not None
    access.check_workspace(now, ADMIN, before.name)
    context.maybe_workspace = now


def _refuse_taken_name(context: Context, name: str) -> None:
    taken = (
        references.is_reserved(name)
        or context.connection.execute(select(workspaces.c.id).where(workspaces.c.name_key == name.lower())).first()
    )
    if taken:
        raise Problem("workspace_name_taken", f"The workspace name {quote(name)} is taken.", "Choose another.")


def _plan_columns(plan: PlanUpdate | Unset) -> dict[str, Any]:
    if isinstance(plan, Unset):
        return {}
    changes: dict[str, Any] = {}
    if not isinstance(plan.projects_limit, Unset):
        changes["projects_limit"] = plan.projects_limit
    if not isinstance(plan.storage_bytes_limit, Unset):
        changes["storage_bytes_limit"] = plan.storage_bytes_limit
    if not isinstance(plan.allowed_visibilities, Unset):
        allowed = {str(visibility) for visibility in plan.allowed_visibilities}
        changes["allowed_visibilities"] = json.dumps([v for v in ALL_VISIBILITIES if v in allowed])
    return changes


def _page_of_accounts(context: Context, kind: str) -> list[Row[Any]]:
    query: Select[Any] = (
        select(*accounts.c, memberships.c.role, memberships.c.joined_at)
        .join_from(memberships, accounts)
        .where(memberships.c.workspace_id == context.workspace.id, memberships.c.kind == kind)
    )
    after = context.page.after()
    if after is not None:
        query = query.where(memberships.c.username_key > after[0])
    return list(context.connection.execute(query.order_by(memberships.c.username_key).limit(context.page.fetch)))


def member_account(context: Context) -> Row[Any]:
    """The account the path names, if it is a person in the workspace."""
    account = context.maybe_user
    if (
        account is None
        or account.kind != USER
        or people.membership(context.connection, context.workspace.id, account.id) is None
    ):
        raise Problem(
            "member_not_found",
            f"The user is not in the workspace {quote(context.workspace.name)}.",
            "Check the id, email address or username; service accounts have operations of their own.",
        )
    return account


def _open_invitation(context: Context, invitee_key: str, account_id: str | None) -> Row[Any] | None:
    same = invitations.c.invitee_key == invitee_key
    if account_id is not None:
        same = or_(same, invitations.c.account_id == account_id)
    return context.connection.execute(
        select(invitations.c.id).where(
            invitations.c.workspace_id == context.workspace.id,
            invitations.c.status == InvitationStatus.PENDING,
            invitations.c.expires_at > context.now,
            same,
        )
    ).first()


def _already_invited(context: Context, invitee: str, what: str, hint: str) -> Problem:
    detail = f"{quote(invitee)} {what.format(quote(context.workspace.name))}."
    return Problem("user_already_invited", detail, hint)


def _close_invitations(context: Context, account_id: str, body: MemberCreate) -> None:
    """Whoever came in another way needs their invitation no more."""
    keys = [text.lower() for text in (body.username, body.email or None) if text is not None]
    context.connection.execute(
        update(invitations)
        .where(
            invitations.c.workspace_id == context.workspace.id,
            or_(invitations.c.account_id == account_id, invitations.c.invitee_key.in_(keys)),
            invitations.c.status == InvitationStatus.PENDING,
        )
        .values(status=InvitationStatus.ACCEPTED)
    )


def _invitee(context: Context, row: Row[Any], body: InvitationAccept) -> tuple[Row[Any], str | None]:
    """The account an invitation is for; made, with a first key, where there is none yet."""
    account_id, secret = row.account_id, None
    if account_id is None:
        known = people.find_by_email(context.connection, row.email)
        account_id = known.id if known is not None else None
    if account_id is None:
        account_id = people.add_account(
            context.connection,
            context.now,
            kind=USER,
            username=body.username or _free_username(context, row.email),
            email=row.email,
            name=body.name or None,
            surname=body.surname or None,
        )
        secret = add_key(context.connection, context.now, account_id, FIRST_KEY).secret
    return context.connection.execute(select(accounts).where(accounts.c.id == account_id)).one(), secret


def _free_username(context: Context, email: str) -> str:
    """A username from an email address: the part before the `@`, or that and a number."""
    local = "".join(c if c.isascii() and (c.isalnum() or c in "._-") else "-" for c in email.partition("@")[0])
    base = local.strip("._-")[:100] or "user"
    lock_name(context.connection, f"username:{base.lower()}")
    candidates = [base, *(f"{base}{n}" for n in range(2, 10)), f"{base}-{new_id()[-12:]}"]
    taken = set(
        context.connection.execute(
            select(accounts.c.username_key).where(accounts.c.username_key.in_([c.lower() for c in candidates]))
        ).scalars()
    )
    return next(c for c in candidates if c.lower() not in taken and not references.is_reserved(c))


def _add_to_all_projects(context: Context, workspace_id: str, account: Row[Any]) -> None:
    """Put an account on every roster of the workspace as a viewer, in one statement."""
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


# ---- rows to models


def _read_workspace(context: Context, workspace_id: str) -> Workspace:
    found = access.find_workspace(context.connection, context.caller, "id", workspace_id)
    assert found is not None
    return _workspace(context, found.row, found.role)


def _workspace(context: Context, row: Row[Any], role: str | None) -> Workspace:
    plan = Plan(allowed_visibilities=[Visibility(v) for v in json.loads(row.allowed_visibilities)])
    if row.projects_limit is not None:
        plan.projects_limit = row.projects_limit
    if row.storage_bytes_limit is not None:
        plan.storage_bytes_limit = row.storage_bytes_limit
    return Workspace(
        id=row.id,
        name=row.name,
        mode=WorkspaceMode(context.settings.mode),
        plan=plan,
        role=WorkspaceRole(role) if role else UNSET,
        created_at=row.created_at,
    )


def _read_member(context: Context, account_id: str) -> Member:
    query: Select[Any] = (
        select(*accounts.c, memberships.c.role, memberships.c.joined_at)
        .join_from(memberships, accounts)
        .where(memberships.c.workspace_id == context.workspace.id, memberships.c.account_id == account_id)
    )
    return to_member(context.connection.execute(query).one(), full=True)


def to_member(row: Row[Any], *, full: bool) -> Member:
    member = Member(username=row.username, role=WorkspaceRole(row.role))
    if full:
        member.id = row.id
        member.email = row.email or UNSET
        member.name = row.name or UNSET
        member.surname = row.surname or UNSET
        member.joined_at = row.joined_at
    return member


def _service_account(row: Row[Any]) -> ServiceAccount:
    return ServiceAccount(id=row.id, name=row.username, role=WorkspaceRole(row.role), created_at=row.created_at)


def _invitation(context: Context, row: Row[Any]) -> Invitation:
    return Invitation(
        id=row.id,
        email=row.email or UNSET,
        username=row.username or UNSET,
        role=WorkspaceRole(row.role),
        status=InvitationStatus(row.status),
        add_to_all_projects=row.add_to_all_projects,
        url=accept_url(context.settings, context.vault, row.id),
        created_at=row.created_at,
        expires_at=row.expires_at,
    )
