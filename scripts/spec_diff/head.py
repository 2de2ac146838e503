"""The document itself: what is neither an operation nor a schema."""

from __future__ import annotations

import re

from spec_walk import Node, mapping

from spec_diff.bodies import headers
from spec_diff.change import CLIENT, EVERYONE, Kind, Side
from spec_diff.document import Document
from spec_diff.operations import opaque, paths, servers
from spec_diff.parameters import of_operation, parameters
from spec_diff.problems import catalogue
from spec_diff.security import schemes, security
from spec_diff.values import meaning
from spec_diff.walk import At, Comparison, Exempt, Rule

NO_DRY_RUNS = Kind("dry runs removed", EVERYONE, "Do not ask for dry runs: the server refuses them.")
DRY_RUNS = Kind("dry runs added")
CLASS_REMOVED = Kind("class removed", (CLIENT,), "Import the class that took its place. Nothing changes on the wire.")
WEBHOOKS = Kind("webhooks changed", advice="Take the calls of the server as they are now.")

_CLASS = re.compile("#/components/schemas/[^/]+")
_TEXT = Exempt("a text for people")


def classes(comparison: Comparison, old: Node, new: Node, at: At) -> None:
    """Objects and enums are classes of the low-level client, with the names of their components."""
    for reference in sorted(_classes(comparison.old) - _classes(comparison.new)):
        # Whoever lost the operation need not be told that its classes are gone too.
        if comparison.new.operations.intersection(comparison.old.users(reference)):
            place = at.component(reference)
            comparison.report(place, CLASS_REMOVED, f"The class `{place.subject}` is gone.", breaking=True)


def _classes(document: Document) -> set[str]:
    """References to the schemas that some operation uses, and that the generator makes classes of."""
    return {
        reference
        for reference in document.reachable
        if _CLASS.fullmatch(reference) and _is_class(mapping(document.target(reference)))
    }


def _is_class(schema: Node) -> bool:
    return bool(schema.keys() & {"properties", "enum", "allOf"}) or schema.get("type") == "object"


def components(comparison: Comparison, old: Node, new: Node, at: At) -> None:
    """`components`: what is used is compared where it is used; here only what has a name of its own."""
    schemes(comparison, old, new, at)
    comparison.fields("components", mapping(old.get("components")), mapping(new.get("components")), at)


def info(comparison: Comparison, old: Node, new: Node, at: At) -> None:
    """`info`."""
    comparison.fields("info", mapping(old.get("info")), mapping(new.get("info")), at.down("info"))


def dry_runs(comparison: Comparison, old: Node, new: Node, at: At) -> None:
    """`x-dry-run`: the parameter that asks for a dry run of any write, and the answer to it."""
    before, after = mapping(old.get("x-dry-run")), mapping(new.get("x-dry-run"))
    place = At("/x-dry-run", "dry run")
    if not after and before:
        comparison.report(place, NO_DRY_RUNS, "Writes have no dry runs any more.", breaking=True)
    elif not before and after:
        comparison.report(place, DRY_RUNS, "Writes have dry runs.", breaking=False)
    elif before:
        asked, asks = (
            of_operation(document, {}, {"parameters": [node.get("parameter")]}, {})
            for document, node in ((comparison.old, before), (comparison.new, after))
        )
        parameters(comparison, asked, asks, place.down("parameter"))
        answer = place.down("answer").on(Side.ANSWER)
        comparison.compare("schema", before.get("answer", True), after.get("answer", True), answer)


def answer_headers(comparison: Comparison, old: Node, new: Node, at: At) -> None:
    """`x-headers`: the headers of every answer."""
    before, after = ({"headers": mapping(node.get("x-headers"))} for node in (old, new))
    headers(comparison, before, after, At("/x-headers", "every answer").on(Side.ANSWER))


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
    "x-headers": answer_headers,
    "x-dry-run": dry_runs,
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
