"""Looking at the responses behind the records: status, headers and request id."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import partial

from mlsteward.endpoint import Lifetime
from mlsteward.protocol import ETAG, REQUEST_ID


@dataclass(frozen=True)
class RawResponse:
    """One response of the server.

    Attributes:
        request: Method and path, such as `GET /api/v1/projects/{project}`.
        status: The HTTP status code.
        headers: Looked up case-insensitively.
    """

    request: str
    status: int
    headers: Mapping[str, str]

    @property
    def request_id(self) -> str | None:
        """The id of the request. Include it when you ask for help."""
        return self.headers.get(REQUEST_ID)

    @property
    def etag(self) -> str | None:
        """The version of the object in it. Pass it as `if_match` to change the object only if nobody else did."""
        return self.headers.get(ETAG)


_recorders: ContextVar[tuple[tuple[Lifetime, list[RawResponse]], ...]] = ContextVar("mlsteward_responses", default=())


@contextmanager
def recorded(lifetime: Lifetime) -> Iterator[list[RawResponse]]:
    """Collect the responses in a block, in this thread or task and those it starts with its context.

    Args:
        lifetime: Only responses on connections with this lifetime.
    """
    responses: list[RawResponse] = []
    # From now on the calls look; until somebody asks, they have nothing to look at.
    lifetime.observe = partial(_note, lifetime)
    token = _recorders.set((*_recorders.get(), (lifetime, responses)))
    try:
        yield responses
    finally:
        _recorders.reset(token)


def _note(lifetime: Lifetime, request: str, status: int, headers: Mapping[str, str]) -> None:
    for wanted, responses in _recorders.get():
        if wanted is lifetime:
            responses.append(RawResponse(request, status, headers))
