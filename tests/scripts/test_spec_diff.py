"""Whatever breaks a caller is found, and nothing else: pairs of small documents, and random edits of the real spec."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import bundle_spec
import check_breaking
import pytest
from hypothesis import given
from hypothesis import strategies as st
from mlsteward_server.access.ladders import PROJECT_LADDER, WORKSPACE_LADDER
from mlsteward_server.domains.registry import resources
from mlsteward_server.spec import ADMINISTERS, SCOPES
from spec_diff import RULES, Change, Document, Exempt, access, compare
from spec_diff.change import CLIENT, EVERYONE, FACADE, HTTP, OPERATORS
from spec_rules.access import ACCESS_KEYS, ROLES
from spec_rules.keywords import EXTENSIONS, KINDS
from spec_rules.operations import AUDIT_KEYS
from spec_rules.problems import ENTRY_KEYS
from spec_walk import walk

from tests.scripts.mutations import cut, mutations, put
from tests.support import spec
from tests.support.depth import searching

Json = dict[str, Any]
Edit = Callable[[Json], Json]

GET = "/paths/~1things~1{thing}/get"
POST = "/paths/~1things/post"
ANSWER = f"{GET}/responses/200"
BODY = f"{POST}/requestBody"
TEXT = {"type": "string"}


def small() -> Json:
    """A document with a read and a write."""
    key = {"name": "Idempotency-Key", "in": "header", "schema": dict(TEXT)}
    kinds = {"name": "kind", "in": "query", "schema": {"type": "array", "items": dict(TEXT)}}
    thing = {"$ref": "#/components/schemas/Thing"}
    problem = {"description": "No.", "content": {"application/problem+json": {"schema": dict(TEXT)}}}
    return {
        "openapi": "3.1.0",
        "info": {"title": "t", "version": "1.0.0"},
        "servers": [{"url": "/api/v1"}],
        "security": [{"bearer": []}, {"token": []}],
        "tags": [{"name": "things"}],
        "x-headers": {"X-Id": {"schema": dict(TEXT)}},
        "x-dry-run": {
            "parameter": {"name": "dry_run", "in": "query", "schema": {"type": "boolean"}},
            "answer": {"type": "object", "required": ["status"], "properties": {"status": dict(TEXT)}},
        },
        "x-problem-codes": {
            "no": {
                "status": 404,
                "title": "No",
                "class": "No",
                "base": "NotFound",
                "also": "ValueError",
                "resource": "a",
            },
            "bad": {"status": 422, "title": "Bad"},
        },
        "paths": {
            "/things/{thing}": {
                "parameters": [{"name": "thing", "in": "path", "required": True, "schema": dict(TEXT)}],
                "get": {
                    "operationId": "get_thing",
                    "tags": ["things"],
                    "parameters": [kinds],
                    "x-access": {"allow": "viewer", "on": "project", "or_self": "thing", "public": True},
                    "x-idempotent": "safe",
                    "x-problems": ["no"],
                    "responses": {
                        "200": {
                            "description": "It.",
                            "headers": {"ETag": {"schema": dict(TEXT)}},
                            "content": {"application/json": {"schema": thing}, "text/csv": {"schema": dict(TEXT)}},
                        },
                        "default": problem,
                    },
                },
            },
            "/things": {
                "post": {
                    "operationId": "create_thing",
                    "tags": ["things"],
                    "parameters": [key],
                    "x-access": {
                        "allow": "member",
                        "on": "workspace",
                        "when": [{"query": "kind", "equals": "b", "allow": "admin"}, {"body": "a", "scope": "admin"}],
                    },
                    "x-audit": {"action": "create", "object": "thing", "id": "result", "event": "Made it"},
                    "x-idempotent": "key",
                    "x-problems": [],
                    "requestBody": {"required": True, "content": {"application/json": {"schema": dict(TEXT)}}},
                    "responses": {"204": {"description": "Done."}, "default": problem},
                }
            },
        },
        "components": {
            "securitySchemes": {
                "bearer": {"type": "http", "scheme": "bearer"},
                "token": {"type": "apiKey", "in": "header", "name": "X-Key"},
            },
            "schemas": {"Thing": {"type": "object", "properties": {"name": dict(TEXT)}}},
        },
    }


def to(pointer: str, value: Any) -> Edit:
    """Set what a JSON pointer names."""
    return lambda document: put(document, pointer, value)


def no(pointer: str) -> Edit:
    """Remove what a JSON pointer names."""
    return lambda document: cut(document, pointer)


def both(*edits: Edit) -> Edit:
    """Several edits, one after the other."""

    def edit(document: Json) -> Json:
        for each in edits:
            document = each(document)
        return document

    return edit


def found(old: Json, new: Json) -> dict[str, bool]:
    """Whether each change breaks something, by its heading."""
    return {change.heading: change.breaking for change in compare(old, new)}


def breaks(old: Json, new: Json) -> bool:
    return any(found(old, new).values())


# ---- schemas: what accepts less breaks requests, what holds more breaks answers


def in_request(schema: object) -> Json:
    return put(small(), f"{BODY}/content/application~1json/schema", schema)


def in_answer(schema: object) -> Json:
    return put(small(), f"{ANSWER}/content/application~1json/schema", schema)


NARROWER: list[tuple[str, object, object]] = [
    ("type", {}, TEXT),
    ("type", {"type": ["string", "null"]}, TEXT),
    ("type", {"type": "number"}, {"type": "integer"}),
    ("format", TEXT, {"type": "string", "format": "email"}),
    ("format", {"type": "integer", "format": "int64"}, {"type": "integer", "format": "int32"}),
    ("multipleOf", {"multipleOf": 5}, {"multipleOf": 10}),
    ("multipleOf", {}, {"multipleOf": 10}),
    ("minLength", {}, {"minLength": 1}),
    ("minItems", {"minItems": 0}, {"minItems": 1}),
    ("minProperties", {}, {"minProperties": 2}),
    ("minimum", {"minimum": -1}, {"minimum": 0}),
    ("exclusiveMinimum", {}, {"exclusiveMinimum": 0}),
    ("maximum", {"maximum": 500}, {"maximum": 499.5}),
    ("exclusiveMaximum", {}, {"exclusiveMaximum": 0}),
    ("maxLength", {}, {"maxLength": 0}),
    ("maxItems", {"maxItems": 9}, {"maxItems": 8}),
    ("maxProperties", {}, {"maxProperties": 8}),
    ("maxContains", {"contains": TEXT}, {"contains": TEXT, "maxContains": 2}),
    ("minContains", {"contains": TEXT, "minContains": 1}, {"contains": TEXT, "minContains": 2}),
    ("pattern", TEXT, {"type": "string", "pattern": "^a$"}),
    ("uniqueItems", {"uniqueItems": False}, {"uniqueItems": True}),
    ("dependentRequired", {}, {"dependentRequired": {"a": ["b"]}}),
    ("items", {"type": "array"}, {"type": "array", "items": TEXT}),
    ("items", {"items": {"maxLength": 2}}, {"items": {"maxLength": 1}}),
    ("contains", {}, {"contains": TEXT}),
    ("contains", {"contains": {"type": ["string", "null"]}}, {"contains": TEXT}),
    ("propertyNames", {}, {"propertyNames": {"maxLength": 3}}),
    ("unevaluatedItems", {}, {"unevaluatedItems": TEXT}),
    ("prefixItems", {}, {"prefixItems": [TEXT]}),
    ("prefixItems", {"prefixItems": [{}, TEXT]}, {"prefixItems": [TEXT, TEXT]}),
    ("patternProperties", {}, {"patternProperties": {"^x": TEXT}}),
    ("dependentSchemas", {}, {"dependentSchemas": {"a": {"maxProperties": 3}}}),
    ("contentSchema", {}, {"contentSchema": TEXT}),
    ("not", {}, {"not": TEXT}),
    ("if", {}, {"if": TEXT, "then": {"maxLength": 1}}),
    ("then", {"if": TEXT, "then": {"maxLength": 2}}, {"if": TEXT, "then": {"maxLength": 1}}),
    ("else", {"if": TEXT, "else": {"maximum": 2}}, {"if": TEXT, "else": {"maximum": 1}}),
    ("allOf", {"allOf": [{"maxLength": 9}, {"maxLength": 8}]}, {"allOf": [{"maxLength": 9}, {"maxLength": 7}]}),
    ("allOf", {"type": "string"}, {"type": "string", "allOf": [{"maxLength": 9}, {"minLength": 3}]}),
    ("anyOf", {"anyOf": [TEXT, {"type": "integer"}]}, {"anyOf": [TEXT]}),
    ("anyOf", {"anyOf": [TEXT, {"type": "integer"}, {"type": "null"}]}, {"anyOf": [{"type": "null"}, TEXT]}),
    ("oneOf", {"oneOf": [TEXT, {"type": "integer"}]}, TEXT),
    ("oneOf", {"oneOf": [TEXT, {"type": "number"}]}, {"oneOf": [TEXT, {"type": "integer"}]}),
    ("enum", TEXT, {"type": "string", "enum": ["a"]}),
    ("const", {}, {"const": "a"}),
    ("type", True, {"type": "string"}),
    ("not", True, False),
    ("required", {"properties": {"a": TEXT}}, {"properties": {"a": TEXT}, "required": ["a"]}),
    ("required", {}, {"required": ["a"]}),
    ("additionalProperties", {"additionalProperties": {}}, {"additionalProperties": TEXT}),
    ("unevaluatedProperties", {"unevaluatedProperties": {}}, {"unevaluatedProperties": TEXT}),
]


@pytest.mark.parametrize(("key", "wide", "narrow"), NARROWER, ids=lambda value: value if isinstance(value, str) else "")
def test_what_accepts_less_breaks_requests_and_what_accepts_more_breaks_answers(
    key: str, wide: object, narrow: object
) -> None:
    assert breaks(in_request(wide), in_request(narrow))
    assert not breaks(in_request(narrow), in_request(wide))
    assert breaks(in_answer(narrow), in_answer(wide))
    assert not breaks(in_answer(wide), in_answer(narrow))
    for document in (in_request, in_answer):
        for one, other in ((wide, narrow), (narrow, wide)):
            assert found(document(one), document(other)), "not even mentioned"


SCHEMA: list[tuple[str, object, object, bool, bool]] = [
    # what, before, after, breaks requests, breaks answers
    ("type", TEXT, {"type": "integer"}, True, True),
    ("format", {"format": "date"}, {"format": "uuid"}, True, True),
    ("format", TEXT, {"type": "string", "format": "uuid"}, True, True),
    ("format", {"type": "string", "format": "date-time"}, TEXT, True, True),
    ("pattern", {"pattern": "a"}, {"pattern": "b"}, True, True),
    ("multipleOf", {"multipleOf": 4}, {"multipleOf": 6}, True, True),
    ("enum", {"enum": ["a"]}, {"enum": ["a", "b"]}, False, False),
    ("enum", {"enum": [1]}, {"enum": [1, 2]}, False, True),
    ("enum", {"enum": ["a", "b"]}, {"enum": ["a"]}, True, True),
    ("enum", {"enum": ["a", "b"]}, {"enum": ["b", "a"]}, False, False),
    ("const", {"const": "a"}, {"enum": ["a", "b"]}, False, True),
    ("const", {"const": "a"}, {"const": "b"}, True, True),
    ("properties", {"properties": {"a": TEXT}}, {"properties": {}}, True, True),
    ("properties", {"properties": {}}, {"properties": {"a": TEXT}}, False, False),
    ("properties", {"properties": {"a": TEXT}}, {"properties": {"b": TEXT}}, True, True),
    ("properties", {}, {"properties": {"a": TEXT}, "required": ["a"]}, True, False),
    ("required", {"required": ["a", "b"]}, {"required": ["b", "a"]}, False, False),
    ("additionalProperties", {}, {"additionalProperties": False}, True, False),
    ("additionalProperties", {"additionalProperties": False}, {}, False, False),
    ("additionalProperties", {}, {"additionalProperties": True}, False, False),
    ("unevaluatedProperties", {}, {"unevaluatedProperties": False}, True, False),
    ("not", {"not": {"maxLength": 3}}, {"not": {"maxLength": 2}}, True, True),
    ("not", {"not": {"enum": ["a"]}}, {"not": {"enum": ["a", "b"]}}, True, True),
    ("if", {"if": {"maximum": 1}}, {"if": {"maximum": 2}}, True, True),
    ("readOnly", {}, {"readOnly": True}, True, False),
    ("readOnly", {"readOnly": True}, {}, False, False),
    ("writeOnly", {}, {"writeOnly": True}, False, True),
    ("deprecated", {}, {"deprecated": True}, False, False),
    ("default", {}, {"default": 1}, True, True),
    ("default", {"default": 2}, {"default": 1}, True, True),
    *(
        (key, {key: "a"}, {key: "b"}, True, True)
        for key in ("$id", "$schema", "$anchor", "$dynamicRef", "$dynamicAnchor")
    ),
    ("$vocabulary", {}, {"$vocabulary": {"x": True}}, True, True),
    ("discriminator", {}, {"discriminator": {"propertyName": "a"}}, True, True),
    ("contentEncoding", {}, {"contentEncoding": "base64"}, True, True),
    ("contentMediaType", {}, {"contentMediaType": "image/png"}, True, True),
    ("x-enum-varnames", {"enum": ["a"]}, {"enum": ["a"], "x-enum-varnames": ["A"]}, False, False),
    ("x-enum-varnames", {"enum": ["a"]}, {"enum": ["a"], "x-enum-varnames": ["B"]}, True, True),
    ("x-problem", {}, {"x-problem": "bad"}, True, False),
    ("x-problem", {"x-problem": "bad"}, {"x-problem": "no"}, True, False),
    ("x-secret", {}, {"x-secret": True}, False, False),
    ("x-secret", {"x-secret": True}, {}, True, True),
    ("anyOf", {"anyOf": [TEXT, {"type": "null"}]}, {"oneOf": [TEXT, {"type": "null"}]}, True, True),
    ("unheard-of", {}, {"unheard-of": 1}, True, True),
    ("description", {"description": "a"}, {"description": "b", "title": "c", "examples": [1]}, False, False),
    ("$defs", {}, {"$defs": {"a": TEXT}}, False, False),
]


@pytest.mark.parametrize(
    ("key", "before", "after", "request_breaks", "answer_breaks"),
    SCHEMA,
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_schemas_whose_keywords_have_rules_of_their_own(
    key: str, before: object, after: object, request_breaks: bool, answer_breaks: bool
) -> None:
    assert breaks(in_request(before), in_request(after)) is request_breaks
    assert breaks(in_answer(before), in_answer(after)) is answer_breaks


SAME: list[tuple[object, object]] = [
    (True, {}),
    (TEXT, {"allOf": [TEXT]}),
    (TEXT, {"anyOf": [TEXT], "description": "a"}),
    ({"type": "string", "maxLength": 3}, {"type": "string", "allOf": [{"maxLength": 3}]}),
    (
        {"properties": {"a": TEXT, "b": TEXT}, "required": ["a", "b"]},
        {"allOf": [{"properties": {"a": TEXT}, "required": ["a"]}, {"properties": {"b": TEXT}, "required": ["b"]}]},
    ),
    ({"anyOf": [TEXT, {"type": "null"}]}, {"anyOf": [{"type": "null"}, TEXT]}),
    ({"minLength": 0, "uniqueItems": False, "items": {}}, {}),
    ({"type": ["string", "null"]}, {"type": ["null", "string"]}),
    ({"type": "object", "properties": {"name": TEXT}}, {"$ref": "#/components/schemas/Thing"}),
]


@pytest.mark.parametrize(("one", "other"), SAME)
@pytest.mark.parametrize("document", [in_request, in_answer])
def test_two_ways_to_write_the_same_schema_are_no_difference(
    document: Callable[[object], Json], one: object, other: object
) -> None:
    again = {"200": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}}}
    before, after = (put(document(schema), f"{POST}/responses", again) for schema in (one, other))
    assert found(before, after) == found(after, before) == {}


def test_the_parts_of_an_all_of_that_look_around_are_not_merged() -> None:
    """`additionalProperties: false` refuses what only the other part names, so moving a property there breaks."""
    closed = {"properties": {"a": TEXT}, "additionalProperties": False}
    open_, moved = {"properties": {"b": TEXT}}, {"properties": {"a": TEXT, "b": TEXT}, "additionalProperties": False}
    assert breaks(in_request({"allOf": [moved, {"maxProperties": 9}]}), in_request({"allOf": [closed, open_]}))


def test_a_schema_that_contains_itself_is_compared_once() -> None:
    tree = {"type": "object", "properties": {"child": {"$ref": "#/components/schemas/Tree"}, "name": TEXT}}
    old = put(in_answer({"$ref": "#/components/schemas/Tree"}), "/components/schemas/Tree", tree)
    new = put(old, "/components/schemas/Tree/properties/name/type", "integer")
    assert found(old, new) == {"Tree.name: type changed (string to integer)": True}


def test_a_choice_that_contains_itself_is_matched_once() -> None:
    """Variants are matched by trying, and trying must end."""
    variants = [{"type": "array", "items": {"$ref": "#/components/schemas/Tree"}}, {"type": "integer", "maximum": 3}]
    old = put(
        in_request({"$ref": "#/components/schemas/Tree"}), "/components/schemas/Tree", {"oneOf": [*variants, TEXT]}
    )
    new = put(old, "/components/schemas/Tree", {"oneOf": [{"type": "integer"}, variants[0]]})
    assert breaks(old, new)


def test_two_long_values_that_begin_alike_are_two_changes() -> None:
    old, new, other = (in_request({"pattern": "a" * 200 + last}) for last in "xyz")
    assert found(old, new).keys() != found(old, other).keys()


# ---- everything else

CASES: list[tuple[str, Edit, Edit, dict[str, bool]]] = [
    # rule, how the document is before and what is changed, and what is found
]


def case(rule: str, edit: Edit, *expected: str, before: Edit = copy.deepcopy) -> None:
    """Add a case: a change that is expected with an exclamation mark breaks something."""
    headings = {text.removeprefix("! "): text.startswith("! ") for text in expected}
    CASES.append((rule, before, edit, headings))


KIND = f"{GET}/parameters/0"
ETAG = f"{ANSWER}/headers/ETag"
JSON_BODY = f"{BODY}/content/application~1json"
OLD_ACCESS = f"{POST}/x-access"
QUERY = "get_thing query kind"

case("operation", no(GET), "! get_thing: operation removed")
case("operation", to("/paths/~1things/get", {"operationId": "list_things"}), "list_things: operation added")
case(
    "operation",
    both(to("/paths/~1items", small()["paths"]["/things"]), no("/paths/~1things")),
    "! create_thing: path changed (POST /things to POST /items)",
)
case("operation.operationId", to(f"{GET}/operationId", "read_thing"), "! get_thing: operation renamed (to read_thing)")
case("operation.tags", to(f"{GET}/tags", ["others"]), "! get_thing: tag changed (things to others)")
case("operation.deprecated", to(f"{GET}/deprecated", True), "get_thing: deprecated")
case("operation.callbacks", to(f"{GET}/callbacks", {"a": {}}), "! get_thing: callbacks changed")
case("operation.servers", to(f"{GET}/servers", [{"url": "/x"}]), "! get_thing: server changed (/x)")
case("operation.security", to(f"{GET}/security", []), "get_thing: security widened (no credential)")
case(
    "operation.security",
    to(f"{GET}/security", [{"bearer": [], "token": []}]),
    "! get_thing: security narrowed (bearer)",
    "! get_thing: security narrowed (token)",
)
case("operation.summary", both(to(f"{GET}/summary", "a"), to(f"{GET}/externalDocs", {"url": "a"})))
case("operation.unheard-of", to(f"{GET}/unheard-of", 1), "! get_thing: not understood (unheard-of)")
case("path.servers", to("/paths/~1things/servers", [{"url": "/x"}]), "! /things: server changed (/x)")
case(
    "path",
    no("/paths/~1things~1{other}"),
    "! replace_thing: operation removed",
    before=to("/paths/~1things~1{other}", {"put": {"operationId": "replace_thing"}}),
)
case(
    "operation.unheard-of",
    to("/components/schemas/Thing/properties/name/maxLength", 3),
    "! get_thing: not understood (x-other)",
    "Thing.name: maxLength narrowed (none to 3)",
    before=to(f"{GET}/x-other", {"$ref": "#/components/schemas/Thing"}),
)
case(
    "parameter",
    to("/components/parameters/Sort/required", True),
    "! parameters/Sort: required",
    before=both(
        to("/components/parameters/Sort", {"name": "sort", "in": "query"}),
        to(f"{GET}/parameters/1", {"$ref": "#/components/parameters/Sort", "description": "The order."}),
    ),
)
case(
    "parameter",
    to(f"{GET}/parameters/1/required", True),
    "! parameters/Sort: required",
    before=both(
        to("/components/parameters/Sort", {"name": "sort", "in": "query"}),
        to(f"{GET}/parameters/1", {"$ref": "#/components/parameters/Sort"}),
    ),
)
case("path.unheard-of", to("/paths/~1things/unheard-of", 1), "! /things: not understood (unheard-of)")
case(
    "path",
    lambda document: json.loads(
        json.dumps(document)
        .replace("/{thing}", "/{item}")
        .replace('"name": "thing", "in"', '"name": "item", "in"')
        .replace('"or_self": "thing"', '"or_self": "item"')
    ),
    "! get_thing path item: path parameter renamed (thing to item)",
)

case("parameter", no(KIND), f"! {QUERY}: parameter removed")
case("parameter", to(f"{KIND}/in", "header"), "! get_thing header kind: parameter moved (query to header)")
case("parameter", to(f"{KIND}/name", "sort"), f"! {QUERY}: parameter removed", "get_thing query sort: parameter added")
case("parameter.name", to(f"{POST}/parameters/0/name", "IDEMPOTENCY-KEY"))
case("parameter.required", to(f"{KIND}/required", True), f"! {QUERY}: required")
case("parameter.required", no(f"{KIND}/required"), f"{QUERY}: optional", before=to(f"{KIND}/required", True))
case(
    "parameter.required",
    to(f"{GET}/parameters/1", {"name": "a", "in": "query", "required": True}),
    "! get_thing query a: required parameter added",
)
case("parameter.deprecated", to(f"{KIND}/deprecated", True), f"{QUERY}: deprecated")
case(
    "parameter.explode",
    to(f"{KIND}/explode", False),
    f"! {QUERY}: notation changed (form, exploded to form, not exploded)",
)
case("parameter.explode", both(to(f"{KIND}/explode", True), to(f"{KIND}/style", "form")))
case(
    "parameter.style",
    to(f"{KIND}/style", "deepObject"),
    f"! {QUERY}: notation changed (form, exploded to deepObject, not exploded)",
)
case("parameter.allowEmptyValue", to(f"{KIND}/allowEmptyValue", True), f"{QUERY}: allowEmptyValue changed")
case(
    "parameter.allowReserved",
    no(f"{KIND}/allowReserved"),
    f"! {QUERY}: allowReserved changed",
    before=to(f"{KIND}/allowReserved", True),
)
case(
    "parameter.schema",
    to(f"{KIND}/schema/items/maxLength", 3),
    f"! {QUERY}[]: maxLength narrowed (none to 3)",
)
case(
    "parameter.content",
    both(no(f"{KIND}/schema"), to(f"{KIND}/content", {"application/json": {}})),
    f"! {QUERY}: notation changed",
)
case(
    "parameter.content",
    to(f"{KIND}/content/application~1json/schema", TEXT),
    f"! {QUERY}: type narrowed (none to string)",
    before=both(no(f"{KIND}/schema"), to(f"{KIND}/content", {"application/json": {}})),
)
case("parameter.description", to(f"{KIND}/description", "a"))

case("header", no(ETAG), "! get_thing answer 200 header ETag: header removed")
case("header", to(f"{ANSWER}/headers/Link", {}), "get_thing answer 200 header Link: header added")
case("header.required", to(f"{ETAG}/required", True), "get_thing answer 200 header ETag: required")
case(
    "header.required",
    no(f"{ETAG}/required"),
    "! get_thing answer 200 header ETag: optional",
    before=to(f"{ETAG}/required", True),
)
case("header.deprecated", to(f"{ETAG}/deprecated", True), "get_thing answer 200 header ETag: deprecated")
for _key in ("style", "explode"):
    case(
        f"header.{_key}",
        to(f"{ETAG}/explode", True),
        "! get_thing answer 200 header ETag: notation changed (simple, not exploded to simple, exploded)",
    )
for _key in ("allowEmptyValue", "allowReserved"):
    case(f"header.{_key}", to(f"{ETAG}/{_key}", True), f"! get_thing answer 200 header ETag: {_key} changed")
case(
    "header.schema",
    to(f"{ETAG}/schema/type", "integer"),
    "! get_thing answer 200 header ETag: type changed (string to integer)",
)
case(
    "header.content",
    both(no(f"{ETAG}/schema"), to(f"{ETAG}/content", {})),
    "! get_thing answer 200 header ETag: notation changed",
)

case("operation.requestBody", no(BODY), "! create_thing body: request body removed")
case("operation.requestBody", to(f"{GET}/requestBody", {}), "get_thing body: request body added")
case(
    "operation.requestBody",
    to(f"{GET}/requestBody", {"required": True}),
    "! get_thing body: required request body added",
)
case("request body.required", to(f"{BODY}/required", False), "create_thing body: optional")
case(
    "request body.required",
    to(f"{BODY}/required", True),
    "! create_thing body: required",
    before=no(f"{BODY}/required"),
)
case(
    "request body.content",
    both(no(JSON_BODY), to(f"{BODY}/content/text~1csv", {})),
    "! create_thing body: media type removed",
    "create_thing body text/csv: media type added",
)
case(
    "media type.schema",
    to(f"{JSON_BODY}/schema/maxLength", 3),
    "! create_thing body: maxLength narrowed (none to 3)",
)
case("media type.encoding", to(f"{JSON_BODY}/encoding", {"a": {}}), "! create_thing body: encoding changed")
case("media type.examples", to(f"{JSON_BODY}/examples", {"a": {}}))

case(
    "operation.responses",
    both(to(f"{GET}/responses/201", small()["paths"]["/things/{thing}"]["get"]["responses"]["200"]), no(ANSWER)),
    "! get_thing: success status changed (200 to 201)",
)
case("operation.responses", to(f"{GET}/responses/202", {}), "! get_thing answer 202: success added")
case("operation.responses", to(f"{GET}/responses/301", {}), "! get_thing answer 301: success added")
case("operation.responses", no(ANSWER), "! get_thing answer 200: success removed", "! Thing: class removed")
case("operation.responses", no(f"{GET}/responses/default"), "! get_thing answer default: answer removed")
case(
    "operation.responses",
    to(f"{GET}/responses/404", small()["paths"]["/things/{thing}"]["get"]["responses"]["default"]),
    "get_thing answer 404: answer added",
)
case(
    "operation.responses",
    to(f"{GET}/responses/404", {"description": "No."}),
    "get_thing answer 404: answer added",
    "! get_thing answer 404 application/problem+json: media type removed",
)
case("response.headers", to(f"{ANSWER}/headers", {}), "! get_thing answer 200 header ETag: header removed")
case("response.headers", both(to(f"{ANSWER}/headers/etag", {"schema": TEXT}), no(ETAG)))
case(
    "response.content",
    no(f"{ANSWER}/content/text~1csv"),
    "! get_thing answer 200 text/csv: media type removed",
)
case("response.links", to(f"{ANSWER}/links", {"a": {}}))

case(
    "x-access.allow",
    to(f"{OLD_ACCESS}/allow", "admin"),
    "! create_thing: scope raised (write to admin)",
    "! create_thing: access narrowed (member on workspace to admin on workspace)",
)
case(
    "x-access.allow",
    to(f"{OLD_ACCESS}/allow", "guest"),
    "create_thing: access widened (member on workspace to guest on workspace)",
)
case(
    "x-access.allow",
    to(f"{OLD_ACCESS}/allow", "king"),
    "! create_thing: access narrowed (member on workspace to king on workspace)",
)
case(
    "x-access.on",
    to(f"{GET}/x-access/on", "dataset"),
    "! get_thing: access narrowed (viewer on project to viewer on dataset)",
)
case(
    "x-access.on",
    both(no(f"{GET}/x-access/on"), to(f"{GET}/x-access/allow", "authenticated")),
    "get_thing: access widened (viewer on project to authenticated)",
)
case("x-access.from", to(f"{OLD_ACCESS}/from", "body"), "! create_thing: access on something else (path to body)")
case("x-access.or_self", no(f"{GET}/x-access/or_self"), "! get_thing: access narrowed (or_self)")
case("x-access.or_self", to(f"{OLD_ACCESS}/or_self", "user"), "create_thing: access widened (or_self)")
case(
    "x-access.service_accounts",
    to(f"{OLD_ACCESS}/service_accounts", False),
    "! create_thing: access narrowed (service_accounts)",
)
case(
    "x-access.service_accounts",
    no(f"{OLD_ACCESS}/service_accounts"),
    "create_thing: access widened (service_accounts)",
    before=to(f"{OLD_ACCESS}/service_accounts", False),
)
case("x-access.public", no(f"{GET}/x-access/public"), "! get_thing: access narrowed (public)")
case("x-access.public", to(f"{OLD_ACCESS}/public", True), "create_thing: access widened (public)")
case("x-access.identified", to(f"{GET}/x-access/identified", True), "! get_thing: access narrowed (identified)")
case("x-access.scope", to(f"{GET}/x-access/scope", "admin"), "! get_thing: scope raised (read to admin)")
case("x-access.scope", to(f"{OLD_ACCESS}/scope", "read"), "create_thing: scope lowered (write to read)")
case("x-access.scope", to(f"{OLD_ACCESS}/scope", "write"))
case("x-access.when", no(f"{OLD_ACCESS}/when/1"), "create_thing: access condition widened (body a)")
case(
    "x-access.when",
    no(f"{OLD_ACCESS}/when/0"),
    "! create_thing: access condition narrowed (query kind=b)",
    before=to(f"{OLD_ACCESS}/when/0/allow", "guest"),
)
case(
    "x-access.when",
    to(f"{OLD_ACCESS}/when/2", {"body": "b", "scope": "admin"}),
    "! create_thing: access condition narrowed (body b)",
)
case(
    "x-access.when",
    to(f"{OLD_ACCESS}/when/0/allow", "member"),
    "create_thing: access condition widened (query kind=b, allow: admin to member)",
)
case(
    "x-access.when",
    to(f"{OLD_ACCESS}/when/0/allow", "operator"),
    "! create_thing: access condition narrowed (query kind=b, allow: admin to operator)",
)
case(
    "x-access.when",
    to(f"{OLD_ACCESS}/when/1/scope", "write"),
    "create_thing: access condition widened (body a, scope: admin to write)",
)
case(
    "x-access.when",
    to(f"{OLD_ACCESS}/when/1/unless", "x"),
    "create_thing: access condition widened (body a, unless: none to x)",
)
case(
    "x-access.when",
    no(f"{OLD_ACCESS}/when/1/unless"),
    "! create_thing: access condition narrowed (body a, unless: x to none)",
    before=to(f"{OLD_ACCESS}/when/1/unless", "x"),
)
case("x-access.when", to(f"{OLD_ACCESS}/when/1/maybe", 1), "! create_thing: not understood (body a, maybe)")
case("x-access.unheard-of", to(f"{GET}/x-access/unheard-of", 1), "! get_thing: not understood (unheard-of)")
case(
    "operation.x-access",
    no(f"{GET}/x-access"),
    "! get_thing: access narrowed (viewer on project to none)",
    "! get_thing: access narrowed (or_self)",
    "! get_thing: access narrowed (public)",
)

case(
    "operation.x-effect",
    to(f"{GET}/x-effect", "write"),
    "! get_thing: reads become writes (read to write)",
    "! get_thing: scope raised (read to write)",
)
case(
    "operation.x-effect",
    both(to(f"{POST}/x-effect", "read"), to(f"{POST}/x-idempotent", "safe")),
    "create_thing: writes become reads (write to read)",
    "create_thing: scope lowered (write to read)",
    "create_thing: idempotency key ignored (key to safe)",
)
case(
    "operation.x-idempotent",
    to(f"{POST}/x-idempotent", "safe"),
    "! create_thing: idempotency key ignored (key to safe)",
)
case("operation.x-idempotent", to(f"{GET}/x-idempotent", "key"), "! get_thing: repeating changed (safe to key)")
case("operation.x-audit", no(f"{POST}/x-audit"), "! create_thing: audit event removed")
case("operation.x-audit", to(f"{GET}/x-audit", {"action": "info"}), "get_thing: audit event added")
case(
    "x-audit.action",
    to(f"{POST}/x-audit/action", "info"),
    "! create_thing: audit event changed (action: create to info)",
)
case("x-audit.object", to(f"{POST}/x-audit/object", "a"), "! create_thing: audit event changed (object: thing to a)")
case("x-audit.id", to(f"{POST}/x-audit/id", "a"), "! create_thing: audit event changed (id: result to a)")
case("x-audit.event", to(f"{POST}/x-audit/event", "a"))
case(
    "operation.x-rows",
    to(f"{POST}/x-rows", "rows"),
    "! create_thing: rows treated differently",
)
case("operation.x-problems", no(f"{GET}/x-problems/0"), "! get_thing: problem code removed (no)")
case("operation.x-problems", to(f"{GET}/x-problems/1", "bad"), "get_thing: problem code added (bad)")
case("operation.x-lock", to(f"{POST}/x-lock", "none"))

case("document.x-headers", no("/x-headers/X-Id"), "! every answer header X-Id: header removed")
case(
    "document.x-headers",
    to("/x-headers/X-Id/schema", {"type": "integer"}),
    "! every answer header X-Id: type changed (string to integer)",
)

DRY = "/x-dry-run"
case("document.x-dry-run", no(DRY), "! dry run: dry runs removed")
case(
    "document.x-dry-run",
    to(f"{DRY}/parameter/name", "trial"),
    "! dry run query dry_run: parameter removed",
    "dry run query trial: parameter added",
)
case(
    "document.x-dry-run",
    to(f"{DRY}/answer/properties/status", {"type": "integer"}),
    "! dry run.status: type changed (string to integer)",
)
case("document.x-dry-run", to(f"{DRY}/answer/required", []), "! dry run.status: property optional")

CODE = "/x-problem-codes/no"
case("document.x-problem-codes", no(CODE), "! x-problem-codes/no: problem code removed")
case("document.x-problem-codes", to("/x-problem-codes/new", {}), "x-problem-codes/new: problem code added")
case("problem code.status", to(f"{CODE}/status", 410), "! x-problem-codes/no: status changed (404 to 410)")
case("problem code.class", to(f"{CODE}/class", "X"), "! x-problem-codes/no: class changed (No to X)")
case("problem code.class", to("/x-problem-codes/bad/class", "X"), "x-problem-codes/bad: class added (none to X)")
case("problem code.base", no(f"{CODE}/base"), "! x-problem-codes/no: base changed (NotFound to none)")
case("problem code.also", no(f"{CODE}/also"), "! x-problem-codes/no: also changed (ValueError to none)")
case("problem code.resource", to(f"{CODE}/resource", "b"), "! x-problem-codes/no: resource changed (a to b)")
case("problem code.title", both(to(f"{CODE}/title", "b"), to(f"{CODE}/description", "b")))
case("problem code.unheard-of", to(f"{CODE}/unheard-of", 1), "! x-problem-codes/no: not understood (unheard-of)")

SCHEMES = "/components/securitySchemes"
case("document.security", no("/security/1"), "! document: security narrowed (token)")
case("document.security", to("/security/2", {}), "document: security widened (no credential)")
case(
    "document.components",
    to(f"{SCHEMES}/token/name", "X-Other"),
    "! securitySchemes/token: name changed (X-Key to X-Other)",
)
case("document.components", lambda document: json.loads(json.dumps(document).replace('"token"', '"header"')))
case("document.components", no(f"{SCHEMES}/token"), "! securitySchemes/token: security scheme removed")
case("document.components", both(to(f"{SCHEMES}/unused", {}), no(f"{SCHEMES}/unused")))
case(
    "operation.security",
    to(f"{GET}/security", [{}, {"token": []}]),
    "! get_thing: security narrowed (bearer)",
    before=to(f"{GET}/security", [{}, {"bearer": []}, {"token": []}]),
)
case("operation.security", to(f"{GET}/security", [{}]), before=to(f"{GET}/security", []))
case("operation.security", to(f"{GET}/security", [{"token": []}, {"bearer": []}]))
case("security scheme.name", to(f"{SCHEMES}/token/name", "X-KEY"))
case("security scheme.name", to(f"{SCHEMES}/token/name", "X-A"), "! securitySchemes/token: name changed (X-Key to X-A)")
case("security scheme.in", to(f"{SCHEMES}/token/in", "query"), "! securitySchemes/token: in changed (header to query)")
case("security scheme.type", to(f"{SCHEMES}/bearer/type", "a"), "! securitySchemes/bearer: type changed (http to a)")
case(
    "security scheme.scheme",
    to(f"{SCHEMES}/bearer/scheme", "a"),
    "! securitySchemes/bearer: scheme changed (bearer to a)",
)
case("security scheme.flows", to(f"{SCHEMES}/bearer/flows", 1), "! securitySchemes/bearer: flows changed (none to 1)")
case(
    "security scheme.openIdConnectUrl",
    to(f"{SCHEMES}/bearer/openIdConnectUrl", "a"),
    "! securitySchemes/bearer: openIdConnectUrl changed (none to a)",
)
case("security scheme.bearerFormat", to(f"{SCHEMES}/bearer/bearerFormat", "JWT"))

case(
    "document.servers",
    to("/servers/0/url", "/v2"),
    "! document: server changed (/api/v1)",
    "document: server added (/v2)",
)
case("server.variables", to("/servers/0/variables", {"a": {}}), "! document: server changed")
case("document.info", to("/info/unheard-of", 1), "! document: not understood (unheard-of)")
case("document.info", both(to("/info/title", "a"), to("/info/version", "2.0.0")))
case("document.webhooks", to("/webhooks", {"a": {}}), "! document: webhooks changed")
case("document.jsonSchemaDialect", to("/jsonSchemaDialect", "a"), "! document: jsonSchemaDialect changed (none to a)")
case("document.paths", no("/paths/~1things"), "! create_thing: operation removed")
case("document.tags", both(no("/tags/0"), to("/externalDocs", {}), to("/openapi", "3.1.1")))
case("document.unheard-of", to("/unheard-of", 1), "! document: not understood (unheard-of)")
case("document.components", to("/components/schemas/Unused", TEXT))
case("document.components", to("/components/unheard-of", {}), "! document: not understood (unheard-of)")
case("schema.deprecated", to("/components/schemas/Thing/properties/name/deprecated", True), "Thing.name: deprecated")
case(
    "schema.enum",
    to("/components/schemas/Sort", TEXT),
    'Sort: enum widened (["a"] to none)',
    "! Sort: class removed",
    before=both(
        to("/components/schemas/Sort", {"type": "string", "enum": ["a"]}),
        to(f"{KIND}/schema", {"$ref": "#/components/schemas/Sort"}),
    ),
)
case(
    "schema.$defs",
    to("/components/schemas/Part/$defs/name/maxLength", 5),
    "! Part/$defs/name: maxLength narrowed (9 to 5)",
    before=both(
        to("/components/schemas/Part", {"$defs": {"name": {"type": "string", "maxLength": 9}}}),
        to(f"{KIND}/schema", {"$ref": "#/components/schemas/Part/$defs/name"}),
    ),
)
case(
    "document.components",
    lambda document: json.loads(
        json.dumps(document).replace("schemas/Thing", "schemas/Item").replace('"Thing"', '"Item"')
    ),
    "! Thing: class removed",
)


@pytest.mark.parametrize(("rule", "before", "edit", "expected"), CASES, ids=[rule for rule, *_ in CASES])
def test_each_kind_of_change_is_found(rule: str, before: Edit, edit: Edit, expected: dict[str, bool]) -> None:
    old = before(small())
    assert found(old, edit(old)) == expected


# ---- the rule: no keyword without a decision


def test_every_keyword_of_the_linter_has_a_check_or_an_exemption() -> None:
    """A keyword that the linter allows, and nobody decided about here, fails the build."""
    undecided = {f"{kind}.{key}" for kind, keys in KINDS.items() for key in keys if key not in RULES.get(kind, {})}
    everywhere = {key for rules in RULES.values() for key in rules}
    ours = {"x-access": ACCESS_KEYS, "x-audit": AUDIT_KEYS, "problem code": ENTRY_KEYS}
    undecided |= {f"{kind}.{key}" for kind, keys in ours.items() for key in keys if key not in RULES[kind]}
    assert undecided | (EXTENSIONS - everywhere) == set()


def test_every_rule_is_about_a_keyword_that_the_linter_allows() -> None:
    known: dict[str, Any] = {**KINDS, "x-access": ACCESS_KEYS, "x-audit": AUDIT_KEYS, "problem code": ENTRY_KEYS}
    unknown = {f"{kind}.{key}" for kind, rules in RULES.items() for key in rules if key not in known[kind]}
    assert {name for name in unknown if name.rpartition(".")[2] not in EXTENSIONS} == set()


def test_every_check_has_a_pair_of_documents_and_every_exemption_a_reason() -> None:
    tested = {rule for rule, *_ in CASES} | {f"schema.{key}" for key, *_ in (*NARROWER, *SCHEMA)}
    checks = {
        f"{kind}.{key}" for kind, rules in RULES.items() for key, rule in rules.items() if not isinstance(rule, Exempt)
    }
    assert checks - tested == set()
    reasons = [rule.reason for rules in RULES.values() for rule in rules.values() if isinstance(rule, Exempt)]
    assert all(len(reason.split()) > 3 for reason in reasons)


def test_the_ladders_are_those_of_the_server() -> None:
    for kind in resources():
        assert set(access.LADDERS[access.OTHER_LADDER.get(kind, kind)]) >= ROLES[kind], kind
    for ladder, order in ((access.LADDERS["workspace"], WORKSPACE_LADDER), (access.LADDERS["project"], PROJECT_LADDER)):
        assert [role for role in ladder if role in order] == sorted(order, key=order.__getitem__)
    assert (access.SCOPES, access.ADMINISTERS) == (SCOPES, ADMINISTERS)


# ---- the real spec


def test_the_real_spec_does_not_differ_from_itself() -> None:
    again = json.loads(json.dumps(spec.document()))
    assert compare(spec.document(), again) == []


@pytest.mark.randomized
@searching(1)
@given(st.integers(0, 2**32))
def test_of_200_edits_every_breaking_one_is_found_and_no_other(seed: int) -> None:
    base = Document(spec.document())
    missed, alarms, count = [], [], {True: 0, False: 0}
    for mutation in mutations(spec.document(), seed):
        count[mutation.breaking] += 1
        found = [change.heading for change in compare(base, mutation.document) if change.breaking]
        if mutation.breaking and not found:
            missed.append(mutation.name)
        elif found and not mutation.breaking:
            alarms.append((mutation.name, found))
    print(f"seed {seed}: {count[True]} breaking edits, {len(missed)} missed; {count[False]} safe, {len(alarms)} alarms")
    assert (missed, alarms) == ([], [])


EXEMPT = re.compile(
    r"/(?:openapi|info|tags)(?:/.*)?"
    r"|/x-problem-codes/\w+/(?:title|description)"
    r"|.*(?<!/properties)/(?:description|summary)"
    r"|/paths/.*/(?:x-lock|x-audit/event)"
)
"""Places whose values may change in silence."""


def leaves() -> Iterator[str]:
    """Every other place of the real spec that holds a text, a number or a truth."""
    for pointer, node in walk(spec.document()):
        if not isinstance(node, dict | list) and not EXEMPT.fullmatch(pointer):
            yield pointer


@pytest.mark.randomized
@searching(200)
@given(st.sampled_from(list(leaves())))
def test_no_value_of_the_spec_changes_in_silence(pointer: str) -> None:
    """Whatever changes is reported, breaking or not, unless its key is exempt."""
    old = spec.document()
    value = dict(walk(old))[pointer]
    if pointer.endswith("/$ref"):
        other = "#/components/schemas/Health" if not value.endswith("/Health") else "#/components/schemas/Account"
    else:
        other = not value if isinstance(value, bool) else value + 1 if isinstance(value, int) else f"{value}x"
    assert compare(old, put(old, pointer, other)), f"{value!r} became {other!r}"


# ---- what is said, and to whom


def only(old: Json, new: Json) -> Change:
    """The only change."""
    (change,) = compare(old, new)
    return change


def test_a_change_of_a_component_names_the_operations_that_it_is_a_part_of() -> None:
    new = cut(small(), "/components/schemas/Thing/properties/name")
    change = only(small(), new)
    assert change.pointer == "/components/schemas/Thing/properties/name"
    assert change.operations == ("get_thing",)
    assert change.entry == (
        "## Thing.name: property removed\n"
        "\n"
        "`name` is gone.\n"
        "\n"
        "- **Hurts**: callers of the facade, callers of the low-level client, callers of raw HTTP.\n"
        "- **Part of**: `get_thing`.\n"
        "- **What to do**: Neither send nor read it any more.\n"
    )


@pytest.mark.parametrize(
    ("edit", "hurts"),
    [
        (no(GET), EVERYONE),
        (to(f"{GET}/operationId", "read_thing"), (CLIENT,)),
        (to(f"{GET}/tags", ["others"]), (CLIENT,)),
        (no(f"{CODE}/base"), (FACADE,)),
        (no(f"{POST}/x-audit"), (OPERATORS,)),
        (to(f"{ANSWER}/content/text~1csv/schema", {"type": "string", "maxLength": 9}), ()),
        (to(f"{KIND}/required", True), EVERYONE),
    ],
)
def test_a_change_says_whom_it_hurts(edit: Edit, hurts: tuple[str, ...]) -> None:
    assert only(small(), edit(small())).hurts == hurts


def test_a_longer_answer_does_not_hurt_the_facade() -> None:
    assert only(in_answer({"maxLength": 3}), in_answer({"maxLength": 4})).hurts == (CLIENT, HTTP)


def test_what_is_used_by_requests_and_answers_breaks_if_it_breaks_either() -> None:
    """A change of both sides is one change, with one entry."""
    name = {"$ref": "#/components/schemas/Name"}
    old = put(
        put(in_request(name), "/components/schemas/Name", {"type": "string", "maxLength": 5}), ETAG, {"schema": name}
    )
    longer, shorter = (put(old, "/components/schemas/Name/maxLength", length) for length in (6, 4))
    assert found(old, longer) == {"Name: maxLength widened (5 to 6)": True}
    assert found(old, shorter) == {"Name: maxLength narrowed (5 to 4)": True}
    assert only(old, shorter).operations == ("create_thing", "get_thing")


# ---- the command


@pytest.fixture
def files(tmp_path: Path) -> Path:
    for name in ("base", "head"):
        (tmp_path / f"{name}.yaml").write_bytes(bundle_spec.to_yaml(small()))
    (tmp_path / "BREAKING.md").write_text("# Breaking changes\n\nNone.\n", "utf-8")
    return tmp_path


def run(files: Path, *more: str) -> int:
    options = [
        f"--{name}={files / file}"
        for name, file in (("base", "base.yaml"), ("head", "head.yaml"), ("announced", "BREAKING.md"))
    ]
    return check_breaking.main([*options, *more])


def break_it(files: Path) -> None:
    (files / "head.yaml").write_bytes(bundle_spec.to_yaml(cut(small(), "/components/schemas/Thing/properties/name")))


def test_the_gate_passes_where_nothing_breaks(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(files) == 0
    assert capsys.readouterr().out == "0 changes since the last release, 0 of them breaking.\n"


def test_the_gate_prints_the_entry_that_lets_a_breaking_change_pass(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    break_it(files)
    assert run(files) == 1
    printed = capsys.readouterr().out
    entry = printed[printed.index("## ") : printed.rindex("\n1 changes") + 1]
    with (files / "BREAKING.md").open("a", encoding="utf-8") as file:
        file.write(f"\n{entry}")
    assert run(files) == 0


def test_an_entry_without_a_change_fails(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (files / "BREAKING.md").write_text("# B\n\n## Thing.name: property removed\n\nGone.\n", "utf-8")
    assert run(files) == 1
    assert "no breaking change is `Thing.name: property removed`" in capsys.readouterr().out


def test_an_entry_that_says_nothing_fails(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    break_it(files)
    (files / "BREAKING.md").write_text("# B\n\n## Thing.name: property removed\n", "utf-8")
    assert run(files) == 1
    assert "says nothing" in capsys.readouterr().out


def test_every_change_as_json(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    break_it(files)
    assert run(files, "--json") == 1
    (change,) = json.loads(capsys.readouterr().out)
    assert change["pointer"] == "/components/schemas/Thing/properties/name"
    assert (change["kind"], change["breaking"], change["hurts"]) == ("property removed", True, [CLIENT, HTTP])


def test_a_document_that_cannot_be_read_is_an_error_in_a_line(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (files / "head.yaml").unlink()
    assert run(files) == 1
    assert capsys.readouterr().err == "check_breaking: head.yaml: No such file or directory\n"


def test_the_newest_release_is_found_by_its_version(tmp_path: Path) -> None:
    for name in ("1.9.0.yaml", "1.10.0.yaml", "README.md", "draft.yaml"):
        (tmp_path / name).touch()
    assert check_breaking.newest(tmp_path).name == "1.10.0.yaml"


def test_callers_of_the_facade_are_not_hurt_by_what_it_does_not_call(tmp_path: Path) -> None:
    (tmp_path / "things.py").write_text("from mlsteward_api.api.things import create_thing\n", "utf-8")
    (removed,) = check_breaking.felt(compare(small(), cut(small(), GET)), tmp_path)
    assert removed.hurts == (CLIENT, HTTP)
    (kept,) = check_breaking.felt(compare(small(), cut(small(), POST)), tmp_path)
    assert kept.hurts == EVERYONE


def test_the_gate_of_this_repository_passes() -> None:
    assert check_breaking.main([]) == 0
