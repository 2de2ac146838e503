"""The bundled spec as tests read it: plain JSON, by code that shares nothing with the server's."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

METHODS = ("get", "put", "post", "patch", "delete", "head", "options", "trace")

REFERENCE = r'"\$ref": "#/components/(\w+)/(\w+)"'

SAFE = ("get", "head")

GENERIC_CODES = frozenset(
    {
        "malformed_request",
        "unauthenticated",
        "api_key_invalid",
        "api_key_expired",
        "scope_missing",
        "forbidden",
        "route_not_found",
        "method_not_allowed",
        "conflict",
        "request_timeout",
        "request_too_large",
        "storage_failed",
        "unsupported_media_type",
        "invalid_request",
        "dry_run_not_possible",
        "idempotency_key_reused",
        "internal_error",
        "unavailable",
    }
)
"""Codes that any operation can answer with; the others must be listed in its `x-problems`."""


@cache
def document() -> dict[str, Any]:
    """The whole bundle."""
    text = resources.files("mlsteward_server").joinpath("openapi.json").read_text("utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def resolve(node: dict[str, Any]) -> dict[str, Any]:
    """Follow a `$ref` inside the bundle."""
    while "$ref" in node:
        target: Any = document()
        for part in node["$ref"].removeprefix("#/").split("/"):
            target = target[part]
        node = target
    return node


def used_by(schema: Mapping[str, Any]) -> dict[str, Any]:
    """The components that a schema refers to, directly or through others."""
    found: dict[str, Any] = {}
    waiting = re.findall(REFERENCE, json.dumps(schema))
    while waiting:
        kind, name = waiting.pop()
        if name not in found.setdefault(kind, {}):
            found[kind][name] = document()["components"][kind][name]
            waiting += re.findall(REFERENCE, json.dumps(found[kind][name]))
    return found


@dataclass(frozen=True)
class Operation:
    """One method of one path."""

    name: str
    method: str
    path: str
    raw: dict[str, Any]
    parameters: tuple[dict[str, Any], ...]

    def __str__(self) -> str:
        return self.name

    @property
    def access(self) -> dict[str, Any]:
        found: dict[str, Any] = self.raw["x-access"]
        return found

    @property
    def is_write(self) -> bool:
        """Whether it changes anything; a query by POST says `x-effect: read`."""
        usual = "read" if self.method in SAFE else "write"
        return str(self.raw.get("x-effect", usual)) == "write"

    @property
    def is_list(self) -> bool:
        return any(p["name"] == "cursor" for p in self.parameters)

    @property
    def problem_codes(self) -> frozenset[str]:
        return GENERIC_CODES | frozenset(self.raw["x-problems"])

    @property
    def body_schema(self) -> dict[str, Any] | None:
        """The schema of its JSON body, if it takes one."""
        content = self.raw.get("requestBody", {}).get("content", {})
        return resolve(content["application/json"]["schema"]) if "application/json" in content else None

    @property
    def takes_file(self) -> bool:
        return "application/octet-stream" in self.raw.get("requestBody", {}).get("content", {})

    @property
    def gives_file(self) -> bool:
        success = next(r for status, r in self.raw["responses"].items() if status.startswith("2"))
        return "application/octet-stream" in success.get("content", {})

    def parameters_in(self, place: str) -> list[dict[str, Any]]:
        return [p for p in self.parameters if p["in"] == place]


@cache
def operations() -> tuple[Operation, ...]:
    """Every operation of the bundle."""
    found = []
    for path, item in document()["paths"].items():
        for method in METHODS:
            if method in item:
                raw = item[method]
                parameters = (*item.get("parameters", ()), *raw.get("parameters", ()))
                found.append(Operation(raw["operationId"], method, path, raw, tuple(resolve(p) for p in parameters)))
    return tuple(found)


def called(method: str, path: str) -> Operation | None:
    """The operation that answers a request, if any; the path is that below `/api/v1`."""
    for found in operations():
        pattern = re.sub(r"\{\w+\}", "[^/]+", found.path)
        if found.method == method.lower() and re.fullmatch(pattern, path):
            return found
    return None


def operation(name: str) -> Operation:
    """One operation by its name."""
    return next(o for o in operations() if o.name == name)
