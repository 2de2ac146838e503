"""Authorize requests: check what `x-access` requires on the object that the request names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mlsteward_server.access import check
from mlsteward_server.access.resources import Ask, Found, Resource
from mlsteward_server.context import Context
from mlsteward_server.spec import Access, Operation


def authorize(operation: Operation, context: Context, query: Mapping[str, Any], body: object) -> None:
    """Find the object that the request is about, and refuse callers who are not allowed to do this.

    An object that the caller cannot see does not exist for them (404). If they can see it but are not allowed to do
    this, the server refuses (403).

    Raises:
        Problem: The object does not exist for the caller, or the caller is not allowed to do this.
    """
    rule, caller = operation.access, context.maybe_caller
    if rule.from_body:
        # The validation of the body refuses anything that is not a string.
        named = body.get(rule.on) if isinstance(body, dict) else None
        if not isinstance(named, str) or rule.on is None:
            return
        context.references[rule.on] = named
    if caller is not None:
        for condition in rule.when:
            if condition.scope is not None and condition.holds(query, body):
                check.check_scope(condition.scope, caller, because=condition.name)
        check.check_service_account(rule, caller)
        if rule.allow == "operator":
            check.check_operator(caller)
    if rule.on is None:
        return
    target = context.resources[rule.on]
    found = context.maybe(target)
    if found is None:
        raise context.missing(target) if caller is not None else check.refuse_anonymous()
    if rule.allow == "operator":
        return
    governor, governing = governor_of(context, target, found)
    assert governor.ladder is not None
    allow = next((w.allow for w in rule.when if w.allow is not None and w.holds(query, body)), rule.allow)
    if _is_about_itself(rule, context):
        allow = governor.ladder.itself
    governor.ladder.check(
        Ask(context.connection, caller, governing, allow, rule.public, lambda: context.missing(target))
    )


def governor_of(context: Context, resource: Resource[Any], found: Found) -> tuple[Resource[Any], Found]:
    """Return the object whose ladder governs access: the object itself, or its nearest parent that has a ladder."""
    while resource.ladder is None:
        assert resource.parent is not None, f"{resource} has neither a ladder nor a parent"
        found = context.parent_of(resource, found)
        resource = resource.parent
    return resource, found


def _is_about_itself(rule: Access, context: Context) -> bool:
    """Return whether callers ask about their own account, in an operation that allows everyone to do so."""
    if rule.or_self not in context.references or context.maybe_caller is None:
        return False
    account = context.maybe(context.resources[rule.or_self])
    return account is not None and account.id == context.maybe_caller.id
