"""How many statements an operation takes: a handful, however much there is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import event, insert

from tests.support import spec
from tests.support.calls import valid
from tests.support.server import Storage, memberships, new_id, workspaces
from tests.support.spec import Operation
from tests.support.stage import Stage
from tests.support.world import World

CALLER = 1
"""The API key is looked up."""
REFERENCE = 2
"""A name in a path is looked up, perhaps after the workspace it is in."""
READ = 9
"""What a handler may ask besides."""
WRITE = 16
"""What a handler may ask and write besides, the audit log included."""
COMPOUND = {"offboard_member": 12, "import_members": 30}
"""How many more those take that do several things at once: an import, for two people."""
MANY = 300


@contextmanager
def counted(storage: Storage) -> Iterator[list[str]]:
    """The statements that go to the database meanwhile."""
    found: list[str] = []

    def note(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        found.append(statement)

    event.listen(storage.engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(storage.engine, "before_cursor_execute", note)


def before_the_use_of_the_key(found: list[str]) -> list[str]:
    """The statements of a read, without those that note the use of the key: once a minute, after the answer."""
    noted = next((i for i, statement in enumerate(found) if "SET last_used_at" in statement), len(found))
    start = max((i for i in range(noted) if found[i].startswith("PRAGMA busy_timeout")), default=noted)
    return found[: min(noted, start)] if noted < len(found) else found


def allowed(operation: Operation) -> int:
    """How many statements an operation may take, by what it says of itself."""
    named = REFERENCE * len(operation.parameters_in("path"))
    if not operation.is_write:
        return CALLER + named + READ
    return 2 * (CALLER + named) + WRITE + COMPOUND.get(operation.name, 0)  # a write looks twice


@pytest.mark.parametrize("operation", spec.operations(), ids=str)
def test_an_operation_is_a_handful_of_statements(stage: Stage, operation: Operation) -> None:
    call = valid(operation, stage.known)
    stage.operator.ok("GET", "/me")  # so that the use of the key is noted
    with counted(stage.storage) as found:
        assert call.send(stage.operator).is_success
    if not operation.is_write:
        found = before_the_use_of_the_key(found)
    assert 0 < len(found) <= allowed(operation), "\n".join(found)


@pytest.mark.both_databases
@pytest.mark.parametrize("role", ["guest", "collaborator", "member", "admin"])
def test_a_list_over_many_workspaces_is_one_query(world: World, storage: Storage, role: str) -> None:
    person = world.person(role)
    api = world.api(role)
    founder = world.founder()
    for number in range(3):
        founder.ok("POST", "/projects", json={"workspace": "acme", "name": f"p{number}", "visibility": "workspace"})
        founder.ok("POST", "/datasets", json={"workspace": "acme", "name": f"d{number}", "default_permission": "VIEW"})
    now = datetime.now(UTC)
    ids = [new_id() for _ in range(MANY)]
    plan = {"allowed_visibilities": "[]", "created_at": now}
    member = {"kind": "user", "username_key": person.username, "role": role, "joined_at": now, "account_id": person.id}
    lists = ("/projects", "/datasets", "/projects?archived=true", "/projects?limit=2", "/datasets?limit=2")

    def of_lists() -> dict[str, int]:
        counts = {}
        for url in lists:
            with counted(storage) as found:
                api.ok("GET", url)
            counts[url] = len(found)
        return counts

    api.ok("GET", "/me")  # so that the use of the key is noted
    before, there = of_lists(), [api.everything(url) for url in lists]
    with storage.writing() as connection:
        connection.execute(
            insert(workspaces), [{"id": i, "name": f"w-{i[-12:]}", "name_key": f"w-{i[-12:]}", **plan} for i in ids]
        )
        connection.execute(insert(memberships), [{"workspace_id": i, **member} for i in ids])
    assert of_lists() == before
    assert [api.everything(url) for url in lists] == there
    assert max(before.values()) <= 5
