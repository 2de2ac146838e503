"""Values that tests send where they are not wanted, and where they are: in paths, queries, bodies and headers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import httpx

from tests.support import spec
from tests.support.calls import Call
from tests.support.spec import Operation

# As they stand in the request line.
SEGMENTS = {
    "empty": b"",
    "dot": b".",
    "dot dot": b"..",
    "slash": b"a/b",
    "escaped slash": b"a%2Fb",
    "path": b"../x",
    "escaped path": b"..%2Fx",
    "deep path": b"../../../../etc/passwd",
    "escaped twice": b"%252e%252e%252f",
    "NUL": b"a%00b",
    "newline": b"a%0d%0ab",
    "delete": b"%7f",
    "bell": b"%07",
    "bidi": "\u202eabc".encode(),
    "emoji": quote("🚀").encode(),
    "not UTF-8": b"%ff%fe",
    "bytes that are not UTF-8": b"\xff\xfe",
    "surrogate": b"%ed%a0%80",
    "broken escape": b"%zz%",
    "SQL": quote("' OR 1=1; DROP TABLE accounts; --").encode(),
    "LIKE": b"%25",
    "digits of another script": quote("١٢٣").encode(),
    "colon": b":",
    "colons": b":::",
    "tilde and nothing": b"~:",
    "at": b"@",
    "a long name": b"x" * 400,
    "a very long name": b"x" * 100_000,
    "a long number": b"9" * 300,
    "all the letters of an id": b"f" * 32,
}

QUERY_VALUES = {
    "empty": "",
    "word": "nonsense",
    "null": "null",
    "NUL": "a\x00b",
    "newline": "a\nb",
    "emoji": "🚀",
    "zero": "0",
    "minus one": "-1",
    "float": "1.5",
    "exponent": "1e3",
    "plus": "+5",
    "NaN": "NaN",
    "infinity": "Infinity",
    "huge": "9" * 40,
    "very huge": "9" * 5000,
    "digits of another script": "١٢",
    "SQL": "1; DROP TABLE accounts",
    "list": "[1]",
    "list of a list in base64": "W1sxXV0",
    "number in base64": "MQ",
    "list of numbers in base64": "WzEsMl0",
    "list of five texts in base64": "WyJhIiwiYiIsImMiLCJkIiwiZSJd",
    "NUL in base64": "WyJcdTAwMDAiXQ",
    "surrogate in base64": "WyJcdWQ4MDAiXQ",
    "deep list in base64": "W1tb" * 250,
    "long": "x" * 5000,
}

# For any field; what fits the schema of the field after all is left out.
VALUES = {
    "null": None,
    "true": True,
    "number": 1,
    "minus one": -1,
    "float": 0.5,
    "huge": 10**30,
    "very huge": 10**400,
    "bigger than 64 bits": 2**64,
    "list": [],
    "list of lists": [[[]]],
    "list of nulls": [None],
    "object": {},
    "object of objects": {"a": {"b": {}}},
    "empty": "",
    "blank": " ",
    "long": "x" * 20_000,
    "emoji": "🚀",
    "letters of another script": "имя",
    "control character": "a\x1bb",
    "newline": "a\nb",
    "newline at the end": "abc\n",
    "delete": "a\x7fb",
    "SQL": "Robert'); DROP TABLE accounts;--",
    "path": "a/b",
    "path upwards": "../x",
    "escaped path": "a%2Fb",
    "template": "{{7*7}}${7*7}",
    "colon": "a:b",
}

# What no text may hold, whatever its schema.
UNSTORABLE = {"NUL": '"a\\u0000b"', "leading surrogate": '"a\\ud800b"', "trailing surrogate": '"\\udc00"'}

BODIES = {
    "empty": b"",
    "blank": b" \n",
    "not JSON": b"name=x",
    "cut off": b'{"name": "x"',
    "trailing comma": b'{"name": "x",}',
    "single quotes": b"{'name': 'x'}",
    "comment": b"{} // x",
    "two values": b"{} {}",
    "NaN": b'{"name": NaN}',
    "infinity": b'{"name": -Infinity}',
    "not UTF-8": b'{"name": "\xff\xfe"}',
    "UTF-16": '{"name": "x"}'.encode("utf-16"),
    "byte order mark": b'\xef\xbb\xbf{"name": "x"}',
    "surrogates in UTF-8": b'{"name": "\xed\xa0\x80"}',
    "NUL": b"\x00",
    "text": b'"x"',
    "number": b"1",
    "null": b"null",
    "list": b"[]",
    "deep list": b"[" * 100_000 + b"]" * 100_000,
    "deep object": b'{"a":' * 900 + b"1" + b"}" * 900,
    "deep and open": b'{"a":' * 100_000,
    "deep in a field": b'{"name": ' + b"[" * 500 + b"]" * 500 + b"}",
    "deep with NUL": b'{"name": ' + b"[" * 500 + b'"\\u0000"' + b"]" * 500 + b"}",
    "unknown field with NUL": b'{"\\u0000": 1}',
    "many fields": json.dumps({f"f{n}": n for n in range(20_000)}).encode(),
}

CONTENT_TYPES = {
    "text": b"text/plain",
    "form": b"application/x-www-form-urlencoded",
    "multipart": b"multipart/form-data; boundary=x",
    "octets": b"application/octet-stream",
    "patch": b"application/json-patch+json",
    "nonsense": b"nonsense",
    "not ASCII": "application/jsön".encode("latin-1"),
    "control characters": b"text/\x01\x7f",
    "long": b"text/" + b"x" * 10_000,
}

AUTHORIZATIONS = {
    "other scheme": b"Basic dXNlcjpwYXNzd29yZA==",
    "no key": b"Bearer",
    "blank key": b"Bearer    ",
    "no scheme": b"mls_abc",
    "empty": b"",
    "not ASCII": "Bearer schlüssel".encode("latin-1"),
    "not text": b"Bearer \xff\xfe\x80",
    "control characters": b"Bearer a\x01b",
    "two keys": b"Bearer a, Bearer b",
    "long": b"Bearer " + b"x" * 100_000,
    "SQL": b"Bearer ' OR 1=1 --",
}

IDEMPOTENCY_KEYS = {
    "empty": b"",
    "blank": b"a b",
    "long": b"x" * 256,
    "not ASCII": "schlüssel".encode("latin-1"),
    "control characters": b"a\x01b",
}

LENGTHS = {"negative": b"-1", "word": b"many", "float": b"1.5", "huge": b"9" * 30}


def target(call: Call, parameter: str, segment: bytes) -> bytes:
    """The request line of a call with something else, as it is, for one parameter of its path."""
    start, end = call.operation.path.split("{" + parameter + "}")
    around = [
        Call(Operation(call.operation.name, call.operation.method, part, {}, ()), call.path).url.encode()
        for part in (start, end)
    ]
    query = str(httpx.QueryParams(call.query)).encode()
    return b"/api/v1" + around[0] + segment + around[1] + (b"?" + query if query else b"")


def mutations(schema: dict[str, Any], body: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Each field of a body, at any depth, with a function that makes the body with that field changed."""
    for name, field in schema.get("properties", {}).items():
        yield f"/{name}", lambda value, name=name: {**body, name: value}
        inner = spec.resolve(field)
        if inner.get("type") == "object":
            for pointer, change in mutations(inner, body.get(name) or {}):
                yield f"/{name}{pointer}", lambda value, name=name, change=change: {**body, name: change(value)}
        elif inner.get("type") == "array":
            yield f"/{name}/0", lambda value, name=name: {**body, name: [value]}
