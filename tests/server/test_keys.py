"""API keys: shown once, stored as a hash, gone at once."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from mlsteward_server.app import create_app
from mlsteward_server.credentials import has_checksum
from mlsteward_server.embedded import ensure_local_operator
from mlsteward_server.storage.engine import Storage, open_storage
from mlsteward_server.storage.tables import metadata

from tests.support.api import Api
from tests.support.problems import problem
from tests.support.world import ELSEWHERE, Role, World


def test_a_key_is_who_calls(world: World) -> None:
    person = world.person("member")
    for headers in (
        {"Authorization": f"Bearer {person.key}"},
        {"Authorization": f"bearer {person.key}"},
        {"Authorization": f"Token {person.key}"},
        {"X-API-Key": person.key},
    ):
        me = world.http.ok("GET", "/me", headers=headers)
        assert (me["id"], me["username"], me["kind"]) == (person.id, "member", "user")
        assert (me["email"], me["default_workspace"], me["is_operator"]) == ("member@example.org", "acme", False)


def test_the_secret_is_shown_once(world: World) -> None:
    member = world.api("member")
    made = member.ok("POST", "/users/me/api-keys", json={"name": "laptop"})
    assert has_checksum(made["secret"])
    assert made["secret"].startswith(made["preview"])
    listed = member.ok("GET", "/users/me/api-keys")
    assert [entry["name"] for entry in listed] == ["tests", "laptop"]
    assert listed[1] == {k: v for k, v in made.items() if k != "secret"}


def test_a_deleted_key_stops_at_once(world: World) -> None:
    member = world.api("member")
    made = member.ok("POST", "/users/me/api-keys", json={"name": "laptop"})
    laptop = world.http.as_key(made["secret"])
    laptop.ok("GET", "/me")
    member.ok("DELETE", f"/users/me/api-keys/{made['id']}")
    problem(laptop.get("/me"), 401, "api_key_invalid")
    problem(laptop.post("/projects", json={"workspace": "acme", "name": "x"}), 401, "api_key_invalid")
    problem(member.delete(f"/users/me/api-keys/{made['id']}"), 404, "api_key_not_found")


def test_a_key_can_delete_itself(world: World) -> None:
    person = world.person("member")
    world.api("member").ok("DELETE", f"/users/me/api-keys/{person.key_id}")
    problem(world.api("member").get("/me"), 401, "api_key_invalid")


def test_a_mistyped_key_is_told_from_a_deleted_one(world: World) -> None:
    key = world.person("member").key
    swapped = key[:10] + key[11] + key[10] + key[12:] if key[10] != key[11] else key[:-1]
    assert "checksum" in problem(world.http.as_key(swapped).get("/me"), 401)["detail"]


def test_a_key_of_another_account_cannot_be_deleted_through_ones_own(world: World) -> None:
    other = world.person("admin").key_id
    problem(world.api("member").delete(f"/users/me/api-keys/{other}"), 404, "api_key_not_found")
    world.api("admin").ok("GET", "/me")


def test_an_admin_of_one_of_two_workspaces_makes_no_keys_for_an_account(world: World) -> None:
    person = world.add("both", Role(workspace="member"))
    admin = world.api("admin")
    admin.ok("POST", f"/users/{person.id}/api-keys", json={"name": "by the admin"})
    world.operator.ok("POST", f"/workspaces/{ELSEWHERE}/members", json={"username": "both"})
    for method, path, body in (
        ("POST", f"/users/{person.id}/api-keys", {"name": "takeover"}),
        ("GET", f"/users/{person.id}/api-keys", None),
        ("DELETE", f"/users/{person.id}/api-keys/{person.key_id}", None),
    ):
        problem(admin.request(method, path, json=body), 403, "forbidden")
    # The founder is an admin of both.
    world.founder().ok("POST", f"/users/{person.id}/api-keys", json={"name": "by the founder"})


def test_an_admin_makes_no_keys_for_the_operator(world: World) -> None:
    world.operator.ok("POST", "/workspaces/acme/members", json={"username": "local", "role": "guest"})
    problem(world.api("admin").post("/users/local/api-keys", json={"name": "x"}), 403, "forbidden")


def test_a_member_makes_no_keys_for_a_service_account(world: World) -> None:
    robot = world.person("robot")
    problem(world.api("member").post(f"/users/{robot.id}/api-keys", json={"name": "x"}), 403, "forbidden")
    world.api("robot").ok("POST", "/users/me/api-keys", json={"name": "own"})


@pytest.mark.parametrize("reference", ["{id}", "member", "MEMBER", "member@example.org", "Member@Example.ORG"])
def test_an_account_has_many_names(world: World, reference: str) -> None:
    person = world.person("member")
    path = f"/users/{reference.format(id=person.id)}/api-keys"
    assert [key["id"] for key in world.api("admin").ok("GET", path)] == [person.key_id]


def test_no_secret_is_in_the_database(tmp_path: Path) -> None:
    path = tmp_path / "mlsteward.db"
    storage = open_storage(str(path))
    ensure_local_operator(storage)
    world = World(Api(create_app(storage)))
    secrets = [world.person("member").key, world.person("robot").key]
    headers = {"Idempotency-Key": "kept"}
    made = world.operator.ok("POST", "/users/member/api-keys", json={"name": "kept"}, headers=headers)
    secrets.append(made["secret"])
    storage.close()
    files = list(tmp_path.glob("mlsteward.db*"))
    everything = b"".join(file.read_bytes() for file in files)
    assert b"member@example.org" in everything  # so that a secret would be found
    for secret in secrets:
        assert secret.encode() not in everything
        assert secret[4:20].encode() not in everything


def test_no_secret_is_in_any_table(storage: Storage, world: World) -> None:
    secret = world.person("member").key
    headers = {"Idempotency-Key": "kept"}
    kept = world.operator.ok("POST", "/users/member/api-keys", json={"name": "kept"}, headers=headers)
    with storage.connect() as connection:
        rows = [tuple(row) for table in metadata.sorted_tables for row in connection.execute(table.select())]
    text = repr(rows) + "".join(
        bytes(value).decode("latin-1") for row in rows for value in row if isinstance(value, bytes | memoryview)
    )
    assert "member@example.org" in text
    for found in (secret, kept["secret"]):
        assert found[12:] not in text


def test_sqlite_is_what_it_says(tmp_path: Path) -> None:
    # The promise of the engine: a write that was answered is on the disk.
    path = tmp_path / "mlsteward.db"
    storage = open_storage(str(path))
    with storage.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
    storage.close()
    with sqlite3.connect(path) as plain:
        assert plain.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    plain.close()
