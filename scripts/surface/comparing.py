"""What in a surface breaks scripts that were written for an older one.

griffe finds what is gone and what is called in another way: parameters that are removed, renamed, moved, required or by
keyword only, and other defaults. It does not look at annotations, values, and which bases a class has: that is here.

What is added breaks nothing: a name, an optional parameter, a word of an enum, an alternative that a parameter takes.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from pathlib import Path

import griffe

LINE = re.compile(
    r"(?P<words>(?:(?:class|namespace|type|command|def|async|overload \d+ of|\w+(?= (?:async )?def)) )*)"
    r"(?P<name>[\w.]+)(?P<rest>.*)"
)
DOT = "·"
"""Stands for the dots in a name, so that the whole name is one word of Python."""
WRITTEN = "TypedDict"
"""People fill in fields of these classes; fields of all others they read."""


@dataclass(frozen=True)
class Line:
    """One name of a surface: what kind of thing it is, and what the text says about it."""

    words: str
    name: str
    rest: str

    @classmethod
    def of(cls, text: str) -> Line:
        found = LINE.fullmatch(text)
        if found is None:
            raise ValueError(f"not a line of a surface: {text!r}")
        return cls(found["words"].strip(), found["name"], found["rest"])

    @property
    def key(self) -> str:
        """The name; with what tells it from a function of the same name."""
        return f"{self.words} {self.name}" if self.words.startswith(("overload", "command")) else self.name

    @property
    def identifier(self) -> str:
        return re.sub(r"\W", DOT, self.key)

    @property
    def code(self) -> str:
        """The same as Python, for griffe and for `ast`."""
        if self.words in ("class", "namespace"):
            return f"class {self.identifier}{self.rest}: ..."
        if self.words == "type":
            return f"{self.identifier}: TypeAlias{self.rest}"
        if self.words:
            return f"def {self.identifier}{self.rest}: ..."
        return f"{self.identifier}{self.rest or ': object'}"

    @cached_property
    def node(self) -> ast.stmt:
        return ast.parse(self.code).body[0]


@dataclass(frozen=True)
class Breaking:
    """One change that breaks scripts. `str()` of it is what announcements name."""

    name: str
    what: str

    def __str__(self) -> str:
        return f"{self.name}: {self.what}"


def breaking(old: str, new: str) -> list[str]:
    """Every change between the texts of two surfaces that breaks scripts, in the order of the older one."""
    before, after = _read(old), _read(new)
    found = [*_found_by_griffe(before, after)]
    for key, line in before.items():
        if key in after:
            found += _changes(line, after[key], before, after)
    order = {key: number for number, key in enumerate(before)}
    return [str(one) for one in sorted(set(found), key=lambda one: (order.get(one.name, len(order)), one.what))]


def _read(text: str) -> dict[str, Line]:
    lines = [Line.of(line) for line in text.splitlines() if line and not line.startswith("#")]
    return {line.key: line for line in lines}


def _found_by_griffe(before: dict[str, Line], after: dict[str, Line]) -> Iterator[Breaking]:
    names = {line.identifier: key for key, line in before.items()}
    old, new = (
        griffe.visit("surface", filepath=Path("surface.py"), code="\n".join(line.code for line in lines.values()))
        for lines in (before, after)
    )
    for found in griffe.find_breaking_changes(old, new):
        if found.kind is griffe.BreakageKind.CLASS_REMOVED_BASE:
            continue  # `_changes` knows all bases
        about = found.old_value or found.new_value
        parameter = f" `{about.name}`" if isinstance(about, griffe.Parameter) else ""
        yield Breaking(names.get(found.obj.name, found.obj.name), f"{found.kind.value.lower()}{parameter}")


def _changes(old: Line, new: Line, before: dict[str, Line], after: dict[str, Line]) -> Iterator[Breaking]:
    if old.words != new.words:
        yield Breaking(old.key, f"was `{old.words or 'attribute'}`, is `{new.words or 'attribute'}`")
        return
    was, now = old.node, new.node
    if isinstance(was, ast.ClassDef):
        lost = _ancestors(old, before) - _ancestors(new, after)
        for base in sorted(lost):
            yield Breaking(old.key, f"is no longer a `{base}`")
    elif isinstance(was, ast.FunctionDef) and isinstance(now, ast.FunctionDef):
        takes = {name: _alternatives(annotation) for name, annotation in _annotations(now)}
        for name, annotation in _annotations(was):
            for one in sorted(_alternatives(annotation) - takes.get(name, _alternatives(annotation))):
                yield Breaking(old.key, f"`{name}` no longer takes `{one}`")
        for one in sorted(_alternatives(now.returns) - _alternatives(was.returns)):
            yield Breaking(old.key, f"can return `{one}`")
    elif isinstance(was, ast.AnnAssign) and isinstance(now, ast.AnnAssign) and old.words == "type":
        for one in sorted(_alternatives(was.value) - _alternatives(now.value)):
            yield Breaking(old.key, f"no longer has `{one}`")
    else:
        yield from _attribute_changes(old, new, WRITTEN in _ancestors_of_owner(old, before))


def _attribute_changes(old: Line, new: Line, is_written: bool) -> Iterator[Breaking]:
    (was, value), (now, other) = _typed(old.node), _typed(new.node)
    if is_written:
        for one in sorted(was - now):
            yield Breaking(old.key, f"no longer takes `{one}`")
    else:
        for one in sorted(now - was):
            yield Breaking(old.key, f"can be `{one}`")
    if value is not None and value != other:
        yield Breaking(old.key, f"was `{value}`, is {f'`{other}`' if other is not None else 'without a value'}")


def _typed(node: ast.stmt) -> tuple[set[str], str | None]:
    """The alternatives of the type of an attribute, and its value."""
    annotation = node.annotation if isinstance(node, ast.AnnAssign) else None
    value = node.value if isinstance(node, ast.AnnAssign | ast.Assign) else None
    return _alternatives(annotation), None if value is None else ast.unparse(value)


def _ancestors_of_owner(line: Line, lines: dict[str, Line]) -> set[str]:
    owner = lines.get(line.name.rpartition(".")[0])
    return _ancestors(owner, lines) if owner is not None else set()


def _ancestors(line: Line, lines: dict[str, Line]) -> set[str]:
    """Every class that a class is, as far as the surface knows."""
    found: set[str] = set()
    root = line.name.partition(".")[0]
    for base in line.node.bases if isinstance(line.node, ast.ClassDef) else ():
        name = ast.unparse(base)
        found.add(name)
        if f"{root}.{name}" in lines:
            found |= _ancestors(lines[f"{root}.{name}"], lines)
    return found


def _annotations(function: ast.FunctionDef) -> Iterator[tuple[str, ast.expr | None]]:
    taken = function.args
    for one in (*taken.posonlyargs, *taken.args, taken.vararg, *taken.kwonlyargs, taken.kwarg):
        if one is not None:
            yield one.arg, one.annotation


def _alternatives(annotation: ast.expr | None) -> set[str]:
    """What a type allows, one by one: `list[str | None]` is `list[str]` or `list[None]`."""
    match annotation:
        case None:
            return set()
        case ast.BinOp(op=ast.BitOr()):
            return _alternatives(annotation.left) | _alternatives(annotation.right)
        case ast.Subscript(value=ast.Name(id="Literal")):
            return {ast.unparse(word) for word in _parts(annotation.slice)}
        case ast.Subscript(value=ast.Name(id=name)) if name != "Callable":
            parts = [sorted(_alternatives(part)) for part in _parts(annotation.slice)]
            return {f"{name}[{', '.join(one)}]" for one in product(*parts)}
    return {ast.unparse(annotation)}


def _parts(node: ast.expr) -> list[ast.expr]:
    return node.elts if isinstance(node, ast.Tuple) else [node]
