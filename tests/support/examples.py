"""Valid values, made from the schemas of the spec.

What depends on data (which project, whose key) comes from `names`; everything else is the first value
of a short list that fits its schema. A schema that none fits is an error that says where.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import jsonschema_rs

from tests.support import spec

TEXTS = (
    "example",
    "Example 1",
    "EXAMPLE1",
    "example@example.org",
    "https://example.org/example",
    "2026-01-31T12:00:00Z",
    "2026-01-31",
    "0123456789abcdef0123456789abcdef",
    "1",
)
NUMBERS = (1, 0, 10, 100, 0.5, -1)


class NoExample(Exception):
    """The spec asks for something the tests cannot make up; the message says where and what to do."""


def validator(schema: Mapping[str, Any]) -> Any:
    """A validator of a schema of the bundle."""
    return jsonschema_rs.Draft202012Validator({**schema, "components": spec.used_by(schema)}, validate_formats=True)


def value(schema: dict[str, Any], where: str, names: Mapping[str, Any], *, full: bool = False) -> Any:
    """A value that fits a schema.

    Args:
        schema: A schema of the bundle.
        where: What the value is for, such as `create_project/name`.
        names: Values that depend on data, by `operation/field` or by field.
        full: Whether optional fields are filled in too.

    Raises:
        NoExample: None of the values that are tried fits.
    """
    schema = spec.resolve(schema)
    field = where.partition("/")[2]
    if where in names:
        return names[where]
    fits = validator(schema)
    known = names.get(field.rpartition("/")[2])
    if known is not None and fits.is_valid(known):  # not every `key` is that of an account
        return known
    kind = schema.get("type")
    kind = kind[0] if isinstance(kind, list) else kind
    candidates: tuple[Any, ...]
    if "enum" in schema:
        candidates = tuple(schema["enum"])
    elif kind == "object":
        candidates = (_object(schema, where, names, full=full),)
    elif kind == "array":
        count = max(schema.get("minItems", 0), 1)
        candidates = ([value(schema["items"], f"{where}/item", names, full=full)] * count,)
    elif kind == "boolean":
        candidates = (True,)
    elif kind in ("integer", "number"):
        candidates = (*NUMBERS, schema.get("minimum", 0))
    elif kind == "string":
        candidates = (*TEXTS, "x" * schema.get("minLength", 1))
    else:
        candidates = ()
    for candidate in candidates:
        if fits.is_valid(candidate):
            return candidate
    raise NoExample(
        f"{where}: no example fits {schema}; add one to TEXTS in tests/support/examples.py, "
        f"or name it in NAMES of tests/support/calls.py as {where!r}"
    )


def _object(schema: dict[str, Any], where: str, names: Mapping[str, Any], *, full: bool) -> dict[str, Any]:
    properties: dict[str, Any] = schema.get("properties", {})
    wanted = [name for name in properties if full or name in schema.get("required", ())]
    # A PATCH of nothing is refused: take as many fields as it needs.
    for name in properties:
        if len(wanted) < schema.get("minProperties", 0) and name not in wanted:
            wanted.append(name)
    return {name: value(properties[name], f"{where}/{name}", names, full=full) for name in wanted}
