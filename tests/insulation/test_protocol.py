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


def test_nobody_else_spells_them_out() -> None:
    """Names of headers, and the base path, stand in one module."""
    are_words = ("BEARER", "DRY_RUN", "LINK")
    words = {
        value.lower()
        for name, value in vars(protocol).items()
        if name.isupper() and isinstance(value, str) and not (name in are_words or value[0].isdecimal())
    }
    assert {"/api/v1", "authorization", "x-request-id"} <= words
    for path in FACADE.rglob("*.py"):
        if path.name == "protocol.py" or "_sync" in path.parts:
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                assert node.value.lower() not in words, f"{path.name}:{node.lineno}: {node.value!r}"
