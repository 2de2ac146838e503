"""How callers prove who they are."""

from __future__ import annotations

import json
from collections.abc import Mapping

from spec_walk import Node, mapping, sequence

from spec_diff.change import EVERYONE, WITHOUT_FACADE, Kind
from spec_diff.document import Document
from spec_diff.walk import At, Comparison, Exempt, Rule, shown

REMOVED = Kind("security narrowed", EVERYONE, "Prove who you are in one of the other ways.")
ADDED = Kind("security widened")
ADVICE = "Send credentials in the new way."

Requirement = frozenset[tuple[str, str]]


def schemes(comparison: Comparison, old: Node, new: Node, at: At) -> None:
    """The schemes that have the same name in both documents; whoever requires one that is gone says so."""
    before, after = _schemes(comparison.old), _schemes(comparison.new)
    for name in before.keys() & after.keys():
        place = at.component(f"#/components/securitySchemes/{name}")
        comparison.compare("security scheme", before[name], after[name], place)


def security(comparison: Comparison, old: Node, new: Node, at: At) -> None:
    """`security` of the document or of an operation: the ways of which one is enough."""
    names = _renamed(comparison)
    before = _ways(old.get("security", comparison.old.content.get("security")), names)
    after = _ways(new.get("security", comparison.new.content.get("security")), {})
    place = at.down("security")
    for way in before:
        if not any(other <= way for other in after):
            what = f"{_spoken(way)} is not enough any more."
            comparison.report(place, REMOVED, what, breaking=True, detail=_spoken(way))
    for way in after:
        if not any(other <= way for other in before):
            comparison.report(place, ADDED, f"{_spoken(way)} is enough now.", breaking=False, detail=_spoken(way))


def _ways(requirements: object, names: Mapping[str, str]) -> list[Requirement]:
    found = [
        frozenset((names.get(name, name), scope) for name, scopes in mapping(way).items() for scope in (scopes or [""]))
        for way in sequence(requirements)
    ]
    return found or [frozenset()]


def _spoken(way: Requirement) -> str:
    return " with ".join(f"{name} {scope}".strip() for name, scope in sorted(way)) or "no credential"


def _schemes(document: Document) -> Node:
    return mapping(mapping(document.content.get("components")).get("securitySchemes"))


def _renamed(comparison: Comparison) -> dict[str, str]:
    """What schemes are called now that have another name: names of schemes are not on the wire."""
    before, after = _schemes(comparison.old), _schemes(comparison.new)
    by_content = {_content(node): name for name, node in after.items() if name not in before}
    return {
        name: by_content[_content(node)]
        for name, node in before.items()
        if name not in after and _content(node) in by_content
    }


def _content(scheme: object) -> str:
    return json.dumps({key: value for key, value in mapping(scheme).items() if key not in _TEXTS}, sort_keys=True)


def _part(key: str) -> Rule:
    kind = Kind(f"{key} changed", EVERYONE if key in ("type", "scheme") else WITHOUT_FACADE, ADVICE)

    def check(comparison: Comparison, old: Node, new: Node, at: At) -> None:
        before, after = old.get(key), new.get(key)
        ignore_case = key == "scheme" or (key == "name" and new.get("in") == "header")
        if before != after and not (ignore_case and str(before).lower() == str(after).lower()):
            what = f"`{key}` was `{shown(before)}` and is `{shown(after)}`."
            detail = f"{shown(before)} to {shown(after)}"
            comparison.report(at.down(key), kind, what, breaking=True, detail=detail)

    return check


_TEXTS = frozenset({"description", "bearerFormat"})
SECURITY_SCHEME: dict[str, Rule] = {
    **{key: _part(key) for key in ("type", "name", "in", "scheme", "flows", "openIdConnectUrl")},
    **dict.fromkeys(_TEXTS, Exempt("a text for people")),
}
