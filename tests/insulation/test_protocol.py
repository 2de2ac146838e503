"""What the client takes for granted on the wire is what the spec says: `mlsteward.protocol`, piece by piece."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import mlsteward
import pytest
from mlsteward import protocol

from tests.support import spec

DOCUMENT = spec.document()
FACADE = Path(mlsteward.__file__).parent


def operations() -> Iterator[tuple[str, dict[str, Any]]]:
    for path in DOCUMENT["paths"].values():
        for method, operation in path.items():
            if isinstance(operation, dict) and "operationId" in operation:
                yield method, operation


def resolved(node: Any) -> Any:
    while isinstance(node, dict) and "$ref" in node:
        found: Any = DOCUMENT
        for part in node["$ref"].removeprefix("#/").split("/"):
            found = found[part]
        node = found
    return node


def parameters(operation: dict[str, Any], place: str) -> dict[str, dict[str, Any]]:
    found = [resolved(parameter) for parameter in operation.get("parameters", ())]
    return {parameter["name"]: parameter for parameter in found if parameter["in"] == place}


def success(operation: dict[str, Any]) -> dict[str, Any]:
    (code,) = [code for code in operation["responses"] if code.startswith("2")]
    answer: dict[str, Any] = resolved(operation["responses"][code])
    return answer


def headers(operation: dict[str, Any]) -> set[str]:
    return {name.lower() for name in success(operation).get("headers", {})}


def content(operation: dict[str, Any]) -> Any:
    return resolved(success(operation).get("content", {}).get("application/json", {}).get("schema"))


LISTS = [operation for _, operation in operations() if "cursor" in parameters(operation, "query")]


def test_the_base_path() -> None:
    assert [server["url"] for server in DOCUMENT["servers"]] == [protocol.API_ROOT]


def test_who_is_calling() -> None:
    scheme = DOCUMENT["components"]["securitySchemes"]["bearer"]
    assert (scheme["type"], scheme["scheme"]) == ("http", protocol.BEARER.lower())
    assert {"bearer": []} in DOCUMENT["security"]
    assert protocol.authorization("mls_x") == ("Authorization", "Bearer mls_x")
    for _, operation in operations():
        needed = [scheme for scheme in operation.get("security", ()) if scheme]
        assert not needed or {"bearer": []} in needed, operation["operationId"]


def test_problems() -> None:
    problem = DOCUMENT["components"]["schemas"]["Problem"]["properties"]
    location = DOCUMENT["components"]["schemas"]["ProblemLocation"]["properties"]
    texts = {name: f"the {name}" for name in protocol.Problem._fields if name != "errors"}
    assert texts.keys() | {"errors"} <= problem.keys()
    assert all(problem[name]["type"] == "string" for name in texts)
    assert (problem["errors"]["type"], location.keys()) == ("array", {"pointer", "message"})
    whole = {**texts, "errors": [{"pointer": "/body/name", "message": "too long"}]}
    read = protocol.read_problem(json.dumps(whole).encode())
    assert read == protocol.Problem(**texts, errors=(("/body/name", "too long"),))
    for _, operation in operations():
        schema = resolved(operation["responses"]["default"])["content"]["application/problem+json"]["schema"]
        assert schema == {"$ref": "#/components/schemas/Problem"}


@pytest.mark.parametrize("operation", LISTS, ids=[operation["operationId"] for operation in LISTS])
def test_lists(operation: dict[str, Any]) -> None:
    """All of them are paged in the way of `LISTS`; another way has a name of its own there."""
    asked = parameters(operation, "query")
    paging = protocol.LISTS
    assert {paging.size, paging.cursor} <= asked.keys()
    assert asked[paging.size]["schema"]["type"] == "integer"
    assert asked[paging.cursor]["schema"]["type"] == "string"
    assert (paging.items, paging.following) == (None, None)
    assert content(operation)["type"] == "array"
    assert protocol.LINK in headers(operation)
    assert (paging.total in asked) == (protocol.TOTAL_COUNT in headers(operation))


def test_there_are_lists() -> None:
    assert len(LISTS) > 15
    arrays = [o["operationId"] for _, o in operations() if (content(o) or {}).get("type") == "array"]
    assert sorted(arrays) == sorted(o["operationId"] for o in LISTS)


def test_writes_take_an_idempotency_key() -> None:
    written = [(method, operation) for method, operation in operations() if operation.get("x-idempotent") == "key"]
    assert len(written) > 10
    for method, operation in written:
        assert protocol.IDEMPOTENCY_KEY in parameters(operation, "header"), operation["operationId"]
        assert method != "get"


def test_headers_of_every_answer() -> None:
    assert {name.lower() for name in DOCUMENT["x-headers"]} == {protocol.REQUEST_ID, protocol.API_VERSION_HEADER}


def test_entity_tags() -> None:
    """What can be changed under a condition says in its answers which version it has."""
    tagged = {protocol.ETAG in headers(operation) for _, operation in operations() if is_conditional(operation)}
    assert tagged == {True}


def is_conditional(operation: dict[str, Any]) -> bool:
    return protocol.IF_MATCH in parameters(operation, "header")


def test_conditions_reach_operations_that_take_them() -> None:
    """A condition that a server ignores would lose what others wrote."""
    expected = {operation["operationId"] for _, operation in operations() if is_conditional(operation)}
    assert len(expected) > 5
    assert {name for path in (FACADE / "_async").rglob("*.py") for name in calls_with("if_match", path)} == expected


def calls_with(option: str, path: Path) -> Iterator[str]:
    """The operations that a module of resources calls with an option."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    imports = [node for node in tree.body if isinstance(node, ast.ImportFrom)]
    names = {alias.asname or alias.name: alias.name for node in imports for alias in node.names}
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and any(keyword.arg == option for keyword in call.keywords):
            for part in ast.walk(call):
                if isinstance(part, ast.Attribute) and part.attr == "request" and isinstance(part.value, ast.Name):
                    yield names[part.value.id]


def test_jobs() -> None:
    """Operations whose work goes on answer with a job, or its path."""
    job = DOCUMENT["components"]["schemas"]["Job"]
    waiting = protocol.JOBS
    assert {waiting.id, waiting.status} <= set(job["required"])
    assert waiting.finished in job["properties"].keys() - set(job["required"])
    # A deletion that is accepted starts no job that people could wait for.
    started = [o for method, o in operations() if "202" in o["responses"] and method != "delete"]
    assert started
    for operation in started:
        assert waiting.location or content(operation) == job, operation["operationId"]
        assert {waiting.location or protocol.RETRY_AFTER, protocol.RETRY_AFTER} <= headers(operation)


def test_renamed_codes_are_those_of_the_spec() -> None:
    codes = DOCUMENT["x-problem-codes"].keys()
    assert protocol.CODES.keys() <= codes
    assert codes.isdisjoint(protocol.CODES.values())


PLAIN = ("BEARER", "DRY_RUN", "ETAG", "LINK", "LOCATION")
"""Words that are used for other things too."""


def test_nobody_else_spells_them_out() -> None:
    """Names of headers, and the base path, stand in one module."""
    words = {
        value.lower()
        for name, value in vars(protocol).items()
        if name.isupper() and isinstance(value, str) and not (name in PLAIN or value[0].isdecimal())
    }
    assert {"/api/v1", "authorization", "x-request-id"} <= words
    for path in FACADE.rglob("*.py"):
        if path.name == "protocol.py" or "_sync" in path.parts:
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                assert node.value.lower() not in words, f"{path.name}:{node.lineno}: {node.value!r}"
