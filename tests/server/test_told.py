"""Answers tell nobody more than they may know."""

from __future__ import annotations

from typing import Any

import httpx

from tests.support.problems import problem
from tests.support.world import PROJECT_PATH, World


def said(response: httpx.Response) -> dict[str, Any]:
    """A refusal, but for what is new each time."""
    return {name: value for name, value in problem(response).items() if name != "request_id"}


def same_but(refusal: dict[str, Any], old: str, new: str) -> dict[str, Any]:
    return {**refusal, "detail": refusal["detail"].replace(old, new)}


def test_the_log_of_a_project_shows_addresses_to_admins_only(world: World) -> None:
    owner, viewer = world.api("owner"), world.api("viewer")
    owner.ok("PATCH", PROJECT_PATH, json={"description": "x"})
    log = f"{PROJECT_PATH}/audit"
    assert viewer.ok("GET", log)[0]["user"] == "owner"
    assert "@example.org" not in viewer.get(log).text
    assert world.api("admin").ok("GET", log)[0]["user"] == "owner@example.org"
    assert owner.ok("GET", log)[0]["user"] == "owner@example.org", "one's own address is no secret"
    # Nor can they find out by the filter whose an address is.
    assert viewer.ok("GET", log, params={"actor": "owner@example.org"}) == []
    by_name = viewer.ok("GET", log, params={"actor": "owner"})
    assert [event["user"] for event in by_name] == ["owner"]
    assert world.api("admin").ok("GET", log, params={"actor": "owner@example.org"})[0]["user"] == "owner@example.org"


def test_the_log_of_whoever_is_gone_shows_a_name(world: World) -> None:
    for who in ("viewer", "admin"):
        world.person(who)
    world.api("owner").ok("PATCH", PROJECT_PATH, json={"description": "x"})
    world.founder().ok("DELETE", "/workspaces/acme/members/owner")
    log = f"{PROJECT_PATH}/audit"
    assert world.api("viewer").ok("GET", log)[0]["user"] == "owner"
    assert world.api("viewer").ok("GET", log, params={"actor": "owner"})
    assert world.api("admin").ok("GET", log, params={"actor": "owner@example.org"})


def test_a_key_that_is_taken_does_not_name_a_hidden_project(world: World) -> None:
    world.founder().ok("POST", "/projects", json={"workspace": "acme", "name": "top-secret", "key": "TOP"})
    refused = world.api("member").post("/projects", json={"workspace": "acme", "name": "mine", "key": "TOP"})
    assert problem(refused, 409, "project_key_taken")
    assert "secret" not in refused.text


def test_a_roster_does_not_tell_which_accounts_exist(world: World) -> None:
    outsider, robot = world.person("outsider"), world.person("robot_elsewhere")
    for name in (outsider.username, outsider.id, "outsider@example.org", robot.username, robot.id):
        for kind in ("user", "service_account"):
            body = {"user": name, "kind": kind}
            there = said(world.api("owner").post(f"{PROJECT_PATH}/users", json=body))
            nobody = said(world.api("owner").post(f"{PROJECT_PATH}/users", json={**body, "user": "nobody"}))
            assert there == same_but(nobody, "nobody", name)


def test_who_is_a_member_is_told_to_those_who_can_list_them(world: World) -> None:
    member = world.person("member")
    for who, code in (("guest", 404), ("viewer", 404), ("robot", 403), ("admin", 201)):
        for name in (member.username, member.id):
            answer = world.api(who).post(f"/users/{name}/api-keys", json={"name": "x"})
            assert answer.status_code == code, who
            if code == 404:
                nobody = said(world.api(who).post("/users/nobody/api-keys", json={"name": "x"}))
                assert said(answer) == same_but(nobody, "nobody", name)
