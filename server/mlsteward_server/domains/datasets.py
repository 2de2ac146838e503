"""Datasets, and who was granted what on them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from mlsteward_api.models import (
    AccessRule,
    Dataset,
    DatasetAccess,
    DatasetCreate,
    DatasetCreator,
    DatasetGroupGrant,
    DatasetPermission,
    DatasetPermissionSet,
    DatasetUserGrant,
    DatasetUserPermissionSet,
    WorkspaceRole,
)
from mlsteward_api.types import UNSET
from sqlalchemy import Row, Table, delete, insert, select, tuple_, update

from mlsteward_server import access, audit, people, references, surveys, visible_datasets
from mlsteward_server.context import Context
from mlsteward_server.domains.groups import find_group
from mlsteward_server.domains.workspaces import invitations as inviting
from mlsteward_server.domains.workspaces.members import member_account
from mlsteward_server.people import SERVICE_ACCOUNT
from mlsteward_server.problems import Problem, quote
from mlsteward_server.roles import MANAGE, NO_ACCESS, WORKSPACE_LADDER, Given
from mlsteward_server.storage.ids import new_id
from mlsteward_server.storage.tables import (
    accounts,
    dataset_group_grants,
    dataset_user_grants,
    datasets,
    groups,
    invitation_dataset_grants,
    memberships,
)

__all__ = [
    "create_dataset",
    "delete_dataset",
    "delete_dataset_group_permission",
    "delete_dataset_user_permission",
    "get_dataset",
    "get_dataset_group_permission",
    "get_dataset_user_permission",
    "list_dataset_group_permissions",
    "list_dataset_permissions",
    "list_datasets",
    "list_group_dataset_permissions",
    "list_member_dataset_permissions",
    "set_dataset_default_permission",
    "set_dataset_group_permission",
    "set_dataset_user_permission",
]


# ---- datasets


def list_datasets(context: Context, *, workspace: str | None = None) -> list[Dataset]:
    after = context.page.after(2)
    found = _visible(context, workspace, after)
    rows = context.page.cut(list(islice(found, context.page.fetch)), lambda row: [row.workspace_id, row.id])
    return _datasets(context, rows)


def create_dataset(context: Context, body: DatasetCreate) -> Dataset:
    workspace = context.workspace
    people.lock_workspace(context.connection, workspace.id)
    _refuse_taken_name(context, body.name)
    dataset_id = new_id()
    row = {
        "id": dataset_id,
        "workspace_id": workspace.id,
        "name": body.name,
        "name_key": body.name.lower(),
        "default_permission": body.default_permission or workspace.row.default_dataset_permission,
        "creator_id": context.caller.id,
        "created_at": context.now,
    }
    context.connection.execute(insert(datasets), row)
    if people.membership(context.connection, workspace.id, context.caller.id) is not None:
        _grant(context, dataset_user_grants, dataset_id, workspace.id, {"account_id": context.caller.id}, MANAGE)
    return _read(context, dataset_id)


def get_dataset(context: Context) -> Dataset:
    return _datasets(context, [context.dataset.row])[0]


def delete_dataset(context: Context) -> None:
    _lock(context)
    context.connection.execute(delete(datasets).where(datasets.c.id == context.dataset.id))


# ---- what everybody may do


def list_dataset_permissions(context: Context) -> list[DatasetAccess]:
    after = context.page.after() or ("",)
    found = (
        entry
        for entry in surveys.in_object(context.connection, surveys.DATASET, context.dataset.row, after[0])
        if entry.rules and entry.rules[0].role != NO_ACCESS
    )
    page = context.page.cut(list(islice(found, context.page.fetch)), lambda entry: [entry.account.username_key])
    return [_dataset_access(entry.object, entry.account, entry.rules) for entry in page]


def set_dataset_default_permission(context: Context, body: DatasetPermissionSet) -> Dataset:
    _lock(context)
    context.connection.execute(
        update(datasets).where(datasets.c.id == context.dataset.id).values(default_permission=body.permission)
    )
    context.concerning = str(body.permission)
    return _read(context, context.dataset.id)


def list_member_dataset_permissions(context: Context) -> list[DatasetAccess]:
    account = member_account(context)
    after = context.page.after() or (None,)
    membership = people.membership(context.connection, context.workspace.id, account.id)
    assert membership is not None
    found = visible_datasets.of_account(
        context.connection, account.id, membership.role, account.is_operator, context.workspace.id, after[0]
    )
    rows = context.page.cut(list(islice(found, context.page.fetch)), lambda row: [row.id])
    return [
        _dataset_access(row, account, access.rules_in_dataset(row, is_operator=account.is_operator)) for row in rows
    ]


# ---- what accounts were granted


def get_dataset_user_permission(context: Context) -> DatasetAccess:
    account = _account(context)
    found = access.find_dataset(context.connection, access.as_caller(account), "id", reference=context.dataset.id)
    assert found is not None
    return _dataset_access(found.row, account, found.rules)


def set_dataset_user_permission(context: Context, body: DatasetUserPermissionSet) -> DatasetUserGrant:
    _lock(context)
    dataset = context.dataset.row
    if body.invite and "@" in context.user_reference and _find_account(context) is None:
        return _grant_to_invited(context, body.permission)
    account = _account(context)
    _grant(context, dataset_user_grants, dataset.id, dataset.workspace_id, {"account_id": account.id}, body.permission)
    context.concerning = f"{body.permission} to {account.username}"
    return DatasetUserGrant(
        dataset_id=dataset.id,
        dataset=dataset.name,
        user_id=account.id,
        username=account.username,
        permission=body.permission,
    )


def delete_dataset_user_permission(context: Context) -> None:
    _lock(context)
    account = _find_account(context)
    if account is None and "@" in context.user_reference:
        invitation = inviting.open_invitation_to(context, context.dataset.row.workspace_id, context.user_reference)
        if invitation is not None:
            _take_back(context, invitation_dataset_grants, {"invitation_id": invitation.id}, context.user_reference)
            return
    account = _account(context)
    _take_back(context, dataset_user_grants, {"account_id": account.id}, account.username)


# ---- what groups were granted


def list_dataset_group_permissions(context: Context) -> list[DatasetGroupGrant]:
    query = (
        _group_grants()
        .where(dataset_group_grants.c.dataset_id == context.dataset.id)
        .order_by(groups.c.name_key)
        .limit(context.page.fetch)
    )
    after = context.page.after()
    if after is not None:
        query = query.where(groups.c.name_key > after[0])
    rows = context.connection.execute(query).all()
    return [_group_grant(row) for row in context.page.cut(rows, lambda row: [row.name_key])]


def get_dataset_group_permission(context: Context, *, group: str) -> DatasetGroupGrant:
    found = _find_group(context, group)
    permission = context.connection.execute(
        select(dataset_group_grants.c.permission).where(
            dataset_group_grants.c.dataset_id == context.dataset.id, dataset_group_grants.c.group_id == found.id
        )
    ).scalar()
    return _granted_to(context, found, permission or NO_ACCESS)


def set_dataset_group_permission(context: Context, body: DatasetPermissionSet, *, group: str) -> DatasetGroupGrant:
    _lock(context)
    found = _find_group(context, group)
    dataset = context.dataset.row
    _grant(context, dataset_group_grants, dataset.id, dataset.workspace_id, {"group_id": found.id}, body.permission)
    context.concerning = f"{body.permission} to {found.name}"
    return _granted_to(context, found, body.permission)


def delete_dataset_group_permission(context: Context, *, group: str) -> None:
    _lock(context)
    found = _find_group(context, group)
    _take_back(context, dataset_group_grants, {"group_id": found.id}, found.name)


def list_group_dataset_permissions(context: Context, *, group: str) -> list[DatasetGroupGrant]:
    found = find_group(context, group)
    query = (
        _group_grants()
        .where(dataset_group_grants.c.group_id == found.id)
        .order_by(dataset_group_grants.c.dataset_id)
        .limit(context.page.fetch)
    )
    after = context.page.after()
    if after is not None:
        query = query.where(dataset_group_grants.c.dataset_id > after[0])
    rows = context.connection.execute(query).all()
    return [_group_grant(row) for row in context.page.cut(rows, lambda row: [row.dataset_id])]


# ---- steps


def _visible(context: Context, workspace: str | None, after: tuple[str, ...] | None) -> Iterator[Row[Any]]:
    """The datasets the caller can view, from where the page starts, one workspace after the other."""
    caller = context.caller
    if workspace is None and caller.is_operator:
        start = (after[0], after[1]) if after is not None else ("", "")
        yield from visible_datasets.of_platform(context.connection, caller.id, start)
        return
    for workspace_id, role in _workspaces_of_list(context, workspace):
        if after is not None and workspace_id < after[0]:
            continue
        beyond = after[1] if after is not None and workspace_id == after[0] else None
        yield from visible_datasets.of_account(
            context.connection, caller.id, role, caller.is_operator, workspace_id, beyond
        )


def _workspaces_of_list(context: Context, workspace: str | None) -> Iterable[tuple[str, str]]:
    """Id of, and role in, the one workspace that is asked for, or each that the caller is in."""
    if workspace is not None:
        found = references.resolve_workspace(context.connection, context.caller, workspace)
        access.check_workspace(found, "guest", workspace)
        return [(found.id, found.role or "")]
    query = (
        select(memberships.c.workspace_id.label("id"), memberships.c.role)
        .where(memberships.c.account_id == context.caller.id)
        .order_by(memberships.c.workspace_id)
    )
    return [(row.id, row.role) for row in context.connection.execute(query)]


def _refuse_taken_name(context: Context, name: str) -> None:
    taken = context.connection.execute(
        select(datasets.c.id).where(
            datasets.c.workspace_id == context.workspace.id, datasets.c.name_key == name.lower()
        )
    ).first()
    if taken is not None or references.is_reserved(name):
        raise Problem(
            "dataset_name_taken",
            f"The workspace {quote(context.workspace.name)} has a dataset {quote(name)} already.",
            "Choose another name.",
        )


def _lock(context: Context) -> None:
    """Keep others from changing who may do what; the caller may have been allowed to until just now."""
    before = context.dataset
    people.lock_workspace(context.connection, before.row.workspace_id)
    now = access.find_dataset(context.connection, context.caller, "id", reference=before.id)
    shown = f"{before.row.workspace}:{before.row.name}"
    if now is None:
        raise access.dataset_not_found(shown)
    access.check_dataset(now, "manage", shown)
    context.maybe_dataset = now
    if context.user_reference:
        # They may have come in meanwhile.
        context.maybe_user = references.find_account(context.connection, context.caller, context.user_reference)


def _find_account(context: Context) -> Row[Any] | None:
    """The account the path names, if it is in the workspace of the dataset."""
    account = context.maybe_user
    workspace_id = context.dataset.row.workspace_id
    if account is None or people.membership(context.connection, workspace_id, account.id) is None:
        return None
    return account


def _account(context: Context) -> Row[Any]:
    account = _find_account(context)
    if account is None:
        raise Problem(
            "member_not_found",
            f"The workspace {quote(context.dataset.row.workspace)} has no account {quote(context.user_reference)}.",
            "Check the id, email address or username, or invite them.",
        )
    return account


def _find_group(context: Context, group: str) -> Row[Any]:
    context.maybe_workspace = access.find_workspace(
        context.connection, context.caller, "id", context.dataset.row.workspace_id
    )
    return find_group(context, group)


def _grant(
    context: Context, table: Table, dataset_id: str, workspace_id: str, grantee: dict[str, str], permission: str
) -> None:
    """Write a grant, over the one there is. The workspace must be locked."""
    ((column, value),) = grantee.items()
    changed = context.connection.execute(
        update(table).where(table.c.dataset_id == dataset_id, table.c[column] == value).values(permission=permission)
    )
    if changed.rowcount == 0:
        row = {"dataset_id": dataset_id, "workspace_id": workspace_id, "permission": permission, **grantee}
        context.connection.execute(insert(table), row)


def _take_back(context: Context, table: Table, grantee: dict[str, str], name: str) -> None:
    ((column, value),) = grantee.items()
    gone = context.connection.execute(
        delete(table).where(table.c.dataset_id == context.dataset.id, table.c[column] == value)
    )
    if gone.rowcount == 0:
        raise Problem(
            "grant_not_found",
            f"{quote(name)} was granted nothing on the dataset {quote(context.dataset.row.name)}.",
            "What comes from a group, from the default or from being an admin cannot be taken back here.",
        )
    context.concerning = f"from {name}"


def _grant_to_invited(context: Context, permission: DatasetPermission) -> DatasetUserGrant:
    """Grant to somebody who is yet to come: invite them, or add to the invitation they have."""
    caller, dataset, email = context.caller, context.dataset.row, context.user_reference
    if caller.kind == SERVICE_ACCOUNT:
        raise Problem(
            "forbidden",
            f"Service accounts cannot invite, and {quote(caller.username)} is one.",
            "Use the API key of a person.",
        )
    invitation = inviting.open_invitation_to(context, dataset.workspace_id, email)
    if invitation is None:
        invitation = inviting.invite(
            context,
            workspace_id=dataset.workspace_id,
            workspace_name=dataset.workspace,
            email=email,
            role=_role_of_invited(context),
        )
        audit.note(context, "create", "invitation", invitation.id, "Invited to the workspace")
    table = invitation_dataset_grants
    context.connection.execute(
        delete(table).where(table.c.invitation_id == invitation.id, table.c.dataset_id == dataset.id)
    )
    context.connection.execute(
        insert(table), {"invitation_id": invitation.id, "dataset_id": dataset.id, "permission": permission}
    )
    context.concerning = f"{permission} to {email}, who is invited"
    return DatasetUserGrant(
        dataset_id=dataset.id, dataset=dataset.name, invitation_id=invitation.id, permission=permission
    )


def _role_of_invited(context: Context) -> str:
    """The default role of the workspace, but nobody invites to more than they are."""
    found = access.find_workspace(context.connection, context.caller, "id", context.dataset.row.workspace_id)
    assert found is not None
    assert found.role is not None
    role: str = min(found.row.default_user_role, found.role, key=WORKSPACE_LADDER.__getitem__)
    return role


# ---- rows to models


def _read(context: Context, dataset_id: str) -> Dataset:
    found = access.find_dataset(context.connection, context.caller, "id", reference=dataset_id)
    assert found is not None
    return _datasets(context, [found.row])[0]


def _datasets(context: Context, rows: Iterable[Row[Any]]) -> list[Dataset]:
    rows = list(rows)
    creators = _creators(context, rows)
    return [
        Dataset(
            id=row.id,
            workspace=row.workspace,
            name=row.name,
            default_permission=DatasetPermission(row.default_permission),
            creator=creators.get((row.workspace_id, row.creator_id), UNSET),
            created_at=row.created_at,
        )
        for row in rows
    ]


def _creators(context: Context, rows: list[Row[Any]]) -> dict[tuple[str, str], DatasetCreator]:
    """Who made the datasets of a page and is still in the workspace, in one query."""
    wanted = {(row.workspace_id, row.creator_id) for row in rows if row.creator_id is not None}
    if not wanted:
        return {}
    administered = {row.workspace_id for row in rows if row.membership == people.ADMIN}
    found = context.connection.execute(
        select(*accounts.c, memberships.c.role, memberships.c.workspace_id)
        .join_from(memberships, accounts)
        .where(tuple_(memberships.c.workspace_id, memberships.c.account_id).in_(wanted))
    )
    creators = {}
    for row in found:
        creator = DatasetCreator(
            id=row.id,
            username=row.username,
            name=row.name or UNSET,
            surname=row.surname or UNSET,
            role=WorkspaceRole(row.role),
        )
        if context.caller.is_operator or row.workspace_id in administered or row.id == context.caller.id:
            creator.email = row.email or UNSET
        creators[row.workspace_id, row.id] = creator
    return creators


def _dataset_access(dataset: Row[Any], account: Row[Any], rules: list[Given]) -> DatasetAccess:
    role, rule, group = rules[0] if rules else Given(NO_ACCESS, AccessRule.NONE)
    return DatasetAccess(
        dataset_id=dataset.id,
        dataset=dataset.name,
        user_id=account.id,
        username=account.username,
        name=account.name or UNSET,
        surname=account.surname or UNSET,
        email=account.email or UNSET,
        permission=DatasetPermission(role),
        rule=AccessRule(rule),
        group=group or UNSET,
    )


def _group_grants() -> Any:
    return (
        select(
            dataset_group_grants.c.dataset_id,
            dataset_group_grants.c.permission,
            datasets.c.name.label("dataset"),
            groups.c.id.label("group_id"),
            groups.c.name.label("group"),
            groups.c.name_key,
        )
        .join_from(dataset_group_grants, groups)
        .join(datasets, datasets.c.id == dataset_group_grants.c.dataset_id)
    )


def _group_grant(row: Row[Any]) -> DatasetGroupGrant:
    return DatasetGroupGrant(
        dataset_id=row.dataset_id,
        dataset=row.dataset,
        group_id=row.group_id,
        group=row.group,
        permission=DatasetPermission(row.permission),
    )


def _granted_to(context: Context, group: Row[Any], permission: str) -> DatasetGroupGrant:
    dataset = context.dataset.row
    return DatasetGroupGrant(
        dataset_id=dataset.id,
        dataset=dataset.name,
        group_id=group.id,
        group=group.name,
        permission=DatasetPermission(permission),
    )
