"""What every answer says of itself: the id of the request, and the version of the API."""

from __future__ import annotations

import falcon

from mlsteward_server.http.observed import OBSERVED
from mlsteward_server.problems import quote
from mlsteward_server.storage.ids import new_id

API_VERSION = "X-Api-Version"
"""In requests the version of the API that the client was written for, in answers that of the server."""


class RequestId:
    """Middleware that gives every request an id and returns it with every answer, next to the version of the API.

    Args:
        version: The version of the API.
    """

    def __init__(self, version: str) -> None:
        self._version = version

    def process_request(self, request: falcon.Request, response: falcon.Response) -> None:
        request.context.id = new_id()
        observed = request.env.get(OBSERVED)
        if observed is not None:
            observed.request_id = request.context.id
        response.set_header("X-Request-Id", request.context.id)
        response.set_header(API_VERSION, self._version)
        response.set_header("Cache-Control", "no-store")


def newer_client(request: falcon.Request, version: str) -> str | None:
    """Return a hint for a client that asks for an operation that only newer servers have.

    Args:
        request: The request.
        version: The version of the API here.
    """
    theirs = request.get_header(API_VERSION)
    if theirs is None or (_numbers(theirs) or ()) <= (_numbers(version) or ()):
        return None
    return f"The client was written for version {quote(theirs)} of the API; this server has {version}. Update it."


def _numbers(version: str) -> tuple[int, ...] | None:
    parts = version.split(".")[:2]
    return tuple(map(int, parts)) if all(part.isdecimal() and len(part) < 10 for part in parts) else None
