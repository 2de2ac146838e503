"""Lint the bundled spec: what this project asks of every operation, and what the generator gets wrong silently.

Each rule is a small function from the document to findings, `pointer: message`. The reasons for the rules that
look arbitrary are in their docstrings. `scripts/generate.py` refuses a document with a finding.

    python scripts/lint_spec.py
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import bundle_spec
from spec_walk import Node, Operation, Spec, mapping, sequence, walk

SNAKE_CASE = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
PASCAL_CASE = re.compile(r"(?:[A-Z][a-z0-9]+)+")
SCHEMA = re.compile(r"/components/schemas/[^/]+")
PROPERTY = re.compile(SCHEMA.pattern + r"/properties/[^/]+")
TEMPLATE_NAME = re.compile(r"\{([^}]*)\}")

JSON = "application/json"
MEDIA_TYPES = frozenset(
    {JSON, "application/problem+json", "application/octet-stream", "text/csv", "application/x-ndjson"}
)
PROBLEM = {"$ref": "#/components/responses/Problem"}

ALLOW_ALONE = frozenset({"anyone", "authenticated"})
ALLOW_ON = {
    "user": frozenset({"self"}),
    "workspace": frozenset({"guest", "member", "admin"}),
    "project": frozenset({"viewer", "contributor", "owner", "roster", "roster_policy", "admin"}),
    "dataset": frozenset({"view", "tag", "edit", "manage", "admin"}),
}
"""What can be asked for on what; `operator` anywhere."""
ON = frozenset(ALLOW_ON)
ON_A_LADDER = frozenset().union(*ALLOW_ON.values())
ALLOW = ALLOW_ALONE | ON_A_LADDER | {"operator"}
SCOPES = frozenset({"read", "write", "admin"})
ACCESS_KEYS = frozenset({"allow", "on", "from", "or_self", "service_accounts", "public", "when", "scope"})
AUDIT_KEYS = frozenset({"action", "object", "id", "event"})
AUDIT_ACTIONS = frozenset({"create", "update", "delete", "info"})
EXTENSIONS = frozenset(
    {
        "x-access",
        "x-audit",
        "x-idempotent",
        "x-problem",
        "x-problem-codes",
        "x-problems",
        "x-secret",
        "x-enum-varnames",
        "x-lock",
        "x-effect",
    }
)


@dataclass(frozen=True)
class Finding:
    """What is wrong, and where."""

    pointer: str
    message: str

    def __str__(self) -> str:
        return f"{self.pointer or '/'}: {self.message}"


Findings = Iterator[Finding]


def listed(values: object) -> str:
    """Words for a message, in a fixed order."""
    return ", ".join(sorted(map(str, values))) if isinstance(values, set | frozenset | dict) else str(values)


def among(value: object, names: Container[str]) -> bool:
    """Whether a value is one of some names; anything that is no text is not."""
    return isinstance(value, str) and value in names


# What every operation must say.


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
    count = Counter(str(operation.node.get("operationId")) for operation in spec.operations)
    for operation in spec.operations:
        name, pointer = operation.node.get("operationId"), f"{operation.pointer}/operationId"
        if not isinstance(name, str) or not SNAKE_CASE.fullmatch(name):
            yield Finding(pointer, f"{name!r} is not in snake_case")
        elif count[name] > 1:
            yield Finding(pointer, f"{name!r} is not unique")


def access(spec: Spec) -> Findings:
    for operation in spec.operations:
        rule, pointer = operation.node.get("x-access"), f"{operation.pointer}/x-access"
        if not isinstance(rule, dict):
            yield Finding(pointer, "a mapping that says who may call it is expected")
            continue
        for key in sorted(rule.keys() - ACCESS_KEYS):
            yield Finding(f"{pointer}/{key}", f"unknown key; known are {listed(ACCESS_KEYS)}")
        for key, message in (*_access_whom(spec, operation, rule), *_access_options(spec, operation, rule)):
            yield Finding(f"{pointer}/{key}", message)


Wrong = Iterator[tuple[str, str]]


def _access_whom(spec: Spec, operation: Operation, rule: Node) -> Wrong:
    allow, on, source = rule.get("allow"), rule.get("on"), rule.get("from")
    if not among(allow, ALLOW):
        yield "allow", f"{allow!r} is none of {listed(ALLOW)}"
    if among(allow, ON_A_LADDER) and on is None:
        yield "on", f"`allow: {allow}` needs `on`"
    if among(allow, ALLOW_ALONE) and on is not None:
        yield "on", f"`allow: {allow}` takes no `on`"
    if on is not None and not among(on, ON):
        yield "on", f"{on!r} is none of {listed(ON)}"
    elif on is not None:
        if among(allow, ON_A_LADDER) and not among(allow, ALLOW_ON[on]):
            yield "allow", f"{allow!r} is not on the ladder of a {on}: {listed(ALLOW_ON[on])}"
        if source is None and not among(on, operation.named("path")):
            yield "on", f"{on!r} is not a path parameter"
    if "from" in rule and (source != "body" or on != "workspace"):
        yield "from", "only `from: body` with `on: workspace` is known"
    elif source == "body" and "workspace" not in _properties(spec, operation):
        yield "from", "the body has no property 'workspace'"
    elif source == "body" and "workspace" not in (spec.body_schema(operation).get("required") or ()):
        # Without it there is nothing to check access on, and only a refusal of the body stops the call.
        yield "from", "the body must require 'workspace'"


def _access_options(spec: Spec, operation: Operation, rule: Node) -> Wrong:
    if "or_self" in rule and not among(rule["or_self"], operation.named("path")):
        yield "or_self", f"{rule['or_self']!r} is not a path parameter"
    if "service_accounts" in rule and rule["service_accounts"] is not False:
        yield "service_accounts", "only `false` can be said here"
    if "public" in rule and (rule["public"] is not True or rule.get("allow") != "viewer"):
        yield "public", "only `true` with `allow: viewer` can be said here"
    if "scope" in rule and not among(rule["scope"], SCOPES):
        yield "scope", f"{rule['scope']!r} is none of {listed(SCOPES)}"
    if "when" not in rule:
        return
    if not isinstance(rule["when"], list) or not rule["when"]:
        yield "when", "a list of conditions is expected"
        return
    for index, condition in enumerate(rule["when"]):
        for message in _condition(spec, operation, mapping(condition)):
            yield f"when/{index}", message


def _condition(spec: Spec, operation: Operation, condition: Node) -> Iterator[str]:
    if condition.keys() == {"query", "equals", "allow"}:
        if not among(condition["query"], operation.named("query")):
            yield f"{condition['query']!r} is not a query parameter"
    elif condition.keys() == {"body", "allow"}:
        if not among(condition["body"], _properties(spec, operation)):
            yield f"the body has no property {condition['body']!r}"
    else:
        yield "{query, equals, allow} or {body, allow} is expected"
        return
    if not among(condition["allow"], ALLOW):
        yield f"{condition['allow']!r} is none of {listed(ALLOW)}"


def _properties(spec: Spec, operation: Operation) -> Node:
    return mapping(spec.body_schema(operation).get("properties"))


def idempotency(spec: Spec) -> Findings:
    for operation in spec.operations:
        value, pointer = operation.node.get("x-idempotent"), f"{operation.pointer}/x-idempotent"
        if value not in ("safe", "key"):
            yield Finding(pointer, f"{value!r} is neither 'safe' nor 'key'")
        elif (value == "safe") != (operation.method == "get"):
            yield Finding(pointer, f"a {operation.method.upper()} cannot be {value!r}: GET is 'safe', the rest 'key'")
        elif value == "key" and "Idempotency-Key" not in operation.named("header"):
            yield Finding(f"{operation.pointer}/parameters", "the header parameter Idempotency-Key is missing")


def audit(spec: Spec) -> Findings:
    for operation in spec.operations:
        entry, pointer = operation.node.get("x-audit"), f"{operation.pointer}/x-audit"
        if entry is None and operation.method == "get":
            continue
        if not isinstance(entry, dict) or entry.keys() != AUDIT_KEYS:
            yield Finding(pointer, f"a mapping of {listed(AUDIT_KEYS)} is expected")
            continue
        if not among(entry["action"], AUDIT_ACTIONS):
            yield Finding(f"{pointer}/action", f"{entry['action']!r} is none of {listed(AUDIT_ACTIONS)}")
        if entry["id"] != "result" and not among(entry["id"], operation.named("path")):
            yield Finding(f"{pointer}/id", f"{entry['id']!r} is neither 'result' nor a path parameter")
        for key in ("object", "event"):
            if not isinstance(entry[key], str) or not entry[key]:
                yield Finding(f"{pointer}/{key}", "a text is expected")


def problems(spec: Spec) -> Findings:
    catalogue = mapping(spec.document.get("x-problem-codes"))
    for code, entry in catalogue.items():
        status, title = mapping(entry).get("status"), mapping(entry).get("title")
        if type(status) is not int or not 400 <= status <= 599 or not isinstance(title, str):
            yield Finding(f"/x-problem-codes/{code}", "an error `status` and a `title` are expected")
    for operation in spec.operations:
        codes, pointer = operation.node.get("x-problems"), f"{operation.pointer}/x-problems"
        if not isinstance(codes, list):
            yield Finding(pointer, "a list of problem codes is expected")
        for index, code in enumerate(sequence(codes)):
            if not among(code, catalogue):
                yield Finding(f"{pointer}/{index}", f"{code!r} is not in x-problem-codes")


def default_response(spec: Spec) -> Findings:
    for operation in spec.operations:
        if mapping(operation.node.get("responses")).get("default") != PROBLEM:
            yield Finding(f"{operation.pointer}/responses/default", f"a reference to {PROBLEM['$ref']} is expected")


def paging(spec: Spec) -> Findings:
    for operation in spec.operations:
        for status, response in spec.responses(operation):
            schemas = [spec.resolve(schema) for _, schema in spec.contents(response)]
            if not status.startswith("2") or not any("array" in schema.types() for schema in schemas):
                continue
            for name in ("limit", "cursor"):
                if name not in operation.named("query"):
                    yield Finding(f"{operation.pointer}/parameters", f"a list needs the query parameter {name!r}")
            if "Link" not in mapping(response.node.get("headers")):
                yield Finding(f"{response.pointer}/headers", "a list needs the header 'Link'")


def path_parameters(spec: Spec) -> Findings:
    for operation in spec.operations:
        wanted, declared = set(TEMPLATE_NAME.findall(operation.path)), operation.named("path")
        for name in sorted(wanted - declared.keys()):
            yield Finding(f"{operation.pointer}/parameters", f"the path parameter {name!r} is not declared")
        for name in sorted(declared.keys() - wanted):
            yield Finding(f"{operation.pointer}/parameters", f"{name!r} is not in the path")
        for name in sorted(name for name in declared.keys() & wanted if declared[name].get("required") is not True):
            yield Finding(f"{operation.pointer}/parameters", f"the path parameter {name!r} must be required")


def media_types(spec: Spec) -> Findings:
    """JSON or raw bytes: the generator's multipart can be injected into, and it drops operations with other types."""
    for operation in spec.operations:
        for holder in (spec.body(operation), *(response for _, response in spec.responses(operation))):
            for media in mapping(holder.node.get("content")):
                if media not in MEDIA_TYPES:
                    yield Finding(f"{holder.pointer}/content", f"{media!r} is none of {listed(MEDIA_TYPES)}")


