"""API keys: of oneself, of those one administers, and of nobody else."""

from __future__ import annotations

import contextlib
import time
from datetime import UTC, datetime, timedelta, timezone

import pytest
from mlsteward import errors
from mlsteward.records import KeyScope, NewApiKey

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
    with pytest.raises(errors.Unauthenticated, match="api_key_invalid"):
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
    other.operator.members.add(jackie.username, workspace=other.workspace)
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
        lambda: keys.create("x", scopes="everything"),
        lambda: keys.create("x", scopes=[]),
        lambda: keys.create("x", expires=datetime(2031, 1, 31)),
        lambda: keys.create("x", expires="tomorrow"),
        lambda: keys.rotate(""),
        lambda: keys.rotate(user=7),
        lambda: keys.rotate(overlap=60),
        lambda: keys.rotate(overlap=timedelta(seconds=-1)),
        lambda: keys.rotate(expires=datetime(2031, 1, 31)),
    ):
        with pytest.raises(errors.InvalidArgument):
            act()


# ---- scopes


READ, WRITE, ADMIN = KeyScope


@pytest.mark.parametrize(
    ("scopes", "expected"),
    [
        (None, (READ, WRITE, ADMIN)),
        ("read", (READ,)),
        (WRITE, (READ, WRITE)),
        (["write"], (READ, WRITE)),
        ({ADMIN: 1}, (READ, WRITE, ADMIN)),
        (("read", ADMIN, "read"), (READ, WRITE, ADMIN)),
    ],
)
def test_scopes(team: Team, scopes: object, expected: tuple[KeyScope, ...]) -> None:
    keys = team.person().steward.api_keys
    made = keys.create("ci", scopes=scopes)
    assert made.scopes == expected
    assert [found.scopes for found in keys.list() if found.id == made.id] == [expected]


def test_what_each_scope_is_good_for(team: Team) -> None:
    admin = team.admin.steward
    read, write, everything = (
        admin.as_account(admin.api_keys.create("ci", scopes=scope).secret) for scope in ("read", "write", "admin")
    )
    dataset = admin.datasets.create(fresh("signs"), workspace=team.workspace)
    for steward in (read, write, everything):
        assert steward.datasets.get(dataset.id) == dataset
        assert steward.members.offboard(team.person().username, workspace=team.workspace).blockers == ()
    with pytest.raises(errors.Forbidden, match="write"):
        read.datasets.create(fresh("signs"), workspace=team.workspace)
    for steward in (write, everything):
        steward.datasets.create(fresh("signs"), workspace=team.workspace)
    for steward in (read, write):
        for act in (
            lambda steward=steward: steward.datasets.permissions.set_default(dataset.id, "VIEW"),
            lambda steward=steward: steward.workspaces.settings.update(team.workspace, default_user_role="guest"),
            lambda steward=steward: steward.api_keys.create("ci"),
            lambda steward=steward: steward.api_keys.create("ci", scopes="read"),
            # The invitation links are in it.
            lambda steward=steward: steward.invitations.list(workspace=team.workspace).to_list(),
        ):
            with pytest.raises(errors.Forbidden, match="admin") as caught:
                act()
            assert caught.value.code == "scope_missing"
    assert everything.datasets.permissions.set_default(dataset.id, "VIEW").default_permission == "VIEW"


def test_no_scope_makes_more_of_an_account(team: Team) -> None:
    jackie = team.person().steward
    key = jackie.as_account(jackie.api_keys.create("ci", scopes="admin").secret)
    with pytest.raises(errors.Forbidden) as caught:
        key.workspaces.settings.get(team.workspace)
    assert caught.value.code == "forbidden"


# ---- expiry


def test_a_key_that_expires(team: Team) -> None:
    keys = team.person().steward.api_keys
    in_berlin = datetime(datetime.now(UTC).year + 1, 1, 31, 13, tzinfo=timezone(timedelta(hours=1)))
    made = keys.create("ci", expires=in_berlin)
    assert made.expires_at == in_berlin
    assert made.expires_at.utcoffset() == timedelta(0)
    before = datetime.now(UTC)
    counted = keys.create("ci", expires=timedelta(days=30))
    assert before <= counted.expires_at - timedelta(days=30) <= datetime.now(UTC)
    assert keys.create("ci").expires_at is None
    listed = {found.id: found.expires_at for found in keys.list()}
    assert (listed[made.id], listed[counted.id]) == (made.expires_at, counted.expires_at)


@pytest.mark.parametrize("expires", [timedelta(0), timedelta(days=-1), datetime(2020, 1, 31, tzinfo=UTC)])
def test_a_moment_that_has_passed(team: Team, expires: datetime | timedelta) -> None:
    steward = team.person().steward
    for act in (
        lambda: steward.api_keys.create("ci", expires=expires),
        lambda: steward.api_keys.rotate(expires=expires),
    ):
        with pytest.raises(errors.InvalidRequest, match="not in the future"):
            act()
    assert len(steward.api_keys.list().to_list()) == 1


def test_an_expired_key(team: Team) -> None:
    jackie = team.person().steward
    for seconds in (0.5, 2, 8, 32):
        key = jackie.api_keys.create("ci", expires=timedelta(seconds=seconds))
        using_it = jackie.as_account(key.secret)
        with contextlib.suppress(errors.Unauthenticated):  # a busy machine may be late
            using_it.whoami()
            break
    else:
        pytest.fail("the key never worked")
    time.sleep(max(0.0, (key.expires_at - datetime.now(UTC)).total_seconds()) + 0.05)
    with pytest.raises(errors.Unauthenticated, match="api_key_expired") as caught:
        using_it.whoami()
    assert caught.value.resource == "api_key"
    assert key.secret not in f"{caught.value} {caught.value!r}"
    assert key.id in [found.id for found in jackie.api_keys.list()]
    with pytest.raises(errors.ApiKeyNotFound, match="expired"):
        jackie.api_keys.rotate(key.id)
    jackie.api_keys.delete(key.id)


