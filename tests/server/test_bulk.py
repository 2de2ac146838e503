"""Bulk operations: each row is what a request of its own would be, and depends on no other."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.api import Api
from tests.support.bad_values import VALUES
from tests.support.world import DATASET_PATH, WORKSPACE, Role, World

MEMBERS = f"/workspaces/{WORKSPACE}/members"
INVITATIONS = f"/workspaces/{WORKSPACE}/invitations"
GROUPS = f"/workspaces/{WORKSPACE}/groups"

pytestmark = pytest.mark.both_databases


def send(api: Api, path: str, *rows: Any, **options: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = api.ok("POST", path, json={"rows": list(rows)}, **options)["outcomes"]
    return found


def outcomes(found: list[dict[str, Any]]) -> list[str]:
    """`done`, `unchanged`, or the code of the refusal."""
    return [row["problem"]["code"] if "problem" in row else row["outcome"] for row in found]


def role_of(world: World, username: str) -> str:
    return str(world.operator.ok("GET", f"{MEMBERS}/{username}")["role"])


def log(world: World) -> list[list[str]]:
    events = world.operator.ok("GET", f"/workspaces/{WORKSPACE}/audit")
    return [[event["event"], event["object_name"]] for event in events]


def test_rows_of_every_kind(world: World) -> None:
    world.founder()
    found = send(
        world.operator,
        f"{MEMBERS}/bulk",
        {"username": "jackie", "email": "jackie@example.org"},
        {"username": "jackie", "role": "guest"},
        {"username": "JACKIE", "role": "guest"},
        {"username": "jackie"},
        {"username": "not a name"},
        {"username": "ravi", "role": "king"},
        {"username": "ravi", "roel": "guest"},
        {"role": "guest"},
        {"username": 5},
        {"username": "zoe", "email": "jackie@example.org"},
        {"username": "me"},
    )
    assert outcomes(found) == [
        *("done", "done", "unchanged", "unchanged"),
        *["invalid_request"] * 5,
        *("email_taken", "username_taken"),
    ]
    assert [row.get("name") for row in found][:4] == ["jackie", "jackie", "JACKIE", "jackie"]
    assert found[4]["problem"]["detail"] == "/body/username: 'not a name' is not valid"
    assert role_of(world, "jackie") == "guest"
    assert log(world)[:3] == [
        ["Imported members: 2 done, 2 unchanged, 7 refused", WORKSPACE],
        ["Changed the role in the workspace", "jackie"],
        ["Added to the workspace", "jackie"],
    ]


def test_an_admin_who_demotes_themselves_is_refused_from_then_on(world: World) -> None:
    world.founder()
    admin = world.add("boss", Role(workspace="admin"))
    target = world.add("target", Role(workspace="member"))
    found = send(
        world.http.as_key(admin.key),
        f"{MEMBERS}/bulk",
        {"username": target.username, "role": "guest"},
        {"username": "brand-new"},
        {"username": admin.username, "role": "guest"},
        {"username": target.username, "role": "admin"},
        {"username": admin.username, "role": "admin"},
    )
    # Only operators add people without an invitation.
    assert outcomes(found) == ["done", "forbidden", "done", "forbidden", "forbidden"]
    assert (role_of(world, "target"), role_of(world, "boss")) == ("guest", "guest")


def test_the_last_admin_stays(world: World) -> None:
    founder = world.founder()
    second = world.add("second", Role(workspace="admin"))
    rows = [{"username": name, "role": "member"} for name in (second.username, "founder")]
    assert outcomes(send(founder, f"{MEMBERS}/bulk", *rows)) == ["done", "last_admin"]
    assert role_of(world, "founder") == "admin"


@pytest.mark.parametrize("who", ["member", "outsider"])
def test_who_may_not_do_it_is_refused_as_a_whole(world: World, who: str) -> None:
    world.founder()
    api = world.api(who)
    for path, row in (
        (f"{MEMBERS}/bulk", {"username": "jackie"}),
        (f"{INVITATIONS}/bulk", {"email": "zoe@example.org"}),
    ):
        refused = api.post(path, json={"rows": [row]})
        assert refused.status_code in (403, 404), refused.text


def test_a_narrow_key_does_nothing(world: World) -> None:
    key = world.founder().ok("POST", "/users/me/api-keys", json={"name": "narrow", "scopes": ["read", "write"]})
    refused = world.http.as_key(key["secret"]).post(f"{MEMBERS}/bulk", json={"rows": [{"username": "jackie"}]})
    assert refused.json()["code"] == "scope_missing"


def test_invitations(world: World) -> None:
    founder = world.founder()
    jackie = world.add("jackie", Role(workspace="member"))
    found = send(
        founder,
        f"{INVITATIONS}/bulk",
        {"email": "zoe@example.org", "role": "guest"},
        {"email": "zoe@example.org"},
        {"email": "zoë@example.org"},
        {"username": jackie.username},
        {"username": "nobody"},
        {},
    )
    assert outcomes(found)[:2] == ["done", "user_already_invited"]
    assert outcomes(found)[3:] == ["user_already_invited", "user_not_found", "invalid_request"]
    with_mail = world.operator.ok("GET", INVITATIONS)
    assert "zoe@example.org" in {invitation["email"] for invitation in with_mail}


def test_groups_of_another_workspace_do_not_exist(world: World) -> None:
    founder = world.founder()
    theirs = founder.ok("POST", "/workspaces/elsewhere/groups", json={"name": "theirs", "users": ["founder"]})
    for group in (theirs["id"], "theirs"):
        refused = founder.post(f"{GROUPS}/{group}/members/bulk", json={"rows": [{"user": "founder"}]})
        assert refused.json()["code"] == "group_not_found"
    assert world.dataset
    found = send(
        founder,
        f"{DATASET_PATH}/permissions/bulk",
        {"group": theirs["id"], "permission": "VIEW"},
        {"user": "founder", "group": theirs["id"], "permission": "VIEW"},
        {"permission": "VIEW"},
    )
    assert outcomes(found) == ["group_not_found", "invalid_request", "invalid_request"]


def test_grants(world: World) -> None:
    founder = world.founder()
    assert world.dataset
    jackie = world.add("jackie", Role(workspace="member"))
    founder.ok("POST", GROUPS, json={"name": "labelers"})
    path = f"{DATASET_PATH}/permissions/bulk"
    rows = [
        {"user": jackie.username, "permission": "EDIT"},
        {"user": jackie.id, "permission": "EDIT"},
        {"group": "labelers", "permission": "VIEW"},
        {"user": "zoe@example.org", "permission": "VIEW", "invite": True},
        {"user": "eve@example.org", "permission": "VIEW", "invite": True},
        {"user": "nobody", "permission": "VIEW"},
    ]
    assert outcomes(send(founder, path, *rows)) == ["done", "unchanged", "done", "done", "done", "member_not_found"]
    assert len(founder.ok("GET", INVITATIONS)) == 2


def test_keys(world: World) -> None:
    jackie = world.add("jackie", Role(workspace="member"))
    api = world.http.as_key(jackie.key)
    other = world.add("ravi", Role(workspace="member"))
    spare = api.ok("POST", "/users/me/api-keys", json={"name": "spare"})["id"]
    rows = [{"key": other.key_id}, {"key": "current"}, {"key": spare}]
    # From its own deletion on, the key is not valid.
    assert outcomes(send(api, "/users/me/api-keys/revoke", *rows)) == ["api_key_not_found", "done", "api_key_invalid"]
    assert api.get("/me").status_code == 401
    assert world.http.as_key(other.key).get("/me").status_code == 200


def test_a_repeated_request_repeats_nothing(world: World) -> None:
    world.founder()
    key = {"Idempotency-Key": "import-1"}
    first = send(world.operator, f"{MEMBERS}/bulk", {"username": "jackie"}, headers=key)
    written = len(log(world))
    assert send(world.operator, f"{MEMBERS}/bulk", {"username": "jackie"}, headers=key) == first
    assert len(log(world)) == written
    reused = world.operator.post(f"{MEMBERS}/bulk", json={"rows": [{"username": "ravi"}]}, headers=key)
    assert reused.json()["code"] == "idempotency_key_reused"


@pytest.mark.parametrize(
    "body",
    [{}, {"rows": []}, {"rows": {}}, {"rows": [5]}, {"rows": [None]}, {"rows": [[]]}, {"rows": [{}] * 1001}, []],
    ids=lambda body: str(body)[:20],
)
def test_a_body_that_has_no_rows_is_refused(world: World, body: Any) -> None:
    world.founder()
    refused = world.operator.post(f"{MEMBERS}/bulk", json=body)
    assert (refused.status_code, refused.json()["code"]) == (422, "invalid_request")


def test_a_large_body_is_refused(world: World) -> None:
    world.founder()
    rows = [{"username": "x" * 10_000}] * 1_000
    refused = world.operator.post(f"{MEMBERS}/bulk", json={"rows": rows})
    assert refused.json()["code"] == "request_too_large"


def test_a_dry_run_leaves_nothing(world: World) -> None:
    world.founder()
    before = world.operator.ok("GET", f"{MEMBERS}?view=full")
    found = world.operator.ok(
        "POST", f"{MEMBERS}/bulk?dry_run=true", json={"rows": [{"username": "jackie"}, {"username": "!"}]}
    )
    assert outcomes(found["answer"]["outcomes"]) == ["done", "invalid_request"]
    assert [change["event"] for change in found["changes"]] == [
        "Imported members: 1 done, 1 refused",
        "Added to the workspace",
    ]
    assert world.operator.ok("GET", f"{MEMBERS}?view=full") == before


@pytest.mark.parametrize("field", ["username", "email", "name", "role", "unknown"])
def test_a_row_with_any_value_is_an_outcome(world: World, field: str) -> None:
    world.founder()
    # What no JSON can hold is refused with the whole body.
    storable = [value for value in VALUES.values() if not isinstance(value, int) or abs(value) < 2**64]
    rows = [{"username": "jackie", field: value} for value in storable]
    found = send(world.operator, f"{MEMBERS}/bulk", *rows, {"username": "ravi"})
    assert outcomes(found)[-1] == "done"
    assert set(outcomes(found)) <= {"done", "unchanged", "invalid_request", "username_taken"}
    assert "invalid_request" in outcomes(found)
