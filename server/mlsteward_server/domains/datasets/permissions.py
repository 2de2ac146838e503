"""What everybody may do with datasets."""

from __future__ import annotations

from typing import Any

from mlsteward_api.models import (
    AccessRule,
    DatasetAccess,
    DatasetPermission,
)
from mlsteward_api.types import UNSET
from sqlalchemy import Row

from mlsteward_server import facts, people, roles, surveys, visible_datasets
from mlsteward_server.context import Context
from mlsteward_server.domains.datasets.steps import account_of
from mlsteward_server.domains.workspaces.members import member_account
from mlsteward_server.roles import NO_ACCESS, Given


def list_dataset_permissions(context: Context) -> list[DatasetAccess]:
    after = context.page.after() or ("",)
    found = surveys.in_object(context.connection, surveys.DATASET, context.dataset.row, after[0])
    page = context.page.sift(found, lambda entry: roles.gives(entry.rules), lambda entry: [entry.account.username_key])
    return [_dataset_access(entry.object, entry.account, entry.rules) for entry in page]


def get_dataset_user_permission(context: Context) -> DatasetAccess:
    account = account_of(context)
    found = facts.find_dataset(context.connection, facts.as_caller(account), "id", reference=context.dataset.id)
    assert found is not None
    return _dataset_access(found.row, account, found.rules)


def list_member_dataset_permissions(context: Context) -> list[DatasetAccess]:
    account = member_account(context)
    after = context.page.after() or (None,)
    membership = people.membership(context.connection, context.workspace.id, account.id)
    assert membership is not None
    found = visible_datasets.of_account(
        context.connection, account.id, membership.role, account.is_operator, context.workspace.id, after[0]
    )
    applied = ((row, facts.rules_in_dataset(row, is_operator=account.is_operator)) for row in found)
    page = context.page.sift(applied, lambda entry: roles.gives(entry[1]), lambda entry: [entry[0].id])
    return [_dataset_access(row, account, rules) for row, rules in page]


# ---- steps


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
