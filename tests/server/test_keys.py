"""API keys: shown once, stored as a hash, gone at once."""

from __future__ import annotations

import sqlite3
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, select, update

from tests.server.test_races import at_once, outcomes
from tests.support.api import Api
from tests.support.databases import rival
from tests.support.problems import problem
from tests.support.server import (
    LOCK_WAIT_MS,
    Storage,
    add_key,
    api_keys,
    create_app,
    ensure_local_operator,
    has_checksum,
    metadata,
    open_storage,
)
from tests.support.world import ELSEWHERE, PROJECT_PATH, Role, World

KEYS = "/users/me/api-keys"
DAY = timedelta(days=1)


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


@pytest.mark.both_databases
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


def test_a_key_can_name_itself(storage: Storage, world: World) -> None:
    member = world.api("member")
    made = member.ok("POST", KEYS, json={"name": "laptop"})
    world.http.as_key(made["secret"]).ok("DELETE", f"{KEYS}/current")
    assert [key["name"] for key in member.ok("GET", KEYS)] == ["tests"]
    found = next(e for e in world.api("admin").ok("GET", "/workspaces/acme/audit") if e["action"] == "delete")
    assert (found["object_type"], found["object_id"]) == ("api_key", made["id"])


@pytest.mark.parametrize(("method", "path", "body"), [("DELETE", "", None), ("POST", "/rotate", {})])
def test_there_is_not_always_a_current_key(world: World, method: str, path: str, body: Any) -> None:
    # The embedded server acts for its user without a key; and the key of an admin is none of a member's.
    member = world.person("member")
    problem(world.operator.request(method, f"{KEYS}/current{path}", json=body), 404, "api_key_not_found")
    of_another = f"/users/{member.id}/api-keys/current{path}"
    problem(world.api("admin").request(method, of_another, json=body), 404, "api_key_not_found")
    world.api("member").ok("GET", "/me")
    world.api("admin").ok("GET", "/me")


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


# ---- expiry


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def expire(storage: Storage, key_id: str) -> None:
    """Let the time of a key be over."""
    with storage.writing() as connection:
        ended = datetime.now(UTC) - timedelta(seconds=1)
        connection.execute(update(api_keys).where(api_keys.c.id == key_id).values(expires_at=ended))


def test_a_key_stops_by_itself(world: World) -> None:
    member = world.api("member")
    for seconds in (1, 4, 16, 64):
        expires_at = datetime.now(UTC) + timedelta(seconds=seconds)
        made = member.ok("POST", KEYS, json={"name": "short", "expires_at": expires_at.isoformat()})
        assert moment(made["expires_at"]) == expires_at
        short = world.http.as_key(made["secret"])
        answer = short.get("/me")
        if datetime.now(UTC) < expires_at:
            break
    assert answer.status_code == 200
    time.sleep(max(0.0, (expires_at - datetime.now(UTC)).total_seconds()))
    for method, path, body in (("GET", "/me", None), ("POST", KEYS, {"name": "x"}), ("GET", PROJECT_PATH, None)):
        refusal = problem(short.request(method, path, json=body), 401, "api_key_expired")
        assert made["secret"] not in str(refusal)
    # Whoever cleans up finds it, and nobody else's key has stopped.
    listed = member.ok("GET", KEYS)
    assert [(key["name"], "expires_at" in key) for key in listed] == [("tests", False), ("short", True)]
    member.ok("DELETE", f"{KEYS}/{made['id']}")
    problem(short.get("/me"), 401, "api_key_invalid")


@pytest.mark.parametrize(
    "text",
    [
        "2020-01-01T00:00:00Z",
        "0001-01-01T00:00:00+23:59",
        "9999-12-31T23:59:59-23:59",
        "2500-01-01T00:00:00Z",
        "2100-12-31T23:59:60Z",  # a leap second
        "0000-01-01T00:00:00Z",
        "2100-01-01",
        "2100-01-01T00:00:00",
        "tomorrow",
        "",
        4102444800,
        None,
    ],
)
def test_a_key_expires_in_the_future_and_in_time(world: World, text: Any) -> None:
    admin, key_id = world.api("admin"), world.person("member").key_id
    paths = ("/users/member/api-keys", f"/users/member/api-keys/{key_id}/rotate")
    for path, body in zip(paths, ({"name": "x", "expires_at": text}, {"expires_at": text}), strict=True):
        refusal = problem(admin.post(path, json=body), 422, "invalid_request")
        assert [error["pointer"] for error in refusal["errors"]] == ["/body/expires_at"]
    assert [key["name"] for key in admin.ok("GET", paths[0])] == ["tests"]
    assert "expires_at" not in admin.ok("GET", paths[0])[0]


