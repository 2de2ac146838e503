"""Edits of who may call an operation."""

from __future__ import annotations

import random

from spec_walk import Operation

from tests.scripts.mutations.world import Document, World, breaking, cut, one, put, safe

_LADDERS = {
    "workspace": ["guest", "collaborator", "member", "admin"],
    "project": ["viewer", "contributor", "owner", "admin"],
    "experiment": ["viewer", "contributor", "owner", "admin"],
    "dataset": ["view", "tag", "edit", "manage", "admin"],
}


def _on_ladder(world: World, *, at_end: int) -> list[tuple[Operation, list[str]]]:
    """Operations whose role is on a ladder, but not at its first (0) or last (-1) rung."""
    found = [(o, _LADDERS.get(o.node["x-access"].get("on"), [])) for o in world.operations]
    return [
        (o, roles)
        for o, roles in found
        if o.node["x-access"]["allow"] in roles and o.node["x-access"]["allow"] != roles[at_end]
    ]


@breaking
def role_raised(world: World, choose: random.Random) -> Document:
    operation, ladder = one(choose, _on_ladder(world, at_end=-1))
    higher = ladder[ladder.index(operation.node["x-access"]["allow"]) + 1 :]
    return put(world.document, f"{operation.pointer}/x-access/allow", one(choose, [*higher, "operator"]))


@safe
def role_lowered(world: World, choose: random.Random) -> Document:
    operation, ladder = one(choose, _on_ladder(world, at_end=0))
    lower = ladder[: ladder.index(operation.node["x-access"]["allow"])]
    return put(world.document, f"{operation.pointer}/x-access/allow", one(choose, lower))


@breaking
def sign_in_asked_for(world: World, choose: random.Random) -> Document:
    operation = one(choose, [o for o in world.operations if o.node["x-access"]["allow"] == "anyone"])
    return put(world.document, f"{operation.pointer}/x-access/allow", "authenticated")


@breaking
def access_on_something_else(world: World, choose: random.Random) -> Document:
    operation = one(choose, [o for o in world.operations if o.node["x-access"].get("on") in ("project", "dataset")])
    access = {**operation.node["x-access"], "allow": "guest", "on": "workspace"}
    return put(world.document, f"{operation.pointer}/x-access", access)


@breaking
def scope_raised(world: World, choose: random.Random) -> Document:
    reads = [o for o in world.operations if o.effect == "read" and "scope" not in o.node["x-access"]]
    return put(world.document, f"{one(choose, reads).pointer}/x-access/scope", one(choose, ["write", "admin"]))


@safe
def scope_lowered(world: World, choose: random.Random) -> Document:
    writes = [o for o in world.operations if o.effect == "write" and o.node["x-access"].get("scope") != "read"]
    return put(world.document, f"{one(choose, writes).pointer}/x-access/scope", "read")


@breaking
def service_accounts_refused(world: World, choose: random.Random) -> Document:
    operations = [o for o in world.operations if "service_accounts" not in o.node["x-access"]]
    return put(world.document, f"{one(choose, operations).pointer}/x-access/service_accounts", False)


@safe
def service_accounts_admitted(world: World, choose: random.Random) -> Document:
    operations = [o for o in world.operations if "service_accounts" in o.node["x-access"]]
    return cut(world.document, f"{one(choose, operations).pointer}/x-access/service_accounts")


@breaking
def public_ended(world: World, choose: random.Random) -> Document:
    operations = [o for o in world.operations if "public" in o.node["x-access"]]
    return cut(world.document, f"{one(choose, operations).pointer}/x-access/public")


@breaking
def self_refused(world: World, choose: random.Random) -> Document:
    operations = [o for o in world.operations if "or_self" in o.node["x-access"]]
    return cut(world.document, f"{one(choose, operations).pointer}/x-access/or_self")


@safe
def self_admitted(world: World, choose: random.Random) -> Document:
    found = [o for o in world.operations if "user" in o.named("path") and "or_self" not in o.node["x-access"]]
    return put(world.document, f"{one(choose, found).pointer}/x-access/or_self", "user")


@breaking
def condition_added(world: World, choose: random.Random) -> Document:
    operation = one(choose, [o for o in world.operations if o.named("query") and "when" not in o.node["x-access"]])
    condition = {"query": one(choose, operation.named("query")), "equals": "x", "allow": "operator"}
    return put(world.document, f"{operation.pointer}/x-access/when", [condition])


@safe
def condition_dropped(world: World, choose: random.Random) -> Document:
    operation = one(choose, [o for o in world.operations if "when" in o.node["x-access"]])
    return cut(world.document, f"{operation.pointer}/x-access/when")


@breaking
def exception_of_condition_dropped(world: World, choose: random.Random) -> Document:
    found = [o for o in world.operations if any("unless" in w for w in o.node["x-access"].get("when", ()))]
    return cut(world.document, f"{one(choose, found).pointer}/x-access/when/0/unless")
