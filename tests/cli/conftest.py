"""The command as people run it: on the embedded server, over a new data file."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from mlsteward.cli import main

SECRET = re.compile(r"mls_[A-Za-z0-9]{20,}|token=[A-Za-z0-9_-]{8,}")
"""API keys and the tokens of invitations."""


USING = re.compile(r"^(?:\x1b\[36m)?note:(?:\x1b\[0m)? using the data file ([^\r\n]+)\r?\n", re.MULTILINE)
"""What each command says first on a data file. Tests of other things leave it out."""


@dataclass(frozen=True)
class Result:
    """What a run of the command left behind."""

    code: int
    out: str
    err: str
    """Without the note that says which data file is used: `data_file` has that."""
    data_file: str | None = None

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def rows(self) -> list[list[str]]:
        """The cells of a plain table, below its header."""
        return [re.split(r"\s{2,}", line.strip()) for line in self.out.splitlines()[1:]]


Run = Callable[..., Result]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sqlite_file: str) -> Path:
    """A machine where nothing is configured but an empty data file, in `MLSTEWARD_PATH`."""
    for name in list(os.environ):
        if name.startswith(("MLSTEWARD_", "NEPTUNE_", "COMET_", "FIFTYONE_", "UBIOPS_", "XDG_")) or name in {
            "NO_COLOR",
            "FORCE_COLOR",
            "PGPASSWORD",
        }:
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("MLSTEWARD_PATH", sqlite_file)
    return tmp_path


def check(result: Result, *, shows_secret: bool) -> Result:
    """What holds for every run, whatever was asked."""
    assert "Traceback" not in result.out + result.err, result.err
    if not shows_secret:
        assert not SECRET.search(result.out + result.err), result
    return result


@pytest.fixture
def run(home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs the command in this process, with no terminal: `run("projects", "list")`."""

    def call(*arguments: str, input: str = "", shows_secret: bool = False) -> Result:
        monkeypatch.setattr(sys, "stdin", io.StringIO(input))
        capsys.readouterr()
        code = main(arguments)
        out, err = capsys.readouterr()
        using = USING.search(err)
        result = Result(code, out, USING.sub("", err), using[1] if using else None)
        return check(result, shows_secret=shows_secret)

    return call


@pytest.fixture
def ok(run: Run) -> Run:
    """The same, insisting on success."""

    def call(*arguments: str, **options: Any) -> Result:
        result = run(*arguments, **options)
        assert result.code == 0, f"{arguments}: {result}"
        return result

    return call


@pytest.fixture
def team(ok: Run) -> str:
    """The workspace `ml-team`, with jackie and ravi and the projects `churn` and `open-house`."""
    ok("workspaces", "create", "ml-team", "--projects-limit", "3", "--storage-limit", "5GB")
    ok("members", "add", "jackie", "-w", "ml-team", "--email", "jackie@example.com", "--role", "admin")
    ok("members", "add", "ravi", "-w", "ml-team")
    ok("projects", "create", "ml-team/churn", "--description", "Who\x1b[31m leaves\nus")
    ok("projects", "create", "ml-team/open-house", "--visibility", "workspace")
    return "ml-team"


def spawn(*arguments: str, **options: Any) -> subprocess.Popen[str]:
    """The command in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "mlsteward.cli", *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **options,
    )
