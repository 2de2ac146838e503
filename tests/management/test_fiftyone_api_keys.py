"""API keys, of oneself and of others."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import mlsteward.management as fom
import pytest
from mlsteward import errors

from tests.facade_support import Person, Team
from tests.management.test_fiftyone_users import acting, forms


@pytest.mark.covers(
    "fiftyone.api_key.generate_api_key",
    "fiftyone.api_key.generate_api_key:shown_once",
    "fiftyone.api_key.list_api_keys",
    "fiftyone.api_key.delete_api_key",
    "fiftyone.api_key:user_default_self",
)
@pytest.mark.parametrize("role", ["admin", "guest"])
def test_own_keys(team: Team, role: str) -> None:
    jackie = team.person(role)
    with acting(team, jackie):
        secret = fom.generate_api_key("my-key")
        first, made = fom.list_api_keys()
        assert (first.name, made.name) == ("tests", "my-key")
        assert isinstance(made, fom.APIKey)
        assert abs(made.created_at - datetime.now(UTC)) < timedelta(minutes=5)
        assert secret.startswith("mls_")
        # Nothing but the answer has it.
        assert secret not in repr(fom.list_api_keys())
        assert not any(secret in str(getattr(made, name)) for name in ("id", "name", "created_at"))
        another = fom.generate_api_key("my-key")
        assert another != secret
        with acting(team, Person(jackie.username, secret, None)):
            assert fom.whoami().email == jackie.email
        assert fom.delete_api_key(made.id) is None  # type: ignore[func-returns-value]
        left = [key.id for key in fom.list_api_keys()]
        assert first.id in left
        assert made.id not in left
    with acting(team, Person(jackie.username, secret, None)), pytest.raises(errors.Unauthenticated):
        fom.whoami()


@pytest.mark.covers(
    "fiftyone.management:user_argument",
    "fiftyone.api_key.generate_api_key",
    "fiftyone.api_key.list_api_keys",
    "fiftyone.api_key.delete_api_key",
)
@pytest.mark.parametrize("form", ["id", "email", "User"])
def test_an_admin_for_others(team: Team, form: str) -> None:
    jackie = team.person()
    with acting(team, team.admin):
        mine = fom.list_api_keys()
        user = forms(jackie)[form]
        secret = fom.generate_api_key("your-key", user)
        with acting(team, Person(jackie.username, secret, None)):
            assert fom.whoami().email == jackie.email
        assert [key.name for key in fom.list_api_keys(user)] == ["tests", "your-key"]
        for key in fom.list_api_keys(user):
            fom.delete_api_key(key.id, user)
        assert fom.list_api_keys(user) == []
        assert fom.list_api_keys() == mine


@pytest.mark.covers("fiftyone.api_key:user_default_self")
def test_others_are_for_admins(team: Team) -> None:
    jackie, janus = team.person(), team.person(username="janus")
    with acting(team, team.admin):
        (key,) = fom.list_api_keys(janus.email)
    with acting(team, jackie):
        for refused in (
            lambda: fom.list_api_keys(janus.email),
            lambda: fom.generate_api_key("x", janus.email),
            lambda: fom.delete_api_key(key.id, janus.email),
        ):
            with pytest.raises(errors.Forbidden):
                refused()
        with pytest.raises(errors.ApiKeyNotFound):
            fom.delete_api_key(key.id)


def test_what_is_not_there(team: Team) -> None:
    with acting(team, team.admin):
        for refused in (
            lambda: fom.delete_api_key("0" * 32),
            lambda: fom.list_api_keys("unknown@example.org"),
            lambda: fom.generate_api_key("x", "unknown@example.org"),
            lambda: fom.delete_api_key("0" * 32, "unknown@example.org"),
            lambda: fom.list_api_keys(7),  # type: ignore[arg-type]
            lambda: fom.generate_api_key(""),
        ):
            with pytest.raises(ValueError) as caught:
                refused()
            assert isinstance(caught.value, errors.StewardError)
