"""What people install: a wheel, built from the sources, used by itself."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.Path:
    folder = tmp_path_factory.mktemp("wheel")
    done = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    (found,) = folder.glob("*.whl")
    return zipfile.Path(found)


@pytest.mark.parametrize(
    "name",
    [
        "mlsteward/py.typed",
        "mlsteward/_sync/steward.py",
        "mlsteward/testing.py",
        "mlsteward_api/py.typed",
        "mlsteward_server/openapi.json",
        "mlsteward_server/storage/migrations/script.py.mako",
        "mlsteward_server/storage/migrations/env.py",
    ],
)
def test_holds(wheel: zipfile.Path, name: str) -> None:
    assert wheel.joinpath(name).exists()


def test_holds_every_module_and_nothing_else(wheel: zipfile.Path) -> None:
    held = {name for name in wheel.root.namelist() if ".dist-info/" not in name and not name.endswith("/")}
    sources = {
        path.relative_to(ROOT / base).as_posix()
        for base in ("facade", "generated", "server")
        for path in (ROOT / base).glob("*/**/*")  # what is beside the packages is for tests
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert held == sources


def test_says_what_it_offers(wheel: zipfile.Path) -> None:
    (entries,) = [name for name in wheel.root.namelist() if name.endswith("entry_points.txt")]
    text = wheel.joinpath(entries).read_text()
    assert "[pytest11]\nmlsteward = mlsteward.testing" in text
    assert "mlsteward = mlsteward.cli:main" in text


def test_works_by_itself(wheel: zipfile.Path, tmp_path: Path) -> None:
    """The embedded server on a file: spec, migrations and all come from the wheel."""
    wheel.root.extractall(tmp_path / "installed")
    program = """
import mlsteward, mlsteward_api, mlsteward_server
from mlsteward import management
for module in (mlsteward, mlsteward_api, mlsteward_server):
    assert "installed" in module.__file__, module.__file__
with management.connect(path="data.db"):
    management.create_workspace("ml-team")
    print(management.create_project("ml-team/nlp"))
"""
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path / "installed")},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.stdout.strip() == "ml-team/nlp", done.stderr
