"""A write under an `Idempotency-Key` is carried out once, however often it is sent."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import func, select

from tests.support import spec
from tests.support.api import Api
from tests.support.calls import valid
from tests.support.problems import problem
from tests.support.server import Settings, Storage, audit_events, create_app, idempotency_keys
from tests.support.spec import Operation
from tests.support.stage import Stage
from tests.support.world import PROJECT_PATH, World

pytestmark = pytest.mark.both_databases  # answers are kept as bytes, under a lock

ONCE = {"Idempotency-Key": "once"}


def replayed(response: httpx.Response) -> bool:
    return response.headers.get("idempotent-replayed") == "true"


@pytest.mark.parametrize("operation", [o for o in spec.operations() if o.is_write], ids=str)
def test_every_write_can_be_repeated(stage: Stage, operation: Operation) -> None:
    assert operation.raw["x-idempotent"] == "key"
    assert "Idempotency-Key" in [p["name"] for p in operation.parameters_in("header")]
    call = valid(operation, stage.known)
    api = stage.world.http if operation.access["allow"] == "anyone" else stage.operator
    first = call.send(api, headers=ONCE)
    before = stage.state()
    second = call.send(api, headers=ONCE)
    assert first.is_success, first.text
    assert (second.status_code, second.content) == (first.status_code, first.content)
    assert (replayed(first), replayed(second)) == (False, True)
    assert stage.state() == before


def test_a_repeated_delete_succeeds(world: World) -> None:
    admin = world.api("admin")
    for _ in range(3):
        assert admin.delete(PROJECT_PATH, headers=ONCE).status_code == 204
    problem(admin.delete(PROJECT_PATH), 404, "project_not_found")


def test_a_repeated_key_creation_gives_the_same_secret(world: World) -> None:
    member = world.api("member")
    first, second = (member.post("/users/me/api-keys", json={"name": "x"}, headers=ONCE).json() for _ in range(2))
    assert first == second
    assert len(member.ok("GET", "/users/me/api-keys")) == 2
    world.http.as_key(second["secret"]).ok("GET", "/me")


@pytest.mark.parametrize(
    "other",
    [
        {"json": {"name": "other"}},
        {"params": {"kind": "user"}},
        {"url": "/users/member/api-keys"},
        {"method": "DELETE", "url": PROJECT_PATH, "json": None},
    ],
)
def test_a_key_is_for_one_request(world: World, other: dict[str, Any]) -> None:
    request = {"method": "POST", "url": "/users/me/api-keys", "json": {"name": "x"}, "headers": ONCE}
    admin = world.api("admin")
    world.person("member")
    assert admin.request(**request).status_code == 201
    problem(admin.request(**(request | other)), 422, "idempotency_key_reused")
    admin.ok("GET", PROJECT_PATH)


def test_a_key_is_of_one_caller(world: World) -> None:
    for who in ("member", "admin"):
        response = world.api(who).post("/users/me/api-keys", json={"name": who}, headers=ONCE)
        assert response.json()["name"] == who
        assert not replayed(response)


def test_a_key_means_nothing_to_a_read(world: World) -> None:
    member = world.api("member")
    member.ok("POST", "/users/me/api-keys", json={"name": "x"}, headers=ONCE)
    assert not replayed(member.get("/me", headers=ONCE))


def test_a_refusal_is_not_kept(world: World) -> None:
    admin = world.api("admin")
    body = {"workspace": "acme", "name": "churn"}
    problem(admin.post("/projects", json=body, headers=ONCE), 409, "project_name_taken")
    admin.ok("DELETE", PROJECT_PATH)
    response = admin.post("/projects", json=body, headers=ONCE)
    assert response.status_code == 201
    assert not replayed(response)


def test_what_was_kept_is_no_way_in(world: World) -> None:
    # Out of the workspace, the key gone with the account: the old answer is not given any more.
    member = world.api("member")
    member.ok("POST", "/users/me/api-keys", json={"name": "x"}, headers=ONCE)
    world.api("admin").ok("DELETE", "/workspaces/acme/members/member")
    problem(member.post("/users/me/api-keys", json={"name": "x"}, headers=ONCE), 401, "api_key_invalid")


def test_the_answer_is_kept_sealed(storage: Storage, world: World) -> None:
    secret = world.api("member").ok("POST", "/users/me/api-keys", json={"name": "x"}, headers=ONCE)["secret"]
    with storage.connect() as connection:
        kept = [bytes(row.sealed_body) for row in connection.execute(select(idempotency_keys))]
        # The very same answer is sealed differently each time.
    assert len(kept) == 1
    assert secret.encode() not in kept[0]
    assert b"secret" not in kept[0]


def test_a_key_is_forgotten_after_its_time(storage: Storage, world: World, settings: Settings) -> None:
    key = world.person("member").key
    short = create_app(storage, replace(settings, idempotency_lifetime=timedelta(0)))
    names = []
    for app in (world.http.app, short, world.http.app):
        response = Api(app, key=key).post("/users/me/api-keys", json={"name": "x"}, headers=ONCE)
        assert response.status_code == 201
        names.append((response.json()["id"], replayed(response)))
    # Forgotten the second time, so made anew; the third time that one is repeated.
    assert names[0][0] != names[1][0] == names[2][0]
    assert [again for _, again in names] == [False, False, True]


def test_a_repetition_is_no_event(storage: Storage, world: World) -> None:
    def events() -> int:
        with storage.connect() as connection:
            return connection.execute(select(func.count()).select_from(audit_events)).scalar_one()

    member = world.api("member")
    member.ok("POST", "/users/me/api-keys", json={"name": "x"}, headers=ONCE)
    before = events()
    member.ok("POST", "/users/me/api-keys", json={"name": "x"}, headers=ONCE)
    assert events() == before
