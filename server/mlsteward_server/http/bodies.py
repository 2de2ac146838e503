"""Reading what a request carries: JSON, or a file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import falcon

from mlsteward_server.files import Upload
from mlsteward_server.problems import Problem, quote
from mlsteward_server.spec import FILE, JSON
from mlsteward_server.storage.blobs import PART, Blobs, Staging

ADMISSION = "mlsteward.admission"
"""In the WSGI environ, where no request from a network can reach: an `Admission`. The body has not been read yet."""
ADMITTED = 204
"""The status of the answer to that, where it may come."""
RECEIVED = "mlsteward.received"
"""There too: the file that the body was received into, as a `Staging`."""


@dataclass(slots=True)
class Admission:
    """Whether a body may come, asked before it is read.

    Attributes:
        limit: How many bytes it may have.
        is_file: Whether it goes to a file.
    """

    limit: int = 0
    is_file: bool = False


@dataclass(frozen=True, slots=True)
class Body:
    """What a request carries.

    Attributes:
        raw: Its JSON, or the digest of its file: the same for two requests that ask for the same.
        upload: The file.
    """

    raw: bytes
    upload: Upload | None = None


def check_head(request: falcon.Request, limit: int, *, media_type: str) -> None:
    """Refuse a body by what is said of it.

    Raises:
        Problem: It is larger than `limit` bytes, or something else than `media_type`.
    """
    declared = request.content_length
    if declared is not None and declared > limit:
        raise too_large(limit)
    said = request.content_type
    is_right = (said or media_type).partition(";")[0].strip().lower() == media_type
    if not is_right and (declared or _is_chunked(request)):
        sent = "a file" if media_type == FILE else "JSON"
        raise Problem(
            "unsupported_media_type",
            f"The body is declared as {quote(said)}.",
            f"Send {sent}, with 'Content-Type: {media_type}'.",
        )


def read_json(request: falcon.Request, limit: int) -> Body:
    """The body of a request, which is JSON, or empty.

    Raises:
        Problem: It is larger than `limit` bytes, or says that it is something else, or was cut off.
    """
    raw = b"".join(_parts(request, limit))
    if raw:
        check_head(request, limit, media_type=JSON)
    return Body(raw)


@contextmanager
def receive(request: falcon.Request, blobs: Blobs, limit: int) -> Iterator[Staging]:
    """The file that a request carries, on the disk of this machine until the end of the block.

    Raises:
        Problem: It is larger than `limit` bytes, or was cut off.
        BlobError: There is no room for it.
    """
    received = request.env.get(RECEIVED)
    if received is not None:
        yield received
        return
    with blobs.stage() as staging:
        for part in _parts(request, limit):
            staging.write(part)
        yield staging


def refuse_body(raw: bytes) -> None:
    """Refuse a body where none is taken: what it says would be lost."""
    if raw:
        raise Problem(
            "invalid_request",
            "/body: this operation takes no body",
            "Send no body.",
            errors=[("/body", "must be empty")],
        )


def cut_off(arrived: int) -> Problem:
    """What is said where a body ends too early: what arrived must not pass for all of it."""
    return Problem("malformed_request", f"The body was cut off: only {arrived} bytes of it arrived.", "Send it again.")


def too_large(limit: int) -> Problem:
    """What is said of a body that has more bytes than it may have."""
    return Problem("request_too_large", f"The body is larger than {limit} bytes.", "Send less in one request.")


def _parts(request: falcon.Request, limit: int) -> Iterator[bytes]:
    """The body in parts, no more than `limit` bytes of it."""
    declared = request.content_length
    if declared is not None and declared > limit:
        raise too_large(limit)
    if declared is None and not _is_chunked(request):
        return
    arrived = 0
    while declared is None or arrived < declared:
        part = request.stream.read(PART if declared is None else min(PART, declared - arrived))
        if not part:
            if declared is not None:
                raise cut_off(arrived)
            return
        arrived += len(part)
        if arrived > limit:
            raise too_large(limit)
        yield part


def _is_chunked(request: falcon.Request) -> bool:
    """Whether the body has no declared length, and says itself where it ends."""
    return "HTTP_TRANSFER_ENCODING" in request.env or bool(request.env.get("wsgi.input_terminated"))
