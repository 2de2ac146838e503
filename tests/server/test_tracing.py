"""Spans of OpenTelemetry, by its real SDK: of a client, of a server, and of both as one trace."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import anyio
import httpx
import opentelemetry.trace
import pytest
from mlsteward import AsyncSteward, Steward, errors
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import SpanKind, StatusCode

from tests.support.api import WsgiApp
from tests.support.loopback import Loopback, answer, drop, problem
from tests.support.server import Gateway, Storage, ensure_administrator, find_tracing, load_spec

CANARY = "canary-7f3a"


@pytest.fixture
def exporter(monkeypatch: pytest.MonkeyPatch) -> InMemorySpanExporter:
    exporter = InMemorySpanExporter()
    provider = TracerProvider(shutdown_on_exit=False)
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    # A program sets it once, for good.
    monkeypatch.setattr(opentelemetry.trace, "_TRACER_PROVIDER", provider)
    return exporter


@pytest.fixture
def key(storage: Storage) -> str:
    keys: list[str] = []
    ensure_administrator(storage, "admin", keys.append)
    return keys[0]


@pytest.fixture
def gateway(app: WsgiApp, storage: Storage, exporter: InMemorySpanExporter) -> Iterator[Any]:
    gateway = Gateway(app, load_spec(), storage.blobs, 2, tracing=find_tracing(load_spec()))
    yield gateway
    gateway._pool.shutdown()


@asynccontextmanager
async def served(gateway: Any, key: str) -> Any:
    """A client of a server that is called without a network."""
    async with (
        httpx.AsyncClient(transport=httpx.ASGITransport(gateway)) as client,
        AsyncSteward("http://127.0.0.1:8000", api_token=key, http_client=client) as steward,
    ):
        yield steward


@contextmanager
def called(*actions: Any) -> Iterator[tuple[Loopback, Steward]]:
    with Loopback(*actions) as server, Steward(server.url, api_token="mls_" + CANARY) as steward:
        yield server, steward


def only(spans: tuple[ReadableSpan, ...]) -> ReadableSpan:
    (span,) = spans
    return span


def said(span: ReadableSpan) -> str:
    return span.to_json()


def test_a_call_and_its_request_are_one_trace(gateway: Any, key: str, exporter: InMemorySpanExporter) -> None:
    async def run() -> None:
        async with served(gateway, key) as steward:
            await steward.workspaces.create("ml-team")
            await steward.workspaces.get("ml-team")

    with opentelemetry.trace.get_tracer("test").start_as_current_span("script"):
        anyio.run(run)
    spans = exporter.get_finished_spans()
    assert [span.name for span in spans] == [
        "POST /api/v1/workspaces",
        "POST /api/v1/workspaces",
        "GET /api/v1/workspaces/{workspace}",
        "GET /api/v1/workspaces/{workspace}",
        "script",
    ]
    server, client, script = spans[2:]
    assert (server.kind, client.kind) == (SpanKind.SERVER, SpanKind.CLIENT)
    assert server.parent is not None
    assert client.parent is not None
    assert server.parent.span_id == client.context.span_id
    assert client.parent.span_id == script.context.span_id
    assert len({span.context.trace_id for span in spans}) == 1
    assert dict(client.attributes or {}) == {
        "server.address": "127.0.0.1",
        "server.port": 8000,
        "http.request.method": "GET",
        "url.template": "/api/v1/workspaces/{workspace}",
        "http.response.status_code": 200,
        "mlsteward.operation": "get_workspace",
    }
    attributes = dict(server.attributes or {})
    assert attributes.pop("mlsteward.request_id")
    assert attributes == {
        "http.request.method": "GET",
        "url.scheme": "http",
        "http.route": "/api/v1/workspaces/{workspace}",
        "http.response.status_code": 200,
        "mlsteward.operation": "get_workspace",
    }
    assert "ml-team" not in "".join(map(said, spans))


def test_work_in_a_thread_belongs_to_its_request(gateway: Any, key: str, exporter: InMemorySpanExporter) -> None:
    inner = gateway._app

    def traced(environ: dict[str, Any], start_response: Any) -> Any:
        with opentelemetry.trace.get_tracer("driver").start_as_current_span("SELECT"):
            return inner(environ, start_response)

    gateway._app = traced

    async def run() -> None:
        async with served(gateway, key) as steward:
            await steward.whoami()

    anyio.run(run)
    query, server, _ = exporter.get_finished_spans()
    assert query.parent is not None
    assert query.parent.span_id == server.context.span_id


def test_a_call_that_is_refused(exporter: InMemorySpanExporter) -> None:
    with called(problem(404, "workspace_not_found", detail=CANARY)) as (_, steward), pytest.raises(errors.NotFound):
        steward.workspaces.get(CANARY)
    span = only(exporter.get_finished_spans())
    attributes = dict(span.attributes or {})
    assert (attributes["http.response.status_code"], attributes["error.type"]) == (404, "404")
    assert span.status.status_code is StatusCode.ERROR
    assert CANARY not in said(span)


def test_a_call_without_an_answer(exporter: InMemorySpanExporter) -> None:
    with called(drop) as (_, steward), pytest.raises(errors.TransportError):
        steward.workspaces.get(CANARY, timeout=5)
    span = only(exporter.get_finished_spans())
    attributes = dict(span.attributes or {})
    assert "http.response.status_code" not in attributes
    assert attributes["error.type"] == "ConnectionFailed"
    assert CANARY not in said(span)


def test_an_attempt_that_is_repeated_is_the_same_call(exporter: InMemorySpanExporter) -> None:
    with called(answer(503, {}, {"Retry-After": "0"}), answer(204)) as (server, steward):
        steward.projects.delete("ml-team/nlp")
    span = only(exporter.get_finished_spans())
    assert (span.attributes or {})["mlsteward.operation"] == "delete_project"
    first, second = (received.headers["traceparent"] for received in server.received)
    identity = span.context
    assert first == second
    assert first == f"00-{identity.trace_id:032x}-{identity.span_id:016x}-{identity.trace_flags:02x}"


@pytest.mark.parametrize("parent", ["nonsense", "00-0-0-00", CANARY * 100])
def test_a_server_starts_a_trace_of_its_own(gateway: Any, exporter: InMemorySpanExporter, parent: str) -> None:
    async def run() -> None:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(gateway), base_url="http://127.0.0.1") as client:
            await client.request(
                CANARY.upper(),
                f"/{CANARY}",
                params={"token": CANARY},
                headers={"traceparent": parent, "Cookie": CANARY},
            )

    anyio.run(run)
    span = only(exporter.get_finished_spans())
    assert span.parent is None
    assert (span.name, (span.attributes or {})["http.request.method"]) == ("HTTP", "_OTHER")
    assert CANARY.upper() not in said(span).upper()


def test_without_opentelemetry_nothing_is_traced_or_loaded() -> None:
    script = """
import sys
from mlsteward import Steward
with Steward(path=":memory:") as steward:
    steward.workspaces.create("ml-team")
    assert steward._connection.tracing is None
print(sorted(name for name in sys.modules if name.startswith("opentelemetry")))
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60)
    assert (done.stdout, done.stderr) == ("[]\n", "")
