"""How long it takes to import many people, embedded and served, on SQLite and on PostgreSQL."""

from __future__ import annotations

import time

from mlsteward import Steward

from bench.figures import Figure, Size, compare
from bench.world import World
from bench.writes import postgresql

PEOPLE = 10_000
SECONDS = 10.0


def measure(world: World, size: Size) -> list[Figure]:
    """Each import is into a workspace of its own, of people who have no account yet."""
    count = max(100, int(PEOPLE * size.scale))
    with postgresql(world.folder / "postgresql-bulk") as url:
        return [
            figure
            for name, database in (("SQLite", str(world.folder / "bulk.db")), ("PostgreSQL", url))
            for figure in _measure(world, size, name, database, count)
        ]


def _measure(world: World, size: Size, name: str, database: str, count: int) -> list[Figure]:
    rounds = min(3, size.rounds)
    # A smaller import has a share of the time.
    most = SECONDS * count / PEOPLE
    with Steward(path=database) as steward:
        key = steward.api_keys.create("bench").secret
        embedded = [_import(steward, f"embedded-{number}", count) for number in range(rounds)]
    with Steward(world.serve_ours(database), api_token=key) as steward:
        served = [_import(steward, f"served-{number}", count) for number in range(rounds)]
    return [
        compare(
            f"{how} import of {count:,} new members on {name}",
            f"{most:g} s",
            [(seconds, most) for seconds in times],
            target=1.0,
            show=lambda seconds: f"{seconds:.1f} s",
        )
        for how, times in (("embedded", embedded), ("served", served))
    ]


def _import(steward: Steward, workspace: str, count: int) -> float:
    """Seconds that an import takes."""
    steward.workspaces.create(workspace)
    rows = ({"username": f"{workspace}-{n}", "email": f"{workspace}-{n}@example.com"} for n in range(count))
    began = time.perf_counter()
    result = steward.members.import_(rows, workspace=workspace, progress=False)
    seconds = time.perf_counter() - began
    result.raise_if_refused()
    assert len(result) == count
    return seconds
