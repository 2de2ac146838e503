"""May this caller do this? By the `x-access` of the operation, before its handler runs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mlsteward_server import access, facts, references
from mlsteward_server.context import Context
from mlsteward_server.credentials import Caller
from mlsteward_server.problems import Problem
from mlsteward_server.spec import Access, Operation


def authorize(
    operation: Operation, context: Context, path: Mapping[str, str], query: Mapping[str, Any], body: object
) -> None:
    """Resolve what the request names and refuse who may not."""
    rule = operation.access
    connection, caller = context.connection, context.maybe_caller
    reference = path.get("workspace")
    if rule.from_body:
        named = body.get("workspace") if isinstance(body, dict) else None
        # Anything else than a text is for the validation of the body to refuse.
        reference = named if isinstance(named, str) else None
        if reference is None:
            return
    if caller is not None:
        access.check_service_account(rule, caller)
        if rule.allow == "operator":
            access.check_operator(caller)
    if reference is not None:
        context.maybe_workspace = references.resolve_workspace(connection, caller, reference)
    allow = next((w.allow for w in rule.when if w.holds(query, body)), rule.allow)
    if "user" in path:
        context.user_reference = path["user"]
        context.maybe_user = references.find_account(connection, caller, path["user"])
    if rule.on == "workspace" and rule.allow != "operator":
        assert context.maybe_workspace is not None
        assert reference is not None
        allow = _unless_itself(rule, context, allow, "guest")
        access.check_workspace(context.maybe_workspace, allow, reference)
    elif rule.on == "project":
        allow = _unless_itself(rule, context, allow, "visible")
        found = references.resolve_project(connection, caller, path["project"])
        if found is None:
            raise access.project_not_found(path["project"]) if caller else access.refuse_anonymous()
        access.check_project(found, allow, rule.public, caller, path["project"])
        context.maybe_project = found
    elif rule.on == "dataset":
        assert caller is not None
        allow = _unless_itself(rule, context, allow, "view")
        dataset = references.resolve_dataset(connection, caller, path["dataset"])
        if dataset is None:
            raise access.dataset_not_found(path["dataset"])
        access.check_dataset(dataset, allow, path["dataset"])
        context.maybe_dataset = dataset
    elif rule.on == "user":
        assert caller is not None
        _check_self(context, caller, path["user"])


def _unless_itself(rule: Access, context: Context, allow: str, instead: str) -> str:
    """What an account is asked for, which is less where an operation lets everybody ask about themselves."""
    itself = rule.or_self is not None and _is(context.maybe_user, context.maybe_caller)
    return instead if itself else allow


def _check_self(context: Context, caller: Caller, reference: str) -> None:
    user = context.maybe_user
    if user is None:
        raise access.user_not_found(reference)
    if _is(user, caller) or caller.is_operator:
        return
    if not user.is_operator and facts.administers_all_of(context.connection, caller, user.id):
        return
    if facts.shares_workspace(context.connection, caller, user.id):
        raise Problem(
            "forbidden",
            "Only the account itself may do this, and admins of every workspace it is in.",
            "Ask the owner of the account, or the operator of the platform.",
        )
    raise access.user_not_found(reference)


def _is(user: Any, caller: Caller | None) -> bool:
    return user is not None and caller is not None and user.id == caller.id
