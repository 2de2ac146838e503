"""Edits of the real spec, each breaking or safe by the way it is made, to hold `spec_diff` against.

Nothing of `spec_diff` is used here: what an edit breaks is known from what it does, and where. A mutation copies only
the way to what it changes, so that hundreds of documents cost no more than a few.

An edit is a function in one of the modules, by the kind of place that it edits.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

# Importing a module adds its edits to EDITS, and their order decides what a seed gives.
# isort: off
from tests.scripts.mutations import (  # noqa: F401
    operations,
    parameters,
    bodies,
    schemas_of_requests,
    schemas_of_answers,
    answers,
    access,
    effects,
    whole_document,
)

# isort: on
from tests.scripts.mutations.world import EDITS, Document, Edit, World, cut, put

__all__ = ["Mutation", "cut", "mutations", "put"]


@dataclass(frozen=True)
class Mutation:
    """A document with one edit."""

    name: str
    breaking: bool
    document: Document


def mutations(document: Document, seed: int, number: int = 200) -> Iterator[Mutation]:
    """So many mutations of a document: three of five break something, and every edit comes before any comes twice."""
    choose, world = random.Random(seed), World(document)
    waiting: dict[bool, list[Edit]] = {True: [], False: []}
    for index in range(number):
        breaks = index % 5 < 3
        if not waiting[breaks]:
            waiting[breaks] = choose.sample(EDITS[breaks], len(EDITS[breaks]))
        edit = waiting[breaks].pop()
        yield Mutation(edit.__name__, breaks, edit(world, choose))
