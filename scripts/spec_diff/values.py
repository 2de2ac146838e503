"""Keywords about single values: types, words, bounds, formats."""

from __future__ import annotations

from typing import Any

from spec_walk import Node, sequence

from spec_diff.change import CLIENT, EVERYONE, WITHOUT_FACADE, Effect, Kind, Side, word
from spec_diff.walk import At, Check, Comparison, shown

TYPES = frozenset({"string", "number", "integer", "boolean", "object", "array", "null"})
PYTHON_TYPES = {"date-time": "datetime", "date": "date", "uuid": "UUID", "binary": "File"}
"""Formats that make the generated client use another type than `str`."""
WIDTHS = {"int32": 32, "int64": 64, "float": 32, "double": 64}

WORD_REMOVED = Kind("word removed", EVERYONE, "Use one of the other words, and do not wait for this one.")
WORD_ADDED = Kind("word added", EVERYONE, "Handle the new word.")
PYTHON_TYPE = Kind("Python type changed", (CLIENT,), "Pass and expect the new type.")

_ADVICE_REQUEST = "Send only what is still accepted."
_ADVICE_ANSWER = "Be ready for values that did not come before."


def effect(comparison: Comparison, at: At, key: str, old: object, new: object, found: Effect) -> None:
    """Report that a keyword changed what a schema accepts."""
    breaks = at.side & found
    hurts = EVERYONE if breaks & Side.REQUEST or key in ("type", "items") else WITHOUT_FACADE
    advice = " ".join(
        text for side, text in ((Side.REQUEST, _ADVICE_REQUEST), (Side.ANSWER, _ADVICE_ANSWER)) if breaks & side
    )
    felt = {
        Side.REQUEST: " Requests that worked can be refused.",
        Side.ANSWER: " Answers can hold what they could not hold before.",
        Side.EITHER: " Requests that worked can be refused, and answers can hold what they could not hold before.",
    }.get(Side(breaks), "")
    what = f"`{key}` was `{shown(old)}` and is `{shown(new)}`.{felt}"
    kind = Kind(f"{key} {word(found)}", hurts, advice)
    comparison.report(at.down(key), kind, what, breaking=breaks, detail=f"{shown(old)} to {shown(new)}")


def types(comparison: Comparison, old: Node, new: Node, at: At) -> None:
    """`type`, one or several; without it, all."""
    before, after = _types(old), _types(new)
    lost = {name for name in before if not _covers(after, name)}
    gained = {name for name in after if not _covers(before, name)}
    if lost or gained:
        found = (Effect.NARROWER if lost else Effect(0)) | (Effect.WIDER if gained else Effect(0))
        effect(comparison, at, "type", old.get("type"), new.get("type"), found)


def share_types(old: Node, new: Node) -> bool:
    """Whether some type is in both. If not, whatever else differs is a consequence."""
    return not _types(old).isdisjoint(_types(new))


def _types(schema: Node) -> frozenset[Any]:
    found = schema.get("type", TYPES)
    return frozenset({found}) if isinstance(found, str) else frozenset(map(str, found))


def _covers(names: frozenset[Any], name: object) -> bool:
    return name in names or (name == "integer" and "number" in names)


def words(comparison: Comparison, old: Node, new: Node, at: At) -> None:
    """`enum` and `const`. Enums of text in answers are open: every client takes words that it does not know."""
    before, after = _words(old), _words(new)
    if before is None or after is None:
        if before is not after:
            found = Effect.NARROWER if before is None else Effect.WIDER
            effect(comparison, at, "enum", before, after, found)
        return
    is_open = "enum" in old and "enum" in new and all(isinstance(value, str) for value in after)
    for value in before:
        if value not in after:
            # In answers it is the name in the generated enum that goes, and what scripts wait for.
            hurts = EVERYONE if at.side & Side.REQUEST else WITHOUT_FACADE
            what = f"The word `{shown(value)}` is gone."
            comparison.report(at, WORD_REMOVED, what, breaking=True, detail=shown(value), hurts=hurts)
    for value in after:
        if value not in before:
            breaks = at.side & Effect.WIDER and not (is_open and at.side is not Side.EITHER)
            what = f"The word `{shown(value)}` is new."
            comparison.report(at, WORD_ADDED, what, breaking=bool(breaks), detail=shown(value))


def _words(schema: Node) -> list[object] | None:
    if "const" in schema:
        return [schema["const"]]
    return list(sequence(schema["enum"])) if "enum" in schema else None


