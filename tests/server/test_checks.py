"""`check_access`: a POST that reads."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import func, select

from tests.server.test_statements import counted
from tests.support.api import Api
from tests.support.problems import problem
from tests.support.server import Storage, audit_events, idempotency_keys
from tests.support.world import DATASET, PROJECT, PROJECT_PATH, World

CHECKS = "/workspaces/acme/access/checks"


def ask(api: Api, *questions: dict[str, str], **options: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = api.ok("POST", CHECKS, json={"checks": questions}, **options)["checks"]
    return found


def refused(api: Api, question: dict[str, str], status: int, code: str) -> dict[str, Any]:
    return problem(api.post(CHECKS, json={"checks": [{"operation": "get_workspace"}, question]}), status, code)


def rows(storage: Storage) -> list[int]:
    with storage.connect() as connection:
        return [
            connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in (audit_events, idempotency_keys)
        ]


def test_what_is_missing_on_each_ladder(world: World) -> None:
    founder = world.founder()
    expected = {
        (
            "guest",
            "list_members",
            None,
        ): "list_members needs the role member in the workspace 'acme'; guest is a guest.",
        (
            "admin",
            "update_workspace",
            None,
        ): "update_workspace needs an operator of the platform; admin is not an operator.",
        ("viewer", "create_experiment", PROJECT): (
            "create_experiment needs the role contributor in the project 'churn'; viewer is a viewer."
        ),
        ("owner", "delete_project", PROJECT): (
            "delete_project needs the role admin in the workspace 'acme'; owner is a collaborator."
        ),
        ("listed", "create_experiment", PROJECT): (
            "create_experiment needs the role contributor in the project 'churn'; listed has no role in it."
        ),
        (
            "guest",
            "get_project",
            PROJECT,
        ): "get_project needs the role viewer in the project 'churn'; guest has no role in it.",
        ("tagger", "delete_dataset", DATASET): (
            "delete_dataset needs the permission MANAGE on the dataset 'images'; tagger has TAG."
        ),
        ("robot", "delete_project", PROJECT): (
            "delete_project needs the account of a person; robot@acme is a service account."
        ),
    }
    for (who, operation, target), reason in expected.items():
        named = {} if target is None else {"object": target}
        [found] = ask(founder, {"user": world.person(who).username, "operation": operation, **named})
        assert (found["allowed"], found["reason"]) == (False, reason)
    [found] = ask(founder, {"user": "tagger@example.org", "operation": "delete_dataset", "object": DATASET})
    assert found["needs"] == {"on": "dataset", "role": "MANAGE", "name": DATASET}
    assert found["has"] == {"on": "dataset", "role": "TAG", "name": DATASET}
    assert (found["code"], found["scope"]) == ("forbidden", "write")
    [found] = ask(founder, {"user": world.person("manager").id, "operation": "delete_dataset", "object": DATASET})
    assert found == {
        "operation": "delete_dataset",
        "user_id": world.person("manager").id,
        "username": "manager",
        "allowed": True,
        "scope": "write",
    }


def test_what_somebody_cannot_see_does_not_exist_for_them(world: World) -> None:
    hidden = world.operator.ok("POST", "/projects", json={"workspace": "acme", "name": "secret", "key": "SEC"})
    world.operator.ok("POST", "/projects/acme:secret/experiments", json={})
    experiment = world.operator.ok("GET", "/experiments/acme:SEC-1")
    assert world.dataset["name"] == DATASET
    pairs = [
        ("get_project", "secret", "nosuch"),
        ("get_project", hidden["id"], "0" * 32),
        ("delete_project", "acme:secret", "acme:nosuch"),
        ("get_experiment", "SEC-1", "NOS-1"),
        ("get_experiment", experiment["id"], "0" * 32),
        ("delete_dataset", DATASET, "nosuch"),
    ]
    for operation, there, absent in pairs:
        asked = [{"operation": operation, "object": name} for name in (there, absent)]
        one, other = ask(world.api("guest"), *asked)
        assert one["code"] == other["code"]
        assert {"needs", "has"}.isdisjoint(one)
        shown = (there.rpartition(":")[2], absent.rpartition(":")[2])
        assert one["reason"].replace(*shown) == other["reason"]
        assert ask(world.operator, asked[0])[0]["allowed"]


def test_objects_of_another_workspace(world: World) -> None:
    elsewhere = world.founder().ok("POST", "/projects", json={"workspace": "elsewhere", "name": "far"})
    for reference in ("elsewhere:far", elsewhere["id"], "far"):
        [found] = ask(world.operator, {"operation": "get_project", "object": reference})
        assert (found["allowed"], found["code"]) == (False, "project_not_found")
    for reference in (PROJECT, "ACME:churn", "~:churn", f"{world.workspace['id']}:churn", world.project["id"]):
        [found] = ask(world.operator, {"operation": "get_project", "object": reference})
        assert found["allowed"], reference


def test_who_may_ask(world: World) -> None:
    about_guest = {"user": world.person("guest").username, "operation": "get_workspace"}
    for who in ("collaborator", "member", "owner", "robot"):
        assert ask(world.api(who), {"operation": "list_access"})[0]["allowed"] is False
        own = {"user": world.person(who).id, "operation": "get_workspace"}
        assert ask(world.api(who), own, {**own, "user": "me"})[1]["allowed"]
        refused(world.api(who), about_guest, 403, "forbidden")
        # Before it is looked up: they do not find out who is there.
        refused(world.api(who), {**about_guest, "user": "nosuch"}, 403, "forbidden")
    assert ask(world.api("admin"), about_guest)[0]["allowed"]
    for user in ("nosuch", world.person("outsider").username):
        refused(world.api("admin"), {**about_guest, "user": user}, 404, "member_not_found")
    refused(world.api("outsider"), {"operation": "get_workspace"}, 404, "workspace_not_found")
    refused(world.http.anonymous(), {"operation": "get_workspace"}, 401, "unauthenticated")


@pytest.mark.parametrize(
    ("question", "pointer"),
    [
        ({"operation": "destroy_project", "object": PROJECT}, "operation"),
        ({"operation": "list_api_keys"}, "operation"),
        ({"operation": "delete_project"}, "object"),
        ({"operation": "list_members", "object": PROJECT}, "object"),
        ({"operation": "list_projects", "object": PROJECT}, "object"),
    ],
)
def test_questions_without_an_answer(world: World, question: dict[str, str], pointer: str) -> None:
    found = refused(world.operator, question, 422, "invalid_request")
    assert [error["pointer"] for error in found["errors"]] == [f"/body/checks/1/{pointer}"]


@pytest.mark.both_databases
def test_it_reads(world: World, storage: Storage) -> None:
    key = world.founder().ok("POST", "/users/me/api-keys", json={"name": "narrow", "scopes": ["read"]})
    api = world.http.as_key(key["secret"])
    api.ok("GET", "/me")  # so that the use of the key is noted
    question = {"user": world.person("owner").username, "operation": "delete_project", "object": PROJECT}
    made = rows(storage)
    with counted(storage) as statements:
        response = api.post(CHECKS, json={"checks": [question]}, headers={"Idempotency-Key": "same"})
        assert response.json()["checks"][0]["allowed"] is False
    assert not [sql for sql in statements if not sql.startswith(("SELECT", "BEGIN")) or "IMMEDIATE" in sql], statements
    assert rows(storage) == made
    # Asked again under the same key, it is asked again.
    world.operator.ok("PATCH", "/workspaces/acme/members/owner", json={"role": "admin"})
    after = rows(storage)
    response = api.post(CHECKS, json={"checks": [question]}, headers={"Idempotency-Key": "same"})
    assert response.json()["checks"][0]["allowed"] is True
    assert "Idempotent-Replayed" not in response.headers
    assert rows(storage) == after
    # The answers are about the account, so the narrow key of the founder is no matter.
    assert ask(api, {"operation": "delete_project", "object": PROJECT})[0]["allowed"]
    problem(api.delete(PROJECT_PATH), 403, "scope_missing")


def test_a_database_that_can_only_be_read(world: World, storage: Storage) -> None:
    api = world.api("owner")
    with storage.connect() as connection:
        connection.exec_driver_sql("PRAGMA query_only = ON")
    try:
        assert ask(api, {"operation": "update_project", "object": PROJECT})[0]["allowed"]
        problem(api.patch(PROJECT_PATH, json={"description": "x"}), 503, "storage_failed")
    finally:
        with storage.connect() as connection:
            connection.exec_driver_sql("PRAGMA query_only = OFF")


def test_many_questions_take_few_statements(world: World, storage: Storage) -> None:
    founder = world.founder()
    ask(founder, {"operation": "get_workspace"})
    people = [world.person(who).id for who in ("guest", "member", "viewer", "owner", "tagger")]
    operations = [
        ("get_project", PROJECT),
        ("update_project", PROJECT),
        ("get_dataset", DATASET),
        ("list_members", None),
    ]
    questions = [
        {"user": user, "operation": operation, **({} if target is None else {"object": target})}
        for user in people
        for operation, target in operations
    ] * 5
    assert len(questions) == 100
    with counted(storage) as statements:
        assert len(ask(founder, *questions)) == 100
    # Of each person the account, the membership, the workspace, the project and the dataset in its workspace.
    assert len(statements) <= 6 + len(people) * 7, "\n".join(statements)
