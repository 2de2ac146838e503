"""The document itself: what is neither an operation nor a schema."""

from __future__ import annotations

from spec_walk import Node, mapping

from spec_diff.change import CLIENT, Kind
from spec_diff.operations import opaque, paths, servers
from spec_diff.problems import catalogue
from spec_diff.security import schemes, security
from spec_diff.values import meaning
from spec_diff.walk import At, Comparison, Exempt, Rule

CLASS_REMOVED = Kind("class removed", (CLIENT,), "Import the class that took its place. Nothing changes on the wire.")
WEBHOOKS = Kind("webhooks changed", advice="Take the calls of the server as they are now.")

_TEXT = Exempt("a text for people")


def classes(comparison: Comparison, old: Node, new: Node, at: At) -> None:
    """Objects and enums are classes of the low-level client, with the names of their components."""
    prefix = "#/components/schemas/"
    for reference in sorted(comparison.old.reachable - comparison.new.reachable):
        node = mapping(comparison.old.target(reference))
        is_class = node.keys() & {"properties", "enum", "allOf"} or node.get("type") == "object"
        still_there = set(comparison.old.users(reference)) & comparison.new.operations
        if reference.startswith(prefix) and is_class and still_there:
            name = reference.removeprefix(prefix)
            what = f"The class `{name}` is gone."
            comparison.report(at.component(reference), CLASS_REMOVED, what, breaking=True)


def components(comparison: Comparison, old: Node, new: Node, at: At) -> None:
    """`components`: what is used is compared where it is used; here only what has a name of its own."""
    schemes(comparison, old, new, at)


def info(comparison: Comparison, old: Node, new: Node, at: At) -> None:
    """`info`."""
    comparison.fields("info", mapping(old.get("info")), mapping(new.get("info")), at.down("info"))


DOCUMENT: dict[str, Rule] = {
    "openapi": Exempt("the version of the notation: what is written in it is compared"),
    "jsonSchemaDialect": meaning("jsonSchemaDialect", "Check every schema: its keywords can mean something else."),
    "security": security,
    "info": info,
    "servers": servers,
    "paths": paths,
    "webhooks": opaque("webhooks", WEBHOOKS),
    "components": components,
    "tags": Exempt("the tag of each operation counts, and is compared there"),
    "externalDocs": _TEXT,
    "x-problem-codes": catalogue,
}


def _texts(names: str, reason: str = _TEXT.reason) -> dict[str, Rule]:
    return dict.fromkeys(names.split(), Exempt(reason))


INFO: dict[str, Rule] = {
    **_texts("title summary description termsOfService contact license"),
    "version": Exempt("every release has a new one"),
}
TEXTS: dict[str, dict[str, Rule]] = {
    "contact": _texts("name url email"),
    "license": _texts("name identifier url"),
    "tag": _texts("name description externalDocs"),
    "external documentation": _texts("description url"),
    "example": _texts("summary description value externalValue"),
    "link": _texts(
        "operationRef operationId parameters requestBody description server",
        "links are advice what to call next: nothing of them is on the wire",
    ),
    "encoding": _texts("contentType style explode allowReserved headers", "`encoding` is compared as a whole"),
    "server variable": _texts("enum default description", "`variables` is compared as a whole"),
    "components": _texts(
        "schemas responses parameters examples requestBodies headers securitySchemes links callbacks pathItems",
        "compared where they are used",
    ),
}
