"""Who may call an operation: `x-access`. To be asked for more is breaking, to be asked for less is not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from spec_walk import Node, mapping, sequence

from spec_diff.change import EVERYONE, OPERATORS, Kind
from spec_diff.walk import NOT_UNDERSTOOD, At, Comparison, Exempt, Rule, shown

LADDERS: Mapping[str | None, tuple[str, ...]] = {
    None: ("anyone", "authenticated", "operator"),
    "user": ("anyone", "authenticated", "self", "operator"),
    "workspace": ("anyone", "authenticated", "guest", "collaborator", "member", "admin", "operator"),
    "project": (
        *("anyone", "authenticated", "roster", "viewer", "contributor", "owner", "roster_policy", "admin", "operator"),
    ),
    "dataset": ("anyone", "authenticated", "view", "tag", "edit", "manage", "admin", "operator"),
}
"""What `allow` can ask for on each kind of object, from least to most. Whatever else changes is a change of both."""
OTHER_LADDER = {
    **dict.fromkeys(("experiment", "asset"), "project"),
    **dict.fromkeys(("group", "invitation", "service_account"), "workspace"),
    "api_key": "user",
}
"""Kinds of objects without a ladder of their own, and the kind whose ladder counts."""
SCOPES = ("read", "write", "admin")
ADMINISTERS = frozenset({"admin", "operator", "roster_policy", "self"})
"""Values of `allow` that need a key with the scope `admin` for writes, unless `scope` says otherwise."""

_ASK = "Ask for the access that is needed now, or use an account that has it."
ALLOW = Kind("access narrowed", EVERYONE, _ASK)
ALLOW_WIDER = Kind("access widened")
SCOPE = Kind("scope raised", EVERYONE, "Use an API key with the new scope.")
SCOPE_WIDER = Kind("scope lowered")
ABOUT = Kind("access on something else", EVERYONE, _ASK)
CONDITION = Kind("access condition narrowed", EVERYONE, _ASK)
CONDITION_WIDER = Kind("access condition widened")


def access(comparison: Comparison, old: Node, new: Node, at: At) -> None:
    """`x-access`, and the scope that a key needs, which follows from it and from `x-effect`."""
    before, after = mapping(old.get("x-access")), mapping(new.get("x-access"))
    place = at.down("x-access")
    if old.get("x-access") != new.get("x-access"):
        comparison.fields("x-access", before, after, place)
    scopes = _scope(old, at), _scope(new, at)
    if scopes[0] != scopes[1]:
        lowered = _asks(SCOPES, *scopes) == "less"
        what = f"An API key needed the scope `{scopes[0]}` and needs the scope `{scopes[1]}`."
        detail = f"{scopes[0]} to {scopes[1]}"
        comparison.report(place, SCOPE_WIDER if lowered else SCOPE, what, breaking=not lowered, detail=detail)


def effect_of(operation: Node, at: At) -> str:
    """`read` or `write`."""
    method = at.pointer.split("/")[3:4]
    return str(operation.get("x-effect") or ("read" if method in (["get"], ["head"]) else "write"))


def _scope(operation: Node, at: At) -> str:
    """The scope that an API key needs for it."""
    rule = mapping(operation.get("x-access"))
    is_read = effect_of(operation, at) == "read"
    usual = "read" if is_read else "admin" if rule.get("allow") in ADMINISTERS else "write"
    return str(rule.get("scope", usual))


def _asks(ladder: tuple[str, ...], before: object, after: object) -> str:
    """Whether `more` or `less` is asked for now, or something `else`."""
    if before not in ladder or after not in ladder:
        return "else"
    return "more" if ladder.index(str(after)) > ladder.index(str(before)) else "less"


def _ladder(rule: Node) -> tuple[str, ...]:
    on = rule.get("on")
    return LADDERS.get(OTHER_LADDER.get(str(on), on), LADDERS[None])


def allow(comparison: Comparison, old: Node, new: Node, at: At) -> None:
    """`allow` and `on`: the role, and on what. Who needs no role can call it without the object, too."""
    before, after = (shown(rule.get("allow")) + (f" on {rule['on']}" if "on" in rule else "") for rule in (old, new))
    if before == after:
        return
    free = ("anyone", "authenticated")
    if old.get("on") == new.get("on") or old.get("allow") in free or new.get("allow") in free:
        ladder = _ladder(new if "on" in new else old)
        asks = _asks(ladder, old.get("allow"), new.get("allow"))
    else:
        asks = "else"
    kind = ALLOW_WIDER if asks == "less" else ALLOW
    hurts = (OPERATORS,) if old.get("allow") == "operator" else EVERYONE
    what = f"It was for `{before}` and is for `{after}`."
    comparison.report(at, kind, what, breaking=asks != "less", detail=f"{before} to {after}", hurts=hurts)


def source(comparison: Comparison, old: Node, new: Node, at: At) -> None:
    """`from`: where the object is named."""
    before, after = old.get("from", "path"), new.get("from", "path")
    if before != after:
        what = f"The object was named in the {before} and is named in the {after}."
        comparison.report(at, ABOUT, what, breaking=True, detail=f"{before} to {after}")


def oneself(comparison: Comparison, old: Node, new: Node, at: At) -> None:
    """`or_self`: the path parameter whose account may call it about itself."""
    before, after = old.get("or_self"), new.get("or_self")
    before = at.renamed.get(str(before), before)
    if before != after:
        kind = ALLOW_WIDER if before is None else ALLOW
        what = f"Whoever asks about themselves: by `{shown(before)}`, now by `{shown(after)}`."
        comparison.report(at.down("or_self"), kind, what, breaking=before is not None, detail="or_self")


def _flag(key: str, usual: bool, what: Mapping[bool, str]) -> Rule:
    """The check of something that lets more callers in if `true`. To be `identified` is something else either way."""

    def check(comparison: Comparison, old: Node, new: Node, at: At) -> None:
        before, after = old.get(key, usual), new.get(key, usual)
        if before != after:
            allows = bool(after) and key != "identified"
            kind = ALLOW_WIDER if allows else ALLOW
            comparison.report(at.down(key), kind, what[bool(after)], breaking=not allows, detail=key)

    return check


def conditions(comparison: Comparison, old: Node, new: Node, at: At) -> None:
    """`when`: conditions under which more is asked for."""
    before, after = _conditions(old), _conditions(new)
    for name in dict.fromkeys((*before, *after)):
        place = at.down("when")
        if name not in after:
            usual = old.get("allow"), before[name].get("allow", old.get("allow"))
            more = usual[0] == usual[1] or _asks(_ladder(old), *usual) == "more"
            kind = CONDITION_WIDER if more else CONDITION
            comparison.report(place, kind, f"The condition on {name} is gone.", breaking=not more, detail=name)
        elif name not in before:
            comparison.report(place, CONDITION, f"There is a condition on {name} now.", breaking=True, detail=name)
        elif before[name] != after[name]:
            _condition(comparison, name, before[name], after[name], _ladder(new), place)


def _conditions(rule: Node) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for each in map(mapping, sequence(rule.get("when"))):
        place = "query" if "query" in each else "body"
        name = f"{place} {each.get(place)}" + (f"={each['equals']}" if "equals" in each else "")
        found.setdefault(name, {}).update({key: each[key] for key in each.keys() - {place, "equals"}})
    return found


def _condition(comparison: Comparison, name: str, old: Node, new: Node, ladder: tuple[str, ...], at: At) -> None:
    for key in dict.fromkeys((*old, *new)):
        before, after = old.get(key), new.get(key)
        if before == after:
            continue
        if key not in ("allow", "scope", "unless"):
            what = f"The key `{key}` of a condition changed, and no check knows it."
            comparison.report(at.down(key), NOT_UNDERSTOOD, what, breaking=True, detail=f"{name}, {key}")
            continue
        if key == "unless":
            less = before is None
        elif after is None:
            less = True
        else:
            less = before is not None and _asks(SCOPES if key == "scope" else ladder, before, after) == "less"
        kind = CONDITION_WIDER if less else CONDITION
        what = f"`{key}` of the condition on {name} was `{shown(before)}` and is `{shown(after)}`."
        detail = f"{name}, {key}: {shown(before)} to {shown(after)}"
        comparison.report(at, kind, what, breaking=not less, detail=detail)


RULES: dict[str, Rule] = {
    **dict.fromkeys(("allow", "on"), allow),
    "from": source,
    "or_self": oneself,
    "service_accounts": _flag(
        "service_accounts",
        True,
        {False: "Service accounts may not call it any more.", True: "Service accounts may call it now."},
    ),
    "public": _flag(
        "public",
        False,
        {False: "A public object is not enough any more.", True: "A public object is enough now."},
    ),
    "identified": _flag(
        "identified",
        False,
        {False: "Callers with an API key are strangers now.", True: "An API key that is not valid is refused now."},
    ),
    "scope": Exempt("compared together with the scope that follows from `allow` and `x-effect`"),
    "when": conditions,
}
