"""Edits of effects, the audit log and problem codes."""

from __future__ import annotations

import random

from tests.scripts.mutations.world import Document, World, breaking, cut, one, put, safe


@breaking
def key_ignored(world: World, choose: random.Random) -> Document:
    operation = one(choose, [o for o in world.operations if o.node["x-idempotent"] == "key"])
    return put(world.document, f"{operation.pointer}/x-idempotent", "safe")


@breaking
def read_became_write(world: World, choose: random.Random) -> Document:
    operation = one(choose, [o for o in world.operations if o.effect == "read"])
    return put(world.document, f"{operation.pointer}/x-effect", "write")


@breaking
def audit_changed(world: World, choose: random.Random) -> Document:
    operation = one(choose, [o for o in world.operations if "x-audit" in o.node])
    return put(world.document, f"{operation.pointer}/x-audit/{one(choose, ['action', 'object', 'id'])}", "other")


@breaking
def audit_dropped(world: World, choose: random.Random) -> Document:
    return cut(world.document, f"{one(choose, [o for o in world.operations if 'x-audit' in o.node]).pointer}/x-audit")


@safe
def audit_reworded(world: World, choose: random.Random) -> Document:
    operation = one(choose, [o for o in world.operations if "x-audit" in o.node])
    return put(world.document, f"{operation.pointer}/x-audit/event", "Something happened")


@breaking
def problem_of_operation_dropped(world: World, choose: random.Random) -> Document:
    operation = one(choose, [o for o in world.operations if o.node["x-problems"]])
    return cut(world.document, f"{operation.pointer}/x-problems/{choose.randrange(len(operation.node['x-problems']))}")


@safe
def problem_of_operation_added(world: World, choose: random.Random) -> Document:
    operation = one(choose, world.operations)
    code = one(choose, [each for each in world.document["x-problem-codes"] if each not in operation.node["x-problems"]])
    return put(world.document, f"{operation.pointer}/x-problems", [*operation.node["x-problems"], code])


@breaking
def code_removed(world: World, choose: random.Random) -> Document:
    return cut(world.document, f"/x-problem-codes/{one(choose, world.document['x-problem-codes'])}")


@breaking
def status_of_code_changed(world: World, choose: random.Random) -> Document:
    return put(world.document, f"/x-problem-codes/{one(choose, world.document['x-problem-codes'])}/status", 418)


@breaking
def class_of_code_changed(world: World, choose: random.Random) -> Document:
    codes = world.document["x-problem-codes"]
    code, key = one(choose, [(c, k) for c in codes for k in ("class", "base", "also", "resource") if k in codes[c]])
    if choose.random() < 0.5:
        return cut(world.document, f"/x-problem-codes/{code}/{key}")
    return put(world.document, f"/x-problem-codes/{code}/{key}", "Other")


@safe
def code_added(world: World, choose: random.Random) -> Document:
    return put(world.document, "/x-problem-codes/something_new", {"status": 409, "title": "New"})


@safe
def code_reworded(world: World, choose: random.Random) -> Document:
    return put(
        world.document, f"/x-problem-codes/{one(choose, world.document['x-problem-codes'])}/title", "Other words"
    )


@safe
def class_for_code(world: World, choose: random.Random) -> Document:
    codes = world.document["x-problem-codes"]
    code = one(choose, [code for code, entry in codes.items() if "class" not in entry])
    return put(world.document, f"/x-problem-codes/{code}/class", "SomethingNew")
