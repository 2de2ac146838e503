"""What a call asks of the database: few statements, along indexes, however much there is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Connection, event, insert

from tests.support.api import Api
from tests.support.server import Storage, accounts, memberships, metadata, new_id
from tests.support.world import PROJECT_PATH, World

DATASET = "/datasets/acme:images"

# What is scanned and is no table are the rows that another step found.
SCAN = re.compile(rf"SCAN ({'|'.join(metadata.tables)})\b")
Statements = list[tuple[str, Any]]


@contextmanager
def recorded(storage: Storage) -> Iterator[Statements]:
    """The statements that go to the database meanwhile."""
    found: Statements = []

    def note(connection: Connection, cursor: Any, statement: str, values: Any, context: Any, many: bool) -> None:
        if statement.startswith("SELECT"):
            found.append((statement, values))

    event.listen(storage.engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(storage.engine, "before_cursor_execute", note)


def rows_of(storage: Storage, statements: Statements) -> int:
    """How many rows statements give."""
    with storage.connect() as connection:
        return sum(len(connection.exec_driver_sql(*statement).all()) for statement in statements)


def scans(storage: Storage, statement: str, values: Any) -> list[str]:
    """The steps of SQLite's plan that read a whole table."""
    with storage.connect() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all()
    return [step.detail for step in plan if SCAN.match(step.detail)]


@pytest.fixture
def member(world: World, storage: Storage) -> Api:
    """A member who is in a group, and a dataset that the group, and everybody, may view."""
    member = world.person("member")
    founder = world.founder()
    founder.ok("POST", "/workspaces/acme/groups", json={"name": "labelers", "users": [member.id]})
    if founder.get(DATASET).status_code == 404:
        founder.ok("POST", "/datasets", json={"workspace": "acme", "name": "images"})
    founder.ok("PUT", f"{DATASET}/permissions/groups/labelers", json={"permission": "EDIT"})
    founder.ok("PUT", f"{DATASET}/permissions/default", json={"permission": "VIEW"})
    founder.ok("PATCH", PROJECT_PATH, json={"visibility": "workspace"})
    api = world.api("member")
    api.ok("GET", "/me")  # the first use of a key is noted
    return api


CHECKS = {
    "dataset by name": (f"{DATASET}", 4),
    "dataset by bare name": ("/datasets/images", 5),
    "project": (PROJECT_PATH, 2),
    "workspace": ("/workspaces/acme", 2),
}
"""What is asked for, and in how many statements: the key, what the name stands for, the check, what is shown."""


@pytest.mark.both_databases
@pytest.mark.parametrize("what", CHECKS)
def test_a_check_is_a_few_indexed_statements(storage: Storage, member: Api, what: str) -> None:
    path, most = CHECKS[what]
    with recorded(storage) as statements:
        member.ok("GET", path)
    assert 2 <= len(statements) <= most, statements
    if storage.is_sqlite:
        for statement, values in statements:
            assert scans(storage, statement, values) == [], statement


LISTS = (
    "/datasets",
    "/datasets?workspace=acme",
    "/projects",
    "/workspaces/acme/access",
    "/workspaces/acme/access?granted=true",
    "/workspaces/acme/access?user=member",
    "/workspaces/acme/access?dataset=acme:images",
    f"{DATASET}/permissions",
    f"{DATASET}/permissions/groups",
    "/workspaces/acme/members/member/dataset-permissions",
    "/workspaces/acme/groups/labelers/dataset-permissions",
    "/workspaces/acme/members/member/offboarding",
)


# On SQLite alone: PostgreSQL plans by the number of rows, and scans tables as small as these.
@pytest.mark.parametrize("path", LISTS)
def test_a_list_goes_along_indexes(storage: Storage, world: World, member: Api, path: str) -> None:
    with recorded(storage) as statements:
        world.founder().ok("GET", path)
    assert statements
    for statement, values in statements:
        assert scans(storage, statement, values) == [], statement


@pytest.mark.both_databases
def test_a_page_of_the_matrix_costs_its_length(storage: Storage, world: World, member: Api) -> None:
    """A hundred times as many people in the workspace are no more statements, nor more rows than a page has."""
    url = "/workspaces/acme/access?dataset=acme:images&limit=5"
    with recorded(storage) as before:
        world.founder().ok("GET", url)
    few = rows_of(storage, before)
    now = datetime.now(UTC)
    crowd = [(new_id(), f"zz-{number}") for number in range(300)]
    common = {"kind": "user", "is_operator": False, "created_at": now}
    membership = {"workspace_id": world.workspace["id"], "kind": "user", "role": "member", "joined_at": now}
    with storage.writing() as connection:
        rows = [{"id": i, "username": name, "username_key": name, **common} for i, name in crowd]
        connection.execute(insert(accounts), rows)
        connection.execute(
            insert(memberships), [{"account_id": i, "username_key": name, **membership} for i, name in crowd]
        )
    with recorded(storage) as after:
        assert len(world.founder().ok("GET", url)) == 5
    assert len(after) == len(before)
    assert rows_of(storage, after) <= few + 10
