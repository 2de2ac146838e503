"""Spans of OpenTelemetry for the calls of a client, if the program uses OpenTelemetry."""

import sys
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final, Protocol

from mlsteward._version import __version__

if TYPE_CHECKING:
    from opentelemetry.trace import Span, Tracer

API: Final = "opentelemetry.trace"


class Asked(Protocol):
    """What a span says about a request: nothing that somebody chose."""

    method: str
    path: str
    operation: str


def find_tracing(host: str, port: int, root: str) -> "Tracing | None":
    """What makes the spans of a connection. None unless the program has imported OpenTelemetry.

    Spans go nowhere until the program sets up OpenTelemetry, for which it has to import it. So an installed package
    that nobody uses costs nothing.

    Args:
        host: The server.
        port: Its port.
        root: What every path of the API starts with.
    """
    if API not in sys.modules:
        return None
    return Tracing(host, port, root)


class Tracing:
    """Makes the spans of a connection.

    Args:
        host: The server.
        port: Its port.
        root: What every path of the API starts with.
    """

    def __init__(self, host: str, port: int, root: str) -> None:
        from opentelemetry import propagate, trace

        self._tracer: Tracer = trace.get_tracer("mlsteward", __version__)
        self._kind = trace.SpanKind.CLIENT
        self._failed = trace.StatusCode.ERROR
        self._inject = propagate.inject
        self._root = root
        self._attributes = {"server.address": host, "server.port": port}

    @contextmanager
    def span(self, asked: Asked, headers: MutableMapping[str, str]) -> Iterator["CallSpan"]:
        """Make a span of the block, and tell the server about it, in the headers of a request.

        Args:
            asked: The request.
            headers: Its headers. `traceparent` is added.
        """
        method, template = asked.method.upper(), self._root + asked.path
        attributes: dict[str, Any] = {
            **self._attributes,
            "http.request.method": method,
            "url.template": template,
            "mlsteward.operation": asked.operation,
        }
        with self._tracer.start_as_current_span(
            f"{method} {template}",
            kind=self._kind,
            attributes=attributes,
            # Messages can contain names. The type of an error says enough.
            record_exception=False,
            set_status_on_exception=False,
        ) as span:
            self._inject(headers)
            call = CallSpan(span)
            try:
                yield call
            except Exception as error:
                status = getattr(error, "status", None)
                if isinstance(status, int):
                    call.note_status(status)
                span.set_attribute("error.type", str(status) if isinstance(status, int) else type(error).__name__)
                span.set_status(self._failed)
                raise


class CallSpan:
    """The span of one call."""

    __slots__ = ("_span",)

    def __init__(self, span: "Span") -> None:
        self._span = span

    def note_status(self, status: int) -> None:
        """Note the status of the answer."""
        self._span.set_attribute("http.response.status_code", status)
