"""As whom a function calls: its argument, then the environment at the moment of the call."""

from __future__ import annotations

import base64
import json

import pytest
from mlsteward import errors, management

from tests.facade_support import NEVER_ISSUED, Backend, Team

FOREIGN = base64.b64encode(json.dumps({"api_address": "https://app.neptune.ai", "api_key": "x"}).encode()).decode()


@pytest.fixture
def backend(on_server: Backend) -> Backend:
    # The environment can only name a server of its own.
    return on_server


@pytest.fixture
def environment(backend: Backend, monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    monkeypatch.setenv("MLSTEWARD_URL", backend.options["url"])
    return monkeypatch


def who(api_token: str | None = None) -> set[str]:
    """Nobody but its members sees a workspace: the name of the caller's one tells who is calling."""
    return {name.partition("/")[0] for name in management.get_project_list(api_token=api_token)}


@pytest.fixture
def teams(backend: Backend) -> tuple[Team, Team]:
    teams = Team(backend), Team(backend)
    for team in teams:
        team.project()
    return teams


@pytest.mark.covers("neptune.management:api_token_argument")
def test_argument(teams: tuple[Team, Team], environment: pytest.MonkeyPatch) -> None:
    first, second = teams
    environment.setenv("MLSTEWARD_API_TOKEN", first.admin.api_token)
    assert who() == {first.workspace}
    assert who(second.admin.api_token) == {second.workspace}
    assert who() == {first.workspace}


@pytest.mark.covers("neptune.NEPTUNE_API_TOKEN")
def test_old_variable_alone(teams: tuple[Team, Team], environment: pytest.MonkeyPatch) -> None:
    environment.setenv("NEPTUNE_API_TOKEN", teams[0].admin.api_token)
    assert who() == {teams[0].workspace}
    # Ours comes first.
    environment.setenv("MLSTEWARD_API_TOKEN", teams[1].admin.api_token)
    assert who() == {teams[1].workspace}


def test_foreign_key_in_the_old_variable_does_not_leave_the_machine(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("NEPTUNE_API_TOKEN", FOREIGN)
    with pytest.raises(errors.Unauthenticated) as caught:
        who()
    assert caught.value.code == "unauthenticated"
    assert "MLSTEWARD_API_TOKEN" in str(caught.value)
    assert FOREIGN not in str(caught.value)


def test_changes_between_calls_count(teams: tuple[Team, Team], environment: pytest.MonkeyPatch) -> None:
    for team in (*teams, *teams):
        environment.setenv("MLSTEWARD_API_TOKEN", team.admin.api_token)
        assert who() == {team.workspace}
    environment.delenv("MLSTEWARD_API_TOKEN")
    with pytest.raises(errors.Unauthenticated):
        who()


def test_a_change_of_the_place_counts(
    teams: tuple[Team, Team], environment: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("places")
    environment.delenv("MLSTEWARD_URL")
    for name in ("one", "two"):
        environment.setenv("MLSTEWARD_PATH", str(folder / f"{name}.db"))
        management.create_workspace(name)
        management.create_project("p", workspace=name)
        assert who() == {name}
    environment.setenv("MLSTEWARD_PATH", str(folder / "one.db"))
    assert who() == {"one"}
    environment.setenv("MLSTEWARD_WORKSPACE", "one")
    assert management.get_project_member_list("p") == {"local": "owner"}


@pytest.mark.parametrize("token", [NEVER_ISSUED, FOREIGN])
def test_argument_that_is_no_key(environment: pytest.MonkeyPatch, token: str) -> None:
    with pytest.raises(errors.Unauthenticated, match="api_key_invalid") as caught:
        who(token)
    assert token not in str(caught.value)


@pytest.mark.parametrize("token", ["", "two words", "line\n"])
def test_argument_that_cannot_be_a_key(environment: pytest.MonkeyPatch, token: str) -> None:
    with pytest.raises(errors.ConfigurationError) as caught:
        who(token)
    assert "words" not in str(caught.value)
