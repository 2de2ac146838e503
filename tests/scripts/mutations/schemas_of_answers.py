"""Edits of schemas that answers use."""

from __future__ import annotations

import random

from spec_walk import Operation, lookup

from tests.scripts.mutations.places import objects, of_type, one_property, renamed
from tests.scripts.mutations.world import NEW, Document, World, breaking, cut, one, put, safe


@breaking
def property_of_answer_removed(world: World, choose: random.Random) -> Document:
    place, name = one_property(world, choose, world.answers)
    document = put(
        world.document, f"{place.pointer}/required", [n for n in place.node.get("required", ()) if n != name]
    )
    return cut(document, f"{place.pointer}/properties/{name}")


@breaking
def property_of_answer_renamed(world: World, choose: random.Random) -> Document:
    return renamed(world, choose, world.answers)


@breaking
def property_of_answer_optional(world: World, choose: random.Random) -> Document:
    place, name = one_property(world, choose, world.answers, required=True)
    return put(world.document, f"{place.pointer}/required", [n for n in place.node["required"] if n != name])


@safe
def property_of_answer_required(world: World, choose: random.Random) -> Document:
    place, name = one_property(world, choose, world.answers, required=False)
    return put(world.document, f"{place.pointer}/required", [*place.node.get("required", ()), name])


@safe
def required_reordered(world: World, choose: random.Random) -> Document:
    place = one(choose, [p for p in world.used if len(p.node.get("required", ())) > 1])
    return put(world.document, f"{place.pointer}/required", place.node["required"][::-1])


@safe
def property_of_answer_added(world: World, choose: random.Random) -> Document:
    place = one(choose, objects(world.answers))
    document = put(world.document, f"{place.pointer}/properties/extra", NEW)
    needed = [*place.node.get("required", ()), *one(choose, [["extra"], []])]
    return put(document, f"{place.pointer}/required", needed)


@breaking
def type_of_answer_changed(world: World, choose: random.Random) -> Document:
    place = one(choose, [p for p in world.answers if p.types() in (["string"], ["integer"], ["boolean"])])
    return put(world.document, f"{place.pointer}/type", "boolean" if place.types() != ["boolean"] else "integer")


@breaking
def null_in_answer(world: World, choose: random.Random) -> Document:
    place = one(choose, [p for p in world.answers if p.types() in (["string"], ["integer"])])
    return put(world.document, f"{place.pointer}/type", [*place.types(), "null"])


@breaking
def number_in_answer(world: World, choose: random.Random) -> Document:
    return put(world.document, f"{one(choose, of_type(world.answers, 'integer')).pointer}/type", "number")


@breaking
def time_in_answer_became_text(world: World, choose: random.Random) -> Document:
    return cut(world.document, f"{one(choose, [p for p in world.answers if 'format' in p.node]).pointer}/format")


@breaking
def text_in_answer_became_time(world: World, choose: random.Random) -> Document:
    place = one(choose, [p for p in of_type(world.answers, "string", "format") if "enum" not in p.node])
    return put(world.document, f"{place.pointer}/format", one(choose, ["date-time", "uuid"]))


@safe
def bound_of_answer_added(world: World, choose: random.Random) -> Document:
    kind, key = one(choose, [("string", "maxLength"), ("array", "maxItems"), ("integer", "maximum")])
    return put(world.document, f"{one(choose, of_type(world.answers, kind, key)).pointer}/{key}", 1000)


@breaking
def word_of_answer_removed(world: World, choose: random.Random) -> Document:
    place = one(choose, [p for p in world.answers if len(p.node.get("enum", ())) > 1])
    return cut(world.document, f"{place.pointer}/enum/0")


@breaking
def choice_in_answer(world: World, choose: random.Random) -> Document:
    place = one(choose, objects(world.answers))
    variants = {"oneOf": [dict(place.node), {"type": "object", "properties": {"other": NEW}}]}
    return put(world.document, place.pointer, variants)


@breaking
def answer_swapped_for_a_smaller_one(world: World, choose: random.Random) -> Document:
    operation = one(choose, [o for o in world.operations if _json_reference(world, o)])
    status, _ = world.success(operation)
    schema = lookup(world.document, _json_reference(world, operation))
    name = one(choose, schema["properties"])
    smaller = {**schema, "properties": {k: v for k, v in schema["properties"].items() if k != name}}
    smaller["required"] = [each for each in schema.get("required", ()) if each != name]
    document = put(world.document, "/components/schemas/Smaller", smaller)
    at = f"{operation.pointer}/responses/{status}/content/application~1json/schema"
    return put(document, at, {"$ref": "#/components/schemas/Smaller"})


def _json_reference(world: World, operation: Operation) -> str:
    _, answer = world.success(operation)
    return str(answer.get("content", {}).get("application/json", {}).get("schema", {}).get("$ref", ""))