@pytest.mark.parametrize("text", ["2099-01-31t12:00:00z", "2099-01-31T14:00:00+02:00", "2099-01-31T12:00:00.000Z"])
def test_a_moment_can_be_written_in_many_ways(world: World, text: str) -> None:
    member = world.api("member")
    made = member.ok("POST", KEYS, json={"name": "x", "expires_at": text})
    assert moment(made["expires_at"]) == datetime(2099, 1, 31, 12, tzinfo=UTC)
    assert member.ok("GET", KEYS)[1]["expires_at"] == made["expires_at"]


def test_a_key_that_expires_while_a_write_waits_is_refused(sqlite_file: str, key_file: Path) -> None:
    storage = open_storage(sqlite_file, key_file=key_file)
    ensure_local_operator(storage)
    world = World(Api(create_app(storage)))
    member = world.api("member")
    member.ok("GET", "/me")
    with rival(storage) as other, other.connect() as connection:
        other.begin(connection, write=True)

        looked_up: list[str] = []

        def end_it(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            if statement == "BEGIN IMMEDIATE" and not looked_up:
                looked_up.append(statement)
                ended = datetime.now(UTC)
                connection.execute(update(api_keys).values(expires_at=ended))
                connection.commit()

        event.listen(storage.engine, "before_cursor_execute", end_it)
        refused = member.post(KEYS, json={"name": "x"})
        event.remove(storage.engine, "before_cursor_execute", end_it)
    assert looked_up
    problem(refused, 401, "api_key_expired")
    storage.close()


# ---- rotation


def lifetime(key: dict[str, Any]) -> timedelta:
    """How long a key is made for; the server keeps it in whole seconds."""
    return moment(key["expires_at"]) - moment(key["created_at"])


def test_a_key_is_replaced_by_one_like_it(world: World) -> None:
    member = world.api("member")
    before = datetime.now(UTC)
    body = {"name": "laptop", "scopes": ["write"], "expires_at": (before + 10 * DAY).isoformat()}
    old = member.ok("POST", KEYS, json=body)
    new = member.ok("POST", f"{KEYS}/{old['id']}/rotate", json={})
    after = datetime.now(UTC)
    assert new["secret"] != old["secret"]
    assert has_checksum(new["secret"])
    assert (new["name"], new["scopes"]) == ("laptop", ["read", "write"])
    assert lifetime(new) == timedelta(seconds=round(lifetime(old).total_seconds()))
    listed = {key["id"]: key for key in member.ok("GET", KEYS)}
    assert listed[new["id"]] == {name: value for name, value in new.items() if name != "secret"}
    # The old one works on for a day.
    assert before + DAY <= moment(listed[old["id"]]["expires_at"]) <= after + DAY
    for made_key in (old, new):
        world.http.as_key(made_key["secret"]).ok("GET", "/me")


def test_a_key_that_does_not_expire_is_replaced_by_one_that_does_not(world: World) -> None:
    member = world.api("member")
    new = member.ok("POST", f"{KEYS}/current/rotate", json={"overlap_seconds": 60})
    assert "expires_at" not in new
    listed = member.ok("GET", KEYS)
    assert [key["name"] for key in listed] == ["tests", "tests"]
    assert moment(listed[0]["expires_at"]) - moment(new["created_at"]) == timedelta(seconds=60)


def test_a_rotation_says_when_the_new_key_expires(world: World) -> None:
    member = world.api("member")
    until = datetime.now(UTC) + 3 * DAY
    new = member.ok("POST", f"{KEYS}/current/rotate", json={"expires_at": until.isoformat()})
    assert moment(new["expires_at"]) == until
    # Which is what the one after that is made for.
    following = world.http.as_key(new["secret"]).ok("POST", f"{KEYS}/current/rotate", json={})
    assert lifetime(following) == timedelta(seconds=round(lifetime(new).total_seconds()))


@pytest.mark.both_databases
def test_lifetimes_do_not_shrink_from_key_to_key(storage: Storage, world: World) -> None:
    # A client says when a key expires a moment before the server reads it.
    person, now = world.person("member"), datetime.now(UTC)
    with storage.writing() as connection:
        almost = now + DAY - timedelta(milliseconds=20)
        made = add_key(connection, now, person.id, "x", made_by=person.id, expires_at=almost)
    new = world.http.as_key(made.secret).ok("POST", f"{KEYS}/current/rotate", json={})
    assert moment(new["expires_at"]) - moment(new["created_at"]) == DAY


@pytest.mark.both_databases
def test_rotated_without_overlap_the_old_key_stops_at_once(world: World) -> None:
    old = world.api("member")
    new = old.ok("POST", f"{KEYS}/current/rotate", json={"overlap_seconds": 0})
    problem(old.get("/me"), 401, "api_key_expired")
    problem(old.post(f"{KEYS}/current/rotate", json={}), 401, "api_key_expired")
    world.http.as_key(new["secret"]).ok("GET", "/me")


def test_a_rotation_never_lets_the_old_key_last_longer(world: World) -> None:
    member = world.api("member")
    until = datetime.now(UTC) + timedelta(minutes=5)
    old = member.ok("POST", KEYS, json={"name": "short", "expires_at": until.isoformat()})
    member.ok("POST", f"{KEYS}/{old['id']}/rotate", json={"overlap_seconds": 3600})
    assert moment(member.ok("GET", KEYS)[1]["expires_at"]) == until


def test_a_key_that_has_expired_is_not_rotated(storage: Storage, world: World) -> None:
    member = world.api("member")
    old = member.ok("POST", KEYS, json={"name": "old"})
    expire(storage, old["id"])
    refusal = problem(member.post(f"{KEYS}/{old['id']}/rotate", json={}), 404, "api_key_not_found")
    assert "expired" in refusal["detail"]
    assert len(member.ok("GET", KEYS)) == 2


def test_a_rotation_is_an_event_of_the_new_key_and_names_the_old(world: World) -> None:
    old = world.person("member").key_id
    new = world.api("admin").ok("POST", f"/users/member/api-keys/{old}/rotate", json={})
    found = world.api("admin").ok("GET", "/workspaces/acme/audit")[0]
    assert (found["action"], found["object_type"], found["object_id"]) == ("update", "api_key", new["id"])
    assert found["event"] == f"Rotated an API key: {old}"
    assert found["user"] == "admin@example.org"


def test_keys_of_others_are_rotated_by_whoever_may_make_them(world: World) -> None:
    person = world.person("member")
    path = f"/users/{person.id}/api-keys/{person.key_id}/rotate"
    problem(world.api("robot").post(path, json={}), 403, "forbidden")
    # Whoever cannot list the members does not find out who is one.
    problem(world.api("viewer").post(path, json={}), 404, "user_not_found")
    problem(world.api("outsider").post(path, json={}), 404, "user_not_found")
    problem(world.api("viewer").post(f"{KEYS}/{person.key_id}/rotate", json={}), 404, "api_key_not_found")
    made = world.api("admin").ok("POST", path, json={})
    assert world.http.as_key(made["secret"]).ok("GET", "/me")["id"] == person.id


@pytest.mark.both_databases
def test_of_eight_rotations_that_stop_a_key_one_is_made(world: World) -> None:
    member = world.api("member")
    for number in range(3):
        old = member.ok("POST", KEYS, json={"name": f"old {number}"})
        send = lambda old=old: member.post(f"{KEYS}/{old['id']}/rotate", json={"overlap_seconds": 0})  # noqa: E731
        assert outcomes(at_once([send] * 8)) == {"201": 1, "api_key_not_found": 7}


@pytest.mark.both_databases
def test_of_eight_keys_that_replace_themselves_one_is_made(world: World) -> None:
    member = world.api("member")
    for number in range(3):
        own = world.http.as_key(member.ok("POST", KEYS, json={"name": f"old {number}"})["secret"])
        send = lambda own=own: own.post(f"{KEYS}/current/rotate", json={"overlap_seconds": 0})  # noqa: E731
        assert outcomes(at_once([send] * 8)) == {"201": 1, "api_key_expired": 7}


@pytest.mark.both_databases
def test_of_eight_rotations_at_once_one_is_made(world: World) -> None:
    member = world.api("member")
    old = member.ok("POST", KEYS, json={"name": "old"})
    started = datetime.now(UTC)
    rotate = lambda: member.post(f"{KEYS}/{old['id']}/rotate", json={"overlap_seconds": 60})  # noqa: E731
    assert outcomes(at_once([rotate] * 8)) == {"201": 1, "api_key_rotated": 7}
    ending = moment(member.ok("GET", KEYS)[1]["expires_at"])
    assert started + timedelta(seconds=60) <= ending <= datetime.now(UTC) + timedelta(seconds=60)


@pytest.mark.both_databases
def test_a_key_is_rotated_or_deleted(world: World) -> None:
    member = world.api("member")
    for number in range(5):
        old = member.ok("POST", KEYS, json={"name": f"old {number}"})
        rotated, deleted = at_once(
            [
                lambda old=old: member.post(f"{KEYS}/{old['id']}/rotate", json={}),
                lambda old=old: member.delete(f"{KEYS}/{old['id']}"),
            ]
        )
        assert deleted.status_code == 204
        if not rotated.is_success:
            problem(rotated, 404, "api_key_not_found")
        problem(world.http.as_key(old["secret"]).get("/me"), 401, "api_key_invalid")


# ---- last use


def last_used(storage: Storage, key_id: str) -> datetime | None:
    with storage.connect() as connection:
        found: datetime | None = connection.execute(
            select(api_keys.c.last_used_at).where(api_keys.c.id == key_id)
        ).scalar_one()
        return found


def used_at(storage: Storage, key_id: str) -> datetime:
    """The same, of a key that was used; it is a whole minute."""
    found = last_used(storage, key_id)
    assert found is not None
    assert (found.second, found.microsecond) == (0, 0)
    return found


def set_last_used(storage: Storage, key_id: str, to: datetime | None) -> None:
    with storage.writing() as connection:
        connection.execute(update(api_keys).where(api_keys.c.id == key_id).values(last_used_at=to))


def this_minute() -> datetime:
    """The minute that it is."""
    return datetime.now(UTC).replace(second=0, microsecond=0)


@pytest.mark.both_databases
@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("GET", "/me", None, 200),
        ("POST", KEYS, {"name": "x"}, 201),
        # Refused, and still used.
        ("GET", "/projects/nothing", None, 404),
        ("POST", "/workspaces", {"name": "x"}, 403),
        ("POST", KEYS, {}, 422),
    ],
)
def test_the_last_use_of_a_key_is_known_to_the_minute(
    storage: Storage, world: World, method: str, path: str, body: Any, status: int
) -> None:
    member = world.api("member")
    for number, earlier in enumerate((None, timedelta(minutes=1), 400 * DAY)):
        made = member.ok("POST", KEYS, json={"name": f"n{number}"})
        assert "last_used_at" not in next(key for key in member.ok("GET", KEYS) if key["id"] == made["id"])
        minute = this_minute()
        set_last_used(storage, made["id"], None if earlier is None else minute - earlier)
        assert world.http.as_key(made["secret"]).request(method, path, json=body).status_code == status
        listed = next(key for key in member.ok("GET", KEYS) if key["id"] == made["id"])
        assert minute <= moment(listed["last_used_at"]) <= this_minute()


