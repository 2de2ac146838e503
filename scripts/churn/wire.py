"""A server that speaks tomorrow's wire: today's server, with translators around it."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode

WSGI = Callable[[dict[str, Any], Any], Iterable[bytes]]

API_ROOT = "/api/v1"
METHODS = ("get", "put", "post", "patch", "delete")
JSON = ("application/json", "application/problem+json")


@dataclass
class Request:
    """A request on its way to the server.

    Attributes:
        path: Below `root`, as the client sent it, decoded.
        headers: By their names in lower case.
        body: The JSON body; None if there is none, or another one.
        operation: The operation of today that the request is for, once it is known.
    """

    method: str
    root: str
    path: str
    query: list[tuple[str, str]]
    headers: dict[str, str]
    body: Any
    operation: str = ""


@dataclass
class Answer:
    """An answer on its way to the client; `body` is None if it is not JSON."""

    status: int
    headers: dict[str, str]
    body: Any


def _nothing(*_: Any) -> None:
    pass


@dataclass(frozen=True)
class Translator:
    """What happens to a request that arrives in tomorrow's form, and to an answer in today's."""

    request: Callable[[Today, Request], None] = _nothing
    answer: Callable[[Today, Request, Answer], None] = _nothing


class Today:
    """The document that the server speaks."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self.document = document
        self._operations: dict[str, tuple[str, str, Any]] = {
            operation["operationId"]: (method, path, operation)
            for path, item in document["paths"].items()
            for method, operation in item.items()
            if method in METHODS
        }
        self._patterns = [
            (method, re.compile(re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(path))), name)
            for name, (method, path, _) in self._operations.items()
        ]

    def find(self, method: str, path: str) -> str:
        """The operation of a request; empty if there is none."""
        for each, pattern, name in self._patterns:
            if each == method.lower() and pattern.fullmatch(path):
                return name
        return ""

    def parameter(self, name: str, key: str) -> Any:
        """The schema of a query parameter of an operation."""
        _, path, operation = self._operations[name]
        for each in (*operation.get("parameters", ()), *self.document["paths"][path].get("parameters", ())):
            found = self._target(each["$ref"]) if "$ref" in each else each
            if (found["name"], found["in"]) == (key, "query"):
                return found["schema"]
        return {}

    def body_schema(self, name: str) -> Any:
        operation = self._operations[name][2] if name else {}
        return operation.get("requestBody", {}).get("content", {}).get(JSON[0], {}).get("schema", {})

    def answer_schema(self, name: str, status: int) -> Any:
        if status >= 400:
            return {"$ref": "#/components/schemas/Problem"}
        responses = self._operations[name][2]["responses"] if name else {}
        success: Any = next((answer for code, answer in responses.items() if code.startswith("2")), {})
        return success.get("content", {}).get(JSON[0], {}).get("schema", {})

    def objects(self, schema: Any, value: Any, name: str) -> list[dict[str, Any]]:
        """The objects in a JSON value that are of the schema called `name`."""
        found: list[dict[str, Any]] = []

        def seen(each: Any) -> Any:
            found.append(each)
            return each

        self.mapped(schema, value, name, seen)
        return found

    def mapped(self, schema: Any, value: Any, name: str, convert: Callable[[Any], Any]) -> Any:
        """A JSON value in which everything that is of the schema called `name` is converted, in place where it can."""
        is_one = False
        while "$ref" in schema:
            is_one = is_one or schema["$ref"].endswith(f"/schemas/{name}")
            schema = self._target(schema["$ref"])
        if isinstance(value, list):
            value[:] = [self.mapped(schema.get("items", {}), item, name, convert) for item in value]
        elif isinstance(value, dict):
            for key, inner in schema.get("properties", {}).items():
                if key in value:
                    value[key] = self.mapped(inner, value[key], name, convert)
        return convert(value) if is_one else value

    def _target(self, reference: str) -> Any:
        found: Any = self.document
        for step in reference.removeprefix("#/").split("/"):
            found = found[step]
        return found


class Wire:
    """A server that speaks tomorrow's wire.

    Args:
        app: The server as it is.
        today: Its document.
        translators: In the order in which a request meets them; an answer meets them the other way around.
        root: Tomorrow's base path.
        version: Tomorrow's version of the API, if it is another one.
    """

    def __init__(
        self,
        app: WSGI,
        today: Today,
        translators: Sequence[Translator],
        *,
        root: str = API_ROOT,
        version: str | None = None,
    ) -> None:
        self._app = app
        self._today = today
        self._translators = translators
        self._root = root
        self._version = version

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        request = self._received(environ)
        for translator in self._translators:
            translator.request(self._today, request)
        request.operation = request.operation or self._today.find(request.method, request.path)
        started: list[Any] = []

        def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Callable[[bytes], object]:
            started[:] = status, headers
            return _nothing

        parts = self._app(self._sent(environ, request), start)
        status, headers = started
        kind = {name.lower(): value for name, value in headers}.get("content-type", "")
        body = None
        if kind.startswith(JSON):
            content = b"".join(parts)
            parts = [content]
            body = json.loads(content) if content else None
        before = json.dumps(body)
        answer = Answer(int(status.split()[0]), {name.lower(): value for name, value in headers}, body)
        for translator in reversed(self._translators):
            translator.answer(self._today, request, answer)
        if self._version is not None:
            answer.headers["x-api-version"] = self._version
        if json.dumps(answer.body) != before:
            parts = [json.dumps(answer.body).encode()] if answer.body is not None else []
            answer.headers["content-type"] = kind or JSON[0]
            answer.headers["content-length"] = str(sum(map(len, parts)))
        start_response(f"{answer.status} {_REASON}", list(answer.headers.items()))
        return parts

    def _received(self, environ: dict[str, Any]) -> Request:
        path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "replace")
        inside = path.startswith(f"{self._root}/")
        body = None
        if environ.get("CONTENT_TYPE", "").startswith(JSON[0]):
            content = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or -1))
            environ["wsgi.input"] = io.BytesIO(content)
            body = json.loads(content) if content else None
        return Request(
            environ["REQUEST_METHOD"],
            API_ROOT if inside else "/elsewhere",
            path.removeprefix(self._root) if inside else path,
            parse_qsl(environ.get("QUERY_STRING", ""), keep_blank_values=True),
            {name[5:].replace("_", "-").lower(): v for name, v in environ.items() if name.startswith("HTTP_")},
            body,
        )

    @staticmethod
    def _sent(environ: dict[str, Any], request: Request) -> dict[str, Any]:
        found = {name: value for name, value in environ.items() if not name.startswith("HTTP_")}
        found.update({f"HTTP_{name.upper().replace('-', '_')}": value for name, value in request.headers.items()})
        found["REQUEST_METHOD"] = request.method
        found["PATH_INFO"] = (request.root + request.path).encode().decode("latin-1")
        found["QUERY_STRING"] = urlencode(request.query, quote_via=quote)
        if "HTTP_AUTHORIZATION" in found or "HTTP_X_API_KEY" in found:
            found.pop("mlsteward.local", None)
        if request.body is not None:
            content = json.dumps(request.body).encode()
            found["wsgi.input"] = io.BytesIO(content)
            found["CONTENT_LENGTH"] = str(len(content))
            found["CONTENT_TYPE"] = JSON[0]
        return found


_REASON = "As translated"
