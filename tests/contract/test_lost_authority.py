"""Whoever loses their role, their key or their account while a write waits for its lock changes nothing by it.

For each write: somebody else holds the lock; the write is sent, is let in, and waits; meanwhile the other one takes
away what let it in, and commits. Then the write must be refused, and nothing may have changed. Derived from the spec: a
new write is covered once it is there.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import httpx
import pytest
from sqlalchemy import Connection, event, text

from tests.support import spec
from tests.support.calls import Call, valid
from tests.support.databases import Postgres, SqliteTemplate, rival
from tests.support.server import Storage
from tests.support.spec import Operation
from tests.support.stage import Stage
from tests.support.stage import stage as set_up_stage
from tests.support.world import Person, Role

PATIENCE = 60.0
"""Seconds after which something hangs."""

WRITES = [o for o in spec.operations() if o.is_write and o.access["allow"] != "anyone"]
REFUSED = {
    "role": (403, 404),
    "key": (401,),
    "account": (401,),
}
BLOCKED = text("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def stage(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    if request.param == "sqlite":
        template: SqliteTemplate = request.getfixturevalue("sqlite_template")
        database = template.copy()
    else:
        server: Postgres = request.getfixturevalue("postgres")
        database = server.migrated()
    with set_up_stage(database, key_file=tmp_path_factory.mktemp("keys") / "server.key") as stage:
        yield stage


def ways(operation: Operation) -> list[str]:
    """What can be taken away from whoever may call an operation."""
    if operation.access["allow"] == "operator":
        return ["key"]
    # Nobody takes away that an account is itself.
    return ["key", "account"] if operation.access["allow"] == "self" else ["role", "key", "account"]


@pytest.mark.parametrize("operation", WRITES, ids=str)
def test_a_write_without_authority_changes_nothing(stage: Stage, operation: Operation) -> None:
    if not stage.storage.is_sqlite and not lock_of(operation):
        return  # it waits for nobody, so there is no moment in between
    for way in ways(operation):
        person = caller_of(stage, operation)
        call = valid(operation, stage.known)
        if operation.access.get("on") == "user":
            # Otherwise it would be an admin who acts for somebody else, see below.
            own = {"user": "me"} | ({"key": person.key_id} if "key" in call.path else {})
            call = call.having(path={**call.path, **own})
        answer, before, after = raced(stage, operation, call, person, way)
        assert answer.status_code in REFUSED[way], f"{way}: {answer.status_code} {answer.text}"
        assert before == after, f"{way}: refused with {answer.status_code}, but something changed"


@pytest.mark.parametrize("operation", [o for o in WRITES if o.access.get("on") == "user"], ids=str)
def test_an_admin_who_is_none_any_more_does_nothing_to_the_accounts_of_others(
    stage: Stage, operation: Operation
) -> None:
    person = caller_of(stage, operation)
    answer, before, after = raced(stage, operation, valid(operation, stage.known), person, "role")
    assert answer.status_code in REFUSED["role"], answer.text
    assert before == after


# ---- steps


def lock_of(operation: Operation) -> str | None:
    """What a write waits for on PostgreSQL: what its `x-lock` says, or what it is about."""
    lock: str = operation.raw.get("x-lock") or {None: "none", "user": "account"}.get(
        operation.access.get("on"), "workspace"
    )
    return None if lock == "none" else lock


_numbers = iter(range(1_000_000))


def caller_of(stage: Stage, operation: Operation) -> Person:
    """Somebody new who may call an operation: an admin of the workspace, or an operator."""
    name = f"racer{next(_numbers)}"
    person = stage.world.add(name, Role(workspace="admin"))
    if operation.access["allow"] == "operator":
        with stage.storage.writing() as connection:
            operator = text("UPDATE accounts SET is_operator = true WHERE id = :id")
            connection.execute(operator, {"id": person.id})
    return person


TAKE_AWAY: dict[str, tuple[str, ...]] = {
    "role": (
        "UPDATE memberships SET role = 'guest' WHERE account_id = :id",
        "DELETE FROM project_users WHERE account_id = :id",
        "DELETE FROM dataset_user_grants WHERE account_id = :id",
    ),
    "key": ("DELETE FROM api_keys WHERE account_id = :id",),
    "account": ("DELETE FROM accounts WHERE id = :id",),
}


def raced(
    stage: Stage, operation: Operation, call: Call, person: Person, way: str
) -> tuple[httpx.Response, object, object]:
    """Send a call that waits, take something away from its caller meanwhile, and let it go on.

    Returns:
        The answer, and the database as the loss left it and as it is after the answer.
    """
    api = stage.world.http.as_key(person.key)
    api.ok("GET", "/me")  # so that the use of the key is noted already
    with (
        ThreadPoolExecutor(1) as pool,
        rival(stage.storage) as other,
        other.connect() as connection,
        held(stage.storage, other, operation, call, person, connection) as is_blocked,
    ):
        sent = pool.submit(call.send, api)
        deadline = time.monotonic() + PATIENCE
        while not is_blocked():
            assert not sent.done(), f"{operation} did not wait: {sent.result().text}"
            assert time.monotonic() < deadline
            time.sleep(0.002)
        for statement in TAKE_AWAY[way]:
            connection.execute(text(statement), {"id": person.id})
        before = stage.state(connection)
        connection.commit()
        answer = sent.result(PATIENCE)
    return answer, before, stage.state()


@contextmanager
def held(
    storage: Storage, other: Storage, operation: Operation, call: Call, person: Person, connection: Connection
) -> Iterator[Callable[[], bool]]:
    """Hold the lock that a call will wait for, with a connection of the rival; gives what tells whether it waits."""
    other.begin(connection, write=True)
    if not storage.is_sqlite:
        if lock_of(operation) == "workspace":
            connection.execute(text("SELECT id FROM workspaces WHERE name = 'acme' FOR UPDATE"))
        else:
            account_id = person.id if call.path["user"] == "me" else call.path["user"]
            connection.execute(text("SELECT id FROM accounts WHERE id = :id FOR UPDATE"), {"id": account_id})
        with storage.engine.connect() as another:
            another.execution_options(isolation_level="AUTOCOMMIT")  # what is shown stands still in a transaction
            yield lambda: bool(another.execute(BLOCKED).scalar_one())
        return
    waits = threading.Event()

    def note(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        if statement.startswith("BEGIN IMMEDIATE"):
            waits.set()

    event.listen(storage.engine, "before_cursor_execute", note)
    try:
        yield waits.is_set
    finally:
        event.remove(storage.engine, "before_cursor_execute", note)
