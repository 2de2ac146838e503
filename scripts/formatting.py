"""Derived Python, formatted as the rest of the project is."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path


class FormatError(Exception):
    """Text that ruff cannot format."""


def formatted(root: Path, name: Path, text: str) -> str:
    """The text of a Python file with sorted imports, without unused ones, in the style of the project.

    Args:
        root: The project, whose configuration of ruff counts.
        name: Where the file goes, under `root`.
        text: What it holds.

    Raises:
        FormatError: The text is not Python.
    """
    style = _style(root)
    for command in (["check", "--fix-only", "--select=I,F401"], ["format"]):
        arguments = [*command, *style, "--no-cache", "--quiet", f"--stdin-filename={root / name}", "-"]
        result = subprocess.run(
            [sys.executable, "-m", "ruff", *arguments],
            cwd=root,
            input=text,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        if result.returncode:
            raise FormatError(f"{name}: ruff failed: {result.stderr.strip()}")
        text = result.stdout
    return text


def _style(root: Path) -> Sequence[str]:
    """The project's own ruff configuration, or the line length it would have."""
    project = root / "pyproject.toml"
    if project.is_file() and "ruff" in tomllib.loads(project.read_text(encoding="utf-8")).get("tool", {}):
        return [f"--config={project}"]
    return ["--isolated", "--config=line-length=120", '--config=target-version="py311"']