# What no schema may say.


def no_defaults(spec: Spec) -> Findings:
    """The generated client sends defaults, so that a PATCH would change what nobody mentioned: the server decides."""
    for place in spec.request_schemas:
        if "default" in place.node:
            yield Finding(f"{place.pointer}/default", "no default in requests: the client would send it")


def no_discriminator(spec: Spec) -> Findings:
    """The generator ignores it and takes the first variant that parses."""
    for place in spec.schemas:
        if "discriminator" in place.node:
            yield Finding(f"{place.pointer}/discriminator", "the generator ignores discriminators")


def plain_styles(spec: Spec) -> Findings:
    """The generator sends both wrongly without a warning."""
    for pointer, node in walk(spec.document):
        if mapping(node).get("style") == "deepObject":
            yield Finding(f"{pointer}/style", "the generator cannot send `deepObject`")
        if mapping(node).get("explode") is False:
            yield Finding(f"{pointer}/explode", "the generator cannot send `explode: false`")


def references(spec: Spec) -> Findings:
    """The generator ignores what stands beside a reference and drops what an external one leads to."""
    for pointer, node in walk(spec.document):
        reference = mapping(node).get("$ref")
        if not isinstance(reference, str):
            continue
        if len(mapping(node)) > 1:
            yield Finding(pointer, "nothing may stand beside `$ref`")
        if not reference.startswith("#/"):
            yield Finding(f"{pointer}/$ref", f"{reference!r} is external")


