"""Reading what a request carries."""

from __future__ import annotations

import falcon

from mlsteward_server.http.answers import JSON
from mlsteward_server.problems import Problem, quote


def read_json(request: falcon.Request, limit: int) -> bytes:
    """The body of a request, which is JSON, or empty.

    Raises:
        Problem: It is larger than `limit` bytes, or says that it is something else.
    """
    raw = _read(request, limit)
    if raw and (request.content_type or JSON).partition(";")[0].strip().lower() != JSON:
        raise Problem(
            "unsupported_media_type",
            f"The body is declared as {quote(request.content_type)}.",
            f"Send JSON, with 'Content-Type: {JSON}'.",
        )
    return raw


def refuse_body(raw: bytes) -> None:
    """Refuse a body where none is taken: what it says would be lost."""
    if raw:
        raise Problem(
            "invalid_request",
            "/body: this operation takes no body",
            "Send no body.",
            errors=[("/body", "must be empty")],
        )


def _read(request: falcon.Request, limit: int) -> bytes:
    too_large = Problem("request_too_large", f"The body is larger than {limit} bytes.", "Send less in one request.")
    declared = request.content_length
    if declared is not None:
        if declared > limit:
            raise too_large
        raw: bytes = request.bounded_stream.read(declared)
        return raw
    if "HTTP_TRANSFER_ENCODING" in request.env or request.env.get("wsgi.input_terminated"):
        # In chunks, so of no declared length: read to the end, but no further than the limit.
        raw = request.stream.read(limit + 1)
        if len(raw) > limit:
            raise too_large
        return raw
    return b""
