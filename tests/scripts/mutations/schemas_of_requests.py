"""Edits of schemas that requests use."""

from __future__ import annotations

import random

from spec_walk import Place

from tests.scripts.mutations.places import objects, of_type, one_property, renamed
from tests.scripts.mutations.world import NEW, Document, World, breaking, cut, one, put, safe


@breaking
def property_of_request_removed(world: World, choose: random.Random) -> Document:
    place, name = one_property(world, choose, world.requests)
    document = put(
        world.document, f"{place.pointer}/required", [n for n in place.node.get("required", ()) if n != name]
    )
    return cut(document, f"{place.pointer}/properties/{name}")


@breaking
def property_of_request_renamed(world: World, choose: random.Random) -> Document:
    return renamed(world, choose, world.requests)


@breaking
def required_property_of_request_added(world: World, choose: random.Random) -> Document:
    place = one(choose, objects(world.requests))
    document = put(world.document, f"{place.pointer}/properties/extra", NEW)
    return put(document, f"{place.pointer}/required", [*place.node.get("required", ()), "extra"])


@safe
def optional_property_of_request_added(world: World, choose: random.Random) -> Document:
    return put(world.document, f"{one(choose, objects(world.requests)).pointer}/properties/extra", NEW)


@breaking
def property_of_request_required(world: World, choose: random.Random) -> Document:
    place, name = one_property(world, choose, world.requests, required=False)
    return put(world.document, f"{place.pointer}/required", [*place.node.get("required", ()), name])


@safe
def property_of_request_optional(world: World, choose: random.Random) -> Document:
    place, name = one_property(world, choose, world.requests, required=True)
    return put(world.document, f"{place.pointer}/required", [n for n in place.node["required"] if n != name])


@safe
def request_opened(world: World, choose: random.Random) -> Document:
    place = one(choose, [p for p in world.requests if p.node.get("additionalProperties") is False])
    return cut(world.document, f"{place.pointer}/additionalProperties")


@breaking
def secret_shown(world: World, choose: random.Random) -> Document:
    places = [(p, n) for p in objects(world.used) for n, v in p.node["properties"].items() if v.get("x-secret")]
    place, name = one(choose, places)
    return cut(world.document, f"{place.pointer}/properties/{name}/x-secret")


@safe
def secret_hidden(world: World, choose: random.Random) -> Document:
    places = [
        (p, n)
        for p in objects(world.used)
        for n, v in p.node["properties"].items()
        if v.keys().isdisjoint({"x-secret", "$ref"})
    ]
    place, name = one(choose, places)
    return put(world.document, f"{place.pointer}/properties/{name}/x-secret", True)


@breaking
def problem_of_value_changed(world: World, choose: random.Random) -> Document:
    place = one(choose, [p for p in world.requests if "x-problem" in p.node])
    return put(world.document, f"{place.pointer}/x-problem", "malformed_request")


def _bounded(places: list[Place], *keys: str) -> list[tuple[Place, str]]:
    return [(place, key) for place in places for key in keys if key in place.node]


_UPPER = ("maximum", "maxLength", "maxItems")
_LOWER = ("minimum", "minLength", "minItems", "minProperties")


@breaking
def upper_bound_of_request_lowered(world: World, choose: random.Random) -> Document:
    place, key = one(choose, _bounded([*world.requests, *world.shared], *_UPPER))
    return put(world.document, f"{place.pointer}/{key}", place.node[key] - 1)


@safe
def upper_bound_of_request_raised(world: World, choose: random.Random) -> Document:
    place, key = one(choose, _bounded(world.requests, *_UPPER))
    return put(world.document, f"{place.pointer}/{key}", place.node[key] + choose.randint(1, 99))


@breaking
def lower_bound_of_request_raised(world: World, choose: random.Random) -> Document:
    place, key = one(choose, _bounded([*world.requests, *world.shared], *_LOWER))
    return put(world.document, f"{place.pointer}/{key}", place.node[key] + 1)


@safe
def lower_bound_of_request_dropped(world: World, choose: random.Random) -> Document:
    place, key = one(choose, _bounded(world.requests, *_LOWER))
    return cut(world.document, f"{place.pointer}/{key}")


