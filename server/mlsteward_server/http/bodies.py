"""Read the body of a request: JSON or a file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import parse_qsl

import falcon

from mlsteward_server.files import Upload
from mlsteward_server.problems import Problem, quote
from mlsteward_server.spec import FILE, JSON
from mlsteward_server.storage.blobs import PART, Blobs, Staging

ADMISSION = "mlsteward.admission"
"""Key in the WSGI environ, which no request from the network can set, of an `Admission`. The body was not read yet."""
ADMITTED = 204
"""The status of the answer if the body is admitted."""
RECEIVED = "mlsteward.received"
"""Key in the WSGI environ of the file that holds the received body, as a `Staging`."""
FORM = "application/x-www-form-urlencoded"
MOST_FIELDS = 20
"""Maximum number of fields of a form."""
_SENT_AS = {FILE: "a file", FORM: "a form"}
"""What a message calls a body of a media type, if it is not JSON."""


@dataclass(slots=True)
class Admission:
    """Asks whether a body is admitted, before it is read.

    Attributes:
        limit: Maximum size of the body, in bytes.
        is_file: Whether the body is stored as a file.
    """

    limit: int = 0
    is_file: bool = False


@dataclass(frozen=True, slots=True)
class Body:
    """The body of a request.

    Attributes:
        raw: The JSON, or the digest of the file. Equal for two requests with the same body.
        upload: The file, if the body is one.
    """

    raw: bytes
    upload: Upload | None = None


def check_head(request: falcon.Request, limit: int, *, media_type: str) -> None:
    """Refuse a body because of its headers.

    Raises:
        Problem: The body is larger than `limit` bytes, or is not of type `media_type`.
    """
    declared = request.content_length
    if declared is not None and declared > limit:
        raise too_large(limit)
    said = request.content_type
    is_right = (said or media_type).partition(";")[0].strip().lower() == media_type
    if not is_right and (declared or _is_chunked(request)):
        sent = _SENT_AS.get(media_type, "JSON")
        raise Problem(
            "unsupported_media_type",
            f"The content type of the body is {quote(said)}.",
            f"Send {sent}, with 'Content-Type: {media_type}'.",
        )


def read_json(request: falcon.Request, limit: int) -> Body:
    """Return the body of a request that takes JSON.

    Raises:
        Problem: The body is larger than `limit` bytes, has another content type, or is incomplete.
    """
    raw = b"".join(_parts(request, limit))
    if raw:
        check_head(request, limit, media_type=JSON)
    return Body(raw)


def read_form(request: falcon.Request, limit: int) -> dict[str, str]:
    """Return the fields of a form. Of a field that was sent twice, the last one counts.

    Raises:
        Problem: The body is larger than `limit` bytes, is not a form, or is incomplete.
    """
    check_head(request, limit, media_type=FORM)
    raw = b"".join(_parts(request, limit))
    try:
        return dict(parse_qsl(raw.decode("ascii"), True, errors="strict", max_num_fields=MOST_FIELDS))
    except ValueError:  # not ASCII, not UTF-8 behind the percent signs, or too many fields
        raise Problem("malformed_request", "The body is not a form.", f"Send fields as {FORM}.") from None


@contextmanager
def receive(request: falcon.Request, blobs: Blobs, limit: int) -> Iterator[Staging]:
    """Store the file in the body of a request on the local disk, until the end of the block.

    Raises:
        Problem: The file is larger than `limit` bytes, or is incomplete.
        BlobError: There is no space for the file.
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
    """Refuse a body if the operation takes none. Ignoring it would lose what it says."""
    if raw:
        raise Problem(
            "invalid_request",
            "/body: this operation takes no body",
            "Leave the body out.",
            errors=[("/body", "must be empty")],
        )


def cut_off(arrived: int) -> Problem:
    """Return the problem for a body that ends too early. A part must not be taken for the whole."""
    return Problem("malformed_request", f"The body is incomplete: only {arrived} bytes arrived.", "Send it again.")


def too_large(limit: int) -> Problem:
    """Return the problem for a body that is too large."""
    return Problem("request_too_large", f"The body is larger than {limit} bytes.", "Send less in one request.")


def _parts(request: falcon.Request, limit: int) -> Iterator[bytes]:
    """Yield the body in parts, up to `limit` bytes."""
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
    """Return whether the body is chunked: it has no declared length and marks its own end."""
    return "HTTP_TRANSFER_ENCODING" in request.env or bool(request.env.get("wsgi.input_terminated"))
