"""What every operation must declare."""

from __future__ import annotations

import re
from collections import Counter

from mlsteward_server.domains.registry import resources
from spec_walk import Spec, mapping, sequence

from spec_rules.finding import Finding, Findings, among, listed
from spec_rules.names import SNAKE_CASE

TEMPLATE_NAME = re.compile(r"\{([^}]*)\}")
PROBLEM = {"$ref": "#/components/responses/Problem"}
EFFECTS = frozenset({"read", "write"})
LOCKS = frozenset({"none"} | {found.lock_name for found in resources().values() if found.lock_name})
"""What `x-lock` can name: objects that the server locks, or none."""
AUDIT_KEYS = frozenset({"action", "object", "id", "event"})
AUDIT_ACTIONS = frozenset({"create", "update", "delete", "info"})


def tags(spec: Spec) -> Findings:
    """One tag per operation: with several, the generator writes the operation several times."""
    declared = [mapping(tag).get("name") for tag in sequence(spec.document.get("tags"))]
    for operation in spec.operations:
        found = sequence(operation.node.get("tags"))
        owner = spec.owners.get(operation.path)
        if len(found) != 1:
            yield Finding(f"{operation.pointer}/tags", "exactly one tag is expected")
        elif found[0] not in declared:
            yield Finding(f"{operation.pointer}/tags/0", f"the tag {found[0]!r} is not declared")
        elif owner is not None and found[0] != owner:
            yield Finding(f"{operation.pointer}/tags/0", f"the tag {found[0]!r} is not the file's name, {owner!r}")


def operation_ids(spec: Spec) -> Findings:
    """The name of an operation is that of its handler and of its generated module."""
    count = Counter(str(operation.node.get("operationId")) for operation in spec.operations)
    for operation in spec.operations:
        name, pointer = operation.node.get("operationId"), f"{operation.pointer}/operationId"
        if not isinstance(name, str) or not SNAKE_CASE.fullmatch(name):
            yield Finding(pointer, f"{name!r} is not in snake_case")
        elif count[name] > 1:
            yield Finding(pointer, f"{name!r} is not unique")


def effects(spec: Spec) -> Findings:
    """`x-effect` says whether an operation reads or writes. Without it, GET reads and the other methods write."""
    for operation in spec.operations:
        declared, pointer = operation.node.get("x-effect"), f"{operation.pointer}/x-effect"
        method = operation.method.upper()
        if "x-effect" not in operation.node:
            continue
        if not among(declared, EFFECTS):
            yield Finding(pointer, f"{declared!r} is not one of {listed(EFFECTS)}")
        elif declared == "write" and method == "GET":
            yield Finding(pointer, "a GET cannot write")
        elif declared == "read" and method not in ("GET", "POST"):
            yield Finding(pointer, f"a {method} cannot be a read")


def locks(spec: Spec) -> Findings:
    """`x-lock` says what a write locks, where that does not follow from its target."""
    for operation in spec.operations:
        declared, pointer = operation.node.get("x-lock"), f"{operation.pointer}/x-lock"
        if "x-lock" not in operation.node:
            continue
        if not among(declared, LOCKS):
            yield Finding(pointer, f"{declared!r} is not one of {listed(LOCKS)}")
        elif operation.effect == "read":
            yield Finding(pointer, "a read takes no lock")


def idempotency(spec: Spec) -> Findings:
    """Reads can be repeated; a write needs a key that makes repeating it safe."""
    for operation in spec.operations:
        value, pointer = operation.node.get("x-idempotent"), f"{operation.pointer}/x-idempotent"
        wanted = "safe" if operation.effect == "read" else "key"
        takes_key = "Idempotency-Key" in operation.named("header")
        if value not in ("safe", "key"):
            yield Finding(pointer, f"{value!r} is not one of key, safe")
        elif value != wanted:
            yield Finding(pointer, f"a {operation.effect} cannot be {value!r}, only {wanted!r}")
        elif value == "key" and not takes_key:
            yield Finding(f"{operation.pointer}/parameters", "the header parameter Idempotency-Key is missing")
        elif value == "safe" and takes_key:
            yield Finding(f"{operation.pointer}/parameters", "a read takes no Idempotency-Key")


def audit(spec: Spec) -> Findings:
    """Every write says what the audit log tells about it."""
    for operation in spec.operations:
        entry, pointer = operation.node.get("x-audit"), f"{operation.pointer}/x-audit"
        if operation.effect == "read":
            if "x-audit" in operation.node:
                yield Finding(pointer, "a read is not in the audit log")
            continue
        if not isinstance(entry, dict) or entry.keys() != AUDIT_KEYS:
            yield Finding(pointer, f"a mapping of {listed(AUDIT_KEYS)} is expected")
            continue
        if not among(entry["action"], AUDIT_ACTIONS):
            yield Finding(f"{pointer}/action", f"{entry['action']!r} is not one of {listed(AUDIT_ACTIONS)}")
        if entry["id"] != "result" and not among(entry["id"], operation.named("path")):
            yield Finding(f"{pointer}/id", f"{entry['id']!r} is neither 'result' nor a path parameter")
        for key in ("object", "event"):
            if not isinstance(entry[key], str) or not entry[key]:
                yield Finding(f"{pointer}/{key}", "a non-empty string is expected")


def conditional_updates(spec: Spec) -> Findings:
    """Whoever reads something and changes it can say which version was read, so that no change is lost."""
    if "IfMatch" not in mapping(mapping(spec.document.get("components")).get("parameters")):
        return
    readable = {operation.path for operation in spec.operations if operation.method == "get"}
    for operation in spec.operations:
        if operation.method != "patch" or operation.path not in readable or operation.effect != "write":
            continue
        if "If-Match" not in operation.named("header"):
            yield Finding(f"{operation.pointer}/parameters", "the header parameter If-Match is missing")


def default_response(spec: Spec) -> Findings:
    """Whatever else an operation answers is a problem."""
    for operation in spec.operations:
        if mapping(operation.node.get("responses")).get("default") != PROBLEM:
            yield Finding(f"{operation.pointer}/responses/default", f"a reference to {PROBLEM['$ref']} is expected")


def path_parameters(spec: Spec) -> Findings:
    """The parameters of a path are those between its braces."""
    for operation in spec.operations:
        wanted, declared = set(TEMPLATE_NAME.findall(operation.path)), operation.named("path")
        for name in sorted(wanted - declared.keys()):
            yield Finding(f"{operation.pointer}/parameters", f"the path parameter {name!r} is not declared")
        for name in sorted(declared.keys() - wanted):
            yield Finding(f"{operation.pointer}/parameters", f"{name!r} is not in the path")
        for name in sorted(name for name in declared.keys() & wanted if declared[name].get("required") is not True):
            yield Finding(f"{operation.pointer}/parameters", f"the path parameter {name!r} must be required")
