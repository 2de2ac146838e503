"""The answers that the router sends."""

from __future__ import annotations

import csv
import hashlib
import io
from base64 import urlsafe_b64encode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote as percent_encode

import orjson

from mlsteward_server.files import Download
from mlsteward_server.http.versions import API_VERSION
from mlsteward_server.problems import Problem
from mlsteward_server.spec import FILE, JSON, Operation, Spec

PROBLEM = "application/problem+json"
CSV = "text/csv"
JSON_LINES = "application/x-ndjson"
LIST_TYPES = (JSON, CSV, JSON_LINES)
"""The media types of a list, if its operation offers more than JSON."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer.

    Attributes:
        body: The whole body, or an iterator over its parts.
        headers: Headers other than the content type.
    """

    status: int
    body: bytes | Iterator[bytes] | None
    media_type: str = JSON
    headers: Mapping[str, str] = field(default_factory=dict)


def etag_of(encoded: bytes) -> str:
    """Return the entity tag of an answer. Equal bytes have equal tags.

    >>> etag_of(b'{"name":"churn"}')
    '"JzePG_6lIN_x_g13yNBhIg"'
    """
    digest = hashlib.blake2b(encoded, digest_size=16).digest()
    return f'"{urlsafe_b64encode(digest).rstrip(b"=").decode()}"'


def matches(header: str, etag: str) -> bool:
    """Return whether an `If-Match` header names an entity tag.

    >>> matches('"a", "b"', '"b"'), matches("*", '"b"'), matches('W/"b"', '"b"')
    (True, True, False)
    """
    return header.strip() == "*" or etag in (part.strip() for part in header.split(","))


def matches_any(header: str | None, etag: str) -> bool:
    """Return whether an `If-None-Match` header names an entity tag, weak or not.

    >>> matches_any('W/"b"', '"b"'), matches_any("*", '"b"'), matches_any(None, '"b"')
    (True, True, False)
    """
    return header is not None and matches(header.replace("W/", ""), etag)


def problem_answer(problem: Problem, spec: Spec, request_id: str) -> Answer:
    """Return the answer for a problem."""
    body = problem.body(spec.catalogue, request_id)
    headers = {
        "X-Request-Id": request_id,
        API_VERSION: spec.version,
        "Cache-Control": "no-store",
        **problem.headers,
    }
    return Answer(body["status"], orjson.dumps(body), PROBLEM, headers)


def file_answer(download: Download, parts: Iterator[bytes]) -> Answer:
    """Return a file as a download, which browsers save and never display."""
    return Answer(
        200,
        parts,
        FILE,
        {
            "Content-Length": str(download.size),
            "Content-Disposition": f"attachment; filename*=UTF-8''{percent_encode(download.name, safe='')}",
            "ETag": f'"{download.digest}"',
            "X-Content-Type-Options": "nosniff",
        },
    )


class ListWriter:
    """Writes a list page by page, as newline-delimited JSON or as CSV.

    If a list cannot be finished, its last line is the problem: the status was sent long before, and HTTP servers end a
    broken answer like a complete one.
    """

    def __init__(self, spec: Spec, operation: Operation, media_type: str) -> None:
        assert operation.success_schema is not None
        self._is_csv = media_type == CSV
        self._columns = list(spec.resolve(operation.success_schema["items"])["properties"])

    def top(self) -> bytes:
        """Return what comes before the first item: the header of a CSV file."""
        return _as_csv([self._columns]) if self._is_csv else b""

    def page(self, rows: Sequence[Mapping[str, Any]]) -> bytes:
        """Return one page of items."""
        if self._is_csv:
            return _as_csv([[_cell(row.get(name)) for name in self._columns] for row in rows])
        return b"".join(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE) for row in rows)

    def problem(self, body: Mapping[str, Any]) -> bytes:
        """Return the last line of a list that could not be finished."""
        if self._is_csv:
            return _as_csv([[f"problem: {body['code']}: {body['detail']}"]])
        return orjson.dumps({"problem": body}, option=orjson.OPT_APPEND_NEWLINE)


def _as_csv(rows: Sequence[Sequence[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else orjson.dumps(value).decode()
