"""`mlsteward audit --follow`, with a server that is killed and started again."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from mlsteward import Steward

from tests.cli.conftest import Run
from tests.support.process import PATIENCE, Served, environment, eventually, serving


class Following:
    """The command, and what it has printed so far."""

    def __init__(self, served: Served, home: Path, *arguments: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "mlsteward.cli", "audit", "ml-team", "--follow", *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=environment(home, MLSTEWARD_URL=served.url, MLSTEWARD_API_TOKEN=served.keys[0]),
        )
        self.lines: list[str] = []
        self.err = ""
        self._readers = [threading.Thread(target=self._read), threading.Thread(target=self._read_err)]
        for reader in self._readers:
            reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.append(line.rstrip("\n"))

    def _read_err(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self.err += line

    def has(self, *names: str) -> bool:
        """Whether it prints lines about all of these, in time."""
        return eventually(lambda: all(any(name in line for line in self.lines) for name in names))

    def end(self) -> int:
        """Ctrl-C, and its exit code."""
        self.process.send_signal(signal.SIGINT)
        code = self.process.wait(PATIENCE)
        for reader in self._readers:
            reader.join(PATIENCE)
        return code


@contextmanager
def following(served: Served, home: Path, *arguments: str) -> Iterator[Following]:
    found = Following(served, home, *arguments)
    try:
        yield found
    finally:
        if found.process.poll() is None:
            found.process.kill()
        found.process.wait(PATIENCE)
        for reader in found._readers:
            reader.join(PATIENCE)
        for stream in (found.process.stdout, found.process.stderr):
            assert stream is not None
            stream.close()


def names(lines: list[str]) -> list[str]:
    return [json.loads(line)["object_name"] for line in lines]


def test_it_goes_on_after_the_server_was_killed(tmp_path: Path, sqlite_file: str) -> None:
    with serving(tmp_path, "--database", sqlite_file) as served:
        key, port = served.keys[0], served.port
        with Steward(served.url, api_token=key) as admin:
            admin.workspaces.create("ml-team")
        with following(served, tmp_path, "-o", "jsonl", "--since", "1h") as seen:
            assert seen.has('"ml-team"')
            with Steward(served.url, api_token=key) as admin:
                admin.projects.create("ml-team/before")
            assert seen.has('"before"')
            served.kill()
            # While nobody serves it, somebody works on the same file.
            with Steward(path=sqlite_file) as local:
                local.projects.create("ml-team/meanwhile")
            with serving(tmp_path, "--database", sqlite_file, port=port):
                with Steward(served.url, api_token=key) as admin:
                    admin.projects.create("ml-team/after")
                assert seen.has('"meanwhile"', '"after"')
                assert seen.end() == 130
            assert names(seen.lines)[-3:] == ["before", "meanwhile", "after"]
            assert len(seen.lines) == len(set(seen.lines)), "an event came twice"
            assert "Traceback" not in seen.err


@pytest.mark.parametrize("form", ["table", "csv", "quiet"])
def test_forms(tmp_path: Path, sqlite_file: str, form: str) -> None:
    arguments = ["-q"] if form == "quiet" else ["-o", form]
    with serving(tmp_path, "--database", sqlite_file) as served:
        with Steward(served.url, api_token=served.keys[0]) as admin:
            admin.workspaces.create("ml-team")
            admin.projects.create("ml-team/churn")
            last = admin.audit.list(workspace="ml-team").first()
        with following(served, tmp_path, *arguments, "--since", "1h") as seen:
            assert last is not None
            assert seen.has(last.id if form == "quiet" else "churn")
            assert seen.end() == 130
    if form == "table":
        assert seen.lines[0].split() == ["WHEN", "(UTC)", "WHO", "EVENT", "WHAT", "NAME"]
        assert seen.lines[-1].endswith("churn")
    elif form == "csv":
        assert seen.lines[0].startswith("id,date,action,")
    assert seen.err.strip() == "interrupted"


def test_a_limit_ends_it(ok: Run, team: str) -> None:
    done = ok("audit", team, "--follow", "--since", "1h", "--limit", "2", "-o", "jsonl")
    assert len(done.out.splitlines()) == 2


def test_columns(ok: Run, team: str) -> None:
    done = ok("audit", team, "--follow", "--since", "1h", "--limit", "1", "--columns", "object_name,action")
    assert done.out.splitlines() == ["OBJECT_NAME  ACTION", "ml-team      create"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--json"], "A JSON array would never end; use -o jsonl with --follow."),
        (["-o", "json"], "A JSON array would never end; use -o jsonl with --follow."),
        (["--until", "1d"], "--until cannot be used with --follow"),
    ],
)
def test_wrong_usage(run: Run, team: str, arguments: list[str], message: str) -> None:
    done = run("audit", team, "--follow", *arguments)
    assert done.code == 2
    assert message in done.err
