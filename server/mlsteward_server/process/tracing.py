"""Spans of OpenTelemetry for the requests of a server, if the process uses OpenTelemetry.

The attributes are those of the semantic conventions for HTTP servers, without the ones that can contain a secret, a
name or an address of a client: no path, no query, no headers.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from mlsteward_server import __version__
from mlsteward_server.http.observed import Observed
from mlsteward_server.spec import METHODS, Spec

if TYPE_CHECKING:
    from opentelemetry.trace import Tracer

API = "opentelemetry.trace"
CARRIED = frozenset({"traceparent", "tracestate", "baggage"})
"""The headers that are read to find the span of the caller."""
KNOWN_METHODS = frozenset({*(method.upper() for method in METHODS), "HEAD", "OPTIONS"})


def find_tracing(spec: Spec) -> Tracing | None:
    """Return what makes spans. None unless something, such as `opentelemetry-instrument`, has set up OpenTelemetry."""
    return Tracing(spec) if API in sys.modules else None


class Tracing:
    """Makes a span of each request.

    Args:
        spec: The spec, for the path of an operation.
    """

    def __init__(self, spec: Spec) -> None:
        from opentelemetry import propagate, trace

        self._tracer: Tracer = trace.get_tracer("mlsteward.server", __version__)
        self._kind = trace.SpanKind.SERVER
        self._failed = trace.StatusCode.ERROR
        self._extract = propagate.extract
        self._routes = {name: spec.base_path + operation.path for name, operation in spec.operations.items()}

    @contextmanager
    def span(self, scope: dict[str, Any], observed: Observed) -> Iterator[None]:
        """Make a span of the block.

        Args:
            scope: The request, as ASGI has it.
            observed: What is known about the request at the end of the block.
        """
        carrier = {
            name: value.decode("latin-1")
            for raw, value in scope["headers"]
            if (name := raw.decode("latin-1").lower()) in CARRIED
        }
        # A method can be any text that somebody sends.
        method = scope["method"] if scope["method"] in KNOWN_METHODS else "_OTHER"
        with self._tracer.start_as_current_span(
            method if method != "_OTHER" else "HTTP",
            context=self._extract(carrier),
            kind=self._kind,
            attributes={"http.request.method": method, "url.scheme": scope["scheme"]},
            record_exception=False,
            set_status_on_exception=False,
        ) as span:
            identity = span.get_span_context()
            if identity.is_valid:
                observed.trace_id = f"{identity.trace_id:032x}"
            try:
                yield
            finally:
                route = self._routes.get(observed.operation or "")
                if route is not None:
                    span.update_name(f"{method} {route}")
                    span.set_attribute("http.route", route)
                    span.set_attribute("mlsteward.operation", str(observed.operation))
                if observed.request_id is not None:
                    span.set_attribute("mlsteward.request_id", observed.request_id)
                if observed.status is not None:
                    span.set_attribute("http.response.status_code", observed.status)
                if observed.status is None or observed.status >= 500:
                    span.set_attribute("error.type", str(observed.status or "aborted"))
                    span.set_status(self._failed)
