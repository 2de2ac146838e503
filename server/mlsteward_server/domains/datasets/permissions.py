"""The effective permissions of accounts on datasets."""

from __future__ import annotations

from typing import Any

from mlsteward_api.models import AccessRule, DatasetAccess, DatasetPermission
from mlsteward_api.types import UNSET
from sqlalchemy import Row

from mlsteward_server.access.ladders import NO_ACCESS, Given, gives
from mlsteward_server.access.reach import reachable
from mlsteward_server.access.sharing import survey_both, survey_object
from mlsteward_server.context import Context
from mlsteward_server.domains.datasets.grantees import grantee
from mlsteward_server.domains.datasets.resource import DATASET
from mlsteward_server.domains.datasets.sharing import SHARING, rules
from mlsteward_server.domains.workspaces.members import member_account
from mlsteward_server.domains.workspaces.resource import WORKSPACE


def list_dataset_permissions(context: Context) -> list[DatasetAccess]:
    """List the accounts that can view the dataset, by username."""
    after = context.page.after() or ("",)
    found = survey_object(context.connection, SHARING, context[DATASET].row, after[0])
    page = context.page.sift(found, lambda entry: gives(entry.rules), lambda entry: [entry.account.username_key])
    return [_dataset_access(entry.object, entry.account, entry.rules) for entry in page]


def get_dataset_user_permission(context: Context) -> DatasetAccess:
    """Return the effective permission of an account on the dataset."""
    account = grantee(context)
    found = survey_both(context.connection, SHARING, account, context[DATASET].id)
    return _dataset_access(found.object, account, found.rules)


def list_member_dataset_permissions(context: Context) -> list[DatasetAccess]:
    """List the datasets of the workspace that a person can view, by id."""
    account = member_account(context)
    workspace_id = context[WORKSPACE].id
    after = context.page.after()
    found = reachable(
        context.connection,
        SHARING,
        account.id,
        is_operator=account.is_operator,
        workspace_id=workspace_id,
        after=None if after is None else (workspace_id, after[0]),
        most=context.page.fetch,
    )
    applied = ((row, rules(row, account.is_operator)) for row in found)
    page = context.page.sift(applied, lambda entry: gives(entry[1]), lambda entry: [entry[0].id])
    return [_dataset_access(row, account, given) for row, given in page]


# ---- steps


def _dataset_access(dataset: Row[Any], account: Row[Any], given: list[Given]) -> DatasetAccess:
    role, rule, group = given[0] if given else Given(NO_ACCESS, AccessRule.NONE)
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