@safe
def upper_bound_of_request_dropped(world: World, choose: random.Random) -> Document:
    place, key = one(choose, _bounded(world.requests, *_UPPER))
    return cut(world.document, f"{place.pointer}/{key}")


@breaking
def bound_of_request_added(world: World, choose: random.Random) -> Document:
    kind, key = one(choose, [("integer", "multipleOf"), ("integer", "exclusiveMaximum"), ("array", "uniqueItems")])
    place = one(choose, of_type(world.requests, kind, key))
    return put(world.document, f"{place.pointer}/{key}", True if key == "uniqueItems" else 7)


@breaking
def pattern_of_request_added(world: World, choose: random.Random) -> Document:
    place = one(choose, of_type(world.requests, "string", "pattern"))
    return put(world.document, f"{place.pointer}/pattern", "^[a-f]+$")


@breaking
def pattern_of_request_changed(world: World, choose: random.Random) -> Document:
    place = one(choose, [p for p in world.requests if "pattern" in p.node])
    return put(world.document, f"{place.pointer}/pattern", "^[a-f]+$")


@safe
def pattern_of_request_dropped(world: World, choose: random.Random) -> Document:
    place = one(choose, [p for p in world.requests if "pattern" in p.node])
    return cut(world.document, f"{place.pointer}/pattern")


@breaking
def type_of_request_changed(world: World, choose: random.Random) -> Document:
    place = one(choose, [p for p in world.requests if p.types() in (["string"], ["integer"], ["boolean"])])
    return put(world.document, f"{place.pointer}/type", "boolean" if place.types() != ["boolean"] else "integer")


@safe
def type_of_request_widened(world: World, choose: random.Random) -> Document:
    place = one(choose, of_type(world.requests, "integer"))
    return put(world.document, f"{place.pointer}/type", "number")


@breaking
def null_of_request_refused(world: World, choose: random.Random) -> Document:
    place = one(choose, [p for p in world.requests if "null" in p.types()])
    return put(world.document, f"{place.pointer}/type", next(name for name in place.types() if name != "null"))


@safe
def null_of_request_accepted(world: World, choose: random.Random) -> Document:
    place = one(choose, [p for p in of_type(world.bodies, "string") if "enum" not in p.node])
    return put(world.document, f"{place.pointer}/type", ["string", "null"])


@breaking
def word_of_request_removed(world: World, choose: random.Random) -> Document:
    place = one(choose, [p for p in [*world.requests, *world.shared] if len(p.node.get("enum", ())) > 1])
    gone = choose.randrange(len(place.node["enum"]))
    return cut(world.document, f"{place.pointer}/enum/{gone}")


@breaking
def word_renamed(world: World, choose: random.Random) -> Document:
    place = one(choose, [p for p in world.used if "enum" in p.node])
    return put(world.document, f"{place.pointer}/enum/0", "renamed")


@safe
def word_added(world: World, choose: random.Random) -> Document:
    place = one(choose, [p for p in world.used if "enum" in p.node])
    return put(world.document, f"{place.pointer}/enum", [*place.node["enum"], "added"])


@safe
def words_reordered(world: World, choose: random.Random) -> Document:
    place = one(choose, [p for p in world.used if len(p.node.get("enum", ())) > 1])
    return put(world.document, f"{place.pointer}/enum", place.node["enum"][::-1])


@breaking
def words_of_request_listed(world: World, choose: random.Random) -> Document:
    place = one(choose, of_type(world.requests, "string", "enum"))
    return put(world.document, f"{place.pointer}/enum", ["a", "b"])


@breaking
def default_added(world: World, choose: random.Random) -> Document:
    place = one(choose, of_type(world.requests, "boolean"))
    return put(world.document, f"{place.pointer}/default", True)


@breaking
def format_of_request_added(world: World, choose: random.Random) -> Document:
    place = one(choose, [p for p in of_type(world.requests, "string", "format") if "enum" not in p.node])
    return put(world.document, f"{place.pointer}/format", one(choose, ["uuid", "date", "email"]))


@breaking
def items_of_shared_array_changed(world: World, choose: random.Random) -> Document:
    place = one(choose, of_type(world.used, "array"))
    return put(world.document, f"{place.pointer}/items", {"type": "boolean"})
