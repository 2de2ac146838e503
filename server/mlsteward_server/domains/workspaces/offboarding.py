"""Offboard a person: remove them from a workspace with everything they hold in it.

The preview and the offboarding use the same queries, so the preview shows exactly what the offboarding does. The number
of statements does not depend on how much a person holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from mlsteward_api.models import (
    Holding,
    HoldingKind,
    InvitationStatus,
    Offboarding,
    OffboardingBlocker,
    OffboardingRequest,
    ProjectRole,
    WorkspaceRole,
)
from mlsteward_api.types import UNSET
from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    and_,
    exists,
    func,
    insert,
    literal,
    not_,
    or_,
    select,
    update,
)

from mlsteward_server.access.ladders import MANAGE
from mlsteward_server.accounts.accounts import USER, lock_account
from mlsteward_server.accounts.memberships import (
    goes_with,
    keys_made_for_others,
    last_admin,
    leave,
    membership,
    sent_by,
    sent_to,
)
from mlsteward_server.context import Context
from mlsteward_server.domains.identity.resource import find_account
from mlsteward_server.domains.workspaces.members import member_account
from mlsteward_server.domains.workspaces.resource import WORKSPACE
from mlsteward_server.problems import Problem, quote
from mlsteward_server.storage.tables.datasets import dataset_group_grants, dataset_user_grants, datasets
from mlsteward_server.storage.tables.groups import group_members, groups
from mlsteward_server.storage.tables.identity import accounts, api_keys
from mlsteward_server.storage.tables.projects import project_users, projects
from mlsteward_server.storage.tables.types import Permission, Timestamp
from mlsteward_server.storage.tables.workspaces import invitations

MOST_NAMED = 5
"""Maximum number of objects that a refusal names."""


def preview_offboarding(context: Context, *, successor: str | None = None) -> Offboarding:
    """Return what offboarding a person would remove, what it would transfer, and what blocks it."""
    account = member_account(context)
    heir = _successor(context, account, successor, "/query/successor")
    found, problems = _survey(context, account, heir)
    found.blockers = [OffboardingBlocker(code=problem.code, detail=problem.detail) for problem in problems]
    return found


def offboard_member(context: Context, body: OffboardingRequest) -> Offboarding:
    """Offboard a person, and transfer what only they own to the successor."""
    account = member_account(context)
    lock_account(context.connection, account.id)
    heir = _successor(context, account, body.successor or None, "/body/successor")
    found, problems = _survey(context, account, heir)
    if problems:
        raise problems[0]
    if heir is not None and any(_is_sole(holding) for holding in found.holdings):
        _pass_on(context, account, heir)
        context.concerning = f"transferred what only they owned to {heir.username}"
    leave(context.connection, context[WORKSPACE].id, account)
    return found


# ---- steps


def _successor(context: Context, account: Row[Any], reference: str | None, pointer: str) -> Row[Any] | None:
    """Return the successor: another person in the workspace. None if the request names none.

    Raises:
        Problem: The successor is not in the workspace, or is the person who is offboarded.
    """
    if reference is None:
        return None
    found = find_account(context.connection, context.caller, reference, context[WORKSPACE].id)
    if found is None or found.kind != USER or membership(context.connection, context[WORKSPACE].id, found.id) is None:
        raise Problem(
            "member_not_found",
            f"The successor {quote(reference)} is not in the workspace {quote(context[WORKSPACE].name)}.",
            "Set successor to a person in the workspace: their id, email address or username.",
        )
    if found.id == account.id:
        raise Problem(
            "invalid_request",
            f"{pointer}: {quote(account.username)} cannot be their own successor",
            "Set successor to another person in the workspace.",
            errors=[(pointer, "must be another person")],
        )
    return found


def _survey(context: Context, account: Row[Any], heir: Row[Any] | None) -> tuple[Offboarding, list[Problem]]:
    """Return what a person holds, and the problems that block their offboarding. The first one is returned."""
    workspace = context[WORKSPACE].id
    member = membership(context.connection, workspace, account.id)
    assert member is not None
    goes = goes_with(context.connection, workspace, account)
    holdings = _holdings(context, account, goes=goes)
    sole = [holding for holding in holdings if _is_sole(holding)]
    problems = []
    if (last := last_admin(context.connection, workspace, account)) is not None:
        problems.append(last)
    if heir is not None:
        for holding in sole:
            holding.passes_to = heir.username
    elif sole:
        problems.append(_sole_owner(account, sole))
    found = Offboarding(
        user_id=account.id,
        username=account.username,
        role=WorkspaceRole(member.role),
        deletes_account=goes,
        successor=heir.username if heir is not None else UNSET,
        holdings=holdings,
        blockers=[],
    )
    return found, problems


def _holdings(context: Context, account: Row[Any], *, goes: bool) -> list[Holding]:
    execute = context.connection.execute
    workspace = context[WORKSPACE].id
    entries = execute(_on_rosters(workspace, account.id)).all()
    grants = execute(_granted(workspace, account.id)).all()
    in_groups = execute(
        select(groups.c.id, groups.c.name, literal(None).label("role"))
        .join_from(group_members, groups)
        .where(group_members.c.workspace_id == workspace, group_members.c.account_id == account.id)
    ).all()
    keys = select(api_keys.c.id, api_keys.c.name, literal(None).label("role")).where(
        api_keys.c.account_id == account.id
    )
    made = (
        select(api_keys.c.id, api_keys.c.name, literal(None).label("role"), accounts.c.username.label("user"))
        .join_from(api_keys, accounts, accounts.c.id == api_keys.c.account_id)
        .where(keys_made_for_others(workspace, account))
    )
    received = sent_to(account)
    invited = execute(
        select(
            invitations.c.id,
            func.coalesce(invitations.c.email, invitations.c.username).label("name"),
            invitations.c.role,
            received.label("received"),
        ).where(_open_here(context), or_(sent_by(account), received))
    ).all()
    return [
        *_as_holdings(HoldingKind.SOLE_PROJECT, (row for row in entries if row.sole)),
        *_as_holdings(HoldingKind.SOLE_DATASET, (row for row in grants if row.sole)),
        *_as_holdings(HoldingKind.ROSTER_ENTRY, (row for row in entries if not row.sole)),
        *_as_holdings(HoldingKind.GROUP, in_groups),
        *_as_holdings(HoldingKind.DATASET_GRANT, (row for row in grants if not row.sole)),
        *_as_holdings(HoldingKind.API_KEY, execute(keys).all() if goes else ()),
        *_as_holdings(HoldingKind.API_KEY_MADE, execute(made).all()),
        *_as_holdings(HoldingKind.INVITATION_SENT, (row for row in invited if not row.received)),
        *_as_holdings(HoldingKind.INVITATION_RECEIVED, (row for row in invited if row.received)),
    ]


def _as_holdings(kind: HoldingKind, rows: Iterable[Row[Any]]) -> list[Holding]:
    # Sort in Python, because databases sort names differently.
    in_order = sorted(rows, key=lambda row: (row.name.lower(), row.id))
    return [
        Holding(kind=kind, id=row.id, name=row.name, role=row.role or UNSET, user=row._mapping.get("user", UNSET))
        for row in in_order
    ]


def _is_sole(holding: Holding) -> bool:
    return holding.kind in (HoldingKind.SOLE_PROJECT, HoldingKind.SOLE_DATASET)


def _sole_owner(account: Row[Any], sole: Sequence[Holding]) -> Problem:
    words = {HoldingKind.SOLE_PROJECT: "project", HoldingKind.SOLE_DATASET: "dataset"}
    named = [f"the {words[holding.kind]} {quote(holding.name)}" for holding in sole[:MOST_NAMED]]
    if len(sole) > MOST_NAMED:
        named.append(f"{len(sole) - MOST_NAMED} more")
    owned = " and ".join([part for part in (", ".join(named[:-1]), named[-1]) if part])
    return Problem("sole_owner", f"Only {quote(account.username)} owns {owned}.", "Set successor, who gets them.")


# ---- what a person holds, and what only they own


def _on_rosters(workspace_id: str, account_id: str) -> Select[Any]:
    entry, other = project_users.alias("entry"), project_users.alias("other")
    shared = exists().where(
        other.c.project_id == entry.c.project_id,
        other.c.account_id != account_id,
        other.c.role == ProjectRole.OWNER,
    )
    return (
        select(
            projects.c.id,
            projects.c.name,
            entry.c.role,
            and_(entry.c.role == ProjectRole.OWNER, not_(shared)).label("sole"),
        )
        .join_from(entry, projects, projects.c.id == entry.c.project_id)
        .where(entry.c.account_id == account_id, entry.c.workspace_id == workspace_id)
    )


def _granted(workspace_id: str, account_id: str) -> Select[Any]:
    grant, other = dataset_user_grants.alias("grant"), dataset_user_grants.alias("other")
    of_group, in_group = dataset_group_grants.alias("of_group"), group_members.alias("in_group")
    shared = or_(
        exists().where(
            other.c.dataset_id == grant.c.dataset_id,
            other.c.account_id != account_id,
            other.c.permission == MANAGE,
        ),
        exists().where(
            of_group.c.dataset_id == grant.c.dataset_id,
            of_group.c.permission == MANAGE,
            # A group without other members does not give anyone else access.
            in_group.c.group_id == of_group.c.group_id,
            in_group.c.account_id != account_id,
        ),
    )
    return (
        select(
            datasets.c.id,
            datasets.c.name,
            grant.c.permission.label("role"),
            and_(grant.c.permission == MANAGE, not_(shared)).label("sole"),
        )
        .join_from(grant, datasets, datasets.c.id == grant.c.dataset_id)
        .where(grant.c.account_id == account_id, grant.c.workspace_id == workspace_id)
    )


def _open_here(context: Context) -> ColumnElement[bool]:
    return and_(
        invitations.c.workspace_id == context[WORKSPACE].id,
        invitations.c.status == InvitationStatus.PENDING,
        invitations.c.expires_at > context.now,
    )


# ---- transferring


def _pass_on(context: Context, account: Row[Any], heir: Row[Any]) -> None:
    """Make the successor an owner of what only a person owns. The workspace must be locked.

    Updates the successor's existing entries first. Those objects then have two owners, so the next step skips them.
    """
    workspace = context[WORKSPACE].id
    on_rosters = _on_rosters(workspace, account.id).subquery()
    granted = _granted(workspace, account.id).subquery()
    sole_projects = select(on_rosters.c.id).where(on_rosters.c.sole)
    sole_datasets = select(granted.c.id).where(granted.c.sole)
    for statement in (
        update(project_users)
        .where(project_users.c.account_id == heir.id, project_users.c.project_id.in_(sole_projects))
        .values(role=ProjectRole.OWNER),
        insert(project_users).from_select(
            ["project_id", "account_id", "workspace_id", "kind", "username_key", "role", "added_at"],
            select(
                projects.c.id,
                accounts.c.id,
                projects.c.workspace_id,
                accounts.c.kind,
                accounts.c.username_key,
                literal(ProjectRole.OWNER.value),
                literal(context.now, Timestamp()),
            )
            .select_from(projects)
            .join(accounts, accounts.c.id == heir.id)
            .where(projects.c.id.in_(sole_projects)),
        ),
        update(dataset_user_grants)
        .where(dataset_user_grants.c.account_id == heir.id, dataset_user_grants.c.dataset_id.in_(sole_datasets))
        .values(permission=MANAGE),
        insert(dataset_user_grants).from_select(
            ["dataset_id", "account_id", "workspace_id", "permission"],
            select(datasets.c.id, literal(heir.id), datasets.c.workspace_id, literal(MANAGE, Permission())).where(
                datasets.c.id.in_(sole_datasets)
            ),
        ),
    ):
        context.connection.execute(statement)
