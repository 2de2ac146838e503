"""The first start, the next one, and starts that fail."""

from __future__ import annotations

import json
import os
import re
import socket
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from mlsteward import Steward

from tests.support.databases import KEY as SERVER_KEY
from tests.support.databases import Postgres
from tests.support.process import Served, environment, serving

pytestmark = pytest.mark.both_databases  # processes

MISUSED = 2


@pytest.mark.parametrize("workers", [1, 2])
def test_the_first_start_shows_a_key_once(tmp_path: Path, database: str, workers: int) -> None:
    options = ("--database", database, "--workers", str(workers), "--key-file", str(tmp_path / "server.key"))
    with serving(tmp_path, *options) as first:
        [key] = first.keys
        assert first.out.count(key) == 1
        assert not first.complaints
        with first.client() as nobody:
            # The greeting promises this.
            assert nobody.get("/health").status_code == 200
            assert nobody.get("/me").status_code == 401
        with Steward(first.url, api_token=key) as admin:
            assert admin.whoami().is_operator
            assert admin.whoami().username == "admin"
            admin.workspaces.create("ml-team")
        assert first.end() == 0
        assert not first.complaints
    with serving(tmp_path, *options, "--admin", "somebody-else") as second:
        assert second.keys == []
        assert '"admin"' in second.out
        with Steward(second.url, api_token=key) as admin:
            assert [workspace.name for workspace in admin.workspaces.list()] == ["ml-team"]


def test_an_embedded_operator_is_nobody_who_could_call(tmp_path: Path, sqlite_file: str) -> None:
    with Steward(path=sqlite_file) as embedded:
        embedded.workspaces.create("ml-team")
    with serving(tmp_path, "--database", sqlite_file, "--admin", "boss") as served:
        [key] = served.keys
        with Steward(served.url, api_token=key) as boss, Steward(path=sqlite_file) as embedded:
            assert boss.whoami().username == "boss"
            # Both at once, on one file.
            embedded.projects.create("ml-team/churn")
            assert boss.projects.get("ml-team/churn").owner == "local"


def test_what_is_to_be_mailed_names_the_server(tmp_path: Path, sqlite_file: str) -> None:
    command = [sys.executable, "-m", "mlsteward.cli", "outbox", "--json", "--database", sqlite_file]
    with serving(tmp_path, "--database", sqlite_file) as served:
        with Steward(served.url, api_token=served.keys[0]) as boss:
            boss.workspaces.create("ml-team")
            shown = boss.invitations.send(workspace="ml-team", email="zoe@example.org").url
        done = subprocess.run(command, env=environment(tmp_path), capture_output=True, text=True, check=True)
        [message] = json.loads(done.stdout)
        mailed = message["text"].partition("accept '")[2].partition("'")[0]
        assert mailed.startswith(f"{served.url}/invitations/")
        assert mailed != shown
        with Steward(served.url) as nobody:
            accepted = nobody.invitations.accept(mailed)
            assert nobody.as_account(accepted.api_key).whoami().email_proved is True


def test_a_name_that_somebody_has_makes_no_operator(tmp_path: Path, sqlite_file: str) -> None:
    with Steward(path=sqlite_file) as embedded:
        embedded.workspaces.create("ml-team")
        embedded.members.add("admin", workspace="ml-team")
    with Served(tmp_path, "--database", sqlite_file) as served:
        assert served.wait() == MISUSED
        assert served.err.startswith("error: 'admin' is not an operator")
        assert served.out == ""


def test_two_first_starts_at_once_show_one_key(tmp_path: Path, postgres: Postgres) -> None:
    options = ("--database", postgres.migrated(), "--key-file", str(tmp_path / "server.key"))
    with Served(tmp_path, *options) as one, Served(tmp_path, *options) as other:
        one.wait_until_ready()
        other.wait_until_ready()
        [key] = one.keys + other.keys
        for served in (one, other):
            with served.client(key) as client:
                assert client.get("/me").json()["username"] == "admin"


def test_without_a_database_it_serves_the_data_of_the_user(tmp_path: Path) -> None:
    with serving(tmp_path) as served:
        assert str(tmp_path) in served.out
    assert list(tmp_path.rglob("mlsteward.db"))
    chosen = tmp_path / "chosen.db"
    with serving(tmp_path, environ={"MLSTEWARD_DATABASE": str(chosen)}):
        assert chosen.exists()


