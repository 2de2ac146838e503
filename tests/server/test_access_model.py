"""Whatever anybody does, who may do what is what the rules say: the list, the explanations and the refusals.

Random accounts do random things over HTTP, and a model in plain Python does them too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.support.api import Api
from tests.support.depth import searching
from tests.support.organization import Dataset, Organization, Project
from tests.support.problems import problem
from tests.support.roles import PERMISSIONS, PROJECT_ROLES, VISIBILITIES, WORKSPACE_ROLES, Reason
from tests.support.world import Role, World

pytestmark = pytest.mark.both_databases  # SQL that restates the rules

EXAMPLES = {"sqlite": 8, "postgresql": 2}  # there tests/server/test_rules_agree.py asks much more for less
STEPS = 15

PEOPLE = ["ann", "bob", "cem"]
ROBOTS = ["r0"]
NAMES = ["one", "two"]

# Somebody who may do everything acts as often as all the others together.
actors = st.sampled_from([*["founder"] * 6, *PEOPLE, *ROBOTS])
people = st.sampled_from(PEOPLE)
accounts = st.sampled_from([*PEOPLE, *ROBOTS])
names = st.sampled_from(NAMES)
permissions = st.sampled_from(PERMISSIONS)
roles = st.sampled_from(WORKSPACE_ROLES)
visibilities = st.sampled_from(VISIBILITIES)


def each(keys: list[str], values: list[Any], *, gaps: int = 1) -> st.SearchStrategy[dict[str, Any]]:
    """One of the values for each key, or nothing, as often as if that were so many values more."""
    several = st.tuples(*[st.sampled_from([*[None] * gaps, *values])] * len(keys))
    return several.map(lambda found: {k: v for k, v in zip(keys, found, strict=True) if v is not None})


@dataclass(frozen=True)
class Account:
    """Somebody as the server knows them."""

    id: str
    username: str
    api: Api


class Cast:
    """A server with people who are never without a workspace, so that they keep their keys."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.numbers = count(1)
        self.people: dict[str, Account] = {}
        for name in PEOPLE:
            made = world.add(name, Role(elsewhere="guest"))
            self.people[name] = Account(made.id, made.username, world.http.as_key(made.key))
        founder = world.founder()
        self.people["founder"] = Account(founder.ok("GET", "/me")["id"], "founder", founder)


