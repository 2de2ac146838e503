"""What notices an edit of the spec before anybody adapts the client to it."""

from __future__ import annotations

import fcntl
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import lint_spec
import spec_diff
from mypy.dmypy_server import Server, process_start_options

from churn.child import in_child
from churn.generations import Generation

PROTOCOL_TESTS = "tests/insulation/test_protocol.py"

UNCHECKED = tuple(f"mlsteward/{name}" for name in ("_sync", "cli", "management", "testing"))
"""What mypy need not look at: it is derived, or does not know generated code."""


def lint(document: Mapping[str, Any]) -> list[str]:
    """What the linter of the spec says. A path belongs to the domain file that its tag names."""
    owners = {
        path: operation["tags"][0]
        for path, item in document["paths"].items()
        for operation in item.values()
        if isinstance(operation, dict) and operation.get("tags")
    }
    return [str(finding) for finding in lint_spec.lint(document, owners)]


def gate(released: spec_diff.Document, document: dict[str, Any]) -> list[str]:
    """The breaking changes that would have to be announced."""
    return [change.heading for change in spec_diff.compare(released, document) if change.breaking]


def records(folder: Path) -> list[str]:
    """What `check_records` says of the client that this process has become."""
    import check_records

    check_records.RESOURCES = folder / "mlsteward/_async"
    try:
        return list(check_records.findings())
    except Exception as error:
        return [f"{type(error).__name__}: {error}"]


def protocol(root: Path, document: dict[str, Any]) -> list[str]:
    """Which tests of `mlsteward.protocol` fail on a document, for the client that this process has become."""
    import pytest

    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    sys.path.insert(1, str(root))
    from tests.support import spec

    spec.document = lambda: document  # type: ignore[assignment]
    failed = Failed()
    options = ["-c", os.devnull, "--rootdir", str(root), "--noconftest", "--import-mode=importlib"]
    pytest.main([str(root / PROTOCOL_TESTS), "-k", "not spells", "-p", "no:cacheprovider", *options], plugins=[failed])
    return failed.names or (["no test ran"] if not failed.passed else [])


class Failed:
    """A plugin of pytest that collects what fails."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.passed = 0

    def pytest_runtest_logreport(self, report: Any) -> None:
        if report.failed:
            self.names.append(f"{report.nodeid.rpartition('/')[2]}: {_last_line(report)}")
        elif report.when == "call" and report.passed:
            self.passed += 1

    def pytest_collectreport(self, report: Any) -> None:
        if report.failed:
            self.names.append(f"{report.nodeid}: {_last_line(report)}")


def _last_line(report: Any) -> str:
    crash = getattr(report.longrepr, "reprcrash", None)
    return str(crash.message if crash else report.longrepr).partition("\n")[0]


class Types:
    """mypy, with all of today's client in memory. A check of a case reads what differs.

    Args:
        root: The project, whose configuration counts.
        base: The client of today.
        folder: A copy of it to write into; must not exist yet.
    """

    def __init__(self, root: Path, base: Generation, folder: Path) -> None:
        self._folder = folder
        self._originals: dict[str, bytes] = {}
        for path in base.folder.rglob("*.py"):
            name = path.relative_to(base.folder).as_posix()
            if not name.startswith(UNCHECKED):
                self._originals[name] = path.read_bytes()
        self._write(self._originals)
        (folder / "mypy.ini").write_text(
            f"[mypy]\nstrict = True\nmypy_path = {folder}\nfollow_imports = normal\nwarn_unused_ignores = False\n"
            "explicit_package_bases = True\n"
            # An extra that need not be installed.
            "[mypy-polars.*]\nignore_missing_imports = True\n"
        )
        flags = ["--config-file", str(folder / "mypy.ini"), "--python-executable", sys.executable]
        options = process_start_options(flags, allow_sources=False)
        self._server = Server(options, str(folder / "status"))
        files = [str(folder / "mlsteward/_async"), str(folder / "mlsteward_api")]
        found = self._server.cmd_check(files, export_types=False, is_tty=False, terminal_width=200)
        if found["status"]:
            raise RuntimeError(f"today's client does not pass mypy:\n{found['out']}{found['err']}")

    def findings(self, generation: Generation) -> list[str]:
        """What mypy says of a client."""
        changed = {name: content for name, content in generation.changed.items() if not name.startswith(UNCHECKED)}
        with open(self._folder / "lock", "w") as lock:
            # One at a time: all workers look at the same folder.
            fcntl.flock(lock, fcntl.LOCK_EX)
            # A module that is gone is an empty one here: in memory, mypy goes on finding it.
            self._write({name: content or b"" for name, content in changed.items()})
            try:
                return in_child(self._recheck)
            finally:
                self._write({name: self._originals.get(name) for name in changed})

    def _recheck(self) -> list[str]:
        files = [str(self._folder / "mlsteward/_async"), str(self._folder / "mlsteward_api")]
        found = self._server.cmd_check(files, export_types=False, is_tty=False, terminal_width=200)
        return [line for line in str(found["out"]).splitlines() if ": error:" in line] + str(found["err"]).splitlines()

    def _write(self, files: Mapping[str, bytes | None]) -> None:
        for name, content in files.items():
            path = self._folder / name
            if content is None:
                path.unlink(missing_ok=True)
            else:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
