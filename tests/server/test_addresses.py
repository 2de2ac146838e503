"""Who an invitation lets in: an address belongs to whoever gets its mail, an account to itself."""

from __future__ import annotations

from datetime import UTC, datetime

import httpx
import pytest
from sqlalchemy import insert, text

from tests.server.test_invitations import accept, accept_as, invite, mailed
from tests.support.api import Api
from tests.support.databases import KEY
from tests.support.problems import problem
from tests.support.server import Settings, Storage, StorageError, accounts, new_id, open_app, open_storage
from tests.support.world import DATASET_PATH, ELSEWHERE, PROJECT_PATH, Role, World

CFO = "cfo@bank.example"
INVITATIONS = "/workspaces/acme/invitations"
BANK = "/workspaces/bank"


def puppet(world: World, username: str = "cfo") -> Api:
    """An account that an admin of `acme` made by accepting an invitation with the address that he saw."""
    accepted = accept(world.http, invite(world, email=CFO), {"username": username}).json()
    return world.http.as_key(accepted["api_key"])


def bank(world: World) -> Api:
    """An admin of another workspace."""
    world.add("banker", Role(elsewhere="member"))
    world.operator.ok("POST", "/workspaces", json={"name": "bank", "admin": "banker"})
    return world.http.as_key(world.operator.ok("POST", "/users/banker/api-keys", json={"name": "x"})["secret"])


def test_whoever_sees_the_address_proves_nothing(storage: Storage, world: World, settings: Settings) -> None:
    mine = puppet(world)
    me = mine.ok("GET", "/me")
    assert (me["email"], me["email_proved"]) == (CFO, False)
    banker = bank(world)
    made = banker.ok("POST", f"{BANK}/invitations", json={"email": CFO, "role": "admin"})
    # The key of the puppet is no admin of the bank, also once its CFO has come in.
    accepted = accept(world.http, mailed(storage, settings, made), {"username": "the-cfo"}).json()
    assert accepted["username"] == "the-cfo"
    problem(mine.get(BANK), 404, "workspace_not_found")
    cfo = world.http.as_key(accepted["api_key"])
    assert (cfo.ok("GET", "/me")["email_proved"], cfo.ok("GET", BANK)["role"]) == (True, "admin")
    assert mine.ok("GET", "/me")["email_proved"] is False
    # Outside its workspace the puppet is found by its name alone.
    assert banker.ok("GET", f"{BANK}/members/{CFO}")["username"] == "the-cfo"
    assert world.api("admin").ok("GET", f"/workspaces/acme/members/{CFO}")["username"] == "cfo"


def test_the_operator_does_not_take_a_puppet_for_the_person(world: World) -> None:
    puppet(world)
    bank(world)
    body = {"username": "cfo", "email": CFO, "role": "admin"}
    problem(world.operator.post(f"{BANK}/members", json=body), 409, "username_taken")
    # The address is still free for whoever it belongs to.
    body["username"] = "the-cfo"
    assert world.operator.ok("POST", f"{BANK}/members", json=body)["email_proved"] is True


def test_an_address_that_was_only_noted_names_nobody_elsewhere(world: World) -> None:
    mine = puppet(world)
    banker = bank(world)
    for response in (
        world.operator.post("/workspaces", json={"name": "new", "admin": CFO}),
        world.operator.get(f"/users/{CFO}/api-keys"),
        banker.get(f"{BANK}/members/{CFO}"),
        banker.get(f"{BANK}/access", params={"user": CFO}),
        banker.post(f"{BANK}/groups", json={"name": "board", "users": [CFO]}),
    ):
        problem(response, 404)
    # Inside its workspace it does.
    admin = world.api("admin")
    admin.ok("POST", f"{PROJECT_PATH}/users", json={"user": CFO, "role": "viewer"})
    admin.ok("POST", "/workspaces/acme/groups", json={"name": "board", "users": [CFO.upper()]})
    world.founder().ok("PUT", f"/datasets/{world.dataset['id']}/permissions/users/{CFO}", json={"permission": "VIEW"})
    assert mine.ok("GET", DATASET_PATH)["name"] == "images"
    problem(admin.post(INVITATIONS, json={"email": CFO}), 409, "user_already_invited")


