"""Every operation, called by every role, against the oracle: the spec's `x-access` is what the server does.

Derived from the spec alone. A new operation is covered once it is in the spec; if it acts on something
the test's world has not, the test fails and says what to add.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from mlsteward_server.app import create_app
from mlsteward_server.embedded import ensure_local_operator
from mlsteward_server.settings import Settings
from mlsteward_server.storage.engine import Storage, open_storage
from sqlalchemy import text

from tests.contract.oracle import ALLOWED, Situation, answer
from tests.support import spec
from tests.support.api import Api
from tests.support.calls import Call, names, valid
from tests.support.problems import problem
from tests.support.spec import Operation
from tests.support.world import PROJECT_PATH, ROLES, World

VISIBILITIES = ("private", "workspace", "public")
ROSTER_POLICIES = ("owners", "admins")
NOT_FOUND = {"workspace": "workspace_not_found", "project": "project_not_found", "user": "user_not_found"}

# Let in, and then told that there is nothing: a service account is in the workspace but is not one of its
# people. The operator is in no workspace, so there is no entry of theirs either.
LET_IN_FOR_NOTHING = {
    ("get_member", "robot", True): "member_not_found",
    ("get_member", "robot_owner", True): "member_not_found",
    ("get_member", "operator", True): "member_not_found",
}


@dataclass(frozen=True)
class Stage:
    """One server whose whole database can be put back in a millisecond."""

    world: World
    known: Mapping[str, Any]
    storage: Storage
    saved: Mapping[Situation, sqlite3.Connection]

    def set(self, situation: Situation) -> None:
        self.saved[Situation(situation.visibility, situation.roster_policy)].backup(raw(self.storage))


def raw(storage: Storage) -> sqlite3.Connection:
    connection = storage.engine.raw_connection()
    found = connection.driver_connection
    connection.close()
    assert isinstance(found, sqlite3.Connection)
    return found


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    storage = open_storage(":memory:")
    ensure_local_operator(storage)
    world = World(Api(create_app(storage, Settings(validate_responses=True))))
    known = names(world)
    for name, role in ROLES.items():
        if role.kind in ("user", "service_account"):
            world.person(name)
    saved = {}
    for visibility in VISIBILITIES:
        world.operator.ok("PATCH", PROJECT_PATH, json={"visibility": visibility})
        for policy in ROSTER_POLICIES:
            with storage.writing() as connection:  # no operation sets the policy yet
                connection.execute(text("UPDATE projects SET roster_policy = :policy"), {"policy": policy})
            copy = saved[Situation(visibility, policy)] = sqlite3.connect(":memory:")
            raw(storage).backup(copy)
    yield Stage(world, known, storage, saved)
    for copy in saved.values():
        copy.close()
    storage.close()


def situations(operation: Operation) -> Iterator[Situation]:
    """Everything about the target that `x-access` could look at."""
    access = operation.access
    on_project = access.get("on") == "project"
    for visibility in VISIBILITIES if on_project else ("private",):
        for policy in ROSTER_POLICIES if access["allow"] == "roster_policy" else ("owners",):
            for itself in (False, True) if access["allow"] == "self" or "or_self" in access else (False,):
                yield Situation(visibility, policy, itself)
                for condition in access.get("when", ()):
                    yield Situation(visibility, policy, itself, condition["allow"])


def test_the_spec_has_only_access_rules_that_are_tested() -> None:
    known = {"allow", "on", "from", "or_self", "service_accounts", "public", "when"}
    for operation in spec.operations():
        assert operation.access.keys() <= known, operation.name
        for condition in operation.access.get("when", ()):
            assert condition.keys() == {"query", "equals", "allow"}, operation.name


@pytest.mark.parametrize(
    ("operation", "situation"),
    [
        pytest.param(operation, situation, id=f"{operation}-{number}")
        for operation in spec.operations()
        for number, situation in enumerate(situations(operation))
    ],
)
def test_access(stage: Stage, operation: Operation, situation: Situation) -> None:
    call = under(situation, valid(operation, stage.known))
    wrong = []
    for who, role in ROLES.items():
        stage.set(situation)
        if situation.on_itself:
            if role.kind == "nobody":
                continue
            own = "" if role.kind == "operator" else stage.world.person(who).key_id
            call = call.having(path={**call.path, "user": "me"} | ({"key": own} if "key" in call.path else {}))
        expected = answer(operation.access, role, situation)
        nothing = LET_IN_FOR_NOTHING.get((operation.name, who, situation.on_itself))
        if who == "operator" and "key" in call.path and situation.on_itself:
            continue  # acts without a key
        response = call.send(stage.world.api(who))
        told = told_of(response.status_code)
        if expected == ALLOWED and nothing is not None:
            problem(response, 404, nothing)
        elif told != expected:
            wrong.append(f"{who}: {told}, expected {expected}: {response.text[:300]}")
        elif expected == "404":
            problem(response, 404, NOT_FOUND[operation.access["on"]])
        elif expected != ALLOWED:
            problem(response, int(expected), "unauthenticated" if expected == "401" else "forbidden")
    assert not wrong, f"{call.url} in {situation}:\n" + "\n".join(wrong)


def under(situation: Situation, call: Call) -> Call:
    """The call that meets the condition a situation is about."""
    if situation.allow is None:
        return call
    conditions = call.operation.access["when"]
    condition = next(c for c in conditions if c["allow"] == situation.allow)
    return call.having(query={**call.query, condition["query"]: condition["equals"]})


def told_of(status: int) -> str:
    return ALLOWED if 200 <= status < 300 else str(status)


@pytest.mark.parametrize("operation", spec.operations(), ids=str)
def test_a_key_that_is_not_one_is_refused_where_a_key_matters(stage: Stage, operation: Operation) -> None:
    stage.set(Situation("public"))
    call = valid(operation, stage.known)
    for key in ("mls_" + "a" * 49, "nonsense", stage.world.person("admin").key[:-1] + "-"):
        response = call.send(stage.world.http.as_key(key))
        if operation.access["allow"] == "anyone":
            assert response.is_success or response.status_code == 409, response.text
        else:
            problem(response, 401, "api_key_invalid")


def test_the_table_for_people_is_that_of_the_spec() -> None:
    import subprocess
    import sys

    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "scripts/permissions_table.py", "--check"], cwd=root, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
