"""SQLite and PostgreSQL answer alike, to every operation of the spec: to valid calls, and to bad ones that get far.

Both start from the very same rows, ids and keys included, so that what they read must be the same to the letter. What
a write makes anew (ids, secrets, moments) differs and is masked. Other tests of the contract run on SQLite alone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from tests.support import spec
from tests.support.api import Api
from tests.support.bad_values import QUERY_VALUES, SEGMENTS, UNSTORABLE, VALUES, mutations, target
from tests.support.calls import Call, valid
from tests.support.databases import Postgres, row_counts
from tests.support.examples import validator
from tests.support.server import Settings, Storage, create_app, metadata, open_storage
from tests.support.spec import Operation
from tests.support.stage import Copy, Stage

JSON = {"Content-Type": "application/json"}
CALLERS = ("operator", "admin", "member", "guest", "viewer", "listed", "manager", "grouped", "robot_owner", "outsider")
TABLES = sorted(metadata.tables)
NEW = re.compile(r"mls_\w+|[0-9a-f]{32}|\d{4}-\d\d-\d\dT[\d:.]+(Z|\+00:00)|token=[\w-]+")
"""What no two servers make alike."""
BEFORE_THE_DATABASE = (400, 422)
"""What does not fit the spec is refused before the database has a say: once for each parameter and code is enough."""


@dataclass(frozen=True)
class Sides:
    """The same world on both databases."""

    stage: Stage
    postgresql: Storage
    other: Api
    initial: Copy

    def restore(self) -> None:
        self.stage.restore()
        self.initial.restore()


@pytest.fixture(scope="module")
def sides(prepared_stage: Stage, postgres: Postgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sides]:
    prepared_stage.restore()
    key_file = tmp_path_factory.mktemp("keys") / "server.key"
    postgresql = open_storage(postgres.migrated(), key_file=key_file)
    postgresql.vault, postgresql.blobs = prepared_stage.storage.vault, prepared_stage.storage.blobs
    with prepared_stage.storage.connect() as one, postgresql.writing() as two:
        # A database in memory has no key to check.
        two.execute(metadata.tables["platform_facts"].delete())
        for table in metadata.sorted_tables:
            rows = [dict(row) for row in one.execute(table.select()).mappings()]
            if rows:
                two.execute(table.insert(), rows)
    other = Api(create_app(postgresql, Settings(validate_responses=True)))
    yield Sides(prepared_stage, postgresql, other, Copy(postgresql))
    postgresql.close()


class Comparison:
    """Sends the same to both, and collects where the answers differ."""

    def __init__(self, sides: Sides, operation: Operation) -> None:
        self.sides = sides
        self.operation = operation
        self.call = valid(operation, sides.stage.known)
        self.wrong: list[str] = []
        self._refused: set[tuple[str, str]] = set()
        sides.restore()

    def send(self, where: str, what: str, call: Call | None = None, *, by: str = "", **changes: Any) -> None:
        """Send it to both; what was written is undone."""
        call, what = call or self.call, f"{where} {what}"
        api = self.sides.stage.world.api(by) if by else self.sides.stage.operator
        answer = call.send(api, **changes)
        if answer.status_code in BEFORE_THE_DATABASE:
            if (where, answer.json()["code"]) in self._refused:
                return
            self._refused.add((where, answer.json()["code"]))
        there = self.sides.other.as_local() if by == "operator" else self.sides.other.as_key(api.key)
        answers = (answer, call.send(there, **changes))
        here, other = (told(answer, self.operation) for answer in answers)
        if here != other:
            self.wrong.append(f"{what}: SQLite {here}\n    PostgreSQL {other}")
        if self.operation.is_write and answer.is_success:
            if call == self.call:
                self._compare_rows(what)
            if self.operation.method != "patch":  # a thing can be changed again, both the same way
                self.sides.restore()

    def _compare_rows(self, what: str) -> None:
        counts = []
        for storage in (self.sides.stage.storage, self.sides.postgresql):
            with storage.connect() as connection:
                counts.append(row_counts(connection, TABLES))
        if counts[0] != counts[1]:
            self.wrong.append(f"{what}: SQLite holds {counts[0]}\n    PostgreSQL {counts[1]}")

    def judge(self) -> None:
        """Fail with everything that differs."""
        assert not self.wrong, f"{self.operation.name}:\n" + "\n".join(self.wrong)


def told(response: httpx.Response, operation: Operation) -> tuple[int, dict[str, str], object]:
    """What must be the same: status, headers and body, but for what is new each time."""
    headers = {name: response.headers.get(name, "") for name in ("content-type", "link", "allow", "www-authenticate")}
    text = response.text
    if response.is_success and not operation.is_write:
        return response.status_code, headers, text
    if "json" in headers["content-type"] and not response.is_success:
        text = json.dumps({k: v for k, v in response.json().items() if k != "request_id"})
    return response.status_code, headers, NEW.sub("<new>", text)


@pytest.mark.parametrize("operation", spec.operations(), ids=str)
def test_valid_calls(sides: Sides, operation: Operation) -> None:
    comparison = Comparison(sides, operation)
    for who in CALLERS:
        comparison.send("called by", who, by=who)
    comparison.send("with", "every field", valid(operation, sides.stage.known, full=True))
    if operation.is_list:
        query = comparison.call.query
        for limit in ("1", "2", "500"):
            comparison.send("limit", limit, comparison.call.having(query={**query, "limit": limit}))
    comparison.judge()


@pytest.mark.parametrize("operation", spec.operations(), ids=str)
def test_values_that_reach_the_database(sides: Sides, operation: Operation) -> None:
    comparison = Comparison(sides, operation)
    call = comparison.call
    for parameter in operation.parameters_in("path"):
        for what, segment in SEGMENTS.items():
            line = target(call, parameter["name"], segment)
            comparison.send(parameter["name"], what, extensions={"target": line})
    for parameter in operation.parameters_in("query"):
        for what, value in QUERY_VALUES.items():
            comparison.send(parameter["name"], what, call.having(query={**call.query, parameter["name"]: value}))
    if operation.body_schema is not None:
        compare_bodies(comparison, operation.body_schema)
    comparison.judge()


def compare_bodies(comparison: Comparison, schema: dict[str, Any]) -> None:
    """Send what fits the schema, however odd, and what no text may hold."""
    fits = validator(schema)
    for pointer, body in mutations(schema, comparison.call.body):
        for what, value in VALUES.items():
            if fits.is_valid(body(value)):
                comparison.send(pointer, what, json=body(value))
        for what, text in UNSTORABLE.items():
            content = json.dumps(body("PLACEHOLDER")).replace('"PLACEHOLDER"', text).encode()
            comparison.send(pointer, what, content=content, headers=JSON, json=None)
