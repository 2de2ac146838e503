"""The log of a server: a line for each request, and never a secret."""

from __future__ import annotations

import contextlib
import json
import re
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from mlsteward import Steward, errors

from tests.support.databases import Postgres, SqliteTemplate
from tests.support.process import PATIENCE, Served, eventually, serving

FIELDS = {"time", "level", "logger", "message", "request_id", "operation", "status", "duration_ms", "bytes_out"}
KNOWN = {"account", "key"}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, sqlite_template: SqliteTemplate) -> Iterator[Served]:
    arguments = ["--database", sqlite_template.copy(), "--log-level", "info", "--log-format", "json"]
    with serving(tmp_path_factory.mktemp("home"), *arguments) as served:
        with Steward(served.url, api_token=served.keys[0]) as admin:
            admin.workspaces.create("ml-team")
        yield served


def lines(served: Served) -> list[dict[str, Any]]:
    return [json.loads(line) for line in served.err.splitlines()]


def line_of(served: Served, answer: httpx.Response) -> dict[str, Any]:
    """The only line about a request."""
    wanted = answer.headers["X-Request-Id"]

    def found() -> list[dict[str, Any]]:
        return [line for line in lines(served) if line.get("request_id") == wanted]

    assert eventually(lambda: bool(found()))
    (line,) = found()
    return line


def test_a_request_is_one_line(served: Served) -> None:
    with served.client(served.keys[0]) as client:
        answer = client.get("/workspaces")
        me = client.get("/me").json()
        (key,) = client.get("/users/me/api-keys").json()
    line = line_of(served, answer)
    assert set(line) == FIELDS | KNOWN
    assert (line["level"], line["logger"], line["message"]) == ("info", "mlsteward.requests", "request")
    assert (line["operation"], line["status"], line["bytes_out"]) == ("list_workspaces", 200, len(answer.content))
    assert (line["account"], line["key"]) == (me["id"], key["id"])
    assert 0 < line["duration_ms"] < PATIENCE * 1000
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", line["time"])


def test_what_is_not_known_is_absent(served: Served) -> None:
    with served.client() as client:
        refused, nowhere = client.get("/me"), client.get("/no/such/path")
    assert set(line_of(served, refused)) == FIELDS
    assert line_of(served, refused)["status"] == 401
    assert set(line_of(served, nowhere)) == FIELDS - {"operation"}


def test_a_list_that_is_sent_in_parts_has_its_whole_size(served: Served) -> None:
    with served.client(served.keys[0]) as client:
        answer = client.get("/workspaces/ml-team/access", headers={"Accept": "text/csv"})
        assert answer.headers["Content-Type"].startswith("text/csv"), answer.text
    assert line_of(served, answer)["bytes_out"] == len(answer.content) > 0


def test_a_body_that_the_gateway_refuses_is_logged(served: Served) -> None:
    with served.client() as client, contextlib.suppress(httpx.WriteError):
        answer = client.post("/workspaces", content=b"x" * 2**21, headers={"Content-Type": "application/json"})
        line = line_of(served, answer)
        assert (line["operation"], line["status"]) == ("create_workspace", answer.status_code)


