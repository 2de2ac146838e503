"""Edits of the document as a whole, and of notations."""

from __future__ import annotations

import random
from typing import Any

from spec_walk import lookup

from tests.scripts.mutations.places import objects, of_type
from tests.scripts.mutations.world import NEW, Document, World, breaking, cut, one, put, safe


@breaking
def base_path_changed(world: World, choose: random.Random) -> Document:
    return put(world.document, "/servers/0/url", one(choose, ["/api/v2", "/"]))


@safe
def server_added(world: World, choose: random.Random) -> Document:
    return put(world.document, "/servers/1", {"url": "/other"})


@breaking
def security_dropped(world: World, choose: random.Random) -> Document:
    return cut(world.document, f"/security/{choose.randrange(2)}")


@safe
def security_added(world: World, choose: random.Random) -> Document:
    scheme = {"type": "apiKey", "in": "header", "name": "X-Other"}
    document = put(world.document, "/components/securitySchemes/other", scheme)
    return put(document, "/security/2", {"other": []})


@breaking
def credentials_asked_for(world: World, choose: random.Random) -> Document:
    operation = one(choose, [o for o in world.operations if o.node.get("security") == []])
    return cut(world.document, f"{operation.pointer}/security")


@safe
def credentials_not_asked_for(world: World, choose: random.Random) -> Document:
    operation = one(choose, [o for o in world.operations if "security" not in o.node])
    return put(world.document, f"{operation.pointer}/security", [])


@breaking
def credentials_of_stranger_ignored(world: World, choose: random.Random) -> Document:
    """An operation that strangers can call, where whoever has a key may see more."""
    operation = one(choose, [o for o in world.operations if {} in o.node.get("security", ())])
    named = [i for i, way in enumerate(operation.node["security"]) if way]
    return cut(world.document, f"{operation.pointer}/security/{one(choose, named)}")


@breaking
def security_scheme_removed(world: World, choose: random.Random) -> Document:
    schemes = world.document["components"]["securitySchemes"]
    return cut(world.document, f"/components/securitySchemes/{one(choose, schemes)}")


@breaking
def words_of_request_forgotten(world: World, choose: random.Random) -> Document:
    """More is accepted, but the class of the words is gone from the client."""
    place = one(choose, [p for p in world.requests if "enum" in p.node and p.pointer.count("/") == 3])
    return cut(world.document, f"{place.pointer}/enum")


@breaking
def security_scheme_changed(world: World, choose: random.Random) -> Document:
    key, value = one(choose, [("token/name", "X-Other"), ("bearer/scheme", "basic"), ("token/in", "query")])
    return put(world.document, f"/components/securitySchemes/{key}", value)


@safe
def info_changed(world: World, choose: random.Random) -> Document:
    return put(world.document, f"/info/{one(choose, ['title', 'version', 'summary', 'description'])}", "Other")


@safe
def unused_component_added(world: World, choose: random.Random) -> Document:
    return put(world.document, "/components/schemas/Unused", {"type": "object", "properties": {"a": NEW}})


@safe
def example_added(world: World, choose: random.Random) -> Document:
    return put(world.document, f"{one(choose, world.used).pointer}/examples", ["x"])


@safe
def keys_reordered(world: World, choose: random.Random) -> Document:
    return _reversed(world.document)


def _reversed(node: Any) -> Any:
    if isinstance(node, dict):
        return {key: _reversed(node[key]) for key in reversed(node)}
    return [_reversed(each) for each in node] if isinstance(node, list) else node


@safe
def text_written_out(world: World, choose: random.Random) -> Document:
    pointer, target = one(choose, _references(world, named=False))
    return put(world.document, pointer, target)


@safe
def text_named(world: World, choose: random.Random) -> Document:
    place = one(
        choose,
        [
            p
            for p in of_type(world.used, "string")
            if not p.pointer.startswith("/components/schemas/") or p.pointer.count("/") > 3
        ],
    )
    document = put(world.document, "/components/schemas/SomeText", dict(place.node))
    return put(document, place.pointer, {"$ref": "#/components/schemas/SomeText"})


@safe
def parts_of_one_schema(world: World, choose: random.Random) -> Document:
    pointer, _ = one(choose, _references(world, named=True))
    return put(world.document, pointer, {"allOf": [lookup_pointer(world.document, pointer)]})


def _references(world: World, *, named: bool) -> list[tuple[str, Any]]:
    """Properties that refer to a schema with, or without, a class in the client."""
    found = [
        (f"{place.pointer}/properties/{name}", lookup(world.document, node["$ref"]))
        for place in objects(world.used)
        for name, node in place.node["properties"].items()
        if "$ref" in node
    ]
    return [(p, target) for p, target in found if bool(target.keys() & {"enum", "properties"}) is named]


def lookup_pointer(document: Document, pointer: str) -> Any:
    """What is at a place."""
    return lookup(document, f"#{pointer}")


@breaking
def class_renamed(world: World, choose: random.Random) -> Document:
    name = one(choose, [p.pointer.split("/")[3] for p in world.used if p.pointer.count("/") == 3 and p.is_object()])
    schemas = {
        (f"{key}Now" if key == name else key): value for key, value in world.document["components"]["schemas"].items()
    }
    document = put(world.document, "/components/schemas", schemas)
    renamed: Document = _pointing(document, f"#/components/schemas/{name}", f"#/components/schemas/{name}Now")
    return renamed


def _pointing(node: Any, old: str, new: str) -> Any:
    if isinstance(node, dict):
        return {
            key: new if key == "$ref" and value == old else _pointing(value, old, new) for key, value in node.items()
        }
    return [_pointing(each, old, new) for each in node] if isinstance(node, list) else node


@breaking
def unknown_keyword(world: World, choose: random.Random) -> Document:
    pointer = one(choose, ["", one(choose, world.operations).pointer, one(choose, world.used).pointer, "/servers/0"])
    return put(world.document, f"{pointer}/x-unheard-of", True)


@breaking
def pattern_of_shared_value_changed(world: World, choose: random.Random) -> Document:
    place = one(choose, [p for p in world.shared if p.types() == ["string"]])
    return put(world.document, f"{place.pointer}/pattern", "^[a-f]+$")
