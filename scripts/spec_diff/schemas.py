"""Schemas: objects, arrays, and schemas made of schemas."""

from __future__ import annotations

import re
from typing import Any

from spec_walk import Node, mapping, sequence

from spec_diff import values
from spec_diff.change import CLIENT, EVERYONE, OPERATORS, Effect, Kind, Side
from spec_diff.plain import NOTES
from spec_diff.values import effect
from spec_diff.walk import At, Check, Comparison, Exempt, Rule, shown

PROPERTY_REMOVED = Kind("property removed", EVERYONE, "Neither send nor read it any more.")
PROPERTY_ADDED = Kind("property added", EVERYONE)
REQUIRED_ADDED = Kind("required property added", EVERYONE, "Send it.")
REQUIRED = Kind("property required", EVERYONE, "Always send it.")
OPTIONAL = Kind("property optional", EVERYONE, "Be ready for answers without it.")
CLOSED = Kind("other properties refused", EVERYONE, "Send only the properties that the spec names.")
OPENED = Kind("other properties allowed", EVERYONE, "Ignore what you do not know.")
DIRECTION = Kind("direction changed", EVERYONE, "Do not send what is read-only, and do not expect what is write-only.")
DEPRECATED = Kind("deprecated")
RESTORED = Kind("no longer deprecated")
CODE = Kind("problem code changed", EVERYONE, "Handle the new code for values that are not valid.")
SECRET = Kind(
    "secret shown", (CLIENT, OPERATORS), "Expect the value in reprs, messages and logs, and keep them private."
)
HIDDEN = Kind("secret hidden", (CLIENT,))
NAMED = Kind("name in the enum changed", (CLIENT,), "Use the new name of the member of the enum.")


def properties(comparison: Comparison, old: Node, new: Node, at: At) -> None:
    """`properties` and `required`. A new optional one breaks nothing, a new required one breaks requests."""
    if not values.share_types(old, new):
        return
    before, after = mapping(old.get("properties")), mapping(new.get("properties"))
    needed, needs = sequence(old.get("required")), sequence(new.get("required"))
    for name in dict.fromkeys((*before, *after, *needed, *needs)):
        place = at.down("properties", name, label=f".{name}")
        if name in before and name not in after:
            comparison.report(place, PROPERTY_REMOVED, f"`{name}` is gone.", breaking=True)
            continue
        if name in before:
            comparison.compare("schema", before[name], after[name], place)
        if name in needs and name not in needed:
            kind = REQUIRED if name in before or name not in after else REQUIRED_ADDED
            what = f"`{name}` is required now."
            comparison.report(place, kind, what, breaking=at.side & Effect.NARROWER)
        elif name in after and name not in before:
            comparison.report(place, PROPERTY_ADDED, f"`{name}` is new.", breaking=at.side is Side.EITHER)
        if name in needed and name not in needs:
            what = f"`{name}` is optional now."
            comparison.report(place, OPTIONAL, what, breaking=at.side & Effect.WIDER)


def others(key: str) -> Check:
    """The check of the properties that are not named. Those of answers are ignored, unless they have a schema."""

    def check(comparison: Comparison, old: Node, new: Node, at: At) -> None:
        before, after = (node.get(key, True) for node in (old, new))
        if before is False and after is not False:
            comparison.report(
                at.down(key), OPENED, "Other properties are allowed now.", breaking=at.side is Side.EITHER
            )
        elif after is False and before is not False:
            what = "Other properties are refused now."
            comparison.report(at.down(key), CLOSED, what, breaking=at.side & Effect.NARROWER)
        elif before is not False:
            comparison.compare("schema", before, after, at.down(key, label="{}"))

    return check


def part(key: str, label: str = "") -> Check:
    """The check of a schema in a schema. Without it, everything is accepted there."""

    def check(comparison: Comparison, old: Node, new: Node, at: At) -> None:
        comparison.compare("schema", old.get(key, True), new.get(key, True), at.down(key, label=label or f" {key}"))

    return check


def condition(key: str, *, inverse: bool) -> Check:
    """The check of a schema that refuses values where it is there at all.

    Args:
        key: The keyword.
        inverse: Whether more accepted there can be less accepted here.
    """

    def check(comparison: Comparison, old: Node, new: Node, at: At) -> None:
        side = Side.EITHER if inverse else at.side
        if key in old and key in new:
            comparison.compare("schema", old[key], new[key], at.down(key, label=f" {key}").on(side))
        else:
            found = Effect.NARROWER if key in new else Effect.WIDER
            effect(comparison, at, key, old.get(key), new.get(key), found)

    return check


def named(key: str) -> Check:
    """The check of schemas by name: each one more accepts less."""

    def check(comparison: Comparison, old: Node, new: Node, at: At) -> None:
        before, after = mapping(old.get(key)), mapping(new.get(key))
        for name in dict.fromkeys((*before, *after)):
            place = at.down(key, name, label=f" {key} {name}")
            if name in before and name in after:
                comparison.compare("schema", before[name], after[name], place)
            else:
                found = Effect.NARROWER if name in after else Effect.WIDER
                effect(comparison, place, key, before.get(name), after.get(name), found)

    return check


