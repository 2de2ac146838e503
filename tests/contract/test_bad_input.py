"""Bad input, on every operation of the spec where it applies.

The answer is always a problem with a stable code, a hint and a request id, never a failure of the server, and nothing
of it is written. That PostgreSQL answers as SQLite does is tested in `test_databases.py`.
"""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest

from tests.support import spec
from tests.support.bad_values import (
    AUTHORIZATIONS,
    BODIES,
    CONTENT_TYPES,
    IDEMPOTENCY_KEYS,
    LENGTHS,
    QUERY_VALUES,
    SEGMENTS,
    UNSTORABLE,
    VALUES,
    mutations,
    target,
)
from tests.support.calls import FILE, Call, valid
from tests.support.examples import validator
from tests.support.problems import problem
from tests.support.spec import Operation
from tests.support.stage import Stage

MEGABYTES = b"x" * 10_000_000
JSON = {"Content-Type": "application/json"}

ALL = [pytest.param(o, id=o.name) for o in spec.operations()]
WITH_BODY = [pytest.param(o, id=o.name) for o in spec.operations() if o.body_schema is not None]
WITHOUT_BODY = [pytest.param(o, id=o.name) for o in spec.operations() if "requestBody" not in o.raw]
WRITES = [pytest.param(o, id=o.name) for o in spec.operations() if o.is_write]
WITH_KEY = [pytest.param(o, id=o.name) for o in spec.operations() if o.access["allow"] != "anyone"]


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
            line = target(bad.call, parameter["name"], segment)
            bad.send(f"{parameter['name']} {what}", extensions={"target": line})
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
            if kind == "integer" and value.isdecimal() and len(value) < 10 and fits.is_valid(int(value)):
                continue
            bad.send(f"{name} {what}", bad.call.having(query={**given, name: value}))
        for text in ("%ff%fe", "%ed%a0%80", "%00", "%zz"):
            rest = str(httpx.QueryParams({k: v for k, v in given.items() if k != name}))
            line = f"/api/v1{bad.call.url}?{rest}{'&' if rest else ''}{name}={text}".encode()
            if kind == "string" and text == "%zz" and name not in ("cursor", "token"):
                continue
            bad.send(f"{name}={text}", extensions={"target": line})
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
            if "x-rows" in operation.raw and pointer.endswith("/0") and isinstance(value, dict):
                continue  # a row that is refused alone, see tests/server/test_bulk.py
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


@pytest.mark.parametrize("operation", [o for o in ALL if "requestBody" in o.values[0].raw])
def test_a_body_that_was_cut_off(stage: Stage, operation: Operation) -> None:
    """Also where what arrived could pass for all of it."""
    bad = Bad(stage, operation)
    content = bad.call.body if operation.takes_file else json.dumps(bad.call.body).encode()
    headers = FILE if operation.takes_file else JSON
    for missing in (1, 1000):
        length = str(len(content) + missing)
        response = bad.send(f"{missing} missing", content=content, headers={**headers, "Content-Length": length})
        problem(response, 400, "malformed_request")
    bad.judge()


@pytest.mark.parametrize("operation", WITH_BODY)
def test_a_field_twice(stage: Stage, operation: Operation) -> None:
    bad = Bad(stage, operation)
    for name, value in bad.call.body.items():
        content = json.dumps(bad.call.body)[:-1] + f", {json.dumps(name)}: {json.dumps(value)}}}"
        problem(bad.send(f"{name} twice", content=content.encode(), headers=JSON), 422, "invalid_request")
    bad.judge()


# How large a file may be is a matter of its own: tests/experiments/test_assets.py.
SIZED = [p for p in ALL if p.values[0].method not in spec.SAFE and not p.values[0].takes_file]


@pytest.mark.parametrize("operation", SIZED)
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
    "line",
    [b"/", b"", b"/api", b"/api/v1", b"/api/v1/", b"/api/v1/nothing", b"/api/v2/me", b"/api/v1/me/", b"//",
     b"/api/v1/me/x", b"/api/v1//me", b"/api/v1/projects//users", b"/\xff", b"/%00", b"*", b"/api/v1/../v1/me/x"],
)  # fmt: skip
def test_path_where_nothing_is(stage: Stage, line: bytes) -> None:
    response = stage.operator.get("/", extensions={"target": line})
    assert problem(response)["code"] in ("route_not_found", "invalid_request")


@pytest.mark.parametrize("path", sorted({o.path for o in spec.operations()}))
def test_method(stage: Stage, path: str) -> None:
    known = {o.method.upper() for o in spec.operations() if o.path == path}
    url = path.replace("{", "").replace("}", "")
    for method in {"GET", "PUT", "POST", "PATCH", "DELETE", "TRACE", "CONNECT"} - known:
        response = stage.operator.request(method, url)
        problem(response, 405, "method_not_allowed")
        allowed = {m.strip() for m in response.headers["allow"].split(",")}
        # What answers GET may answer HEAD without being in the spec.
        assert allowed - {"OPTIONS", "HEAD"} == known - {"HEAD"}, method
    for method in ("PROPFIND", "NONSENSE"):
        problem(stage.operator.request(method, url))
