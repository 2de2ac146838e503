"""Bad input, on every operation of the spec where it applies, on both databases.

Whatever it is, the answer is a problem with a stable code, a hint and a request id, never a failure of
the server, and nothing of it is written.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from tests.support import spec
from tests.support.calls import Call, valid
from tests.support.databases import Postgres
from tests.support.examples import validator
from tests.support.problems import problem
from tests.support.spec import Operation
from tests.support.stage import Stage
from tests.support.stage import stage as set_up_stage

MEGABYTES = b"x" * 10_000_000

ALL = [pytest.param(o, id=o.name) for o in spec.operations()]
WITH_BODY = [pytest.param(o, id=o.name) for o in spec.operations() if o.body_schema is not None]
WITHOUT_BODY = [pytest.param(o, id=o.name) for o in spec.operations() if o.body_schema is None]
WRITES = [pytest.param(o, id=o.name) for o in spec.operations() if o.is_write]
WITH_KEY = [pytest.param(o, id=o.name) for o in spec.operations() if o.access["allow"] != "anyone"]

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


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def stage(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    if request.param == "sqlite":
        with set_up_stage() as found:
            yield found
    else:
        server: Postgres = request.getfixturevalue("postgres")
        key_file: Path = tmp_path_factory.mktemp("keys") / "server.key"
        with set_up_stage(server.migrated(), key_file=key_file) as found:
            yield found


class Bad:
    """Sends what must be refused, and collects what was not."""

    def __init__(self, stage: Stage, operation: Operation) -> None:
        self.api = stage.operator
        self.stage = stage
        self.operation = operation
        self.call: Call = valid(operation, stage.known)
        self.before = stage.state()
        self.wrong: list[str] = []

    def send(self, what: str, call: Call | None = None, **changes: Any) -> httpx.Response:
        """Send it, and note whether the answer is a refusal as it should be."""
        response = (call or self.call).send(self.api, **changes)
        try:
            found = problem(response)
            assert 400 <= response.status_code < 500, response.text[:300]
            assert found["code"] in self.operation.problem_codes, f"{found['code']} is not in x-problems"
        except (AssertionError, ValueError, KeyError) as error:
            self.wrong.append(f"{what}: {error}")
        return response

    def judge(self) -> None:
        """Fail with everything that was wrong."""
        assert not self.wrong, f"{self.operation.name}:\n" + "\n".join(self.wrong)
        assert self.stage.state() == self.before, "something was written"


@pytest.mark.parametrize("operation", [p for p in ALL if p.values[0].parameters_in("path")])
def test_path(stage: Stage, operation: Operation) -> None:
    bad = Bad(stage, operation)
    for parameter in operation.parameters_in("path"):
        for what, segment in SEGMENTS.items():
            start, end = operation.path.split("{" + parameter["name"] + "}")
            around = [
                Call(Operation(operation.name, operation.method, part, {}, ()), bad.call.path).url.encode()
                for part in (start, end)
            ]
            query = str(httpx.QueryParams(bad.call.query)).encode()
            target = b"/api/v1" + around[0] + segment + around[1] + (b"?" + query if query else b"")
            bad.send(f"{parameter['name']} {what}", extensions={"target": target})
    bad.judge()


@pytest.mark.parametrize("operation", ALL)
def test_query(stage: Stage, operation: Operation) -> None:
    bad = Bad(stage, operation)
    given = bad.call.query
    for name in ("unknown", "Limit", "limit[]", "", "a\x00b", "🚀", "x" * 5000):
        bad.send(f"unknown {name[:10]!r}", bad.call.having(query={**given, name: "1"}))
    for parameter in operation.parameters_in("query"):
        name = parameter["name"]
        fits = validator(parameter["schema"])
        kind = spec.resolve(parameter["schema"]).get("type")
        for what, value in QUERY_VALUES.items():
            if kind == "string" and name not in ("cursor", "token") and fits.is_valid(value) and value.isprintable():
                continue  # a name that nothing has is bad input of another kind
            bad.send(f"{name} {what}", bad.call.having(query={**given, name: value}))
        for text in ("%ff%fe", "%ed%a0%80", "%00", "%zz"):
            rest = str(httpx.QueryParams({k: v for k, v in given.items() if k != name}))
            target = f"/api/v1{bad.call.url}?{rest}{'&' if rest else ''}{name}={text}".encode()
            if kind == "string" and text == "%zz" and name not in ("cursor", "token"):
                continue
            bad.send(f"{name}={text}", extensions={"target": target})
        one = given.get(name, "1" if kind == "integer" else "true" if kind == "boolean" else "basic")
        rest = [(k, v) for k, v in given.items() if k != name]
        bad.send(f"{name} twice", params=[*rest, (name, one), (name, one)])
        if parameter.get("required"):
            bad.send(f"{name} missing", params=rest)
    bad.judge()


@pytest.mark.parametrize("operation", WITH_BODY)
def test_field(stage: Stage, operation: Operation) -> None:
    bad = Bad(stage, operation)
    assert operation.body_schema is not None
    fits = validator(operation.body_schema)
    for pointer, body in mutations(operation.body_schema, bad.call.body):
        for what, value in VALUES.items():
            changed = body(value)
            if not fits.is_valid(changed):
                text = json.dumps(changed).encode()
                bad.send(f"{pointer} {what}", content=text, headers=JSON)
        for what, text in UNSTORABLE.items():
            changed = json.dumps(body("PLACEHOLDER")).replace('"PLACEHOLDER"', text)
            bad.send(f"{pointer} {what}", content=changed.encode(), headers=JSON)
    for name in operation.body_schema.get("required", ()):
        rest = {k: v for k, v in bad.call.body.items() if k != name}
        bad.send(f"{name} missing", content=json.dumps(rest).encode(), headers=JSON)
    bad.send("unknown field", bad.call.having(body={**bad.call.body, "unknown": 1}))
    bad.send("field in another case", bad.call.having(body={**bad.call.body, "NAME": "x"}))
    bad.judge()


@pytest.mark.parametrize("operation", WITH_BODY)
def test_body(stage: Stage, operation: Operation) -> None:
    bad = Bad(stage, operation)
    assert operation.body_schema is not None
    for what, content in BODIES.items():
        bad.send(what, content=content, headers=JSON)
    for what, kind in CONTENT_TYPES.items():
        content = json.dumps(bad.call.body).encode()
        response = bad.send(what, content=content, headers=[(b"Content-Type", kind)])
        assert response.status_code == 415, f"{what}: {response.text}"
    bad.judge()


@pytest.mark.parametrize("operation", WRITES)
def test_size(stage: Stage, operation: Operation) -> None:
    bad = Bad(stage, operation)
    responses = [
        bad.send("10 MB", content=MEGABYTES, headers=JSON),
        bad.send("10 MB in chunks", content=(MEGABYTES[:100_000] for _ in range(100)), headers=JSON),
        bad.send("10 MB of text", content=b'{"name": "' + MEGABYTES + b'"}', headers=JSON),
        bad.send("10 MB announced", content=b"{}", headers={**JSON, "Content-Length": "10000000"}),
    ]
    for response in responses:
        problem(response, 413, "request_too_large")
    for what, length in LENGTHS.items():
        headers = [(b"Content-Type", b"application/json"), (b"Content-Length", length)]
        bad.send(f"length {what}", content=b"{}", headers=headers)
    bad.judge()


@pytest.mark.parametrize("operation", WITHOUT_BODY)
def test_body_where_none_is_taken(stage: Stage, operation: Operation) -> None:
    bad = Bad(stage, operation)
    for what, content in {"object": b"{}", "list": b"[1]", "not JSON": b"\xff"}.items():
        bad.send(what, content=content, headers=JSON)
        bad.send(f"{what} in chunks", content=iter([content]), headers=JSON)
    bad.judge()


@pytest.mark.parametrize("operation", WITH_KEY)
def test_authorization(stage: Stage, operation: Operation) -> None:
    bad = Bad(stage, operation)
    bad.api = stage.world.http.anonymous()
    for name in (b"Authorization", b"X-API-Key"):
        for what, value in AUTHORIZATIONS.items():
            response = bad.send(f"{name!r} {what}", headers=[(name, value)])
            assert response.status_code == 401, f"{name!r} {what}: {response.text}"
    bad.judge()


@pytest.mark.parametrize("operation", WRITES)
def test_idempotency_key(stage: Stage, operation: Operation) -> None:
    bad = Bad(stage, operation)
    for what, key in IDEMPOTENCY_KEYS.items():
        response = bad.send(what, headers=[(b"Idempotency-Key", key)])
        problem(response, 422, "invalid_request")
    bad.judge()


@pytest.mark.parametrize(
    "target",
    [b"/", b"", b"/api", b"/api/v1", b"/api/v1/", b"/api/v1/nothing", b"/api/v2/me", b"/api/v1/me/", b"//",
     b"/api/v1/me/x", b"/api/v1//me", b"/api/v1/projects//users", b"/\xff", b"/%00", b"*", b"/api/v1/../v1/me/x"],
)  # fmt: skip
def test_path_where_nothing_is(stage: Stage, target: bytes) -> None:
    response = stage.operator.get("/", extensions={"target": target})
    assert problem(response)["code"] in ("route_not_found", "invalid_request")


@pytest.mark.parametrize("path", sorted({o.path for o in spec.operations()}))
def test_method(stage: Stage, path: str) -> None:
    known = {o.method.upper() for o in spec.operations() if o.path == path}
    url = path.replace("{", "").replace("}", "")
    for method in {"GET", "PUT", "POST", "PATCH", "DELETE", "TRACE", "CONNECT"} - known:
        response = stage.operator.request(method, url)
        problem(response, 405, "method_not_allowed")
        assert {m.strip() for m in response.headers["allow"].split(",")} - {"OPTIONS"} == known, method
    for method in ("PROPFIND", "NONSENSE"):
        problem(stage.operator.request(method, url))


JSON = {"Content-Type": "application/json"}


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
