"""The settings of a workspace, and where they count."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.problems import problem
from tests.support.world import ELSEWHERE, World

SETTINGS = "/workspaces/acme/settings"
INITIAL = {
    "default_user_role": "member",
    "default_dataset_permission": "NO_ACCESS",
    "default_operator_minimum_role": "member",
    "default_operator_minimum_dataset_permission": "EDIT",
}
OTHERS = {
    "default_user_role": "guest",
    "default_dataset_permission": "VIEW",
    "default_operator_minimum_role": "admin",
    "default_operator_minimum_dataset_permission": "NO_ACCESS",
}


def test_every_workspace_starts_with_the_same(world: World) -> None:
    assert world.founder().ok("GET", SETTINGS) == INITIAL
    assert world.founder().ok("GET", f"/workspaces/{ELSEWHERE}/settings") == INITIAL


@pytest.mark.parametrize("field", OTHERS)
def test_one_is_changed_and_the_others_stay(world: World, field: str) -> None:
    founder = world.founder()
    expected = INITIAL | {field: OTHERS[field]}
    assert founder.ok("PATCH", SETTINGS, json={field: OTHERS[field]}) == expected
    assert founder.ok("GET", SETTINGS) == expected
    assert founder.ok("GET", f"/workspaces/{ELSEWHERE}/settings") == INITIAL


def test_all_are_changed_at_once(world: World) -> None:
    founder = world.founder()
    assert founder.ok("PATCH", SETTINGS, json=OTHERS) == OTHERS
    assert founder.ok("GET", SETTINGS) == OTHERS


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"default_user_role": "owner"},
        {"default_user_role": None},
        {"default_dataset_permission": "view"},
        {"default_dataset_permission": 1},
        {"role": "member"},
    ],
)
def test_what_is_no_setting_changes_nothing(world: World, body: dict[str, Any]) -> None:
    problem(world.founder().patch(SETTINGS, json={**OTHERS, **body} if body else {}), 422, "invalid_request")
    assert world.founder().ok("GET", SETTINGS) == INITIAL


def test_the_role_of_whoever_comes_in(world: World) -> None:
    founder = world.founder()
    world.person("member")
    founder.ok("PATCH", SETTINGS, json={"default_user_role": "collaborator"})
    invited = founder.ok("POST", "/workspaces/acme/invitations", json={"email": "ada@example.org"})
    added = world.operator.ok("POST", "/workspaces/acme/members", json={"username": "grace"})
    assert (invited["role"], added["role"]) == ("collaborator", "collaborator")
    # A role that is said counts, and whoever is there stays what they are.
    invited = founder.ok("POST", "/workspaces/acme/invitations", json={"email": "eve@example.org", "role": "guest"})
    added = world.operator.ok("POST", "/workspaces/acme/members", json={"username": "bob", "role": "member"})
    assert (invited["role"], added["role"]) == ("guest", "member")
    assert founder.ok("GET", "/workspaces/acme/members/member")["role"] == "member"
    # Another workspace has settings of its own, and a service account is always a member.
    added = world.operator.ok("POST", f"/workspaces/{ELSEWHERE}/members", json={"username": "grace"})
    assert added["role"] == "member"
    assert world.operator.ok("POST", "/workspaces/acme/service-accounts", json={"name": "ci"})["role"] == "member"


def test_an_invitation_keeps_the_role_it_was_made_with(world: World) -> None:
    founder = world.founder()
    world.person("outsider")
    founder.ok("POST", "/workspaces/acme/invitations", json={"username": "outsider"})
    founder.ok("PATCH", SETTINGS, json={"default_user_role": "admin"})
    assert [i["role"] for i in founder.ok("GET", "/workspaces/acme/invitations")] == ["member"]


def test_what_members_may_do_with_a_new_dataset(world: World) -> None:
    founder, member = world.founder(), world.api("member")

    def create(name: str, **fields: str) -> str:
        made = founder.ok("POST", "/datasets", json={"workspace": "acme", "name": name, **fields})
        return str(made["default_permission"])

    assert create("before") == "NO_ACCESS"
    founder.ok("PATCH", SETTINGS, json={"default_dataset_permission": "TAG"})
    assert create("after") == "TAG"
    assert create("said", default_permission="NO_ACCESS") == "NO_ACCESS"
    assert [d["name"] for d in member.ok("GET", "/datasets", params={"workspace": "acme"})] == ["after"]
    problem(member.get("/datasets/acme:before"), 404, "dataset_not_found")
