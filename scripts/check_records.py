#!/usr/bin/env python3
"""Check that each field of a record has the type of the wire field that feeds it.

Records decide what people see, so a change of a type in the spec must not reach them unnoticed: an integer that becomes
a number, a text that becomes an enum, a field that may be absent from now on. The generated models have the types of
the spec. Which model feeds which record is read from the calls in `facade/mlsteward/_async/`.
"""

from __future__ import annotations

import ast
import importlib
import sys
import types
import typing
from collections.abc import Callable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any

import attrs
from mlsteward.protocol import JOBS, LISTS
from mlsteward.records.wire import READ, WIRE, EnumReader
from mlsteward_api.types import File, OpenStrEnum, Unset

ROOT = Path(__file__).resolve().parents[1]
RESOURCES = ROOT / "facade/mlsteward/_async"
API = "mlsteward_api.api."


def main() -> int:
    """Print what does not fit."""
    found = list(findings())
    for finding in found:
        print(finding, file=sys.stderr)
    if found:
        print(
            "check_records: give the field a `read=` that makes the old type of the new one, or change what people get",
            file=sys.stderr,
        )
    return 1 if found else 0


def findings() -> Iterator[str]:
    """Every field whose record says something else than its model."""
    compared: set[tuple[object, object]] = set()
    pairs = set(read_pairs())
    for name in sorted(_called() - {operation.__name__ for operation, *_ in pairs}):
        yield f"{name.removeprefix(API)}: it has an answer, and no record is made of it"
    for operation, reader, items, is_list in sorted(pairs, key=lambda pair: (pair[0].__name__, pair[1].__name__)):
        answer = typing.get_type_hints(vars(operation)["request"])["return"]
        (model,) = typing.get_args(answer)
        if items in getattr(model, "__annotations__", ()):
            model = typing.get_type_hints(model)[items]
        name = operation.__name__.removeprefix(API)
        has_list = typing.get_origin(model) is list
        if is_list not in (None, has_list):
            yield f"{name}: the answer is {'a list' if has_list else 'one object'}, and is not read as that"
        if has_list:
            (model,) = typing.get_args(model)
        if model is type(None):
            yield f"{name}: the operation has no answer, and a record is made of it"
        else:
            yield from compare(model, reader, compared)


Pair = tuple[types.ModuleType, Callable[[Any], Any], str, bool | None]
"""An operation, what makes a record of its answer, the field of its answer with the items of a page, and whether the
answer is read as a list; None if a function of its own looks into it."""

LISTED = ("self._list", "self._connection.call_page")
"""What reads an answer as a list."""


def read_pairs() -> Iterator[Pair]:
    """Each operation with the function that makes a record of its answer."""
    for path in sorted(RESOURCES.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        imported = _imports(tree)
        for function in ast.walk(tree):
            if isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)):
                yield from _pairs_in(function, imported)


def _called() -> set[str]:
    """The operations that have an answer for a record: not nothing, not a file, and not one that deletes."""
    called = set()
    for path in RESOURCES.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        imported = _imports(tree)
        deleting = {
            operation
            for node in ast.walk(tree)
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "self._delete"
            for operation in _requested(node.args[0], imported, {})
        }
        for here, (module, name) in imported.items():
            if module.startswith(API) and here not in deleting:
                request = vars(importlib.import_module(f"{module}.{name}"))["request"]
                if typing.get_args(typing.get_type_hints(request)["return"])[0] not in (type(None), File):
                    called.add(f"{module}.{name}")
    return called


def _imports(tree: ast.Module) -> dict[str, tuple[str, str]]:
    """What is imported: the module and its name there, by the name it has here."""
    return {
        alias.asname or alias.name: (node.module, alias.name)
        for node in tree.body
        if isinstance(node, ast.ImportFrom) and node.module
        for alias in node.names
    }


def _pairs_in(function: ast.FunctionDef | ast.AsyncFunctionDef, imported: dict[str, tuple[str, str]]) -> Iterator[Pair]:
    assigned: dict[str, set[str]] = {}
    assignments = [node for node in ast.walk(function) if isinstance(node, ast.Assign)]
    for assignment in sorted(assignments, key=lambda node: node.lineno):
        if isinstance(target := assignment.targets[0], ast.Name):
            assigned.setdefault(target.id, set()).update(_requested(assignment.value, imported, assigned))
    for node in ast.walk(function):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        operations = _requested(node.args[0], imported, assigned)
        if JOBS.location is not None and ast.unparse(node.func) == "self._accepted":
            # The answer only says where the job is.
            continue
        for argument in node.args[1:]:
            is_list = ast.unparse(node.func) in LISTED if isinstance(argument, ast.Name) else None
            for reader in _readers(argument):
                for operation in sorted(operations):
                    module, name = imported[operation]
                    found = importlib.import_module(f"{module}.{name}")
                    made = getattr(importlib.import_module(imported[reader][0]), imported[reader][1])
                    yield found, made, _items(node), is_list


