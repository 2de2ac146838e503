"""What a key may be used for: less than its owner may do, never more, whatever it is asked for."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta

import pytest

from tests.server.test_idempotency import replayed
from tests.support import spec
from tests.support.api import Api
from tests.support.calls import Call, valid
from tests.support.problems import problem
from tests.support.spec import Operation
from tests.support.stage import Copy, Stage
from tests.support.world import PROJECT_PATH, World

KEYS = "/users/me/api-keys"
SCOPES = ["read", "write", "admin"]
ADMINISTERS = ("admin", "operator", "roster_policy", "self")
"""Whoever is asked for one of these changes who may do what."""


def needed(operation: Operation) -> str:
    """The scope an operation asks for, by the words of the spec."""
    if "scope" in operation.access:
        return str(operation.access["scope"])
    if not operation.is_write:
        return "read"
    return "admin" if operation.access["allow"] in ADMINISTERS else "write"


def is_refused(operation: Operation, scope: str) -> bool:
    is_open = operation.access["allow"] == "anyone" and not operation.access.get("identified")
    return not is_open and SCOPES.index(scope) < SCOPES.index(needed(operation))


def call_of(operation: Operation, known: Mapping[str, object]) -> Call:
    """A call that the operator may make with a key of the right scope."""
    call = valid(operation, known)
    # Any key may rotate itself, whatever its scope; see below for those of others.
    return call.having(path={"user": "me", "key": "current"}) if operation.name == "rotate_api_key" else call


def key_of(api: Api, *scopes: str) -> Api:
    """A client with a new key of the same account."""
    return api.as_key(api.ok("POST", KEYS, json={"name": "narrow", "scopes": list(scopes)})["secret"])


class Theatre:
    """A stage with a key of every scope, all of the operator, that can be put back."""

    def __init__(self, stage: Stage) -> None:
        self.known = stage.known
        self.http = stage.world.http
        self.keys = {scope: key_of(stage.operator, scope) for scope in SCOPES}
        self._stage, self._saved = stage, Copy(stage.storage)

    def restore(self) -> None:
        self._saved.restore()

    def state(self) -> object:
        return self._stage.state()

    def close(self) -> None:
        self._saved.close()


@pytest.fixture(scope="module")
def theatre(prepared_stage: Stage) -> Iterator[Theatre]:
    prepared_stage.restore()
    theatre = Theatre(prepared_stage)
    yield theatre
    theatre.close()


# ---- every operation


@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.parametrize("operation", spec.operations(), ids=str)
def test_a_key_is_refused_where_its_scope_is_too_narrow(theatre: Theatre, operation: Operation, scope: str) -> None:
    theatre.restore()
    before = theatre.state()
    response = call_of(operation, theatre.known).send(theatre.keys[scope])
    if is_refused(operation, scope):
        refusal = problem(response, 403, "scope_missing")
        assert needed(operation) in refusal["detail"]
        assert scope in refusal["detail"]
        assert theatre.state() == before
    else:
        assert response.is_success, response.text


@pytest.mark.parametrize("operation", [o for o in spec.operations() if o.is_write], ids=str)
def test_what_was_answered_is_not_repeated_to_a_narrower_key(theatre: Theatre, operation: Operation) -> None:
    theatre.restore()
    if operation.access["allow"] == "anyone":
        return  # asks for no key
    headers = {"Idempotency-Key": "once"}
    call = call_of(operation, theatre.known)
    first = call.send(theatre.keys["admin"], headers=headers)
    assert first.is_success, first.text
    before = theatre.state()
    for scope in ("read", "write"):
        again = call.send(theatre.keys[scope], headers=headers)
        code = "scope_missing" if is_refused(operation, scope) else "idempotency_key_reused"
        assert problem(again)["code"] == code
        assert not replayed(again)
        if "secret" in first.text:
            assert first.json()["secret"] not in again.text
    assert theatre.state() == before


def test_every_scope_is_asked_for_somewhere() -> None:
    assert {needed(operation) for operation in spec.operations()} == set(SCOPES)


def test_the_scope_counts_before_anything_is_looked_at(theatre: Theatre) -> None:
    # A key that may not write learns nothing about what is there, nor whether its body would do.
    read = theatre.keys["read"]
    for path in (PROJECT_PATH, "/projects/nothing"):
        problem(read.delete(path), 403, "scope_missing")
    problem(read.post("/projects", json={"nonsense": 1}), 403, "scope_missing")
    problem(read.post("/projects", content=b"{", headers={"Content-Type": "application/json"}), 403, "scope_missing")


# ---- making keys


@pytest.mark.parametrize(
    ("asked", "listed"),
    [
        (None, SCOPES),
        (["read"], ["read"]),
        (["write"], ["read", "write"]),
        (["admin"], SCOPES),
        (["write", "read"], ["read", "write"]),
        (["admin", "read", "write"], SCOPES),
        (["read", "read"], ["read"]),
    ],
)
def test_the_highest_scope_counts_and_includes_the_others(
    world: World, asked: list[str] | None, listed: list[str]
) -> None:
    member = world.api("member")
    body = {"name": "x"} if asked is None else {"name": "x", "scopes": asked}
    made = member.ok("POST", KEYS, json=body)
    assert made["scopes"] == listed
    assert member.ok("GET", KEYS)[1]["scopes"] == listed


def test_keys_made_without_a_word_are_good_for_everything(world: World) -> None:
    assert [key["scopes"] for key in world.api("member").ok("GET", KEYS)] == [SCOPES]
    made = world.operator.ok("POST", KEYS, json={"name": "of the embedded server"})
    assert made["scopes"] == SCOPES
    invited = world.api("admin").ok("POST", "/workspaces/acme/invitations", json={"email": "new@example.org"})
    path = "/invitations/" + invited["url"].partition("/invitations/")[2]
    first = world.http.as_key(world.http.ok("POST", path, json={})["api_key"])
    assert [key["scopes"] for key in first.ok("GET", KEYS)] == [SCOPES]


@pytest.mark.parametrize("scopes", [[], ["owner"], ["READ"], ["read"] * 4, "read", [None], None])
def test_scopes_are_of_the_list(world: World, scopes: object) -> None:
    refusal = problem(world.api("member").post(KEYS, json={"name": "x", "scopes": scopes}), 422, "invalid_request")
    assert all(error["pointer"].startswith("/body/scopes") for error in refusal["errors"])


# ---- a narrow key stays one


@pytest.mark.parametrize("scope", ["read", "write"])
def test_a_narrow_key_cannot_get_a_wider_one(world: World, scope: str) -> None:
    member, narrow = world.api("member"), key_of(world.api("member"), scope)
    for wanted in (None, ["read"], [scope], ["admin"]):
        body = {"name": "x"} if wanted is None else {"name": "x", "scopes": wanted}
        problem(narrow.post(KEYS, json=body), 403, "scope_missing")
    # Rotating itself is all it can, and what comes of it is as narrow.
    problem(narrow.post(f"{KEYS}/current/rotate", json={"scopes": ["admin"]}), 422, "invalid_request")
    for _ in range(2):
        made = narrow.ok("POST", f"{KEYS}/current/rotate", json={})
        assert made["scopes"] == SCOPES[: SCOPES.index(scope) + 1]
        narrow = world.http.as_key(made["secret"])
    problem(narrow.delete(PROJECT_PATH), 403, "scope_missing")
    assert [key["scopes"][-1] for key in member.ok("GET", KEYS)] == ["admin", scope, scope, scope]


@pytest.mark.parametrize("scope", ["read", "write"])
def test_a_narrow_key_rotates_no_other(world: World, scope: str) -> None:
    # To rotate without overlap is to stop: a key that changes nothing must not lock its owner out.
    member = world.api("member")
    same = member.ok("POST", KEYS, json={"name": "as narrow", "scopes": [scope]})
    narrow = key_of(member, scope)
    for body in ({}, {"overlap_seconds": 0}):
        problem(narrow.post(f"{KEYS}/{same['id']}/rotate", json=body), 403, "scope_missing")
        wider = f"{KEYS}/{world.person('member').key_id}/rotate"
        problem(narrow.post(wider, json=body), 403, "scope_too_wide")
    member.ok("GET", "/me")
    world.http.as_key(same["secret"]).ok("GET", "/me")
    assert len(member.ok("GET", KEYS)) == 3


@pytest.mark.parametrize("scope", ["read", "write"])
def test_a_narrow_key_of_an_admin_rotates_no_key_of_the_members(world: World, scope: str) -> None:
    person, narrow = world.person("member"), key_of(world.api("admin"), scope)
    theirs = world.api("member").ok("POST", KEYS, json={"name": "x", "scopes": ["read"]})["id"]
    path = f"/users/{person.id}/api-keys"
    problem(narrow.post(f"{path}/{theirs}/rotate", json={}), 403, "scope_missing")
    problem(narrow.post(f"{path}/{person.key_id}/rotate", json={}), 403, "scope_too_wide")
    problem(narrow.delete(f"{path}/{theirs}"), 403, "scope_missing")
    problem(narrow.post(path, json={"name": "takeover"}), 403, "scope_missing")
    assert len(world.api("member").ok("GET", KEYS)) == 2


@pytest.mark.parametrize("scope", ["read", "write"])
def test_a_narrow_key_cannot_outlive_itself(world: World, scope: str) -> None:
    soon, later = (datetime.now(UTC) + timedelta(days=days) for days in (1, 2))
    made = world.api("member").ok("POST", KEYS, json={"name": "ci", "scopes": [scope], "expires_at": soon.isoformat()})
    narrow = world.http.as_key(made["secret"])
    rotation = {"overlap_seconds": 60, "expires_at": later.isoformat()}
    problem(narrow.post(f"{KEYS}/current/rotate", json=rotation), 403, "scope_too_wide")
    sooner = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
    fresh = narrow.ok("POST", f"{KEYS}/current/rotate", json={**rotation, "expires_at": sooner})
    assert datetime.fromisoformat(fresh["expires_at"]) < soon
    assert world.api("member").ok("POST", f"{KEYS}/{fresh['id']}/rotate", json=rotation)["secret"]


def test_a_key_for_everything_rotates_all_of_its_account(world: World) -> None:
    member = world.api("member")
    for scope in SCOPES:
        old = member.ok("POST", KEYS, json={"name": scope, "scopes": [scope]})
        new = member.ok("POST", f"{KEYS}/{old['id']}/rotate", json={"overlap_seconds": 0})
        assert new["scopes"] == old["scopes"]
        problem(world.http.as_key(old["secret"]).get("/me"), 401, "api_key_expired")


def test_two_keys_that_rotate_under_one_idempotency_key_get_no_secret_of_each_other(world: World) -> None:
    # Both ask for the same: their own account, their own key. Only the keys differ.
    headers, path = {"Idempotency-Key": "rotation"}, f"{KEYS}/current/rotate"
    member = world.api("member")
    first, second = key_of(member, "read"), key_of(member, "read")
    secrets = [first.ok("POST", path, json={}, headers=headers)["secret"]]
    refused = second.post(path, json={}, headers=headers)
    assert problem(refused, 422, "idempotency_key_reused")
    assert secrets[0] not in refused.text
    again = first.post(path, json={}, headers=headers)
    assert replayed(again)
    assert again.json()["secret"] == secrets[0]


def test_an_answer_is_repeated_to_another_key_of_the_same_scope(world: World) -> None:
    # Whoever replaces a key between two attempts still repeats the same request.
    headers, member = {"Idempotency-Key": "once"}, world.api("member")
    body = {"workspace": "acme", "name": "new"}
    first = key_of(member, "write").post("/projects", json=body, headers=headers)
    again = key_of(member, "write").post("/projects", json=body, headers=headers)
    assert first.status_code == 201
    assert replayed(again)
    assert again.json() == first.json()


# ---- secrets


def test_no_refusal_and_no_log_holds_a_secret(world: World, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    member = world.api("member")
    narrow = key_of(member, "read")
    spare = member.ok("POST", KEYS, json={"name": "spare"})
    refusals = [
        narrow.post(KEYS, json={"name": "x"}),
        narrow.post(f"{KEYS}/{world.person('member').key_id}/rotate", json={}),
        narrow.post(f"{KEYS}/{spare['id']}/rotate", json={"expires_at": "2000-01-01T00:00:00Z"}),
        narrow.post(f"{KEYS}/current/rotate", json={"expires_at": "2000-01-01T00:00:00Z"}),
    ]
    member.ok("POST", f"{KEYS}/{spare['id']}/rotate", json={"overlap_seconds": 0})
    refusals.append(world.http.as_key(spare["secret"]).get("/me"))
    told = caplog.text
    for response in refusals:
        problem(response)
        told += response.text + json.dumps(dict(response.headers))
    assert narrow.key is not None
    for secret in (world.person("member").key, narrow.key, spare["secret"]):
        assert secret[4:] not in told