def several(key: str, *, all_hold: bool) -> Check:
    """The check of a list of schemas, in any order.

    Args:
        key: The keyword.
        all_hold: Whether all of them must hold, so that one more accepts less. Otherwise one more accepts more.
    """
    more, less = (Effect.NARROWER, Effect.WIDER) if all_hold else (Effect.WIDER, Effect.NARROWER)

    def check(comparison: Comparison, old: Node, new: Node, at: At) -> None:
        if key not in old or key not in new:
            found = Effect.NARROWER if key in new else Effect.WIDER
            effect(comparison, at, key, old.get(key), new.get(key), found)
            return
        pairs, gone, added = _matched(comparison, sequence(old[key]), sequence(new[key]), at)
        if len(gone) == len(added):
            pairs += zip(gone, added, strict=True)
            gone, added = [], []
        for index, (one, other) in enumerate(pairs):
            name = str(mapping(other).get("$ref", index)).rpartition("/")[2]
            comparison.compare("schema", one, other, at.down(key, str(index), label=f" {key} {name}"))
        for one in gone:
            effect(comparison, at, key, one, None, less)
        for one in added:
            effect(comparison, at, key, None, one, more)

    return check


def _matched(
    comparison: Comparison, before: list[Any], after: list[Any], at: At
) -> tuple[list[tuple[Any, Any]], list[Any], list[Any]]:
    """The schemas of two lists that belong together, and those that are in one list only."""
    pairs: list[tuple[Any, Any]] = []
    gone: list[Any] = []
    added = list(after)
    for alike in (lambda one, other: one == other, lambda one, other: comparison.alike("schema", one, other, at)):
        gone = []
        for one in before:
            other = next((other for other in added if alike(one, other)), None)
            if other is None:
                gone.append(one)
            else:
                added.remove(other)
                pairs.append((one, other))
        before = gone
    return pairs, gone, added


def in_order(comparison: Comparison, old: Node, new: Node, at: At) -> None:
    """`prefixItems`: a schema for each of the first items."""
    before, after = sequence(old.get("prefixItems")), sequence(new.get("prefixItems"))
    for index in range(max(len(before), len(after))):
        place = at.down("prefixItems", str(index), label=f"[{index}]")
        one, other = (items[index] if index < len(items) else {} for items in (before, after))
        comparison.compare("schema", one, other, place)


def direction(comparison: Comparison, old: Node, new: Node, at: At) -> None:
    """`readOnly` takes a property out of requests, `writeOnly` out of answers."""
    for key, side in (("readOnly", Side.REQUEST), ("writeOnly", Side.ANSWER)):
        before, after = old.get(key, False), new.get(key, False)
        if before != after:
            what = f"`{key}` is {shown(after)} now."
            comparison.report(at.down(key), DIRECTION, what, breaking=after and at.side & side, detail=key)


def deprecation(comparison: Comparison, old: Node, new: Node, at: At) -> None:
    """`deprecated` announces, and breaks nothing yet."""
    before, after = old.get("deprecated", False), new.get("deprecated", False)
    if before != after:
        kind = DEPRECATED if after else RESTORED
        comparison.report(at.down("deprecated"), kind, f"It is {kind.name}.", breaking=False)


def names_of_words(comparison: Comparison, old: Node, new: Node, at: At) -> None:
    """`x-enum-varnames`: the names of the members of the generated enum."""
    before, after = _names_of_words(old), _names_of_words(new)
    for value in before.keys() & after.keys():
        if before[value] != after[value]:
            what = f"The member for `{value}` was `{before[value]}` and is `{after[value]}`."
            comparison.report(at, NAMED, what, breaking=True, detail=f"{before[value]} to {after[value]}")


def _names_of_words(schema: Node) -> dict[str, str]:
    words = [str(value) for value in sequence(schema.get("enum"))]
    names = sequence(schema.get("x-enum-varnames"))
    if len(names) != len(words):
        names = [re.sub(r"\W+", "_", value).upper() for value in words]
    return dict(zip(words, map(str, names), strict=True))


def code(comparison: Comparison, old: Node, new: Node, at: At) -> None:
    """`x-problem`: the code of the answer to a value that is not valid."""
    before, after = old.get("x-problem", "invalid_request"), new.get("x-problem", "invalid_request")
    if before != after:
        what = f"A value that is not valid was answered with `{before}` and is answered with `{after}`."
        breaking = at.side & Side.REQUEST
        comparison.report(at.down("x-problem"), CODE, what, breaking=breaking, detail=f"{before} to {after}")


def secrecy(comparison: Comparison, old: Node, new: Node, at: At) -> None:
    """`x-secret` keeps a value out of reprs, messages and logs."""
    before, after = old.get("x-secret", False), new.get("x-secret", False)
    if before != after:
        kind = HIDDEN if after else SECRET
        what = "It is hidden now." if after else "Reprs, messages and logs can show it now."
        comparison.report(at.down("x-secret"), kind, what, breaking=not after)


RULES: dict[str, Rule] = {
    **values.RULES,
    **dict.fromkeys(("properties", "required"), properties),
    **{key: others(key) for key in ("additionalProperties", "unevaluatedProperties")},
    "items": part("items", "[]"),
    **{key: part(key) for key in ("propertyNames", "then", "else", "contentSchema", "unevaluatedItems")},
    **{key: condition(key, inverse=True) for key in ("not", "if")},
    "contains": condition("contains", inverse=False),
    **{key: named(key) for key in ("patternProperties", "dependentSchemas")},
    "prefixItems": in_order,
    "allOf": several("allOf", all_hold=True),
    "anyOf": several("anyOf", all_hold=False),
    "oneOf": several("oneOf", all_hold=False),
    **dict.fromkeys(("readOnly", "writeOnly"), direction),
    "deprecated": deprecation,
    "x-enum-varnames": names_of_words,
    "x-problem": code,
    "x-secret": secrecy,
    "$ref": Exempt("it is followed before anything is compared"),
    **dict.fromkeys(NOTES - {"$defs"}, Exempt("a text, or an example, for people")),
    "$defs": Exempt("it counts where something refers to it"),
}