def _readers(argument: ast.expr) -> list[str]:
    return [part.id for part in ast.walk(argument) if isinstance(part, ast.Name) and part.id.startswith("read_")]


def _items(call: ast.Call) -> str:
    """The field with the items of a page: what `paging=` says, or what is usual."""
    for keyword in call.keywords:
        if keyword.arg == "paging" and isinstance(keyword.value, ast.Call):
            paging = {each.arg: ast.literal_eval(each.value) for each in keyword.value.keywords}
            return str(paging.get("items", ""))
    return LISTS.items or ""


def _requested(node: ast.expr, imported: dict[str, tuple[str, str]], assigned: dict[str, set[str]]) -> set[str]:
    """The operations whose request an expression makes."""
    found = set()
    for part in ast.walk(node):
        if isinstance(part, ast.Attribute) and part.attr == "request" and isinstance(part.value, ast.Name):
            if imported.get(part.value.id, ("", ""))[0].startswith(API):
                found.add(part.value.id)
        elif isinstance(part, ast.Name):
            found |= assigned.get(part.id, set())
    return found


def compare(model: Any, reader: Any, compared: set[tuple[object, object]] | None = None) -> Iterator[str]:
    """Where a record does not fit the model that feeds it.

    Args:
        model: A class of generated code.
        reader: What `mlsteward.records.wire.reader` gave for the record.
        compared: What was compared already.
    """
    compared = set() if compared is None else compared
    record, without = reader.record, reader.without
    if (model, reader) in compared:
        return
    compared.add((model, reader))
    if not attrs.has(model):
        yield f"{record.__name__} is made of a {_name(model)}, which has no fields"
        return
    of_model = typing.get_type_hints(model)
    of_record = typing.get_type_hints(record)
    for field in attrs.fields(record):
        if field.name in without:
            continue
        where = f"{record.__name__}.{field.name}"
        for name in field.metadata[WIRE]:
            if name not in of_model:
                yield f"{where}: {model.__name__} has no field {name!r}"
                continue
            is_needed = field.default is attrs.NOTHING
            kinds = _alternatives(of_model[name])
            if is_needed and {Unset, type(None)} & kinds:
                yield f"{where}: {model.__name__}.{name} can be absent or null, and the record needs it"
            kinds -= {Unset, type(None)}
            if len(kinds) != 1:
                yield f"{where}: {model.__name__}.{name} is {_names(kinds)}; a record needs one type"
                continue
            wanted = _alternatives(of_record[field.name]) - ({type(None)} if not is_needed else set())
            yield from _fit(where, next(iter(kinds)), wanted, field.metadata[READ], compared)


def _fit(where: str, kind: Any, wanted: set[Any], read: Any, compared: set[tuple[object, object]]) -> Iterator[str]:
    """Whether what a wire field holds, read by `read`, is what the record says."""
    if isinstance(read, EnumReader):
        enums = wanted - {str}
        # A word that can be of several enums is a text in the spec.
        fits = kind is str if len(enums) > 1 else _is_enum(kind)
        if not fits:
            yield f"{where}: the wire has {_name(kind)}, and the record reads {_names(enums)}"
        for enum in enums:
            if not (isinstance(enum, type) and issubclass(enum, StrEnum)):
                yield f"{where}: it is read as an enum, and the record says {_name(enum)}"
    elif hasattr(read, "record"):
        yield from compare(kind, read, compared)
        if wanted != {read.record}:
            yield f"{where}: it is read as {read.record.__name__}, and the record says {_names(wanted)}"
    elif hasattr(read, "item"):
        outer = next(iter(wanted))
        if typing.get_origin(kind) is not list or typing.get_origin(outer) is not tuple:
            yield f"{where}: the wire has {_name(kind)}, the record {_names(wanted)}; both must be lists"
        else:
            yield from _fit(
                f"{where}[]", typing.get_args(kind)[0], _alternatives(typing.get_args(outer)[0]), read.item, compared
            )
    elif read is not None:
        takes = _argument(read)
        if takes is not Any and kind not in _alternatives(takes):
            yield f"{where}: the wire has {_name(kind)}, and what reads it takes {_name(takes)}"
    elif wanted != {kind} and not (wanted == {str} and _is_enum(kind)):
        yield f"{where}: the wire has {_name(kind)}, the record {_names(wanted)}"


def _is_enum(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, OpenStrEnum)


def _argument(read: Callable[..., Any]) -> Any:
    hints = typing.get_type_hints(read)
    hints.pop("return", None)
    return next(iter(hints.values()), Any)


def _alternatives(hint: Any) -> set[Any]:
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        return set(typing.get_args(hint))
    return {hint}


def _name(kind: Any) -> str:
    return getattr(kind, "__name__", None) or str(kind) if not typing.get_args(kind) else str(kind)


def _names(kinds: set[Any]) -> str:
    return " or ".join(sorted(map(_name, kinds))) or "nothing"


if __name__ == "__main__":
    sys.exit(main())
