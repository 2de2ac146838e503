"""Turn a failed answer, or a missing one, into an exception.

Not everything that answers is mlsteward: a proxy, a login page or a half-dead server may be in
between. Whatever the body is, there is an error that says what is known.
"""

from urllib.parse import urlsplit

import httpx
import orjson

from mlsteward.errors import (
    APIError,
    ConnectionFailed,
    RequestTimeout,
    ResponseParsingError,
    StewardError,
    TransportError,
    UnexpectedRedirect,
)
from mlsteward.protocol import LOCATION, REQUEST_ID, MissingField, known_code, read_problem
from mlsteward.redaction import excerpt, redact
from mlsteward.transport.forks import OtherProcess
from mlsteward.transport.inprocess import ApplicationFailed, ApplicationUnusable
from mlsteward.transport.retry import is_untrusted_certificate, retry_after
from mlsteward.transport.sizes import AnswerTooLarge
from mlsteward.transport.wire import Answer

_LONGEST_REASON = 200


def refusal(answer: Answer, label: str, now: float) -> APIError:
    """The exception for a status of 300 or more.

    Args:
        answer: What the server said.
        label: The request, such as `GET /api/v1/projects`.
        now: Seconds since 1970, for a `Retry-After` that is a date.
    """
    status, headers = answer.status_code, answer.headers
    if status < 400:
        return _redirect(answer, label)
    problem = read_problem(answer.content)
    detail, hint = problem.detail, problem.hint
    if not problem.is_known:
        detail = f"{label} was answered with {status}"
        shown = _page_title(answer.content) or excerpt(answer.content)
        detail += f" and {shown!r}" if shown else " and an empty body"
        hint = "This is not an answer of mlsteward. Check the url, and any proxy between here and the server."
    error = APIError.class_of(status, problem.code)(
        redact(detail or ""),
        status=status,
        code=problem.code,
        title=problem.title,
        hint=redact(hint) if hint else None,
        request_id=problem.request_id or headers.get(REQUEST_ID),
        errors=[(pointer, redact(message)) for pointer, message in problem.errors],
        retry_after=retry_after(headers, now),
    )
    # Its class and its resource are those of the code on the wire.
    if problem.code is not None:
        error.code = known_code(problem.code)
    return error


def _redirect(answer: Answer, label: str) -> APIError:
    try:
        # Without query and credentials: it is put in a message.
        parts = urlsplit(answer.headers.get(LOCATION, ""))
        place = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}" if parts.netloc else parts.path
    except ValueError:
        place = ""
    return UnexpectedRedirect(
        f"{label} was answered with {answer.status_code}, a redirect to {redact(place) or 'nowhere'}",
        status=answer.status_code,
        hint="Redirects are not followed. Use the final address as url, with https:// if it has it.",
        request_id=answer.headers.get(REQUEST_ID),
    )


def _page_title(content: bytes) -> str:
    lowered = content[:20_000].lower()
    start = lowered.find(b">", lowered.find(b"<title")) + 1 if b"<title" in lowered else 0
    end = lowered.find(b"</title", start)
    return excerpt(content[start:end]) if 0 < start < end else ""


def no_answer(error: httpx.HTTPError, label: str, origin: str) -> StewardError:
    """The exception for a request without an answer, or with one that is too large or cannot be decoded.

    Args:
        error: What httpx says.
        label: The request, such as `GET /api/v1/projects`.
        origin: The server, such as `https://steward.example.com`.
    """
    reason = redact(" ".join(str(error).split()))[:_LONGEST_REASON] or type(error).__name__
    if isinstance(error, (AnswerTooLarge, httpx.DecodingError)):
        return ResponseParsingError(f"The answer to {label} cannot be read: {reason}.")
    if isinstance(error, OtherProcess):
        return TransportError(
            f"{label} was not sent: {reason}.", hint="After a fork, make a new client in the child, and use that."
        )
    if isinstance(error, ApplicationUnusable):
        return TransportError(f"{label} was not carried out: {reason}.")
    if isinstance(error, ApplicationFailed):
        return TransportError(f"{label}: {reason}.", hint="This is a defect of the server inside this process.")
    if isinstance(error, httpx.PoolTimeout):
        return RequestTimeout(
            f"{label} found no free connection to {origin} in time.",
            hint="Increase limits=, or close streams that you do not read.",
        )
    if isinstance(error, httpx.ConnectTimeout):
        return RequestTimeout(
            f"{label}: {origin} did not accept the connection in time.", hint="Check that the server is running."
        )
    if isinstance(error, httpx.TimeoutException):
        return RequestTimeout(f"{label}: {origin} did not answer in time.", hint="Increase timeout=.")
    if is_untrusted_certificate(error):
        return ConnectionFailed(
            f"{label}: {origin} could not prove who it is: {reason}.",
            hint="If your company signs its own certificates, set SSL_CERT_FILE to the file of its authority.",
        )
    if isinstance(error, httpx.ConnectError):
        return ConnectionFailed(
            f"{label} did not reach {origin}: {reason}.",
            hint="Check that the server is running and that the url is right.",
        )
    if isinstance(error, (httpx.NetworkError, httpx.RemoteProtocolError, httpx.ProxyError)):
        return ConnectionFailed(f"{label}: the connection to {origin} broke: {reason}.")
    return TransportError(f"{label} could not be sent to {origin}: {reason}.")


def unreadable(error: Exception, answer: Answer, label: str) -> ResponseParsingError:
    """The exception for a successful answer that does not match the API."""
    said = f"The answer to {label} ({answer.status_code}, {len(answer.content)} bytes) cannot be read: "
    hint = "The client and the server may have different versions."
    request_id = answer.headers.get(REQUEST_ID)
    trailer = f" (request {request_id})" if request_id else ""
    try:
        found = orjson.loads(answer.content)
    except ValueError:
        # The answer to a write can be a key. What looks like JSON is described, not quoted.
        if answer.content.lstrip()[:1] in (b"{", b"["):
            return ResponseParsingError(f"{said}its JSON is incomplete or damaged.{trailer}", hint=hint)
        shown = _page_title(answer.content) or excerpt(answer.content)
        kind = answer.headers.get("content-type", "no content type")
        body = f"{shown!r}" if shown else "an empty body"
        return ResponseParsingError(
            f"{said}it is not JSON ({kind}) but {body}.{trailer}",
            hint="Check that the url is that of an mlsteward server.",
        )
    if isinstance(error, MissingField):
        reason = str(error)
    else:
        reason = f"{type(error).__name__}: {redact(str(error))[:_LONGEST_REASON]}"
    names = ", ".join(list(found)[:20]) if isinstance(found, dict) else ""
    shape = f"an object with {names}" if names else f"of type {type(found).__name__}"
    return ResponseParsingError(f"{said}{reason}; it is {shape}.{trailer}", hint=hint)
