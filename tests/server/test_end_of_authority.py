"""What somebody let others do ends with the right to let them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.server.test_addresses import bank
from tests.server.test_invitations import accept, accept_as, invite
from tests.server.test_races import at_once
from tests.support.api import Api
from tests.support.problems import problem
from tests.support.world import DATASET_PATH, ELSEWHERE, Role, World

MEMBERS = "/workspaces/acme/members"
WAYS = ["demoted", "removed", "offboarded"]


def end(world: World, who: str, way: str) -> Any:
    founder = world.founder()
    if way == "demoted":
        return founder.ok("PATCH", f"{MEMBERS}/{who}", json={"role": "member"})
    if way == "removed":
        return founder.ok("DELETE", f"{MEMBERS}/{who}")
    return founder.ok("POST", f"{MEMBERS}/{who}/offboarding", json={})


def made_for(world: World, maker: Api, account: str, **body: Any) -> tuple[Api, dict[str, Any]]:
    made = maker.ok("POST", f"/users/{account}/api-keys", json={"name": "made", **body})
    return world.http.as_key(made["secret"]), made


@pytest.mark.parametrize("way", WAYS)
def test_invitations_that_an_admin_sent_let_nobody_in(world: World, way: str) -> None:
    # Somewhere else too, so that the account lives on.
    world.person("admin")
    world.operator.ok("POST", f"/workspaces/{ELSEWHERE}/members", json={"username": "admin", "role": "admin"})
    mine = [invite(world, email=f"{role}@example.net", role=role) for role in ("admin", "guest")]
    others = world.founder().ok("POST", "/workspaces/acme/invitations", json={"email": "other@example.net"})
    elsewhere = world.api("admin").ok(
        "POST", f"/workspaces/{ELSEWHERE}/invitations", json={"email": "other@example.net"}
    )
    end(world, "admin", way)
    for made in mine:
        problem(accept(world.http, made), 409, "invitation_not_pending")
    for made in (others, elsewhere):
        assert accept(world.http, made).is_success


def test_a_manager_of_a_dataset_who_is_demoted(world: World) -> None:
    manager = world.add("inviter", Role(workspace="member", dataset="MANAGE"))
    api = world.http.as_key(manager.key)
    body = {"permission": "VIEW", "invite": True}
    api.ok("PUT", f"{DATASET_PATH}/permissions/users/one@example.net", json=body)
    world.founder().ok("PATCH", f"{MEMBERS}/inviter", json={"role": "collaborator"})
    assert world.founder().ok("GET", "/workspaces/acme/invitations") == [], "it invited a member"
    api.ok("PUT", f"{DATASET_PATH}/permissions/users/two@example.net", json=body)
    (made,) = world.founder().ok("GET", "/workspaces/acme/invitations")
    assert made["role"] == "collaborator"
    # To be raised ends nothing.
    world.founder().ok("PATCH", f"{MEMBERS}/inviter", json={"role": "admin"})
    assert len(world.founder().ok("GET", "/workspaces/acme/invitations")) == 1


@pytest.mark.parametrize("way", WAYS)
def test_keys_that_an_admin_made_for_others_end(world: World, way: str) -> None:
    admin = world.api("admin")
    robot, member = world.person("robot"), world.person("member")
    for account in (robot, member):
        own = world.http.as_key(account.key)
        keys = [made_for(world, admin, account.id)[0]]
        # What is made with such a key, or in its place, is of the same maker.
        keys.append(made_for(world, keys[0], "me")[0])
        keys.append(world.http.as_key(keys[1].ok("POST", "/users/me/api-keys/current/rotate", json={})["secret"]))
        by_founder, _ = made_for(world, world.founder(), account.id)
        listed = [key["created_by"] for key in own.ok("GET", "/users/me/api-keys")]
        assert listed == ["local", "admin", "admin", "admin", "founder"]
        keys_left = {"own": own, "founder's": by_founder}
        if account is member:
            foretold = world.founder().ok("GET", f"{MEMBERS}/admin/offboarding")["holdings"]
            found = [(h["user"], h["name"]) for h in foretold if h["kind"] == "api_key_made"]
            assert found == [("member", "made")] * 3
        for key in keys:
            key.ok("GET", "/me")
        end(world, "admin", way)
        for key in keys:
            problem(key.get("/me"), 401, "api_key_invalid")
        for key in keys_left.values():
            key.ok("GET", "/me")
        # Once more, for the other account.
        if way == "demoted":
            world.founder().ok("PATCH", f"{MEMBERS}/admin", json={"role": "admin"})
        else:
            world.operator.ok("POST", MEMBERS, json={"username": "admin", "role": "admin"})
            admin, _ = made_for(world, world.operator, "admin")


def test_offboarding_says_which_keys_end(world: World) -> None:
    admin = world.api("admin")
    robot = world.person("robot")
    made_for(world, admin, robot.id)
    foretold = world.founder().ok("GET", f"{MEMBERS}/admin/offboarding")["holdings"]
    mine = [(h["name"], h["user"]) for h in foretold if h["kind"] == "api_key_made"]
    assert mine == [("made", robot.username)]
    done = end(world, "admin", "offboarded")["holdings"]
    assert [h for h in done if h["kind"] == "api_key_made"] == [h for h in foretold if h["kind"] == "api_key_made"]


@pytest.mark.parametrize("way", ["accepted", "added"])
def test_a_key_that_an_admin_made_does_not_follow_its_account(world: World, way: str) -> None:
    member = world.person("member")
    own = world.http.as_key(member.key)
    by_admin, _ = made_for(world, world.api("admin"), member.id)
    by_founder, _ = made_for(world, world.founder(), member.id)
    banker = bank(world)
    world.operator.ok("POST", "/workspaces/bank/members", json={"username": "founder", "role": "admin"})
    if way == "accepted":
        made = banker.ok("POST", "/workspaces/bank/invitations", json={"username": "member", "role": "admin"})
        assert accept_as(own, made).is_success
    else:
        world.operator.ok("POST", "/workspaces/bank/members", json={"username": "member", "role": "admin"})
    # The founder, an admin there too, may make a key for them; the admin of one of two workspaces may not.
    problem(by_admin.get("/workspaces/bank"), 401, "api_key_invalid")
    assert by_founder.ok("GET", "/workspaces/bank")["role"] == "admin"
    assert own.ok("GET", "/workspaces/bank")["role"] == "admin"
    problem(world.api("admin").post("/users/member/api-keys", json={"name": "x"}), 403, "forbidden")
    end_in_bank = world.operator.ok("PATCH", "/workspaces/bank/members/founder", json={"role": "member"})
    assert end_in_bank["role"] == "member"
    problem(by_founder.get("/me"), 401, "api_key_invalid")


@pytest.mark.both_databases
def test_a_key_that_is_made_while_its_maker_is_demoted_ends_too(world: World) -> None:
    robot = world.person("robot")
    founder = world.founder()
    for _ in range(5):
        admin = world.api("admin")
        answers = at_once(
            [
                lambda: founder.patch(f"{MEMBERS}/admin", json={"role": "member"}),
                *[lambda admin=admin: admin.post(f"/users/{robot.id}/api-keys", json={"name": "x"})] * 6,
            ]
        )
        assert answers[0].is_success
        assert [k["created_by"] for k in founder.ok("GET", f"/users/{robot.id}/api-keys")] == ["local"]
        founder.ok("PATCH", f"{MEMBERS}/admin", json={"role": "admin"})


def test_a_key_that_an_operator_made_taints_nothing(world: World) -> None:
    member = world.api("member")
    member.ok("POST", "/users/me/api-keys", json={"name": "mine"})
    member.ok("POST", "/users/me/api-keys/current/rotate", json={})
    assert [key["created_by"] for key in member.ok("GET", "/users/me/api-keys")] == ["local", "member", "member"]


def test_a_key_that_was_replaced_makes_no_other(world: World) -> None:
    member = world.api("member")
    old = member.ok("POST", "/users/me/api-keys", json={"name": "old"})
    leaked = world.http.as_key(old["secret"])
    new = member.ok("POST", f"/users/me/api-keys/{old['id']}/rotate", json={"overlap_seconds": 3600})
    for path, body in (
        ("/users/me/api-keys/current/rotate", {}),
        (f"/users/me/api-keys/{old['id']}/rotate", {}),
        ("/users/me/api-keys", {"name": "another"}),
    ):
        problem(leaked.post(path, json=body), 409, "api_key_rotated")
    problem(world.operator.post(f"/users/member/api-keys/{old['id']}/rotate", json={}), 409, "api_key_rotated")
    leaked.ok("GET", "/me")
    world.http.as_key(new["secret"]).ok("POST", "/users/me/api-keys/current/rotate", json={})
    shown = {key["id"]: "rotated_at" in key for key in member.ok("GET", "/users/me/api-keys")}
    assert shown[old["id"]]
