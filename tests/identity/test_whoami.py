"""Who is calling."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import mlsteward
import pytest
from mlsteward import errors
from mlsteward.records import AccountKind

from tests.facade_support import NEVER_ISSUED, Backend, Team


def test_operator(backend: Backend) -> None:
    me = backend.steward.whoami()
    assert me.is_operator
    assert me.kind is AccountKind.USER
    assert me == backend.steward.identity.whoami()


def test_person(team: Team) -> None:
    jackie = team.person()
    me = jackie.steward.whoami()
    assert (me.username, me.email, me.kind, me.is_operator) == (jackie.username, jackie.email, AccountKind.USER, False)
    assert me.default_workspace == team.workspace
    assert me.name is None
    assert me.surname is None
    assert me.created_at.tzinfo is not None
    assert abs(datetime.now(UTC) - me.created_at) < timedelta(minutes=5)


def test_service_account(team: Team) -> None:
    robot = team.robot()
    me = robot.steward.whoami()
    assert (me.username, me.kind, me.email) == (robot.username, AccountKind.SERVICE_ACCOUNT, None)


def test_account_of_no_workspace_is_gone(team: Team) -> None:
    jackie = team.person()
    team.admin.steward.members.remove(jackie.username, workspace=team.workspace)
    with pytest.raises(errors.ApiKeyInvalid):
        jackie.steward.whoami()


@pytest.mark.parametrize("key", [NEVER_ISSUED, "mls_short", "eyJhcGlfYWRkcmVzcyI6Imh0dHBzOi8vYXBwLm5lcHR1bmUuYWkifQ=="])
def test_key_that_is_none(backend: Backend, key: str) -> None:
    with pytest.raises(errors.ApiKeyInvalid) as caught:
        backend.steward.as_account(key).whoami()
    assert isinstance(caught.value, errors.Unauthenticated)
    assert caught.value.status == 401
    assert key not in str(caught.value)
    assert caught.value.request_id


def test_without_a_key(on_server: Backend) -> None:
    with mlsteward.Steward(**on_server.place) as nobody:
        with pytest.raises(errors.Unauthenticated, match="MLSTEWARD_API_TOKEN"):
            nobody.whoami()
        assert nobody.health().status == "ok"


def test_health(backend: Backend) -> None:
    health = backend.steward.health()
    assert health == backend.steward.identity.health()
    assert (health.status, health.version) == ("ok", mlsteward.__version__)
    assert health.api_version


def test_as_account_shares_the_server(team: Team) -> None:
    jackie = team.person()
    again = team.backend.steward.as_account(jackie.api_token)
    assert again.whoami().username == jackie.username
    assert again.as_account(team.admin.api_token).whoami().username == team.admin.username
