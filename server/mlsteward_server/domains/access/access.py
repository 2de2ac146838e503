"""List and explain the effective access of accounts."""

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
from sqlalchemy import Row

from mlsteward_server.access.ladders import Given, gives, workspace_role
from mlsteward_server.access.resources import Found, Resource
from mlsteward_server.access.sharing import (
    MOST_AT_ONCE,
    Sharing,
    Surveyed,
    find_object,
    objects,
    survey_account,
    survey_both,
    survey_object,
)
from mlsteward_server.accounts.memberships import membership
from mlsteward_server.context import Context
from mlsteward_server.domains.access.members import find_member, member_not_found
from mlsteward_server.domains.datasets.resource import DATASET, dataset_not_found, find_dataset
from mlsteward_server.domains.identity.resource import ACCOUNT
from mlsteward_server.domains.projects.resource import PROJECT, find_project, project_not_found
from mlsteward_server.domains.workspaces.resource import WORKSPACE
from mlsteward_server.storage.ids import looks_like_id

Entry = tuple[Resource[Any], Surveyed]


# ---- everyone × everything


def list_access(
    context: Context,
    *,
    user: str | None = None,
    project: str | None = None,
    dataset: str | None = None,
    granted: bool = False,
) -> list[AccessEntry]:
    """List the access of accounts to the objects of a workspace, by object and username."""
    account = None if user is None else find_member(context, user)
    only: dict[str, str] = {}
    if dataset is not None:
        only[DATASET.kind] = _dataset_of(context, dataset)
    if project is not None:
        only[PROJECT.kind] = _project_of(context, project)
    # With `granted`, many entries may be left out, so read more at a time.
    most = MOST_AT_ONCE if granted else context.page.fetch
    found = _survey(context, account, only, most)
    page = context.page.sift(found, lambda entry: not granted or gives(entry[1].rules), _key)
    return [_entry(resource, surveyed) for resource, surveyed in page]


def _key(entry: Entry) -> list[str]:
    resource, surveyed = entry
    return [resource.kind, surveyed.object.id, surveyed.account.username_key]


def _survey(context: Context, account: Row[Any] | None, only: dict[str, str], most: int) -> Iterator[Entry]:
    """Yield all entries from the start of the page."""
    connection, workspace = context.connection, context[WORKSPACE].id
    after = context.page.after(3)
    shared = sorted((r for r in context.resources.values() if r.sharing is not None), key=lambda r: r.kind)
    for resource in shared:
        kind, sharing = resource.kind, resource.sharing
        assert sharing is not None
        if (only and kind not in only) or (after is not None and kind < after[0]):
            continue
        _, last, last_user = after if after is not None and kind == after[0] else (kind, "", "")
        rows: Iterator[Surveyed]
        if account is not None and kind in only:
            rows = iter(() if last else [survey_both(connection, sharing, account, only[kind])])
        elif account is not None:
            rows = survey_account(connection, sharing, account, workspace, last, most)
        else:
            rows = _object_by_object(context, sharing, only.get(kind), last, last_user, most)
        for row in rows:
            yield resource, row


def _object_by_object(
    context: Context, sharing: Sharing, only: str | None, last: str, last_user: str, most: int
) -> Iterator[Surveyed]:
    connection, workspace = context.connection, context[WORKSPACE].id
    first = find_object(connection, sharing, last or only or "")
    # A forged cursor must not give access to another workspace.
    if first is not None and first.workspace_id == workspace and only in (None, first.id):
        yield from survey_object(connection, sharing, first, last_user, most)
    if only is None:
        for found in objects(connection, sharing, workspace, last):
            yield from survey_object(connection, sharing, found, most=most)


def _project_of(context: Context, reference: str) -> str:
    found = find_project(context.connection, context.caller, reference)
    if found is None or found.row.workspace_id != context[WORKSPACE].id:
        raise project_not_found(reference)
    return found.id


def _dataset_of(context: Context, reference: str) -> str:
    workspace_id = context[WORKSPACE].id
    if ":" not in reference and not looks_like_id(reference):
        reference = f"{workspace_id}:{reference}"  # in the listed workspace, not in the default one
    found = find_dataset(context.connection, context.caller, reference)
    if found is None or found.row.workspace_id != workspace_id:
        raise dataset_not_found(reference.removeprefix(f"{workspace_id}:"))
    return found.id


# ---- one with one


def get_project_access(context: Context) -> AccessExplanation:
    """Explain the role of an account in a project."""
    return _explain(context, PROJECT, context[PROJECT])


def get_dataset_access(context: Context) -> AccessExplanation:
    """Explain the permission of an account on a dataset."""
    return _explain(context, DATASET, context[DATASET])


def _explain(context: Context, resource: Resource[Any], found: Found) -> AccessExplanation:
    sharing = resource.sharing
    assert sharing is not None
    account = _asked_about(context, found.row)
    surveyed = survey_both(context.connection, sharing, account, found.id)
    considered = sharing.considered(context.connection, surveyed.object, account)
    role, rule, group = _outcome(resource, surveyed.rules)
    in_workspace = workspace_role(is_operator=account.is_operator, membership=surveyed.object.membership)
    return AccessExplanation(
        object_type=_TYPES[resource.kind],
        object_id=found.id,
        object_name=resource.name_of(found),
        workspace=found.row.workspace,
        user_id=account.id,
        username=account.username,
        kind=AccountKind(account.kind),
        workspace_role=WorkspaceRole(in_workspace.role) if in_workspace else UNSET,
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


def _asked_about(context: Context, row: Row[Any]) -> Row[Any]:
    """Return the account that the path names: an account of the workspace, or the caller."""
    account = context.maybe(ACCOUNT)
    if account is None or (
        account.id != context.caller.id and membership(context.connection, row.workspace_id, account.id) is None
    ):
        raise member_not_found(context.references[ACCOUNT.kind], row.workspace)
    return account.row


# ---- rows to models


def _entry(resource: Resource[Any], surveyed: Surveyed) -> AccessEntry:
    role, rule, group = _outcome(resource, surveyed.rules)
    return AccessEntry(
        object_type=_TYPES[resource.kind],
        object_id=surveyed.object.id,
        object_name=surveyed.object.name,
        user_id=surveyed.account.id,
        username=surveyed.account.username,
        kind=_KINDS[surveyed.account.kind],
        role=role,
        rule=rule,
        group=group,
    )


# Lookup tables, because creating an enum member from its value takes longer than the rest of an entry.
_TYPES = {kind.value: kind for kind in AccessObjectType}
_RULES = {rule.value: rule for rule in AccessRule}
_KINDS = {kind.value: kind for kind in AccountKind}


def _outcome(resource: Resource[Any], given: list[Given]) -> tuple[Any, AccessRule, Any]:
    if given:
        role, rule, group = given[0]
        return role, _RULES[rule], group or UNSET
    assert resource.sharing is not None
    return resource.sharing.nothing or UNSET, AccessRule.NONE, UNSET
