"""Whatever goes wrong is one line, a hint where there is one, and an exit code. Never a traceback."""

from __future__ import annotations

import json
import signal
import socket
import threading
from pathlib import Path

import pytest

from tests.cli.conftest import Run, spawn
from tests.support.process import PATIENCE

REFUSED = 1
MISUSED = 2

AWKWARD: list[tuple[int, tuple[str, ...]]] = [
    (MISUSED, ("nosuch",)),
    (MISUSED, ("projects", "nosuch")),
    (MISUSED, ("--nosuch",)),
    (MISUSED, ("projects", "create")),
    (MISUSED, ("projects", "create", "")),
    (MISUSED, ("projects", "show", "a/b/c")),
    (MISUSED, ("projects", "list", "--limit", "0")),
    (MISUSED, ("projects", "list", "--limit", "many")),
    (MISUSED, ("projects", "update", "ml-team/churn")),
    (MISUSED, ("projects", "update", "ml-team/churn", "--visibility", "secret")),
    (MISUSED, ("members", "role", "ravi", "king", "-w", "ml-team")),
    (MISUSED, ("workspaces", "update", "ml-team", "--storage-limit", "5 apples")),
    (MISUSED, ("accept", "not an address")),
    (MISUSED, ("accept", "http://[::1/accept")),
    (MISUSED, ("accept", "-")),
    (MISUSED, ("--url", "ftp://example.com", "whoami")),
    (MISUSED, ("--url", "http://bob:hunter2@example.com", "whoami")),
    (MISUSED, ("--url", "", "whoami")),
    (MISUSED, ("--profile", "nosuch", "whoami")),
    (MISUSED, ("--path", "/dev/null/x.db", "whoami")),
    (MISUSED, ("--path", "nul\x00byte", "whoami")),
    (MISUSED, ("--api-token", "two words", "whoami")),
    (REFUSED, ("--api-token", "mls_nonsense", "whoami")),
    (REFUSED, ("projects", "show", "ml-team/nosuch")),
    (REFUSED, ("projects", "create", "ml-team/Ünïcode")),
    (REFUSED, ("projects", "create", "ml-team/" + "x" * 10_000)),
    (REFUSED, ("projects", "create", "ml-team/churn")),
    (REFUSED, ("workspaces", "create", "; rm -rf /")),
    (REFUSED, ("members", "add", "line\nbreak", "-w", "ml-team")),
    (REFUSED, ("members", "remove", "nobody", "-w", "ml-team", "--yes")),
    (REFUSED, ("keys", "delete", "nosuch", "--yes")),
    (REFUSED, ("keys", "create", "x", "--user", "nobody")),
    (REFUSED, ("audit", "nosuch")),
    (MISUSED, ("datasets", "show", "a/b/c")),
    (MISUSED, ("datasets", "create", "ml-team/images", "--default", "ALL")),
    (MISUSED, ("datasets", "permissions")),
    (MISUSED, ("datasets", "permissions", "--user", "ravi", "--group", "labelers")),
    (MISUSED, ("datasets", "permissions", "--by-group")),
    (MISUSED, ("datasets", "grant", "ml-team/images", "EDIT")),
    (MISUSED, ("datasets", "grant", "ml-team/images", "EDIT", "--user", "ravi", "--group", "labelers")),
    (MISUSED, ("datasets", "grant", "ml-team/images", "EDIT", "--group", "labelers", "--invite")),
    (MISUSED, ("datasets", "grant", "ml-team/images", "OWN", "--user", "ravi")),
    (MISUSED, ("datasets", "revoke", "ml-team/images")),
    (MISUSED, ("datasets", "default", "ml-team/images")),
    (MISUSED, ("access", "explain", "ravi")),
    (MISUSED, ("access", "explain", "ravi", "ml-team/churn", "--project", "ml-team/churn")),
    (MISUSED, ("access", "explain", "ravi", "a/b/c")),
    (MISUSED, ("access", "matrix", "ml-team", "--json", "--wide")),
    (MISUSED, ("access", "matrix", "ml-team", "--json", "--csv", "-")),
    (MISUSED, ("access", "matrix", "ml-team", "--csv", "/")),
    (MISUSED, ("access", "matrix", "ml-team", "--csv", "/dev/null/access.csv")),
    (MISUSED, ("keys", "create", "x", "--scope", "everything")),
    (MISUSED, ("keys", "create", "x", "--expires", "10q")),
    (MISUSED, ("keys", "create", "x", "--expires", "999999w")),
    (MISUSED, ("keys", "rotate", "current", "--overlap", "soon")),
    (MISUSED, ("workspaces", "settings", "set", "ml-team")),
    (MISUSED, ("workspaces", "settings", "set", "ml-team", "--default-user-role", "king")),
    (MISUSED, ("members", "offboard", "ravi", "-w", "ml-team", "--apply")),
    (REFUSED, ("datasets", "show", "ml-team/nosuch")),
    (REFUSED, ("datasets", "create", "ml-team/Ünïcode")),
    (REFUSED, ("datasets", "delete", "ml-team/nosuch", "--yes")),
    (REFUSED, ("datasets", "permissions", "ml-team/nosuch")),
    (REFUSED, ("datasets", "grant", "ml-team/nosuch", "EDIT", "--user", "ravi")),
    (REFUSED, ("datasets", "default", "ml-team/nosuch", "EDIT")),
    (REFUSED, ("access", "explain", "ravi", "ml-team/nosuch")),
    (REFUSED, ("access", "explain", "nobody", "ml-team/churn")),
    (REFUSED, ("access", "matrix", "ml-team", "--user", "nobody")),
    (REFUSED, ("access", "matrix", "nosuch", "--csv", "-")),
    (REFUSED, ("keys", "create", "x", "--expires", "2020-01-01")),
    (REFUSED, ("keys", "rotate", "nosuch")),
    (REFUSED, ("workspaces", "settings", "show", "nosuch")),
    (REFUSED, ("members", "offboard", "nobody", "-w", "ml-team")),
    (REFUSED, ("members", "offboard", "local", "-w", "ml-team", "--successor", "local")),
    (MISUSED, ("outbox", "--database", "mysql://root:hunter2@localhost/x")),
    (MISUSED, ("outbox", "--database", "postgresql://root:hunter2@127.0.0.1:1/x")),
]