def named_objects(spec: Spec) -> Findings:
    """An inline object becomes a class with a made-up name, which changes when something else does."""
    for place in spec.schemas:
        if place.is_object() and not SCHEMA.fullmatch(place.pointer):
            yield Finding(place.pointer, "an object schema must be a component of its own")


def schema_names(spec: Spec) -> Findings:
    """The generated class has the very name of the schema."""
    for name in mapping(mapping(spec.document.get("components")).get("schemas")):
        if not PASCAL_CASE.fullmatch(name):
            yield Finding(f"/components/schemas/{name}", "the name of a schema is written like `ApiKey`")


def closed_requests(spec: Spec) -> Findings:
    """A misspelt property of a request is an error; an unknown one of an answer is a newer server."""
    for place in spec.body_schemas:
        if place.is_object() and place.node.get("additionalProperties") is not False:
            yield Finding(place.pointer, "an object in a request needs `additionalProperties: false`")
    for place in spec.response_schemas:
        if place.node.get("additionalProperties") is False:
            yield Finding(f"{place.pointer}/additionalProperties", "answers are open: newer servers add properties")


def no_null_answers(spec: Spec) -> Findings:
    """Absent means none."""
    for place in spec.response_schemas:
        values = [*sequence(place.node.get("enum")), place.node.get("const", "")]
        if "null" in place.types() or None in values or place.node.get("nullable") is True:
            yield Finding(place.pointer, "no null in answers: absent means none")


