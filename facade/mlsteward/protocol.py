"""What the API looks like on the wire, besides its operations: names of headers, the base path, problems and pages.

Nothing else in the client repeats any of it, and `tests/insulation/test_protocol.py` compares all of it with the spec.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple
from urllib.parse import parse_qs, urlsplit

import orjson

from mlsteward._api_version import API_VERSION
from mlsteward.errors import ResponseParsingError

API_ROOT: Final = "/api/v1"
"""What every path of the API starts with."""

# Requests.
AUTHORIZATION: Final = "Authorization"
BEARER: Final = "Bearer"
"""The scheme of an API key in `Authorization`."""
IDEMPOTENCY_KEY: Final = "Idempotency-Key"
IF_MATCH: Final = "If-Match"
"""With the tag of an object as it was read: a write is refused if the object was changed since."""

DRY_RUN: Final = "dry_run"
"""The query parameter of a write that is only tried."""

API_VERSION_HEADER: Final = "x-api-version"
"""In requests the version of the API that the client was written for, in answers that of the server."""

# Answers. They are looked up in lower case, which is the fastest.
ETAG: Final = "etag"
"""The tag of an object as it is."""
LINK: Final = "link"
LOCATION: Final = "location"
"""Of an accepted operation: the path of its job."""
REQUEST_ID: Final = "x-request-id"
RETRY_AFTER: Final = "retry-after"
RETRY_AFTER_MS: Final = "retry-after-ms"
SHOULD_RETRY: Final = "x-should-retry"
TOTAL_COUNT: Final = "x-total-count"


def authorization(token: str) -> tuple[str, str]:
    """The header that says who is calling.

    Args:
        token: The API key.
    """
    return AUTHORIZATION, f"{BEARER} {token}"


class Problem(NamedTuple):
    """What the server says about a request that it refused. Everything can be missing: anything may have answered."""

    code: str | None = None
    title: str | None = None
    detail: str | None = None
    hint: str | None = None
    request_id: str | None = None
    errors: tuple[tuple[str, str], ...] = ()
    """Where the request is not valid, and why."""

    @property
    def is_known(self) -> bool:
        """Whether mlsteward can have written it."""
        return bool(self.code or self.detail or self.title)


CODES: Final[Mapping[str, str]] = {}
"""Codes of problems that were renamed in the spec: by the code on the wire, the one that people know, such as
`{"project_exists": "project_name_taken"}`. What `errors` derives from the spec goes by the code on the wire."""


def known_code(code: str) -> str:
    """The code that people know, for one on the wire."""
    return CODES.get(code, code)


class ProblemFields(NamedTuple):
    """The names that the fields of a problem have on the wire. A job has one too, if it failed."""

    code: str = "code"
    title: str = "title"
    detail: str = "detail"
    hint: str = "hint"
    request_id: str = "request_id"
    errors: str = "errors"


PROBLEM: Final = ProblemFields()


def read_problem(content: bytes) -> Problem:
    """The problem in the body of an answer; an empty one if the body is something else."""
    try:
        found = orjson.loads(content)
    except ValueError:
        return Problem()
    if not isinstance(found, dict):
        return Problem()
    entries = found.get(PROBLEM.errors)
    return Problem(
        code=_text(found.get(PROBLEM.code)),
        title=_text(found.get(PROBLEM.title)),
        detail=_text(found.get(PROBLEM.detail)),
        hint=_text(found.get(PROBLEM.hint)),
        request_id=_text(found.get(PROBLEM.request_id)),
        errors=tuple(
            (str(entry.get("pointer", "")), str(entry.get("message", "")))
            for entry in (entries if isinstance(entries, list) else ())
            if isinstance(entry, dict)
        ),
    )


class Trial(NamedTuple):
    """The answer to a dry run: what the write would have answered, and the changes it would have made."""

    status: int
    content: bytes
    changes: list[dict[str, Any]]


def read_trial(content: bytes) -> Trial | None:
    """The answer to a dry run; None if the body is something else."""
    try:
        found = orjson.loads(content)
        answer = found.get("answer")
        return Trial(found["status"], b"" if answer is None else orjson.dumps(answer), list(found["changes"]))
    except (ValueError, LookupError, TypeError, AttributeError):
        return None


def is_about_dry_runs(refusal: Problem) -> bool:
    """Whether a server refused to try a write because it does not know how to."""
    return any(pointer == f"/query/{DRY_RUN}" for pointer, _ in refusal.errors)


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None


@dataclass(frozen=True)
class Paging:
    """How the pages of a list are asked for and read.

    Attributes:
        size: The argument for the number of items in a page.
        cursor: The argument for where a page starts.
        total: The argument that asks for the length of the list.
        items: The attribute of the answer that holds the items; None if the answer is the list itself.
        following: The attribute of the answer with the cursor of the next page; None if a `Link` header has it.
    """

    size: str = "limit"
    cursor: str = "cursor"
    total: str = "total"
    items: str | None = None
    following: str | None = None

    def page(self, size: int | None, cursor: str | None) -> dict[str, Any]:
        """The arguments that ask for a page.

        Args:
            size: Number of items; None leaves it to the server.
            cursor: Where the page starts; None for the first one.
        """
        asked = {self.size: size, self.cursor: cursor}
        return {name: value for name, value in asked.items() if value is not None}

    def count(self) -> dict[str, Any]:
        """The arguments that ask for the length of the list."""
        return {self.size: 1, self.total: True}

    def read(self, answer: Any, headers: Mapping[str, str], label: str) -> tuple[Sequence[Any], str | None]:
        """The items of a page, and the cursor of the next one; None on the last.

        Args:
            answer: The body, as generated code reads it.
            headers: Looked up in lower case.
            label: The request, for messages.

        Raises:
            ResponseParsingError: There is a next page, but no cursor for it: stopping would hide items.
        """
        items = answer if self.items is None else getattr(answer, self.items)
        if self.following is not None:
            return items, getattr(answer, self.following) or None
        return items, next_cursor(headers.get(LINK), label)


LISTS: Final = Paging()
"""How all lists of the API are paged."""


@dataclass(frozen=True)
class Waiting:
    """How work that goes on after its answer is followed.

    Attributes:
        id: The field of a job with its id.
        status: The field of a job that says how it is doing.
        finished: The field of a job that is there once it is over.
        location: The header of an accepted operation with the path of the job; None if the answer is the job itself.
    """

    id: str = "id"
    status: str = "status"
    finished: str = "finished_at"
    location: str | None = None

    def started(self, headers: Mapping[str, str], label: str) -> str | None:
        """The id of the job that an operation has started; None if the answer is the job itself.

        Args:
            headers: Looked up in lower case.
            label: The request, for messages.

        Raises:
            ResponseParsingError: The answer does not say where the job is.
        """
        if self.location is None:
            return None
        found = urlsplit(headers.get(self.location, "")).path.rpartition("/")[2]
        if not found:
            raise ResponseParsingError(f"The answer to {label} does not say where the job is that it started.")
        return found


JOBS: Final = Waiting()
"""How all jobs of the API are waited for."""


def version_warning(theirs: str | None, ours: str = API_VERSION) -> str | None:
    """What to tell the user about the version of a server; None if client and server get along.

    A newer server understands older clients of the same major version. An older one does not have everything that
    the client can ask for.

    >>> print(version_warning("1.2.0", ours="1.4.0"))
    The server has version 1.2.0 of the API and this client 1.4.0: newer operations fail. Update the server.
    >>> version_warning("1.9.0", ours="1.4.0")

    Args:
        theirs: The version of the server, if it said so.
        ours: The version of the client.
    """
    server, client = _numbers(theirs), _numbers(ours)
    if server is None or client is None:
        return None
    both = f"The server has version {theirs} of the API and this client {ours}"
    if server[0] != client[0]:
        older = "server" if server < client else "client"
        return f"{both}: some operations will fail. Update the {older}."
    if server < client:
        return f"{both}: newer operations fail. Update the server."
    return None


def _numbers(version: str | None) -> tuple[int, int] | None:
    """Major and minor version."""
    parts = (version or "").split(".")
    if len(parts) < 2 or not all(part.isdecimal() for part in parts[:2]):
        return None
    return int(parts[0]), int(parts[1])


class MissingField(Exception):
    """An answer lacks a field that its record cannot do without."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name!r} is missing")


