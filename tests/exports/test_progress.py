"""The progress bar, on a real terminal."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = """
import sys
from mlsteward.exports import progress
from mlsteward.records import Group
from tests.exports.lists import GROUP, Pages, Sync

progress.PATIENCE = float(sys.argv[1])
pages = Pages([GROUP] * 5)
Sync(pages, Group).to_csv("list.csv", progress={"None": None, "False": False}[sys.argv[2]])
print(pages.counted)
"""


def on_a_terminal(folder: Path, *arguments: str) -> tuple[str, str]:
    """What the script prints to stdout, and what the terminal shows of stderr."""
    ours, theirs = pty.openpty()
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, *arguments],
        stdout=subprocess.PIPE,
        stderr=theirs,
        cwd=folder,
        env={**os.environ, "TERM": "xterm", "PYTHONPATH": str(ROOT)},
        text=True,
        timeout=60,
        check=True,
    )
    os.close(theirs)
    shown = b""
    try:
        while part := os.read(ours, 65536):
            shown += part
    except OSError:
        pass  # how Linux says that the other end is closed
    os.close(ours)
    return done.stdout.strip(), shown.decode()


def test_a_list_that_takes_long_has_a_bar(tmp_path: Path) -> None:
    counted, shown = on_a_terminal(tmp_path, "0", "None")
    assert counted == "1"
    assert "reading" in shown
    assert "/5" in shown
    assert (tmp_path / "list.csv").read_text().count("labelers") == 5


@pytest.mark.parametrize("arguments", [("60", "None"), ("0", "False")])
def test_a_short_one_has_none_and_is_not_counted(tmp_path: Path, arguments: tuple[str, str]) -> None:
    assert on_a_terminal(tmp_path, *arguments) == ("0", "")
