"""The metrics of a server, for Prometheus.

Every worker counts in a file of its own, in a folder that they share, and whoever is asked adds up all of them: this is
the multiprocess mode of `prometheus_client`. The counts of a worker that has ended stay, so counters never go back.

A label is a word of the spec or of this module. No label comes from a request, so their number is bounded, and nothing
that somebody sends can be read here.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import Connection, event, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import QueuePool

from mlsteward_server import __version__
from mlsteward_server.http.observed import Observed
from mlsteward_server.jobs.queue import count_by_status
from mlsteward_server.storage.engine import Storage
from mlsteward_server.trail.outbox import count_by_state

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
"""The variable that `prometheus_client` reads when it is imported."""
OTHER = "other"
"""The label of requests for no operation of the spec."""
ABORTED = "aborted"
"""The label of requests whose client left before it got an answer."""
KEPT_SECONDS = 15.0
"""How long the state of the database is not read again, in seconds: Prometheus asks several times a minute."""
BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
"""Upper limits of the durations that are counted together, in seconds."""


class Metric(NamedTuple):
    """One metric, as Prometheus sees it.

    Attributes:
        is_state: Whether it is read from the database, where all workers and machines see the same.
    """

    name: str
    kind: str
    labels: tuple[str, ...]
    help: str
    is_state: bool = False


REQUESTS = Metric(
    "mlsteward_requests_total",
    "counter",
    ("operation", "status"),
    "Requests that were answered, by operationId and class of status (2xx to 5xx, or aborted).",
)
DURATION = Metric(
    "mlsteward_request_duration_seconds",
    "histogram",
    ("operation",),
    "Time from the head of a request to the end of its answer, by operationId.",
)
IN_PROGRESS = Metric("mlsteward_requests_in_progress", "gauge", (), "Requests that are being received or answered.")
WORKERS = Metric("mlsteward_workers", "gauge", (), "Worker processes that run.")
IN_USE = Metric(
    "mlsteward_database_connections_in_use", "gauge", (), "Database connections that requests and jobs use now."
)
LIMIT = Metric(
    "mlsteward_database_connections_limit", "gauge", (), "Database connections that all workers can have at most."
)
OUTBOX = Metric(
    "mlsteward_outbox_messages",
    "gauge",
    ("state",),
    "Messages of the outbox: waiting, failed (and still waiting), dead (given up), sent, or obsolete.",
    is_state=True,
)
JOBS = Metric(
    "mlsteward_jobs", "gauge", ("state",), "Jobs: queued, running, succeeded or failed in the last 7 days.", True
)
SIZE = Metric("mlsteward_database_size_bytes", "gauge", (), "Size of the database, without uploaded files.", True)
UP = Metric("mlsteward_database_up", "gauge", (), "1 if outbox, jobs and size could be read, else 0.", True)
INFO = Metric("mlsteward_build_info", "gauge", ("version",), "Always 1; the label is the version.", True)
METRICS = (REQUESTS, DURATION, IN_PROGRESS, WORKERS, IN_USE, LIMIT, OUTBOX, JOBS, SIZE, UP, INFO)


class Metrics:
    """Counts what this worker does, and tells what all workers did.

    Args:
        folder: The folder that the workers of a server share.
        storage: The database.
    """

    def __init__(self, folder: str, storage: Storage) -> None:
        # It must be known before `prometheus_client` is imported, so this is not at the top of the module.
        os.environ[FOLDER] = folder
        import prometheus_client

        self._folder = folder
        self._client = prometheus_client
        self._state = _State(storage)
        own = prometheus_client.CollectorRegistry()

        def gauge(metric: Metric) -> prometheus_client.Gauge:
            return prometheus_client.Gauge(metric.name, metric.help, registry=own, multiprocess_mode="livesum")

        forget_the_dead(folder)
        self._requests = prometheus_client.Counter(REQUESTS.name, REQUESTS.help, REQUESTS.labels, registry=own)
        self._durations = prometheus_client.Histogram(
            DURATION.name, DURATION.help, DURATION.labels, buckets=BUCKETS, registry=own
        )
        self._in_progress = gauge(IN_PROGRESS)
        gauge(WORKERS).set(1)
        pool = storage.engine.pool
        if isinstance(pool, QueuePool):
            gauge(LIMIT).set(pool.size() + max(0, pool._max_overflow))
        in_use = gauge(IN_USE)
        event.listen(pool, "checkout", lambda *_: in_use.inc())
        event.listen(pool, "checkin", lambda *_: in_use.dec())
        # Finding the counter of some labels takes longer than counting.
        self._counters: dict[tuple[str, str], Callable[[], None]] = {}
        self._observers: dict[str, Callable[[float], None]] = {}

    def begin(self) -> None:
        """Note that a request has arrived."""
        self._in_progress.inc()

    def end(self, observed: Observed) -> None:
        """Count a request that is over."""
        self._in_progress.dec()
        operation = observed.operation or OTHER
        status = ABORTED if observed.status is None else f"{observed.status // 100}xx"
        counter = self._counters.get((operation, status))
        if counter is None:
            counter = self._counters[operation, status] = self._requests.labels(operation, status).inc
        counter()
        observe = self._observers.get(operation)
        if observe is None:
            observe = self._observers[operation] = self._durations.labels(operation).observe
        observe(observed.seconds)

    def text(self) -> tuple[str, bytes]:
        """Return media type and content of what Prometheus reads. Asks the database."""
        from prometheus_client import multiprocess

        forget_the_dead(self._folder)
        registry = self._client.CollectorRegistry()
        multiprocess.MultiProcessCollector(registry, self._folder)  # type: ignore[no-untyped-call]
        registry.register(self._state)
        return self._client.CONTENT_TYPE_LATEST, self._client.generate_latest(registry)


class _State:
    """Reads what the database knows, as a collector of `prometheus_client`."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self._lock = threading.Lock()
        self._read_at = -KEPT_SECONDS
        self._values: list[tuple[Metric, tuple[str, ...], float]] = []

    def collect(self) -> Iterator[Any]:
        from prometheus_client.core import GaugeMetricFamily

        families: dict[str, Any] = {}
        for metric, labels, value in self._fresh():
            if metric.name not in families:
                families[metric.name] = GaugeMetricFamily(metric.name, metric.help, labels=metric.labels)
            families[metric.name].add_metric(labels, value)
        yield from families.values()

    def _fresh(self) -> list[tuple[Metric, tuple[str, ...], float]]:
        with self._lock:
            if time.monotonic() - self._read_at >= KEPT_SECONDS:
                try:
                    found = [*self._look(), (UP, (), 1.0)]
                except SQLAlchemyError:
                    # Old numbers would look like news.
                    found = [(UP, (), 0.0)]
                self._values = [*found, (INFO, (__version__,), 1.0)]
                self._read_at = time.monotonic()
            return self._values

    def _look(self) -> Iterator[tuple[Metric, tuple[str, ...], float]]:
        with self._storage.connect() as connection:
            self._storage.begin(connection, write=False)
            for state, count in count_by_state(connection, datetime.now(UTC)).items():
                yield OUTBOX, (state,), count
            for state, count in count_by_status(connection).items():
                yield JOBS, (state,), count
            yield SIZE, (), _size(connection, is_sqlite=self._storage.is_sqlite)


def _size(connection: Connection, *, is_sqlite: bool) -> int:
    """Return the size of a database, in bytes."""
    if is_sqlite:
        question = "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
    else:
        question = "SELECT pg_database_size(current_database())"
    return int(connection.execute(text(question)).scalar() or 0)


def forget_the_dead(folder: str) -> None:
    """Delete the gauges of workers that were killed, which could not do it themselves."""
    for path in Path(folder).glob("gauge_livesum_*.db"):
        pid = int(path.stem.rpartition("_")[2])
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            # Not `mark_process_dead`, which fails if another worker deletes it at the same time.
            path.unlink(missing_ok=True)
        except OSError:
            pass  # it lives, as somebody else
