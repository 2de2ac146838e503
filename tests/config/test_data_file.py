"""Which data file the library uses, and what it says of it."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import warnings
from pathlib import Path

import pytest
from mlsteward import AsyncSteward, Steward, _notices, errors

CREATED = "Created the data file {}, a new and empty platform."


def test_a_path_works_at_once_and_a_new_file_is_announced_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file = tmp_path / "platform.db"
    with Steward(path=file) as steward:
        steward.workspaces.create("ml-team")
    with Steward(path=file) as steward:
        assert steward.workspaces.get("ml-team").name == "ml-team"
    assert [record.getMessage() for record in caplog.records if "data file" in record.getMessage()] == [
        CREATED.format(file)
    ]


def test_without_a_configured_log_it_is_on_stderr(tmp_path: Path) -> None:
    program = "from mlsteward import Steward\nwith Steward(path='platform.db') as s: s.workspaces.create('ml-team')"
    for told in (CREATED.format(tmp_path / "platform.db") + "\n", ""):
        program = program.replace("create('ml-team')", "create('ml-team', exist_ok=True)")
        done = subprocess.run(
            [sys.executable, "-W", "error", "-c", program], cwd=tmp_path, capture_output=True, text=True, timeout=60
        )
        assert (done.returncode, done.stdout, done.stderr) == (0, "", told)


def test_memory_is_not_announced(caplog: pytest.LogCaptureFixture) -> None:
    Steward(path=":memory:").close()
    assert caplog.records == []


@pytest.mark.parametrize("kind", [Steward, AsyncSteward])
def test_no_folder_is_made(tmp_path: Path, kind: type) -> None:
    with pytest.raises(errors.ConfigurationError, match=r"the folder .*no.such does not exist; create it, or check"):
        kind(path=tmp_path / "no" / "such" / "platform.db")
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize("kind", [Steward, AsyncSteward])
def test_a_variable_of_a_vendor_is_warned_of_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: type) -> None:
    _notices.forget()
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("NEPTUNE_API_TOKEN", "eyJhcGlfYWRkcmVzcyI6CanaryCanary")
    with pytest.warns(UserWarning, match="NEPTUNE_API_TOKEN is set but not used.*Set MLSTEWARD_URL") as caught:
        _close(kind())
    assert caught[0].filename == __file__
    assert "Canary" not in str(caught[0].message)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        _close(kind())


def _close(steward: object) -> None:
    if isinstance(steward, AsyncSteward):
        asyncio.run(steward.aclose())
    elif isinstance(steward, Steward):
        steward.close()
