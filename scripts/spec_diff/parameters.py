"""Parameters and headers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from spec_walk import Node, mapping, sequence

from spec_diff.change import CLIENT, EVERYONE, Effect, Kind
from spec_diff.document import Document
from spec_diff.media import content
from spec_diff.schemas import deprecation
from spec_diff.walk import At, Check, Comparison, Exempt, Rule, shown

REMOVED = Kind("parameter removed", EVERYONE, "Do not send it: the server refuses unknown parameters.")
ADDED = Kind("parameter added")
REQUIRED_ADDED = Kind("required parameter added", EVERYONE, "Send it with every call.")
MOVED = Kind("parameter moved", EVERYONE, "Send it in its new place.")
RENAMED = Kind("path parameter renamed", (CLIENT,), "Use the new name of the argument. Nothing changes on the wire.")
REQUIRED = Kind("required", EVERYONE, "Always send it.")
OPTIONAL = Kind("optional", EVERYONE, "Be ready for answers without it.")
STYLE = Kind("notation changed", EVERYONE, "Write several values in the new way.")
SCHEMA_OR_CONTENT = Kind("notation changed", EVERYONE, "Write the value in the new way.")

_STYLES = {"query": "form", "cookie": "form", "path": "simple", "header": "simple"}


class Parameter(NamedTuple):
    """A parameter of an operation, and the component that it comes from, if it does."""

    node: Node
    reference: str


Key = tuple[str, str]


def of_operation(document: Document, item: Node, operation: Node, renamed: Mapping[str, str]) -> dict[Key, Parameter]:
    """The parameters of an operation by place and name; those of its path, as far as it has no others.

    Args:
        renamed: What path parameters are called now, by the old name.
    """
    found: dict[Key, Parameter] = {}
    for entry in (*sequence(item.get("parameters")), *sequence(operation.get("parameters"))):
        node, reference = document.resolve(entry)
        place, name = str(mapping(node).get("in")), str(mapping(node).get("name"))
        if place == "header":
            name = name.lower()
        elif place == "path":
            name = renamed.get(name, name)
        found[place, name] = Parameter(mapping(node), reference)
    return found


def parameters(comparison: Comparison, old: Mapping[Key, Parameter], new: Mapping[Key, Parameter], at: At) -> None:
    """Compare the parameters of one operation, by place and name."""
    gone = {key: found for key, found in old.items() if key not in new}
    for key, found in new.items():
        place = _place(comparison, key, found, at)
        before = old.get(key)
        if before is not None:
            if before.reference and before.reference == found.reference:
                place = at.component(found.reference)
            comparison.compare("parameter", before.node, found.node, place)
            continue
        moved = next((each for each in gone if _same_name(each[1], key[1])), None)
        needed = found.node.get("required", False)
        if moved is not None:
            del gone[moved]
            what = f"`{found.node.get('name')}` was in the {moved[0]} and is in the {key[0]}."
            comparison.report(place, MOVED, what, breaking=True, detail=f"{moved[0]} to {key[0]}")
        else:
            kind = REQUIRED_ADDED if needed else ADDED
            what = f"`{found.node.get('name')}` is new in the {key[0]}."
            comparison.report(place, kind, what, breaking=bool(needed))
    for key, found in gone.items():
        what = f"`{found.node.get('name')}` in the {key[0]} is gone."
        comparison.report(_place(comparison, key, found, at), REMOVED, what, breaking=True)


def _same_name(one: str, other: str) -> bool:
    return one.replace("-", "_").lower() == other.replace("-", "_").lower()


def _place(comparison: Comparison, key: Key, found: Parameter, at: At) -> At:
    """Where a change of a parameter is: at its component, if that is what changed."""
    if found.reference:
        before, after = (document.target(found.reference) for document in (comparison.old, comparison.new))
        if before and after and any(mapping(before).get(word) != mapping(after).get(word) for word in ("in", "name")):
            return at.component(found.reference)
    return at.down("parameters", f"{key[0]} {key[1]}", label=f" {key[0]} {key[1]}")


def name(comparison: Comparison, old: Node, new: Node, at: At) -> None:
    """`name` of a parameter of the path: an argument of the generated function, and nothing on the wire."""
    before, after = old.get("name"), new.get("name")
    if old.get("in") == "path" and before != after:
        what = f"`{before}` in the path is called `{after}`."
        comparison.report(at, RENAMED, what, breaking=True, detail=f"{before} to {after}")


def required(comparison: Comparison, old: Node, new: Node, at: At) -> None:
    """`required` of a parameter, a request body or a header of an answer."""
    before, after = old.get("required", False), new.get("required", False)
    if after and not before:
        comparison.report(at.down("required"), REQUIRED, "It is required now.", breaking=at.side & Effect.NARROWER)
    elif before and not after:
        comparison.report(at.down("required"), OPTIONAL, "It is optional now.", breaking=at.side & Effect.WIDER)


def notation(comparison: Comparison, old: Node, new: Node, at: At) -> None:
    """`style` and `explode`: how several values are written. Both have defaults."""
    before, after = _notation(old), _notation(new)
    if before != after:
        detail = f"{shown(before)} to {shown(after)}"
        what = f"Values were written in the style {before} and are written in the style {after}."
        comparison.report(at.down("style"), STYLE, what, breaking=True, detail=detail)


def _notation(parameter: Node) -> str:
    style = str(parameter.get("style", _STYLES.get(str(parameter.get("in", "header")))))
    explodes = parameter.get("explode", style == "form")
    return f"{style}, {'exploded' if explodes else 'not exploded'}"


def permission(key: str) -> Check:
    """The check of something that is allowed if `true`."""
    kind = Kind(f"{key} changed", EVERYONE, "Write the value in the usual way.")

    def check(comparison: Comparison, old: Node, new: Node, at: At) -> None:
        before, after = old.get(key, False), new.get(key, False)
        if before != after:
            what = f"`{key}` is {shown(after)} now."
            comparison.report(at.down(key), kind, what, breaking=not after or not at.side & Effect.NARROWER)

    return check


def value(comparison: Comparison, old: Node, new: Node, at: At) -> None:
    """`schema`, or `content` with a media type."""
    if ("content" in old) != ("content" in new):
        what = "The value is written in another way: `schema` and `content` are different notations."
        comparison.report(at, SCHEMA_OR_CONTENT, what, breaking=True)
    elif "content" in new:
        content(comparison, old, new, at)
    else:
        comparison.compare("schema", old.get("schema", True), new.get("schema", True), at.down("schema"))


_TEXTS = dict.fromkeys(("description", "example", "examples"), Exempt("a text, or an example, for people"))
_COMMON: dict[str, Rule] = {
    **_TEXTS,
    "required": required,
    "deprecated": deprecation,
    **dict.fromkeys(("style", "explode"), notation),
    **{key: permission(key) for key in ("allowEmptyValue", "allowReserved")},
    **dict.fromkeys(("schema", "content"), value),
}
PARAMETER: dict[str, Rule] = {
    **_COMMON,
    "name": name,
    "in": Exempt("parameters are compared by place and name: one in another place is one that moved"),
}
HEADER: dict[str, Rule] = _COMMON
