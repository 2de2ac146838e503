"""The catalogue of problem codes, and the error classes that follow from it."""

from __future__ import annotations

from collections.abc import Mapping

from spec_walk import Node, mapping

from spec_diff.change import EVERYONE, FACADE, Kind
from spec_diff.walk import At, Comparison, Exempt, Rule, shown

REMOVED = Kind("problem code removed", EVERYONE, "Handle the code that the server answers with instead.")
ADDED = Kind("problem code added")
STATUS = Kind("status changed", EVERYONE, "Handle the new status, or the code.")


def catalogue(comparison: Comparison, old: Node, new: Node, at: At) -> None:
    """`x-problem-codes`: each code."""
    before, after = mapping(old.get("x-problem-codes")), mapping(new.get("x-problem-codes"))
    for code in dict.fromkeys((*before, *after)):
        place = At(f"/x-problem-codes/{code}", f"x-problem-codes/{code}")
        if code not in after:
            comparison.report(place, REMOVED, f"The code `{code}` is gone.", breaking=True)
        elif code not in before:
            comparison.report(place, ADDED, f"The code `{code}` is new.", breaking=False)
        elif before[code] != after[code]:
            comparison.fields("problem code", before[code], after[code], place)


def _caught(key: str, advice: str) -> Rule:
    """The check of something that says what is caught. The first one breaks nothing, because the class inherits."""
    changed = Kind(f"{key} changed", (FACADE,), advice)
    added = Kind(f"{key} added")

    def check(comparison: Comparison, old: Node, new: Node, at: At) -> None:
        before, after = old.get(key), new.get(key)
        if before != after:
            kind = added if before is None else changed
            what = f"Its `{key}` was `{shown(before)}` and is `{shown(after)}`."
            detail = f"{shown(before)} to {shown(after)}"
            comparison.report(at.down(key), kind, what, breaking=before is not None, detail=detail)

    return check


def status(comparison: Comparison, old: Node, new: Node, at: At) -> None:
    """`status`: what callers of HTTP see, and the class of errors without a class of their own."""
    before, after = old.get("status"), new.get("status")
    if before != after:
        what = f"Its status was {before} and is {after}."
        comparison.report(at.down("status"), STATUS, what, breaking=True, detail=f"{before} to {after}")


PROBLEM_CODE: Mapping[str, Rule] = {
    "status": status,
    "class": _caught("class", "Catch the new class."),
    "base": _caught("base", "Catch the new base class."),
    "also": _caught("also", "Catch another class than the builtin one."),
    "resource": _caught("resource", "Compare `error.resource` with the new word."),
    **dict.fromkeys(("title", "description"), Exempt("a text for people; programs read the code")),
}
