"""Ways through an OpenAPI document: every node, every operation, every schema that can be reached.

Each thing found comes with its JSON pointer, which is how the linter says where it is. References are followed;
what one points to is reported once, at its own place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

Node = Mapping[str, Any]

METHODS = ("get", "put", "post", "patch", "delete", "head", "options", "trace")

# Where a schema holds other schemas.
_SINGLE = ("items", "additionalProperties", "not", "if", "then", "else", "contains", "propertyNames")
_LISTED = ("allOf", "anyOf", "oneOf", "prefixItems")
_NAMED = ("properties", "patternProperties", "dependentSchemas")


def escape(key: str) -> str:
    """A key as one step of a JSON pointer."""
    return key.replace("~", "~0").replace("/", "~1")


def walk(node: object, pointer: str = "") -> Iterator[tuple[str, object]]:
    """Each node below and including `node`, with its JSON pointer."""
    yield pointer, node
    if isinstance(node, dict):
        for key, value in node.items():
            yield from walk(value, f"{pointer}/{escape(key)}")
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from walk(value, f"{pointer}/{index}")


def lookup(document: Node, reference: str) -> Any:
    """What an internal reference such as `#/components/schemas/Project` names.

    Raises:
        KeyError, TypeError: Nothing.
    """
    node: Any = document
    for step in reference.removeprefix("#/").split("/"):
        node = node[step.replace("~1", "/").replace("~0", "~")]
    return node


def mapping(node: object) -> Node:
    """The node itself, or an empty mapping where it is something else."""
    return node if isinstance(node, dict) else {}


def sequence(node: object) -> list[Any]:
    """The node itself, or an empty list where it is something else."""
    return node if isinstance(node, list) else []


@dataclass(frozen=True)
class Place:
    """A node and where it is."""

    pointer: str
    node: Node

    def types(self) -> list[Any]:
        """The `type` of a schema as a list."""
        found = self.node.get("type", [])
        return found if isinstance(found, list) else [found]

    def is_object(self) -> bool:
        """Whether the generator makes a class of it."""
        # `allOf` around one reference, with which a description can stand, is the class that is referred to.
        parts = sequence(self.node.get("allOf"))
        is_reference = len(parts) == 1 and "$ref" in mapping(parts[0])
        return "object" in self.types() or "properties" in self.node or (bool(parts) and not is_reference)


@dataclass(frozen=True)
class Operation:
    """One method of one path."""

    pointer: str
    path: str
    method: str
    node: Node
    parameters: tuple[Place, ...]

    @property
    def name(self) -> str:
        return str(self.node.get("operationId", f"{self.method} {self.path}"))

    @property
    def effect(self) -> str:
        """`read` or `write`: what `x-effect` says, otherwise what the method says."""
        declared = self.node.get("x-effect")
        by_method = "read" if self.method in ("get", "head", "options", "trace") else "write"
        return declared if declared in ("read", "write") else by_method

    def named(self, place: str) -> dict[str, Node]:
        """Its parameters in `path`, `query` or `header`, by name."""
        return {str(p.node.get("name")): p.node for p in self.parameters if p.node.get("in") == place}


@dataclass(frozen=True)
class Spec:
    """A document and, where known, which domain file each of its paths was written in."""

    document: Node
    owners: Mapping[str, str] = field(default_factory=dict)

    def resolve(self, place: Place) -> Place:
        """Follow references; one that points to nothing gives an empty node."""
        for _ in range(50):
            reference = place.node.get("$ref")
            if not isinstance(reference, str):
                return place
            try:
                place = Place(reference.removeprefix("#"), mapping(lookup(self.document, reference)))
            except (KeyError, TypeError):
                break
        return Place(place.pointer, {})

    @cached_property
    def operations(self) -> tuple[Operation, ...]:
        return tuple(self._operations())

    def _operations(self) -> Iterator[Operation]:
        for path, item in mapping(self.document.get("paths")).items():
            at = f"/paths/{escape(path)}"
            shared = self._places(item, "parameters", at)
            for method in METHODS:
                if isinstance(node := mapping(item).get(method), dict):
                    own = self._places(node, "parameters", f"{at}/{method}")
                    yield Operation(f"{at}/{method}", path, method, node, (*shared, *own))

    def _places(self, node: object, key: str, pointer: str) -> list[Place]:
        entries = enumerate(sequence(mapping(node).get(key)))
        return [self.resolve(Place(f"{pointer}/{key}/{index}", mapping(entry))) for index, entry in entries]

    def contents(self, holder: Place) -> Iterator[tuple[str, Place]]:
        """Each media type of a body, response or parameter, with its schema as written there."""
        for media, entry in mapping(holder.node.get("content")).items():
            yield (
                media,
                Place(f"{holder.pointer}/content/{escape(media)}/schema", mapping(mapping(entry).get("schema"))),
            )

    def body(self, operation: Operation) -> Place:
        """The request body of an operation; an empty node where it has none."""
        node = mapping(operation.node.get("requestBody"))
        return self.resolve(Place(f"{operation.pointer}/requestBody", node))

    def body_schema(self, operation: Operation) -> Node:
        """The JSON schema of the request body of an operation."""
        found = dict(self.contents(self.body(operation))).get("application/json")
        return self.resolve(found).node if found else {}

    def responses(self, operation: Operation) -> Iterator[tuple[str, Place]]:
        """Each response of an operation by its status."""
        for status, node in mapping(operation.node.get("responses")).items():
            at = f"{operation.pointer}/responses/{escape(status)}"
            yield status, self.resolve(Place(at, mapping(node)))

    @cached_property
    def body_schemas(self) -> tuple[Place, ...]:
        """Every schema that can be reached from a request body."""
        bodies = (self.body(operation) for operation in self.operations)
        return self._closure(schema for body in bodies for _, schema in self.contents(body))

    @cached_property
    def request_schemas(self) -> tuple[Place, ...]:
        """Every schema that can be reached from a parameter or a request body."""
        parameters = [p for operation in self.operations for p in operation.parameters]
        own = [Place(f"{p.pointer}/schema", mapping(p.node.get("schema"))) for p in parameters]
        other = [schema for p in parameters for _, schema in self.contents(p)]
        return self._closure([*own, *other, *self.body_schemas])

    @cached_property
    def response_schemas(self) -> tuple[Place, ...]:
        """Every schema that can be reached from a response or its headers."""
        found: list[Place] = []
        for operation in self.operations:
            for _, response in self.responses(operation):
                found += [schema for _, schema in self.contents(response)]
                for name, header in mapping(response.node.get("headers")).items():
                    place = self.resolve(Place(f"{response.pointer}/headers/{escape(name)}", mapping(header)))
                    found.append(Place(f"{place.pointer}/schema", mapping(place.node.get("schema"))))
        return self._closure(found)

    @cached_property
    def schemas(self) -> tuple[Place, ...]:
        """Every schema there is, used or not."""
        components = mapping(mapping(self.document.get("components")).get("schemas"))
        named = [Place(f"/components/schemas/{escape(name)}", mapping(node)) for name, node in components.items()]
        return self._closure([*named, *self.request_schemas, *self.response_schemas])

    def _closure(self, roots: Iterator[Place] | list[Place]) -> tuple[Place, ...]:
        found: dict[str, Place] = {}
        pending = list(roots)[::-1]
        while pending:
            place = self.resolve(pending.pop())
            if place.pointer in found or not place.node:
                continue
            found[place.pointer] = place
            pending += list(_inside(place))[::-1]
        return tuple(found.values())


def _inside(place: Place) -> Iterator[Place]:
    """The schemas directly inside a schema."""
    for key in _SINGLE:
        if isinstance(node := place.node.get(key), dict):
            yield Place(f"{place.pointer}/{key}", node)
    for key in _LISTED:
        for index, node in enumerate(sequence(place.node.get(key))):
            yield Place(f"{place.pointer}/{key}/{index}", mapping(node))
    for key in _NAMED:
        for name, node in mapping(place.node.get(key)).items():
            yield Place(f"{place.pointer}/{key}/{escape(name)}", mapping(node))
