"""What `check_access` answers is what the server then does: for every operation that it knows, and every role."""

from __future__ import annotations

from typing import Any

import pytest

from tests.contract.oracle import ALLOWED, Situation
from tests.contract.test_access_matrix import Theatre, theatre, told_of
from tests.support import spec
from tests.support.calls import valid
from tests.support.spec import Operation
from tests.support.world import DATASET, PROJECT, ROLES, WORKSPACE

__all__ = ["theatre"]

CHECKS = f"/workspaces/{WORKSPACE}/access/checks"
NOT_CHECKED = {"user", "job"}
"""Kinds that operations are about and that no question can name."""
INSIDERS = [who for who, role in ROLES.items() if role.workspace is not None]
CHECKED = [operation for operation in spec.operations() if operation.access.get("on") not in NOT_CHECKED]


def question(theatre: Theatre, operation: Operation, **more: str) -> dict[str, str]:
    names = {"project": PROJECT, "dataset": DATASET, "experiment": theatre.known["experiment"]}
    named = names.get(operation.access.get("on", ""))
    return {"operation": operation.name, **({"object": named} if named else {}), **more}


def ask(api: Any, *questions: dict[str, str]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = api.ok("POST", CHECKS, json={"checks": questions})["checks"]
    return found


@pytest.mark.parametrize("visibility", ["private", "public"])
@pytest.mark.parametrize("operation", CHECKED, ids=str)
def test_the_answer_is_what_the_server_does(theatre: Theatre, operation: Operation, visibility: str) -> None:
    situation = Situation(visibility)
    theatre.set(situation)
    founder, person = theatre.world.founder(), theatre.world.person
    answers = ask(founder, *(question(theatre, operation, user=person(who).id) for who in INSIDERS))
    call = valid(operation, theatre.known)
    wrong = []
    for who, answer in zip(INSIDERS, answers, strict=True):
        theatre.set(situation)
        assert answer["username"] == person(who).username
        [own] = ask(theatre.world.api(who), question(theatre, operation))
        response = call.send(theatre.world.api(who))
        refused = told_of(response.status_code) != ALLOWED
        if operation.access.get("identified") and response.status_code == 409:
            refused = False  # in the workspace already
        code = response.json()["code"] if refused else None
        if (answer["allowed"], answer.get("code")) != (not refused, code):
            wrong.append(f"{who}: {answer}, and then {response.status_code} {response.text[:200]}")
        if (own["allowed"], own.get("code")) != (answer["allowed"], answer.get("code")):
            wrong.append(f"{who}: {answer} to an admin, {own} to {who}")
        if refused and not (answer["reason"] and answer["needs"] != answer["has"]):
            wrong.append(f"{who}: does not say what is missing: {answer}")
    assert not wrong, "\n".join(wrong)


def test_the_operator(theatre: Theatre) -> None:
    theatre.set(Situation())
    answers = ask(theatre.world.operator, *(question(theatre, operation) for operation in CHECKED))
    assert [answer["operation"] for answer in answers if not answer["allowed"]] == []
