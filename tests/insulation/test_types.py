"""What type checkers refuse: choices that do not exist, and options with a slip in their name."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

CALLS = """
from datetime import timedelta
from mlsteward import AsyncSteward, Steward, management, records
from mlsteward.records import DatasetAccess, DatasetGroupGrant, Project, WorkspaceRole
from mlsteward.pagination import Pager

steward = Steward(path=":memory:", timeout=3)
Steward(tmieout=3)  # error
Steward(timeout="3")  # error
AsyncSteward(retries=3)  # error
management.connect(tmieout=3)  # error
management.connect(path=":memory:", workspace="ml-team", timeout=3)
management.nothing  # error
records.Nothing  # error

steward.members.add("jackie", role="guest")
steward.members.add("jackie", role=WorkspaceRole.GUEST)
steward.members.add("jackie", role="boss")  # error
steward.members.add("jackie", "ml-team")  # error
steward.projects.create("ml-team/nlp", visibility="private", timeout=3, idempotency_key="k")
steward.projects.create("ml-team/nlp", visibility="secret")  # error
steward.projects.members.add("ml-team/nlp", "jackie", role="admin")  # error
steward.api_keys.create("ci", scopes=["read", "write"], expires=timedelta(days=1))
steward.api_keys.create("ci", scopes="read")
steward.api_keys.create("ci", scopes=["reed"])  # error
steward.api_keys.create("ci", scopes="reed")  # error
steward.datasets.permissions.grant("signs", "EDIT", user="jackie")
steward.datasets.permissions.grant("signs", "OWN", user="jackie")  # error
steward.datasets.permissions.grant("signs", "EDIT")  # error
steward.audit.list(action="rename")  # error
steward.nothing  # error

project: Project = steward.projects.get("ml-team/nlp")
people: Pager[DatasetAccess] = steward.datasets.permissions.list("signs")
theirs: Pager[DatasetAccess] = steward.datasets.permissions.list(user="jackie")
grants: Pager[DatasetGroupGrant] = steward.datasets.permissions.list(group="labelers")
wrong: Pager[DatasetGroupGrant] = steward.datasets.permissions.list("signs")  # error
with steward.raw_responses() as responses:
    status: int = responses[0].status
    text: str = responses[0].status  # error
"""


def test_wrong_calls_fail_mypy_and_right_calls_pass(tmp_path: Path) -> None:
    file = tmp_path / "calls.py"
    file.write_text(CALLS, encoding="utf-8")
    options = ["--strict", "--no-error-summary", "--follow-imports=silent", f"--cache-dir={tmp_path}"]
    done = subprocess.run(
        [sys.executable, "-m", "mypy", *options, f"--config-file={ROOT / 'pyproject.toml'}", str(file)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
    )
    found = {int(line) for line in re.findall(r"calls\.py:(\d+): error", done.stdout)}
    expected = {number for number, line in enumerate(CALLS.splitlines(), 1) if line.endswith("# error")}
    assert found == expected, done.stdout + done.stderr


# Neither is in the extra `dev`: with its copy of node, basedpyright takes 300 MB.
PYRIGHT = shutil.which("basedpyright") or shutil.which("pyright")


@pytest.mark.skipif(PYRIGHT is None, reason="needs pyright or basedpyright on the path")
def test_wrong_calls_fail_pyright_and_right_calls_pass(tmp_path: Path) -> None:
    (tmp_path / "calls.py").write_text(CALLS, encoding="utf-8")
    settings = {
        "typeCheckingMode": "basic",
        "extraPaths": [str(ROOT / tree) for tree in ("facade", "generated", "server")],
        "venvPath": str(Path(sys.prefix).parent),
        "venv": Path(sys.prefix).name,
    }
    (tmp_path / "pyrightconfig.json").write_text(json.dumps(settings), encoding="utf-8")
    assert PYRIGHT is not None
    done = subprocess.run([PYRIGHT, "-p", str(tmp_path)], capture_output=True, text=True, timeout=300)
    found = {int(line) for line in re.findall(r"calls\.py:(\d+):\d+ - error", done.stdout)}
    expected = {number for number, line in enumerate(CALLS.splitlines(), 1) if line.endswith("# error")}
    assert found == expected, done.stdout + done.stderr