def test_of_two_who_noted_one_address_nobody_is_named(world: World) -> None:
    puppet(world, "first")
    banker = bank(world)
    made = banker.ok("POST", f"{BANK}/invitations", json={"email": CFO})
    second = world.http.as_key(accept(world.http, made, {"username": "second"}).json()["api_key"])
    accept_as(second, invite(world, username="second"))
    admin = world.api("admin")
    problem(admin.get(f"/workspaces/acme/members/{CFO}"), 404, "member_not_found")
    problem(admin.post("/workspaces/acme/groups", json={"name": "board", "users": [CFO]}), 404, "member_not_found")
    # Whoever proves it is the one.
    world.operator.ok("POST", "/workspaces/acme/members", json={"username": "the-cfo", "email": CFO})
    assert admin.ok("GET", f"/workspaces/acme/members/{CFO}")["username"] == "the-cfo"
    admin.ok("POST", "/workspaces/acme/groups", json={"name": "board", "users": [CFO]})
    members = admin.ok("GET", "/workspaces/acme/groups/board/members")
    assert [member["username"] for member in members] == ["the-cfo"]


def test_with_the_mail_and_a_key_of_its_own_an_account_proves_its_address(
    storage: Storage, world: World, settings: Settings
) -> None:
    mine = puppet(world, "the-cfo")
    banker = bank(world)
    made = banker.ok("POST", f"{BANK}/invitations", json={"email": CFO})
    accepted = accept_as(mine, mailed(storage, settings, made)).json()
    assert accepted == {"workspace": "bank", "username": "the-cfo", "role": "member"}
    assert mine.ok("GET", "/me")["email_proved"] is True
    assert world.operator.ok("GET", f"/users/{CFO}/api-keys")


@pytest.mark.parametrize("by", ["join", "mail"])
def test_an_account_that_exists_is_never_claimed_without_the_mail(
    storage: Storage, world: World, settings: Settings, by: str
) -> None:
    person = world.person("outsider")
    made = invite(world, email="outsider@example.org", role="admin")
    accepted = accept(world.http, made if by == "join" else mailed(storage, settings, made)).json()
    if by == "mail":
        assert accepted == {"workspace": "acme", "username": "outsider", "role": "admin"}
        return
    assert accepted["username"] != "outsider"
    assert "acme" not in [w["name"] for w in world.http.as_key(person.key).ok("GET", "/workspaces")]
    # The address stays that of the account which proved it.
    listed = world.operator.ok("GET", "/users/outsider@example.org/api-keys")
    assert [key["id"] for key in listed] == [person.key_id]


def test_an_existing_account_accepts_for_itself(storage: Storage, world: World, settings: Settings) -> None:
    outsider = world.api("outsider")
    before = outsider.ok("GET", "/me")
    made = invite(world, username="outsider")
    problem(accept(world.http, made), 401, "unauthenticated")
    problem(accept_as(world.api("admin"), made), 403, "forbidden")
    problem(accept_as(world.api("member"), made), 403, "forbidden")
    problem(accept_as(world.operator, made), 403, "forbidden")
    # The inviter has learned nothing, and the other workspace still has its say.
    admin = world.api("admin")
    problem(admin.get("/workspaces/acme/members/outsider"), 404, "member_not_found")
    problem(admin.get("/users/outsider/api-keys"), 404, "user_not_found")
    assert accept_as(outsider, made).json()["username"] == "outsider"
    assert outsider.ok("GET", "/me") == before, "its default workspace is its own affair"
    assert accept(world.http, mailed(storage, settings, invite(world, email="new@example.org"))).is_success


def test_a_key_needs_the_scope_admin_to_join(world: World) -> None:
    outsider = world.api("outsider")
    made = outsider.ok("POST", "/users/me/api-keys", json={"name": "x", "scopes": ["write"]})
    narrow = world.http.as_key(made["secret"])
    made = invite(world, username="outsider")
    problem(accept_as(narrow, made), 403, "scope_missing")
    assert accept_as(outsider, made).is_success


def test_a_key_that_an_admin_made_does_not_join_for_its_account(world: World) -> None:
    founder = world.founder()
    person = world.add("local-hero", Role(elsewhere="member"))
    borrowed = founder.ok("POST", f"/users/{person.id}/api-keys", json={"name": "x"})
    made = invite(world, username="local-hero")
    problem(accept_as(world.http.as_key(borrowed["secret"]), made), 403, "forbidden")
    # Nor does one that is made with it, or in its place.
    for path, body in (("/users/me/api-keys", {"name": "y"}), ("/users/me/api-keys/current/rotate", {})):
        another = world.http.as_key(borrowed["secret"]).ok("POST", path, json=body)
        assert another["created_by"] == "founder"
        problem(accept_as(world.http.as_key(another["secret"]), made), 403, "forbidden")
    assert accept_as(world.http.as_key(person.key), made).is_success