def total_count(headers: Mapping[str, str], label: str) -> int:
    """The number of entries in a list, from an `X-Total-Count` header.

    Raises:
        ResponseParsingError: The server did not count.
    """
    counted = headers.get(TOTAL_COUNT)
    if counted is None or not counted.isdecimal():
        raise ResponseParsingError(
            f"The answer to {label} does not say how long the list is.", hint="Update the server, or count the list."
        )
    return int(counted)


def next_cursor(link: str | None, label: str) -> str | None:
    """The cursor of the next page, from a `Link` header; None on the last page.

    >>> next_cursor('</api/v1/projects?limit=2&cursor=abc>; rel="next"', "GET /projects")
    'abc'

    Raises:
        ResponseParsingError: There is a next page, but no cursor for it: stopping would hide entries.
    """
    for entry in (link or "").split("<")[1:]:
        url, closed, parameters = entry.partition(">")
        if not closed or "next" not in _relations(parameters):
            continue
        cursors = parse_qs(urlsplit(url).query).get(LISTS.cursor)
        if cursors:
            return cursors[0]
        raise ResponseParsingError(f"The answer to {label} has a next page without a cursor.")
    return None


def _relations(parameters: str) -> list[str]:
    for parameter in parameters.split(";"):
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "rel":
            return value.strip(' ",\t').lower().split()
    return []
