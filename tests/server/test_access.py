"""Who may do what, and why: what is listed and explained is what is enforced."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.support.api import Api
from tests.support.problems import problem
from tests.support.server import paging
from tests.support.world import DATASET_PATH, ELSEWHERE, PROJECT_PATH, ROLES, Role, World

ACCESS = "/workspaces/acme/access"
DATASET, PROJECT = f"{DATASET_PATH}/access", f"{PROJECT_PATH}/access"
INSIDE = [name for name, role in ROLES.items() if role.workspace is not None]


def considered(explanation: dict[str, Any]) -> list[tuple[str, ...]]:
    """Rule, role and perhaps the group of everything that was considered; only the first decides."""
    found = explanation["considered"]
    assert [c["decides"] for c in found] == [number == 0 for number in range(len(found))]
    if found:
        told = {name: explanation.get(name) for name in ("rule", "role", "group")}
        assert told == {name: found[0].get(name) for name in ("rule", "role", "group")}
    return [tuple(c[name] for name in ("rule", "role", "group") if name in c) for c in found]


def fill(world: World) -> None:
    """Everybody, and more than one dataset and project."""
    for name in INSIDE:
        world.person(name)
    founder = world.founder()
    founder.ok("POST", "/datasets", json={"workspace": "acme", "name": "faces", "default_permission": "TAG"})
    for name, visibility in (("open", "workspace"), ("shop window", "public")):
        founder.ok("POST", "/projects", json={"workspace": "acme", "name": name, "visibility": visibility})
    for where in ("/projects/acme:open", "/projects/acme:shop window"):
        founder.ok("POST", f"{where}/users", json={"user": "viewer", "role": "contributor"})
        founder.ok("POST", f"{where}/users", json={"user": "listed"})


def test_a_request_looks_at_no_more_than_it_may(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(world)
    founder = world.founder()
    lists: dict[str, dict[str, Any]] = {
        ACCESS: {"granted": "true"},
        f"{DATASET_PATH}/permissions": {},
        "/datasets": {"workspace": "acme"},
        "/workspaces/acme/members/denied/dataset-permissions": {},
    }
    whole = {path: founder.ok("GET", path, params={**asked, "limit": 500}) for path, asked in lists.items()}
    monkeypatch.setattr(paging, "MOST_LOOKED_AT", 2)
    for path, asked in lists.items():
        assert founder.everything(path, **asked, limit=5) == whole[path], path
    pages = list(founder.pages(ACCESS, granted="true", limit=5))
    assert max(map(len, pages)) == 2
    assert [] in pages  # and the list goes on behind it


# ---- one with one


def test_everything_about_a_dataset_is_considered(world: World) -> None:
    founder, member = world.founder(), world.person("member")
    assert world.dataset["name"] == "images"
    permissions = f"{DATASET_PATH}/permissions"
    assert considered(founder.ok("GET", f"{DATASET}/member")) == [("default", "NO_ACCESS")]
    founder.ok("PUT", f"{permissions}/default", json={"permission": "EDIT"})
    for name, permission in (("a", "VIEW"), ("b", "MANAGE"), ("c", "EDIT")):
        founder.ok("POST", "/workspaces/acme/groups", json={"name": name, "users": ["member"]})
        founder.ok("PUT", f"{permissions}/groups/{name}", json={"permission": permission})
    shared = [("group_grant", "MANAGE", "b"), ("group_grant", "EDIT", "c"), ("default", "EDIT")]
    shared += [("group_grant", "VIEW", "a")]
    assert considered(founder.ok("GET", f"{DATASET}/member")) == shared
    founder.ok("PUT", f"{permissions}/users/member", json={"permission": "TAG"})
    told = founder.ok("GET", f"{DATASET}/{member.id}")
    assert considered(told) == [("own_grant", "TAG"), *shared]
    assert {name: told[name] for name in told.keys() - {"considered"}} == {
        "object_type": "dataset",
        "object_id": world.dataset["id"],
        "object_name": "images",
        "workspace": "acme",
        "user_id": member.id,
        "username": "member",
        "kind": "user",
        "workspace_role": "member",
        "role": "TAG",
        "rule": "own_grant",
    }
    founder.ok("PATCH", "/workspaces/acme/members/member", json={"role": "admin"})
    of_groups = [rule for rule in shared if rule[0] == "group_grant"]
    expected = [("admin", "MANAGE"), ("own_grant", "TAG"), *of_groups]
    assert considered(founder.ok("GET", f"{DATASET}/member")) == expected
    founder.ok("PATCH", "/workspaces/acme/members/member", json={"role": "guest"})
    assert considered(founder.ok("GET", f"{DATASET}/member")) == expected[1:]


@pytest.mark.parametrize(
    ("who", "visibility", "expected"),
    [
        ("member", "private", []),
        ("listed", "private", []),
        ("viewer", "private", [("roster", "viewer")]),
        ("admin", "private", [("admin", "owner")]),
        ("robot_owner", "private", [("roster", "owner")]),
        ("member", "workspace", [("visibility", "owner")]),
        ("robot", "workspace", [("visibility", "owner")]),
        ("robot_owner", "workspace", [("roster", "owner"), ("visibility", "owner")]),
        ("viewer", "workspace", [("roster", "viewer")]),
        ("guest", "workspace", []),
        ("guest", "public", [("public", "viewer")]),
        ("listed", "public", [("public", "viewer")]),
        ("viewer", "public", [("roster", "viewer"), ("public", "viewer")]),
        ("contributor", "public", [("roster", "contributor"), ("public", "viewer")]),
        ("member", "public", [("visibility", "owner"), ("public", "viewer")]),
        ("admin", "public", [("admin", "owner"), ("visibility", "owner"), ("public", "viewer")]),
    ],
)
def test_everything_about_a_project_is_considered(
    world: World, who: str, visibility: str, expected: list[tuple[str, str]]
) -> None:
    founder, person = world.founder(), world.person(who)
    founder.ok("PATCH", PROJECT_PATH, json={"visibility": visibility})
    told = founder.ok("GET", f"{PROJECT}/{person.id}")
    assert considered(told) == expected
    assert (told["object_type"], told["object_id"], told["object_name"]) == ("project", world.project["id"], "churn")
    assert told["workspace_role"] == ROLES[who].workspace
    assert told["kind"] == ROLES[who].kind
    if not expected:
        assert told["rule"] == "none"
        assert "role" not in told


def test_the_operator_asks_about_themselves(world: World) -> None:
    assert world.dataset["name"] == "images"
    for path, role in ((DATASET, "MANAGE"), (PROJECT, "owner")):
        told = world.operator.ok("GET", f"{path}/me")
        assert considered(told) == [("operator", role)]
        assert told["workspace_role"] == "admin"
        # To others they are not in the workspace.
        problem(world.founder().get(f"{path}/local"), 404, "member_not_found")
    world.operator.ok("POST", "/workspaces/acme/members", json={"username": "local", "role": "admin"})
    assert considered(world.founder().ok("GET", f"{DATASET}/local"))[0] == ("admin", "MANAGE")


def test_a_stranger_asks_about_themselves_in_a_public_project(world: World) -> None:
    outsider = world.api("outsider")
    problem(outsider.get(f"{PROJECT}/me"), 404, "project_not_found")
    world.founder().ok("PATCH", PROJECT_PATH, json={"visibility": "public"})
    told = outsider.ok("GET", f"{PROJECT}/me")
    assert considered(told) == [("public", "viewer")]
    assert "workspace_role" not in told
    problem(outsider.get(f"{PROJECT}/founder"), 403, "forbidden")
    problem(world.http.anonymous().get(f"{PROJECT}/me"), 401, "unauthenticated")


def test_whom_there_is_nothing_to_say_about(world: World) -> None:
    assert world.dataset["name"] == "images"
    for user in ("nobody", world.person("outsider").id, "robot_elsewhere@elsewhere", "0" * 32):
        for path in (DATASET, PROJECT):
            problem(world.founder().get(f"{path}/{user}"), 404, "member_not_found")


# ---- everyone × everything


def test_everyone_and_everything_is_listed_in_order(world: World) -> None:
    fill(world)
    world.founder().ok("PATCH", "/projects/acme:open", json={"archived": True})
    entries = world.api("admin").everything(ACCESS, limit=7)
    usernames = sorted([*(world.person(name).username for name in INSIDE), "founder"])
    objects = [("dataset", "images"), ("dataset", "faces")]
    # The dataset is older than those that were filled in, the project than all of them.
    objects += [("project", "churn"), ("project", "open"), ("project", "shop window")]
    told = [(e["object_type"], e["object_name"], e["username"]) for e in entries]
    assert told == [(*found, username) for found in objects for username in usernames]
    kinds = {e["username"]: e["kind"] for e in entries}
    assert {u for u, kind in kinds.items() if kind == "service_account"} == {"robot@acme", "robot_owner@acme"}


def test_the_list_says_what_the_explanations_say(world: World) -> None:
    fill(world)
    founder = world.founder()
    for entry in founder.everything(ACCESS, limit=500):
        told = founder.ok("GET", f"/{entry['object_type']}s/{entry['object_id']}/access/{entry['user_id']}")
        assert {name: told[name] for name in told.keys() - {"considered", "workspace", "workspace_role"}} == entry


def test_the_list_says_what_the_other_lists_say(world: World) -> None:
    fill(world)
    founder = world.founder()
    entries = founder.everything(ACCESS, limit=500)
    for dataset in founder.everything("/datasets"):
        listed = founder.everything(f"/datasets/{dataset['id']}/permissions")
        assert {(e["username"], e["permission"], e["rule"], e.get("group")) for e in listed} == {
            (e["username"], e["role"], e["rule"], e.get("group"))
            for e in entries
            if e["object_id"] == dataset["id"] and e["role"] != "NO_ACCESS"
        }
    for name in INSIDE:
        visible = {d["id"] for d in world.api(name).everything("/datasets")}
        of_person = [e for e in entries if e["user_id"] == world.person(name).id]
        assert visible == {e["object_id"] for e in of_person if e.get("role") in ("VIEW", "TAG", "EDIT", "MANAGE")}
        projects = {p["id"] for p in world.api(name).everything("/projects")}
        # Who is on a roster without a role finds the project there; who only comes in with the public does not.
        if name != "listed":
            counted = {e["object_id"] for e in of_person if e["object_type"] == "project" and "role" in e}
            assert projects == counted - {e["object_id"] for e in of_person if e["rule"] == "public"}, name


def narrow(world: World) -> Iterator[tuple[dict[str, str], dict[str, str]]]:
    """Questions, and what each entry of the answer must have."""
    images, member = world.dataset["id"], world.person("member").id
    for user in ("member", "MEMBER@example.org", member):
        yield {"user": user}, {"user_id": member}
    for dataset in (images, "acme:images", "acme:IMAGES", f"{world.workspace['id']}:images"):
        yield {"dataset": dataset}, {"object_type": "dataset", "object_id": images}
    for project in (world.project["id"], "acme:churn", world.project["handle"]):
        yield {"project": project}, {"object_type": "project", "object_id": world.project["id"]}
    yield {"user": "robot@acme"}, {"username": "robot@acme"}
    yield {"user": "member", "dataset": images}, {"user_id": member, "object_id": images}
    yield {"user": "member", "project": "acme:churn"}, {"user_id": member, "object_id": world.project["id"]}


@pytest.mark.parametrize("granted", [None, "true", "false"])
def test_the_list_is_narrowed(world: World, granted: str | None) -> None:
    fill(world)
    founder = world.founder()
    whole = founder.everything(ACCESS, limit=500)
    if granted == "true":
        whole = [e for e in whole if e.get("role", "NO_ACCESS") != "NO_ACCESS"]
    more = {} if granted is None else {"granted": granted}
    assert founder.everything(ACCESS, **more) == whole
    for question, has in narrow(world):
        expected = [e for e in whole if has.items() <= e.items()]
        assert founder.everything(ACCESS, **question, **more) == expected, question
        assert founder.everything(ACCESS, **question, **more, limit=2) == expected, question
    both = {"dataset": "acme:images", "project": "acme:churn"}
    expected = [e for e in whole if e["object_name"] in ("images", "churn")]
    assert founder.everything(ACCESS, **both, **more, limit=3) == expected


def test_what_the_list_cannot_be_narrowed_to(world: World) -> None:
    founder = world.founder()
    founder.ok("POST", "/datasets", json={"workspace": ELSEWHERE, "name": "theirs"})
    founder.ok("POST", "/projects", json={"workspace": ELSEWHERE, "name": "theirs", "visibility": "public"})
    world.person("outsider")
    for name, value, code in (
        ("user", "nobody", "member_not_found"),
        ("user", "outsider", "member_not_found"),
        ("project", "acme:nothing", "project_not_found"),
        ("project", "elsewhere:theirs", "project_not_found"),
        ("dataset", "acme:nothing", "dataset_not_found"),
        ("dataset", "elsewhere:theirs", "dataset_not_found"),
    ):
        problem(founder.get(ACCESS, params={name: value}), 404, code)
    problem(founder.get(ACCESS, params={"granted": "maybe"}), 422, "invalid_request")


def test_workspaces_are_apart(world: World) -> None:
    fill(world)
    founder = world.founder()
    founder.ok("POST", "/datasets", json={"workspace": ELSEWHERE, "name": "theirs"})
    entries = founder.everything(f"/workspaces/{ELSEWHERE}/access")
    assert [(e["object_name"], e["username"]) for e in entries] == [("theirs", "founder")]
    assert "theirs" not in {e["object_name"] for e in founder.everything(ACCESS, limit=500)}


# ---- what is enforced


@pytest.mark.parametrize(
    ("visibility", "default"), [("private", "NO_ACCESS"), ("workspace", "EDIT"), ("public", "VIEW")]
)
def test_what_is_listed_is_enforced(world: World, visibility: str, default: str) -> None:
    for name in INSIDE:
        world.person(name)
    founder = world.founder()
    founder.ok("PATCH", PROJECT_PATH, json={"visibility": visibility})
    founder.ok("PUT", f"{DATASET_PATH}/permissions/default", json={"permission": default})
    entries = {
        (e["object_type"], e["user_id"]): (e.get("role"), e["rule"]) for e in founder.everything(ACCESS, limit=500)
    }
    for name in INSIDE:
        api, person = world.api(name), world.person(name)
        permission, _ = entries["dataset", person.id]
        assert enforced_on_dataset(api, default) == EXPECTED[permission], (name, permission)
        role, rule = entries["project", person.id]
        expected = PUBLIC if rule == "public" else LISTED if name == "listed" else EXPECTED[role]
        assert enforced_on_project(api) == expected, (name, role, rule)


EXPECTED = {
    "NO_ACCESS": (404, 404),
    "VIEW": (200, 403),
    "TAG": (200, 403),
    "EDIT": (200, 403),
    "MANAGE": (200, 200),
    None: (404, 404, 404),
    "viewer": (200, 200, 403),
    "contributor": (200, 200, 403),
    "owner": (200, 200, 200),
}
LISTED, PUBLIC = (403, 403, 403), (200, 403, 403)


def enforced_on_dataset(api: Api, default: str) -> tuple[int, ...]:
    """Reading, and a write that changes nothing."""
    path = f"{DATASET_PATH}/permissions/default"
    return api.get(DATASET_PATH).status_code, api.put(path, json={"permission": default}).status_code


def enforced_on_project(api: Api) -> tuple[int, ...]:
    """Reading, reading what is not public, and a write that changes nothing."""
    body = {"archived": False}
    answers = (api.get(PROJECT_PATH), api.get(f"{PROJECT_PATH}/audit"), api.patch(PROJECT_PATH, json=body))
    return tuple(answer.status_code for answer in answers)


def test_an_account_in_two_workspaces_is_told_apart(world: World) -> None:
    founder = world.founder()
    both = world.add("both", Role(workspace="member", dataset="TAG"))
    world.operator.ok("POST", f"/workspaces/{ELSEWHERE}/members", json={"username": "both", "role": "admin"})
    theirs = founder.ok("POST", "/datasets", json={"workspace": ELSEWHERE, "name": "theirs"})
    for path, rule in ((DATASET_PATH, "own_grant"), (f"/datasets/{theirs['id']}", "admin")):
        assert founder.ok("GET", f"{path}/access/{both.id}")["rule"] == rule
    assert world.http.as_key(both.key).ok("GET", f"/datasets/{theirs['id']}/access/me")["role"] == "MANAGE"
