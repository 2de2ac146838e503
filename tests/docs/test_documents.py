"""What the documents say is so: examples run, links lead somewhere, tables are up to date."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LESSONS = sorted([ROOT / "docs" / "tutorial.md", *(ROOT / "docs" / "how-to").glob("*.md")])
"""Pages that one follows from top to bottom. Their commands run too; other pages show commands that need a server."""
BLOCK = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)\s]+)\)")
WITH_EXAMPLES = [path for path in DOCUMENTS if BLOCK.search(path.read_text("utf-8"))]


def test_there_are_examples() -> None:
    assert ROOT / "README.md" in WITH_EXAMPLES


STEP = re.compile(r"^```(python|console)\n(.*?)^```", re.MULTILINE | re.DOTALL)
INSTALLS = re.compile(r"pip install .*")


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: str(path.relative_to(ROOT)))
def test_lessons_run_twice(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The blocks and the commands of a page, in their order and in one folder, twice."""
    steps = STEP.findall(path.read_text("utf-8"))
    for _ in range(2):
        lines: list[str] = []
        for number, (language, text) in enumerate(steps, 1):
            if language == "python":
                run_block(text, f"example_{number}.py", tmp_path, monkeypatch)
                continue
            commands = re.findall(r"^\$ (.*)$", text, re.MULTILINE)
            assert commands, f"{path.name}: a console block without a command: {text}"
            # Variables that an earlier block exported stay set.
            shell = [*(line for line in lines if line.startswith("export ")), *commands]
            run_commands([line for line in shell if not INSTALLS.fullmatch(line)], tmp_path)
            lines += commands


def run_commands(commands: list[str], folder: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MLSTEWARD_")}
    environment |= {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(folder),
        "MLSTEWARD_CONFIG": os.devnull,
    }
    script = "\n".join(["set -euo pipefail", *commands])
    done = subprocess.run(
        ["bash", "-c", script], cwd=folder, env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, f"{script}\n{done.stdout}{done.stderr}"
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "path", [path for path in WITH_EXAMPLES if path not in LESSONS], ids=lambda path: str(path.relative_to(ROOT))
)
def test_examples_run_twice(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each block of a document, in their order and in one folder, as somebody tries them, and tries them again."""
    for number, block in enumerate(BLOCK.findall(path.read_text("utf-8")), 1):
        for _ in range(2):
            run_block(block, f"example_{number}.py", tmp_path, monkeypatch)


def test_documents_do_not_disturb_each_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody who reads on tries the blocks of all documents in one folder. A lesson has a folder of its own."""
    for path in [ROOT / "README.md", *(path for path in WITH_EXAMPLES if path not in LESSONS)]:
        for number, block in enumerate(BLOCK.findall(path.read_text("utf-8")), 1):
            run_block(block, f"{path.stem}_{number}.py", tmp_path, monkeypatch)


def run_block(block: str, name: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / name).write_text(block, "utf-8")
    # Without the plugins of this project, which take longer to load than the example to run.
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    monkeypatch.setenv("HOME", str(folder))
    runner = ["-m", "pytest", "-q", "-p", "mlsteward.testing"] if "\ndef test_" in block else []
    command = [sys.executable, "-W", "error", *runner, name]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.fullmatch(r"(Created the data file \S+, a new and empty platform\.\n)?", done.stderr), done.stderr


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(path: Path) -> None:
    text = re.sub(r"^```.*?^```", "", path.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    for target in LINK.findall(text):
        if "://" in target or target.startswith(("#", "mailto:")):
            continue
        assert (path.parent / unquote(target.partition("#")[0])).exists(), f"{target} leads nowhere"


@pytest.mark.parametrize("script", ["coverage_table", "errors_table", "permissions_table", "running_tables"])
def test_tables_are_up_to_date(script: str) -> None:
    done = subprocess.run(
        [sys.executable, f"scripts/{script}.py", "--check"], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_folders_of_the_readme_exist() -> None:
    named = re.findall(r"^\| `([a-z]+/)` \|", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE)
    assert len(named) > 4
    for folder in named:
        assert (ROOT / folder).is_dir(), folder