def test_a_key_that_is_refused_by_its_scope_was_used(storage: Storage, world: World) -> None:
    made = world.api("member").ok("POST", KEYS, json={"name": "x", "scopes": ["read"]})
    minute = this_minute()
    problem(world.http.as_key(made["secret"]).post(KEYS, json={"name": "y"}), 403, "scope_missing")
    assert minute <= used_at(storage, made["id"]) <= this_minute()


def test_an_answer_that_is_repeated_is_a_use(storage: Storage, world: World) -> None:
    person, once = world.person("member"), {"Idempotency-Key": "once"}
    world.api("member").ok("POST", KEYS, json={"name": "x"}, headers=once)
    minute = this_minute()
    set_last_used(storage, person.key_id, None)
    world.api("member").ok("POST", KEYS, json={"name": "x"}, headers=once)
    assert minute <= used_at(storage, person.key_id) <= this_minute()


def test_a_key_that_deletes_itself_leaves_nothing(storage: Storage, world: World) -> None:
    person = world.person("member")
    world.api("member").ok("DELETE", f"{KEYS}/current")
    with storage.connect() as connection:
        assert connection.execute(select(api_keys).where(api_keys.c.id == person.key_id)).first() is None


class Attempts:
    """The attempts to note the use of a key, until closed."""

    def __init__(self, storage: Storage) -> None:
        self._engine, self.count = storage.engine, 0
        self._is_one = "BEGIN IMMEDIATE" if storage.is_sqlite else "UPDATE api_keys"
        event.listen(self._engine, "before_cursor_execute", self._note)

    def _note(self, _connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        self.count += statement.startswith(self._is_one)

    def close(self) -> int:
        event.remove(self._engine, "before_cursor_execute", self._note)
        return self.count


@pytest.mark.both_databases
def test_the_use_of_a_key_is_written_once_a_minute(storage: Storage, world: World) -> None:
    member = world.api("member")
    first, attempts = this_minute(), Attempts(storage)
    member.ok("GET", "/me")
    time.sleep(1.01)  # an attempt is made once a second, if at all
    for _ in range(20):
        member.ok("GET", "/me")
    assert 1 <= attempts.close() <= 1 + (this_minute() - first) / timedelta(minutes=1)


@pytest.mark.both_databases
def test_many_uses_at_once_all_succeed(storage: Storage, world: World) -> None:
    person, member = world.person("member"), world.api("member")
    minute = this_minute()
    read = lambda: member.get("/me")  # noqa: E731
    write = lambda: member.post(KEYS, json={"name": "x"})  # noqa: E731
    assert outcomes(at_once([read, write] * 8)) == {"200": 8, "201": 8}
    assert minute <= used_at(storage, person.key_id) <= this_minute()


@pytest.mark.both_databases
def test_a_read_does_not_wait_for_a_writer(storage: Storage, world: World) -> None:
    person, member = world.person("member"), world.api("member")
    with rival(storage) as other, other.connect() as connection:
        other.begin(connection, write=True)
        connection.execute(select(api_keys).where(api_keys.c.id == person.key_id).with_for_update()).one()
        attempts, started = Attempts(storage), time.perf_counter()
        for _ in range(10):
            member.ok("GET", "/me")
            problem(member.get("/projects/nothing"), 404, "project_not_found")
        took = time.perf_counter() - started
        assert took < LOCK_WAIT_MS / 1000, "somebody waited for the lock"
        connection.rollback()
    assert 1 <= attempts.close() <= 1 + took  # once a second
    assert last_used(storage, person.key_id) is None
    time.sleep(1.01)
    member.ok("GET", "/me")
    assert last_used(storage, person.key_id) is not None


def test_a_write_does_not_wait_for_the_row_of_its_key(postgres: Any, tmp_path: Path) -> None:
    storage = open_storage(postgres.migrated(), key_file=tmp_path / "server.key")
    ensure_local_operator(storage)
    world = World(Api(create_app(storage)))
    person, member = world.person("member"), world.api("member")
    with storage.connect() as connection:
        held = select(api_keys).where(api_keys.c.id == person.key_id).with_for_update(key_share=True)
        connection.execute(held).one()
        started = time.perf_counter()
        member.ok("POST", KEYS, json={"name": "x"})
        assert time.perf_counter() - started < LOCK_WAIT_MS / 1000, "it waited for the lock"
    assert last_used(storage, person.key_id) is None
    storage.close()


@pytest.mark.both_databases
def test_connections_are_given_back_as_they_were(storage: Storage, world: World) -> None:
    for number in range(8):  # psycopg prepares what it has run five times
        made = world.api("admin").ok("POST", KEYS, json={"name": f"n{number}"})
        world.http.as_key(made["secret"]).ok("GET", "/me")
        assert last_used(storage, made["id"]) is not None
    shown = (
        {"PRAGMA busy_timeout": 15_000, "PRAGMA synchronous": 2, "PRAGMA foreign_keys": 1}
        if storage.is_sqlite
        else {"SHOW transaction_read_only": "off", "SHOW transaction_isolation": "read committed"}
    )
    with storage.connect() as connection:
        for statement, value in shown.items():
            assert connection.exec_driver_sql(statement).scalar() == value
