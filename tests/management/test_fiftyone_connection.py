"""The connection that the functions share."""

from __future__ import annotations

from pathlib import Path

import mlsteward.management as fom
import pytest
from mlsteward import Steward, errors
from mlsteward.testing import StewardServer

from tests.facade_support import NEVER_ISSUED, Backend, Team


@pytest.fixture(autouse=True)
def clean() -> object:
    """No client for the environment is left over, before or after."""
    fom.reload_api_connection()
    yield
    fom.reload_api_connection()


@pytest.mark.covers("fiftyone.connection.test_api_connection")
def test_success_is_printed(backend: Backend, capsys: pytest.CaptureFixture[str]) -> None:
    with fom.connect(**backend.options):
        assert fom.test_api_connection() is None  # type: ignore[func-returns-value]
    assert capsys.readouterr().out == "API connection succeeded\n"


@pytest.mark.covers("fiftyone.connection.test_api_connection")
def test_failure_is_raised(steward_server: StewardServer, capsys: pytest.CaptureFixture[str]) -> None:
    with fom.connect("http://127.0.0.1:1", api_token=NEVER_ISSUED, retry=None), pytest.raises(ConnectionError):
        fom.test_api_connection()
    with fom.connect(steward_server.url, api_token=NEVER_ISSUED), pytest.raises(errors.Unauthenticated):
        fom.test_api_connection()
    assert capsys.readouterr().out == ""


@pytest.mark.covers("fiftyone.management:api_connection_required")
@pytest.mark.parametrize("database", ["mongodb://127.0.0.1/fiftyone", "postgresql://127.0.0.1/mlsteward"])
def test_a_database_is_no_server(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MLSTEWARD_URL", database)
    with pytest.raises(errors.ConfigurationError, match="MLSTEWARD_URL"):
        fom.whoami()


def configure(file: Path, data: Path) -> None:
    file.write_text(f"[profiles.default]\npath = '{data.as_posix()}'\nworkspace = '{data.stem}'\n")


@pytest.mark.covers(
    "fiftyone.connection.reload_api_connection", "fiftyone.connection.reload_api_connection:cached_until_reload"
)
def test_a_changed_configuration_counts_after_reload(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("dev", "test"):
        with Steward(path=str(tmp_path / f"{name}.db")) as steward:
            steward.workspaces.create(name)
            steward.members.add(f"{name}-person", workspace=name)
    file = tmp_path / "config.toml"
    monkeypatch.setenv("MLSTEWARD_CONFIG", str(file))

    configure(file, tmp_path / "dev.db")
    here = fom.whoami()
    assert "dev-person" in fom.list_users(verbose=False)

    configure(file, tmp_path / "test.db")
    assert fom.whoami() == here
    assert "dev-person" in fom.list_users(verbose=False)

    assert fom.reload_api_connection() is None  # type: ignore[func-returns-value]
    assert fom.whoami().id != here.id
    assert "test-person" in fom.list_users(verbose=False)


@pytest.mark.covers("fiftyone.connection.reload_api_connection")
def test_reload_leaves_an_open_connection_alone(team: Team) -> None:
    with fom.connect(**{**team.backend.options, "workspace": team.workspace}):
        before = fom.list_users()
        fom.reload_api_connection()
        assert fom.list_users() == before
