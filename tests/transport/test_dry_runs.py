"""A client whose writes change nothing, and servers that do not know dry runs."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator

import httpx
import pytest
from mlsteward import AsyncSteward, Steward, errors

ORDINARY = {"id": "1", "name": "ml-team", "created_at": "2026-01-31T12:00:00Z"}


@pytest.fixture
def steward() -> Iterator[Steward]:
    with Steward(path=":memory:", workspace="ml-team") as client:
        client.workspaces.create("ml-team")
        client.members.add("jackie", role="guest", email="jackie@example.org")
        yield client


def answering(status: int, body: object) -> Steward:
    def handle(request: httpx.Request) -> httpx.Response:
        assert request.method == "GET" or request.url.params["dry_run"] == "true"
        return httpx.Response(status, json=body)

    client = httpx.Client(transport=httpx.MockTransport(handle))
    return Steward("http://127.0.0.1:1", http_client=client)


def test_writes_change_nothing_and_are_collected(steward: Steward) -> None:
    trial = steward.dry_run()
    assert trial.members.update("jackie", role="admin").role == "admin"
    trial.members.remove("jackie")
    trial.groups.create("labelers", users=["jackie"])
    assert trial.members.get("jackie").role == "guest"
    assert steward.groups.list().to_list() == []
    assert [(c.action, c.object_type, c.object_name) for c in trial.changes] == [
        ("update", "user", "jackie"),
        ("delete", "user", "jackie"),
        ("create", "group", "labelers"),
    ]
    (field,) = trial.changes[0].fields
    assert (field.name, field.before, field.after) == ("role", "guest", "admin")
    assert steward.changes == ()
    assert repr(trial).endswith(", dry run>")


def test_secrets_are_not_real(steward: Steward) -> None:
    trial = steward.dry_run()
    assert trial.api_keys.create("laptop").secret == "(dry run)"
    assert trial.invitations.send(email="zoe@example.com").url == "(dry run)"
    assert "mls_" not in repr([c.to_dict() for c in trial.changes if c.object_type != "api_key"])
    assert steward.invitations.list().to_list() == []


def test_reads_are_reads(steward: Steward) -> None:
    trial = steward.dry_run()
    steward.projects.create("churn")
    assert not trial.access.can("jackie", "delete_project", "churn")
    assert [member.username for member in trial.members.list()] == ["jackie", "local"]
    assert trial.changes == ()


def test_another_account_of_a_dry_run_changes_nothing_either(steward: Steward) -> None:
    key = steward.api_keys.create("jackies", user="jackie").secret
    trial = steward.dry_run()
    trial.as_account(key).api_keys.create("laptop")
    assert len(trial.changes) == 1
    assert len(steward.api_keys.list(user="jackie").to_list()) == 1


def test_an_upload_has_no_dry_run(steward: Steward) -> None:
    steward.projects.create("churn", key="CLS")
    experiment = steward.experiments.create("churn", name="baseline")
    with pytest.raises(errors.InvalidRequest) as refused:
        steward.dry_run().experiments.assets.upload(experiment.id, b"weights", name="model.bin")
    assert refused.value.code == "dry_run_not_possible"


def test_asynchronous() -> None:
    async def main() -> tuple[str, int]:
        async with AsyncSteward(path=":memory:") as steward:
            await steward.workspaces.create("ml-team")
            trial = steward.dry_run()
            await trial.members.add("jackie", workspace="ml-team")
            return trial.changes[0].event, len(await steward.members.list(workspace="ml-team").to_list())

    assert asyncio.run(main()) == ("Added to the workspace", 1)


def test_an_older_server_refuses_and_the_client_says_why() -> None:
    pointer = {"pointer": "/query/dry_run", "message": "is not a parameter here; known: none"}
    problem = {"code": "invalid_request", "detail": "/query/dry_run: is not a parameter here", "errors": [pointer]}
    with pytest.raises(errors.InvalidRequest) as refused:
        answering(422, problem).dry_run().workspaces.create("ml-team")
    assert refused.value.hint == "The server has no dry runs: update it. Nothing was changed."


@pytest.mark.parametrize("body", [ORDINARY, [], "x", {"status": 201}, json.loads("null")])
def test_an_answer_that_is_not_that_of_a_dry_run_is_an_error(body: object) -> None:
    with pytest.raises(errors.ResponseParsingError, match="is not that to a dry run"):
        answering(200, body).dry_run().workspaces.create("ml-team")
