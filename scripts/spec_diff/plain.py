"""The plainest way to write a schema, so that two ways to write the same are no difference.

`true` is `{}`; what is next to a `$ref`, and the parts of an `allOf`, are one schema as far as they do not say
different things; a choice of one is no choice.
"""

from __future__ import annotations

from typing import Any

from spec_walk import Node, sequence

from spec_diff.document import Document

NOTHING: Node = {"not": {}}
"""What `false` means."""
NOTES = frozenset({"title", "description", "$comment", "examples", "example", "externalDocs", "xml", "$defs"})
"""Keys of a schema that say nothing about values."""
_LOOKS_AROUND = frozenset({"additionalProperties", "unevaluatedProperties", "patternProperties", "unevaluatedItems"})
"""Keys whose meaning depends on what else stands in the same schema."""


def both_plain(old_document: Document, new_document: Document, old: object, new: object) -> tuple[object, object]:
    """The plainest forms of two schemas. Where one of them is a choice, the other is a choice of one."""
    before, after = plain(old_document, old), plain(new_document, new)
    if isinstance(before, dict) and isinstance(after, dict):
        if key := _choice(after, before):
            return {key: [before]}, after
        if key := _choice(before, after):
            return before, {key: [after]}
    return before, after


def _choice(schema: Node, other: Node) -> str:
    """The keyword of a schema that is nothing but a choice, while the other one is not."""
    said = schema.keys() - NOTES
    if (
        len(said) != 1
        or not said <= {"anyOf", "oneOf"}
        or not other.keys() - NOTES
        or other.keys() & {"anyOf", "oneOf"}
    ):
        return ""
    return str(next(iter(said)))


def plain(document: Document, schema: object, depth: int = 0) -> object:
    """The plainest form of a schema; itself where it is plain already."""
    if isinstance(schema, bool):
        return {} if schema else NOTHING
    if not isinstance(schema, dict) or depth > 20:
        return schema
    parts = list(sequence(schema.get("allOf")))
    choices = [key for key in ("anyOf", "oneOf") if len(sequence(schema.get(key))) == 1]
    if not parts and not choices and "$ref" not in schema:
        return schema
    if len(schema) == 1 and "$ref" in schema:
        return plain(document, document.resolve(schema)[0], depth + 1)
    own = {key: value for key, value in schema.items() if key not in ("$ref", "allOf", *choices)}
    if "$ref" in schema:
        parts.insert(0, {"$ref": schema["$ref"]})
    parts += [schema[key][0] for key in choices]
    left: list[Any] = []
    for part in parts:
        found = plain(document, part, depth + 1)
        if not isinstance(found, dict) or not _merge(own, found):
            left.append(part)
    return own | ({"allOf": left} if left else {})


def _merge(own: dict[str, Any], part: Node) -> bool:
    """Add a part of an `allOf` to the rest, if that does not change what it means."""
    said = {key: value for key, value in part.items() if key not in NOTES}
    if said.keys() & _LOOKS_AROUND or own.keys() & _LOOKS_AROUND:
        if own.keys() - NOTES:
            return False
        own |= said
        return True
    if any(key in own and own[key] != value for key, value in said.items() if key not in ("properties", "required")):
        return False
    properties, others = own.get("properties", {}), said.get("properties", {})
    if any(name in properties and properties[name] != value for name, value in others.items()):
        return False
    required = [*sequence(own.get("required")), *sequence(said.get("required"))]
    own |= said
    if properties or others:
        own["properties"] = {**properties, **others}
    if required:
        own["required"] = list(dict.fromkeys(required))
    return True
