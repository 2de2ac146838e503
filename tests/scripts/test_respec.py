"""`make respec`: the steps in order, a hint for the one that fails, and a draft of what changed."""

from __future__ import annotations

import copy
import shutil
from pathlib import Path

import bundle_spec
import pytest
import respec
from spec_diff import compare

from tests.support import spec


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project whose targets only write down that they were made."""
    recipes = "".join(f"{step}:\n\t@echo {step} >> made\n" for step in respec.STEPS)
    (tmp_path / "Makefile").write_text(recipes)
    (tmp_path / "spec/released").mkdir(parents=True)
    for name in ("spec/openapi.yaml", "spec/released/1.0.0.yaml"):
        shutil.copyfile(bundle_spec.ROOT / "spec/openapi.yaml", tmp_path / name)
    return tmp_path


def test_all_steps(root: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert respec.main(["--root", str(root)]) == 0
    assert (root / "made").read_text().split() == list(respec.STEPS)
    said = capfd.readouterr().out
    assert "did not change" in said
    assert "Next:" in said


def test_until_a_step(root: Path) -> None:
    assert respec.main(["--root", str(root), "--until", "lint"]) == 0
    assert (root / "made").read_text().split() == ["generate", "breaking", "lint"]


@pytest.mark.parametrize("step", respec.STEPS)
def test_a_step_that_fails_is_the_last(step: str, root: Path, capfd: pytest.CaptureFixture[str]) -> None:
    makefile = root / "Makefile"
    makefile.write_text(makefile.read_text().replace(f"@echo {step} >>", "@false >>"))
    assert respec.main(["--root", str(root)]) == 1
    error = capfd.readouterr().err
    assert f"`make {step}` failed" in error
    assert respec.STEPS[step] in error
    made = (root / "made").read_text().split()
    assert made == list(respec.STEPS)[: list(respec.STEPS).index(step)]


def test_the_steps_are_targets() -> None:
    makefile = (bundle_spec.ROOT / "Makefile").read_text()
    assert all(f"\n{step}:" in makefile for step in [*respec.STEPS, "respec"])


def test_the_draft() -> None:
    old = spec.document()
    new = copy.deepcopy(old)
    new["components"]["schemas"]["Project"]["properties"]["colour"] = {"type": "string"}
    new["components"]["schemas"]["Project"]["properties"]["name"]["type"] = "integer"
    del new["paths"]["/health"]
    found = respec.draft(compare(old, new))
    added, changed, removed = (found.partition(f"### {name}\n\n")[2] for name in ("Added", "Changed", "Removed"))
    assert added.startswith("- API: `Project.colour`: `colour` is new.\n")
    assert "`Project.name`" in changed
    assert "**Breaking.**" in changed
    assert "`get_health`" in removed
