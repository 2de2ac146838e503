"""A small world with somebody in every role, made over HTTP by the operator as it is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from tests.support.api import Api

WORKSPACE = "acme"
ELSEWHERE = "elsewhere"
PROJECT = "churn"
PROJECT_PATH = f"/projects/{WORKSPACE}:{PROJECT}"
DATASET = "images"
DATASET_PATH = f"/datasets/{WORKSPACE}:{DATASET}"


@dataclass(frozen=True)
class Role:
    """What makes a caller what they are.

    Attributes:
        kind: `nobody`, `user`, `service_account` or `operator`.
        workspace: Their role in the workspace `acme`, if any.
        on_roster: Whether they are on the roster of the project `churn`.
        project: Their role on that roster, if any.
        dataset: What they themselves were granted on the dataset `images`, if anything.
        shared: What a group of theirs was granted on it, if anything.
        elsewhere: Their role in another workspace, if any.
    """

    kind: str = "user"
    workspace: str | None = None
    on_roster: bool = False
    project: str | None = None
    dataset: str | None = None
    shared: str | None = None
    elsewhere: str | None = None


# People with a role in the project or the dataset are collaborators of the workspace, so that only its ladder speaks.
ROLES = {
    "nobody": Role("nobody"),
    "outsider": Role(elsewhere="admin"),
    "guest": Role(workspace="guest"),
    "collaborator": Role(workspace="collaborator"),
    "member": Role(workspace="member"),
    "admin": Role(workspace="admin"),
    "listed": Role(workspace="collaborator", on_roster=True),
    "viewer": Role(workspace="collaborator", on_roster=True, project="viewer"),
    "contributor": Role(workspace="collaborator", on_roster=True, project="contributor"),
    "owner": Role(workspace="collaborator", on_roster=True, project="owner"),
    "looker": Role(workspace="collaborator", dataset="VIEW"),
    "tagger": Role(workspace="collaborator", dataset="TAG"),
    "editor": Role(workspace="collaborator", dataset="EDIT"),
    "manager": Role(workspace="collaborator", dataset="MANAGE"),
    "grouped": Role(workspace="collaborator", shared="EDIT"),
    "denied": Role(workspace="member", dataset="NO_ACCESS", shared="MANAGE"),
    "robot": Role("service_account", workspace="member"),
    "robot_owner": Role("service_account", workspace="member", on_roster=True, project="owner"),
    "robot_elsewhere": Role("service_account", elsewhere="member"),
    "operator": Role("operator"),
}


@dataclass(frozen=True)
class Person:
    """An account of the world."""

    id: str
    username: str
    key: str
    key_id: str


class World:
    """The workspace `acme` with the project `churn` and the dataset `images`; `elsewhere` is another workspace.

    The operator is in neither: the first admin of both is `founder`. The dataset is there once it is asked for.

    Args:
        http: A client of an empty server.
        visibility: That of the project.
    """

    def __init__(self, http: Api, *, visibility: str = "private") -> None:
        self.http = http
        self.operator = http.as_local()
        self._people: dict[str, Person] = {}
        call = self.operator.ok
        call("POST", "/workspaces", json={"name": ELSEWHERE})
        call("POST", f"/workspaces/{ELSEWHERE}/members", json={"username": "founder", "role": "admin"})
        call("DELETE", f"/workspaces/{ELSEWHERE}/members/me")
        self.workspace: dict[str, Any] = call("POST", "/workspaces", json={"name": WORKSPACE, "admin": "founder"})
        body = {"workspace": WORKSPACE, "name": PROJECT, "visibility": visibility}
        self.project: dict[str, Any] = call("POST", "/projects", json=body)

    @cached_property
    def dataset(self) -> dict[str, Any]:
        """The dataset, made by the founder, with which nobody may do anything by default."""
        body = {"workspace": WORKSPACE, "name": DATASET, "default_permission": "NO_ACCESS"}
        made: dict[str, Any] = self.founder().ok("POST", "/datasets", json=body)
        return made

    def person(self, name: str) -> Person:
        """The account in a role of `ROLES`, or that `add` has made."""
        return self._people.get(name) or self.add(name, ROLES[name])

    def api(self, name: str) -> Api:
        """A client that calls in a role of `ROLES`."""
        role = ROLES[name]
        if role.kind == "nobody":
            return self.http.anonymous()
        if role.kind == "operator":
            return self.http.as_local()
        return self.http.as_key(self.person(name).key)

    def founder(self) -> Api:
        """A client of the first admin of both workspaces."""
        if "founder" not in self._people:
            me = self.operator.ok("POST", "/users/founder/api-keys", json={"name": "tests"})
            self._people["founder"] = Person("founder", "founder", me["secret"], me["id"])
        return self.http.as_key(self._people["founder"].key)

    def add(self, name: str, role: Role) -> Person:
        """Make an account with a role, with an API key."""
        call = self.operator.ok
        workspace = WORKSPACE if role.workspace else ELSEWHERE
        if role.kind == "service_account":
            made = call("POST", f"/workspaces/{workspace}/service-accounts", json={"name": name})
            account_id, username = made["id"], made["name"]
        else:
            body = {
                "username": name.replace("_", "-"),
                "email": f"{name}@example.org",
                "role": role.workspace or role.elsewhere,
            }
            made = call("POST", f"/workspaces/{workspace}/members", json=body)
            account_id, username = made["id"], made["username"]
        if role.on_roster:
            entry = {"user": account_id} | ({"role": role.project} if role.project else {})
            call("POST", f"{PROJECT_PATH}/users", json=entry)
        if role.dataset:
            path = f"/datasets/{self.dataset['id']}/permissions/users/{account_id}"
            call("PUT", path, json={"permission": role.dataset})
        if role.shared:
            group = call("POST", f"/workspaces/{WORKSPACE}/groups", json={"name": f"of {name}", "users": [account_id]})
            path = f"/datasets/{self.dataset['id']}/permissions/groups/{group['id']}"
            call("PUT", path, json={"permission": role.shared})
        key = call("POST", f"/users/{account_id}/api-keys", json={"name": "tests"})
        self._people[name] = Person(account_id, username, key["secret"], key["id"])
        return self._people[name]
