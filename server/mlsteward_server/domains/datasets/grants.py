"""Grants of accounts, groups and invited people on datasets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from mlsteward_api.models import (
    BulkAnswer,
    DatasetGroupGrant,
    DatasetPermission,
    DatasetPermissionSet,
    DatasetUserGrant,
    DatasetUserPermissionSet,
)
from sqlalchemy import Row, Table, delete, insert, select, update

from mlsteward_server import spec
from mlsteward_server.access.ladders import NO_ACCESS, WORKSPACE_LADDER
from mlsteward_server.accounts.accounts import SERVICE_ACCOUNT
from mlsteward_server.accounts.memberships import ADMIN
from mlsteward_server.context import Context, Singles
from mlsteward_server.domains.bulk import Row as BulkRow
from mlsteward_server.domains.bulk import each
from mlsteward_server.domains.datasets.grantees import find_grantee, grantee
from mlsteward_server.domains.datasets.resource import DATASET
from mlsteward_server.domains.groups.resource import GROUP
from mlsteward_server.domains.identity.resource import ACCOUNT
from mlsteward_server.domains.workspaces import invitations as inviting
from mlsteward_server.domains.workspaces.resource import INVITATION, WORKSPACE
from mlsteward_server.problems import Problem, quote
from mlsteward_server.storage.tables.datasets import (
    dataset_group_grants,
    dataset_user_grants,
    datasets,
    invitation_dataset_grants,
)
from mlsteward_server.storage.tables.groups import group_members, groups
from mlsteward_server.trail import audit

_address = spec.load().components["schemas"]["EmailAddress"]
ADDRESS, LONGEST_ADDRESS = re.compile(_address["pattern"]), _address["maxLength"]


def set_dataset_user_permission(context: Context, body: DatasetUserPermissionSet) -> DatasetUserGrant:
    """Grant an account a permission on the dataset. With `invite`, invites an unknown email address."""
    dataset = context[DATASET].row
    if body.invite and _is_address(context.references[ACCOUNT.kind]) and find_grantee(context) is None:
        return _grant_to_invited(context, body.permission)
    account = grantee(context)
    grant(context, dataset_user_grants, dataset.id, dataset.workspace_id, {"account_id": account.id}, body.permission)
    context.concerning = f"{body.permission} to {account.username}"
    return DatasetUserGrant(
        dataset_id=dataset.id,
        dataset=dataset.name,
        user_id=account.id,
        username=account.username,
        permission=body.permission,
    )


def delete_dataset_user_permission(context: Context) -> None:
    """Revoke the grant of an account, or of an invited email address, on the dataset."""
    account = find_grantee(context)
    if account is None and "@" in context.references[ACCOUNT.kind]:
        invitation = inviting.open_invitation_to(
            context, context[DATASET].row.workspace_id, context.references[ACCOUNT.kind]
        )
        if invitation is not None:
            _take_back(
                context, invitation_dataset_grants, {"invitation_id": invitation.id}, context.references[ACCOUNT.kind]
            )
            return
    account = grantee(context)
    _take_back(context, dataset_user_grants, {"account_id": account.id}, account.username)


def list_dataset_group_permissions(context: Context) -> list[DatasetGroupGrant]:
    """List the grants of groups on the dataset, by the name of the group."""
    query = (
        _group_grants()
        .where(dataset_group_grants.c.dataset_id == context[DATASET].id)
        .order_by(groups.c.name_key)
        .limit(context.page.fetch)
    )
    after = context.page.after()
    if after is not None:
        query = query.where(groups.c.name_key > after[0])
    rows = context.connection.execute(query).all()
    return [_group_grant(row) for row in context.page.cut(rows, lambda row: [row.name_key])]


def get_dataset_group_permission(context: Context) -> DatasetGroupGrant:
    """Return the grant of a group on the dataset."""
    found = context[GROUP].row
    permission = context.connection.execute(
        select(dataset_group_grants.c.permission).where(
            dataset_group_grants.c.dataset_id == context[DATASET].id, dataset_group_grants.c.group_id == found.id
        )
    ).scalar()
    return _granted_to(context, found, permission or NO_ACCESS)


def set_dataset_group_permission(context: Context, body: DatasetPermissionSet) -> DatasetGroupGrant:
    """Grant a group a permission on the dataset."""
    found = _known_group(context)
    dataset = context[DATASET].row
    grant(context, dataset_group_grants, dataset.id, dataset.workspace_id, {"group_id": found.id}, body.permission)
    context.concerning = f"{body.permission} to {found.name}"
    return _granted_to(context, found, body.permission)


def delete_dataset_group_permission(context: Context) -> None:
    """Revoke the grant of a group on the dataset."""
    found = _known_group(context)
    _take_back(context, dataset_group_grants, {"group_id": found.id}, found.name)


def list_group_dataset_permissions(context: Context) -> list[DatasetGroupGrant]:
    """List the grants of a group on the datasets of the workspace, by dataset id."""
    found = context[GROUP].row
    query = (
        _group_grants()
        .where(dataset_group_grants.c.group_id == found.id)
        .order_by(dataset_group_grants.c.dataset_id)
        .limit(context.page.fetch)
    )
    after = context.page.after()
    if after is not None:
        # The second condition keeps the database from reading the datasets from the first one.
        query = query.where(dataset_group_grants.c.dataset_id > after[0], datasets.c.id > after[0])
    rows = context.connection.execute(query).all()
    return [_group_grant(row) for row in context.page.cut(rows, lambda row: [row.dataset_id])]


def grant_dataset_permissions(context: Context, rows: Sequence[BulkRow]) -> BulkAnswer:
    """Grant accounts and groups permissions on the dataset."""
    there = {"dataset": context[DATASET].id}
    granted = _granted(context)

    def carry_out(singles: Singles, row: BulkRow) -> bool:
        if ("user" in row) == ("group" in row) or ("invite" in row and "group" in row):
            raise Problem(
                "invalid_request",
                "The row must have either a user or a group; only a user can be invited.",
                "Set exactly one of user and group.",
            )
        operation = f"set_dataset_{'user' if 'user' in row else 'group'}_permission"
        body = {name: value for name, value in row.items() if name not in ("user", "group")}
        path = {**there, **{name: row[name] for name in ("user", "group") if name in row}}
        made = singles.carry_out(operation, path, body)
        if "group" not in row and made.invitation_id:
            return True
        grantee_id = made.group_id if "group" in row else made.user_id
        before = granted.get(grantee_id)
        granted[grantee_id] = str(made.permission)
        return bool(before != made.permission)

    return each(context, rows, carry_out, named=lambda row: row.get("user") or row.get("group"))


# ---- steps


def _granted(context: Context) -> dict[object, str]:
    """Return the permissions that are granted on the dataset, by the id of the account or group."""
    found: dict[object, str] = {}
    for table, column in ((dataset_user_grants, "account_id"), (dataset_group_grants, "group_id")):
        query = select(table.c[column], table.c.permission).where(table.c.dataset_id == context[DATASET].id)
        found.update(map(tuple, context.connection.execute(query).all()))
    return found


def grant(
    context: Context, table: Table, dataset_id: str, workspace_id: str, grantee: dict[str, str], permission: str
) -> None:
    """Write a grant. Replaces the existing one. The workspace must be locked."""
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
        delete(table).where(table.c.dataset_id == context[DATASET].id, table.c[column] == value)
    )
    if gone.rowcount == 0:
        raise Problem(
            "grant_not_found",
            f"{quote(name)} has no grant of its own on the dataset {quote(context[DATASET].row.name)}.",
            "A permission from a group, from the default or from the role admin cannot be revoked here. "
            "To see where it comes from, use 'mlsteward datasets permissions'.",
        )
    context.concerning = f"from {name}"


def _known_group(context: Context) -> Row[Any]:
    """Return the group that the path names, if the caller can know that it exists.

    Admins can name every group. Others who manage the dataset can name the groups that they are in and the groups with
    a grant on it. They can name any group by id, because unlike a name, an id cannot be guessed.

    Raises:
        Problem: The group does not exist for the caller.
    """
    found, caller = context[GROUP], context.caller
    if context[DATASET].workspace_role == ADMIN or context.references[GROUP.kind] == found.id:
        return found.row
    is_in = select(group_members.c.group_id).where(
        group_members.c.group_id == found.id, group_members.c.account_id == caller.id
    )
    is_granted = select(dataset_group_grants.c.group_id).where(
        dataset_group_grants.c.group_id == found.id, dataset_group_grants.c.dataset_id == context[DATASET].id
    )
    if context.connection.execute(is_in.union_all(is_granted).limit(1)).first() is None:
        raise context.missing(GROUP)
    return found.row


def _is_address(reference: str) -> bool:
    """Return whether a reference from the path has the format of an email address in the spec."""
    return len(reference) <= LONGEST_ADDRESS and ADDRESS.fullmatch(reference) is not None


def _grant_to_invited(context: Context, permission: DatasetPermission) -> DatasetUserGrant:
    """Grant a permission to an email address: invite it, or add the grant to its open invitation."""
    caller, dataset, email = context.caller, context[DATASET].row, context.references[ACCOUNT.kind]
    if caller.kind == SERVICE_ACCOUNT:
        raise Problem(
            "forbidden",
            f"Service accounts cannot invite, and {quote(caller.username)} is a service account.",
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
        audit.note(context, INVITATION, "create", invitation.id, invitation.invitee_key, "Invited to the workspace")
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
    """Return the role for an invitation: the default role of the workspace, but at most the role of the caller."""
    own, default = context[DATASET].workspace_role, context[WORKSPACE].row.default_user_role
    assert own is not None
    return own if WORKSPACE_LADDER[own] < WORKSPACE_LADDER[default] else str(default)


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
    dataset = context[DATASET].row
    return DatasetGroupGrant(
        dataset_id=dataset.id,
        dataset=dataset.name,
        group_id=group.id,
        group=group.name,
        permission=DatasetPermission(permission),
    )