def text_enums(spec: Spec) -> Findings:
    """The generator drops an enum of mixed types and everything that uses it; only text enums are open."""
    for place in spec.schemas:
        values = place.node.get("enum")
        if values is None:
            continue
        if place.types() != ["string"] or not all(isinstance(value, str) for value in sequence(values)):
            yield Finding(f"{place.pointer}/enum", "an enum is of type string, and so are all its values")


def bounded_requests(spec: Spec) -> Findings:
    """Whoever sends must not decide how much."""
    for place in spec.request_schemas:
        if "string" in place.types() and not place.node.keys() & {"maxLength", "enum", "format", "const"}:
            yield Finding(place.pointer, "a text in a request needs `maxLength`")
        if "array" in place.types() and "maxItems" not in place.node:
            yield Finding(place.pointer, "an array in a request needs `maxItems`")


def extensions(spec: Spec) -> Findings:
    """A misspelt extension would be ignored, and `x-secret` is what keeps a secret out of a repr."""
    catalogue = mapping(spec.document.get("x-problem-codes"))
    for pointer, node in walk(spec.document):
        if pointer.endswith(("/properties", "/headers")):
            continue
        for key, value in mapping(node).items():
            if key.startswith("x-") and key not in EXTENSIONS:
                yield Finding(f"{pointer}/{key}", f"unknown extension; known are {listed(EXTENSIONS)}")
            elif key == "x-secret" and (value is not True or not PROPERTY.fullmatch(pointer)):
                yield Finding(f"{pointer}/{key}", "only `x-secret: true`, on a property of a schema, has an effect")
            elif key == "x-problem" and not among(value, catalogue):
                yield Finding(f"{pointer}/{key}", f"{value!r} is not in x-problem-codes")


Rule = Callable[[Spec], Findings]

RULES: tuple[Rule, ...] = (
    tags,
    operation_ids,
    access,
    idempotency,
    audit,
    problems,
    default_response,
    paging,
    path_parameters,
    media_types,
    no_defaults,
    no_discriminator,
    plain_styles,
    references,
    named_objects,
    schema_names,
    closed_requests,
    no_null_answers,
    text_enums,
    bounded_requests,
    extensions,
)


def lint(document: Node, owners: Mapping[str, str] | None = None) -> list[Finding]:
    """Everything that is wrong with a bundled document.

    Args:
        document: The bundle.
        owners: The domain file each path was written in, to compare with its tags.
    """
    spec = Spec(document, owners or {})
    return list(dict.fromkeys(finding for rule in RULES for finding in rule(spec)))


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Lint spec/domains/*.yaml as one document.")
    parser.add_argument("--root", type=Path, default=bundle_spec.ROOT, help=argparse.SUPPRESS)
    domains = parser.parse_args(arguments).root / bundle_spec.DOMAINS
    try:
        findings: list[Any] = list(lint(bundle_spec.bundle(domains), bundle_spec.owners(domains)))
    except bundle_spec.SpecError as error:
        findings = [f"lint_spec: {error}"]
    for finding in findings:
        print(finding, file=sys.stderr)
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
