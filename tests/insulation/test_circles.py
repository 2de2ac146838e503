"""No two modules import each other, not even for type checkers, and not through others."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TREES = {"facade": "facade", "server": "server", "scripts": "scripts"}


def modules(folder: Path) -> dict[str, Path]:
    """Each module under a folder, by its name."""
    found = {}
    for path in folder.rglob("*.py"):
        parts = path.relative_to(folder).with_suffix("").parts
        if "templates" not in parts and "versions" not in parts:
            found[".".join(parts).removesuffix(".__init__")] = path
    return found


def imports(name: str, path: Path, known: dict[str, Path]) -> Iterator[str]:
    """The modules that a module imports, wherever in it."""
    package = name if path.stem == "__init__" else name.rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in known)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            home = ".".join([*above, *([node.module] if node.module else [])])
            for alias in node.names:
                # A name of a package can be a module in it; the package is then only passed through.
                inner = f"{home}.{alias.name}"
                if inner in known:
                    yield inner
                elif home in known:
                    yield home


def circle(graph: dict[str, set[str]]) -> list[str]:
    """A way from a module back to it; empty if there is none."""
    done: set[str] = set()
    for start in sorted(graph):
        way = [start]
        rest = [iter(sorted(graph[start]))]
        while rest:
            following = next(rest[-1], None)
            if following is None:
                done.add(way.pop())
                rest.pop()
            elif following in way:
                return [*way[way.index(following) :], following]
            elif following not in done:
                way.append(following)
                rest.append(iter(sorted(graph[following])))
    return []


@pytest.mark.parametrize("tree", TREES)
def test_there_are_no_circles(tree: str) -> None:
    known = modules(ROOT / TREES[tree])
    graph = {name: set(imports(name, path, known)) - {name} for name, path in known.items()}
    assert len(graph) > 10
    assert circle(graph) == []


def test_a_circle_is_found() -> None:
    assert circle({"a": {"b"}, "b": {"c"}, "c": {"b"}}) == ["b", "c", "b"]
    assert circle({"a": {"b"}, "b": {"c"}, "c": set()}) == []
