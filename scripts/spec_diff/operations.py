"""Paths and the operations on them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from spec_walk import METHODS, Node, escape, mapping, sequence

from spec_diff import bodies, extensions
from spec_diff.access import access
from spec_diff.change import CLIENT, EVERYONE, Kind, Side
from spec_diff.document import Document, name_of
from spec_diff.parameters import of_operation, parameters
from spec_diff.schemas import deprecation
from spec_diff.security import security
from spec_diff.walk import At, Check, Comparison, Exempt, Rule, shown

REMOVED = Kind("operation removed", EVERYONE, "Use another operation.")
ADDED = Kind("operation added")
PATH = Kind("path changed", EVERYONE, "Call the new path.")
RENAMED = Kind("operation renamed", (CLIENT,), "Import the module of the new name. Nothing changes on the wire.")
TAG = Kind("tag changed", (CLIENT,), "Import the module from the package of the new tag. Nothing changes on the wire.")
SERVERS = Kind("server changed", EVERYONE, "Send the calls to the new address.")
SERVER_ADDED = Kind("server added")
CALLBACKS = Kind("callbacks changed", EVERYONE, "Take the calls of the server as they are now.")

_TEMPLATE = re.compile(r"\{([^}]*)\}")


@dataclass(frozen=True)
class Found:
    """An operation and the path it is on."""

    path: str
    method: str
    item: Node
    node: Node

    @property
    def name(self) -> str:
        return name_of(self.node, self.method, self.path)

    def at(self, other: Found) -> At:
        """Where it is, under the name that `other` has: the one that people know."""
        return At(f"/paths/{escape(self.path)}/{self.method}", other.name, other.name)


def paths(comparison: Comparison, old: Node, new: Node, at: At) -> None:
    """`paths`: matched without the names of their parameters, which are not on the wire."""
    before, after = (_items(document) for document in (comparison.old, comparison.new))
    items = {_TEMPLATE.sub("{}", path): item for path, item in before.items()}
    for path, item in after.items():
        template = _TEMPLATE.sub("{}", path)
        if template in items:
            comparison.fields("path", items[template], item, At(f"/paths/{escape(path)}", template))
    were, are = _operations(before), _operations(after)
    gone = {found.name: found for key, found in were.items() if key not in are}
    for key, found in are.items():
        if key in were:
            _operation(comparison, were[key], found)
        elif found.name in gone:
            was = gone.pop(found.name)
            requests = [f"{each.method.upper()} {each.path}" for each in (was, found)]
            what = f"It was `{requests[0]}` and is `{requests[1]}`."
            comparison.report(found.at(was), PATH, what, breaking=True, detail=" to ".join(requests))
            _operation(comparison, was, found)
        else:
            what = f"`{found.method.upper()} {found.path}` is new."
            comparison.report(found.at(found), ADDED, what, breaking=False)
    for was in gone.values():
        what = f"`{was.method.upper()} {was.path}` is gone."
        comparison.report(was.at(was), REMOVED, what, breaking=True)


def _items(document: Document) -> dict[str, Node]:
    items = mapping(document.content.get("paths")).items()
    return {path: mapping(document.resolve(item)[0]) for path, item in items}


def _operations(items: Mapping[str, Node]) -> dict[tuple[str, str], Found]:
    return {
        (_TEMPLATE.sub("{}", path), method): Found(path, method, item, item[method])
        for path, item in items.items()
        for method in METHODS
        if isinstance(item.get(method), dict)
    }


def _operation(comparison: Comparison, was: Found, now: Found) -> None:
    if (
        was.path == now.path
        and was.item == now.item
        and not comparison.old.reach_of_paths[was.path] & comparison.changed
    ):
        return
    names = zip(_TEMPLATE.findall(was.path), _TEMPLATE.findall(now.path), strict=False)
    renamed = {name: other for name, other in names if name != other}
    at = replace(now.at(was), renamed=renamed)
    before = of_operation(comparison.old, was.item, was.node, renamed)
    after = of_operation(comparison.new, now.item, now.node, {})
    parameters(comparison, before, after, at.on(Side.REQUEST))
    comparison.fields("operation", was.node, now.node, at)


def name(comparison: Comparison, old: Node, new: Node, at: At) -> None:
    """`operationId`: the module of the low-level client."""
    before, after = old.get("operationId"), new.get("operationId")
    if before != after:
        what = f"It is called `{shown(after)}`."
        comparison.report(at, RENAMED, what, breaking=True, detail=f"to {shown(after)}")


def tags(comparison: Comparison, old: Node, new: Node, at: At) -> None:
    """`tags`: the first one is the package that the module is in."""
    before, after = ((sequence(node.get("tags")) or [None])[0] for node in (old, new))
    if before != after:
        what = f"Its tag was `{shown(before)}` and is `{shown(after)}`."
        comparison.report(at.down("tags"), TAG, what, breaking=True, detail=f"{shown(before)} to {shown(after)}")


def servers(comparison: Comparison, old: Node, new: Node, at: At) -> None:
    """`servers`: the base path. The one of the document counts where a path or an operation names none."""
    before, after = (
        {str(mapping(server).get("url")): server for server in sequence(node.get("servers"))} for node in (old, new)
    )
    inherits = bool(at.pointer) and not (before and after)
    for url in dict.fromkeys((*before, *after)):
        place = at.down("servers")
        if url not in after or (url not in before and inherits):
            state = "gone" if url not in after else "new, instead of the one of the document"
            comparison.report(place, SERVERS, f"The server `{url}` is {state}.", breaking=True, detail=url)
        elif url not in before:
            comparison.report(place, SERVER_ADDED, f"The server `{url}` is new.", breaking=False, detail=url)
        else:
            comparison.fields("server", before[url], after[url], place)


def opaque(key: str, kind: Kind) -> Check:
    """The check of something that the spec does not use: any change of it, or of what it refers to, counts."""

    def check(comparison: Comparison, old: Node, new: Node, at: At) -> None:
        if comparison.touched(old.get(key), new.get(key)):
            comparison.report(at.down(key), kind, f"`{key}` changed.", breaking=True)

    return check


_TEXT = Exempt("a text for people")
_COMPARED = Exempt("compared operation by operation, together with what the path says")
PATH_ITEM: dict[str, Rule] = {
    **dict.fromkeys(("summary", "description"), _TEXT),
    **dict.fromkeys((*METHODS, "parameters"), _COMPARED),
    "$ref": Exempt("it is followed before anything is compared"),
    "servers": servers,
}
OPERATION: dict[str, Rule] = {
    **dict.fromkeys(("summary", "description", "externalDocs"), _TEXT),
    "parameters": Exempt("compared together with those of the path"),
    "operationId": name,
    "tags": tags,
    "requestBody": bodies.request_body,
    "responses": bodies.responses,
    "security": security,
    "servers": servers,
    "deprecated": deprecation,
    "callbacks": opaque("callbacks", CALLBACKS),
    **extensions.OPERATION,
    "x-access": access,
}
SERVER: dict[str, Rule] = {
    "url": Exempt("servers are compared by their address"),
    "description": _TEXT,
    "variables": opaque("variables", SERVERS),
}
