"""Who may call an operation: `x-access`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from mlsteward_server.domains.registry import resources
from mlsteward_server.spec import ADMINISTERS
from spec_walk import Node, Operation, Spec, mapping

from spec_rules.finding import Finding, Findings, among, listed

ALLOW_ALONE = frozenset({"anyone", "authenticated"})
SCOPES = frozenset({"read", "write", "admin"})
ACCESS_KEYS = frozenset({"allow", "on", "from", "or_self", "service_accounts", "public", "when", "scope", "identified"})
ADMINISTER = re.compile(r"role|visibility|roster_policy|permission|default_(user_role|\w*permission|\w*role)")
"""Fields of a body that say who may do what."""

Wrong = Iterator[tuple[str, str]]


def roles_by_kind() -> Mapping[str, frozenset[str]]:
    """What can be required on each kind of object: on its own ladder, or that of the nearest object it belongs to."""
    return {
        kind: next((each.ladder.asks for each in (found, *found.ancestors()) if each.ladder), frozenset[str]())
        for kind, found in resources().items()
    }


PARAMETERS = {kind: found.parameter for kind, found in resources().items()}
"""The path parameter that names an object of each kind."""
ROLES = roles_by_kind()
ROLES_OF_ANY = frozenset[str]().union(*ROLES.values())
ALLOW = ALLOW_ALONE | ROLES_OF_ANY | {"operator"}


def access(spec: Spec) -> Findings:
    """Every operation says who may call it, in words that the server knows."""
    for operation in spec.operations:
        rule, pointer = operation.node.get("x-access"), f"{operation.pointer}/x-access"
        if not isinstance(rule, dict):
            yield Finding(pointer, "a mapping that says who may call it is expected")
            continue
        for key in sorted(rule.keys() - ACCESS_KEYS):
            yield Finding(f"{pointer}/{key}", f"unknown key; the keys are {listed(ACCESS_KEYS)}")
        for key, message in (*_access_whom(spec, operation, rule), *_access_options(spec, operation, rule)):
            yield Finding(f"{pointer}/{key}", message)


def _access_whom(spec: Spec, operation: Operation, rule: Node) -> Wrong:
    allow, on, source = rule.get("allow"), rule.get("on"), rule.get("from")
    if not among(allow, ALLOW):
        yield "allow", f"{allow!r} is not one of {listed(ALLOW)}"
    if among(allow, ROLES_OF_ANY) and on is None:
        yield "on", f"`allow: {allow}` needs `on`"
    if among(allow, ALLOW_ALONE) and on is not None:
        yield "on", f"`allow: {allow}` takes no `on`"
    if on is not None and not among(on, ROLES):
        yield "on", f"{on!r} is not one of {listed(ROLES)}"
    elif on is not None:
        if among(allow, ROLES_OF_ANY) and not among(allow, ROLES[on]):
            yield "allow", f"{allow!r} is not a role on a {on}; the roles are {listed(ROLES[on])}"
        if source is None and not among(PARAMETERS[on], operation.named("path")):
            yield "on", f"{PARAMETERS[on]!r} is not a path parameter"
    if "from" in rule and (source != "body" or on != "workspace"):
        yield "from", "only `from: body` with `on: workspace` is allowed"
    elif source == "body" and "workspace" not in _properties(spec, operation):
        yield "from", "the body has no property 'workspace'"
    elif source == "body" and "workspace" not in (spec.body_schema(operation).get("required") or ()):
        # Without it there is nothing to check access on, and only a refusal of the body stops the call.
        yield "from", "the body must require 'workspace'"


def _access_options(spec: Spec, operation: Operation, rule: Node) -> Wrong:
    if "or_self" in rule and not among(rule["or_self"], operation.named("path")):
        yield "or_self", f"{rule['or_self']!r} is not a path parameter"
    if "service_accounts" in rule and rule["service_accounts"] is not False:
        yield "service_accounts", "only `false` is allowed"
    if "public" in rule and (rule["public"] is not True or rule.get("allow") != "viewer"):
        yield "public", "only `true` with `allow: viewer` is allowed"
    if "identified" in rule and (rule["identified"] is not True or rule.get("allow") != "anyone"):
        yield "identified", "only `true` with `allow: anyone` is allowed"
    if "scope" in rule and not among(rule["scope"], SCOPES):
        yield "scope", f"{rule['scope']!r} is not one of {listed(SCOPES)}"
    for name in sorted(_properties(spec, operation)):
        if ADMINISTER.fullmatch(name) and not _needs_admin(operation, rule, name):
            yield "when", f"{name!r} says who may do what: add {{body: {name}, scope: admin}}, or `scope: admin`"
    if "when" not in rule:
        return
    if not isinstance(rule["when"], list) or not rule["when"]:
        yield "when", "a list of conditions is expected"
        return
    for index, condition in enumerate(rule["when"]):
        for message in _condition(spec, operation, mapping(condition)):
            yield f"when/{index}", message


def _needs_admin(operation: Operation, rule: Node, name: str) -> bool:
    """Whether a key needs the scope `admin` to send a field."""
    usual = "admin" if among(rule.get("allow"), ADMINISTERS) else "write"
    if rule.get("scope", usual) == "admin" or operation.node.get("x-effect") == "read":
        return True
    conditions = rule.get("when") if isinstance(rule.get("when"), list) else []
    return any(mapping(c).get("body") == name and mapping(c).get("scope") == "admin" for c in conditions or ())


def _condition(spec: Spec, operation: Operation, condition: Node) -> Iterator[str]:
    if condition.keys() == {"query", "equals", "allow"}:
        if not among(condition["query"], operation.named("query")):
            yield f"{condition['query']!r} is not a query parameter"
    elif condition.keys() in ({"body", "allow"}, {"body", "scope"}, {"body", "unless", "scope"}):
        if not among(condition["body"], _properties(spec, operation)):
            yield f"the body has no property {condition['body']!r}"
    else:
        yield "{query, equals, allow}, {body, allow}, {body, scope} or {body, unless, scope} is expected"
        return
    if "scope" in condition and not among(condition["scope"], SCOPES):
        yield f"{condition['scope']!r} is not one of {listed(SCOPES)}"
    if "allow" in condition and not among(condition["allow"], ALLOW):
        yield f"{condition['allow']!r} is not one of {listed(ALLOW)}"


def _properties(spec: Spec, operation: Operation) -> Node:
    return mapping(spec.body_schema(operation).get("properties"))
