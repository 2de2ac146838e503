"""Edits of parameters."""

from __future__ import annotations

import random

from tests.scripts.mutations.world import NEW, Document, World, breaking, cut, one, put, safe


@breaking
def parameter_removed(world: World, choose: random.Random) -> Document:
    return cut(world.document, _written(world, choose)[0])


@breaking
def parameter_renamed(world: World, choose: random.Random) -> Document:
    pointer, node = _written(world, choose)
    return put(world.document, pointer, {**node, "name": f"{node['name']}-now"})


@breaking
def shared_parameter_renamed(world: World, choose: random.Random) -> Document:
    names = [n for n, node in world.document["components"]["parameters"].items() if node["in"] != "path"]
    return put(world.document, f"/components/parameters/{one(choose, names)}/name", "renamed")


@breaking
def parameter_moved(world: World, choose: random.Random) -> Document:
    pointer, node = _written(world, choose)
    return put(world.document, pointer, {**node, "in": "header" if node["in"] == "query" else "query"})


@breaking
def parameter_required(world: World, choose: random.Random) -> Document:
    pointer, node = _written(world, choose)
    return put(world.document, pointer, {**node, "required": True})


@breaking
def shared_parameter_required(world: World, choose: random.Random) -> Document:
    names = [n for n, node in world.document["components"]["parameters"].items() if not node.get("required")]
    return put(world.document, f"/components/parameters/{one(choose, names)}/required", True)


def _written(world: World, choose: random.Random) -> tuple[str, Document]:
    """A parameter that an operation has beside those of its path."""
    found: tuple[str, Document] = one(
        choose, [p for o in world.operations for p in world.written(o) if not p[1].get("required")]
    )
    return found


@breaking
def required_parameter_added(world: World, choose: random.Random) -> Document:
    return _with_parameter(world, choose, {"name": "extra", "in": "query", "required": True, "schema": NEW})


@safe
def optional_parameter_added(world: World, choose: random.Random) -> Document:
    name, place = one(choose, [("extra", "query"), ("Extra", "header")])
    return _with_parameter(world, choose, {"name": name, "in": place, "schema": NEW})


def _with_parameter(world: World, choose: random.Random, parameter: Document) -> Document:
    operation = one(choose, world.operations)
    parameters = [*operation.node.get("parameters", ()), parameter]
    return put(world.document, f"{operation.pointer}/parameters", parameters)


@safe
def parameters_reordered(world: World, choose: random.Random) -> Document:
    operation = one(choose, [o for o in world.operations if len(o.node.get("parameters", ())) > 1])
    return put(world.document, f"{operation.pointer}/parameters", operation.node["parameters"][::-1])


@safe
def parameter_written_out(world: World, choose: random.Random) -> Document:
    return put(world.document, *_written(world, choose))


@safe
def parameter_deprecated(world: World, choose: random.Random) -> Document:
    pointer, node = _written(world, choose)
    return put(world.document, pointer, {**node, "deprecated": True})


@breaking
def paging_removed(world: World, choose: random.Random) -> Document:
    lists = [(p, n) for o in world.operations for p, n in world.written(o) if n["name"] in ("limit", "cursor", "total")]
    return cut(world.document, one(choose, lists)[0])


@breaking
def parameter_not_exploded(world: World, choose: random.Random) -> Document:
    pointer, node = one(choose, [p for o in world.operations for p in world.written(o) if p[1]["in"] == "query"])
    return put(world.document, pointer, {**node, "explode": False})
