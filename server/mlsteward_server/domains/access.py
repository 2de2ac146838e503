"""Who may do what, and why."""

from __future__ import annotations

from collections.abc import Iterator
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
from sqlalchemy import Connection, Row, select

from mlsteward_server import access, facts, people, references, roles, surveys
from mlsteward_server.context import Context
from mlsteward_server.facts import DatasetAccess, ProjectAccess
from mlsteward_server.problems import Problem, quote
from mlsteward_server.roles import NO_ACCESS, Given, dataset_rules
from mlsteward_server.storage.ids import looks_like_id
from mlsteward_server.storage.tables import dataset_group_grants, group_members, groups
from mlsteward_server.surveys import Surveyed

__all__ = ["get_dataset_access", "get_project_access", "list_access"]

TYPES = {surveys.DATASET: AccessObjectType.DATASET, surveys.PROJECT: AccessObjectType.PROJECT}
"""In the order of the list."""

Found = tuple[str, Surveyed]


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
    only: dict[str, str] = {}
    if dataset is not None:
        only[surveys.DATASET] = _dataset_of(context, dataset)
    if project is not None:
        only[surveys.PROJECT] = _project_of(context, project)
    # Where much may be left out, more is read at a time.
    most = surveys.MOST_AT_ONCE if granted else context.page.fetch
    found = _survey(context, account, only, most)
    page = context.page.sift(found, lambda found: not granted or roles.gives(found[1].rules), _key)
    return [_entry(kind, entry) for kind, entry in page]


def _key(found: Found) -> list[str]:
    kind, entry = found
    return [kind, entry.object.id, entry.account.username_key]


def _survey(context: Context, account: Row[Any] | None, only: dict[str, str], most: int) -> Iterator[Found]:
    """Everything there is to list, from where the page starts."""
    connection, workspace = context.connection, context.workspace.id
    after = context.page.after(3)
    for kind in TYPES:
        if (only and kind not in only) or (after is not None and kind < after[0]):
            continue
        _, last, last_user = after if after is not None and kind == after[0] else (kind, "", "")
        if account is not None and kind in only:
            rows = iter(() if last else [_of_both(connection, kind, account, only[kind])])
        elif account is not None:
            rows = surveys.of_account(connection, kind, account, workspace, last, most)
        else:
            rows = _object_by_object(context, kind, only.get(kind), last, last_user, most)
        for row in rows:
            yield kind, row


def _object_by_object(
    context: Context, kind: str, only: str | None, last: str, last_user: str, most: int
) -> Iterator[Surveyed]:
    connection = context.connection
    first = surveys.find_object(connection, kind, last or only or "")
    if first is not None:
        yield from surveys.in_object(connection, kind, first, last_user, most)
    if only is None:
        for found in surveys.objects(connection, kind, context.workspace.id, last):
            yield from surveys.in_object(connection, kind, found, most=most)


def _of_both(connection: Connection, kind: str, account: Row[Any], object_id: str) -> Surveyed:
    caller = facts.as_caller(account)
    find = facts.find_dataset if kind == surveys.DATASET else facts.find_project
    found = find(connection, caller, "id", reference=object_id)
    assert found is not None
    return Surveyed(found.row, account, found.rules)


def _account_of(context: Context, reference: str) -> Row[Any]:
    account = references.find_account(context.connection, context.caller, reference)
    if account is None or people.membership(context.connection, context.workspace.id, account.id) is None:
        raise _member_not_found(reference, context.workspace.name)
    return account


def _project_of(context: Context, reference: str) -> str:
    found = references.resolve_project(context.connection, context.caller, reference)
    if found is None or found.row.workspace_id != context.workspace.id:
        raise access.project_not_found(reference)
    return found.id


def _dataset_of(context: Context, reference: str) -> str:
    if ":" not in reference and not looks_like_id(reference):
        reference = f"{context.workspace.id}:{reference}"  # in the workspace that is listed, not in the default one
    found = references.resolve_dataset(context.connection, context.caller, reference)
    if found is None or found.row.workspace_id != context.workspace.id:
        raise access.dataset_not_found(reference.removeprefix(f"{context.workspace.id}:"))
    return found.id


# ---- one with one


def get_project_access(context: Context) -> AccessExplanation:
    account = _asked_about(context, context.project.row)
    found = facts.find_project(context.connection, facts.as_caller(account), "id", reference=context.project.id)
    assert found is not None
    return _explanation(surveys.PROJECT, found, account, found.rules)


def get_dataset_access(context: Context) -> AccessExplanation:
    account = _asked_about(context, context.dataset.row)
    found = facts.find_dataset(context.connection, facts.as_caller(account), "id", reference=context.dataset.id)
    assert found is not None
    # What decides is found without looking at the other groups; to be complete, they are shown too.
    considered = dataset_rules(
        is_operator=account.is_operator,
        membership=found.row.membership,
        own=found.row.own,
        groups=_grants_of_groups(context, account.id),
        default=found.row.default_permission,
    )
    return _explanation(surveys.DATASET, found, account, considered)


def _asked_about(context: Context, row: Row[Any]) -> Row[Any]:
    """The account the path names: one of the workspace, or the caller."""
    account = context.maybe_user
    if account is None or (
        account.id != context.caller.id and people.membership(context.connection, row.workspace_id, account.id) is None
    ):
        raise _member_not_found(context.user_reference, row.workspace)
    return account


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


def _entry(kind: str, entry: Surveyed) -> AccessEntry:
    role, rule, group = _outcome(kind, entry.rules)
    return AccessEntry(
        object_type=TYPES[kind],
        object_id=entry.object.id,
        object_name=entry.object.name,
        user_id=entry.account.id,
        username=entry.account.username,
        kind=_KINDS[entry.account.kind],
        role=role,
        rule=rule,
        group=group,
    )


def _explanation(
    kind: str, found: ProjectAccess | DatasetAccess, account: Row[Any], considered: list[Given]
) -> AccessExplanation:
    role, rule, group = _outcome(kind, found.rules)
    return AccessExplanation(
        object_type=TYPES[kind],
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


# Looked up: to make a member of an enum of its value takes longer than all the rest of an entry.
_RULES = {rule.value: rule for rule in AccessRule}
_KINDS = {kind.value: kind for kind in AccountKind}


def _outcome(kind: str, rules: list[Given]) -> tuple[Any, AccessRule, Any]:
    if rules:
        role, rule, group = rules[0]
        return role, _RULES[rule], group or UNSET
    return (NO_ACCESS if kind == surveys.DATASET else UNSET), AccessRule.NONE, UNSET