def test_a_port_in_use(tmp_path: Path, sqlite_file: str) -> None:
    with serving(tmp_path, "--database", sqlite_file) as first:
        with Served(tmp_path, "--database", sqlite_file, port=first.port) as second:
            assert second.wait() == MISUSED
        assert second.err.splitlines() == [
            f"error: 127.0.0.1:{first.port} is already in use; choose another port with --port, or 0 for any free port"
        ]
        with first.client() as client:
            assert client.get("/health").status_code == 200


@pytest.mark.parametrize(
    "arguments",
    [
        ("--database", ":memory:"),
        ("--database", "mysql://root:hunter2@localhost/x"),
        ("--database", "postgresql://root:hunter2@127.0.0.1:1/x"),
        ("--database", "postgresql://root:hunter2@[::1/x"),
        ("--database", "{home}/not-a-database"),
        ("--database", "{home}/newer.db"),
        ("--database", "{home}"),
        ("--database", "{home}/x.db", "--key-file", "{home}/not-a-database"),
        ("--database", "{home}/x.db", "--host", "203.0.113.1"),
        ("--database", "{home}/x.db", "--host", "no such host"),
        ("--database", "{home}/x.db", "--public-url", "ftp://example.com"),
        ("--database", "{home}/x.db", "--admin", "a b"),
        ("--database", "{home}/x.db", "--admin", "me"),
        ("--database", "{home}/x.db", "--workers", "0"),
    ],
    ids=lambda arguments: " ".join(arguments)[:50],
)
def test_what_cannot_be_served(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    (tmp_path / "not-a-database").write_text("once upon a time " * 100)
    with sqlite3.connect(tmp_path / "newer.db") as newer:
        newer.execute("CREATE TABLE alembic_version (version_num TEXT)")
        newer.execute("INSERT INTO alembic_version VALUES ('9999')")
    newer.close()
    with Served(tmp_path, *(argument.format(home=tmp_path) for argument in arguments)) as served:
        assert served.wait() == MISUSED, served.err
    lines = served.err.splitlines()
    assert lines[0].startswith("error: ")
    assert len(lines) <= 2
    assert served.out == ""
    assert "hunter2" not in served.err
    assert "unexpected" not in served.err


def test_the_password_of_a_database_is_nowhere_to_be_seen(tmp_path: Path, postgres: Postgres) -> None:
    database = postgres.migrated()
    separator = "&" if "?" in database else "?"
    with serving(
        tmp_path,
        "--database",
        f"{database}{separator}password=hunter2",
        "--log-level",
        "debug",
        environ={"MLSTEWARD_SECRET_KEY": SERVER_KEY},
    ) as served:
        for pid in (served.pid, *served.workers()):
            assert b"hunter2" not in Path(f"/proc/{pid}/cmdline").read_bytes()
        with served.client(served.keys[0]) as client:
            assert client.get("/me").status_code == 200
    assert "hunter2" not in served.out + served.err


def test_others_are_warned_of_an_open_server(tmp_path: Path, sqlite_file: str) -> None:
    with serving(tmp_path, "--database", sqlite_file, "--host", "0.0.0.0") as served:
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+", served.url)
        with served.client() as client:
            assert client.get("/health").status_code == 200
    assert served.complaints[0].startswith("warning: other machines can reach this server")
    with serving(
        tmp_path, "--database", sqlite_file, "--host", "0.0.0.0", "--public-url", "https://steward.example.com/"
    ) as served:
        assert served.url == "https://steward.example.com"
    assert not served.complaints


@pytest.mark.skipif(not socket.has_ipv6 or not os.path.exists("/proc/net/if_inet6"), reason="no IPv6 here")
def test_ipv6(tmp_path: Path, sqlite_file: str) -> None:
    if "00000000000000000000000000000001" not in Path("/proc/net/if_inet6").read_text():
        pytest.skip("no IPv6 loopback here")
    with serving(tmp_path, "--database", sqlite_file, "--host", "::1") as served:
        assert served.url.startswith("http://[::1]:")
        with served.client() as client:
            assert client.get("/health").status_code == 200


def test_self_hosted_servers_have_no_plans(tmp_path: Path, sqlite_file: str) -> None:
    with (
        serving(tmp_path, "--database", sqlite_file, "--mode", "self-hosted") as served,
        served.client(served.keys[0]) as client,
    ):
        client.post("/workspaces", json={"name": "ml-team"}).raise_for_status()
        assert client.get("/workspaces/ml-team/status").json()["code"] == "not_available"
