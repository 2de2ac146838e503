"""What is known about a request while it is answered, for the log, the metrics and the traces of a server."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mlsteward_server.accounts.credentials import Caller

OBSERVED = "mlsteward.observed"
"""Key in the WSGI environ, which no request from the network can set, of an `Observed`."""


class Observed:
    """One request. The application fills it in as it learns more.

    It has nothing that somebody could put a secret or a name into: no path, no query, no header and no message.

    Attributes:
        request_id: The id that the answer has too.
        operation: The `operationId`. None if the request is for no operation of the spec.
        account_id: The id of the account that makes the request, if it is known.
        key_id: The id of its API key.
        status: The status of the answer. None if no answer was sent.
        bytes_out: Size of the body of the answer that was sent, in bytes.
        seconds: Time from the head of the request to the end of its answer.
        trace_id: The id of its trace, if it is traced.
    """

    __slots__ = ("account_id", "bytes_out", "key_id", "operation", "request_id", "seconds", "status", "trace_id")

    def __init__(self) -> None:
        self.request_id: str | None = None
        self.operation: str | None = None
        self.account_id: str | None = None
        self.key_id: str | None = None
        self.status: int | None = None
        self.bytes_out = 0
        self.seconds = 0.0
        self.trace_id: str | None = None


def observe_caller(environ: Mapping[str, Any], caller: Caller | None) -> None:
    """Note who makes a request."""
    observed: Observed | None = environ.get(OBSERVED)
    if observed is not None and caller is not None:
        observed.account_id = caller.id
        observed.key_id = caller.key_id
