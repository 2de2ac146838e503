"""What happened is in the audit log: one event for each write, with names as they are now."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select

from tests.support import spec
from tests.support.calls import valid
from tests.support.problems import problem
from tests.support.server import audit_events
from tests.support.spec import Operation
from tests.support.stage import Stage
from tests.support.world import DATASET_PATH, PROJECT_PATH, World

AUDIT = "/workspaces/acme/audit"
OF_THE_PLATFORM = {"clean_up_storage"}
"""What happens in no workspace, and so is in the log of none."""


@pytest.mark.parametrize("operation", spec.operations(), ids=str)
def test_every_write_is_one_event(stage: Stage, operation: Operation) -> None:
    expected = operation.raw.get("x-audit")
    assert (expected is not None) == operation.is_write
    world = stage.world

    def ids() -> list[str]:
        with stage.storage.connect() as connection:
            return list(connection.execute(select(audit_events.c.id).order_by(audit_events.c.id)).scalars())

    before = ids()
    response = valid(operation, stage.known).send(world.api("operator"))
    assert response.is_success, response.text
    new = ids()[len(before) :]
    if "x-rows" in operation.raw:
        # The rows have theirs, see test_bulk.py.
        assert len(new) > 1
        before, new = [*before, *new[:-1]], new[-1:]
    assert len(new) == (1 if expected else 0)
    if expected is None:
        return
    workspace = response.json()["id"] if operation.name == "create_workspace" else "acme"
    event = world.operator.ok("GET", f"/workspaces/{workspace}/audit", params={"limit": 1})[0]
    if operation.name in OF_THE_PLATFORM:
        assert event["id"] != new[0]
        with stage.storage.connect() as connection:
            event = connection.execute(select(audit_events).where(audit_events.c.id == new[0])).mappings().one()
    assert event["id"] == new[0]
    assert (event["action"], event["object_type"]) == (expected["action"], expected["object"])
    # It may go on to say whom else it concerns.
    assert re.fullmatch(re.escape(expected["event"]) + "(: .+)?", event["event"])
    assert event["object_id"]
    if expected["action"] in ("create", "update"):
        assert event["object_name"], "the object is there, so it has a name"
    if expected["id"] == "result":
        assert event["object_id"] == response.json()["id"]
    # Refused writes are no events.
    assert valid(operation, stage.known).send(world.api("guest")).status_code in (403, 404, 409)
    assert ids() == [*before, *new]


def test_an_event_says_who_when_and_what(world: World) -> None:
    before = datetime.now(UTC)
    world.api("robot_owner").ok("PATCH", PROJECT_PATH, json={"description": "x"})
    event = world.api("admin").ok("GET", AUDIT)
    found = next(e for e in event if e["event"] == "Changed the project")
    assert before <= datetime.fromisoformat(found["date"]) <= datetime.now(UTC)
    assert {k: found[k] for k in ("action", "user", "object_type", "object_id", "object_name")} == {
        "action": "update",
        "user": "robot_owner@acme",
        "object_type": "project",
        "object_id": world.project["id"],
        "object_name": "churn",
    }
    world.api("admin").ok("PATCH", PROJECT_PATH, json={"description": "y"})
    assert world.api("admin").ok("GET", AUDIT)[0]["user"] == "admin@example.org"


def test_grants_say_what_went_to_whom(world: World) -> None:
    world.person("member")
    manager, permissions = world.api("manager"), f"{DATASET_PATH}/permissions"
    group = world.founder().ok("POST", "/workspaces/acme/groups", json={"name": "labelers"})
    before = len(world.api("admin").everything(AUDIT))
    manager.ok("PUT", f"{permissions}/users/member", json={"permission": "EDIT"})
    manager.ok("DELETE", f"{permissions}/users/member@example.org")
    manager.ok("PUT", f"{permissions}/groups/{group['id']}", json={"permission": "TAG"})
    manager.ok("DELETE", f"{permissions}/groups/labelers")
    manager.ok("PUT", f"{permissions}/default", json={"permission": "VIEW"})
    manager.ok("PUT", f"{permissions}/users/ada@example.net", json={"permission": "EDIT", "invite": True})
    events = world.api("admin").everything(AUDIT)[:-before]
    assert [event["event"] for event in reversed(events)] == [
        "Granted a permission: EDIT to member",
        "Revoked a permission: from member",
        "Granted a permission to a group: TAG to labelers",
        "Revoked the permission of a group: from labelers",
        "Changed the default permission: VIEW",
        "Invited to the workspace",
        "Granted a permission: EDIT to ada@example.net, who is invited",
    ]
    about = {(e["object_type"], e["object_name"], e["user"]) for e in events}
    assert about == {
        ("dataset", "images", "manager@example.org"),
        ("invitation", "ada@example.net", "manager@example.org"),
    }
    manager.ok("DELETE", DATASET_PATH)
    last = world.api("admin").ok("GET", AUDIT)[0]
    assert (last["event"], last["object_id"], last["object_name"]) == (
        "Deleted the dataset",
        world.dataset["id"],
        "images",
    )
    assert not last["object_exists"]


def test_refused_grants_are_no_events(world: World) -> None:
    editor, manager = world.api("editor"), world.api("manager")
    before = world.api("admin").everything(AUDIT)
    users = f"{DATASET_PATH}/permissions/users"
    problem(editor.put(f"{users}/manager", json={"permission": "VIEW"}), 403, "forbidden")
    problem(manager.put(f"{users}/nobody", json={"permission": "VIEW"}), 404, "member_not_found")
    problem(manager.delete(f"{users}/founder@nowhere.org"), 404, "member_not_found")
    assert world.api("admin").everything(AUDIT) == before


def test_an_event_keeps_what_it_was_about(world: World) -> None:
    admin = world.api("admin")

    def told() -> list[tuple[str, str, bool]]:
        wanted = ("Created the project", "Changed the project", "Deleted the project")
        events: list[dict[str, Any]] = admin.everything(AUDIT)
        return [(e["event"], e["object_name"], e["object_exists"]) for e in events if e["event"] in wanted]

    assert told() == [("Created the project", "churn", True)]
    admin.ok("PATCH", PROJECT_PATH, json={"name": "attrition"})
    assert told() == [("Changed the project", "churn", True), ("Created the project", "churn", True)]
    admin.ok("DELETE", "/projects/acme:attrition")
    assert told() == [
        ("Deleted the project", "attrition", False),
        ("Changed the project", "churn", False),
        ("Created the project", "churn", False),
    ]


GONE = {
    "user": ("DELETE", "/workspaces/acme/members/viewer", "viewer"),
    "service_account": ("DELETE", "/workspaces/acme/service-accounts/robot@acme", "robot@acme"),
    "group": ("DELETE", "/workspaces/acme/groups/labelers", "labelers"),
    "dataset": ("DELETE", DATASET_PATH, "images"),
    "project": ("DELETE", PROJECT_PATH, "churn"),
}


@pytest.mark.parametrize("kind", GONE)
def test_the_log_remembers_the_name_of_what_is_gone(world: World, kind: str) -> None:
    method, path, name = GONE[kind]
    for who in ("viewer", "robot"):
        world.person(who)
    assert world.dataset
    admin = world.api("admin")
    admin.ok("POST", "/workspaces/acme/groups", json={"name": "labelers"})
    admin.ok(method, path)
    last = admin.ok("GET", AUDIT)[0]
    assert (last["object_type"], last["object_name"], last["object_exists"]) == (kind, name, False)


def test_events_are_filtered(world: World) -> None:
    admin, owner = world.api("admin"), world.api("owner")
    world.person("collaborator")
    owner.ok("PATCH", PROJECT_PATH, json={"description": "what leaves"})
    owner.ok("POST", f"{PROJECT_PATH}/users", json={"user": "collaborator", "role": "viewer"})
    everything = admin.everything(AUDIT)

    def found(**query: str) -> list[str]:
        return [event["id"] for event in admin.ok("GET", AUDIT, params={**query, "limit": 500})]

    def expected(wanted: Callable[[dict[str, Any]], bool]) -> list[str]:
        return [event["id"] for event in everything if wanted(event)]

    project_id, owner_id = world.project["id"], world.person("owner").id
    by_owner = expected(lambda event: event.get("user_id") == owner_id)
    assert len(by_owner) == 2
    for name in ("owner", "owner@example.org", owner_id):
        assert found(actor=name) == by_owner
    about_project = expected(lambda event: event["object_id"] == project_id)
    assert found(object=project_id) == found(object="churn") == about_project
    assert len(about_project) > 2
    middle = everything[len(everything) // 2]["date"]
    assert found(since=middle) == expected(lambda event: event["date"] >= middle)
    assert found(until=middle) == expected(lambda event: event["date"] < middle)
    assert found(since=middle, until=middle) == []
    assert found(actor="nobody-there") == []
    both = found(actor="owner", object="churn", action="update", since=middle)
    assert both == [event for event in by_owner if event in found(since=middle)]
    problem(admin.get(AUDIT, params={"since": "yesterday"}), 422, "invalid_request")


def test_who_is_gone_is_still_found_by_what_the_log_calls_them(world: World) -> None:
    admin = world.api("admin")
    world.api("owner").ok("PATCH", PROJECT_PATH, json={"description": "what leaves"})
    admin.ok("DELETE", "/workspaces/acme/members/owner")
    (event,) = admin.ok("GET", AUDIT, params={"actor": "owner@example.org"})
    assert event["event"] == "Changed the project"


def test_a_project_shows_its_own_events(world: World) -> None:
    admin = world.api("admin")
    other = admin.ok("POST", "/projects", json={"workspace": "acme", "name": "other"})
    world.person("collaborator")
    world.api("owner").ok("POST", f"{PROJECT_PATH}/users", json={"user": "collaborator", "role": "viewer"})
    world.api("owner").ok("DELETE", f"{PROJECT_PATH}/users/collaborator")
    events = [e["event"] for e in world.api("viewer").ok("GET", f"{PROJECT_PATH}/audit")]
    assert events == [
        "Added to the project: viewer",  # who asks
        "Removed from the project: collaborator",
        "Added to the project: collaborator",
        "Added to the project: owner",
        "Created the project",
    ]
    assert [e["event"] for e in admin.ok("GET", f"/projects/{other['id']}/audit")] == ["Created the project"]


def test_events_of_one_kind(world: World) -> None:
    admin = world.api("admin")
    admin.ok("PATCH", PROJECT_PATH, json={"description": "x"})
    for action in ("create", "update", "delete", "info"):
        events = admin.ok("GET", AUDIT, params={"action": action})
        assert {e["action"] for e in events} <= {action}
    assert len(admin.ok("GET", AUDIT, params={"action": "update"})) == 1
    problem(admin.get(AUDIT, params={"action": "destroy"}), 422, "invalid_request")


def test_keys_made_in_a_workspace_show_there(world: World) -> None:
    robot = world.person("robot")
    events = world.api("admin").ok("GET", AUDIT)
    assert ("api_key", robot.key_id, "tests") in [(e["object_type"], e["object_id"], e["object_name"]) for e in events]
    assert robot.key[:10] not in str(events)


def test_workspaces_are_apart(world: World) -> None:
    world.api("outsider").ok("GET", "/workspaces/elsewhere/audit")
    world.person("member")
    seen = {e["object_id"] for e in world.api("outsider").everything("/workspaces/elsewhere/audit")}
    assert world.person("member").id not in seen
    assert world.project["id"] not in seen