def formats(comparison: Comparison, old: Node, new: Node, at: At) -> None:
    """`format`: the server checks it, and some formats are another type in the generated client."""
    before, after = old.get("format"), new.get("format")
    if before == after:
        return
    widths = WIDTHS.get(str(before)), WIDTHS.get(str(after))
    if before is None:
        found = Effect.NARROWER
    elif after is None or (widths[0] and widths[1] and widths[0] < widths[1]):
        found = Effect.WIDER
    else:
        found = Effect.NARROWER if widths[0] and widths[1] else Effect.OTHER
    effect(comparison, at, "format", before, after, found)
    types_now = PYTHON_TYPES.get(str(before), "str"), PYTHON_TYPES.get(str(after), "str")
    if types_now[0] != types_now[1] and not at.side & found:
        what = f"In the low-level client it was `{types_now[0]}` and is `{types_now[1]}`."
        comparison.report(at.down("format"), PYTHON_TYPE, what, breaking=True, detail=" to ".join(types_now))


def bound(key: str, *, upper: bool, least: int | None = None) -> Check:
    """The check of a bound.

    Args:
        key: The keyword.
        upper: Whether values must be below it.
        least: The value that means the same as none.
    """

    def check(comparison: Comparison, old: Node, new: Node, at: At) -> None:
        before, after = (None if node.get(key) == least else node.get(key) for node in (old, new))
        if before == after:
            return
        if before is None or after is None:
            found = Effect.NARROWER if before is None else Effect.WIDER
        elif not isinstance(before, int | float) or not isinstance(after, int | float):
            found = Effect.OTHER
        else:
            found = Effect.NARROWER if (after < before) is upper else Effect.WIDER
        effect(comparison, at, key, before, after, found)

    return check


def assertion(key: str, nothing: object = None) -> Check:
    """The check of a keyword that refuses values in a way that cannot be compared.

    Args:
        key: The keyword.
        nothing: The value that means the same as none.
    """

    def check(comparison: Comparison, old: Node, new: Node, at: At) -> None:
        before, after = (None if node.get(key) == nothing else node.get(key) for node in (old, new))
        if before != after:
            found = Effect.NARROWER if before is None else Effect.WIDER if after is None else Effect.OTHER
            effect(comparison, at, key, before, after, found)

    return check


def meaning(key: str, advice: str) -> Check:
    """The check of a keyword that says what a value means: any change of it breaks both sides."""
    kind = Kind(f"{key} changed", EVERYONE, advice)

    def check(comparison: Comparison, old: Node, new: Node, at: At) -> None:
        before, after = old.get(key), new.get(key)
        if before != after:
            what = f"`{key}` was `{shown(before)}` and is `{shown(after)}`."
            detail = f"{shown(before)} to {shown(after)}"
            comparison.report(at.down(key), kind, what, breaking=True, detail=detail)

    return check


def multiple_of(comparison: Comparison, old: Node, new: Node, at: At) -> None:
    """`multipleOf`: a multiple of what it was accepts less."""
    before, after = old.get("multipleOf"), new.get("multipleOf")
    if before == after:
        return
    if before is None or after is None:
        found = Effect.NARROWER if before is None else Effect.WIDER
    else:
        found = Effect.NARROWER if not after % before else Effect.WIDER if not before % after else Effect.OTHER
    effect(comparison, at, "multipleOf", before, after, found)


RULES: dict[str, Check] = {
    "type": types,
    "enum": words,
    "const": words,
    "format": formats,
    "multipleOf": multiple_of,
    **{
        key: bound(key, upper=True) for key in ("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties")
    },
    **{key: bound(key, upper=False) for key in ("minimum", "exclusiveMinimum")},
    **{key: bound(key, upper=False, least=0) for key in ("minLength", "minItems", "minProperties")},
    "maxContains": bound("maxContains", upper=True),
    "minContains": bound("minContains", upper=False, least=1),
    "pattern": assertion("pattern"),
    "uniqueItems": assertion("uniqueItems", nothing=False),
    "dependentRequired": assertion("dependentRequired", nothing={}),
    "contentEncoding": meaning("contentEncoding", "Encode and decode the text in the new way."),
    "contentMediaType": meaning("contentMediaType", "Write and read the text as the new type."),
    "default": meaning("default", "Send the value, where another one than the new default is meant."),
    **{
        key: meaning(key, "Nobody can tell from the document what accepts what now: ask its authors.")
        for key in ("$id", "$schema", "$anchor", "$dynamicRef", "$dynamicAnchor", "$vocabulary", "discriminator")
    },
}
