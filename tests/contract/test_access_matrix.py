"""Every operation, called by every role, against the oracle: the spec's `x-access` is what the server does.

Derived from the spec alone. A new operation is covered once it is in the spec; if it acts on something
the test's world has not, the test fails and says what to add.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.contract.oracle import ALLOWED, Situation, answer, ladder_of
from tests.support import spec
from tests.support.calls import Call, valid
from tests.support.problems import problem
from tests.support.spec import Operation
from tests.support.stage import Copy, Stage
from tests.support.world import DATASET_PATH, PROJECT_PATH, ROLES

VISIBILITIES = ("private", "workspace", "public")
ROSTER_POLICIES = ("owners", "admins")
DEFAULTS = ("NO_ACCESS", "EDIT")
# Let in, and then told that there is nothing: a service account is in the workspace but is not one of its
# people. The operator is in no workspace, so there is no entry of theirs either.
LET_IN_FOR_NOTHING = {
    (operation, who, True): "member_not_found"
    for operation in ("get_member", "list_member_dataset_permissions")
    for who in ("robot", "robot_owner", "operator")
}


class Theatre:
    """A stage that has been saved in every situation of its project and its dataset."""

    def __init__(self, stage: Stage) -> None:
        self.world, self.known = stage.world, stage.known
        self._saved: dict[tuple[str, str, str], Copy] = {}
        for visibility in VISIBILITIES:
            self.world.operator.ok("PATCH", PROJECT_PATH, json={"visibility": visibility})
            for policy in ROSTER_POLICIES:
                with stage.storage.writing() as connection:  # no operation sets the policy yet
                    connection.execute(text("UPDATE projects SET roster_policy = :to"), {"to": policy})
                self._saved[visibility, policy, DEFAULTS[0]] = Copy(stage.storage)
        first = Situation()
        for default in DEFAULTS[1:]:
            self.set(first)
            path = f"{DATASET_PATH}/permissions/default"
            self.world.operator.ok("PUT", path, json={"permission": default})
            self._saved[first.visibility, first.roster_policy, default] = Copy(stage.storage)

    def set(self, situation: Situation) -> None:
        """Put the whole database back, in a situation."""
        self._saved[situation.visibility, situation.roster_policy, situation.default].restore()

    def close(self) -> None:
        for copy in self._saved.values():
            copy.close()


@pytest.fixture(scope="module")
def theatre(prepared_stage: Stage) -> Iterator[Theatre]:
    prepared_stage.restore()
    theatre = Theatre(prepared_stage)
    yield theatre
    theatre.close()


def situations(operation: Operation) -> Iterator[Situation]:
    """Everything about the target that `x-access` could look at."""
    access = operation.access
    visibilities = VISIBILITIES if ladder_of(access) == "project" else VISIBILITIES[:1]
    policies = ROSTER_POLICIES if access["allow"] == "roster_policy" else ROSTER_POLICIES[:1]
    defaults = DEFAULTS if ladder_of(access) == "dataset" else DEFAULTS[:1]
    about = (False, True) if access["allow"] == "self" or "or_self" in access else (False,)
    for visibility, policy, default, itself in product(visibilities, policies, defaults, about):
        yield Situation(visibility, policy, default, itself)
        for condition in access.get("when", ()):
            if "scope" in condition:
                continue  # see test_scopes.py
            yield Situation(visibility, policy, default, itself, condition["allow"])


def test_the_spec_has_only_access_rules_that_are_tested() -> None:
    known = {"allow", "on", "from", "or_self", "service_accounts", "public", "when", "scope", "identified"}
    for operation in spec.operations():
        assert operation.access.keys() <= known, operation.name
        for condition in operation.access.get("when", ()):
            by_scope = {"body", "scope"} <= condition.keys() <= {"body", "unless", "scope"}
            assert by_scope or condition.keys() == {"query", "equals", "allow"}, operation.name


@pytest.mark.parametrize(
    ("operation", "situation"),
    [
        pytest.param(operation, situation, id=f"{operation}-{number}")
        for operation in spec.operations()
        for number, situation in enumerate(situations(operation))
    ],
)
def test_access(theatre: Theatre, operation: Operation, situation: Situation) -> None:
    call = under(situation, valid(operation, theatre.known))
    wrong = []
    for who, role in ROLES.items():
        theatre.set(situation)
        if situation.on_itself:
            if role.kind == "nobody":
                continue
            own = "" if role.kind == "operator" else theatre.world.person(who).key_id
            call = call.having(path={**call.path, "user": "me"} | ({"key": own} if "key" in call.path else {}))
        expected = answer(operation.access, role, situation)
        nothing = LET_IN_FOR_NOTHING.get((operation.name, who, situation.on_itself))
        if who == "operator" and "key" in call.path and situation.on_itself:
            continue  # acts without a key
        response = call.send(theatre.world.api(who))
        told = told_of(response.status_code)
        if operation.access.get("identified") and role.workspace is not None and expected == ALLOWED:
            # They are in the workspace that others are invited to.
            problem(response, 409, "member_exists")
        elif expected == ALLOWED and nothing is not None:
            problem(response, 404, nothing)
        elif told != expected:
            wrong.append(f"{who}: {told}, expected {expected}: {response.text[:300]}")
        elif expected == "404":
            problem(response, 404, f"{operation.access['on']}_not_found")
        elif expected != ALLOWED:
            problem(response, int(expected), "unauthenticated" if expected == "401" else "forbidden")
    assert not wrong, f"{call.url} in {situation}:\n" + "\n".join(wrong)


def under(situation: Situation, call: Call) -> Call:
    """The call that meets the condition a situation is about."""
    if situation.allow is None:
        return call
    conditions = call.operation.access["when"]
    condition = next(c for c in conditions if c.get("allow") == situation.allow)
    return call.having(query={**call.query, condition["query"]: condition["equals"]})


def told_of(status: int) -> str:
    return ALLOWED if 200 <= status < 300 else str(status)


@pytest.mark.parametrize("operation", spec.operations(), ids=str)
def test_a_key_that_is_not_one_is_refused_where_a_key_matters(theatre: Theatre, operation: Operation) -> None:
    theatre.set(Situation("public"))
    call = valid(operation, theatre.known)
    for key in ("mls_" + "a" * 49, "nonsense", theatre.world.person("admin").key[:-1] + "-"):
        response = call.send(theatre.world.http.as_key(key))
        if operation.access["allow"] == "anyone" and not operation.access.get("identified"):
            assert response.is_success or response.status_code == 409, response.text
        else:
            problem(response, 401, "api_key_invalid")


def test_the_table_for_people_is_that_of_the_spec() -> None:
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "scripts/permissions_table.py", "--check"], cwd=root, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
