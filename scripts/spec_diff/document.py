"""A document with its references: what points where, and which parts two documents have in common."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from spec_walk import METHODS, Node, lookup, mapping

Refs = frozenset[str]


class Document:
    """A bundled document.

    Args:
        content: The document.
        like: A document that it may share nodes with, so that these need not be searched for references again.
    """

    def __init__(self, content: Node, like: Document | None = None) -> None:
        self.content = content
        self._like = like
        self._direct: dict[int, tuple[object, Refs]] = {}

    def resolve(self, node: object, *, alone: bool = False) -> tuple[object, str]:
        """What a node is after following references, and the last reference, empty if there is none.

        Args:
            node: The node.
            alone: Whether to follow only references that have nothing next to them.
        """
        last = ""
        for _ in range(50):
            if not isinstance(node, dict) or not isinstance(node.get("$ref"), str) or (alone and len(node) > 1):
                break
            last = node["$ref"]
            node = self.target(last)
        return node, last

    def target(self, reference: str) -> object:
        """What a reference points to; an empty mapping if that is nothing."""
        try:
            return lookup(self.content, reference)
        except (KeyError, TypeError):
            return {}

    def direct(self, node: object) -> Refs:
        """The references that stand in a node."""
        found = self._direct.get(id(node))
        if found is None and self._like is not None:
            found = self._like._direct.get(id(node))
        if found is None:
            found = self._direct[id(node)] = (node, frozenset(_references(node)))
        return found[1]

    def reach(self, nodes: Iterable[object]) -> set[str]:
        """The references that stand in some nodes, or in what these refer to."""
        found: set[str] = set()
        waiting = list(nodes)
        while waiting:
            for reference in self.direct(waiting.pop()) - found:
                found.add(reference)
                waiting.append(self.target(reference))
        return found

    @cached_property
    def reach_of_paths(self) -> dict[str, set[str]]:
        """What each path refers to."""
        return {path: self.reach([item]) for path, item in mapping(self.content.get("paths")).items()}

    @cached_property
    def reachable(self) -> set[str]:
        """What any path refers to."""
        return self.reach(mapping(self.content.get("paths")).values())

    @cached_property
    def _reach_of_operations(self) -> dict[str, set[str]]:
        return {
            name: self.reach([operation, mapping(item).get("parameters")])
            for name, item, operation in self._operations()
        }

    def users(self, reference: str) -> tuple[str, ...]:
        """The operations that use what a reference points to."""
        return tuple(sorted(name for name, found in self._reach_of_operations.items() if reference in found))

    @cached_property
    def operations(self) -> frozenset[str]:
        """The names of all operations."""
        return frozenset(name for name, _, _ in self._operations())

    def _operations(self) -> Iterator[tuple[str, object, Node]]:
        for path, item in mapping(self.content.get("paths")).items():
            for method in METHODS:
                if isinstance(operation := mapping(item).get(method), dict):
                    yield name_of(operation, method, path), item, operation


def name_of(operation: Node, method: str, path: str) -> str:
    """How an operation is called: its `operationId`, otherwise its method and path."""
    return str(operation.get("operationId") or f"{method.upper()} {path}")


def _references(node: object) -> Iterator[str]:
    waiting = [node]
    while waiting:
        found = waiting.pop()
        if isinstance(found, dict):
            if isinstance(reference := found.get("$ref"), str):
                yield reference
                yield "/".join(reference.split("/")[:4])  # of a part of a component, the component
            waiting += found.values()
        elif isinstance(found, list):
            waiting += found
