"""What the gateway answers about the server itself, without the application."""

from __future__ import annotations

import asyncio
import http.server
import threading
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from mlsteward_server.access.check import check_operator, refuse_anonymous
from mlsteward_server.accounts import credentials
from mlsteward_server.accounts.key_usage import KeyUses
from mlsteward_server.http.answers import problem_answer
from mlsteward_server.http.failures import problem_of
from mlsteward_server.process import probes
from mlsteward_server.process.gateway import Answer, Page, Scope
from mlsteward_server.process.listen import LOOPBACK_HOST
from mlsteward_server.process.metrics import Metrics
from mlsteward_server.spec import Spec
from mlsteward_server.storage.engine import Storage
from mlsteward_server.storage.ids import new_id

METRICS = "/metrics"
KEYS = {b"authorization": "HTTP_AUTHORIZATION", b"x-api-key": "HTTP_X_API_KEY"}
RETRY_SECONDS = 2.0
"""How often to try to take over the port for metrics from a worker that has ended, in seconds."""


class Pages:
    """The pages of a worker.

    Args:
        storage: The database.
        spec: The spec, for the titles of problems.
        metrics: The metrics of the server.
        is_stopping: Whether the server was told to stop.
    """

    def __init__(self, storage: Storage, spec: Spec, metrics: Metrics, is_stopping: Callable[[], bool]) -> None:
        self._storage = storage
        self._spec = spec
        self._metrics = metrics
        self._readiness = probes.Readiness(storage, is_stopping)
        self._key_uses = KeyUses(storage)

    def by_path(self) -> Mapping[str, Page]:
        """Return the pages by path."""
        return {probes.LIVE: self._live, probes.READY: self._ready, METRICS: self._read_metrics}

    async def _live(self, scope: Scope) -> Answer:
        return _page(*probes.live())

    async def _ready(self, scope: Scope) -> Answer:
        return _page(*await probes.ready(self._readiness))

    async def _read_metrics(self, scope: Scope) -> Answer:
        environ = {KEYS[name]: value.decode("latin-1") for name, value in scope["headers"] if name in KEYS}
        # Not in a thread of the requests, which may all be busy: that is when somebody wants to know.
        return await asyncio.to_thread(self._metrics_for, environ)

    def _metrics_for(self, environ: Mapping[str, str]) -> Answer:
        request_id = new_id()
        try:
            self._check_operator(environ)
            return _page(200, *self._metrics.text())
        except Exception as error:
            found = problem_answer(problem_of(error, request_id), self._spec, request_id)
            assert isinstance(found.body, bytes)
            return Answer(found.status, [("Content-Type", found.media_type), *found.headers.items()], found.body)

    def _check_operator(self, environ: Mapping[str, str]) -> None:
        """Refuse everybody but operators of the platform. Every scope of their keys is enough.

        Raises:
            Problem: The caller is not an operator.
        """
        key = credentials.presented(environ)
        if key is None:
            raise refuse_anonymous()
        with self._storage.connect() as connection:
            self._storage.begin(connection, write=False)
            now = datetime.now(UTC)
            caller = credentials.caller_of_key(connection, key, now)
            with self._key_uses.of(connection, caller, now):
                check_operator(caller)


def serve_metrics(metrics: Metrics, port: int) -> None:
    """Serve the metrics without a key, on a port that only this machine can reach.

    Every worker tries. One gets the port, and the others try again, in case it ends.
    """

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            # A web page could have pointed its own name at this machine.
            if self.headers.get("Host", "").rpartition(":")[0] not in (LOOPBACK_HOST, "localhost"):
                self.send_error(421)
                return
            if self.path.partition("?")[0] != METRICS:
                self.send_error(404)
                return
            media_type, content = metrics.text()
            self.send_response(200)
            self.send_header("Content-Type", media_type)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *arguments: object) -> None:
            """Nothing: what is read here is not a request of anybody."""

    def run() -> None:
        while True:
            try:
                server = http.server.ThreadingHTTPServer((LOOPBACK_HOST, port), Handler)
            except OSError:
                time.sleep(RETRY_SECONDS)
                continue
            server.serve_forever()

    threading.Thread(target=run, name="metrics", daemon=True).start()


def _page(status: int, media_type: str, content: bytes) -> Answer:
    return Answer(status, [("Content-Type", media_type)], content)
