"""What one access check costs with a hundred times as many grants, on SQLite and on PostgreSQL."""

from __future__ import annotations

import statistics
import time
from collections.abc import Sequence
from itertools import islice

import psycopg
from mlsteward import Steward
from mlsteward_server.storage.engine import open_storage

from bench.figures import Figure, Size, compare, microseconds
from bench.populace import Counts, fill
from bench.timing import CLIENT_CORE, pin
from bench.world import World
from bench.writes import postgresql

MANY = Counts(people=10_000, groups=1_000, datasets=1_000, grants=1_000_000)
FEW = Counts(people=10_000, groups=1_000, datasets=1_000, grants=10_000)
WORKSPACE = "crowd"
CHECKED = 50
"""Datasets that are looked at in turn."""
TARGET = 1.3


def measure(world: World, size: Size) -> list[Figure]:
    """Embedded, through the client: a dataset is read by somebody whom a grant lets see it."""
    pin(0, CLIENT_CORE)
    many, few = str(world.folder / "many.db"), str(world.folder / "few.db")
    with postgresql(world.folder / "grants") as url:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("CREATE DATABASE few")
        return [_measure(size, "SQLite", many, few), _measure(size, "PostgreSQL", url, _named(url, "few"))]


def _named(url: str, database: str) -> str:
    """The same server, another database."""
    head, query, options = url.partition("?")
    return f"{head.rpartition('/')[0]}/{database}{query}{options}"


def _measure(size: Size, name: str, many: str, few: str) -> Figure:
    counts = {many: MANY.by(size.scale), few: FEW.by(size.scale)}
    readers = {database: _Reader(database, counts[database]) for database in counts}
    pairs = []
    try:
        for _ in range(size.rounds):
            found = {database: reader.p95(size.seconds) for database, reader in readers.items()}
            pairs.append((found[many], found[few]))
    finally:
        for reader in readers.values():
            reader.close()
    return compare(
        f"access check on {name}, 95th percentile: {counts[many].grants:,} grants",
        f"the same with {counts[few].grants:,}",
        pairs,
        target=TARGET,
        show=microseconds,
    )


class _Reader:
    """Somebody in a workspace full of grants, and datasets that they can see."""

    def __init__(self, database: str, counts: Counts) -> None:
        self._steward = Steward(path=database)
        self._steward.workspaces.create(WORKSPACE)
        storage = open_storage(database)
        fill(storage, WORKSPACE, counts)
        storage.close()
        # A guest sees what is granted, and nothing else.
        guest = next(member for member in self._steward.members.list(workspace=WORKSPACE) if member.role == "guest")
        self._guest = self._steward.as_account(self._steward.api_keys.create("bench", user=guest.username).secret)
        self._seen = [found.id for found in islice(self._guest.datasets.list(workspace=WORKSPACE), CHECKED)]
        assert self._seen

    def p95(self, seconds: float) -> float:
        """Seconds within which 95 of 100 checks are done."""
        return _percentile(self._times(seconds), 95)

    def _times(self, seconds: float) -> list[float]:
        found: list[float] = []
        get, stop = self._guest.datasets.get, time.perf_counter() + seconds
        while time.perf_counter() < stop:
            for dataset in self._seen:
                began = time.perf_counter()
                get(dataset)
                found.append(time.perf_counter() - began)
        return found

    def close(self) -> None:
        self._guest.close()
        self._steward.close()


def _percentile(values: Sequence[float], percent: int) -> float:
    return statistics.quantiles(values, n=100)[percent - 1]
