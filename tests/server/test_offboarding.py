"""Offboarding: the preview says what is done, all of it is done or nothing, and nothing is left without an owner."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import Column, event, func, insert, select, update

from tests.support.api import Api
from tests.support.problems import problem
from tests.support.server import (
    Storage,
    dataset_user_grants,
    datasets,
    group_members,
    groups,
    invitations,
    metadata,
    new_id,
    project_users,
    projects,
)
from tests.support.stage import Stage
from tests.support.world import DATASET_PATH, ELSEWHERE, PROJECT_PATH, Person, Role, World

pytestmark = pytest.mark.both_databases  # SQL over many tables, and locks

MEMBERS = "/workspaces/acme/members"
INVITATIONS = "/workspaces/acme/invitations"


def preview(world: World, person: str = "ada", **params: str) -> dict[str, Any]:
    found: dict[str, Any] = world.founder().ok("GET", f"{MEMBERS}/{person}/offboarding", params=params)
    return found


def offboard(world: World, person: str = "ada", **body: str) -> dict[str, Any]:
    done: dict[str, Any] = world.founder().ok("POST", f"{MEMBERS}/{person}/offboarding", json=body)
    return done


def state(storage: Storage, world: World) -> object:
    return Stage(storage, world, {}, world.operator).state()


def brief(offboarding: dict[str, Any]) -> list[tuple[str, ...]]:
    """The holdings without ids."""
    return [
        (holding["kind"], holding["name"], holding.get("role", ""), holding.get("passes_to", ""))
        for holding in offboarding["holdings"]
    ]


def own_project(world: World, person: Person, name: str) -> dict[str, Any]:
    """A project on whose roster nobody else is."""
    body = {"workspace": "acme", "name": name, "visibility": "private"}
    made: dict[str, Any] = world.http.as_key(person.key).ok("POST", "/projects", json=body)
    world.operator.ok("DELETE", f"/projects/{made['id']}/users/founder")
    return made


def own_dataset(world: World, person: Person, name: str) -> dict[str, Any]:
    made: dict[str, Any] = world.http.as_key(person.key).ok(
        "POST", "/datasets", json={"workspace": "acme", "name": name}
    )
    return made


def permit(world: World, dataset: str, grantee: str, permission: str) -> None:
    world.operator.ok("PUT", f"/datasets/acme:{dataset}/permissions/{grantee}", json={"permission": permission})


def accept(world: World, invitation: dict[str, Any]) -> httpx.Response:
    path = httpx.URL(invitation["url"]).raw_path.decode().removeprefix("/api/v1")
    return world.http.anonymous().post(path, json={})


@pytest.fixture
def ada(storage: Storage, world: World) -> Person:
    """A member who holds something of every kind."""
    person = world.add("ada", Role(workspace="member", on_roster=True, project="viewer", dataset="EDIT"))
    api, founder = world.http.as_key(person.key), world.founder()
    own_project(world, person, "alone")
    api.ok("POST", "/projects", json={"workspace": "acme", "name": "Both", "visibility": "private"})
    own_dataset(world, person, "mine")
    own_dataset(world, person, "ours")
    founder.ok("POST", "/workspaces/acme/groups", json={"name": "labelers", "users": ["ada", "founder"]})
    permit(world, "ours", "groups/labelers", "MANAGE")
    invite = {"permission": "TAG", "invite": True}
    api.ok("PUT", "/datasets/acme:mine/permissions/users/new@example.org", json=invite)
    # An invitation that was on its way while they came in.
    other = founder.ok("POST", INVITATIONS, json={"email": "late@example.org", "role": "guest"})
    with storage.writing() as connection:
        connection.execute(update(invitations).where(invitations.c.id == other["id"]).values(account_id=person.id))
    return person


EVERYTHING = [
    ("sole_project", "alone", "owner", ""),
    ("sole_dataset", "mine", "MANAGE", ""),
    ("roster_entry", "Both", "owner", ""),
    ("roster_entry", "churn", "viewer", ""),
    ("group", "labelers", "", ""),
    ("dataset_grant", "images", "EDIT", ""),
    ("dataset_grant", "ours", "MANAGE", ""),
    ("api_key", "tests", "", ""),
    ("invitation_sent", "new@example.org", "member", ""),
    ("invitation_received", "late@example.org", "guest", ""),
]


# ---- what is listed


def test_a_preview_lists_every_kind(world: World, ada: Person) -> None:
    found = preview(world)
    assert brief(found) == EVERYTHING
    assert {k: v for k, v in found.items() if k not in ("holdings", "blockers")} == {
        "user_id": ada.id,
        "username": "ada",
        "role": "member",
        "deletes_account": True,
    }
    assert found["blockers"] == [
        {
            "code": "sole_owner",
            "detail": "Only 'ada' owns the project 'alone' and the dataset 'mine'.",
        }
    ]
    ids = {holding["name"]: holding["id"] for holding in found["holdings"]}
    assert ids["alone"] == world.operator.ok("GET", "/projects/acme:alone")["id"]
    assert ids["mine"] == world.operator.ok("GET", "/datasets/acme:mine")["id"]
    assert ids["labelers"] == world.operator.ok("GET", "/workspaces/acme/groups/labelers")["id"]
    assert ids["tests"] == ada.key_id
    sent = {i["email"]: i["id"] for i in world.founder().ok("GET", INVITATIONS)}
    assert (ids["new@example.org"], ids["late@example.org"]) == (sent["new@example.org"], sent["late@example.org"])


def test_a_preview_says_what_passes_to_whom(world: World, ada: Person) -> None:
    found = preview(world, successor="FOUNDER")
    assert found["successor"] == "founder"
    assert found["blockers"] == []
    assert brief(found) == [
        (kind, name, role, "founder" if kind.startswith("sole") else "") for kind, name, role, _ in EVERYTHING
    ]


@pytest.mark.parametrize("params", [{}, {"successor": "founder"}])
def test_a_preview_changes_nothing(storage: Storage, world: World, ada: Person, params: dict[str, str]) -> None:
    world.founder()
    before = state(storage, world)
    preview(world, **params)
    assert state(storage, world) == before


def test_whoever_holds_nothing(world: World) -> None:
    world.operator.ok("POST", MEMBERS, json={"username": "ada"})
    assert preview(world)["holdings"] == preview(world, successor="founder")["holdings"] == []
    assert offboard(world)["holdings"] == []
    problem(world.founder().get(f"{MEMBERS}/ada"), 404, "member_not_found")


@pytest.mark.parametrize(
    ("other", "role", "sole"),
    [
        ("member", "owner", False),
        ("robot", "owner", False),
        ("member", "contributor", True),
        ("member", None, True),
    ],
)
def test_who_else_owns_a_project(world: World, other: str, role: str | None, sole: bool) -> None:
    made = own_project(world, world.add("ada", Role(workspace="member")), "alone")
    entry = {"user": world.person(other).id} | ({"role": role} if role else {})
    world.operator.ok("POST", f"/projects/{made['id']}/users", json=entry)
    kinds = [holding["kind"] for holding in preview(world)["holdings"]]
    assert ("sole_project" in kinds, "roster_entry" in kinds) == (sole, not sole)


@pytest.mark.parametrize(
    ("grantee", "permission", "sole"),
    [
        ("users/member", "MANAGE", False),
        ("users/robot@acme", "MANAGE", False),
        ("users/member", "EDIT", True),
        ("groups/labelers", "MANAGE", False),
        ("groups/labelers", "EDIT", True),
        ("groups/of-their-own", "MANAGE", True),
    ],
)
def test_who_else_manages_a_dataset(world: World, grantee: str, permission: str, sole: bool) -> None:
    world.person("member"), world.person("robot")
    world.operator.ok("POST", "/workspaces/acme/groups", json={"name": "labelers", "users": ["member"]})
    own_dataset(world, world.add("ada", Role(workspace="member")), "mine")
    world.operator.ok("POST", "/workspaces/acme/groups", json={"name": "of-their-own", "users": ["ada"]})
    permit(world, "mine", grantee, permission)
    kinds = [holding["kind"] for holding in preview(world)["holdings"]]
    assert ("sole_dataset" in kinds, "dataset_grant" in kinds) == (sole, not sole)


def test_only_what_is_open_counts_as_an_invitation(storage: Storage, world: World) -> None:
    admin = world.api("admin")
    ids = {}
    for name in ("open", "expired", "revoked", "accepted"):
        made = admin.ok("POST", INVITATIONS, json={"email": f"{name}@example.org"})
        ids[name] = made["id"]
        if name == "accepted":
            assert accept(world, made).is_success
    admin.ok("DELETE", f"{INVITATIONS}/{ids['revoked']}")
    with storage.writing() as connection:
        past = datetime.now(UTC) - timedelta(seconds=1)
        connection.execute(update(invitations).where(invitations.c.id == ids["expired"]).values(expires_at=past))
    found = brief(offboard(world, "admin"))
    assert [entry[1] for entry in found if entry[0] == "invitation_sent"] == ["open@example.org"]
    with storage.connect() as connection:
        rows = connection.execute(select(invitations.c.id, invitations.c.status)).all()
    status = {row.id: row.status for row in rows}
    assert {name: status[id_] for name, id_ in ids.items()} == {
        "open": "revoked",
        "expired": "revoked",
        "revoked": "revoked",
        "accepted": "accepted",
    }


# ---- what is done


def test_the_preview_is_what_is_done(storage: Storage, world: World, ada: Person) -> None:
    foretold = preview(world, successor="founder")
    assert offboard(world, successor="founder") == foretold
    problem(world.founder().get(f"{MEMBERS}/ada/offboarding"), 404, "member_not_found")
    with storage.connect() as connection:
        for column in references_to_accounts():
            rows = connection.execute(select(func.count()).where(column == ada.id)).scalar_one()
            assert rows == 0, column
    assert world.founder().ok("GET", INVITATIONS) == []
    assert world.operator.ok("GET", "/workspaces/acme/groups/labelers")["members_count"] == 1


def references_to_accounts() -> Iterator[Column[Any]]:
    """Every column that names an account."""
    for table in metadata.tables.values():
        for column in table.columns:
            if any(key.column.table.name == "accounts" for key in column.foreign_keys):
                yield column


def test_what_is_in_other_workspaces_stays(world: World, ada: Person) -> None:
    call = world.operator.ok
    call("POST", f"/workspaces/{ELSEWHERE}/members", json={"username": "ada"})
    api = world.http.as_key(ada.key)
    project = api.ok("POST", "/projects", json={"workspace": ELSEWHERE, "name": "there"})
    dataset = api.ok("POST", "/datasets", json={"workspace": ELSEWHERE, "name": "there"})
    call("POST", f"/workspaces/{ELSEWHERE}/groups", json={"name": "there", "users": ["ada"]})
    found = preview(world)
    assert found["deletes_account"] is False
    assert brief(found) == [entry for entry in EVERYTHING if entry[0] != "api_key"]
    done = offboard(world, successor="founder")
    assert done["deletes_account"] is False
    # The same key works on, there only.
    assert "default_workspace" not in api.ok("GET", "/me")
    assert api.ok("GET", f"/projects/{project['id']}/users/me")["role"] == "owner"
    assert api.ok("GET", f"/datasets/{dataset['id']}")["creator"]["username"] == "ada"
    assert [g["name"] for g in call("GET", f"/workspaces/{ELSEWHERE}/members/ada/groups")] == ["there"]
    for path, code in (
        ("/workspaces/acme", "workspace_not_found"),
        ("/projects/acme:alone", "project_not_found"),
        ("/datasets/acme:mine", "dataset_not_found"),
        (PROJECT_PATH, "project_not_found"),
        (DATASET_PATH, "dataset_not_found"),
    ):
        problem(api.get(path), 404, code)
    assert "creator" not in world.operator.ok("GET", "/datasets/acme:mine")
    # Whoever comes back starts anew.
    call("POST", MEMBERS, json={"username": "ada", "role": "collaborator"})
    assert brief(preview(world)) == []


def test_with_the_last_workspace_the_account_and_its_keys_go(world: World, ada: Person) -> None:
    world.operator.ok("POST", "/users/ada/api-keys", json={"name": "another"})
    done = offboard(world, successor="founder")
    assert done["deletes_account"] is True
    assert [name for kind, name, *_ in brief(done) if kind == "api_key"] == ["another", "tests"]
    problem(world.http.as_key(ada.key).get("/me"), 401, "api_key_invalid")
    # The name and the address are free again.
    world.operator.ok("POST", MEMBERS, json={"username": "ada", "email": "ada@example.org"})
    assert brief(preview(world)) == []


def test_the_operator_keeps_account_and_keys(world: World) -> None:
    world.operator.ok("POST", MEMBERS, json={"username": "local"})
    key = world.operator.ok("POST", "/users/me/api-keys", json={"name": "x"})["secret"]
    done = offboard(world, "local")
    assert (done["deletes_account"], brief(done)) == (False, [])
    assert world.http.as_key(key).ok("GET", "/me")["is_operator"] is True


def test_an_invitation_they_sent_or_have_lets_nobody_in(world: World, ada: Person) -> None:
    made = {i["email"]: i for i in world.founder().ok("GET", INVITATIONS)}
    others = world.founder().ok("POST", INVITATIONS, json={"email": "other@example.org"})
    offboard(world, successor="founder")
    problem(accept(world, made["new@example.org"]), 409, "invitation_not_pending")
    # This one went with the account, which is there no more.
    assert accept(world, made["late@example.org"]).status_code in (404, 409)
    assert [i["email"] for i in world.founder().ok("GET", INVITATIONS)] == ["other@example.org"]
    assert accept(world, others).is_success


def test_nobody_comes_back_by_an_old_invitation_to_their_address(storage: Storage, world: World) -> None:
    # It was sent before there was an account, so it names none.
    made = world.founder().ok("POST", INVITATIONS, json={"email": "outsider@example.org"})
    world.person("outsider")
    world.operator.ok("POST", MEMBERS, json={"username": "outsider"})
    with storage.writing() as connection:
        connection.execute(update(invitations).where(invitations.c.id == made["id"]).values(status="pending"))
    assert brief(offboard(world, "outsider")) == [("invitation_received", "outsider@example.org", "member", "")]
    problem(accept(world, made), 409, "invitation_not_pending")
    problem(world.api("outsider").get("/workspaces/acme"), 404, "workspace_not_found")


def test_an_event_says_so(world: World, ada: Person) -> None:
    world.operator.ok("POST", MEMBERS, json={"username": "bob"})
    offboard(world, "bob", successor="founder")
    offboard(world, successor="founder")
    last, first = world.founder().ok("GET", "/workspaces/acme/audit", params={"limit": 2})
    assert first["event"] == "Offboarded from the workspace"
    assert last["event"] == "Offboarded from the workspace: transferred what only they owned to founder"
    assert (last["action"], last["object_type"], last["object_id"]) == ("delete", "user", ada.id)


# ---- the successor


@pytest.mark.parametrize("role", ["guest", "collaborator", "member", "admin"])
@pytest.mark.parametrize("has", ["nothing", "something"])
def test_the_successor_owns_what_only_they_owned(world: World, ada: Person, role: str, has: str) -> None:
    heir = world.add("heir", Role(workspace=role))
    if has == "something":
        world.operator.ok("POST", "/projects/acme:alone/users", json={"user": "heir", "role": "viewer"})
        permit(world, "mine", "users/heir", "NO_ACCESS")
    done = offboard(world, successor=heir.id)
    assert done["successor"] == "heir"
    assert [entry for entry in brief(done) if entry[3]] == [
        ("sole_project", "alone", "owner", "heir"),
        ("sole_dataset", "mine", "MANAGE", "heir"),
    ]
    roster = world.operator.ok("GET", "/projects/acme:alone/users")
    assert [(e["username"], e["role"], e["source"]) for e in roster] == [("heir", "owner", "roster")]
    # Nothing else passes to them.
    assert brief(preview(world, "heir")) == [
        ("sole_project", "alone", "owner", ""),
        ("sole_dataset", "mine", "MANAGE", ""),
        ("api_key", "tests", "", ""),
    ]
    permission = world.operator.ok("GET", "/datasets/acme:mine/permissions/users/heir")
    assert permission["permission"] == "MANAGE"
    # It works: they hand both on.
    api = world.http.as_key(heir.key)
    api.ok("POST", "/projects/acme:alone/users", json={"user": "founder"})
    api.ok("PUT", "/datasets/acme:mine/permissions/users/founder", json={"permission": "VIEW"})


def test_of_several_things_some_go_to_who_has_something_there(world: World) -> None:
    ada, heir = world.add("ada", Role(workspace="member")), world.add("heir", Role(workspace="guest"))
    for number in range(4):
        own_project(world, ada, f"p{number}")
        own_dataset(world, ada, f"d{number}")
    for number in (1, 3):
        world.operator.ok("POST", f"/projects/acme:p{number}/users", json={"user": "heir"})
        permit(world, f"d{number}", "users/heir", "VIEW")
    offboard(world, successor="heir")
    api = world.http.as_key(heir.key)
    assert [api.ok("GET", f"/projects/acme:p{n}/users/me")["role"] for n in range(4)] == ["owner"] * 4
    found = world.operator.ok("GET", f"{MEMBERS}/heir/dataset-permissions")
    assert {d["dataset"]: d["permission"] for d in found} == {f"d{n}": "MANAGE" for n in range(4)}


def test_the_successor_may_be_whoever_asks(world: World, ada: Person) -> None:
    assert preview(world, successor="me")["successor"] == "founder"
    assert offboard(world, successor="me")["successor"] == "founder"


@pytest.mark.parametrize("successor", ["nobody", "nobody@example.org", "outsider", "robot@acme", "0" * 32])
def test_who_cannot_be_the_successor(storage: Storage, world: World, ada: Person, successor: str) -> None:
    world.person("outsider"), world.person("robot")
    founder, path = world.founder(), f"{MEMBERS}/ada/offboarding"
    before = state(storage, world)
    problem(founder.get(path, params={"successor": successor}), 404, "member_not_found")
    found = problem(founder.post(path, json={"successor": successor}), 404, "member_not_found")
    assert successor in found["detail"]
    assert state(storage, world) == before


@pytest.mark.parametrize("reference", ["username", "email", "id"])
def test_nobody_is_their_own_successor(storage: Storage, world: World, ada: Person, reference: str) -> None:
    successor = {"username": "Ada", "email": "ADA@example.org", "id": ada.id}[reference]
    founder, path = world.founder(), f"{MEMBERS}/ada/offboarding"
    before = state(storage, world)
    found = problem(founder.get(path, params={"successor": successor}), 422, "invalid_request")
    assert found["errors"][0]["pointer"] == "/query/successor"
    found = problem(founder.post(path, json={"successor": successor}), 422, "invalid_request")
    assert found["errors"][0]["pointer"] == "/body/successor"
    assert state(storage, world) == before


# ---- what it is refused for


def test_without_a_successor_nothing_is_left_behind(storage: Storage, world: World, ada: Person) -> None:
    founder = world.founder()
    blockers = preview(world)["blockers"]
    before = state(storage, world)
    found = problem(founder.post(f"{MEMBERS}/ada/offboarding", json={}), 409, "sole_owner")
    assert [{"code": found["code"], "detail": found["detail"]}] == blockers
    assert "successor" in found["hint"]
    assert state(storage, world) == before
    # Once it has another owner, it passes to nobody.
    world.operator.ok("POST", "/projects/acme:alone/users", json={"user": "founder", "role": "owner"})
    world.operator.ok("DELETE", "/datasets/acme:mine")
    assert preview(world)["blockers"] == []
    assert "successor" not in offboard(world)


def test_a_refusal_names_five(world: World) -> None:
    ada = world.add("ada", Role(workspace="member"))
    for name in ("c", "B", "a"):
        own_project(world, ada, name)
    for name in ("f", "e", "d"):
        own_dataset(world, ada, name)
    assert [b["detail"] for b in preview(world)["blockers"]] == [
        "Only 'ada' owns the project 'a', the project 'B', the project 'c', the dataset 'd', the dataset 'e' "
        "and 1 more."
    ]
    world.operator.ok("DELETE", "/datasets/acme:f")
    assert [b["detail"] for b in preview(world)["blockers"]] == [
        "Only 'ada' owns the project 'a', the project 'B', the project 'c', the dataset 'd' and the dataset 'e'."
    ]


def test_the_last_admin_stays(storage: Storage, world: World) -> None:
    founder, path = world.founder(), f"{MEMBERS}/me/offboarding"
    world.person("member")
    found = founder.ok("GET", path)
    # The founder is the only owner of the project, too.
    assert [b["code"] for b in found["blockers"]] == ["last_admin", "sole_owner"]
    assert [b["code"] for b in preview(world, "founder", successor="member")["blockers"]] == ["last_admin"]
    before = state(storage, world)
    for body in ({}, {"successor": "member"}):
        refused = problem(founder.post(path, json=body), 409, "last_admin")
        assert refused["detail"] == found["blockers"][0]["detail"]
        problem(world.operator.post(f"{MEMBERS}/founder/offboarding", json=body), 409, "last_admin")
    assert state(storage, world) == before


def test_an_admin_offboards_themselves(world: World) -> None:
    admin = world.api("admin")
    done = admin.ok("POST", f"{MEMBERS}/me/offboarding", json={})
    assert (done["username"], done["role"], done["deletes_account"]) == ("admin", "admin", True)
    problem(admin.get("/me"), 401, "api_key_invalid")
    noted = world.founder().ok("GET", "/workspaces/acme/audit", params={"limit": 1})[0]
    assert (noted["event"], noted["user"]) == ("Offboarded from the workspace", "admin@example.org")


@pytest.mark.parametrize("reference", ["nobody", "outsider", "robot@acme"])
def test_who_is_no_person_of_the_workspace(world: World, reference: str) -> None:
    world.person("outsider"), world.person("robot")
    path = f"{MEMBERS}/{reference}/offboarding"
    problem(world.founder().get(path), 404, "member_not_found")
    problem(world.founder().post(path, json={}), 404, "member_not_found")


def test_a_repeated_request_gets_the_same_answer(world: World, ada: Person) -> None:
    founder, path, headers = world.founder(), f"{MEMBERS}/ada/offboarding", {"Idempotency-Key": "once"}
    first = founder.post(path, json={"successor": "founder"}, headers=headers)
    again = founder.post(path, json={"successor": "founder"}, headers=headers)
    assert first.status_code == again.status_code == 200
    assert first.json() == again.json()
    assert again.headers["idempotent-replayed"] == "true"


def test_leaving_in_the_plain_way_takes_grants_too(storage: Storage, world: World, ada: Person) -> None:
    world.operator.ok("POST", f"/workspaces/{ELSEWHERE}/members", json={"username": "ada"})
    world.founder().ok("DELETE", f"{MEMBERS}/ada")
    with storage.connect() as connection:
        for column in (dataset_user_grants.c.account_id, datasets.c.creator_id):
            assert connection.execute(select(func.count()).where(column == ada.id)).scalar_one() == 0
    world.operator.ok("POST", MEMBERS, json={"username": "ada"})
    problem(world.http.as_key(ada.key).get("/datasets/acme:mine"), 404, "dataset_not_found")


# ---- much


def hold(storage: Storage, world: World, account: str, prefix: str, count: int) -> None:
    """Give an account as many things of every kind, half of the projects and datasets to them alone."""
    workspace, now = world.workspace["id"], datetime.now(UTC)
    common = {"workspace_id": workspace, "created_at": now}
    with storage.connect() as connection:
        name_key = connection.execute(
            select(project_users.c.username_key).where(project_users.c.project_id == world.project["id"])
        ).scalar_one()
        founder = connection.execute(
            select(project_users.c.account_id).where(project_users.c.project_id == world.project["id"])
        ).scalar_one()
    rows: dict[str, list[dict[str, Any]]] = {t.name: [] for t in TABLES}
    for number in range(count):
        name, id_ = f"{prefix}-{number}", new_id()
        named = {**common, "id": id_, "name": name, "name_key": name}
        people = [account] if number % 2 else [account, founder]
        rows["projects"].append(
            named
            | {"handle": name, "key": f"{prefix}{number}", "visibility": "private", "roster_policy": "owners"}
            | {"description": "", "updated_at": now}
        )
        rows["project_users"] += [
            {"project_id": id_, "account_id": person, "workspace_id": workspace, "kind": "user"}
            | {"username_key": name_key if person == founder else "ada", "role": "owner", "added_at": now}
            for person in people
        ]
        rows["datasets"].append(named | {"default_permission": "NO_ACCESS", "creator_id": account})
        rows["dataset_user_grants"] += [
            {"dataset_id": id_, "account_id": person, "workspace_id": workspace, "permission": "MANAGE"}
            for person in people
        ]
        rows["groups"].append(named | {"description": ""})
        rows["group_members"].append(
            {"group_id": id_, "account_id": account, "workspace_id": workspace, "username_key": "ada"}
        )
        rows["invitations"].append(
            common
            | {"id": id_, "email": f"{name}@example.org", "invitee_key": f"{name}@example.org", "role": "guest"}
            | {"add_to_all_projects": False, "status": "pending", "created_by": account}
            | {"expires_at": now + timedelta(days=1)}
        )
    with storage.writing() as connection:
        for table in TABLES:
            connection.execute(insert(table), rows[table.name])


TABLES = [projects, project_users, datasets, dataset_user_grants, groups, group_members, invitations]


def answer_and_statements(storage: Storage, request: httpx.Request, api: Api) -> tuple[httpx.Response, list[str]]:
    """An answer and what the database was sent for it; what comes with many rows of values counts as many."""
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, values: Any, _context: Any, many: bool) -> None:
        sent.extend([statement] * (len(values) if many else 1))

    event.listen(storage.engine, "before_cursor_execute", note)
    answer = api.send(request)
    event.remove(storage.engine, "before_cursor_execute", note)
    return answer, sent


def test_a_thousand_of_everything_take_as_many_statements_as_one(storage: Storage, world: World) -> None:
    # The operator, who calls without a key: noting when one was used last takes statements, too.
    api, path, body = world.operator, f"{MEMBERS}/ada/offboarding", {"successor": "heir"}
    heir = world.add("heir", Role(workspace="guest"))
    sent = {}
    for prefix, count in (("few", 2), ("many", 1000)):
        ada = world.add("ada", Role(workspace="admin"))
        hold(storage, world, ada.id, prefix, count)
        look, do = api.build_request("GET", path, params=body), api.build_request("POST", path, json=body)
        foretold, looking = answer_and_statements(storage, look, api)
        done, doing = answer_and_statements(storage, do, api)
        sent[prefix] = (looking, doing)
        assert done.status_code == 200, done.text
        assert done.json() == foretold.json()
        kinds = Counter(kind for kind, *_ in brief(done.json()))
        assert kinds == {
            "sole_project": count // 2,
            "sole_dataset": count // 2,
            "roster_entry": count // 2,
            "group": count,
            "dataset_grant": count // 2,
            "api_key": 1,
            "invitation_sent": count,
        }
    assert sent["many"] == sent["few"]
    mine = Counter(kind for kind, *_ in brief(preview(world, "heir")))
    assert mine == {"sole_project": 501, "sole_dataset": 501, "api_key": 1}
    assert len(world.http.as_key(heir.key).everything("/datasets", workspace="acme", limit=500)) == 501
