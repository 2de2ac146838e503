"""Run the tests on the other Pythons of this machine, each in an environment of its own under `.venvs/`.

python scripts/test_pythons.py            # all of them
python scripts/test_pythons.py --newest   # the newest alone
python scripts/test_pythons.py --quick    # without the tests that start servers or send thousands of requests

Looked for are `python3.11` and newer on the PATH, and the versions that pyenv has.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENTS = ROOT / ".venvs"
OLDEST = (3, 11)
NEWEST = (3, 13)
"""What `pyproject.toml` promises, oldest and newest."""
SLOW = ("tests/contract", "tests/serve", "tests/server", "tests/reliability", "tests/management")
ASK = "import sys, venv, ensurepip; print(*sys.version_info[:2])"

Version = tuple[int, int]


def candidates() -> list[Path]:
    """Where an interpreter may be."""
    names = [f"python{OLDEST[0]}.{minor}" for minor in range(OLDEST[1], NEWEST[1] + 1)]
    on_path = [Path(found) for name in names if (found := shutil.which(name))]
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    return [*on_path, *sorted(pyenv.glob("versions/*/bin/python3"))]


def version_of(python: Path) -> Version | None:
    """The version of an interpreter that can make environments."""
    try:
        done = subprocess.run([python, "-c", ASK], capture_output=True, text=True, timeout=30)
    except (OSError, subprocess.TimeoutExpired):
        return None
    if done.returncode != 0:
        return None
    major, minor = done.stdout.split()
    return int(major), int(minor)


def others() -> dict[Version, Path]:
    """One interpreter for each version that is promised, but for the one this runs on."""
    found: dict[Version, Path] = {}
    for python in candidates():
        version = version_of(python)
        if version is not None and OLDEST <= version <= NEWEST and version != sys.version_info[:2]:
            found.setdefault(version, python)
    return dict(sorted(found.items()))


def environment(version: Version, python: Path) -> Path:
    """The interpreter of an environment with everything that tests need; made unless it is up to date."""
    folder = ENVIRONMENTS / "{}.{}".format(*version)
    ready, mine = folder / ".ready", folder / "bin/python"
    wanted = (ROOT / "pyproject.toml").read_text("utf-8")
    if not ready.exists() or ready.read_text("utf-8") != wanted:
        print(f"setting up {folder.relative_to(ROOT)} ...", flush=True)
        subprocess.run([python, "-m", "venv", "--clear", folder], check=True)
        install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--editable", ".[dev]"]
        subprocess.run([str(mine), *install], cwd=ROOT, check=True)
        ready.write_text(wanted, "utf-8")
    return mine


def main() -> int:
    """Run the tests; 1 if they fail on any."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--newest", action="store_true", help="only the newest Python")
    parser.add_argument("--quick", action="store_true", help="leave out the slow folders")
    parser.add_argument("--workers", default="2", help="how many processes run tests")
    wanted = parser.parse_args()
    found = list(others().items())
    if not found:
        print("no other Python of {}.{} to {}.{} is on this machine: nothing is tested".format(*OLDEST, *NEWEST))
    failed = []
    for version, python in found[-1:] if wanted.newest else found:
        mine = environment(version, python)
        name = "{}.{}".format(*version)
        print(f"== Python {name}", flush=True)
        left_out = [f"--ignore={folder}" for folder in SLOW] if wanted.quick else []
        done = subprocess.run([mine, "-m", "pytest", "-q", "-n", wanted.workers, *left_out], cwd=ROOT)
        if done.returncode != 0:
            failed.append(name)
    if failed:
        print(f"tests fail on Python {', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
