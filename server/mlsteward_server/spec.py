"""Read the OpenAPI document: one `Operation` for each method of each path.

The document is `openapi.json` in the folder of this module. It has the content of `spec/openapi.yaml`, in a format that
loads in a millisecond.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib import resources
from typing import Any

METHODS = ("get", "put", "post", "patch", "delete")
PAGING = ("limit", "cursor", "total")
SCOPES = ("read", "write", "admin")
"""The scopes of API keys, from lowest to highest."""
ADMINISTERS = frozenset({"admin", "operator", "roster_policy", "self"})
"""Values of `allow` for operations that change who has access."""
JSON = "application/json"
FILE = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A declared parameter of an operation."""

    name: str
    place: str
    required: bool
    schema: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class When:
    """A condition under which an operation needs another role, or a key with another scope.

    Attributes:
        equals: The condition holds if the query parameter has this value.
        unless: The condition holds if the field is in the body and does not have this value.
    """

    place: str
    name: str
    equals: str | None = None
    unless: str | None = None
    allow: str | None = None
    scope: str | None = None

    def holds(self, query: Mapping[str, Any], body: object) -> bool:
        if self.place == "query":
            return query.get(self.name) == self.equals
        if not isinstance(body, Mapping) or self.name not in body:
            return False
        return self.unless is None or body[self.name] != self.unless


@dataclass(frozen=True, slots=True)
class Access:
    """Who can call an operation: the `x-access` of the spec.

    Attributes:
        identified: Whether the server checks the API key of a request, although anyone can call the operation.
        scope: The scope that an API key needs. Default: `read` if the operation changes nothing, `admin` if it changes
            who has access, otherwise `write`.
    """

    allow: str
    scope: str
    on: str | None = None
    from_body: bool = False
    or_self: str | None = None
    service_accounts: bool = True
    public: bool = False
    identified: bool = False
    when: tuple[When, ...] = ()

    @classmethod
    def parse(cls, raw: Mapping[str, Any], *, is_write: bool) -> Access:
        conditions = []
        for condition in raw.get("when", ()):
            place = "query" if "query" in condition else "body"
            rest = {key: value for key, value in condition.items() if key != place}
            conditions.append(When(place, condition[place], **rest))
        usual = "read" if not is_write else "admin" if raw["allow"] in ADMINISTERS else "write"
        return cls(
            allow=raw["allow"],
            scope=raw.get("scope", usual),
            on=raw.get("on"),
            from_body=raw.get("from") == "body",
            or_self=raw.get("or_self"),
            service_accounts=raw.get("service_accounts", True),
            public=raw.get("public", False),
            identified=raw.get("identified", False),
            when=tuple(conditions),
        )


@dataclass(frozen=True, slots=True)
class Audit:
    """The audit event of an operation: the `x-audit` of the spec."""

    action: str
    object_type: str
    object_id: str
    event: str


@dataclass(frozen=True)
class Operation:
    """One method of one path.

    Attributes:
        is_write: Whether it changes anything, by its `x-effect` or its method.
        lock: The lock in its `x-lock`, if any.
        takes_file: Whether its request body is a file.
        gives_file: Whether it returns a file.
        list_types: The media types of its list, if it has several.
        has_etag: Whether its answer has an entity tag.
        rows: The field of the body with the rows of a bulk operation: the `x-rows` of the spec.
    """

    operation_id: str
    tag: str
    method: str
    path: str
    access: Access
    is_write: bool
    lock: str | None
    audit: Audit | None
    parameters: tuple[Parameter, ...]
    body_schema: str | None
    takes_file: bool
    gives_file: bool
    success_status: int
    success_schema: Mapping[str, Any] | None
    list_types: frozenset[str]
    has_etag: bool
    rows: str | None
    problem_codes: frozenset[str]
    raw: Mapping[str, Any] = field(repr=False)

    @cached_property
    def query(self) -> dict[str, Parameter]:
        return {p.name: p for p in self.parameters if p.place == "query"}

    @cached_property
    def path_parameters(self) -> dict[str, Parameter]:
        return {p.name: p for p in self.parameters if p.place == "path"}


class Spec:
    """The whole document."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self.document = document
        self.catalogue: Mapping[str, Any] = document["x-problem-codes"]
        self.components: Mapping[str, Any] = document["components"]
        self.base_path: str = document["servers"][0]["url"]
        self.version: str = document["info"]["version"]
        self.operations = {operation.operation_id: operation for operation in self._operations()}

    def resolve(self, node: Mapping[str, Any]) -> Mapping[str, Any]:
        """Follow a local `$ref`."""
        while "$ref" in node:
            target: Any = self.document
            for part in node["$ref"].removeprefix("#/").split("/"):
                target = target[part]
            node = target
        return node

    def used_by(self, schema: object) -> dict[str, dict[str, Any]]:
        """Return the components that a schema refers to, directly or through other components."""
        found: dict[str, dict[str, Any]] = {}
        waiting = [schema]
        while waiting:
            node = waiting.pop()
            if isinstance(node, Mapping):
                if isinstance(reference := node.get("$ref"), str):
                    kind, name = reference.split("/")[-2:]
                    if name not in found.setdefault(kind, {}):
                        found[kind][name] = self.components[kind][name]
                        waiting.append(found[kind][name])
                waiting += node.values()
            elif isinstance(node, list):
                waiting += node
        return found

    def _operations(self) -> Iterator[Operation]:
        for path, item in self.document["paths"].items():
            for method in METHODS:
                if method in item:
                    yield self._operation(path, method, item)

    def _operation(self, path: str, method: str, item: Mapping[str, Any]) -> Operation:
        raw = item[method]
        parameters = []
        for entry in (*item.get("parameters", ()), *raw.get("parameters", ())):
            found = self.resolve(entry)
            parameters.append(
                Parameter(found["name"], found["in"], found.get("required", False), self.resolve(found["schema"]))
            )
        accepted = raw.get("requestBody", {}).get("content", {})
        body_schema = accepted[JSON]["schema"]["$ref"].rpartition("/")[2] if JSON in accepted else None
        status = next(int(code) for code in raw["responses"] if code.startswith("2"))
        success = raw["responses"][str(status)]
        content = success.get("content", {})
        audit = raw.get("x-audit")
        is_write = raw.get("x-effect", "read" if method == "get" else "write") == "write"
        return Operation(
            operation_id=raw["operationId"],
            tag=raw["tags"][0],
            method=method,
            path=path,
            access=Access.parse(raw["x-access"], is_write=is_write),
            is_write=is_write,
            lock=raw.get("x-lock"),
            audit=Audit(audit["action"], audit["object"], audit["id"], audit["event"]) if audit else None,
            parameters=tuple(parameters),
            body_schema=body_schema,
            takes_file=FILE in accepted,
            gives_file=FILE in content,
            success_status=status,
            success_schema=content[JSON]["schema"] if JSON in content else None,
            list_types=frozenset(content) if len(content) > 1 else frozenset(),
            has_etag="ETag" in success.get("headers", {}),
            rows=raw.get("x-rows"),
            problem_codes=frozenset(raw["x-problems"]),
            raw=raw,
        )


def document_bytes() -> bytes:
    """Return the OpenAPI document of this server, as JSON."""
    return resources.files(__package__).joinpath("openapi.json").read_bytes()


@cache
def load() -> Spec:
    """Return the OpenAPI document of this server. Reads it once."""
    return Spec(json.loads(document_bytes()))
