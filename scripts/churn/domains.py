"""The tests of one domain, as they stand in `tests/`, run by the client that this process has become."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from pathlib import Path
from typing import Any

from churn.detectors import Failed

FILES = {
    "access": "tests/access/test_explain.py",
    "datasets": "tests/datasets/test_datasets.py",
    "experiments": "tests/experiments/test_experiments.py",
    "groups": "tests/groups/test_groups.py",
    "identity": "tests/identity/test_api_keys.py",
    "operations": "tests/operations/test_audit.py",
    "projects": "tests/projects/test_projects.py",
    "workspaces": "tests/workspaces/test_workspaces.py",
}
"""The file of each domain that goes through its whole resource."""

BACKEND = "sqlite"
"""Of the servers that a test runs on, the one inside this process. Others are not behind the wire of the case."""
ELSEWHERE = frozenset({"on_server", "on_postgresql", "steward_server", "postgres"})
"""Fixtures that need another one."""


def run(root: Path, domain: str) -> list[str]:
    """The tests of a domain that fail."""
    import pytest

    os.chdir(root)
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    sys.path.insert(1, str(root))
    for name in [name for name in sys.modules if name.partition(".")[0] == "tests"]:
        del sys.modules[name]
    chosen, failed = _Chosen(), Failed()
    options = ["-p", "mlsteward.testing", "-o", "addopts=", "-o", "testpaths=", "-p", "no:cacheprovider"]
    # A client with a newer version than the server says so, once. It is an answer, not a failure.
    options += ["-W", "ignore:The server has version:UserWarning"]
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
        pytest.main([FILES[domain], "--import-mode=importlib", *options], plugins=[chosen, failed])
    if failed.passed < chosen.least and not failed.names:
        return [f"{failed.passed} tests of {domain} ran: {printed.getvalue()[-2000:]}"]
    return failed.names


class _Chosen:
    """A plugin of pytest that leaves tests out.

    Of a test with parameters, the first set is enough: that the server tells them apart is not the question here.
    """

    least = 5

    def pytest_collection_modifyitems(self, config: Any, items: list[Any]) -> None:
        seen: set[str] = set()
        kept: list[Any] = []
        left: list[Any] = []
        for item in items:
            params = getattr(getattr(item, "callspec", None), "params", {})
            fits = params.get("backend", BACKEND) == BACKEND and ELSEWHERE.isdisjoint(item.fixturenames)
            function = item.nodeid.partition("[")[0]
            (kept if fits and function not in seen else left).append(item)
            if fits:
                seen.add(function)
        items[:] = kept
        config.hook.pytest_deselected(items=left)
