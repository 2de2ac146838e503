"""Every key of the document is one that OpenAPI 3.1, JSON Schema 2020-12 or this project knows.

A key that nobody knows is ignored by every tool, so a misspelt one is a rule that never applies. Texts with a
comma that are not quoted give such keys too: `{description: A name, or an id}` has the key `or an id`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from spec_walk import METHODS, Spec, escape, mapping, sequence, walk

from spec_rules.finding import Finding, Findings, among, listed

ON_OPERATIONS = frozenset({"x-access", "x-audit", "x-effect", "x-idempotent", "x-lock", "x-problems", "x-rows"})
EXTENSIONS = ON_OPERATIONS | {"x-dry-run", "x-enum-varnames", "x-headers", "x-problem", "x-problem-codes", "x-secret"}
OPERATION = re.compile(rf"/paths/[^/]+/(?:{'|'.join(METHODS)})")
PROPERTY = re.compile(r"/components/schemas/[^/]+/properties/[^/]+")


def _fields(names: str, **children: object) -> Mapping[str, object]:
    return dict.fromkeys(names.split()) | children


_STYLED = "description required deprecated allowEmptyValue style explode allowReserved example"
_STYLED_CHILDREN: Mapping[str, object] = {
    "schema": "schema",
    "examples": {"*": "example"},
    "content": {"*": "media type"},
}

KINDS: Mapping[str, Mapping[str, object]] = {
    "document": _fields(
        "openapi jsonSchemaDialect security",
        info="info",
        servers=["server"],
        paths={"*": "path"},
        webhooks={"*": "path"},
        components="components",
        tags=["tag"],
        externalDocs="external documentation",
    ),
    "info": _fields("title summary description termsOfService version", contact="contact", license="license"),
    "contact": _fields("name url email"),
    "license": _fields("name identifier url"),
    "server": _fields("url description", variables={"*": "server variable"}),
    "server variable": _fields("enum default description"),
    "tag": _fields("name description", externalDocs="external documentation"),
    "external documentation": _fields("description url"),
    "components": _fields(
        "callbacks",
        schemas={"*": "schema"},
        responses={"*": "response"},
        parameters={"*": "parameter"},
        examples={"*": "example"},
        requestBodies={"*": "request body"},
        headers={"*": "header"},
        securitySchemes={"*": "security scheme"},
        links={"*": "link"},
        pathItems={"*": "path"},
    ),
    "path": _fields(
        "$ref summary description",
        servers=["server"],
        parameters=["parameter"],
        **dict.fromkeys(METHODS, "operation"),
    ),
    "operation": _fields(
        "tags summary description operationId callbacks deprecated security",
        externalDocs="external documentation",
        parameters=["parameter"],
        requestBody="request body",
        responses={"*": "response"},
        servers=["server"],
    ),
    "parameter": _fields(f"name in {_STYLED}", **_STYLED_CHILDREN),
    "header": _fields(_STYLED, **_STYLED_CHILDREN),
    "request body": _fields("description required", content={"*": "media type"}),
    "response": _fields("description", headers={"*": "header"}, content={"*": "media type"}, links={"*": "link"}),
    "media type": _fields("example", schema="schema", examples={"*": "example"}, encoding={"*": "encoding"}),
    "encoding": _fields("contentType style explode allowReserved", headers={"*": "header"}),
    "example": _fields("summary description value externalValue"),
    "link": _fields("operationRef operationId parameters requestBody description", server="server"),
    "security scheme": _fields("type description name in scheme bearerFormat flows openIdConnectUrl"),
    "schema": _fields(
        "$id $schema $ref $anchor $dynamicRef $dynamicAnchor $vocabulary $comment "
        "type enum const multipleOf maximum exclusiveMaximum minimum exclusiveMinimum maxLength minLength pattern "
        "maxItems minItems uniqueItems maxContains minContains maxProperties minProperties required dependentRequired "
        "title description default deprecated readOnly writeOnly examples example "
        "format contentEncoding contentMediaType discriminator xml",
        externalDocs="external documentation",
        **{key: {"*": "schema"} for key in ("$defs", "properties", "patternProperties", "dependentSchemas")},
        **{key: ["schema"] for key in ("allOf", "anyOf", "oneOf", "prefixItems")},
        **dict.fromkeys(("items", "contains", "propertyNames", "not", "if", "then", "else", "contentSchema"), "schema"),
        **dict.fromkeys(("additionalProperties", "unevaluatedItems", "unevaluatedProperties"), "schema"),
    ),
}
"""The keys of each kind of object, and which kind of object each of them holds: one, a list, or a mapping of them."""


def keywords(spec: Spec) -> Findings:
    """No key that OpenAPI 3.1 and JSON Schema 2020-12 do not know."""
    return _unknown(spec.document, "document", "")


def _unknown(node: object, kind: str, pointer: str) -> Findings:
    known = KINDS[kind]
    for key, value in mapping(node).items():
        at = f"{pointer}/{escape(key)}"
        if key in known:
            for child_kind, child, child_at in _children(known[key], value, at):
                yield from _unknown(child, child_kind, child_at)
        elif not key.startswith("x-") and not ("$ref" in mapping(node) and kind != "schema"):
            comma = "; if it is part of a text with a comma, quote the text" if value is None else ""
            yield Finding(at, f"{key!r} is not a keyword of a {kind}{comma}")


def _children(shape: object, value: object, pointer: str) -> Sequence[tuple[str, object, str]]:
    if isinstance(shape, str):
        return [(shape, value, pointer)]
    if isinstance(shape, list):
        return [(shape[0], child, f"{pointer}/{index}") for index, child in enumerate(sequence(value))]
    if isinstance(shape, dict):
        return [(shape["*"], child, f"{pointer}/{escape(name)}") for name, child in mapping(value).items()]
    return []


def extensions(spec: Spec) -> Findings:
    """A misspelt or misplaced extension would be ignored, and `x-secret` is what keeps a secret out of a repr."""
    catalogue = mapping(spec.document.get("x-problem-codes"))
    for pointer, node in walk(spec.document):
        if pointer.endswith(("/properties", "/headers")):
            continue
        for key, value in mapping(node).items():
            if not key.startswith("x-"):
                continue
            if key not in EXTENSIONS:
                yield Finding(f"{pointer}/{key}", f"unknown extension; the extensions are {listed(EXTENSIONS)}")
            elif key in ON_OPERATIONS and not OPERATION.fullmatch(pointer):
                yield Finding(f"{pointer}/{key}", f"`{key}` has an effect only on an operation")
            elif key == "x-secret" and (value is not True or not PROPERTY.fullmatch(pointer)):
                yield Finding(f"{pointer}/{key}", "only `x-secret: true`, on a property of a schema, has an effect")
            elif key == "x-problem" and not among(value, catalogue):
                yield Finding(f"{pointer}/{key}", f"{value!r} is not in x-problem-codes")
