"""Datasets."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from mlsteward_api.models import (
    Dataset,
    DatasetCreate,
    DatasetCreator,
    DatasetPermission,
    DatasetPermissionSet,
    WorkspaceRole,
)
from mlsteward_api.types import UNSET
from sqlalchemy import Row, delete, insert, select, update

from mlsteward_server.access.ladders import MANAGE, gives
from mlsteward_server.access.reach import reachable
from mlsteward_server.accounts.memberships import ADMIN, membership
from mlsteward_server.context import Context
from mlsteward_server.domains.datasets.grants import grant
from mlsteward_server.domains.datasets.resource import DATASET, find_dataset
from mlsteward_server.domains.datasets.sharing import SHARING, rules
from mlsteward_server.domains.workspaces.listed import listed_workspace
from mlsteward_server.domains.workspaces.resource import WORKSPACE
from mlsteward_server.names import is_reserved, key_of
from mlsteward_server.problems import Problem, quote
from mlsteward_server.storage.ids import new_id
from mlsteward_server.storage.tables.datasets import dataset_user_grants, datasets
from mlsteward_server.storage.tables.identity import accounts
from mlsteward_server.storage.tables.workspaces import memberships


def list_datasets(context: Context, *, workspace: str | None = None) -> list[Dataset]:
    """List the datasets that the caller can view, by workspace and id."""
    caller = context.caller
    found = reachable(
        context.connection,
        SHARING,
        caller.id,
        is_operator=caller.is_operator,
        workspace_id=listed_workspace(context, workspace),
        after=context.page.after_pair(),
        most=context.page.fetch,
    )
    rows = context.page.sift(
        found,
        lambda row: gives(rules(row, caller.is_operator)),
        lambda row: [row.workspace_id, row.id],
    )
    return _datasets(context, rows)


def create_dataset(context: Context, body: DatasetCreate) -> Dataset:
    """Create a dataset. Grants MANAGE to the caller."""
    workspace = context[WORKSPACE]
    _refuse_taken_name(context, body.name)
    dataset_id = new_id()
    row = {
        "id": dataset_id,
        "workspace_id": workspace.id,
        "name": body.name,
        "name_key": key_of(body.name),
        "default_permission": body.default_permission or workspace.row.default_dataset_permission,
        "creator_id": context.caller.id,
        "created_at": context.now,
    }
    context.connection.execute(insert(datasets), row)
    if membership(context.connection, workspace.id, context.caller.id) is not None:
        grant(context, dataset_user_grants, dataset_id, workspace.id, {"account_id": context.caller.id}, MANAGE)
    return _read(context, dataset_id)


def get_dataset(context: Context) -> Dataset:
    """Return the dataset."""
    return _datasets(context, [context[DATASET].row])[0]


def delete_dataset(context: Context) -> None:
    """Delete the dataset and every grant on it."""
    context.connection.execute(delete(datasets).where(datasets.c.id == context[DATASET].id))


def set_dataset_default_permission(context: Context, body: DatasetPermissionSet) -> Dataset:
    """Set the default permission of members on the dataset."""
    context.connection.execute(
        update(datasets).where(datasets.c.id == context[DATASET].id).values(default_permission=body.permission)
    )
    context.concerning = str(body.permission)
    return _read(context, context[DATASET].id)


# ---- steps


def _refuse_taken_name(context: Context, name: str) -> None:
    taken = context.connection.execute(
        select(datasets.c.id).where(
            datasets.c.workspace_id == context[WORKSPACE].id, datasets.c.name_key == key_of(name)
        )
    ).first()
    if taken is not None or is_reserved(name):
        raise Problem(
            "dataset_name_taken",
            f"The workspace {quote(context[WORKSPACE].name)} already has a dataset {quote(name)}.",
            "Choose another name.",
        )


def _read(context: Context, dataset_id: str) -> Dataset:
    found = find_dataset(context.connection, context.caller, dataset_id)
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
    """Return the creators of the datasets of a page who are still in the workspace, in one query."""
    wanted = {(row.workspace_id, row.creator_id) for row in rows if row.creator_id is not None}
    if not wanted:
        return {}
    administered = {row.workspace_id for row in rows if row.membership == ADMIN}
    found = context.connection.execute(
        select(*accounts.c, memberships.c.role, memberships.c.workspace_id)
        .join_from(memberships, accounts)
        .where(
            memberships.c.account_id.in_({account_id for _, account_id in wanted}),
            memberships.c.workspace_id.in_({workspace_id for workspace_id, _ in wanted}),
        )
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
