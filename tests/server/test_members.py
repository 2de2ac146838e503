"""Members, their roles, and the last admin."""

from __future__ import annotations

import pytest

from tests.support.problems import problem
from tests.support.world import ELSEWHERE, PROJECT_PATH, Role, World

MEMBERS = "/workspaces/acme/members"


def test_the_list_shows_people_and_roles(world: World) -> None:
    for name in ("guest", "collaborator", "member", "admin", "robot"):
        world.person(name)
    basic = world.api("member").ok("GET", MEMBERS)
    assert basic == [
        {"username": "admin", "role": "admin"},
        {"username": "collaborator", "role": "collaborator"},
        {"username": "founder", "role": "admin"},
        {"username": "guest", "role": "guest"},
        {"username": "member", "role": "member"},
    ]
    full = world.api("admin").ok("GET", MEMBERS, params={"view": "full"})
    assert [entry["username"] for entry in full] == [entry["username"] for entry in basic]
    assert full[0]["email"] == "admin@example.org"
    assert full[0].keys() == {"id", "username", "role", "email", "email_proved", "joined_at"}


def test_names_are_paged_in_one_order_everywhere(world: World) -> None:
    # An order that PostgreSQL has in no language but C: '-' before '.', digits, letters, '_'.
    names = ["a-b", "a.b", "a0b", "aab", "a_b", "A-a", "ab", "a"]
    for name in names:
        world.operator.ok("POST", MEMBERS, json={"username": name})
    listed = [m["username"] for m in world.api("admin").everything(MEMBERS, limit=2)]
    assert [n for n in listed if n in names] == sorted(names, key=str.lower)


def test_a_role_is_changed(world: World) -> None:
    world.person("guest")
    changed = world.api("admin").ok("PATCH", f"{MEMBERS}/guest", json={"role": "member"})
    assert changed["role"] == "member"
    assert world.api("guest").ok("GET", f"{MEMBERS}/me")["role"] == "member"
    world.api("guest").ok("POST", "/projects", json={"workspace": "acme", "name": "mine"})


@pytest.mark.parametrize("role", ["member", "collaborator", "guest"])
def test_the_last_admin_cannot_step_down(world: World, role: str) -> None:
    founder = world.founder()
    problem(founder.patch(f"{MEMBERS}/me", json={"role": role}), 409, "last_admin")
    problem(founder.delete(f"{MEMBERS}/me"), 409, "last_admin")
    problem(world.operator.delete(f"{MEMBERS}/founder"), 409, "last_admin")
    assert founder.ok("GET", f"{MEMBERS}/me")["role"] == "admin"


def test_one_of_two_admins_can_step_down(world: World) -> None:
    admin, founder = world.api("admin"), world.founder()
    founder.ok("PATCH", f"{MEMBERS}/me", json={"role": "guest"})
    problem(admin.delete(f"{MEMBERS}/admin"), 409, "last_admin")
    admin.ok("PATCH", f"{MEMBERS}/me", json={"role": "admin"})


def test_others_can_go_while_one_admin_stays(world: World) -> None:
    world.person("member")
    founder = world.founder()
    founder.ok("PATCH", f"{MEMBERS}/member", json={"role": "guest"})
    founder.ok("DELETE", f"{MEMBERS}/member")


def test_a_service_account_stays_a_member(world: World) -> None:
    robot = world.person("robot")
    admin = world.api("admin")
    problem(admin.patch(f"{MEMBERS}/{robot.id}", json={"role": "admin"}), 404, "member_not_found")
    problem(admin.delete(f"{MEMBERS}/{robot.username}"), 404, "member_not_found")


def test_whoever_leaves_leaves_everything(world: World) -> None:
    world.add("both", Role(workspace="member", on_roster=True, project="owner"))
    world.operator.ok("POST", f"/workspaces/{ELSEWHERE}/members", json={"username": "both"})
    both = world.http.as_key(world.operator.ok("POST", "/users/both/api-keys", json={"name": "x"})["secret"])
    world.api("admin").ok("DELETE", f"{MEMBERS}/both")
    # The account is in another workspace, so it lives on; here it has nothing left.
    assert "default_workspace" not in both.ok("GET", "/me")
    problem(both.get("/workspaces/~"), 404, "workspace_not_found")
    problem(both.get(PROJECT_PATH), 404, "project_not_found")
    problem(both.get("/workspaces/acme"), 404, "workspace_not_found")
    assert both.ok("GET", "/projects") == []
    roster = world.api("admin").ok("GET", f"{PROJECT_PATH}/users")
    assert "both" not in [entry["username"] for entry in roster]
    # Whoever comes back starts anew.
    world.operator.ok("POST", MEMBERS, json={"username": "both", "role": "guest"})
    problem(both.get(PROJECT_PATH), 404, "project_not_found")


def test_with_the_last_membership_the_account_goes(world: World) -> None:
    member = world.api("member")
    world.api("admin").ok("DELETE", f"{MEMBERS}/member")
    problem(member.get("/me"), 401, "api_key_invalid")
    problem(world.api("admin").get(f"{MEMBERS}/member"), 404, "member_not_found")
    problem(world.operator.get("/users/member/api-keys"), 404, "user_not_found")
    # The name and the address are free again.
    world.operator.ok("POST", MEMBERS, json={"username": "member", "email": "member@example.org"})


