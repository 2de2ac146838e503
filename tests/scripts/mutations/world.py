"""What edits are made of: documents that share what does not change, and what edits look for in them."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import cached_property
from typing import Any

from spec_walk import Operation, Place, Spec

Document = dict[str, Any]
NEW = {"type": "string", "maxLength": 10}


def put(document: Document, pointer: str, value: Any) -> Document:
    """The document with another value at a place; the original stays as it is."""
    return _changed(
        document, [_step(step) for step in pointer.split("/")[1:]], lambda holder, last: _set(holder, last, value)
    )


def cut(document: Document, pointer: str) -> Document:
    """The document without what is at a place."""
    return _changed(document, [_step(step) for step in pointer.split("/")[1:]], _delete)


def _step(step: str) -> str:
    return step.replace("~1", "/").replace("~0", "~")


def _changed(node: Any, steps: list[str], change: Callable[[Any, Any], None]) -> Any:
    copied = node.copy()
    first: Any = int(steps[0]) if isinstance(node, list) else steps[0]
    if len(steps) == 1:
        change(copied, first)
    else:
        inside = copied[first] if isinstance(copied, list) or first in copied else {}
        copied[first] = _changed(inside, steps[1:], change)
    return copied


def _set(holder: Any, last: Any, value: Any) -> None:
    if isinstance(holder, list) and last == len(holder):
        holder.append(value)
    else:
        holder[last] = value


def _delete(holder: Any, last: Any) -> None:
    del holder[last]


class World:
    """The document with what mutations look for in it."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.spec = Spec(document)

    @cached_property
    def operations(self) -> tuple[Operation, ...]:
        return self.spec.operations

    @cached_property
    def requests(self) -> list[Place]:
        """Schemas that only requests use."""
        answers = {place.pointer for place in self.spec.response_schemas}
        return [place for place in self.spec.request_schemas if place.pointer not in answers]

    @cached_property
    def bodies(self) -> list[Place]:
        """Schemas that only request bodies use."""
        found = {place.pointer for place in self.spec.body_schemas}
        return [place for place in self.requests if place.pointer in found]

    @cached_property
    def answers(self) -> list[Place]:
        """Schemas that only answers use."""
        requests = {place.pointer for place in self.spec.request_schemas}
        return [place for place in self.spec.response_schemas if place.pointer not in requests]

    @cached_property
    def shared(self) -> list[Place]:
        """Schemas that requests and answers use."""
        answers = {place.pointer for place in self.spec.response_schemas}
        return [place for place in self.spec.request_schemas if place.pointer in answers]

    @cached_property
    def used(self) -> list[Place]:
        return [*self.requests, *self.answers, *self.shared]

    def success(self, operation: Operation) -> tuple[str, Document]:
        """The status and the answer of success."""
        return next((s, dict(n)) for s, n in operation.node["responses"].items() if s.startswith("2"))

    def written(self, operation: Operation) -> list[tuple[str, Document]]:
        """The pointers and nodes of the parameters that stand in an operation."""
        at = f"{operation.pointer}/parameters"
        return [
            (f"{at}/{i}", dict(self.spec.resolve(Place("", p)).node))
            for i, p in enumerate(operation.node.get("parameters", ()))
        ]


Edit = Callable[[World, random.Random], Document]
EDITS: dict[bool, list[Edit]] = {True: [], False: []}
"""The edits that break something, and those that do not."""


def breaking(edit: Edit) -> Edit:
    EDITS[True].append(edit)
    return edit


def safe(edit: Edit) -> Edit:
    EDITS[False].append(edit)
    return edit


def one(choose: random.Random, places: Any) -> Any:
    """One of some places; an IndexError says that the spec has none for this edit any more."""
    return choose.choice(list(places))