class Organizing(RuleBasedStateMachine):
    """One workspace, in which the founder stays an admin. What is refused changes nothing."""

    def __init__(self, cast: Cast) -> None:
        super().__init__()
        self.cast = dict(cast.people)
        self.operator = cast.world.operator
        self.http = cast.world.http
        self.workspace = f"w{next(cast.numbers)}"
        self.model = Organization(roles={"founder": "admin"})
        self.turn = 0
        self.concerned = ""

    # ---- calling

    def call(self, actor: str, method: str, path: str, body: Any, refused: str | None) -> bool:
        """Let somebody call; whether they were to succeed, as they must then. `refused` is a code otherwise."""
        response = self.cast[actor].api.request(method, path, json=body)
        if refused is not None:
            problem(response, code=refused)
            return False
        assert response.is_success, f"{actor}: {method} {path} {body} -> {response.text}"
        return True

    def path(self, *parts: str) -> str:
        return "/".join(["/workspaces", self.workspace, *parts])

    def dataset(self, name: str, *parts: str) -> str:
        return "/".join([f"/datasets/{self.workspace}:{name}", *parts])

    def project(self, name: str, *parts: str) -> str:
        return "/".join([f"/projects/{self.workspace}:{name}", *parts])

    def is_here(self, who: str) -> bool:
        return who in self.cast and (who in PEOPLE or who == "founder" or who in self.model.robots)

    def name_of(self, who: str) -> str:
        """How a path names an account, be it there or not."""
        return self.cast[who].id if who in self.cast else f"{who}@{self.workspace}"

    def actor(self, who: str) -> str:
        """Service accounts that are not there do nothing."""
        return who if self.is_here(who) else "founder"

    def unless_admin(self, actor: str) -> str | None:
        if actor not in self.model.roles:
            return "workspace_not_found"
        return None if self.model.has(actor, "admin") else "forbidden"

    def unless_manager(self, actor: str, name: str) -> str | None:
        permission = self.model.permission(actor, name)
        if permission == "NO_ACCESS":
            return "dataset_not_found"
        return None if permission == "MANAGE" else "forbidden"

    def unless_owner(self, actor: str, name: str) -> str | None:
        if not self.model.sees_project(actor, name):
            return "project_not_found"
        return None if self.model.project_role(actor, name) == "owner" else "forbidden"

    # ---- the workspace

    @initialize(data=st.data())
    def found(self, data: st.DataObject) -> None:
        """Start in the middle: whoever is there has something of everything."""
        self.operator.ok("POST", "/workspaces", json={"name": self.workspace, "admin": "founder"})
        for who, role in data.draw(each(PEOPLE, [*WORKSPACE_ROLES, "member", "member"])).items():
            self.join(who, role)
        for who in data.draw(st.sets(st.sampled_from(ROBOTS))):
            self.create_robot("founder", who)
        here = sorted(self.model.roles.keys() - {"founder"})
        self.set_default_of_workspace("founder", data.draw(permissions))
        for name in NAMES:
            self.create_group("founder", name, data.draw(st.sets(people, min_size=1)))
            self.create_dataset("founder", name, data.draw(st.sampled_from([None, *PERMISSIONS])))
            self.create_project("founder", name, "private")
        for name in NAMES:
            for who, permission in data.draw(each(here, PERMISSIONS, gaps=6)).items():
                self.grant_on(name, "founder", who, permission)
            for group, permission in data.draw(each(NAMES, PERMISSIONS)).items():
                self.grant_to_group_on(name, "founder", group, permission)
            for who, role in data.draw(each(here, PROJECT_ROLES, gaps=2)).items():
                if who not in self.model.projects[name].roster:
                    self.add_to_roster_of(name, "founder", who, role)
            if data.draw(st.booleans()):  # so that somebody else may be the only owner
                self.grant_on(name, "founder", "founder", None)
                self.change_roster_of(name, "founder", "founder", None)
            self.set_visibility_of(name, "founder", data.draw(visibilities))

    @rule(who=people, role=roles)
    def join(self, who: str, role: str) -> None:
        self.concerned = who
        body = {"username": self.cast[who].username, "role": role}
        response = self.operator.post(self.path("members"), json=body)
        if who in self.model.roles:
            problem(response, 409, "member_exists")
        else:
            assert response.status_code == 201, response.text
            self.model.roles[who] = role

    @rule(actor=actors, who=people, role=roles)
    def set_role(self, actor: str, who: str, role: str) -> None:
        actor, self.concerned = self.actor(actor), who
        refused = self.unless_admin(actor) or (None if who in self.model.roles else "member_not_found")
        if self.call(actor, "PATCH", self.path("members", self.name_of(who)), {"role": role}, refused):
            self.model.roles[who] = role

    @rule(actor=actors, who=people, returns=st.booleans())
    def leave(self, actor: str, who: str, returns: bool) -> None:
        actor, self.concerned = self.actor(actor), who
        refused = self.unless_admin(actor) or (None if who in self.model.roles else "member_not_found")
        if self.call(actor, "DELETE", self.path("members", self.name_of(who)), None, refused):
            self.model.leave(who)
            if returns:  # to start anew
                self.join(who, "collaborator")

    @rule(actor=actors, who=people, successor=st.sampled_from([None, "founder", *PEOPLE]), returns=st.booleans())
    def offboard(self, actor: str, who: str, successor: str | None, returns: bool) -> None:
        actor, self.concerned = self.actor(actor), who
        model, sole = self.model, False
        refused = self.unless_admin(actor) or (None if who in model.roles else "member_not_found")
        if refused is None:
            datasets, projects = model.sole_datasets(who), model.sole_projects(who)
            sole = bool(datasets or projects)
            if successor == who:
                refused = "invalid_request"
            elif successor is not None and successor not in model.roles:
                refused = "member_not_found"
            elif successor is None and sole:
                refused = "sole_owner"
        body = {} if successor is None else {"successor": self.cast[successor].username}
        if self.call(actor, "POST", self.path("members", self.name_of(who), "offboarding"), body, refused):
            model.leave(who)
            if successor is not None:
                self.concerned = successor
                for name in datasets:
                    model.datasets[name].own[successor] = "MANAGE"
                for name in projects:
                    model.projects[name].roster[successor] = "owner"
            if returns:
                self.join(who, "collaborator")

    @rule(actor=actors, who=st.sampled_from(ROBOTS))
    def create_robot(self, actor: str, who: str) -> None:
        actor, self.concerned = self.actor(actor), who
        refused = self.unless_admin(actor) or ("service_account_name_taken" if who in self.model.robots else None)
        if self.call(actor, "POST", self.path("service-accounts"), {"name": who}, refused):
            founder, username = self.cast["founder"].api, f"{who}@{self.workspace}"
            key = founder.ok("POST", f"/users/{username}/api-keys", json={"name": "tests"})["secret"]
            api = self.http.as_key(key)
            self.cast[who] = Account(api.ok("GET", "/me")["id"], username, api)
            self.model.roles[who] = "member"
            self.model.robots.add(who)

    @rule(actor=actors, who=st.sampled_from(ROBOTS))
    def delete_robot(self, actor: str, who: str) -> None:
        actor = self.actor(actor)
        there = who in self.model.robots
        refused = self.unless_admin(actor) or (None if there else "service_account_not_found")
        if self.call(actor, "DELETE", self.path("service-accounts", who), None, refused):
            self.model.leave(who)
            problem(self.cast.pop(who).api.get("/me"), 401, "api_key_invalid")
            self.concerned = ""

    @rule(actor=actors, permission=permissions)
    def set_default_of_workspace(self, actor: str, permission: str) -> None:
        actor = self.actor(actor)
        body = {"default_dataset_permission": permission}
        if self.call(actor, "PATCH", self.path("settings"), body, self.unless_admin(actor)):
            self.model.default_permission = permission

    # ---- groups

    @rule(actor=actors, name=names, users=st.sets(people))
    def create_group(self, actor: str, name: str, users: set[str]) -> None:
        actor = self.actor(actor)
        refused = self.unless_admin(actor) or ("group_name_taken" if name in self.model.groups else None)
        refused = refused or (None if users <= self.model.roles.keys() else "member_not_found")
        if refused == "member_not_found" and actor == "founder":
            users, refused = users & self.model.roles.keys(), None
        body = {"name": name, "users": [self.name_of(who) for who in sorted(users)]}
        if self.call(actor, "POST", self.path("groups"), body, refused):
            self.model.groups[name] = set(users)

    @rule(actor=actors, name=names)
    def delete_group(self, actor: str, name: str) -> None:
        actor = self.actor(actor)
        refused = self.unless_admin(actor) or (None if name in self.model.groups else "group_not_found")
        if self.call(actor, "DELETE", self.path("groups", name), None, refused):
            self.model.delete_group(name)

    @rule(actor=actors, name=names, who=people, remove=st.booleans())
    def change_group(self, actor: str, name: str, who: str, remove: bool) -> None:
        actor, self.concerned = self.actor(actor), who
        refused = self.unless_admin(actor) or (None if name in self.model.groups else "group_not_found")
        refused = refused or (None if who in self.model.roles else "member_not_found")
        path = self.path("groups", name, "members", *(["remove"] if remove else []))
        if self.call(actor, "POST", path, {"users": [self.name_of(who)]}, refused):
            change = self.model.groups[name].discard if remove else self.model.groups[name].add
            change(who)

    # ---- datasets

    @rule(actor=actors, name=names, default=st.sampled_from([None, *PERMISSIONS]))
    def create_dataset(self, actor: str, name: str, default: str | None) -> None:
        actor = self.concerned = self.actor(actor)
        model = self.model
        refused = None if actor in model.roles else "workspace_not_found"
        refused = refused or (None if model.has(actor, "member") else "forbidden")
        refused = refused or ("dataset_name_taken" if name in model.datasets else None)
        body = {"workspace": self.workspace, "name": name} | (
            {} if default is None else {"default_permission": default}
        )
        if self.call(actor, "POST", "/datasets", body, refused):
            model.datasets[name] = Dataset(default or model.default_permission, {actor: "MANAGE"})

    @precondition(lambda self: self.model.datasets)
    @rule(actor=actors, data=st.data())
    def delete_dataset(self, actor: str, data: st.DataObject) -> None:
        actor, name = self.actor(actor), data.draw(st.sampled_from(sorted(self.model.datasets)))
        if self.call(actor, "DELETE", self.dataset(name), None, self.unless_manager(actor, name)):
            del self.model.datasets[name]

    @precondition(lambda self: self.model.datasets)
    @rule(actor=actors, data=st.data(), permission=permissions)
    def set_default(self, actor: str, data: st.DataObject, permission: str) -> None:
        actor, name = self.actor(actor), data.draw(st.sampled_from(sorted(self.model.datasets)))
        path, body = self.dataset(name, "permissions", "default"), {"permission": permission}
        if self.call(actor, "PUT", path, body, self.unless_manager(actor, name)):
            self.model.datasets[name].default = permission

    @precondition(lambda self: self.model.datasets)
    @rule(actor=actors, data=st.data(), who=accounts, permission=st.sampled_from([None, *PERMISSIONS]))
    def grant(self, actor: str, data: st.DataObject, who: str, permission: str | None) -> None:
        """Grant something, or take back what was granted."""
        self.grant_on(data.draw(st.sampled_from(sorted(self.model.datasets))), actor, who, permission)

    def grant_on(self, name: str, actor: str, who: str, permission: str | None) -> None:
        actor, self.concerned = self.actor(actor), who
        own = self.model.datasets[name].own
        refused = self.unless_manager(actor, name) or (None if who in self.model.roles else "member_not_found")
        path = self.dataset(name, "permissions", "users", self.name_of(who))
        if permission is not None:
            if self.call(actor, "PUT", path, {"permission": permission}, refused):
                own[who] = permission
        elif self.call(actor, "DELETE", path, None, refused or (None if who in own else "grant_not_found")):
            del own[who]

    @precondition(lambda self: self.model.datasets)
    @rule(actor=actors, data=st.data(), group=names, permission=st.sampled_from([None, *PERMISSIONS]))
    def grant_to_group(self, actor: str, data: st.DataObject, group: str, permission: str | None) -> None:
        """Grant something to a group, or take back what was granted."""
        self.grant_to_group_on(data.draw(st.sampled_from(sorted(self.model.datasets))), actor, group, permission)

    def grant_to_group_on(self, name: str, actor: str, group: str, permission: str | None) -> None:
        actor = self.actor(actor)
        shared = self.model.datasets[name].shared
        self.concerned = min(self.model.groups.get(group, ()), default="")
        refused = self.unless_manager(actor, name) or (None if group in self.model.groups else "group_not_found")
        path = self.dataset(name, "permissions", "groups", group)
        if permission is not None:
            if self.call(actor, "PUT", path, {"permission": permission}, refused):
                shared[group] = permission
        elif self.call(actor, "DELETE", path, None, refused or (None if group in shared else "grant_not_found")):
            del shared[group]

    # ---- projects

    @rule(actor=actors, name=names, visibility=visibilities)
    def create_project(self, actor: str, name: str, visibility: str) -> None:
        actor = self.concerned = self.actor(actor)
        model = self.model
        refused = None if actor in model.roles else "workspace_not_found"
        refused = refused or (None if model.has(actor, "member") else "forbidden")
        refused = refused or ("project_name_taken" if name in model.projects else None)
        body = {"workspace": self.workspace, "name": name, "visibility": visibility}
        if self.call(actor, "POST", "/projects", body, refused):
            first = {who for who, role in model.roles.items() if role == "admin"} | {actor}
            model.projects[name] = Project(visibility, dict.fromkeys(first, "owner"))

    @precondition(lambda self: self.model.projects)
    @rule(actor=actors, data=st.data())
    def delete_project(self, actor: str, data: st.DataObject) -> None:
        actor, name = self.actor(actor), data.draw(st.sampled_from(sorted(self.model.projects)))
        refused = None if self.model.sees_project(actor, name) else "project_not_found"
        refused = refused or (None if self.model.has(actor, "admin") else "forbidden")
        if self.call(actor, "DELETE", self.project(name), None, "forbidden" if actor in ROBOTS else refused):
            del self.model.projects[name]

    @precondition(lambda self: self.model.projects)
    @rule(actor=actors, data=st.data(), visibility=visibilities)
    def set_visibility(self, actor: str, data: st.DataObject, visibility: str) -> None:
        self.set_visibility_of(data.draw(st.sampled_from(sorted(self.model.projects))), actor, visibility)

    def set_visibility_of(self, name: str, actor: str, visibility: str) -> None:
        actor = self.actor(actor)
        if self.call(actor, "PATCH", self.project(name), {"visibility": visibility}, self.unless_owner(actor, name)):
            self.model.projects[name].visibility = visibility

    @precondition(lambda self: self.model.projects)
    @rule(actor=actors, data=st.data(), who=accounts, role=st.sampled_from([None, *PROJECT_ROLES]))
    def add_to_roster(self, actor: str, data: st.DataObject, who: str, role: str | None) -> None:
        self.add_to_roster_of(data.draw(st.sampled_from(sorted(self.model.projects))), actor, who, role)

    def add_to_roster_of(self, name: str, actor: str, who: str, role: str | None) -> None:
        actor, self.concerned = self.actor(actor), who
        roster = self.model.projects[name].roster
        there = who in roster or (who not in ROBOTS and self.model.is_let_in(who, name))
        refused = self.unless_owner(actor, name) or (None if who in self.model.roles else "user_not_found")
        body = {"user": self.name_of(who)} | ({} if role is None else {"role": role})
        refused = refused or ("project_user_exists" if there else None)
        if self.call(actor, "POST", self.project(name, "users"), body, refused):
            roster[who] = role

    @precondition(lambda self: self.model.projects)
    @rule(actor=actors, data=st.data(), who=accounts, role=st.sampled_from([None, *PROJECT_ROLES]))
    def change_roster(self, actor: str, data: st.DataObject, who: str, role: str | None) -> None:
        """Give somebody on the roster a role, or take them off it."""
        self.change_roster_of(data.draw(st.sampled_from(sorted(self.model.projects))), actor, who, role)

    def change_roster_of(self, name: str, actor: str, who: str, role: str | None) -> None:
        actor, self.concerned = self.actor(actor), who
        roster = self.model.projects[name].roster
        # Whom the visibility lets in is not asked for on the roster, service accounts apart.
        there = who in roster and (who in ROBOTS or not self.model.is_let_in(who, name))
        refused = self.unless_owner(actor, name) or (None if there else "project_user_not_found")
        path = self.project(name, "users", self.name_of(who))
        if role is not None:
            if self.call(actor, "PATCH", path, {"role": role}, refused):
                roster[who] = role
        elif self.call(actor, "DELETE", path, None, refused):
            del roster[who]

    # ---- what must hold

    @invariant()
    def the_list_says_what_the_rules_say(self) -> None:
        founder, model = self.cast["founder"].api, self.model
        told = {}
        for entry in founder.everything(self.path("access"), limit=500):
            reason = Reason(entry["rule"], entry.get("role"), entry.get("group"))
            told[entry["object_type"], entry["object_name"], entry["username"]] = reason
        expected = {}
        for who in model.roles:
            for name in model.datasets:
                expected["dataset", name, self.cast[who].username] = model.deciding_on_dataset(who, name)
            for name in model.projects:
                expected["project", name, self.cast[who].username] = model.deciding_in_project(who, name)
        assert told.keys() == expected.keys()
        wrong = {where: (reason, expected[where]) for where, reason in told.items() if reason not in expected[where]}
        assert not wrong

    @invariant()
    def what_is_enforced_is_what_the_rules_say(self) -> None:
        """For whom the last change concerned, or else for one after the other."""
        self.turn += 1
        everybody = sorted(self.cast.keys() - {"founder"})
        who = self.concerned if self.concerned in everybody else everybody[self.turn % len(everybody)]
        self.concerned = ""
        self.check_lists(who)
        for name in self.model.datasets:
            self.check_dataset(who, name)
        for name in self.model.projects:
            self.check_project(who, name)

    def check_lists(self, who: str) -> None:
        api, model, here = self.cast[who].api, self.model, {"workspace": self.workspace}
        if who not in model.roles:
            problem(api.get("/datasets", params=here), 404, "workspace_not_found")
            problem(api.get("/projects", params=here), 404, "workspace_not_found")
            return
        listed = [dataset["name"] for dataset in api.everything("/datasets", **here)]
        assert listed == [name for name in model.datasets if model.permission(who, name) != "NO_ACCESS"]
        listed = [project["name"] for project in api.everything("/projects", **here)]
        roles = {name: model.project_role(who, name) for name in model.projects}
        assert listed == [name for name, role in roles.items() if role or who in model.projects[name].roster]
        if who in PEOPLE:
            told = self.cast["founder"].api.ok("GET", self.path("members", self.name_of(who), "offboarding"))
            sole = {(holding["kind"], holding["name"]) for holding in told["holdings"] if "sole" in holding["kind"]}
            expected = {("sole_dataset", name) for name in model.sole_datasets(who)}
            assert sole == expected | {("sole_project", name) for name in model.sole_projects(who)}
            assert [blocker["code"] for blocker in told["blockers"]] == (["sole_owner"] if sole else [])

    def check_dataset(self, who: str, name: str) -> None:
        model, account, founder = self.model, self.cast[who], self.cast["founder"].api
        permission, default = model.permission(who, name), model.datasets[name].default
        if permission == "NO_ACCESS":
            expected = (404, 404, 404, 404)
        else:
            write, admin = (200 if permission == "MANAGE" else 403), (200 if model.has(who, "admin") else 403)
            expected = (200, write, admin, 200)
        answers = (
            account.api.get(self.dataset(name)),
            account.api.put(self.dataset(name, "permissions", "default"), json={"permission": default}),
            account.api.get(self.dataset(name, "permissions")),
            account.api.get(self.dataset(name, "access", "me")),
        )
        assert tuple(answer.status_code for answer in answers) == expected, (who, name, permission)
        told = founder.get(self.dataset(name, "access", account.id))
        if who not in model.roles:
            problem(told, 404, "member_not_found")
            return
        self.check_explanation(told.json(), model.deciding_on_dataset(who, name), model.reasons_on_dataset(who, name))
        if permission != "NO_ACCESS":
            assert answers[-1].json() == told.json()
        effective = founder.ok("GET", self.dataset(name, "permissions", "users", account.id))
        assert effective["permission"] == permission
        assert (effective["rule"], effective.get("group")) == (told.json()["rule"], told.json().get("group"))

    def check_project(self, who: str, name: str) -> None:
        model, account = self.model, self.cast[who]
        role, is_public = model.project_role(who, name), model.projects[name].visibility == "public"
        if role is not None:
            expected = (200, 200, 200, 200 if role == "owner" else 403, 200)
        elif who in model.projects[name].roster:
            expected = (200 if is_public else 403, 403, 200, 403, 200)
        else:
            expected = (200, 403, 403, 403, 200) if is_public else (404,) * 5
        answers = (
            account.api.get(self.project(name)),
            account.api.get(self.project(name, "audit")),
            account.api.get(self.project(name, "users")),
            account.api.patch(self.project(name), json={"archived": False}),
            account.api.get(self.project(name, "access", "me")),
        )
        assert tuple(answer.status_code for answer in answers) == expected, (who, name, role)
        told = self.cast["founder"].api.get(self.project(name, "access", account.id))
        if who not in model.roles:
            problem(told, 404, "member_not_found")
            return
        self.check_explanation(told.json(), model.deciding_in_project(who, name), model.reasons_in_project(who, name))
        if answers[-1].status_code == 200:
            assert answers[-1].json() == told.json()

    def check_explanation(self, told: dict[str, Any], deciding: set[Reason], reasons: list[Reason]) -> None:
        assert Reason(told["rule"], told.get("role"), told.get("group")) in deciding
        considered = [Reason(c["rule"], c["role"], c.get("group")) for c in told["considered"]]
        assert sorted(considered, key=repr) == sorted(reasons, key=repr)
        assert [c["decides"] for c in told["considered"]] == [number == 0 for number in range(len(considered))]
        assert not considered or considered[0] in deciding


@pytest.fixture
def cast(world: World) -> Iterator[Cast]:
    made = Cast(world)
    yield made
    for account in made.people.values():
        account.api.close()


@pytest.mark.randomized
def test_the_rules_hold_whatever_happens(cast: Cast, database_kind: str) -> None:
    class Here(Organizing):
        def __init__(self) -> None:
            super().__init__(cast)

    run_state_machine_as_test(Here, settings=searching(EXAMPLES[database_kind], steps=STEPS))
