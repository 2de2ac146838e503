"""How callers prove who they are."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from spec_walk import METHODS, Node, mapping, sequence

from spec_diff.change import EVERYONE, WITHOUT_FACADE, Kind
from spec_diff.document import Document
from spec_diff.walk import At, Comparison, Exempt, Rule, shown

REMOVED = Kind("security narrowed", EVERYONE, "Prove who you are in one of the other ways.")
ADDED = Kind("security widened")
SCHEME_REMOVED = Kind("security scheme removed", EVERYONE, "Prove who you are in one of the other ways.")
ADVICE = "Send credentials in the new way."

Requirement = frozenset[tuple[str, str]]
NOBODY: Requirement = frozenset()
"""The way of whoever proves nothing."""


def schemes(comparison: Comparison, old: Node, new: Node, at: At) -> None:
    """The schemes that something requires, as far as they have the same name in both documents."""
    before, after, names = _schemes(comparison.old), _schemes(comparison.new), _renamed(comparison)
    for name in sorted(before.keys() & _required(old)):
        place = at.component(f"#/components/securitySchemes/{name}")
        if name in after:
            comparison.compare("security scheme", before[name], after[name], place)
        elif name not in names:
            comparison.report(place, SCHEME_REMOVED, f"The scheme `{name}` is gone.", breaking=True)


def _required(document: Node) -> set[str]:
    """The names of the schemes that the document or an operation requires."""
    items = mapping(document.get("paths")).values()
    operations = [node for item in items for method, node in mapping(item).items() if method in METHODS]
    holders = (document, *map(mapping, operations))
    return {name for holder in holders for way in sequence(holder.get("security")) for name in mapping(way)}


def security(comparison: Comparison, old: Node, new: Node, at: At) -> None:
    """`security` of the document or of an operation: the ways of which one is enough."""
    names = _renamed(comparison)
    before = _ways(old.get("security", comparison.old.content.get("security")), names)
    after = _ways(new.get("security", comparison.new.content.get("security")), {})
    place = at.down("security")
    # Where nobody needs a credential any more, none is refused. Where nobody did, it is what shows more.
    opened = after == [NOBODY] and NOBODY not in before
    for way in before:
        if not opened and not _enough(way, after):
            what = f"{_spoken(way)} is not enough any more."
            comparison.report(place, REMOVED, what, breaking=True, detail=_spoken(way))
    for way in after:
        if not _enough(way, before):
            comparison.report(place, ADDED, f"{_spoken(way)} is enough now.", breaking=False, detail=_spoken(way))


def _enough(way: Requirement, ways: Iterable[Requirement]) -> bool:
    """Whether credentials are accepted. That one can call without any does not help: with them one may see more."""
    return any(other == way or (other and other < way) for other in ways)


def _ways(requirements: object, names: Mapping[str, str]) -> list[Requirement]:
    found = [
        frozenset((names.get(name, name), scope) for name, scopes in mapping(way).items() for scope in (scopes or [""]))
        for way in sequence(requirements)
    ]
    return found or [NOBODY]


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
