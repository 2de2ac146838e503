"""Edits of answers: their status, headers and content."""

from __future__ import annotations

import random

from spec_walk import Operation, escape

from tests.scripts.mutations.world import Document, World, breaking, cut, one, put, safe


@breaking
def status_of_success_changed(world: World, choose: random.Random) -> Document:
    operation = one(choose, world.operations)
    status, answer = world.success(operation)
    document = cut(world.document, f"{operation.pointer}/responses/{status}")
    return put(document, f"{operation.pointer}/responses/{'202' if status != '202' else '200'}", answer)


@breaking
def another_success(world: World, choose: random.Random) -> Document:
    return put(world.document, f"{one(choose, world.operations).pointer}/responses/203", {"description": "Other."})


@breaking
def redirect_added(world: World, choose: random.Random) -> Document:
    return put(world.document, f"{one(choose, world.operations).pointer}/responses/302", {"description": "Elsewhere."})


@safe
def problem_described(world: World, choose: random.Random) -> Document:
    pointer = f"{one(choose, world.operations).pointer}/responses/{one(choose, ['404', '409', '4XX'])}"
    return put(world.document, pointer, {"$ref": "#/components/responses/Problem"})


@breaking
def header_of_answer_removed(world: World, choose: random.Random) -> Document:
    operation = one(choose, [o for o in world.operations if world.success(o)[1].get("headers")])
    status, answer = world.success(operation)
    return cut(world.document, f"{operation.pointer}/responses/{status}/headers/{one(choose, answer['headers'])}")


@safe
def header_of_answer_added(world: World, choose: random.Random) -> Document:
    operation = one(choose, world.operations)
    status, _ = world.success(operation)
    return put(
        world.document, f"{operation.pointer}/responses/{status}/headers/X-Extra", {"schema": {"type": "string"}}
    )


@breaking
def type_of_header_changed(world: World, choose: random.Random) -> Document:
    name = one(choose, world.document["components"]["headers"])
    return put(world.document, f"/components/headers/{name}/schema/type", "boolean")


def _with_content(world: World) -> list[Operation]:
    return [o for o in world.operations if world.success(o)[1].get("content")]


@breaking
def content_of_answer_removed(world: World, choose: random.Random) -> Document:
    operation = one(choose, _with_content(world))
    return cut(world.document, f"{operation.pointer}/responses/{world.success(operation)[0]}/content")


@breaking
def media_type_of_answer_removed(world: World, choose: random.Random) -> Document:
    operation = one(choose, _with_content(world))
    status, answer = world.success(operation)
    media = one(choose, answer["content"])
    return cut(world.document, f"{operation.pointer}/responses/{status}/content/{escape(media)}")


@safe
def media_type_of_answer_added(world: World, choose: random.Random) -> Document:
    operation = one(choose, _with_content(world))
    at = f"{operation.pointer}/responses/{world.success(operation)[0]}/content/text~1plain"
    return put(world.document, at, {"schema": {"type": "string"}})


@breaking
def list_wrapped(world: World, choose: random.Random) -> Document:
    operation = one(choose, [o for o in world.operations if "cursor" in o.named("query")])
    status, answer = world.success(operation)
    page = {"type": "object", "properties": {"items": answer["content"]["application/json"]["schema"]}}
    document = put(world.document, "/components/schemas/Page", page)
    at = f"{operation.pointer}/responses/{status}/content/application~1json/schema"
    return put(document, at, {"$ref": "#/components/schemas/Page"})


@breaking
def problems_changed(world: World, choose: random.Random) -> Document:
    return cut(world.document, f"/components/schemas/Problem/properties/{one(choose, ['code', 'hint', 'request_id'])}")
