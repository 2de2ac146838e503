"""What was released keeps working: scripts written for it run and type-check, and nothing that they can use is gone.

`tests/released/<version>/` holds the public surface of each version, and scripts that use what was new in it. It is not
edited: what a version promised does not change.
"""

from __future__ import annotations

import runpy
import subprocess
import sys
from pathlib import Path

import public_surface
import pytest
import release
from mlsteward._version import __version__
from surface.comparing import breaking

ROOT = public_surface.ROOT
RELEASED = ROOT / release.RELEASED
EXAMPLES = sorted(RELEASED.glob("*/examples/*.py"))

ANNOUNCED: dict[str, str] = {}
"""What may break since the last release, as `breaking` names it, and why. CHANGELOG.md says it too."""


def versions() -> list[Path]:
    """The folder of each released version, oldest first."""
    found = [folder for folder in RELEASED.iterdir() if (folder / public_surface.FILE.name).exists()]
    return sorted(found, key=lambda folder: [int(part) for part in folder.name.split(".")])


def test_nothing_breaks_that_is_not_announced() -> None:
    old = (versions()[-1] / public_surface.FILE.name).read_text("utf-8")
    found = breaking(old, public_surface.render())
    unannounced = [change for change in found if change not in ANNOUNCED]
    assert not unannounced, "scripts break; keep what they use, or announce it:\n" + "\n".join(unannounced)
    assert set(ANNOUNCED) <= set(found), "announced, but it does not break"


def test_releases_are_in_the_past() -> None:
    number = [int(part) for part in __version__.split(".")]
    assert [int(part) for part in versions()[-1].name.split(".")] <= number
    assert len(EXAMPLES) >= 10


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def test_an_example_runs(example: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MLSTEWARD_PATH", str(tmp_path / "mlsteward.db"))
    runpy.run_path(str(example), run_name="__main__")


def test_examples_type_check() -> None:
    # Beside the cache of `make typecheck`, which has other options: one that is warm takes a tenth of the time.
    cache = ROOT / ".mypy_cache" / "released"
    options = ["--strict", "--no-error-summary", "--follow-imports=silent", f"--cache-dir={cache}"]
    done = subprocess.run(
        [sys.executable, "-m", "mypy", *options, f"--config-file={ROOT / 'pyproject.toml'}", *map(str, EXAMPLES)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_version_is_kept_once(tmp_path: Path) -> None:
    (tmp_path / public_surface.FILE.parent).mkdir()
    (tmp_path / public_surface.FILE).write_text("class made.Client\n", encoding="utf-8")
    (tmp_path / "spec/released").mkdir(parents=True)
    (tmp_path / "spec/openapi.yaml").write_text("info: {version: 1.2.0}\n", encoding="utf-8")
    (tmp_path / "tests/cassettes/recorded").mkdir(parents=True)
    (tmp_path / "tests/cassettes/test_replay.py").write_text("# sessions\n", encoding="utf-8")
    folder = release.keep(tmp_path, "0.2.0")
    assert (folder / "public_surface.txt").read_text("utf-8") == "class made.Client\n"
    assert (tmp_path / "spec/released/1.2.0.yaml").read_text("utf-8") == "info: {version: 1.2.0}\n"
    assert (folder / "sessions/test_replay_0_2_0.py").read_text("utf-8") == "# sessions\n"
    with pytest.raises(FileExistsError, match="set the next version"):
        release.keep(tmp_path, "0.2.0")
    # What a version of the spec says does not change.
    (tmp_path / "spec/openapi.yaml").write_text("info: {version: 1.2.0, title: x}\n", encoding="utf-8")
    with pytest.raises(FileExistsError, match="set the next `version`"):
        release.keep(tmp_path, "0.3.0")
