"""Writers that queue for a SQLite file share a commit: each is undone alone, and none is answered before it."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Connection, event, insert, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError, TimeoutError

from tests.support.api import Api
from tests.support.server import Storage, create_app, new_id, workspaces

NAMES = ["a", "b", "c", "d"]
PATIENCE = 30.0


def add(connection: Connection, name: str) -> None:
    row = {"id": new_id(), "name": name, "name_key": name, "allowed_visibilities": "[]"}
    connection.execute(insert(workspaces), {**row, "created_at": datetime(2026, 1, 1, tzinfo=UTC)})


def names(storage: Storage) -> list[str]:
    with storage.connect() as connection:
        return sorted(connection.execute(select(workspaces.c.name)).scalars())


def together(storage: Storage, jobs: list[Callable[[], Any]]) -> tuple[list[Future[Any]], int]:
    """Run jobs that all wait for a turn before the first of them gets it; and the commits that they take."""
    commits: list[object] = []

    def note(connection: object) -> None:
        commits.append(connection)

    assert storage.writers is not None
    with ThreadPoolExecutor(len(jobs)) as pool:
        with storage.writing() as connection:
            add(connection, "first")
            futures = []
            for number, job in enumerate(jobs):
                futures.append(pool.submit(job))
                stop = time.monotonic() + PATIENCE
                while storage.writers.waiting <= number:
                    assert time.monotonic() < stop
                    time.sleep(0.001)
        event.listen(storage.engine, "commit", note)
        for future in futures:
            future.exception()
        event.remove(storage.engine, "commit", note)
    return futures, len(commits)


def change(storage: Storage, name: str, then: Callable[[Connection], object] = lambda connection: None) -> None:
    with storage.connect() as own, storage.change(own) as connection:
        add(connection, name)
        then(connection)


def fail(connection: Connection) -> None:
    raise KeyError("undo this")


def defer_a_violation(connection: Connection) -> None:
    """What the database refuses only when it is to commit."""
    connection.execute(text("PRAGMA defer_foreign_keys = ON"))
    connection.execute(
        text("INSERT INTO outbox (id, invitation_id, recipient, created_at) VALUES ('x', 'nowhere', 'x', '2026')")
    )


def test_those_who_wait_share_a_commit(storage: Storage) -> None:
    futures, commits = together(storage, [lambda name=name: change(storage, name) for name in NAMES])
    for future in futures:
        future.result()
    assert commits == 1
    assert names(storage) == [*NAMES, "first"]


def test_requests_share_a_commit_and_each_is_kept(storage: Storage) -> None:
    with Api(create_app(storage)) as http:
        local = http.as_local()
        futures, commits = together(
            storage,
            [lambda n=n: local.post("/workspaces", json={"name": n}) for n in ["a", "b", "A", "c"]],
        )
    answers = [future.result() for future in futures]
    assert [answer.status_code for answer in answers] == [201, 201, 409, 201]
    assert answers[2].json()["code"] == "workspace_name_taken"
    assert commits == 1
    assert names(storage) == ["a", "b", "c", "first"]


@pytest.mark.parametrize("number", range(len(NAMES)))
def test_one_of_them_is_undone_alone(storage: Storage, number: int) -> None:
    jobs = [
        lambda name=name: change(storage, name, *([fail] if name == NAMES[number] else []))  # type: ignore[misc]
        for name in NAMES
    ]
    futures, _ = together(storage, jobs)
    failed = [name for name, future in zip(NAMES, futures, strict=True) if future.exception() is not None]
    assert failed == [NAMES[number]]
    assert isinstance(futures[number].exception(), KeyError)
    assert names(storage) == sorted({*NAMES, "first"} - set(failed))


def test_none_is_answered_before_the_commit(storage: Storage) -> None:
    def write(name: str) -> None:
        change(storage, name, *([defer_a_violation] if name == "b" else []))

    futures, _ = together(storage, [lambda name=name: write(name) for name in NAMES])
    errors = [future.exception() for future in futures]
    # Each was done, and each is told that it came to nothing.
    assert [type(error) for error in errors] == [IntegrityError] * len(NAMES)
    assert len({id(error) for error in errors}) == len(NAMES)
    assert names(storage) == ["first"]
    change(storage, "after")
    assert names(storage) == ["after", "first"]


def test_what_sqlite_undoes_itself_is_undone_for_all(storage: Storage) -> None:
    # As it does where the disk is full.
    def end(connection: Connection) -> None:
        connection.connection.execute("ROLLBACK")  # type: ignore[attr-defined]
        raise KeyError("no more")

    jobs = [
        lambda: change(storage, "a"),
        lambda: change(storage, "b", end),
    ]
    futures, _ = together(storage, jobs)
    first, second = (future.exception() for future in futures)
    assert isinstance(first, TimeoutError)
    assert isinstance(second, KeyError)
    assert names(storage) == ["first"]


def test_work_of_the_server_joins_nobody(storage: Storage) -> None:
    def alone() -> None:
        with storage.writing() as connection:
            add(connection, "b")

    jobs = [lambda: change(storage, "a"), alone, lambda: change(storage, "c"), lambda: change(storage, "d")]
    futures, commits = together(storage, jobs)
    assert [future.exception() for future in futures] == [None] * 4
    assert commits == 3
    assert names(storage) == [*NAMES, "first"]


def test_who_does_not_wait_goes_away(storage: Storage) -> None:
    with storage.writing() as connection:
        add(connection, "a")
        with storage.connect() as other, pytest.raises(TimeoutError):
            storage.begin(other, write=True, wait=False)
    assert names(storage) == ["a"]


def test_another_process_that_writes_for_long(storage: Storage) -> None:
    assert storage.engine.url.database is not None
    other = sqlite3.connect(storage.engine.url.database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with storage.connect() as own:
        own.exec_driver_sql("PRAGMA busy_timeout = 1")
        with pytest.raises(DBAPIError, match="locked"), storage.change(own):
            raise AssertionError("unreachable")
        own.exec_driver_sql("PRAGMA busy_timeout = 15000")
    other.execute("ROLLBACK")
    other.close()
    # It has given back its turn.
    change(storage, "a")
    assert names(storage) == ["a"]
