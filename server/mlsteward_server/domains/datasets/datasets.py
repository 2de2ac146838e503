"""Datasets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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

from mlsteward_server import facts, people, references, roles, visible_datasets
from mlsteward_server.context import Context
from mlsteward_server.domains.datasets.grants import grant
from mlsteward_server.domains.datasets.steps import lock
from mlsteward_server.problems import Problem, quote
from mlsteward_server.roles import MANAGE
from mlsteward_server.storage.ids import new_id
from mlsteward_server.storage.tables import (
    accounts,
    dataset_user_grants,
    datasets,
    memberships,
)


def list_datasets(context: Context, *, workspace: str | None = None) -> list[Dataset]:
    is_operator = context.caller.is_operator
    rows = context.page.sift(
        _candidates(context, workspace, context.page.after(2)),
        lambda row: roles.gives(facts.rules_in_dataset(row, is_operator=is_operator)),
        lambda row: [row.workspace_id, row.id],
    )
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
        grant(context, dataset_user_grants, dataset_id, workspace.id, {"account_id": context.caller.id}, MANAGE)
    return _read(context, dataset_id)


def get_dataset(context: Context) -> Dataset:
    return _datasets(context, [context.dataset.row])[0]


def delete_dataset(context: Context) -> None:
    lock(context)
    context.connection.execute(delete(datasets).where(datasets.c.id == context.dataset.id))


def set_dataset_default_permission(context: Context, body: DatasetPermissionSet) -> Dataset:
    lock(context)
    context.connection.execute(
        update(datasets).where(datasets.c.id == context.dataset.id).values(default_permission=body.permission)
    )
    context.concerning = str(body.permission)
    return _read(context, context.dataset.id)


# ---- steps


def _candidates(context: Context, workspace: str | None, after: tuple[str, ...] | None) -> Iterator[Row[Any]]:
    """The datasets the caller can perhaps view, from where the page starts, one workspace after the other."""
    caller = context.caller
    if workspace is None and caller.is_operator:
        start = (after[0], after[1]) if after is not None else ("", "")
        yield from visible_datasets.of_platform(context.connection, caller.id, start)
        return
    for workspace_id, role in references.workspaces_to_list(context.connection, caller, workspace):
        if after is not None and workspace_id < after[0]:
            continue
        beyond = after[1] if after is not None and workspace_id == after[0] else None
        yield from visible_datasets.of_account(
            context.connection, caller.id, role, caller.is_operator, workspace_id, beyond
        )


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


def _read(context: Context, dataset_id: str) -> Dataset:
    found = facts.find_dataset(context.connection, context.caller, "id", reference=dataset_id)
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
