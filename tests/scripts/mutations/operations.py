"""Edits of operations: their paths, methods, names and texts."""

from __future__ import annotations

import random
from collections.abc import Callable

from spec_walk import Place, escape

from tests.scripts.mutations.world import Document, World, breaking, cut, one, put, safe


@breaking
def operation_removed(world: World, choose: random.Random) -> Document:
    return cut(world.document, one(choose, world.operations).pointer)


@breaking
def path_removed(world: World, choose: random.Random) -> Document:
    return cut(world.document, f"/paths/{escape(one(choose, world.document['paths']))}")


@breaking
def path_changed(world: World, choose: random.Random) -> Document:
    return _with_path(world, one(choose, world.document["paths"]), lambda path: f"/v2{path}")


@breaking
def path_parameter_renamed(world: World, choose: random.Random) -> Document:
    path = one(choose, [path for path in world.document["paths"] if "{" in path])
    old = path.partition("{")[2].partition("}")[0]
    changed = _with_path(world, path, lambda path: path.replace(f"{{{old}}}", "{renamed}"))
    item = changed["paths"][path.replace(f"{{{old}}}", "{renamed}")]
    parameters = [dict(world.spec.resolve(Place("", parameter)).node) for parameter in item["parameters"]]
    item["parameters"] = [{**p, "name": "renamed"} if p["name"] == old else p for p in parameters]
    return changed


def _with_path(world: World, path: str, change: Callable[[str], str]) -> Document:
    paths = {(change(each) if each == path else each): dict(item) for each, item in world.document["paths"].items()}
    return {**world.document, "paths": paths}


@breaking
def method_changed(world: World, choose: random.Random) -> Document:
    operation = one(choose, [o for o in world.operations if "trace" not in world.document["paths"][o.path]])
    path = f"/paths/{escape(operation.path)}"
    return cut(put(world.document, f"{path}/trace", operation.node), operation.pointer)


@breaking
def operation_renamed(world: World, choose: random.Random) -> Document:
    operation = one(choose, world.operations)
    return put(world.document, f"{operation.pointer}/operationId", f"{operation.name}_now")


@breaking
def tag_changed(world: World, choose: random.Random) -> Document:
    operation = one(choose, world.operations)
    other = one(choose, [tag["name"] for tag in world.document["tags"] if [tag["name"]] != operation.node["tags"]])
    return put(world.document, f"{operation.pointer}/tags", [other])


@safe
def operation_added(world: World, choose: random.Random) -> Document:
    operation = {**one(choose, world.operations).node, "operationId": "something_new"}
    return put(world.document, "/paths/~1something-new", {"get": operation})


@safe
def operation_deprecated(world: World, choose: random.Random) -> Document:
    return put(world.document, f"{one(choose, world.operations).pointer}/deprecated", True)


@safe
def summary_changed(world: World, choose: random.Random) -> Document:
    return put(world.document, f"{one(choose, world.operations).pointer}/summary", "Something else")


@safe
def description_changed(world: World, choose: random.Random) -> Document:
    return put(world.document, f"{one(choose, world.used).pointer}/description", "Something else.")


@safe
def lock_changed(world: World, choose: random.Random) -> Document:
    operation = one(choose, [o for o in world.operations if o.effect == "write"])
    return put(world.document, f"{operation.pointer}/x-lock", "account")
