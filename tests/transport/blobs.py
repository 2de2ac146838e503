"""What generated code for bodies of bytes looks like, and a WSGI application that takes and gives them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from mlsteward_api.types import Request, read_json

PART = b"x" * (256 * 1024)


def put(name: str, *, body: Any) -> Request[Any]:
    """`PUT /blobs/{name}`, with the body as it is."""
    headers = {"Content-Type": "application/octet-stream"}
    return Request("put", "/blobs/{name}", {"name": name}, read_json, headers=headers, content=body.payload)


def get(name: str, **params: Any) -> Request[Any]:
    """`GET /blobs/{name}`. Streaming sends it, and reads the answer itself."""
    return Request("get", "/blobs/{name}", {"name": name}, read_json, params=params)


class Blobs:
    """The application.

    Attributes:
        statuses: What is answered first, before 200.
        size: Of what `GET` gives.
        closed: How many bodies of answers were closed.
        sent: How many parts of answers were asked for.
    """

    def __init__(self, *statuses: str, size: int = len(PART)) -> None:
        self.statuses = list(statuses)
        self.size = size
        self.closed = self.sent = 0
        self.environs: list[dict[str, Any]] = []
        self.digests: list[str] = []

    def wsgi(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        digest, size = hashlib.sha256(), 0
        while part := environ["wsgi.input"].read(64 * 1024):
            digest.update(part)
            size += len(part)
        self.environs.append(environ)
        self.digests.append(digest.hexdigest())
        if self.statuses:
            start_response(self.statuses.pop(0), [("Content-Type", "application/problem+json")])
            return [json.dumps({"code": "project_not_found", "detail": "Not here"}).encode()]
        if environ["REQUEST_METHOD"] == "GET":
            start_response("200 OK", [("Content-Type", "application/octet-stream"), ("X-Request-Id", "01J")])
            return Body(self)
        start_response("200 OK", [("Content-Type", "application/json")])
        return [json.dumps({"size": size}).encode()]

    def close(self) -> None:
        pass


class Body:
    """The body of an answer, made part by part."""

    def __init__(self, blobs: Blobs) -> None:
        self._blobs = blobs

    def __iter__(self) -> Iterator[bytes]:
        for _ in range(self._blobs.size // len(PART)):
            self._blobs.sent += 1
            yield PART

    def close(self) -> None:
        self._blobs.closed += 1
