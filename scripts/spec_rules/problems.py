"""The catalogue of problem codes, and the codes that operations name."""

from __future__ import annotations

from spec_walk import Node, Spec, mapping, sequence

from spec_rules.finding import Finding, Findings, among, listed
from spec_rules.names import PASCAL_CASE, SNAKE_CASE

ENTRY_KEYS = frozenset({"status", "title", "resource", "base", "class", "also", "description"})
BUILTINS = frozenset({"LookupError", "PermissionError", "TypeError", "ValueError"})
"""What `also` can add to a class."""


def catalogue(spec: Spec) -> Findings:
    """A code has what the server answers with, and what the client needs to raise it."""
    classes: dict[str, str] = {}
    for code, found in mapping(spec.document.get("x-problem-codes")).items():
        pointer, entry = f"/x-problem-codes/{code}", mapping(found)
        for message in _entry(code, entry):
            yield Finding(pointer, message)
        if isinstance(name := entry.get("class"), str) and classes.setdefault(name, code) != code:
            yield Finding(f"{pointer}/class", f"{classes[name]!r} has the class {name!r} already")


def _entry(code: str, entry: Node) -> list[str]:
    found: list[str] = []
    status, title = entry.get("status"), entry.get("title")
    if type(status) is not int or not 400 <= status <= 599 or not isinstance(title, str):
        found.append("an error `status` and a `title` are expected")
    if not SNAKE_CASE.fullmatch(code):
        found.append("the code is not in snake_case")
    found += [f"unknown key {key!r}; the keys are {listed(ENTRY_KEYS)}" for key in sorted(entry.keys() - ENTRY_KEYS)]
    if "resource" in entry and not (isinstance(entry["resource"], str) and SNAKE_CASE.fullmatch(entry["resource"])):
        found.append(f"the `resource` {entry['resource']!r} is not in snake_case")
    for key in ("base", "class"):
        if key in entry and not (isinstance(entry[key], str) and PASCAL_CASE.fullmatch(entry[key])):
            found.append(f"the `{key}` {entry[key]!r} is not written like `ProjectNotFound`")
    if "also" in entry and not among(entry["also"], BUILTINS):
        found.append(f"`also: {entry['also']}` is not one of {listed(BUILTINS)}")
    if "also" in entry and "class" not in entry:
        found.append("`also` needs a `class`")
    if "class" in entry and not str(entry.get("description", "")).endswith("."):
        found.append("a `class` needs a `description`, a sentence")
    if "description" in entry and "class" not in entry:
        found.append("`description` needs a `class`; without one, the title is the description")
    return found


def problems(spec: Spec) -> Findings:
    """Every operation lists the codes it can answer with."""
    codes = mapping(spec.document.get("x-problem-codes"))
    for operation in spec.operations:
        named, pointer = operation.node.get("x-problems"), f"{operation.pointer}/x-problems"
        if not isinstance(named, list):
            yield Finding(pointer, "a list of problem codes is expected")
        for index, code in enumerate(sequence(named)):
            if not among(code, codes):
                yield Finding(f"{pointer}/{index}", f"{code!r} is not in x-problem-codes")
