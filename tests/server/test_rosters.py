"""Who is in a project."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from tests.support.problems import problem
from tests.support.server import Storage, projects
from tests.support.world import PROJECT_PATH, World

USERS = f"{PROJECT_PATH}/users"


def test_somebody_is_added_changed_and_removed(world: World) -> None:
    world.person("collaborator")
    owner = world.api("owner")
    added = owner.ok("POST", USERS, json={"user": "collaborator@example.org", "role": "viewer"})
    assert (added["username"], added["role"], added["source"], added["kind"]) == (
        "collaborator", "viewer", "roster", "user",
    )  # fmt: skip
    problem(owner.post(USERS, json={"user": "collaborator", "role": "owner"}), 409, "project_user_exists")
    changed = owner.ok("PATCH", f"{USERS}/collaborator", json={"role": "contributor"})
    assert changed == {**added, "role": "contributor", "roster_role": "contributor"}
    assert owner.ok("GET", f"{USERS}/collaborator") == changed
    owner.ok("DELETE", f"{USERS}/collaborator")
    for response in (
        owner.delete(f"{USERS}/collaborator"),
        owner.get(f"{USERS}/collaborator"),
        owner.patch(f"{USERS}/collaborator", json={"role": "viewer"}),
    ):
        problem(response, 404, "project_user_not_found")
    problem(world.api("collaborator").get(PROJECT_PATH), 404, "project_not_found")


def test_somebody_can_be_listed_without_a_role(world: World) -> None:
    listed = world.api("listed")
    entry = listed.ok("GET", f"{USERS}/me")
    assert "role" not in entry
    assert entry["source"] == "roster"
    problem(listed.get(PROJECT_PATH), 403, "forbidden")
    world.api("owner").ok("PATCH", f"{USERS}/listed", json={"role": "viewer"})
    listed.ok("GET", PROJECT_PATH)


def test_only_who_is_in_the_workspace_can_be_added(world: World) -> None:
    owner = world.api("owner")
    outsider = world.person("outsider")
    robot = world.person("robot_elsewhere")
    for user in ("nobody", "outsider", outsider.id, "outsider@example.org"):
        problem(owner.post(USERS, json={"user": user}), 404, "user_not_found")
    body = {"user": robot.username, "kind": "service_account"}
    problem(owner.post(USERS, json=body), 404, "service_account_not_found")


def test_the_kind_must_match(world: World) -> None:
    owner = world.api("owner")
    robot = world.person("robot")
    world.person("collaborator")
    problem(owner.post(USERS, json={"user": robot.username, "kind": "user"}), 404, "user_not_found")
    body = {"user": "collaborator", "kind": "service_account"}
    problem(owner.post(USERS, json=body), 404, "service_account_not_found")
    added = owner.ok("POST", USERS, json={"user": "robot@acme", "kind": "service_account", "role": "viewer"})
    assert added["kind"] == "service_account"
    response = owner.delete(f"{USERS}/robot@acme", params={"kind": "user"})
    problem(response, 404, "project_user_not_found")
    owner.ok("DELETE", f"{USERS}/robot@acme", params={"kind": "service_account"})


@pytest.mark.parametrize("visibility", ["workspace", "public"])
def test_whom_visibility_lets_in(world: World, visibility: str) -> None:
    for name in ("member", "robot", "viewer", "guest"):
        world.person(name)
    owner = world.api("owner")
    owner.ok("PATCH", PROJECT_PATH, json={"visibility": visibility})
    listed = {entry["username"]: (entry.get("role"), entry["source"]) for entry in owner.ok("GET", USERS)}
    assert listed == {
        "founder": ("owner", "visibility"),
        "member": ("owner", "visibility"),
        "owner": ("owner", "roster"),
        "viewer": ("viewer", "roster"),
    }
    problem(owner.post(USERS, json={"user": "member"}), 409, "project_user_exists")
    for response in (
        owner.delete(f"{USERS}/member"),
        owner.patch(f"{USERS}/member", json={"role": "viewer"}),
    ):
        assert visibility in problem(response, 404, "project_user_not_found")["detail"]
    # Service accounts and collaborators are not let in, so they can be added.
    owner.ok("POST", USERS, json={"user": "robot@acme", "role": "contributor"})
    owner.ok("POST", USERS, json={"user": "guest", "role": "contributor"})
    only = owner.ok("GET", USERS, params={"kind": "service_account"})
    robots = [(e["username"], e["role"], e["roster_role"], e["source"]) for e in only]
    assert robots == [("robot@acme", "owner", "contributor", "roster")]
    people = owner.ok("GET", USERS, params={"kind": "user"})
    assert [e["username"] for e in people] == ["founder", "guest", "member", "owner", "viewer"]


@pytest.mark.parametrize("visibility", ["private", "workspace", "public"])
def test_the_list_says_what_the_explanation_says(world: World, visibility: str) -> None:
    owner = world.api("owner")
    for name in ("guest", "member", "robot", "robot_owner", "admin", "listed", "viewer", "contributor"):
        person = world.person(name)
        owner.post(USERS, json={"user": person.username, "role": "viewer"})
    given = {entry["username"]: entry.get("roster_role") for entry in owner.ok("GET", USERS)}
    owner.ok("PATCH", PROJECT_PATH, json={"visibility": visibility})
    for entry in owner.ok("GET", USERS):
        why = world.api("admin").ok("GET", f"{PROJECT_PATH}/access/{entry['id']}")
        assert entry.get("role") == why.get("role"), entry
        assert entry.get("roster_role") == given[entry["username"]], entry
        assert entry == owner.ok("GET", f"{USERS}/{entry['id']}")


def test_admins_reach_a_project_without_being_listed(world: World) -> None:
    # Made after the project, so not on its roster.
    admin = world.api("admin")
    assert "admin" not in [entry["username"] for entry in admin.ok("GET", USERS)]
    admin.ok("PATCH", PROJECT_PATH, json={"description": "x"})
    problem(admin.get(f"{USERS}/me"), 404, "project_user_not_found")


def test_the_roster_policy(storage: Storage, world: World) -> None:
    world.person("collaborator")
    with storage.writing() as connection:
        connection.execute(update(projects).values(roster_policy="admins"))
    problem(world.api("owner").post(USERS, json={"user": "collaborator"}), 403, "forbidden")
    world.api("admin").ok("POST", USERS, json={"user": "collaborator"})


def test_whoever_leaves_the_workspace_is_off_the_roster(world: World) -> None:
    world.person("viewer")
    world.api("admin").ok("DELETE", "/workspaces/acme/members/viewer")
    assert "viewer" not in [entry["username"] for entry in world.api("admin").ok("GET", USERS)]
