"""What Prometheus reads."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from mlsteward import Steward
from prometheus_client.parser import text_string_to_metric_families

from tests.serve.test_stopping import half_a_request
from tests.support.databases import SqliteTemplate
from tests.support.loopback import free_port
from tests.support.process import PATIENCE, Served, eventually, serving
from tests.support.server import METRICS, forget_the_dead
from tests.support.spec import operations

Samples = dict[tuple[str, frozenset[tuple[str, str]]], float]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, sqlite_template: SqliteTemplate) -> Iterator[Served]:
    port = free_port()
    arguments = ["--database", sqlite_template.copy(), "--workers", "2", "--metrics-port", str(port)]
    with serving(tmp_path_factory.mktemp("home"), *arguments) as served:
        served.metrics_url = f"http://127.0.0.1:{port}/metrics"  # type: ignore[attr-defined]
        yield served


def read(served: Served, key: str | None = None) -> httpx.Response:
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    return httpx.get(f"http://127.0.0.1:{served.port}/metrics", headers=headers, timeout=PATIENCE, trust_env=False)


def samples(served: Served) -> Samples:
    answer = read(served, served.keys[0])
    assert answer.status_code == 200, answer.text
    families = text_string_to_metric_families(answer.text)
    return {(s.name, frozenset(s.labels.items())): s.value for family in families for s in family.samples}


def value(found: Samples, name: str, **labels: str) -> float:
    return found.get((name, frozenset(labels.items())), 0.0)


def test_requests_are_counted_in_all_workers(served: Served) -> None:
    before = samples(served)
    calls = 40
    for _ in range(calls):
        # A connection of its own each time, so that both workers get some.
        with served.client(served.keys[0]) as client:
            assert client.get("/me").status_code == 200
    with served.client() as client:
        assert client.get("/me").status_code == 401
        assert client.get("/no/such/path").status_code == 404

    def grown(name: str, **labels: str) -> float:
        return value(after, name, **labels) - value(before, name, **labels)

    # The client can have its answer a moment before the worker has counted it.
    def counted() -> bool:
        nonlocal after
        after = samples(served)
        return grown("mlsteward_requests_total", operation="other", status="4xx") == 1

    after = before
    assert eventually(counted)
    assert grown("mlsteward_requests_total", operation="get_identity", status="2xx") == calls
    assert grown("mlsteward_requests_total", operation="get_identity", status="4xx") == 1
    assert grown("mlsteward_request_duration_seconds_count", operation="get_identity") == calls + 1
    assert grown("mlsteward_request_duration_seconds_bucket", operation="get_identity", le="+Inf") == calls + 1
    assert 0 < grown("mlsteward_request_duration_seconds_sum", operation="get_identity") < PATIENCE
    assert value(after, "mlsteward_workers") == 2
    assert value(after, "mlsteward_requests_in_progress") == 0


def test_a_request_that_is_not_over_is_in_progress(served: Served) -> None:
    with half_a_request(served):
        assert value(samples(served), "mlsteward_requests_in_progress") == 1
    assert eventually(lambda: value(samples(served), "mlsteward_requests_in_progress") == 0)


def test_the_database_tells_its_state(tmp_path: Path, sqlite_file: str) -> None:
    with serving(tmp_path, "--database", sqlite_file) as served:
        with Steward(served.url, api_token=served.keys[0]) as admin:
            admin.workspaces.create("ml-team")
            admin.invitations.send(email="jackie@example.com", workspace="ml-team")
            admin.storage.clean_up()
        found = samples(served)
    assert value(found, "mlsteward_outbox_messages", state="waiting") == 1
    assert value(found, "mlsteward_outbox_messages", state="failed") == 0
    assert sum(value(found, "mlsteward_jobs", state=state) for state in ("queued", "running", "succeeded")) == 1
    assert value(found, "mlsteward_database_size_bytes") >= Path(sqlite_file).stat().st_size / 2
    assert value(found, "mlsteward_database_up") == 1
    assert value(found, "mlsteward_database_connections_limit") == 60
    # The one that the question itself needs may be counted.
    assert value(found, "mlsteward_database_connections_in_use") <= 2


def test_labels_are_words_of_the_spec(served: Served) -> None:
    with served.client(served.keys[0]) as client:
        client.get("/projects/a-name-to-look-for", params={"q": "a-query-to-look-for"})
        client.request("WEIRD", "/a-path-to-look-for")
        client.get("/me", headers={"X-Request-Id": "an-id-to-look-for", "User-Agent": "an-agent-to-look-for"})
    text = read(served, served.keys[0]).text
    assert "to-look-for" not in text
    assert served.keys[0] not in text
    found = {dict(labels).get("operation") for _, labels in samples(served)} - {None}
    assert "get_project" in found
    assert found <= {*(operation.name for operation in operations()), "other"}


def test_every_metric_is_in_the_catalogue(served: Served) -> None:
    text = read(served, served.keys[0]).text
    typed = dict(line.split()[2:4] for line in text.splitlines() if line.startswith("# TYPE mlsteward_"))
    assert typed == {metric.name: metric.kind for metric in METRICS}


def test_only_operators_read_them(served: Served) -> None:
    assert (read(served).status_code, read(served).json()["code"]) == (401, "unauthenticated")
    assert read(served, "mls_wrong").json()["code"] == "api_key_invalid"
    with Steward(served.url, api_token=served.keys[0]) as admin:
        admin.workspaces.create("metrics")
        admin.members.add("jackie", workspace="metrics", email="jackie@example.com", role="admin")
        theirs = admin.api_keys.create("laptop", user="jackie").secret
        reading = admin.api_keys.create("prometheus", scopes=["read"]).secret
    assert read(served, theirs).json()["code"] == "forbidden"
    assert read(served, reading).status_code == 200


def test_a_port_of_this_machine_needs_no_key(served: Served) -> None:
    url: str = served.metrics_url  # type: ignore[attr-defined]
    assert eventually(lambda: _status(url) == 200)
    assert "mlsteward_requests_total" in httpx.get(url, trust_env=False).text
    assert _status(url.replace("/metrics", "/api/v1/health")) == 404
    # The name of a web site that points to this machine.
    assert _status(url, Host="evil.example.com") == 421


def test_when_the_worker_that_serves_them_is_killed_another_does(served: Served) -> None:
    url: str = served.metrics_url  # type: ignore[attr-defined]
    assert eventually(lambda: _status(url) == 200)
    before = value(samples(served), "mlsteward_requests_total", operation="get_identity", status="2xx")
    for pid in served.workers():
        os.kill(pid, signal.SIGKILL)
        assert eventually(lambda gone=pid: gone not in served.workers() and len(served.workers()) == 2)  # type: ignore[misc]
    assert eventually(lambda: _status(url) == 200)
    # What the dead have counted stays, and they are no longer counted themselves.
    assert f'mlsteward_requests_total{{operation="get_identity",status="2xx"}} {before}' in httpx.get(url).text
    assert eventually(lambda: "mlsteward_workers 2.0" in httpx.get(url, trust_env=False).text)


def test_a_port_that_is_taken_is_said(tmp_path: Path, sqlite_file: str, served: Served) -> None:
    with Served(tmp_path, "--database", sqlite_file, "--metrics-port", str(served.port)) as second:
        assert second.wait() == 2
        assert "--metrics-port" in second.err


def _status(url: str, **headers: str) -> int:
    try:
        return httpx.get(url, headers=headers, timeout=PATIENCE, trust_env=False).status_code
    except httpx.TransportError:
        return 0


def test_workers_that_start_together_forget_the_same_dead(tmp_path: Path) -> None:
    """After a kill, all workers start at once, and each finds the gauges of those before it."""
    nobody = range(4_194_304, 4_194_804)  # above the largest pid that Linux gives
    for pid in nobody:
        (tmp_path / f"gauge_livesum_{pid}.db").touch()
    alive = tmp_path / f"gauge_livesum_{os.getpid()}.db"
    alive.touch()
    with ThreadPoolExecutor(8) as pool:
        for done in [pool.submit(forget_the_dead, str(tmp_path)) for _ in range(8)]:
            done.result()
    assert list(tmp_path.iterdir()) == [alive]
