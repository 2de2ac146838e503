"""What else an operation says about itself: effect, repetition, audit log, problem codes."""

from __future__ import annotations

from spec_walk import Node, sequence

from spec_diff.access import effect_of
from spec_diff.change import EVERYONE, OPERATORS, Kind
from spec_diff.walk import At, Comparison, Exempt, Rule, shown

EFFECT = Kind("reads become writes", EVERYONE, "Do not repeat the call without an Idempotency-Key.")
EFFECT_SAFE = Kind("writes become reads")
REPEATING = Kind("repeating changed", EVERYONE, "Do not repeat the call without an Idempotency-Key.")
KEYLESS = Kind("idempotency key ignored", EVERYONE, "Do not repeat the call: a repeated one runs again.")
ROWS = Kind("rows treated differently", EVERYONE, "Look at the outcomes of the rows, or at the answer, as it is now.")
UNAUDITED = Kind("audit event removed", (OPERATORS,), "Do not wait for this event in the audit log.")
AUDITED = Kind("audit event added")
AUDIT = Kind("audit event changed", (OPERATORS,), "Filter the audit log by the new value.")
CODE_REMOVED = Kind("problem code removed", EVERYONE, "Do not wait for this code: handle the other codes of the call.")
CODE_ADDED = Kind("problem code added")


def effect(comparison: Comparison, old: Node, new: Node, at: At) -> None:
    """`x-effect`: whether it reads or writes."""
    before, after = effect_of(old, at), effect_of(new, at)
    if before != after:
        kind = EFFECT_SAFE if after == "read" else EFFECT
        what = f"It was a {before} and is a {after}."
        comparison.report(at.down("x-effect"), kind, what, breaking=after != "read", detail=f"{before} to {after}")


def idempotency(comparison: Comparison, old: Node, new: Node, at: At) -> None:
    """`x-idempotent`: what makes it safe to repeat."""
    before, after = old.get("x-idempotent"), new.get("x-idempotent")
    if before == after:
        return
    is_read = after == "safe" and effect_of(new, at) == "read"
    kind = REPEATING if after == "key" else KEYLESS
    what = f"What makes repeating safe was `{shown(before)}` and is `{shown(after)}`."
    detail = f"{shown(before)} to {shown(after)}"
    comparison.report(at.down("x-idempotent"), kind, what, breaking=not is_read, detail=detail)


def rows(comparison: Comparison, old: Node, new: Node, at: At) -> None:
    """`x-rows`: the rows that are carried out, or refused, one by one."""
    before, after = old.get("x-rows"), new.get("x-rows")
    if before != after:
        what = f"The rows that are refused one by one were `{shown(before)}` and are `{shown(after)}`."
        comparison.report(at.down("x-rows"), ROWS, what, breaking=True)


def audit(comparison: Comparison, old: Node, new: Node, at: At) -> None:
    """`x-audit`: the event in the audit log."""
    before, after = old.get("x-audit"), new.get("x-audit")
    place = at.down("x-audit")
    if before is None:
        comparison.report(place, AUDITED, "It is in the audit log now.", breaking=False)
    elif after is None:
        comparison.report(place, UNAUDITED, "It is not in the audit log any more.", breaking=True)
    else:
        comparison.fields("x-audit", before, after, place)


def _audited(key: str) -> Rule:
    def check(comparison: Comparison, old: Node, new: Node, at: At) -> None:
        before, after = old.get(key), new.get(key)
        if key == "id":
            before = at.renamed.get(str(before), before)
        if before != after:
            what = f"The `{key}` of its event was `{shown(before)}` and is `{shown(after)}`."
            detail = f"{key}: {shown(before)} to {shown(after)}"
            comparison.report(at.down(key), AUDIT, what, breaking=True, detail=detail)

    return check


def problems(comparison: Comparison, old: Node, new: Node, at: At) -> None:
    """`x-problems`: a new code is an error of a class that callers know; one that is gone became something else."""
    before, after = sequence(old.get("x-problems")), sequence(new.get("x-problems"))
    place = at.down("x-problems")
    for code in before:
        if code not in after:
            comparison.report(place, CODE_REMOVED, f"It does not answer `{code}` any more.", breaking=True, detail=code)
    for code in after:
        if code not in before:
            comparison.report(place, CODE_ADDED, f"It can answer `{code}` now.", breaking=False, detail=code)


AUDIT_RULES: dict[str, Rule] = {
    **{key: _audited(key) for key in ("action", "object", "id")},
    "event": Exempt("a text for people; what the log is filtered by are the other three"),
}
OPERATION: dict[str, Rule] = {
    "x-effect": effect,
    "x-idempotent": idempotency,
    "x-rows": rows,
    "x-audit": audit,
    "x-problems": problems,
    "x-lock": Exempt("which writes wait for each other is not on the wire: all of them are carried out as before"),
}