@pytest.mark.parametrize(
    ("code", "arguments"), AWKWARD, ids=lambda value: " ".join(value)[:40] if isinstance(value, tuple) else ""
)
def test_awkward_input(run: Run, team: str, code: int, arguments: tuple[str, ...]) -> None:
    result = run(*arguments)
    assert result.code == code, result
    assert result.out == ""
    if "--json" in arguments:
        assert result.err.count("\n") == 1
        assert json.loads(result.err)["error"]["message"]
        return
    lines = result.err.splitlines()
    assert lines[0].startswith("error: "), result.err
    assert all(line.startswith("hint: ") for line in lines[1:]), result.err
    assert len(lines) <= 2
    assert len(result.err) < 1500
    assert "hunter2" not in result.err
    assert "unexpected" not in result.err


def test_debug_shows_the_traceback(home: Path) -> None:
    process = spawn("--debug", "projects", "show", "nosuch/nosuch")
    _, err = process.communicate(timeout=20)
    assert process.returncode == 1
    assert "Traceback" in err
    assert err.splitlines()[-2].startswith("error: ")


def test_a_server_that_is_not_there(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MLSTEWARD_PATH")
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        result = run("health", "--url", f"http://127.0.0.1:{closed.getsockname()[1]}")
    assert result.code == 1
    assert "127.0.0.1" in result.err


def test_ctrl_c(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MLSTEWARD_PATH")
    with socket.create_server(("127.0.0.1", 0)) as silent:
        process = spawn("whoami", "--url", f"http://127.0.0.1:{silent.getsockname()[1]}")
        try:
            silent.settimeout(PATIENCE)
            connection, _ = silent.accept()
            with connection:
                threading.Timer(0.2, process.send_signal, (signal.SIGINT,)).start()
                out, err = process.communicate(timeout=PATIENCE)
        finally:
            process.kill()
    assert process.returncode == 130
    assert out == ""
    assert err.strip() == "interrupted"


def test_a_warning_is_one_line(run: Run, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = home / "config.toml"
    file.write_text('[profiles.default]\napi_token = "mls_nonsense"\n')
    file.chmod(0o644)
    process = spawn("config", "show", env={"MLSTEWARD_CONFIG": str(file), "HOME": str(home), "PATH": "/usr/bin:/bin"})
    _, err = process.communicate(timeout=20)
    assert process.returncode == 0
    assert err.startswith("warning: Others can read the API key in ")
    assert err.count("\n") == 1
