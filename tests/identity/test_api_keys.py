"""API keys: of oneself, of those one administers, and of nobody else."""

from __future__ import annotations

import pytest
from mlsteward import errors

from tests.facade_support import Backend, Team, fresh


def test_a_new_key_works_and_is_shown_once(team: Team) -> None:
    jackie = team.person()
    key = jackie.steward.api_keys.create("laptop")
    assert key.name == "laptop"
    assert key.secret.startswith(key.preview)
    assert len(key.preview) < len(key.secret) / 2
    assert jackie.steward.as_account(key.secret).whoami().username == jackie.username

    listed = {found.id: found for found in jackie.steward.api_keys.list()}[key.id]
    assert (listed.name, listed.preview, listed.created_at) == (key.name, key.preview, key.created_at)
    assert not hasattr(listed, "secret")


def test_a_deleted_key_stops_at_once(team: Team) -> None:
    jackie = team.person()
    key = jackie.steward.api_keys.create("old laptop")
    using_it = jackie.steward.as_account(key.secret)
    using_it.whoami()
    jackie.steward.api_keys.delete(key.id)
    with pytest.raises(errors.ApiKeyInvalid):
        using_it.whoami()
    jackie.steward.whoami()


def test_delete_missing(team: Team) -> None:
    jackie = team.person()
    key = jackie.steward.api_keys.create("spare")
    jackie.steward.api_keys.delete(key.id)
    with pytest.raises(errors.ApiKeyNotFound):
        jackie.steward.api_keys.delete(key.id)
    jackie.steward.api_keys.delete(key.id, missing_ok=True)
    # Only the key may be missing, not its account.
    with pytest.raises(errors.UserNotFound):
        team.admin.steward.api_keys.delete(key.id, user="nobody-at-all", missing_ok=True)


@pytest.mark.parametrize("form", ["username", "email", "id"])
def test_admin_manages_the_keys_of_others(team: Team, form: str) -> None:
    jackie = team.person()
    names = {"username": jackie.username, "email": jackie.email, "id": jackie.steward.whoami().id}
    admin = team.admin.steward
    key = admin.api_keys.create("made for you", user=names[form])
    assert admin.as_account(key.secret).whoami().username == jackie.username
    assert key.id in [found.id for found in admin.api_keys.list(user=names[form])]
    admin.api_keys.delete(key.id, user=names[form])
    assert key.id not in [found.id for found in jackie.steward.api_keys.list()]


def test_admin_manages_the_keys_of_service_accounts(team: Team) -> None:
    robot = team.robot()
    key = team.admin.steward.api_keys.create("ci", user=robot.username)
    assert team.admin.steward.as_account(key.secret).whoami().username == robot.username


def test_members_do_not_manage_the_keys_of_others(team: Team) -> None:
    jackie, janus = team.person(), team.person(username="janus")
    for act in (
        lambda: jackie.steward.api_keys.create("sneaky", user=janus.username),
        lambda: jackie.steward.api_keys.list(user=janus.username).to_list(),
        lambda: jackie.steward.api_keys.delete("0" * 32, user=janus.username),
    ):
        with pytest.raises(errors.Forbidden):
            act()


def test_admin_of_one_of_two_workspaces_is_not_enough(team: Team) -> None:
    other, jackie = Team(team.backend), team.person()
    other.operator.members.create(other.workspace, username=jackie.username)
    with pytest.raises(errors.Forbidden):
        team.admin.steward.api_keys.create("sneaky", user=jackie.username)


def test_strangers_do_not_exist(team: Team) -> None:
    stranger = Team(team.backend).person()
    with pytest.raises(errors.UserNotFound):
        team.admin.steward.api_keys.create("sneaky", user=stranger.username)
    with pytest.raises(errors.UserNotFound):
        team.admin.steward.api_keys.list(user=fresh("nobody")).to_list()


def test_list_a_page_at_a_time(team: Team) -> None:
    jackie = team.person()
    made = [key.id for key in jackie.steward.api_keys.list()]
    made += [jackie.steward.api_keys.create(f"key {n}").id for n in range(4)]
    keys = jackie.steward.api_keys
    assert [key.id for key in keys.list()] == made
    assert [len(page) for page in keys.list(page_size=2).pages()] == [2, 2, 1]
    assert [key.id for key in keys.list(limit=3, page_size=2)] == made[:3]
    assert keys.list(limit=0).to_list() == []
    assert keys.list().first().id == made[0]


@pytest.mark.parametrize("name", ["", "x" * 129, "line\nbreak"])
def test_names_that_are_none(backend: Backend, name: str) -> None:
    with pytest.raises(ValueError) as caught:
        backend.steward.api_keys.create(name)
    assert isinstance(caught.value, (errors.InvalidArgument, errors.InvalidRequest))


def test_arguments_are_checked_before_anything_is_sent(backend: Backend) -> None:
    keys = backend.steward.api_keys
    for act in (
        lambda: keys.create(None),
        lambda: keys.create("x", user=7),
        lambda: keys.list(user=""),
        lambda: keys.delete(""),
    ):
        with pytest.raises(errors.InvalidArgument):
            act()