def test_the_operator_outlives_the_last_membership(world: World) -> None:
    world.operator.ok("POST", MEMBERS, json={"username": "local"})
    world.api("admin").ok("DELETE", f"{MEMBERS}/local")
    assert world.operator.ok("GET", "/me")["is_operator"] is True


def test_a_project_outlives_its_creator(world: World) -> None:
    made = world.api("member").ok("POST", "/projects", json={"workspace": "acme", "name": "legacy"})
    assert made["owner"] == "member"
    world.api("admin").ok("DELETE", f"{MEMBERS}/member")
    assert "owner" not in world.api("admin").ok("GET", f"/projects/{made['id']}")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"username": "founder"}, "member_exists"),
        ({"username": "FOUNDER"}, "member_exists"),
        ({"username": "me"}, "username_taken"),
        ({"username": "Actions"}, "username_taken"),
        ({"username": "0123456789abcdef0123456789ABCDEF"}, "username_taken"),
        ({"username": "new", "email": "MEMBER@example.org"}, "email_taken"),
        ({"username": "outsider", "email": "somebody@example.org"}, "username_taken"),
    ],
)
def test_who_cannot_be_put_in(world: World, body: dict[str, str], code: str) -> None:
    world.person("member")
    world.person("outsider")
    problem(world.operator.post(MEMBERS, json=body), 409, code)


def test_an_account_from_elsewhere_comes_in_as_it_is(world: World) -> None:
    outsider = world.person("outsider")
    body = {"username": "OUTSIDER", "email": "Outsider@example.org", "role": "guest"}
    added = world.operator.ok("POST", MEMBERS, json=body)
    assert (added["id"], added["username"], added["role"]) == (outsider.id, "outsider", "guest")
    # The first workspace stays the default one.
    assert world.api("outsider").ok("GET", "/me")["default_workspace"] == ELSEWHERE
    assert [w["name"] for w in world.api("outsider").ok("GET", "/workspaces")] == ["acme", ELSEWHERE]


def test_service_accounts(world: World) -> None:
    admin = world.api("admin")
    made = admin.ok("POST", "/workspaces/acme/service-accounts", json={"name": "ci"})
    assert made["name"] == "ci@acme"
    assert made["role"] == "member"
    problem(admin.post("/workspaces/acme/service-accounts", json={"name": "CI"}), 409, "service_account_name_taken")
    key = admin.ok("POST", "/users/ci@acme/api-keys", json={"name": "x"})["secret"]
    ci = world.http.as_key(key)
    me = ci.ok("GET", "/me")
    assert me["kind"] == "service_account"
    assert "email" not in me
    assert [s["name"] for s in world.api("member").ok("GET", "/workspaces/acme/service-accounts")] == ["ci@acme"]
    for reference in ("nothing", "member", "ci@elsewhere"):
        response = admin.delete(f"/workspaces/acme/service-accounts/{reference}")
        problem(response, 404, "service_account_not_found")
    admin.ok("DELETE", "/workspaces/acme/service-accounts/ci")
    problem(ci.get("/me"), 401, "api_key_invalid")
    assert admin.ok("GET", "/workspaces/acme/service-accounts") == []


def test_a_service_account_is_of_one_workspace(world: World) -> None:
    robot = world.person("robot_elsewhere")
    problem(
        world.api("admin").delete(f"/workspaces/acme/service-accounts/{robot.id}"), 404, "service_account_not_found"
    )
    problem(world.operator.post("/workspaces", json={"name": "w", "admin": robot.id}), 404, "user_not_found")


def test_workspace_names(world: World) -> None:
    for name in ("acme", "ACME", "me", "Actions", "0123456789abcdef0123456789abcdef"):
        problem(world.operator.post("/workspaces", json={"name": name}), 409, "workspace_name_taken")
    for reference in ("acme", "Acme", world.workspace["id"], "~"):
        assert world.api("guest").ok("GET", f"/workspaces/{reference}")["name"] == "acme"
    problem(world.operator.get("/workspaces/~"), 404, "workspace_not_found")


def test_status(world: World) -> None:
    for name in ("guest", "member", "robot"):
        world.person(name)
    status = world.api("guest").ok("GET", "/workspaces/acme/status")
    assert status == {"storage_bytes_used": 0, "active_projects": 1, "members_count": 3}
    plan = {"projects_limit": 2, "storage_bytes_limit": 1000}
    world.operator.ok("PATCH", "/workspaces/acme", json={"plan": plan})
    world.operator.ok("PATCH", PROJECT_PATH, json={"archived": True})
    assert world.api("guest").ok("GET", "/workspaces/acme/status") == {
        "storage_bytes_used": 0,
        "storage_bytes_limit": 1000,
        "storage_bytes_available": 1000,
        "active_projects": 0,
        "active_projects_limit": 2,
        "members_count": 3,
    }


def test_a_limit_may_come_as_a_float(world: World) -> None:
    # JSON knows no integers: 3.0 is one.
    body = b'{"plan": {"projects_limit": 3.0, "storage_bytes_limit": 1e6}}'
    answer = world.operator.ok("PATCH", "/workspaces/acme", content=body, headers={"Content-Type": "application/json"})
    assert answer["plan"]["projects_limit"] == 3
    assert answer["plan"]["storage_bytes_limit"] == 1_000_000
    plan = {"projects_limit": None, "storage_bytes_limit": None, "allowed_visibilities": ["public"]}
    answer = world.operator.ok("PATCH", "/workspaces/acme", json={"plan": plan})
    assert answer["plan"] == {"allowed_visibilities": ["public"]}
