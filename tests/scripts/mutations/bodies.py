"""Edits of request bodies."""

from __future__ import annotations

import random

from spec_walk import Operation

from tests.scripts.mutations.world import NEW, Document, World, breaking, cut, one, put, safe


def _bodies(world: World) -> list[Operation]:
    return [operation for operation in world.operations if "requestBody" in operation.node]


@breaking
def body_removed(world: World, choose: random.Random) -> Document:
    return cut(world.document, f"{one(choose, _bodies(world)).pointer}/requestBody")


@breaking
def body_added(world: World, choose: random.Random) -> Document:
    operation = one(choose, [o for o in world.operations if "requestBody" not in o.node])
    body = {"required": True, "content": {"application/json": {"schema": NEW}}}
    return put(world.document, f"{operation.pointer}/requestBody", body)


@safe
def optional_body_added(world: World, choose: random.Random) -> Document:
    operation = one(choose, [o for o in world.operations if "requestBody" not in o.node])
    return put(world.document, f"{operation.pointer}/requestBody", {"content": {"application/json": {"schema": NEW}}})


@safe
def body_optional(world: World, choose: random.Random) -> Document:
    operations = [o for o in _bodies(world) if o.node["requestBody"].get("required")]
    return put(world.document, f"{one(choose, operations).pointer}/requestBody/required", False)


@breaking
def body_in_another_type(world: World, choose: random.Random) -> Document:
    operation = one(choose, _bodies(world))
    (node,) = operation.node["requestBody"]["content"].values()
    return put(world.document, f"{operation.pointer}/requestBody/content", {"application/xml": node})


@safe
def body_in_one_more_type(world: World, choose: random.Random) -> Document:
    operation = one(choose, _bodies(world))
    return put(world.document, f"{operation.pointer}/requestBody/content/text~1csv", {"schema": NEW})
