"""Who may do what, and why."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from mlsteward_api.models import (
    AccessConsideration,
    AccessEntry,
    AccessExplanation,
    AccessObjectType,
    AccessRule,
    AccountKind,
    WorkspaceRole,
)
from mlsteward_api.types import UNSET
from sqlalchemy import Row, select

from mlsteward_server import access, people, references, surveys
from mlsteward_server.access import DatasetAccess, ProjectAccess
from mlsteward_server.context import Context
from mlsteward_server.credentials import Caller
from mlsteward_server.problems import Problem, quote
from mlsteward_server.roles import NO_ACCESS, Given, dataset_rules
from mlsteward_server.storage.tables import dataset_group_grants, group_members, groups

__all__ = ["get_dataset_access", "get_project_access", "list_access"]

DATASET, PROJECT = AccessObjectType.DATASET, AccessObjectType.PROJECT
KINDS = {DATASET: surveys.DATASETS, PROJECT: surveys.PROJECTS}
"""In the order of the list."""


# ---- everyone × everything


def list_access(
    context: Context,
    *,
    user: str | None = None,
    project: str | None = None,
    dataset: str | None = None,
    granted: bool = False,
) -> list[AccessEntry]:
    account = None if user is None else _account_of(context, user)
    only: dict[AccessObjectType, str] = {}
    if dataset is not None:
        only[DATASET] = _dataset_of(context, dataset)
    if project is not None:
        only[PROJECT] = _project_of(context, project)
    # Where much may be left out, more is read at a time.
    most = surveys.MOST_AT_ONCE if granted else context.page.fetch
    found = ((kind, row, _rules(kind, row)) for kind, row in _rows(context, account, only, most))
    if granted:
        found = (entry for entry in found if entry[2] and entry[2][0].role != NO_ACCESS)
    page = context.page.cut(
        list(islice(found, context.page.fetch)), lambda entry: [entry[0], entry[1].id, entry[1].username_key]
    )
    return [_entry(kind, row, rules) for kind, row, rules in page]


def _rows(
    context: Context, account: str | None, only: dict[AccessObjectType, str], most: int
) -> Iterator[tuple[AccessObjectType, Row[Any]]]:
    """The facts from where the page starts, in the order of the list."""
    connection, workspace = context.connection, context.workspace.id
    after = context.page.after(3)
    for kind, survey in KINDS.items():
        if (only and kind not in only) or (after is not None and kind < after[0]):
            continue
        _, last, last_user = after if after is not None and kind == after[0] else (kind, "", "")
        if kind in only:
            if account is not None:
                rows = iter(()) if last else survey.of_both(connection, workspace, account, only[kind])
            else:
                rows = survey.of_object(connection, workspace, only[kind], last_user, most)
        elif account is not None:
            rows = survey.of_account(connection, workspace, account, last, most)
        else:
            rows = _object_by_object(context, survey, last, last_user, most)
        for row in rows:
            yield kind, row


def _object_by_object(
    context: Context, survey: surveys.Kind, last: str, last_user: str, most: int
) -> Iterator[Row[Any]]:
    connection, workspace = context.connection, context.workspace.id
    if last:
        yield from survey.of_object(connection, workspace, last, last_user, most)
    for found in survey.objects(connection, workspace, last):
        yield from survey.of_object(connection, workspace, found, most=most)


def _account_of(context: Context, reference: str) -> str:
    account = references.find_account(context.connection, context.caller, reference)
    if account is None or people.membership(context.connection, context.workspace.id, account.id) is None:
        raise _member_not_found(reference, context.workspace.name)
    found: str = account.id
    return found


def _project_of(context: Context, reference: str) -> str:
    found = references.resolve_project(context.connection, context.caller, reference)
    if found is None or found.row.workspace_id != context.workspace.id:
        raise access.project_not_found(reference)
    return found.id


def _dataset_of(context: Context, reference: str) -> str:
    found = references.resolve_dataset(context.connection, context.caller, reference)
    if found is None or found.row.workspace_id != context.workspace.id:
        raise access.dataset_not_found(reference)
    return found.id


# ---- one with one


def get_project_access(context: Context) -> AccessExplanation:
    account = _asked_about(context, context.project.row)
    found = access.find_project(context.connection, _as_caller(account), "id", reference=context.project.id)
    assert found is not None
    return _explanation(PROJECT, found, account, found.rules)


def get_dataset_access(context: Context) -> AccessExplanation:
    account = _asked_about(context, context.dataset.row)
    found = access.find_dataset(context.connection, _as_caller(account), "id", reference=context.dataset.id)
    assert found is not None
    # What decides is found without looking at the other groups; to be complete, they are shown too.
    considered = dataset_rules(
        is_operator=account.is_operator,
        membership=found.row.membership,
        own=found.row.own,
        groups=_grants_of_groups(context, account.id),
        default=found.row.default_permission,
    )
    return _explanation(DATASET, found, account, considered)


def _asked_about(context: Context, row: Row[Any]) -> Row[Any]:
    """The account the path names: one of the workspace, or the caller."""
    account = context.maybe_user
    if account is None or (
        account.id != context.caller.id and people.membership(context.connection, row.workspace_id, account.id) is None
    ):
        raise _member_not_found(context.user_reference, row.workspace)
    return account


def _as_caller(account: Row[Any]) -> Caller:
    return Caller(account.id, account.kind, account.username, account.email, account.is_operator)


def _grants_of_groups(context: Context, account_id: str) -> list[tuple[str, str]]:
    rows = context.connection.execute(
        select(dataset_group_grants.c.permission, groups.c.name)
        .join_from(dataset_group_grants, groups)
        .join(group_members, group_members.c.group_id == groups.c.id)
        .where(dataset_group_grants.c.dataset_id == context.dataset.id, group_members.c.account_id == account_id)
        .order_by(groups.c.id)
    )
    return [(row.permission, row.name) for row in rows]


def _member_not_found(reference: str, workspace: str) -> Problem:
    return Problem(
        "member_not_found",
        f"The workspace {quote(workspace)} has no account {quote(reference)}.",
        "Check the id, email address or username.",
    )


# ---- rows to models


def _rules(kind: AccessObjectType, row: Row[Any]) -> list[Given]:
    apply = access.rules_in_dataset if kind == DATASET else access.rules_in_project
    return apply(row, is_operator=row.is_operator)


def _entry(kind: AccessObjectType, row: Row[Any], rules: list[Given]) -> AccessEntry:
    role, rule, group = _outcome(kind, rules)
    return AccessEntry(
        object_type=kind,
        object_id=row.id,
        object_name=row.name,
        user_id=row.user_id,
        username=row.username,
        kind=AccountKind(row.kind),
        role=role,
        rule=rule,
        group=group,
    )


def _explanation(
    kind: AccessObjectType, found: ProjectAccess | DatasetAccess, account: Row[Any], considered: list[Given]
) -> AccessExplanation:
    role, rule, group = _outcome(kind, found.rules)
    return AccessExplanation(
        object_type=kind,
        object_id=found.id,
        object_name=found.row.name,
        workspace=found.row.workspace,
        user_id=account.id,
        username=account.username,
        kind=AccountKind(account.kind),
        workspace_role=WorkspaceRole(found.workspace_role) if found.workspace_role else UNSET,
        role=role,
        rule=rule,
        group=group,
        considered=[
            AccessConsideration(
                rule=AccessRule(given.rule), role=given.role, group=given.group or UNSET, decides=number == 0
            )
            for number, given in enumerate(considered)
        ],
    )


_RULES = {rule.value: rule for rule in AccessRule}


def _outcome(kind: AccessObjectType, rules: list[Given]) -> tuple[Any, AccessRule, Any]:
    if rules:
        role, rule, group = rules[0]
        return role, _RULES[rule], group or UNSET
    return (NO_ACCESS if kind == DATASET else UNSET), AccessRule.NONE, UNSET