def test_programs_and_operators_are_pulled_in_by_nobody(world: World) -> None:
    robot = world.api("robot_elsewhere")
    made = invite(world, email="new@example.org")
    problem(accept_as(robot, made), 403, "forbidden")
    # An operator accepts for somebody who has no account yet.
    accepted = accept_as(world.operator, made).json()
    assert accepted["username"] == "new"
    assert accepted["api_key"]
    admin = world.api("admin")
    unknown, operator = (
        {k: v for k, v in problem(admin.post(INVITATIONS, json={"username": name}), 404).items() if k != "request_id"}
        for name in ("nobody-at-all", "local")
    )
    assert operator == {**unknown, "detail": unknown["detail"].replace("nobody-at-all", "local")}


def test_an_invitation_for_somebody_else_is_not_used_up(world: World) -> None:
    made = invite(world, email="new@example.org")
    problem(accept_as(world.api("member"), made), 409, "member_exists")
    assert accept(world.http, made).is_success


def test_an_invitation_tells_nothing_about_addresses(world: World) -> None:
    world.person("outsider")
    invite(world, username="outsider")
    addresses = ("outsider@example.org", "x@y.org")
    answers = [world.api("admin").post(INVITATIONS, json={"email": email}) for email in addresses]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json().keys() == answers[1].json().keys()


def test_the_default_workspace_is_the_first_that_one_came_into_by_oneself(world: World) -> None:
    outsider = world.api("outsider")
    assert outsider.ok("GET", "/me")["default_workspace"] == ELSEWHERE
    world.operator.ok("POST", "/workspaces/acme/members", json={"username": "outsider"})
    world.founder().ok("DELETE", f"/workspaces/{ELSEWHERE}/members/outsider")
    # Whoever took them out does not decide where their scripts write from now on.
    assert "default_workspace" not in outsider.ok("GET", "/me")
    problem(outsider.get("/workspaces/~"), 404, "workspace_not_found")
    bank(world)
    made = world.http.as_local().ok("POST", f"{BANK}/invitations", json={"username": "outsider"})
    accept_as(outsider, made)
    assert outsider.ok("GET", "/me")["default_workspace"] == "bank"


def test_an_account_that_never_proved_its_address_ends_with_its_last_workspace(world: World) -> None:
    mine = puppet(world)
    world.api("admin").ok("POST", "/workspaces/acme/members/cfo/offboarding", json={})
    problem(mine.get("/me"), 401, "api_key_invalid")


def test_revoked_and_sent_again_the_old_addresses_are_dead(storage: Storage, world: World, settings: Settings) -> None:
    made = invite(world, email=CFO)
    mail = mailed(storage, settings, made)
    world.api("admin").ok("DELETE", f"{INVITATIONS}/{CFO}")
    again = invite(world, email=CFO)
    for old in (made, mail):
        problem(accept(world.http, old), 409, "invitation_not_pending")
        url = httpx.URL(again["url"])
        mixed = {**again, "url": str(url.copy_set_param("token", httpx.URL(old["url"]).params["token"]))}
        problem(accept(world.http, mixed), 403, "invitation_token_invalid")
    assert accept(world.http, mailed(storage, settings, again)).is_success


# ---- names of the platform


@pytest.mark.both_databases
def test_a_database_whose_local_is_no_operator_is_not_opened(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MLSTEWARD_SECRET_KEY", KEY)
    other = open_storage(database)
    with other.writing() as connection:
        row = {"id": new_id(), "kind": "user", "username": "local", "username_key": "local", "is_operator": False}
        connection.execute(insert(accounts), {**row, "created_at": datetime.now(UTC)})
    other.close()
    with pytest.raises(StorageError, match="is not an operator"):
        open_app(database)


RESERVED = ["local", "LOCAL", "admin", "root", "system", "mlsteward", "operator", "me"]


@pytest.mark.parametrize("name", RESERVED)
def test_names_of_the_platform_are_not_taken(world: World, name: str) -> None:
    made = invite(world, email="new@example.org")
    problem(accept(world.http, made, {"username": name}), 409, "username_taken")
    assert accept(world.http, made).json()["username"] == "new"
    taken = accept(world.http, invite(world, email=f"{name}@example.net")).json()["username"]
    assert taken == f"{name}2"
    if name != "me":
        robot = world.founder().post("/workspaces/acme/service-accounts", json={"name": name})
        problem(robot, 409, "service_account_name_taken")


def test_whoever_is_called_local_is_not_who_scripts_act_as(storage: Storage, world: World) -> None:
    member = world.person("member")
    with storage.writing() as connection:
        connection.execute(text("UPDATE accounts SET username = 'x', username_key = 'x' WHERE username_key = 'local'"))
        rename = text("UPDATE accounts SET username = 'local', username_key = 'local' WHERE id = :id")
        connection.execute(rename, {"id": member.id})
    problem(world.operator.get("/me"), 401, "unauthenticated")
