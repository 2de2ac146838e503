"""Looking at the responses behind the records: status, headers and request id."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


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
        """What to quote when asking for help."""
        return self.headers.get("x-request-id")


_recorders: ContextVar[tuple[tuple[object, list[RawResponse]], ...]] = ContextVar("mlsteward_responses", default=())


@contextmanager
def recorded(owner: object) -> Iterator[list[RawResponse]]:
    """Collect the responses that are noted in a block, in this thread or task and those it starts.

    Args:
        owner: Only responses noted with this owner.
    """
    responses: list[RawResponse] = []
    token = _recorders.set((*_recorders.get(), (owner, responses)))
    try:
        yield responses
    finally:
        _recorders.reset(token)


def note(owner: object, request: str, status: int, headers: Mapping[str, str]) -> None:
    """Add a response to the lists of everybody who collects those of this owner."""
    for wanted, responses in _recorders.get():
        if wanted is owner:
            responses.append(RawResponse(request, status, headers))
