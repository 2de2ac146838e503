"""Datasets, and who was granted what on them."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.support.api import Api
from tests.support.problems import problem
from tests.support.world import DATASET_PATH, ELSEWHERE, ROLES, Role, World

USERS = f"{DATASET_PATH}/permissions/users"
GROUPS = f"{DATASET_PATH}/permissions/groups"
INVITATIONS = "/workspaces/acme/invitations"
ADA = "ada@example.net"


def create(api: Api, name: str, **body: Any) -> dict[str, Any]:
    made: dict[str, Any] = api.ok("POST", "/datasets", json={"workspace": "acme", "name": name, **body})
    return made


def grant(world: World, to: str, permission: str, dataset: str = DATASET_PATH) -> None:
    world.founder().ok("PUT", f"{dataset}/permissions/users/{to}", json={"permission": permission})


def make_group(world: World, name: str, *users: str) -> str:
    made: dict[str, str] = world.founder().ok("POST", "/workspaces/acme/groups", json={"name": name, "users": users})
    return made["id"]


def permission_of(world: World, user: str, dataset: str = DATASET_PATH) -> tuple[str, str]:
    """What somebody may do, and why."""
    found = world.founder().ok("GET", f"{dataset}/permissions/users/{user}")
    return found["permission"], found["rule"]


@pytest.fixture
def images(world: World) -> dict[str, Any]:
    """The dataset `images`."""
    return world.dataset


# ---- datasets


def test_whoever_creates_a_dataset_manages_it(world: World) -> None:
    member = world.api("member")
    made = create(member, "Faces 2")
    assert (made["workspace"], made["name"], made["default_permission"]) == ("acme", "Faces 2", "NO_ACCESS")
    assert (made["creator"]["username"], made["creator"]["role"]) == ("member", "member")
    assert member.ok("GET", f"/datasets/{made['id']}") == made
    assert permission_of(world, "member", f"/datasets/{made['id']}") == ("MANAGE", "own_grant")
    member.ok("DELETE", f"/datasets/{made['id']}")
    problem(member.get(f"/datasets/{made['id']}"), 404, "dataset_not_found")


def test_the_operator_has_no_grant_where_they_are_not_a_member(world: World) -> None:
    made = create(world.operator, "faces")
    assert "creator" not in made
    world.operator.ok("POST", "/workspaces/acme/members", json={"username": "local", "role": "guest"})
    access = world.founder().ok("GET", f"/datasets/{made['id']}/access/local")
    assert [rule["rule"] for rule in access["considered"]] == ["operator"]


@pytest.mark.parametrize("default", ["NO_ACCESS", "TAG"])
def test_the_default_permission_is_that_of_the_workspace(world: World, default: str) -> None:
    founder = world.founder()
    before = create(founder, "before")
    founder.ok("PATCH", "/workspaces/acme/settings", json={"default_dataset_permission": default})
    assert create(founder, "after")["default_permission"] == default
    assert create(founder, "given", default_permission="VIEW")["default_permission"] == "VIEW"
    assert founder.ok("GET", f"/datasets/{before['id']}")["default_permission"] == "NO_ACCESS"
    elsewhere = founder.ok("POST", "/datasets", json={"workspace": ELSEWHERE, "name": "after"})
    assert elsewhere["default_permission"] == "NO_ACCESS"


def test_a_name_is_taken_whatever_the_case(world: World, images: dict[str, Any]) -> None:
    founder = world.founder()
    for name in ("images", "IMAGES", "Images", "me", "Actions", "0123456789abcdef0123456789ABCDEF"):
        problem(founder.post("/datasets", json={"workspace": "acme", "name": name}), 409, "dataset_name_taken")
    founder.ok("POST", "/datasets", json={"workspace": ELSEWHERE, "name": "images"})
    founder.ok("DELETE", DATASET_PATH)
    assert create(founder, "IMAGES")["id"] != images["id"]


@pytest.mark.parametrize("name", ["", " ", "a/b", "a:b", " a", "a ", "-a", "_a", "ä", "🚀", "a\nb", "x" * 129])
def test_names_that_no_dataset_can_have(world: World, name: str) -> None:
    problem(world.founder().post("/datasets", json={"workspace": "acme", "name": name}), 422, "invalid_request")


def test_how_a_dataset_is_named(world: World, images: dict[str, Any]) -> None:
    grant(world, world.person("member").id, "VIEW")
    member = world.api("member")
    workspace = world.workspace["id"]
    for reference in (
        images["id"],
        "acme:images",
        "ACME:Images",
        "images",
        "IMAGES",
        "~:images",
        f"{workspace}:images",
    ):
        assert member.ok("GET", f"/datasets/{reference}")["id"] == images["id"], reference
    for reference in ("elsewhere:images", "nothing:images", "acme:nothing", ":images", "acme:", "0" * 32):
        problem(member.get(f"/datasets/{reference}"), 404, "dataset_not_found")
    # A bare name is looked for in the default workspace, which is another here.
    world.operator.ok("POST", "/workspaces/acme/members", json={"username": world.person("outsider").username})
    grant(world, "outsider", "VIEW")
    assert world.api("outsider").ok("GET", DATASET_PATH)["name"] == "images"
    problem(world.api("outsider").get("/datasets/images"), 404, "dataset_not_found")


def test_the_address_of_the_creator_is_for_admins(world: World) -> None:
    create(world.api("member"), "faces", default_permission="VIEW")
    for who, shown in (("admin", True), ("operator", True), ("member", True), ("robot", False), ("denied", False)):
        creator = world.api(who).ok("GET", "/datasets/acme:faces")["creator"]
        assert ("email" in creator) == shown, who
        listed = world.api(who).ok("GET", "/datasets", params={"workspace": "acme"})
        assert next(d["creator"] for d in listed if d["name"] == "faces") == creator


def test_a_dataset_outlives_its_creator(world: World) -> None:
    made = create(world.api("member"), "faces")
    founder = world.founder()
    founder.ok("DELETE", "/workspaces/acme/members/member")
    assert "creator" not in founder.ok("GET", f"/datasets/{made['id']}")
    # Not even where somebody else has the name now.
    world.operator.ok("POST", "/workspaces/acme/members", json={"username": "member"})
    assert "creator" not in founder.ok("GET", f"/datasets/{made['id']}")
    assert permission_of(world, "member", f"/datasets/{made['id']}")[0] == "NO_ACCESS"


@pytest.mark.parametrize("default", ["NO_ACCESS", "VIEW"])
def test_who_sees_a_dataset(world: World, images: dict[str, Any], default: str) -> None:
    world.founder().ok("PUT", f"{DATASET_PATH}/permissions/default", json={"permission": default})
    seen = {"looker", "tagger", "editor", "manager", "grouped", "admin", "operator"}
    if default == "VIEW":
        seen |= {"member", "robot", "robot_owner"}
    for who, role in ROLES.items():
        api = world.api(who)
        if role.kind == "nobody":
            problem(api.get("/datasets"), 401, "unauthenticated")
            continue
        assert (api.get(DATASET_PATH).status_code == 200) == (who in seen), who
        listed = api.ok("GET", "/datasets")
        assert listed == ([api.ok("GET", DATASET_PATH)] if who in seen else []), who
        of_workspace = api.get("/datasets", params={"workspace": "acme"})
        if role.workspace is None and role.kind != "operator":
            problem(of_workspace, 404, "workspace_not_found")
        else:
            assert of_workspace.json() == listed, who


def test_datasets_are_listed_by_workspace_and_age(world: World) -> None:
    founder = world.founder()
    for where, name in (("acme", "z"), (ELSEWHERE, "y"), ("acme", "a"), (ELSEWHERE, "b")):
        founder.ok("POST", "/datasets", json={"workspace": where, "name": name})
    listed = [(d["workspace"], d["name"]) for d in founder.ok("GET", "/datasets")]
    assert listed == [("elsewhere", "y"), ("elsewhere", "b"), ("acme", "z"), ("acme", "a")]
    for where, expected in (("acme", ["z", "a"]), (ELSEWHERE, ["y", "b"])):
        assert [d["name"] for d in founder.ok("GET", "/datasets", params={"workspace": where})] == expected


def test_a_deleted_dataset_takes_everything_granted_along(world: World, images: dict[str, Any]) -> None:
    founder = world.founder()
    grant(world, world.person("member").id, "EDIT")
    make_group(world, "labelers", "member")
    founder.ok("PUT", f"{GROUPS}/labelers", json={"permission": "TAG"})
    founder.ok("PUT", f"{USERS}/{ADA}", json={"permission": "EDIT", "invite": True})
    world.api("manager").ok("DELETE", DATASET_PATH)
    again = create(founder, "images")
    assert permission_of(world, "member")[0] == permission_of(world, "manager")[0] == "NO_ACCESS"
    assert founder.ok("GET", GROUPS) == []
    assert founder.ok("GET", "/workspaces/acme/groups/labelers/dataset-permissions") == []
    assert founder.ok("GET", "/workspaces/acme/members/member/dataset-permissions") == []
    assert not founder.ok("GET", INVITATIONS)[0].get("dataset_grants")
    assert [d["id"] for d in founder.ok("GET", "/datasets")] == [again["id"]]


# ---- what counts

PRECEDENCE = [
    # workspace role, own grant, grants of groups, default; what they may do, why, by which group
    ("member", None, [], "NO_ACCESS", "NO_ACCESS", "default", None),
    ("member", None, [], "TAG", "TAG", "default", None),
    ("member", None, ["VIEW"], "TAG", "TAG", "default", None),
    ("member", None, ["EDIT"], "TAG", "EDIT", "group_grant", "g0"),
    ("member", None, ["TAG"], "TAG", "TAG", "group_grant", "g0"),
    ("member", None, ["VIEW", "MANAGE", "TAG"], "EDIT", "MANAGE", "group_grant", "g1"),
    ("member", None, ["EDIT", "EDIT"], "VIEW", "EDIT", "group_grant", "g0"),
    ("member", None, ["NO_ACCESS"], "VIEW", "VIEW", "default", None),
    ("member", "VIEW", ["MANAGE"], "EDIT", "VIEW", "own_grant", None),
    ("member", "NO_ACCESS", ["MANAGE"], "MANAGE", "NO_ACCESS", "own_grant", None),
    ("member", "MANAGE", [], "NO_ACCESS", "MANAGE", "own_grant", None),
    ("collaborator", None, [], "MANAGE", "NO_ACCESS", "none", None),
    ("collaborator", None, ["VIEW"], "MANAGE", "VIEW", "group_grant", "g0"),
    ("collaborator", "EDIT", ["VIEW"], "MANAGE", "EDIT", "own_grant", None),
    ("guest", None, [], "MANAGE", "NO_ACCESS", "none", None),
    ("guest", None, ["NO_ACCESS"], "MANAGE", "NO_ACCESS", "group_grant", "g0"),
    ("guest", "MANAGE", [], "NO_ACCESS", "MANAGE", "own_grant", None),
    ("admin", "NO_ACCESS", ["VIEW"], "NO_ACCESS", "MANAGE", "admin", None),
    ("service_account", None, [], "NO_ACCESS", "NO_ACCESS", "default", None),
    ("service_account", None, [], "EDIT", "EDIT", "default", None),
    ("service_account", "NO_ACCESS", [], "EDIT", "NO_ACCESS", "own_grant", None),
    ("service_account", "MANAGE", [], "EDIT", "MANAGE", "own_grant", None),
]


@pytest.mark.parametrize(("role", "own", "groups", "default", "expected", "rule", "group"), PRECEDENCE)
def test_what_counts(
    world: World, role: str, own: str | None, groups: list[str], default: str, expected: str, rule: str,
    group: str | None,
) -> None:  # fmt: skip
    founder = world.founder()
    made = create(founder, "faces", default_permission=default)
    path = f"/datasets/{made['id']}"
    robot = role == "service_account"
    who = world.add("who", Role("service_account", workspace="member") if robot else Role(workspace=role))
    for number, permission in enumerate(groups):
        make_group(world, f"g{number}", who.id)
        founder.ok("PUT", f"{path}/permissions/groups/g{number}", json={"permission": permission})
    if own is not None:
        grant(world, who.id, own, path)
    told = founder.ok("GET", f"{path}/permissions/users/{who.id}")
    assert (told["permission"], told["rule"], told.get("group")) == (expected, rule, group)
    api = world.http.as_key(who.key)
    if expected == "NO_ACCESS":
        problem(api.get(path), 404, "dataset_not_found")
        problem(api.delete(path), 404, "dataset_not_found")
    elif expected == "MANAGE":
        api.ok("GET", path)
        api.ok("DELETE", path)
    else:
        api.ok("GET", path)
        problem(api.delete(path), 403, "forbidden")


def test_a_grant_is_set_changed_and_taken_back(world: World, images: dict[str, Any]) -> None:
    member, manager = world.person("member"), world.api("manager")
    for permission in ("VIEW", "MANAGE", "NO_ACCESS", "EDIT"):
        given = manager.ok("PUT", f"{USERS}/member", json={"permission": permission})
        assert given == {
            "dataset_id": images["id"],
            "dataset": "images",
            "user_id": member.id,
            "username": "member",
            "permission": permission,
        }
        assert permission_of(world, "member@example.org") == (permission, "own_grant")
    manager.ok("PUT", f"{DATASET_PATH}/permissions/default", json={"permission": "VIEW"})
    assert world.api("member").ok("GET", DATASET_PATH)["default_permission"] == "VIEW"
    manager.ok("DELETE", f"{USERS}/{member.id}")
    assert permission_of(world, "member") == ("VIEW", "default")
    problem(manager.delete(f"{USERS}/member"), 404, "grant_not_found")
    assert (
        manager.ok("PUT", f"{USERS}/{world.person('robot').username}", json={"permission": "TAG"})["permission"]
        == "TAG"
    )


def test_a_group_is_granted_something(world: World, images: dict[str, Any]) -> None:
    manager, founder = world.api("manager"), world.founder()
    world.person("guest")
    group = make_group(world, "Labelers", "guest")
    nothing = {"dataset_id": images["id"], "dataset": "images", "group_id": group, "group": "Labelers"}
    assert founder.ok("GET", f"{GROUPS}/labelers") == {**nothing, "permission": "NO_ACCESS"}
    problem(founder.delete(f"{GROUPS}/labelers"), 404, "grant_not_found")
    # Whoever only manages the dataset cannot find out by their names which groups there are.
    refused = [
        problem(manager.put(f"{GROUPS}/{name}", json={"permission": "VIEW"})) for name in ("labelers", "labelerz")
    ]
    there, not_there = ({k: v for k, v in each.items() if k != "request_id"} for each in refused)
    assert there == {**not_there, "detail": not_there["detail"].replace("labelerz", "labelers")}
    problem(manager.delete(f"{GROUPS}/labelers"), 404, "group_not_found")
    manager.ok("PUT", f"{GROUPS}/{group}", json={"permission": "TAG"})
    for permission in ("VIEW", "MANAGE", "EDIT"):
        given = manager.ok("PUT", f"{GROUPS}/LABELERS", json={"permission": permission})
        assert given == {**nothing, "permission": permission} == founder.ok("GET", f"{GROUPS}/{group}")
    assert founder.ok("GET", GROUPS) == [given]
    assert founder.ok("GET", "/workspaces/acme/groups/labelers/dataset-permissions") == [given]
    assert permission_of(world, "guest") == ("EDIT", "group_grant")
    manager.ok("DELETE", f"{GROUPS}/{group}")
    assert founder.ok("GET", GROUPS) == []
    problem(world.api("guest").get(DATASET_PATH), 404, "dataset_not_found")
    problem(manager.put(f"{GROUPS}/nothing", json={"permission": "VIEW"}), 404, "group_not_found")


def test_groups_of_another_workspace_are_granted_nothing(world: World, images: dict[str, Any]) -> None:
    founder = world.founder()
    made = founder.ok("POST", f"/workspaces/{ELSEWHERE}/groups", json={"name": "strangers"})
    for group in ("strangers", made["id"]):
        problem(founder.put(f"{GROUPS}/{group}", json={"permission": "VIEW"}), 404, "group_not_found")
        problem(founder.get(f"{GROUPS}/{group}"), 404, "group_not_found")


def test_only_accounts_of_the_workspace_are_granted_anything(world: World, images: dict[str, Any]) -> None:
    manager = world.api("manager")
    for user in ("nobody", "outsider", world.person("outsider").id, world.person("robot_elsewhere").id, ADA):
        for response in (
            manager.put(f"{USERS}/{user}", json={"permission": "VIEW"}),
            manager.delete(f"{USERS}/{user}"),
            world.founder().get(f"{USERS}/{user}"),
        ):
            problem(response, 404, "member_not_found")


def test_who_manages_can_give_it_away(world: World, images: dict[str, Any]) -> None:
    manager = world.api("manager")
    world.person("guest")
    manager.ok("PUT", f"{USERS}/guest", json={"permission": "MANAGE"})
    world.api("guest").ok("PUT", f"{USERS}/manager", json={"permission": "VIEW"})
    problem(manager.put(f"{USERS}/manager", json={"permission": "MANAGE"}), 403, "forbidden")
    world.api("guest").ok("DELETE", f"{USERS}/me")
    problem(world.api("guest").get(DATASET_PATH), 404, "dataset_not_found")


def test_groups_change(world: World, images: dict[str, Any]) -> None:
    founder, guest = world.founder(), world.api("guest")
    group = "/workspaces/acme/groups/labelers"
    make_group(world, "labelers", "guest")
    founder.ok("PUT", f"{GROUPS}/labelers", json={"permission": "VIEW"})
    guest.ok("GET", DATASET_PATH)
    founder.ok("POST", f"{group}/members/remove", json={"users": ["guest"]})
    problem(guest.get(DATASET_PATH), 404, "dataset_not_found")
    founder.ok("POST", f"{group}/members", json={"users": ["guest"]})
    guest.ok("GET", DATASET_PATH)
    founder.ok("PATCH", group, json={"name": "annotators"})
    assert [g["group"] for g in founder.ok("GET", GROUPS)] == ["annotators"]
    guest.ok("GET", DATASET_PATH)
    # A deleted group takes its grants along; another of the same name starts anew.
    founder.ok("DELETE", "/workspaces/acme/groups/annotators")
    problem(guest.get(DATASET_PATH), 404, "dataset_not_found")
    assert founder.ok("GET", GROUPS) == []
    make_group(world, "annotators", "guest")
    problem(guest.get(DATASET_PATH), 404, "dataset_not_found")


def test_a_change_of_role_counts_at_once(world: World, images: dict[str, Any]) -> None:
    founder, guest = world.founder(), world.api("guest")
    founder.ok("PUT", f"{DATASET_PATH}/permissions/default", json={"permission": "TAG"})
    for role, status in (("guest", 404), ("member", 200), ("collaborator", 404), ("admin", 200), ("guest", 404)):
        founder.ok("PATCH", "/workspaces/acme/members/guest", json={"role": role})
        assert guest.get(DATASET_PATH).status_code == status, role


def test_whoever_leaves_has_no_grants_left(world: World, images: dict[str, Any]) -> None:
    world.person("outsider")
    world.operator.ok("POST", "/workspaces/acme/members", json={"username": "outsider", "role": "guest"})
    grant(world, "outsider", "MANAGE")
    outsider = world.api("outsider")
    outsider.ok("GET", DATASET_PATH)
    mine = outsider.ok("POST", "/datasets", json={"workspace": ELSEWHERE, "name": "mine"})
    world.founder().ok("DELETE", "/workspaces/acme/members/outsider")
    problem(outsider.get(DATASET_PATH), 404, "dataset_not_found")
    assert [d["id"] for d in outsider.ok("GET", "/datasets")] == [mine["id"]]
    # Whoever comes back starts anew; elsewhere nothing has changed.
    world.operator.ok("POST", "/workspaces/acme/members", json={"username": "outsider", "role": "guest"})
    problem(outsider.get(DATASET_PATH), 404, "dataset_not_found")
    problem(world.founder().delete(f"{USERS}/outsider"), 404, "grant_not_found")
    outsider.ok("DELETE", f"/datasets/{mine['id']}")


def test_a_deleted_service_account_has_no_grants_left(world: World, images: dict[str, Any]) -> None:
    admin, robot = world.api("admin"), world.person("robot")
    grant(world, robot.id, "MANAGE")
    admin.ok("DELETE", "/workspaces/acme/service-accounts/robot")
    admin.ok("POST", "/workspaces/acme/service-accounts", json={"name": "robot"})
    assert permission_of(world, "robot@acme") == ("NO_ACCESS", "default")


# ---- what everybody may do


def test_the_list_of_everybody(world: World, images: dict[str, Any]) -> None:
    for who in ("guest", "member", "tagger", "grouped", "denied", "robot_owner", "admin"):
        world.person(who)
    listed = {e["username"]: e for e in world.api("admin").ok("GET", f"{DATASET_PATH}/permissions")}
    assert {u: (e["permission"], e["rule"], e.get("group")) for u, e in listed.items()} == {
        "admin": ("MANAGE", "admin", None),
        "founder": ("MANAGE", "admin", None),
        "grouped": ("EDIT", "group_grant", "of grouped"),
        "tagger": ("TAG", "own_grant", None),
    }
    assert list(listed) == sorted(listed)
    world.founder().ok("PUT", f"{DATASET_PATH}/permissions/default", json={"permission": "VIEW"})
    listed = {e["username"]: e for e in world.api("admin").ok("GET", f"{DATASET_PATH}/permissions")}
    assert {"member", "robot_owner@acme"} == {u for u, e in listed.items() if e["rule"] == "default"}
    for username, entry in listed.items():
        assert entry == world.founder().ok("GET", f"{USERS}/{username}")
    assert listed["tagger"]["email"] == "tagger@example.org"


def test_the_datasets_of_a_person(world: World, images: dict[str, Any]) -> None:
    founder = world.founder()
    for name, default in (("a", "VIEW"), ("b", "NO_ACCESS"), ("c", "EDIT")):
        create(founder, name, default_permission=default)
    grant(world, world.person("member").id, "TAG", "/datasets/acme:b")
    grant(world, "member", "NO_ACCESS", "/datasets/acme:c")
    path = "/workspaces/acme/members/{}/dataset-permissions"
    expected = [("a", "VIEW", "default"), ("b", "TAG", "own_grant")]
    for api, who in ((founder, "member"), (world.api("member"), "me"), (world.operator, "member@example.org")):
        found = api.ok("GET", path.format(who))
        assert [(e["dataset"], e["permission"], e["rule"]) for e in found] == expected
        for entry in found:
            assert entry == founder.ok("GET", f"/datasets/{entry['dataset_id']}/permissions/users/member")
    of_admin = founder.ok("GET", path.format("me"))
    assert [(e["dataset"], e["rule"]) for e in of_admin] == [(n, "admin") for n in ("images", "a", "b", "c")]
    problem(founder.get(path.format("nobody")), 404, "member_not_found")
    assert world.api("guest").ok("GET", path.format("me")) == []


def test_the_datasets_of_a_group(world: World, images: dict[str, Any]) -> None:
    founder = world.founder()
    make_group(world, "labelers")
    names = ["z", "a", "m"]
    for name in names:
        create(founder, name)
        founder.ok("PUT", f"/datasets/acme:{name}/permissions/groups/labelers", json={"permission": "TAG"})
    found = founder.ok("GET", "/workspaces/acme/groups/labelers/dataset-permissions")
    assert [(g["dataset"], g["group"], g["permission"]) for g in found] == [(n, "labelers", "TAG") for n in names]


# ---- invitations


def accept(world: World, invitation: dict[str, Any]) -> Api:
    """Whoever accepted, with the key they got."""
    path = httpx.URL(invitation["url"]).raw_path.decode().removeprefix("/api/v1")
    return world.http.as_key(world.http.anonymous().ok("POST", path, json={})["api_key"])


def invite(api: Api, email: str = ADA, permission: str = "EDIT", dataset: str = DATASET_PATH) -> dict[str, Any]:
    body = {"permission": permission, "invite": True}
    made: dict[str, Any] = api.ok("PUT", f"{dataset}/permissions/users/{email}", json=body)
    return made


def test_a_stranger_is_invited_and_has_the_grant_once_they_accept(world: World, images: dict[str, Any]) -> None:
    founder = world.founder()
    given = invite(founder)
    invitation = founder.ok("GET", INVITATIONS)[0]
    assert given == {
        "dataset_id": images["id"],
        "dataset": "images",
        "invitation_id": invitation["id"],
        "permission": "EDIT",
    }
    granted = {"dataset_id": images["id"], "dataset": "images", "permission": "EDIT"}
    assert (invitation["email"], invitation["role"], invitation["dataset_grants"]) == (ADA, "member", [granted])
    assert "ada" not in [e["username"] for e in founder.ok("GET", f"{DATASET_PATH}/permissions")]
    ada = accept(world, invitation)
    ada.ok("GET", DATASET_PATH)
    assert permission_of(world, "ada") == ("EDIT", "own_grant")
    assert founder.ok("GET", INVITATIONS) == []


def test_without_the_flag_nobody_is_invited(world: World, images: dict[str, Any]) -> None:
    for body in ({"permission": "EDIT"}, {"permission": "EDIT", "invite": False}):
        problem(world.founder().put(f"{USERS}/{ADA}", json=body), 404, "member_not_found")
    assert world.founder().ok("GET", INVITATIONS) == []


def test_only_an_address_can_be_invited(world: World, images: dict[str, Any]) -> None:
    body = {"permission": "EDIT", "invite": True}
    for user in ("nobody", world.person("outsider").id, "0" * 32):
        problem(world.founder().put(f"{USERS}/{user}", json=body), 404, "member_not_found")
    for user in ("@", "a@", "a b@example.org", "a@b@example.org", "x" * 260 + "@example.org", "nobody@acme"):
        response = world.founder().put(f"{USERS}/{user}", json=body)
        assert problem(response)["code"] in ("member_not_found", "invalid_request"), user
    assert world.founder().ok("GET", INVITATIONS) == []


def test_who_is_there_is_not_invited(world: World, images: dict[str, Any]) -> None:
    member = world.person("member")
    assert invite(world.founder(), "MEMBER@example.org")["user_id"] == member.id
    assert permission_of(world, "member") == ("EDIT", "own_grant")
    assert world.founder().ok("GET", INVITATIONS) == []


def test_an_account_from_elsewhere_is_invited(world: World, images: dict[str, Any]) -> None:
    world.person("outsider")
    invite(world.founder(), "outsider@example.org", "TAG")
    made = world.founder().ok("GET", INVITATIONS)[0]
    path = httpx.URL(made["url"]).raw_path.decode().removeprefix("/api/v1")
    assert "api_key" not in world.api("outsider").ok("POST", path, json={})
    assert permission_of(world, "outsider") == ("TAG", "own_grant")


def test_an_open_invitation_gets_the_grant_added(world: World, images: dict[str, Any]) -> None:
    founder = world.founder()
    made = founder.ok("POST", INVITATIONS, json={"email": ADA, "role": "guest"})
    assert not made.get("dataset_grants")
    create(founder, "faces")
    first = invite(founder, ADA.upper(), "VIEW")
    again = invite(founder, ADA, "TAG")
    other = invite(founder, ADA, "MANAGE", "/datasets/acme:faces")
    assert first["invitation_id"] == again["invitation_id"] == other["invitation_id"] == made["id"]
    (listed,) = founder.ok("GET", INVITATIONS)
    assert listed["role"] == "guest"
    assert {g["dataset"]: g["permission"] for g in listed["dataset_grants"]} == {"images": "TAG", "faces": "MANAGE"}
    accept(world, listed)
    assert permission_of(world, "ada") == ("TAG", "own_grant")
    assert permission_of(world, "ada", "/datasets/acme:faces") == ("MANAGE", "own_grant")


def test_the_grant_of_an_invitation_is_taken_back(world: World, images: dict[str, Any]) -> None:
    founder = world.founder()
    invite(founder)
    founder.ok("DELETE", f"{USERS}/{ADA}")
    (listed,) = founder.ok("GET", INVITATIONS)
    assert not listed.get("dataset_grants")
    assert founder.delete(f"{USERS}/{ADA}").status_code == 404
    accept(world, listed)
    assert permission_of(world, "ada") == ("NO_ACCESS", "default")


def test_a_revoked_invitation_gives_nothing(world: World, images: dict[str, Any]) -> None:
    founder = world.founder()
    invite(founder)
    (made,) = founder.ok("GET", INVITATIONS)
    founder.ok("DELETE", f"{INVITATIONS}/{made['id']}")
    path = httpx.URL(made["url"]).raw_path.decode().removeprefix("/api/v1")
    problem(world.http.anonymous().post(path, json={}), 409, "invitation_not_pending")
    # Nor does it when the same person comes in later in another way.
    world.operator.ok("POST", "/workspaces/acme/members", json={"username": "ada", "email": ADA})
    assert permission_of(world, "ada") == ("NO_ACCESS", "default")


@pytest.mark.parametrize(
    ("who", "default", "role"),
    [
        ("admin", None, "member"),
        ("manager", None, "collaborator"),
        ("manager", "guest", "guest"),
        ("admin", "admin", "admin"),
        ("operator", "admin", "admin"),
        ("manager", "admin", "collaborator"),
    ],
)
def test_nobody_invites_to_more_than_they_are(
    world: World, images: dict[str, Any], who: str, default: str | None, role: str
) -> None:
    if default is not None:
        world.founder().ok("PATCH", "/workspaces/acme/settings", json={"default_user_role": default})
    invite(world.api(who))
    assert [i["role"] for i in world.founder().ok("GET", INVITATIONS)] == [role]


def test_service_accounts_do_not_invite(world: World, images: dict[str, Any]) -> None:
    robot = world.person("robot")
    world.person("member")
    grant(world, robot.id, "MANAGE")
    api = world.api("robot")
    problem(api.put(f"{USERS}/{ADA}", json={"permission": "VIEW", "invite": True}), 403, "forbidden")
    assert world.founder().ok("GET", INVITATIONS) == []
    # Whoever is there can be granted something all the same.
    assert api.ok("PUT", f"{USERS}/member", json={"permission": "VIEW", "invite": True})["username"] == "member"
