"""A valid call of any operation of the spec, in the world of `world.py`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import quote

import httpx

from tests.support import samples
from tests.support.api import Api
from tests.support.examples import NoExample, value
from tests.support.spec import Operation
from tests.support.world import Role, World

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

    A domain says in its `samples.py` what its operations act on, and makes it. All of them can count on the accounts
    that are made here: `target` is what is looked at or changed, `newcomer` is in no project yet, and `victim` is a
    service account.
    """
    world.add("target", Role(workspace="collaborator", on_roster=True, project="viewer", dataset="TAG"))
    world.add("newcomer", Role(workspace="collaborator"))
    world.add("victim", Role("service_account", workspace="member"))
    known: dict[str, Any] = {}
    for made in samples.each("names"):
        known |= made(world)
    return known


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
                "make it in `names` of the domain's samples.py"
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
