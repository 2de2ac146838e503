"""Bulk calls of the object client."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from mlsteward import AsyncSteward, Steward, errors
from mlsteward.bulk import CHUNK, BulkResult
from mlsteward.records import BulkOutcome


@pytest.fixture
def steward() -> Iterator[Steward]:
    with Steward(path=":memory:", workspace="ml-team") as client:
        client.workspaces.create("ml-team")
        client.members.add("jackie", email="jackie@example.org")
        yield client


def words(result: BulkResult) -> list[str]:
    return [row.problem.code if row.problem is not None else str(row.outcome.value) for row in result]  # type: ignore[union-attr]


def members(steward: Steward) -> dict[str, str]:
    return {member.username: str(member.role) for member in steward.members.list()}


def test_any_number_of_rows_from_a_generator(steward: Steward) -> None:
    count = 2 * CHUNK + 1
    with steward.raw_responses() as responses:
        result = steward.members.import_({"username": f"user-{number}"} for number in range(count))
    assert [response.request.partition("?")[0] for response in responses] == [
        "POST /api/v1/workspaces/ml-team/members/bulk"
    ] * 3
    assert (len(result), len(result.done), [row.number for row in result]) == (count, count, [*range(1, count + 1)])
    assert len(members(steward)) == count + 2


def test_no_rows(steward: Steward) -> None:
    with steward.raw_responses() as responses:
        result = steward.members.import_([])
    assert (list(result), repr(result), responses) == ([], "<BulkResult: no rows>", [])


def test_one_outcome_for_each_row(steward: Steward, tmp_path: Path) -> None:
    rows = [{"username": "jackie", "role": "admin"}, "ravi", {"username": "jackie"}, {"username": "?"}]
    result = steward.members.import_(rows)
    assert words(result) == ["done", "done", "unchanged", "invalid_request"]
    assert repr(result) == "<BulkResult: 2 done, 1 unchanged, 1 refused>"
    (refused,) = result.refused
    assert (refused.number, refused.name, refused.outcome) == (4, "?", BulkOutcome.REFUSED)
    assert refused.problem is not None
    assert refused.problem.message == "/body/username: '?' is not valid"
    assert refused.problem.hint.startswith("Use only letters")
    assert "<td>?</td>" in result._repr_html_()
    result.to_csv(tmp_path / "result.csv", columns=["number", "name", "outcome", "problem.code"])
    assert (tmp_path / "result.csv").read_text().splitlines()[-1] == "4,?,refused,invalid_request"
    with pytest.raises(errors.StewardError, match=r"1 of 4 rows were refused\. Row 4 \(\?\): /body/username"):
        result.raise_if_refused()
    steward.members.import_(["ravi"]).raise_if_refused()


def test_a_dry_run_changes_nothing(steward: Steward) -> None:
    before = members(steward)
    tried = steward.members.import_(["ravi", {"username": "jackie", "role": "guest"}, "?"], dry_run=True)
    assert (words(tried), tried.is_dry_run) == (["done", "done", "invalid_request"], True)
    assert repr(tried) == "<BulkResult: 2 done, 1 refused, dry run>"
    assert members(steward) == before
    assert words(steward.members.import_(["ravi", {"username": "jackie", "role": "guest"}, "?"])) == words(tried)


def test_the_dry_run_of_a_client(steward: Steward) -> None:
    trial = steward.dry_run()
    assert trial.members.import_(["ravi"]).is_dry_run
    assert [change.event for change in trial.changes] == ["Imported members: 1 done", "Added to the workspace"]


def test_a_second_run_with_the_same_key_repeats_nothing(steward: Steward) -> None:
    rows = [{"username": f"user-{number}"} for number in range(CHUNK + 1)]
    first = steward.members.import_(rows, idempotency_key="onboarding")
    steward.members.remove("user-0")
    assert list(steward.members.import_(rows, idempotency_key="onboarding")) == list(first)
    assert "user-0" not in members(steward)


def test_a_run_that_breaks_off_goes_on_with_its_key() -> None:
    """The first chunk is answered, the second is not; the second run sends both under the keys of the first."""
    keys: list[str] = []

    def handle(request: httpx.Request) -> httpx.Response:
        keys.append(request.headers["Idempotency-Key"])
        if len(keys) == 2:
            return httpx.Response(403, json={"code": "forbidden", "detail": "No.", "hint": ""})
        count = CHUNK if keys[-1].endswith("-0") else 1
        return httpx.Response(200, json={"outcomes": [{"number": 1, "outcome": "done"}] * count})

    client = httpx.Client(transport=httpx.MockTransport(handle))
    steward = Steward("http://127.0.0.1:1", workspace="ml-team", http_client=client)
    rows = ["x"] * (CHUNK + 1)
    with pytest.raises(errors.Forbidden) as refused:
        steward.members.import_(rows, idempotency_key="onboarding")
    assert refused.value.__notes__ == [f"{CHUNK} rows were sent before this one, and are carried out."]
    assert len(steward.members.import_(rows, idempotency_key="onboarding").done) == CHUNK + 1
    assert keys == ["onboarding-0", "onboarding-1"] * 2


def test_a_file_with_a_mistake_sends_nothing(steward: Steward, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text("username,role\n" + "".join(f"user-{n},guest\n" for n in range(CHUNK)) + "last,king\n")
    with pytest.raises(errors.InvalidArgument, match=f"line {CHUNK + 2}, column role: 'king'"):
        steward.members.import_(file)
    assert len(members(steward)) == 2


def test_exactly_these_members(steward: Steward) -> None:
    steward.members.import_(["ravi", "zoe"])
    steward.groups.create("labelers", users=["jackie", "ravi"])

    def there() -> list[str]:
        return [member.username for member in steward.groups.members.list("labelers")]

    tried = steward.groups.members.set("labelers", ["jackie@example.org", "ZOE"], dry_run=True)
    assert [(row.name, row.outcome) for row in tried] == [("jackie", "unchanged"), ("zoe", "done"), ("ravi", "done")]
    assert there() == ["jackie", "ravi"]
    refused = steward.groups.members.set("labelers", ["jackie", "nobody"])
    assert (words(refused), there()) == (["unchanged", "member_not_found"], ["jackie", "ravi"])
    done = steward.groups.members.set("labelers", steward.members.list())
    assert (len(done), there()) == (4, ["jackie", "local", "ravi", "zoe"])
    assert words(steward.groups.members.set("labelers", [])) == ["done"] * 4
    assert there() == []
    with pytest.raises(errors.GroupNotFound):
        steward.groups.members.set("nosuch", ["jackie"])


def test_the_others(steward: Steward) -> None:
    sent = steward.invitations.send_many(["zoe@example.org", {"username": "nobody"}])
    assert words(sent) == ["done", "user_not_found"]
    steward.datasets.create("images")
    steward.groups.create("labelers")
    grants = [
        {"user": "jackie", "permission": "EDIT"},
        {"group": "labelers", "permission": "VIEW"},
        {"user": "jackie", "permission": "EDIT"},
    ]
    assert words(steward.datasets.permissions.grant_many("images", grants)) == ["done", "done", "unchanged"]
    key = steward.api_keys.create("laptop")
    assert words(steward.api_keys.revoke_many([key.id, key])) == ["done", "api_key_not_found"]


def test_asynchronous() -> None:
    async def main() -> str:
        async with AsyncSteward(path=":memory:", workspace="ml-team") as steward:
            await steward.workspaces.create("ml-team")
            return repr(await steward.members.import_(f"user-{number}" for number in range(3)))

    assert asyncio.run(main()) == "<BulkResult: 3 done>"


@pytest.mark.parametrize("value", [None, 0, "yes"])
def test_dry_run_is_a_bool(steward: Steward, value: object) -> None:
    with pytest.raises(errors.InvalidArgument, match="dry_run must be True or False"):
        steward.members.import_(["ravi"], dry_run=value)  # type: ignore[arg-type]