def test_when_a_key_was_used(team: Team) -> None:
    jackie = team.person().steward
    key = jackie.api_keys.create("ci")
    assert key.last_used_at is None
    assert [found.last_used_at for found in jackie.api_keys.list() if found.id == key.id] == [None]
    before = datetime.now(UTC).replace(second=0, microsecond=0)  # it is known to the minute
    jackie.as_account(key.secret).whoami()
    (used,) = (found.last_used_at for found in jackie.api_keys.list() if found.id == key.id)
    assert used is not None
    assert before <= used <= datetime.now(UTC)


# ---- rotation


def test_rotate_the_key_in_use(team: Team) -> None:
    jackie = team.person().steward
    (old,) = jackie.api_keys.list()
    new = jackie.api_keys.rotate()
    assert isinstance(new, NewApiKey)
    assert (new.name, new.scopes, new.expires_at) == (old.name, old.scopes, None)
    assert new.id != old.id
    assert jackie.as_account(new.secret).whoami() == jackie.whoami()
    # The old one works on for a day.
    (ending,) = (found.expires_at for found in jackie.api_keys.list() if found.id == old.id)
    assert ending - new.created_at == timedelta(days=1)


def test_rotate_with_another_overlap(team: Team) -> None:
    jackie = team.person().steward
    key = jackie.api_keys.create("ci")
    new = jackie.api_keys.rotate(key.id, overlap=timedelta(hours=2))
    (ending,) = (found.expires_at for found in jackie.api_keys.list() if found.id == key.id)
    assert ending - new.created_at == timedelta(hours=2)
    # It is rotated once: whoever got hold of it could keep it alive for ever.
    with pytest.raises(errors.Conflict, match="api_key_rotated"):
        jackie.api_keys.rotate(key.id, overlap=timedelta(days=3))
    assert [found.expires_at for found in jackie.api_keys.list() if found.id == key.id] == [ending]
    with pytest.raises(errors.InvalidRequest):
        jackie.api_keys.rotate(new.id, overlap=timedelta(days=31))


def test_rotate_at_once(team: Team) -> None:
    jackie = team.person().steward
    key = jackie.api_keys.create("ci")
    using_it = jackie.as_account(key.secret)
    new = using_it.api_keys.rotate(overlap=timedelta(0))
    with pytest.raises(errors.Unauthenticated, match="api_key_expired"):
        using_it.whoami()
    assert using_it.as_account(new.secret).whoami() == jackie.whoami()


def test_rotation_keeps_the_lifetime(team: Team) -> None:
    keys = team.person().steward.api_keys
    key = keys.create("ci", expires=timedelta(days=30))
    new = keys.rotate(key.id)
    # Kept in whole seconds.
    lifetime = timedelta(seconds=round((key.expires_at - key.created_at).total_seconds()))
    assert new.expires_at - new.created_at == lifetime
    assert keys.rotate(new.id, expires=timedelta(days=2)).expires_at < new.expires_at


def test_a_narrow_key_rotates_itself_and_no_other(team: Team) -> None:
    jackie = team.person().steward
    read, other, wide = (jackie.api_keys.create("ci", scopes=scope) for scope in ("read", "read", "write"))
    using_it = jackie.as_account(read.secret)
    new = using_it.api_keys.rotate()
    assert new.scopes == (READ,)
    with pytest.raises(errors.Conflict, match="api_key_rotated"):
        using_it.api_keys.rotate()
    assert jackie.as_account(new.secret).api_keys.rotate(new.id).scopes == (READ,)
    with pytest.raises(errors.Forbidden, match="scope_missing"):
        using_it.api_keys.rotate(other.id)
    with pytest.raises(errors.Forbidden, match="scope_too_wide"):
        using_it.api_keys.rotate(wide.id)


def test_rotate_the_key_of_another(team: Team) -> None:
    robot, jackie = team.robot(), team.person()
    (old,) = team.admin.steward.api_keys.list(user=robot.username)
    new = team.admin.steward.api_keys.rotate(old.id, user=robot.username)
    assert robot.steward.as_account(new.secret).whoami().username == robot.username
    with pytest.raises(errors.Forbidden):
        jackie.steward.api_keys.rotate(old.id, user=robot.username)
    with pytest.raises(errors.ApiKeyNotFound):
        jackie.steward.api_keys.rotate(old.id)
    with pytest.raises(errors.UserNotFound):
        team.admin.steward.api_keys.rotate(old.id, user=fresh("nobody"))


def test_delete_the_key_in_use(team: Team) -> None:
    jackie = team.person().steward
    using_it = jackie.as_account(jackie.api_keys.create("ci").secret)
    using_it.api_keys.delete("current")
    with pytest.raises(errors.Unauthenticated, match="api_key_invalid"):
        using_it.whoami()
    jackie.whoami()


def test_without_a_key_none_is_current(on_sqlite: Backend) -> None:
    # Who calls inside this process without a key is its operator.
    for act in (on_sqlite.steward.api_keys.rotate, lambda: on_sqlite.steward.api_keys.delete("current")):
        with pytest.raises(errors.ApiKeyNotFound, match="There is no current API key:"):
            act()