def test_no_secret_is_logged(tmp_path: Path, sqlite_file: str) -> None:
    """A canary in every place that somebody can put a secret into, at the level that says most."""
    canary = "canary7f3a"
    arguments = ["--database", sqlite_file, "--log-level", "debug", "--log-format", "json"]
    with serving(tmp_path, *arguments) as served:
        key = served.keys[0]
        with Steward(served.url, api_token=key) as admin:
            admin.workspaces.create("ml-team")
            invitation = admin.invitations.send(email=f"{canary}@example.com", workspace="ml-team")
            made = admin.api_keys.create(canary).secret
            with pytest.raises(errors.StewardError):
                admin.projects.get(f"ml-team/{canary}")
        token = str(invitation.url).partition("token=")[2]
        with served.client() as client:
            for headers in (
                {"Authorization": f"Bearer mls_{canary}"},
                {"Authorization": f"Basic {canary}"},
                {"X-API-Key": canary},
                {"Cookie": canary, "User-Agent": canary, "Referer": canary, "X-Request-Id": canary},
                {"Idempotency-Key": canary, "If-Match": canary, "traceparent": canary, "X-Forwarded-For": canary},
            ):
                client.get("/me", headers=headers)
                client.post("/workspaces", json={"name": canary, canary: canary}, headers=headers)
                client.post("/workspaces", content=canary.encode(), headers=headers)
                client.post("/workspaces", content=canary.encode() * 20_000, headers=headers)
                client.get(f"/{canary}", params={"token": canary}, headers=headers)
                client.request(canary, "/me")
            client.get(f"http://127.0.0.1:{served.port}/metrics", headers={"X-API-Key": canary})
            client.post(str(invitation.url), json={"username": canary})
            client.post(str(invitation.url), data={"username": canary, "token": canary, "form": canary})
            client.post(f"/invitations/{invitation.id}/accept", params={"token": token}, json={"username": canary})
        # What is not HTTP at all.
        for raw in (
            f"GET /api/v1/me?{canary} HTTP/9.9\r\n\r\n",
            f"{canary}\r\n\r\n",
            f"GET / HTTP/1.1\r\n{canary}\r\n\r\n",
        ):
            with socket.create_connection(("127.0.0.1", served.port), timeout=PATIENCE) as connection:
                connection.sendall(f"{raw}\r\n\r\n".encode())
                connection.recv(65536)
        assert eventually(lambda: "accept_invitation" in served.err)
        assert served.end() == 0
    for secret in (canary, key, made, token, "ml-team", "127.0.0.1:"):
        found = [line for line in served.err.splitlines() if secret in line and "Listening at" not in line]
        assert not found, found
    assert all(isinstance(line, dict) for line in lines(served))
    assert len([line for line in lines(served) if line["message"] == "request"]) > 30


def test_an_error_of_the_server_is_one_line_with_its_traceback(tmp_path: Path, postgres: Postgres) -> None:
    url = postgres.migrated()
    arguments = ["--database", url, "--log-format", "json"]
    served = Served(tmp_path, *arguments)
    try:
        served.wait_until_ready()
        with served.client(served.keys[0]) as client:
            postgres.run(url, "ALTER TABLE workspaces RENAME TO elsewhere")
            answer = client.get("/workspaces/ml-team")
            assert (answer.status_code, answer.json()["code"]) == (500, "internal_error")
            line = line_of(served, answer)
        assert line["level"] == "error"
        assert line["traceback"].startswith("Traceback (most recent call last):\n")
        assert "UndefinedTable" in line["traceback"]
        assert served.keys[0] not in served.err
    finally:
        served.end()
        postgres.drop(url)
    # Its traceback is meant, which `Served` would take for a failure.
    served.err = ""
    served.__exit__()


def test_text_is_for_people(tmp_path: Path, sqlite_file: str) -> None:
    environ = {"MLSTEWARD_LOG_LEVEL": "info", "MLSTEWARD_LOG_FORMAT": "text"}
    with serving(tmp_path, "--database", sqlite_file, environ=environ) as served:
        with served.client() as client:
            answer = client.get("/me")
        request_id = answer.headers["X-Request-Id"]
        said = rf"request_id={request_id} operation=get_identity status=401 duration_ms=[\d.]+ bytes_out=\d+"
        pattern = re.compile(rf"^\S+Z INFO request {said}$", re.MULTILINE)
        assert eventually(lambda: pattern.search(served.err) is not None), served.err


def test_requests_are_not_logged_unless_asked_for(tmp_path: Path, sqlite_file: str) -> None:
    with serving(tmp_path, "--database", sqlite_file) as served:
        with served.client() as client:
            client.get("/me")
        assert served.end() == 0
        assert not served.complaints
