"""Projects: names, keys, handles, visibility, limits."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.problems import problem
from tests.support.world import ELSEWHERE, PROJECT_PATH, ROLES, World


def create(world: World, name: str, who: str = "admin", **body: Any) -> dict[str, Any]:
    made: dict[str, Any] = world.api(who).ok("POST", "/projects", json={"workspace": "acme", "name": name, **body})
    return made


def test_what_a_project_is(world: World) -> None:
    made = create(world, "Named Entity Recognition", "member", description="Finds names.")
    assert made.keys() == {
        "id", "workspace", "name", "handle", "key", "visibility", "roster_policy", "description", "owner",
        "created_at", "last_updated",
    }  # fmt: skip
    assert made["workspace"] == "acme"
    assert (made["handle"], made["key"]) == ("named-entity-recognition", "NER")
    assert (made["visibility"], made["roster_policy"], made["owner"]) == ("private", "owners", "member")
    assert made["created_at"] == made["last_updated"]
    # Admins of today and the creator are on the roster, and nobody else.
    world.person("collaborator")
    roster = world.api("member").ok("GET", f"/projects/{made['id']}/users")
    assert [(e["username"], e["role"], e["source"]) for e in roster] == [
        ("founder", "owner", "roster"),
        ("member", "owner", "roster"),
    ]


@pytest.mark.parametrize("reference", ["{id}", "churn", "acme:churn", "ACME:Churn", "{workspace}:churn", "~:churn"])
def test_a_project_has_many_names(world: World, reference: str) -> None:
    path = reference.format(id=world.project["id"], workspace=world.workspace["id"])
    assert world.api("viewer").ok("GET", f"/projects/{path}")["id"] == world.project["id"]


def test_names_are_unique_in_a_workspace(world: World) -> None:
    admin = world.api("admin")
    for name in ("churn", "CHURN", "me", "actions", "0123456789abcdef0123456789abcdef"):
        problem(admin.post("/projects", json={"workspace": "acme", "name": name}), 409, "project_name_taken")
    other = world.operator.ok("POST", "/projects", json={"workspace": ELSEWHERE, "name": "churn"})
    assert (other["handle"], other["key"]) == ("churn-2", world.project["key"])


@pytest.mark.parametrize(
    ("name", "handle", "key"),
    [
        ("classification", "classification", "CLA"),
        ("2048", "p-2048", "P2048"),
        ("a", "a", "A"),
        ("1", "p-1", "P1"),
        ("1 2 3 4 5 6 7 8 9", "p-1-2-3-4-5-6-7-8-9", "P123456"),
        ("My project.v2_final", "my-project-v2-final", "MPVF"),
        ("x" * 128, "x" * 120, "XXX"),
        ("a" * 119 + "-b", "a" * 119 + "-", "AB"),
    ],
)
def test_handle_and_key_are_made_from_the_name(world: World, name: str, handle: str, key: str) -> None:
    made = create(world, name)
    assert (made["handle"], made["key"]) == (handle, key)


def test_keys_and_handles_are_free(world: World) -> None:
    made = [create(world, name) for name in ("Chu", "chu-", "Chu_", "chu.", *(f"churn{n}" for n in range(12)))]
    keys = [p["key"] for p in made]
    assert len({world.project["key"], *keys}) == len(keys) + 1
    assert keys[:3] == ["CHU2", "CHU3", "CHU4"]
    assert len({p["handle"] for p in made}) == len(made)


def test_a_key_can_be_chosen(world: World) -> None:
    assert create(world, "one", key="K1")["key"] == "K1"
    found = world.api("admin").post("/projects", json={"workspace": "acme", "name": "two", "key": "K1"})
    problem(found, 409, "project_key_taken")
    for key in ("", "k1", "11", "ELEVEN CHARS", "Ä", "TWELVECHARS1"):
        response = world.api("admin").post("/projects", json={"workspace": "acme", "name": "two", "key": key})
        problem(response, 422, "project_key_invalid")


@pytest.mark.parametrize("name", ["", " ", "a/b", "a:b", "../x", "-a", ".", "a ", "ä", "x" * 129, "a\n", 1, None])
def test_names_that_are_none(world: World, name: object) -> None:
    admin = world.api("admin")
    problem(admin.post("/projects", json={"workspace": "acme", "name": name}), 422, "project_name_invalid")
    problem(admin.patch(PROJECT_PATH, json={"name": name}), 422, "project_name_invalid")


def test_a_project_is_renamed(world: World) -> None:
    owner = world.api("owner")
    create(world, "taken")
    problem(owner.patch(PROJECT_PATH, json={"name": "TAKEN"}), 409, "project_name_taken")
    problem(owner.patch(PROJECT_PATH, json={"name": "actions"}), 409, "project_name_taken")
    changed = owner.ok("PATCH", PROJECT_PATH, json={"name": "Churn"})
    assert changed["name"] == "Churn"
    changed = owner.ok("PATCH", PROJECT_PATH, json={"name": "attrition"})
    # Handle and key stay: others hold them.
    assert (changed["handle"], changed["key"]) == (world.project["handle"], world.project["key"])
    assert changed["last_updated"] > changed["created_at"]
    problem(owner.get(PROJECT_PATH), 404, "project_not_found")
    owner.ok("GET", "/projects/churn")
    create(world, "churn")


def test_a_description_is_any_text(world: World) -> None:
    text = "Ümläute, 🚀, \"quotes\", 'SQL'; -- \\ \n\t\x1b \u202e {{7*7}}"
    assert world.api("owner").ok("PATCH", PROJECT_PATH, json={"description": text})["description"] == text
    assert world.api("viewer").ok("GET", PROJECT_PATH)["description"] == text
    assert "description" not in world.api("owner").ok("PATCH", PROJECT_PATH, json={"description": ""})


def test_what_is_left_out_stays(world: World) -> None:
    owner = world.api("owner")
    owner.ok("PATCH", PROJECT_PATH, json={"description": "text", "archived": True})
    before = owner.ok("GET", PROJECT_PATH)
    after = owner.ok("PATCH", PROJECT_PATH, json={"visibility": "workspace"})
    same = before.keys() - {"visibility", "last_updated"}
    assert {k: before[k] for k in same} == {k: after[k] for k in same}
    assert owner.ok("PATCH", PROJECT_PATH, json={"archived": True})["archived_at"] == before["archived_at"]


def test_a_deleted_project_is_gone(world: World) -> None:
    admin = world.api("admin")
    admin.ok("DELETE", PROJECT_PATH)
    problem(admin.get(PROJECT_PATH), 404, "project_not_found")
    problem(admin.delete(PROJECT_PATH), 404, "project_not_found")
    assert admin.ok("GET", "/projects") == []
    again = create(world, "churn")
    assert (again["handle"], again["key"]) == (world.project["handle"], world.project["key"])


# ---- visibility

INSIDE = {"member", "denied", "admin", "robot", "robot_owner", "operator"}
ON_ROSTER = {"listed", "viewer", "contributor", "owner", "robot_owner"}
ALWAYS = ON_ROSTER | {"admin", "operator"}


@pytest.mark.parametrize("visibility", ["private", "workspace", "public"])
def test_who_sees_a_project(world: World, visibility: str) -> None:
    world.operator.ok("PATCH", PROJECT_PATH, json={"visibility": visibility})
    can_list = ALWAYS | (set() if visibility == "private" else INSIDE)
    # Everybody reads a public project; only who is in it finds it in a list.
    can_read = set(ROLES) if visibility == "public" else can_list - {"listed"}
    for who, role in ROLES.items():
        api = world.api(who)
        assert (api.get(PROJECT_PATH).status_code == 200) == (who in can_read), who
        if role.kind == "nobody":
            problem(api.get("/projects"), 401, "unauthenticated")
            continue
        listed = [p["name"] for p in api.ok("GET", "/projects")]
        assert listed == (["churn"] if who in can_list else []), who
        of_workspace = api.get("/projects", params={"workspace": "acme"})
        if role.workspace is None and role.kind != "operator":
            problem(of_workspace, 404, "workspace_not_found")
        else:
            assert [p["name"] for p in of_workspace.json()] == listed, who


def test_visibility_makes_owners_of_members(world: World) -> None:
    member, robot = world.api("member"), world.api("robot")
    problem(member.get(PROJECT_PATH), 404, "project_not_found")
    world.operator.ok("PATCH", PROJECT_PATH, json={"visibility": "workspace"})
    for api in (member, robot):
        api.ok("PATCH", PROJECT_PATH, json={"description": "mine too"})
    entry = member.ok("GET", f"{PROJECT_PATH}/users/me")
    assert (entry["role"], entry["source"]) == ("owner", "visibility")
    assert "added_at" not in entry
    member.ok("PATCH", PROJECT_PATH, json={"visibility": "private"})
    problem(member.get(PROJECT_PATH), 404, "project_not_found")


def test_a_member_with_a_lower_role_is_an_owner_by_visibility(world: World) -> None:
    world.person("member")
    users = f"{PROJECT_PATH}/users"
    world.operator.ok("POST", users, json={"user": "member", "role": "viewer"})
    problem(world.api("member").patch(PROJECT_PATH, json={"description": "x"}), 403, "forbidden")
    world.operator.ok("PATCH", PROJECT_PATH, json={"visibility": "workspace"})
    world.api("member").ok("PATCH", PROJECT_PATH, json={"description": "x"})
    listed = {e["username"]: e for e in world.operator.ok("GET", users)}
    assert (listed["member"]["role"], listed["member"]["source"]) == ("owner", "visibility")


def test_public_opens_the_project_and_nothing_else(world: World) -> None:
    world.operator.ok("PATCH", PROJECT_PATH, json={"visibility": "public"})
    for who in ("outsider", "guest", "collaborator"):
        api = world.api(who)
        api.ok("GET", PROJECT_PATH)
        for path in ("/users", "/users/me", "/audit"):
            problem(api.get(PROJECT_PATH + path), 403, "forbidden")
        problem(api.patch(PROJECT_PATH, json={"description": "x"}), 403, "forbidden")
    world.http.ok("GET", PROJECT_PATH)
    problem(world.http.get(f"{PROJECT_PATH}/users"), 401, "unauthenticated")
    problem(world.http.as_key("mls_wrong").get(PROJECT_PATH), 401, "api_key_invalid")


def test_an_invisible_project_and_none_are_told_apart_by_nothing(world: World) -> None:
    there = problem(world.api("member").get("/projects/acme:churn"), 404, "project_not_found")
    nothing = problem(world.api("member").get("/projects/acme:other"), 404, "project_not_found")
    assert there["detail"].replace("churn", "other") == nothing["detail"]
    there = problem(world.http.get("/projects/acme:churn"), 401, "unauthenticated")
    nothing = problem(world.http.get("/projects/acme:other"), 401, "unauthenticated")
    assert there["detail"] == nothing["detail"]
    there = problem(world.api("outsider").get("/workspaces/acme"), 404, "workspace_not_found")
    nothing = problem(world.api("outsider").get("/workspaces/acne"), 404, "workspace_not_found")
    assert there["detail"].replace("acme", "acne") == nothing["detail"]


# ---- limits and plans


def test_a_plan_limits_active_projects(world: World) -> None:
    admin = world.api("admin")
    world.operator.ok("PATCH", "/workspaces/acme", json={"plan": {"projects_limit": 2}})
    second = create(world, "second")
    problem(admin.post("/projects", json={"workspace": "acme", "name": "third"}), 409, "projects_limit_reached")
    # An archived project does not count.
    admin.ok("PATCH", f"/projects/{second['id']}", json={"archived": True})
    third = create(world, "third")
    problem(admin.patch(f"/projects/{second['id']}", json={"archived": False}), 409, "projects_limit_reached")
    assert "archived_at" in admin.ok("GET", f"/projects/{second['id']}")
    admin.ok("DELETE", f"/projects/{third['id']}")
    assert "archived_at" not in admin.ok("PATCH", f"/projects/{second['id']}", json={"archived": False})
    # A smaller plan takes nothing away.
    world.operator.ok("PATCH", "/workspaces/acme", json={"plan": {"projects_limit": 0}})
    assert len(admin.ok("GET", "/projects")) == 2
    admin.ok("PATCH", PROJECT_PATH, json={"archived": False, "description": "still here"})
    problem(admin.post("/projects", json={"workspace": "acme", "name": "fourth"}), 409, "projects_limit_reached")


def test_archived_projects_are_listed_apart(world: World) -> None:
    admin = world.api("admin")
    create(world, "active")
    admin.ok("PATCH", PROJECT_PATH, json={"archived": True})
    names = {
        archived: [p["name"] for p in admin.ok("GET", "/projects", params=params)]
        for archived, params in ((None, {}), (False, {"archived": "false"}), (True, {"archived": "true"}))
    }
    assert names == {None: ["active"], False: ["active"], True: ["churn"]}
    assert world.api("viewer").ok("GET", PROJECT_PATH)["archived_at"]


def test_a_plan_limits_visibility(world: World) -> None:
    plan = {"allowed_visibilities": ["public", "workspace"]}
    world.operator.ok("PATCH", "/workspaces/acme", json={"plan": plan})
    admin = world.api("admin")
    for body in ({}, {"visibility": "private"}):
        response = admin.post("/projects", json={"workspace": "acme", "name": "new", **body})
        assert "workspace, public" in problem(response, 422, "project_visibility_restricted")["hint"]
    create(world, "new", visibility="workspace")
    # What is there stays, but does not come back.
    admin.ok("PATCH", PROJECT_PATH, json={"visibility": "private", "description": "x"})
    admin.ok("PATCH", PROJECT_PATH, json={"visibility": "public"})
    problem(admin.patch(PROJECT_PATH, json={"visibility": "private"}), 422, "project_visibility_restricted")
