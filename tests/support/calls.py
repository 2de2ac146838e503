"""A valid call of any operation of the spec, in the world of `world.py`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import quote, urlsplit

import httpx

from tests.support.api import Api
from tests.support.examples import NoExample, value
from tests.support.spec import Operation
from tests.support.world import DATASET, DATASET_PATH, PROJECT, PROJECT_PATH, WORKSPACE, Role, World

LONG_FROM_NOW = "2099-12-31T12:00:00Z"
FILE = {"Content-Type": "application/octet-stream"}


@dataclass(frozen=True)
class Call:
    """One request, ready to be sent by anybody."""

    operation: Operation
    path: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, Any] = field(default_factory=dict)
    body: Any = None

    @property
    def url(self) -> str:
        url = self.operation.path
        for name, text in self.path.items():
            url = url.replace("{" + name + "}", quote(text, safe=""))
        return url

    def send(self, api: Api, **changes: Any) -> httpx.Response:
        """Send it; `changes` replace arguments of `httpx.Client.request`."""
        arguments: dict[str, Any] = {"params": self.query or None}
        if self.operation.body_schema is not None:
            arguments["json"] = self.body
        elif self.operation.takes_file:
            arguments |= {"content": self.body, "headers": FILE}
        return api.request(self.operation.method.upper(), self.url, **(arguments | changes))

    def having(self, **changes: Any) -> Call:
        """The same call with other parts."""
        return replace(self, **changes)


def names(world: World) -> dict[str, Any]:
    """What the operations of the spec act on, by field or by `operation/field`.

    A new operation finds its workspace, project, dataset and user here. One that acts on something else needs an
    entry, and the thing itself made below.
    """
    target = world.add("target", Role(workspace="collaborator", on_roster=True, project="viewer", dataset="TAG"))
    newcomer = world.add("newcomer", Role(workspace="collaborator"))
    world.add("victim", Role("service_account", workspace="member"))
    founder = world.founder()
    founder.ok("POST", f"/workspaces/{WORKSPACE}/groups", json={"name": "labelers", "users": [target.id]})
    founder.ok("PUT", f"{DATASET_PATH}/permissions/groups/labelers", json={"permission": "VIEW"})
    invitation = founder.ok("POST", f"/workspaces/{WORKSPACE}/invitations", json={"email": "invited@example.org"})
    experiment = founder.ok("POST", f"{PROJECT_PATH}/experiments", json={"name": "baseline"})
    assets = f"/experiments/{experiment['id']}/assets"
    asset = founder.ok("POST", f"{assets}?name=model.bin", content=b"weights", headers=FILE)
    # Nobody runs it: the application of the tests has no runner.
    job = world.operator.ok("POST", "/storage/cleanups", json={"dry_run": True})
    return {
        "job": job["id"],
        "experiment": f"{WORKSPACE}:{experiment['short_id']}",
        "asset": asset["id"],
        "workspace": WORKSPACE,
        "project": f"{WORKSPACE}:{PROJECT}",
        "dataset": f"{WORKSPACE}:{DATASET}",
        "user": target.id,
        "key": target.key_id,
        "account": "victim",
        "group": "labelers",
        "users": [target.id],
        "invitation": invitation["id"],
        "token": urlsplit(invitation["url"]).query.removeprefix("token="),
        "permission": "EDIT",
        "successor": "founder",
        "expires_at": LONG_FROM_NOW,
        "create_workspace/admin": target.username,
        "check_access/checks": [{"operation": "delete_project", "object": PROJECT}],
        "add_project_user/user": newcomer.id,
        "add_project_user/kind": "user",
        "remove_project_user/kind": "user",
        "import_members": {"rows": [{"username": "brand-new"}, {"username": target.username, "role": "guest"}]},
        "send_invitations": {"rows": [{"email": "brand-new@example.net", "role": "guest"}]},
        "grant_dataset_permissions": {"rows": [{"user": target.id, "permission": "EDIT"}]},
        "change_group_members": {"rows": [{"user": target.id, "remove": True}]},
        "revoke_api_keys": {"rows": [{"key": target.key_id}]},
        # Exactly one of username and email.
        "create_invitation": {"email": "newcomer@example.net", "role": "guest", "add_to_all_projects": True},
    }


def valid(operation: Operation, known: Mapping[str, Any], *, full: bool = False) -> Call:
    """A call of an operation that whoever may make it makes with success.

    Args:
        operation: Any operation of the spec.
        known: What `names` gave.
        full: Whether optional fields of the body are filled in too.

    Raises:
        NoExample: The spec asks for something that is not in the world.
    """
    path = {}
    for parameter in operation.parameters_in("path"):
        name = parameter["name"]
        found = known.get(f"{operation.name}/{name}", known.get(name))
        if found is None:
            raise NoExample(
                f"{operation.name}: nothing is known to put in the path for {{{name}}}; "
                "make it in tests/support/calls.py:names"
            )
        path[name] = found
    query = {
        p["name"]: value(p["schema"], f"{operation.name}/{p['name']}", known)
        for p in operation.parameters_in("query")
        if p.get("required")
    }
    body = None
    if operation.body_schema is not None:
        body = known.get(operation.name)
        if body is None:
            body = value(operation.body_schema, operation.name, known, full=full)
    elif operation.takes_file:
        body = b"what is in the file"
    return Call(operation, path, query, body)
