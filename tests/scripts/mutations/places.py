"""Places that edits of several kinds look for."""

from __future__ import annotations

import random

from spec_walk import Place

from tests.scripts.mutations.world import Document, World, one, put


def objects(places: list[Place]) -> list[Place]:
    return [place for place in places if place.node.get("properties")]


def one_property(
    world: World, choose: random.Random, places: list[Place], required: bool | None = None
) -> tuple[Place, str]:
    found: tuple[Place, str] = one(
        choose,
        [
            (place, name)
            for place in objects(places)
            for name in place.node["properties"]
            if required is None or (name in place.node.get("required", ())) is required
        ],
    )
    return found


def renamed(world: World, choose: random.Random, places: list[Place]) -> Document:
    place, name = one_property(world, choose, places)
    properties = {(f"{key}_now" if key == name else key): value for key, value in place.node["properties"].items()}
    required = [f"{key}_now" if key == name else key for key in place.node.get("required", ())]
    return put(put(world.document, f"{place.pointer}/properties", properties), f"{place.pointer}/required", required)


def of_type(places: list[Place], name: str, without: str = "") -> list[Place]:
    return [place for place in places if place.types() == [name] and without not in place.node]
