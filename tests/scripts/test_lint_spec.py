"""Each rule finds what it is there for, and nothing else; the real spec breaks none."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import bundle_spec
import lint_spec
import pytest
from spec_rules.names import module_of

PROBLEM = {"$ref": "#/components/responses/Problem"}
LIST = "/paths/~1projects~1{project}~1users/get"
FILE = {"type": "string", "format": "binary"}
ADD = "/paths/~1projects~1{project}~1users/post"
PATCH = "/paths/~1projects~1{project}/patch"

USER = {"$ref": "#/components/schemas/User"}
STARTED = {
    "headers": {name: {"schema": {"type": "string"}} for name in ("Location", "Retry-After")},
    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Job"}}},
}

Document = dict[str, Any]
Change = Callable[[Document], None]


def good() -> Document:
    """A small document without a finding."""
    text = {"type": "string", "maxLength": 10}
    project = {"name": "project", "in": "path", "required": True, "schema": dict(text)}
    key = {"name": "Idempotency-Key", "in": "header", "schema": dict(text)}
    limit = {"name": "limit", "in": "query", "schema": {"type": "integer"}}
    cursor = {"name": "cursor", "in": "query", "schema": dict(text)}
    kind = {"name": "kind", "in": "query", "schema": {"$ref": "#/components/schemas/Kind"}}

    def json(name: str) -> Document:
        return {"content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{name}"}}}}

    def operation(name: str, **more: Any) -> Document:
        base = {
            "tags": ["a"],
            "operationId": name,
            "x-access": {"allow": "viewer", "on": "project"},
            "x-problems": ["no"],
        }
        return {**base, "responses": {"200": json("User"), "default": dict(PROBLEM)}, **more}

    def change(name: str, body: str, action: str) -> Document:
        audit = {"action": action, "object": "project", "id": "project", "event": "Did it"}
        extra: Document = {
            "x-idempotent": "key",
            "x-audit": audit,
            "parameters": [dict(key)],
            "requestBody": json(body),
        }
        return operation(name, **extra)

    users = {"type": "array", "items": {"$ref": "#/components/schemas/User"}}
    page = {"headers": {"Link": {"schema": {"type": "string"}}}, "content": {"application/json": {"schema": users}}}
    listing = operation("list_users", parameters=[limit, cursor, kind])
    listing |= {"x-idempotent": "safe", "responses": {"200": page, "default": dict(PROBLEM)}}
    return {
        "openapi": "3.1.0",
        "tags": [{"name": "a"}, {"name": "b"}],
        "x-problem-codes": {"no": {"status": 404, "title": "No"}},
        "paths": {
            "/projects/{project}/users": {
                "parameters": [dict(project)],
                "get": listing,
                "post": change("add_user", "UserAdd", "create"),
            },
            "/projects/{project}": {
                "parameters": [dict(project)],
                "patch": change("update_project", "Update", "update"),
            },
        },
        "components": {
            "responses": {
                "Problem": {"content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/User"}}}}
            },
            "schemas": {
                "Kind": {"type": "string", "enum": ["x", "y"]},
                "User": {"type": "object", "properties": {"secret": {"type": "string", "x-secret": True}}},
                "UserAdd": {
                    "type": "object",
                    "additionalProperties": False,
                    "required": ["workspace"],
                    "properties": {
                        "workspace": dict(text),
                        "tags": {"type": "array", "maxItems": 3, "items": dict(text)},
                    },
                },
                "Update": {
                    "type": "object",
                    "additionalProperties": False,
                    "properties": {
                        "nested": {"$ref": "#/components/schemas/Nested"},
                        "since": {"type": ["string", "null"], "format": "date"},
                    },
                },
                "Nested": {
                    "type": "object",
                    "additionalProperties": False,
                    "properties": {"size": {"type": "integer"}},
                },
            },
        },
    }


def put(pointer: str, value: Any) -> Change:
    """Set what a JSON pointer names."""

    def change(document: Document) -> None:
        node, last = _parent(document, pointer)
        node[last] = value

    return change


def drop(pointer: str) -> Change:
    """Remove what a JSON pointer names."""

    def change(document: Document) -> None:
        node, last = _parent(document, pointer)
        del node[last]

    return change


def _parent(document: Document, pointer: str) -> tuple[Any, Any]:
    *steps, last = (step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:])
    node: Any = document
    for step in steps:
        node = node[int(step)] if isinstance(node, list) else node[step]
    return node, int(last) if isinstance(node, list) else last


def both(*changes: Change) -> Change:
    """Several changes, one after the other."""

    def change(document: Document) -> None:
        for each in changes:
            each(document)

    return change


def optional_workspace(document: Document) -> None:
    """Take access from a body that need not say where."""
    put(f"{ADD}/x-access", {"allow": "member", "on": "workspace", "from": "body"})(document)
    drop(f"{SCHEMAS}/UserAdd/required")(document)


ADD_BODY = f"{ADD}/requestBody/content/application~1json/schema"
ANSWER = f"{LIST}/responses/200"
SCHEMAS = "/components/schemas"
WHENS = "{query, equals, allow}, {body, allow}, {body, scope} or {body, unless, scope} is expected"
EXTERNAL = "other.yaml#/X"

NO = {"status": 404, "title": "No"}
IF_MATCH = {"name": "If-Match", "in": "header", "schema": {"type": "string", "maxLength": 10}}


def readable_project(document: Document) -> None:
    """Add a GET beside the PATCH."""
    get = {**copy.deepcopy(document["paths"]["/projects/{project}"]["patch"]), "operationId": "get_project"}
    for key in ("x-audit", "parameters", "requestBody"):
        del get[key]
    put("/paths/~1projects~1{project}/get", {**get, "x-idempotent": "safe"})(document)


def csv_first(document: Document) -> None:
    """Offer a list as CSV before JSON."""
    content = document["paths"]["/projects/{project}/users"]["get"]["responses"]["200"]["content"]
    put(f"{ANSWER}/content", {"text/csv": {"schema": {"type": "string"}}, **content})(document)


CASES: list[tuple[str, Change, list[str]]] = [
    ("tags", put(f"{LIST}/tags", ["a", "b"]), [f"{LIST}/tags: exactly one tag is expected"]),
    ("tags", drop(f"{LIST}/tags"), [f"{LIST}/tags: exactly one tag is expected"]),
    ("tags", put(f"{LIST}/tags", ["z"]), [f"{LIST}/tags/0: the tag 'z' is not declared"]),
    ("tags", put(f"{LIST}/tags", ["b"]), [f"{LIST}/tags/0: the tag 'b' is not the file's name, 'a'"]),
    (
        "operation_ids",
        put(f"{LIST}/operationId", "listUsers"),
        [f"{LIST}/operationId: 'listUsers' is not in snake_case"],
    ),
    ("operation_ids", drop(f"{LIST}/operationId"), [f"{LIST}/operationId: None is not in snake_case"]),
    (
        "operation_ids",
        put(f"{LIST}/operationId", "add_user"),
        [f"{LIST}/operationId: 'add_user' is not unique", f"{ADD}/operationId: 'add_user' is not unique"],
    ),
    ("access", drop(f"{LIST}/x-access"), [f"{LIST}/x-access: a mapping that says who may call it is expected"]),
    ("access", put(f"{LIST}/x-access/allow", "king"), [f"{LIST}/x-access/allow: 'king' is not one of"]),
    ("access", drop(f"{LIST}/x-access/on"), [f"{LIST}/x-access/on: `allow: viewer` needs `on`"]),
    ("access", put(f"{LIST}/x-access/allow", "anyone"), [f"{LIST}/x-access/on: `allow: anyone` takes no `on`"]),
    (
        "access",
        put(f"{LIST}/x-access/on", "key"),
        [f"{LIST}/x-access/on: 'key' is not one of api_key, asset, dataset"],
    ),
    (
        "access",
        put(f"{LIST}/x-access", {"allow": "self", "on": "user"}),
        [f"{LIST}/x-access/on: 'user' is not a path parameter"],
    ),
    ("access", put(f"{LIST}/x-access/from", "query"), [f"{LIST}/x-access/from: only `from: body`"]),
    ("access", put(f"{LIST}/x-access/from", "body"), [f"{LIST}/x-access/from: only `from: body`"]),
    (
        "access",
        put(f"{PATCH}/x-access", {"allow": "member", "on": "workspace", "from": "body"}),
        [f"{PATCH}/x-access/from: the body has no property 'workspace'"],
    ),
    (
        "access",
        optional_workspace,
        [f"{ADD}/x-access/from: the body must require 'workspace'"],
    ),
    ("access", put(f"{LIST}/x-access/or_self", "user"), [f"{LIST}/x-access/or_self: 'user' is not a path parameter"]),
    ("access", put(f"{LIST}/x-access/service_accounts", True), [f"{LIST}/x-access/service_accounts: only `false`"]),
    ("access", put(f"{LIST}/x-access/public", False), [f"{LIST}/x-access/public: only `true` with `allow: viewer`"]),
    (
        "access",
        put(f"{LIST}/x-access", {"allow": "owner", "on": "project", "public": True}),
        [f"{LIST}/x-access/public: only `true` with `allow: viewer`"],
    ),
    (
        "access",
        put(f"{LIST}/x-access/scope", "all"),
        [f"{LIST}/x-access/scope: 'all' is not one of admin, read, write"],
    ),
    ("access", put(f"{LIST}/x-access/scope", ["read"]), [f"{LIST}/x-access/scope: ['read'] is not one of"]),
    (
        "access",
        put(f"{LIST}/x-access", {"allow": "view", "on": "dataset"}),
        [f"{LIST}/x-access/on: 'dataset' is not a path parameter"],
    ),
    (
        "access",
        put(f"{LIST}/x-access/allow", "view"),
        [f"{LIST}/x-access/allow: 'view' is not a role on a project; the roles are admin, contributor, owner"],
    ),
    ("access", put(f"{LIST}/x-access", {"allow": "manage"}), [f"{LIST}/x-access/on: `allow: manage` needs `on`"]),
    ("access", put(f"{LIST}/x-access/alow", "viewer"), [f"{LIST}/x-access/alow: unknown key; the keys are"]),
    ("access", put(f"{LIST}/x-access/when", {}), [f"{LIST}/x-access/when: a list of conditions is expected"]),
    ("access", put(f"{LIST}/x-access/when", [{"query": "kind"}]), [f"{LIST}/x-access/when/0: {WHENS}"]),
    (
        "access",
        put(f"{LIST}/x-access/when", [{"query": "view", "equals": "x", "allow": "owner"}]),
        [f"{LIST}/x-access/when/0: 'view' is not a query parameter"],
    ),
    (
        "access",
        put(f"{ADD}/x-access/when", [{"body": "workspace", "allow": "owner"}, {"body": "role", "allow": "king"}]),
        [
            f"{ADD}/x-access/when/1: the body has no property 'role'",
            f"{ADD}/x-access/when/1: 'king' is not one of",
        ],
    ),
    (
        "access",
        put(f"{ADD}/x-access/when", [{"body": "workspace", "scope": "all"}]),
        [f"{ADD}/x-access/when/0: 'all' is not one of admin, read, write"],
    ),
    (
        "access",
        put("/components/schemas/UserAdd/properties/visibility", {"type": "boolean"}),
        [f"{ADD}/x-access/when: 'visibility' says who may do what: add {{body: visibility, scope: admin}}"],
    ),
    (
        "access",
        put(f"{LIST}/x-access/identified", True),
        [f"{LIST}/x-access/identified: only `true` with `allow: anyone`"],
    ),
    ("idempotency", drop(f"{LIST}/x-idempotent"), [f"{LIST}/x-idempotent: None is not one of key, safe"]),
    ("idempotency", put(f"{LIST}/x-idempotent", "key"), [f"{LIST}/x-idempotent: a read cannot be 'key', only 'safe'"]),
    ("idempotency", put(f"{ADD}/x-idempotent", "safe"), [f"{ADD}/x-idempotent: a write cannot be 'safe', only 'key'"]),
    (
        "idempotency",
        put(f"{ADD}/parameters", []),
        [f"{ADD}/parameters: the header parameter Idempotency-Key is missing"],
    ),
    ("audit", drop(f"{ADD}/x-audit"), [f"{ADD}/x-audit: a mapping of action, event, id, object is expected"]),
    ("audit", drop(f"{ADD}/x-audit/event"), [f"{ADD}/x-audit: a mapping of action, event, id, object is expected"]),
    ("audit", put(f"{ADD}/x-audit/action", "read"), [f"{ADD}/x-audit/action: 'read' is not one of"]),
    ("audit", put(f"{ADD}/x-audit/id", "user"), [f"{ADD}/x-audit/id: 'user' is neither 'result' nor a path parameter"]),
    ("audit", put(f"{ADD}/x-audit/event", ""), [f"{ADD}/x-audit/event: a non-empty string is expected"]),
    ("problems", drop(f"{LIST}/x-problems"), [f"{LIST}/x-problems: a list of problem codes is expected"]),
    ("problems", put(f"{LIST}/x-problems/0", "nope"), [f"{LIST}/x-problems/0: 'nope' is not in x-problem-codes"]),
    (
        "catalogue",
        drop("/x-problem-codes/no/title"),
        ["/x-problem-codes/no: an error `status` and a `title` are expected"],
    ),
    ("catalogue", put("/x-problem-codes/no/status", 200), ["/x-problem-codes/no: an error `status` and a `title`"]),
    ("default_response", drop(f"{LIST}/responses/default"), [f"{LIST}/responses/default: a reference to"]),
    ("default_response", put(f"{LIST}/responses/default", {}), [f"{LIST}/responses/default: a reference to"]),
    (
        "paging",
        put(f"{LIST}/parameters/0/name", "size"),
        [f"{LIST}/parameters: a list needs the query parameter 'limit'"],
    ),
    ("paging", drop(f"{LIST}/parameters/1"), [f"{LIST}/parameters: a list needs the query parameter 'cursor'"]),
    ("paging", drop(f"{ANSWER}/headers"), [f"{ANSWER}/headers: a list needs the header 'Link'"]),
    (
        "path_parameters",
        drop("/paths/~1projects~1{project}/parameters"),
        [
            f"{PATCH}/x-access/on: 'project' is not a path parameter",
            f"{PATCH}/x-audit/id: 'project' is neither",
            f"{PATCH}/parameters: the path parameter 'project' is not declared",
        ],
    ),
    (
        "path_parameters",
        put(f"{LIST}/parameters/2/in", "path"),
        [f"{LIST}/parameters: 'kind' is not in the path"],
    ),
    (
        "path_parameters",
        put("/paths/~1projects~1{project}/parameters/0/required", False),
        [f"{PATCH}/parameters: the path parameter 'project' must be required"],
    ),
    (
        "request_bodies",
        put(f"{ADD}/requestBody/content/multipart~1form-data", {}),
        [f"{ADD}/requestBody/content: 'multipart/form-data' is not one of"],
    ),
    ("answers", put(f"{ANSWER}/content/text~1html", {}), [f"{ANSWER}/content: 'text/html' is not one of"]),
    (
        "no_defaults",
        put(f"{SCHEMAS}/Nested/properties/size/default", 0),
        [f"{SCHEMAS}/Nested/properties/size/default: no default in requests"],
    ),
    (
        "no_defaults",
        put(f"{LIST}/parameters/0/schema/default", 10),
        [f"{LIST}/parameters/0/schema/default: no default in requests"],
    ),
    (
        "no_discriminator",
        put(f"{SCHEMAS}/User/discriminator", {"propertyName": "kind"}),
        [f"{SCHEMAS}/User/discriminator: the generator ignores discriminators"],
    ),
    ("plain_styles", put(f"{LIST}/parameters/0/style", "deepObject"), [f"{LIST}/parameters/0/style: the generator"]),
    ("plain_styles", put(f"{LIST}/parameters/0/explode", False), [f"{LIST}/parameters/0/explode: the generator"]),
    (
        "references",
        put(f"{LIST}/parameters/2/schema/description", "Of this kind."),
        [f"{LIST}/parameters/2/schema: `$ref` cannot have siblings"],
    ),
    (
        "references",
        put(f"{LIST}/parameters/2/schema/$ref", EXTERNAL),
        [f"{LIST}/parameters/2/schema/$ref: '{EXTERNAL}' is external"],
    ),
    (
        "named_objects",
        put(f"{ANSWER}/content/application~1json/schema/items", {"type": "object"}),
        [f"{ANSWER}/content/application~1json/schema/items: an object schema must be a component"],
    ),
    (
        "named_objects",
        put(ADD_BODY, {"properties": {}, "additionalProperties": False}),
        [f"{ADD_BODY}: an object schema must be a component"],
    ),
    (
        "named_objects",
        put(f"{SCHEMAS}/User/properties/extra", {"type": ["object"]}),
        [f"{SCHEMAS}/User/properties/extra: an object schema must be a component"],
    ),
    (
        "named_objects",
        put(f"{SCHEMAS}/User/properties/extra", {"allOf": [{"$ref": f"#{SCHEMAS}/Kind"}] * 2}),
        [f"{SCHEMAS}/User/properties/extra: an object schema must be a component"],
    ),
    ("schema_names", put(f"{SCHEMAS}/APIKey", {"type": "string"}), [f"{SCHEMAS}/APIKey: the name of a schema"]),
    (
        "closed_requests",
        drop(f"{SCHEMAS}/Nested/additionalProperties"),
        [f"{SCHEMAS}/Nested: an object in a request needs `additionalProperties: false`"],
    ),
    (
        "closed_requests",
        put(f"{SCHEMAS}/User/additionalProperties", False),
        [f"{SCHEMAS}/User/additionalProperties: answers are open"],
    ),
    (
        "no_null_answers",
        put(f"{SCHEMAS}/User", {"required": ["name"], "properties": {"name": {"type": ["string", "null"]}}}),
        [f"{SCHEMAS}/User/properties/name: no null in answers"],
    ),
    (
        "no_null_answers",
        put(f"{SCHEMAS}/User/properties/name", {"oneOf": [{"type": "string"}, {"type": "null"}]}),
        [f"{SCHEMAS}/User/properties/name/oneOf/1: no null in answers"],
    ),
    ("text_enums", put(f"{SCHEMAS}/Kind/enum", ["x", 1]), [f"{SCHEMAS}/Kind/enum: an enum must be of type string"]),
    (
        "text_enums",
        put(f"{SCHEMAS}/Kind", {"type": "integer", "enum": [1, 2]}),
        [f"{SCHEMAS}/Kind/enum: an enum must be of type string"],
    ),
    (
        "bounded_requests",
        drop(f"{SCHEMAS}/UserAdd/properties/tags/items/maxLength"),
        [f"{SCHEMAS}/UserAdd/properties/tags/items: a string in a request needs `maxLength`"],
    ),
    (
        "bounded_requests",
        drop(f"{LIST}/parameters/1/schema/maxLength"),
        [f"{LIST}/parameters/1/schema: a string in a request needs `maxLength`"],
    ),
    (
        "bounded_requests",
        drop(f"{SCHEMAS}/UserAdd/properties/tags/maxItems"),
        [f"{SCHEMAS}/UserAdd/properties/tags: an array in a request needs `maxItems`"],
    ),
    ("extensions", put(f"{LIST}/x-acess", {}), [f"{LIST}/x-acess: unknown extension; the extensions are"]),
    (
        "extensions",
        put(f"{SCHEMAS}/User/properties/secret/x-secret", "yes"),
        [f"{SCHEMAS}/User/properties/secret/x-secret: only `x-secret: true`"],
    ),
    ("extensions", put(f"{SCHEMAS}/Kind/x-secret", True), [f"{SCHEMAS}/Kind/x-secret: only `x-secret: true`"]),
    ("extensions", put(f"{SCHEMAS}/Kind/x-problem", "nope"), [f"{SCHEMAS}/Kind/x-problem: 'nope' is not in"]),
    ("keywords", put("/taggs", []), ["/taggs: 'taggs' is not a keyword of a document"]),
    (
        "keywords",
        put(f"{LIST}/operationID", "x"),
        [f"{LIST}/operationID: 'operationID' is not a keyword"],
    ),
    ("keywords", put(f"{LIST}/parameters/0/maximum", 5), [f"{LIST}/parameters/0/maximum: 'maximum' is not a keyword"]),
    (
        "keywords",
        put(f"{ANSWER}/content/application~1json/type", "x"),
        [f"{ANSWER}/content/application~1json/type: "],
    ),
    (
        "keywords",
        put(f"{SCHEMAS}/User/nullable", True),
        [f"{SCHEMAS}/User/nullable: 'nullable' is not a"],
    ),
    (
        "keywords",
        put(f"{SCHEMAS}/Nested/properties/size/or an id", None),
        [
            f"{SCHEMAS}/Nested/properties/size/or an id: 'or an id' is not a keyword of a schema; "
            "if it is part of a text with a comma, quote the text"
        ],
    ),
    ("effects", put(f"{ADD}/x-effect", "reads"), [f"{ADD}/x-effect: 'reads' is not one of read, write"]),
    (
        "effects",
        put(f"{LIST}/x-effect", "write"),
        [
            f"{LIST}/x-effect: a GET cannot write",
            f"{LIST}/x-idempotent: a write cannot be 'safe', only 'key'",
            f"{LIST}/x-audit: a mapping of",
        ],
    ),
    (
        "effects",
        put(f"{PATCH}/x-effect", "read"),
        [
            f"{PATCH}/x-effect: a PATCH cannot be a read",
            f"{PATCH}/x-idempotent: a read cannot be 'key', only 'safe'",
            f"{PATCH}/x-audit: a read is not in the audit log",
        ],
    ),
    ("locks", put(f"{ADD}/x-lock", "project"), [f"{ADD}/x-lock: 'project' is not one of account, none, workspace"]),
    ("locks", put(f"{LIST}/x-lock", "none"), [f"{LIST}/x-lock: a read takes no lock"]),
    (
        "idempotency",
        both(put(f"{ADD}/x-effect", "read"), drop(f"{ADD}/x-audit"), put(f"{ADD}/x-idempotent", "safe")),
        [
            f"{ADD}/parameters: a read takes no Idempotency-Key",
        ],
    ),
    (
        "accepted",
        put(f"{ADD}/responses/202", {"content": {"application/json": {"schema": dict(USER)}}}),
        [
            f"{ADD}/responses/202/headers: a 202 needs the header 'Location'",
            f"{ADD}/responses/202/headers: a 202 needs the header 'Retry-After'",
            f"{ADD}/responses/202/content: a 202 needs a body of the schema #/components/schemas/Job",
        ],
    ),
    (
        "accepted",
        both(put(f"{SCHEMAS}/Job", {"type": "object"}), put(f"{LIST}/responses/202", STARTED)),
        [f"{LIST}/responses/202: a read cannot start a job"],
    ),
    ("audit", put(f"{LIST}/x-audit", {}), [f"{LIST}/x-audit: a read is not in the audit log"]),
    (
        "conditional_updates",
        both(put("/components/parameters", {"IfMatch": IF_MATCH}), readable_project),
        [f"{PATCH}/parameters: the header parameter If-Match is missing"],
    ),
    (
        "catalogue",
        put("/x-problem-codes/no/text", "x"),
        ["/x-problem-codes/no: unknown key 'text'; the keys are also,"],
    ),
    ("catalogue", put("/x-problem-codes/noProject", NO), ["/x-problem-codes/noProject: the code is not in snake_case"]),
    (
        "catalogue",
        put("/x-problem-codes/no/resource", "a thing"),
        ["/x-problem-codes/no: the `resource` 'a thing' is not"],
    ),
    (
        "catalogue",
        put("/x-problem-codes/no/base", "none"),
        ["/x-problem-codes/no: the `base` 'none' is not written like"],
    ),
    ("catalogue", put("/x-problem-codes/no/class", "Nope"), ["/x-problem-codes/no: a `class` needs a `description`"]),
    (
        "catalogue",
        put("/x-problem-codes/no/description", "No."),
        ["/x-problem-codes/no: `description` needs a `class`"],
    ),
    ("catalogue", put("/x-problem-codes/no/also", "ValueError"), ["/x-problem-codes/no: `also` needs a `class`"]),
    (
        "catalogue",
        put("/x-problem-codes/no", {**NO, "class": "Nope", "description": "No.", "also": "exit"}),
        ["/x-problem-codes/no: `also: exit` is not one of LookupError,"],
    ),
    (
        "catalogue",
        both(
            put("/x-problem-codes/no", {**NO, "class": "Nope", "description": "No."}),
            put("/x-problem-codes/never", {**NO, "class": "Nope", "description": "Never."}),
        ),
        ["/x-problem-codes/never/class: 'no' has the class 'Nope' already"],
    ),
    (
        "request_bodies",
        put(f"{ADD}/requestBody/content/application~1octet-stream", {}),
        [f"{ADD}/requestBody/content: 'application/octet-stream' must be the only media type of a body"],
    ),
    (
        "request_bodies",
        both(
            put(f"{ADD}/requestBody/content", {"application/octet-stream": {"schema": FILE}}),
            put(f"{ADD}/x-access/from", "body"),
        ),
        [
            f"{ADD}/x-access/from: only `from: body` with `on: workspace` is allowed",
            f"{ADD}/x-access: a file says nothing about access; use the path or the query",
        ],
    ),
    (
        "answers",
        put(f"{ADD}/responses/200/content/text~1csv", {"schema": {"type": "string"}}),
        [f"{ADD}/responses/200/content: only a list can be answered as 'text/csv', beside 'application/json'"],
    ),
    (
        "answers",
        csv_first,
        [f"{ANSWER}/content: 'application/json' must come first"],
    ),
    (
        "schema_names",
        both(put(f"{SCHEMAS}/Plan2Ab", {"type": "string"}), put(f"{SCHEMAS}/Plan2ab", {"type": "string"})),
        [f"{SCHEMAS}/Plan2ab: its module would be plan_2_ab.py, which is that of 'Plan2Ab'"],
    ),
    (
        "schema_titles",
        put(f"{SCHEMAS}/User/title", "Kind"),
        [f"{SCHEMAS}/User/title: no title: the generator would name"],
    ),
    (
        "property_names",
        put(f"{SCHEMAS}/User/properties/createdAt", {"type": "string"}),
        [f"{SCHEMAS}/User/properties/createdAt: 'createdAt' is not in snake_case"],
    ),
    (
        "property_names",
        put(f"{SCHEMAS}/User/properties/additional_properties", {"type": "string"}),
        [f"{SCHEMAS}/User/properties/additional_properties: generated classes use the name 'additional_properties'"],
    ),
    (
        "parameter_names",
        put(f"{LIST}/parameters/2/name", "ofKind"),
        [f"{LIST}/parameters/2: the name 'ofKind' is not written in snake_case"],
    ),
    (
        "parameter_names",
        put(f"{ADD}/parameters/0", {"name": "x_tag", "in": "header", "schema": {"type": "integer"}}),
        [
            f"{ADD}/parameters: the header parameter Idempotency-Key is missing",
            f"{ADD}/parameters/0: the name 'x_tag' is not written like `If-Match`",
        ],
    ),
    *(
        (
            "parameter_names",
            put(f"{LIST}/parameters/2/name", name),
            [f"{LIST}/parameters/2: generated functions use the name {name!r} themselves"],
        )
        for name in ("body", "client", "headers", "params")
    ),
    (
        "parameter_names",
        put(f"{LIST}/parameters/2/name", "project"),
        [f"{LIST}/parameters/2: list_users has two parameters named 'project'"],
    ),
    ("parameter_names", drop(f"{LIST}/parameters/2/name"), [f"{LIST}/parameters/2: a parameter needs a `name`"]),
    (
        "extensions",
        put(f"{SCHEMAS}/Kind/x-lock", "none"),
        [f"{SCHEMAS}/Kind/x-lock: `x-lock` has an effect only on an"],
    ),
    (
        "extensions",
        put("/paths/~1projects~1{project}/x-effect", "read"),
        ["/paths/~1projects~1{project}/x-effect: `x-effect` has an effect only on an operation"],
    ),
]


def lint(document: Document) -> list[str]:
    return [str(finding) for finding in lint_spec.lint(document, dict.fromkeys(document["paths"], "a"))]


def test_the_good_document_has_no_finding() -> None:
    assert lint(good()) == []


@pytest.mark.parametrize(
    "access",
    [
        {"allow": "anyone"},
        {"allow": "operator"},
        {"allow": "operator", "on": "project"},
        {"allow": "viewer", "on": "project", "public": True, "service_accounts": False, "or_self": "project"},
        {"allow": "member", "on": "workspace", "from": "body"},
        {"allow": "viewer", "on": "project", "when": [{"body": "tags", "allow": "owner"}]},
        {"allow": "viewer", "on": "project", "scope": "admin"},
    ],
)
def test_what_access_can_say(access: Document) -> None:
    document = good()
    put(f"{ADD}/x-access", access)(document)
    assert lint(document) == []


@pytest.mark.parametrize(
    "access",
    [
        {"allow": "view", "on": "dataset"},
        {"allow": "tag", "on": "dataset", "service_accounts": False},
        {"allow": "manage", "on": "dataset", "scope": "admin"},
        {"allow": "admin", "on": "dataset", "or_self": "dataset"},
    ],
)
def test_what_access_can_say_of_a_dataset(access: Document) -> None:
    document = json.loads(json.dumps(good()).replace("project", "dataset").replace('"viewer"', '"view"'))
    put(f"{ADD}/x-access".replace("project", "dataset"), access)(document)
    assert lint(document) == []


def test_a_post_can_be_a_read() -> None:
    document = good()
    put(f"{ADD}/x-effect", "read")(document)
    put(f"{ADD}/x-idempotent", "safe")(document)
    put(f"{ADD}/parameters", [])(document)
    drop(f"{ADD}/x-audit")(document)
    assert lint(document) == []


@pytest.mark.parametrize("lock", ["workspace", "account", "none"])
def test_a_write_can_say_what_it_locks(lock: str) -> None:
    document = good()
    put(f"{ADD}/x-lock", lock)(document)
    put(f"{ADD}/x-effect", "write")(document)
    assert lint(document) == []


@pytest.mark.parametrize("media", ["text/csv", "application/x-ndjson"])
def test_a_list_can_be_exported(media: str) -> None:
    document = good()
    content = document["paths"]["/projects/{project}/users"]["get"]["responses"]["200"]["content"]
    content[media] = {"schema": {"type": "string"}}
    assert lint(document) == []


def test_a_conditional_update() -> None:
    document = good()
    put("/components/parameters", {"IfMatch": IF_MATCH})(document)
    assert lint(document) == []  # nobody can read the project
    readable_project(document)
    document["paths"]["/projects/{project}"]["patch"]["parameters"].append({"$ref": "#/components/parameters/IfMatch"})
    assert lint(document) == []


@pytest.mark.parametrize(
    "schema",
    [
        {"type": ["string", "null"]},
        {"oneOf": [{"type": "string"}, {"$ref": f"#{SCHEMAS}/Kind"}]},
        {"allOf": [{"$ref": f"#{SCHEMAS}/Kind"}], "description": "A kind, with words of its own."},
    ],
)
def test_what_clients_cope_with(schema: Document) -> None:
    document = good()
    put(f"{SCHEMAS}/User/properties/extra", schema)(document)
    assert lint(document) == []


def test_a_code_can_say_how_it_is_raised() -> None:
    document = good()
    entry = {"class": "ThingNotFound", "also": "ValueError", "description": "There is none.", "resource": "thing"}
    put("/x-problem-codes/thing_not_found", {**NO, **entry})(document)
    put("/x-problem-codes/thing_exists", {"status": 409, "title": "Exists", "base": "AlreadyExists"})(document)
    assert lint(document) == []


def test_modules_are_named_as_the_generator_names_them() -> None:
    from openapi_python_client.strings import PythonIdentifier

    schemas = bundle_spec.bundle(bundle_spec.ROOT / bundle_spec.DOMAINS)["components"]["schemas"]
    for name in (*schemas, "Plan2Ab", "Plan2ab", "X1Y22Zz3"):
        assert module_of(name) == PythonIdentifier(name, "field_"), name


def test_what_has_no_ladder_has_the_roles_of_what_it_belongs_to() -> None:
    document = json.loads(
        json.dumps(good()).replace("{project}", "{group}").replace('"name": "project"', '"name": "group"')
    )
    for path in document["paths"].values():
        for operation in (path[method] for method in ("get", "post", "patch") if method in path):
            operation["x-access"] = {"allow": "member", "on": "group"}
            if "x-audit" in operation:
                operation["x-audit"]["id"] = "group"
    assert lint(document) == []
    document["paths"]["/groups/{group}"] = document["paths"].pop("/projects/{group}")
    document["paths"]["/groups/{group}"]["patch"]["x-access"]["allow"] = "owner"
    (finding,) = lint(document)
    assert "'owner' is not a role on a group; the roles are admin, collaborator, guest, member" in finding


@pytest.mark.parametrize(("rule", "change", "expected"), CASES)
def test_a_rule_finds_exactly_what_is_wrong(rule: str, change: Change, expected: list[str]) -> None:
    document = good()
    change(document)
    found = lint(document)
    assert len(found) == len(expected), found
    assert all(have.startswith(want) for have, want in zip(found, expected, strict=True)), found

    # It is this rule that finds it.
    without = [other for other in lint_spec.RULES if other.__name__ != rule]
    spec = lint_spec.Spec(document, dict.fromkeys(document["paths"], "a"))
    assert len([finding for other in without for finding in other(spec)]) < len(expected)


def test_every_rule_has_a_case() -> None:
    assert {rule for rule, _, _ in CASES} == {rule.__name__ for rule in lint_spec.RULES}


@pytest.mark.parametrize("name", ["discriminator", "default", "enum", "style", "nullable"])
def test_a_property_may_have_the_name_of_a_keyword(name: str) -> None:
    document = good()
    put(f"{SCHEMAS}/Nested/properties/{name}", {"type": "integer"})(document)
    put(f"{SCHEMAS}/User/properties/{name}", {"type": "integer"})(document)
    assert lint(document) == []


@pytest.mark.parametrize("wrong", [None, [], "text", 1])
def test_nonsense_gives_findings_and_no_traceback(wrong: object) -> None:
    def pointers(node: object, at: str = "") -> list[str]:
        items = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
        inner = [(f"{at}/{str(key).replace('~', '~0').replace('/', '~1')}", value) for key, value in items]
        return [found for pointer, value in inner for found in (pointer, *pointers(value, pointer))]

    for pointer in pointers(good()):
        document = copy.deepcopy(good())
        put(pointer, wrong)(document)
        lint_spec.lint(document, {})


def test_the_real_spec_has_no_finding(capsys: pytest.CaptureFixture[str]) -> None:
    assert lint_spec.main([]) == 0
    assert capsys.readouterr().err == ""


def test_a_finding_fails_the_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / bundle_spec.DOMAINS
    folder.mkdir(parents=True)
    for path in (bundle_spec.ROOT / bundle_spec.DOMAINS).glob("*.yaml"):
        text = path.read_text(encoding="utf-8").replace("operationId: get_identity", "operationId: getIdentity")
        (folder / path.name).write_text(text, encoding="utf-8")
    assert lint_spec.main(["--root", str(tmp_path)]) == 1
    assert capsys.readouterr().err == "/paths/~1me/get/operationId: 'getIdentity' is not in snake_case\n"
