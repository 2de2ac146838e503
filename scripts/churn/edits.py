"""Edits of a JSON document: the operations of JSON Patch (RFC 6902), and a few that keep the order and the references.

An operation is a table such as `{ op = "rename", path = "/components/schemas/Project/properties/owner", to = "by" }`.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping, Sequence
from typing import Any

Document = dict[str, Any]
Operation = Mapping[str, Any]


class EditError(Exception):
    """An operation does not fit the document."""


def edited(document: Document, operations: Sequence[Operation]) -> Document:
    """The document after some operations; the original stays as it is.

    Raises:
        EditError: One of them does not fit.
    """
    found = copy.deepcopy(document)
    for operation in operations:
        arguments = dict(operation)
        name = arguments.pop("op")
        try:
            OPERATIONS[name](found, **arguments)
        except (KeyError, IndexError, ValueError, TypeError, AttributeError) as error:
            raise EditError(f"{dict(operation)}: {type(error).__name__}: {error}") from error
    return found


def lookup(document: Any, pointer: str) -> Any:
    """What a JSON pointer points to."""
    for step in _steps(pointer):
        document = document[int(step) if isinstance(document, list) else step]
    return document


def _steps(pointer: str) -> list[str]:
    return [step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:]]


def _place(document: Document, pointer: str) -> tuple[Any, Any]:
    """What holds the place, and its key there."""
    *before, last = _steps(pointer)
    holder: Any = document
    for step in before:
        holder = holder[int(step) if isinstance(holder, list) else step]
    return holder, int(last) if isinstance(holder, list) and last != "-" else last


def _add(document: Document, path: str, value: Any) -> None:
    holder, last = _place(document, path)
    if not isinstance(holder, list):
        holder[last] = copy.deepcopy(value)
    else:
        holder.insert(len(holder) if last == "-" else last, copy.deepcopy(value))


def _remove(document: Document, path: str) -> None:
    holder, last = _place(document, path)
    del holder[last]


def _replace(document: Document, path: str, value: Any) -> None:
    lookup(document, path)
    holder, last = _place(document, path)
    holder[last] = copy.deepcopy(value)


def _move(document: Document, path: str, to: str) -> None:
    value = lookup(document, path)
    _remove(document, path)
    _add(document, to, value)


def _copy(document: Document, path: str, to: str) -> None:
    _add(document, to, lookup(document, path))


def _merge(document: Document, path: str, value: Mapping[str, Any]) -> None:
    """Add some keys to an object."""
    lookup(document, path).update(copy.deepcopy(value))


def _rename(document: Document, path: str, to: str) -> None:
    """Rename a key where it stands. A property keeps being required; a component keeps its references."""
    holder, last = _place(document, path)
    if last not in holder:
        raise KeyError(last)
    if to in holder:
        raise ValueError(f"{to!r} exists")
    entries = [(to if key == last else key, value) for key, value in holder.items()]
    holder.clear()
    holder.update(entries)
    steps = _steps(path)
    if steps[-2] == "properties":
        owner, _ = _place(document, path.rpartition("/")[0])
        if last in owner.get("required", ()):
            owner["required"][owner["required"].index(last)] = to
    elif steps[0] == "components" and len(steps) == 3:
        _point(document, f"#{path}", f"#{path.rpartition('/')[0]}/{to}")


def _point(node: Any, old: str, new: str) -> None:
    if isinstance(node, dict):
        if node.get("$ref") == old:
            node["$ref"] = new
        for value in node.values():
            _point(value, old, new)
    elif isinstance(node, list):
        for value in node:
            _point(value, old, new)


def _reverse(document: Document, path: str) -> None:
    """Turn the order of a list, or of the keys of an object, around."""
    node = lookup(document, path)
    if isinstance(node, list):
        node.reverse()
    else:
        entries = list(node.items())[::-1]
        node.clear()
        node.update(entries)


def _inline(document: Document, path: str) -> None:
    """Write what a `$ref` points to in its place."""
    holder, last = _place(document, path)
    holder[last] = copy.deepcopy(lookup(document, holder[last]["$ref"].removeprefix("#")))


def _retext(document: Document, path: str, text: str) -> None:
    """Replace every description and summary below a place."""
    _texts(lookup(document, path), text)


def _texts(node: Any, text: str) -> None:
    if isinstance(node, dict):
        for key, value in node.items():
            if key in ("description", "summary") and isinstance(value, str):
                node[key] = text
            else:
                _texts(value, text)
    elif isinstance(node, list):
        for value in node:
            _texts(value, text)


def _respell(document: Document, old: str, new: str) -> None:
    """Replace a word wherever it is a key or a value of its own."""

    def respelled(node: Any) -> Any:
        if isinstance(node, dict):
            return {new if key == old else key: respelled(value) for key, value in node.items()}
        if isinstance(node, list):
            return [respelled(value) for value in node]
        return new if node == old else node

    for key, value in document.items():
        document[key] = respelled(value)


def _envelop(document: Document, items: str, following: str, only: Sequence[str] = ()) -> None:
    """Make every list an object with the items and the cursor of the next page."""
    for path in document["paths"].values():
        for operation in path.values():
            answer = operation.get("responses", {}).get("200", {}) if isinstance(operation, dict) else {}
            media = answer.get("content", {}).get("application/json", {})
            if media.get("schema", {}).get("type") != "array" or (only and operation["operationId"] not in only):
                continue
            name = media["schema"]["items"]["$ref"].rpartition("/")[2] + "Page"
            document["components"]["schemas"][name] = {
                "type": "object",
                "required": [items],
                "properties": {items: media["schema"], following: {"type": "string"}},
            }
            media["schema"] = {"$ref": f"#/components/schemas/{name}"}
            answer["headers"].pop("Link", None)


OPERATIONS: Mapping[str, Callable[..., None]] = {
    "add": _add,
    "remove": _remove,
    "replace": _replace,
    "move": _move,
    "copy": _copy,
    "merge": _merge,
    "rename": _rename,
    "reverse": _reverse,
    "inline": _inline,
    "retext": _retext,
    "respell": _respell,
    "envelop": _envelop,
}
