"""What access costs where there is a lot: one check, and the matrix of one dataset, as the workspace grows."""

from __future__ import annotations

import gc
import time

from mlsteward import Steward
from mlsteward_server.storage.engine import open_storage

from bench.figures import Figure, Size, compare, microseconds, milliseconds
from bench.populace import FULL, Counts, fill
from bench.timing import CLIENT_CORE, per_call, pin
from bench.world import World

CURVE = (0.1, 0.25, 0.5, 1.0)
"""Of the people and groups of the largest workspace; datasets and the grants on each stay as they are."""
MATRIX_SECONDS = 0.2
CHECKED = "dataset-00005"


def measure(world: World, size: Size) -> list[Figure]:
    """Embedded on SQLite, through the client: from the call to records."""
    pin(0, CLIENT_CORE)
    counts = FULL.by(size.scale)
    wholes = {share: _grown(counts, share) for share in CURVE}
    alone = Counts(
        people=counts.people, groups=counts.groups, datasets=10, grants=counts.grants // counts.datasets * 10
    )
    database = str(world.folder / "scale.db")
    with Steward(path=database) as steward:
        for name in (*map(_name, CURVE), "alone"):
            steward.workspaces.create(name)
        storage = open_storage(database)
        for share, whole in wholes.items():
            fill(storage, _name(share), whole)
        fill(storage, "alone", alone)
        storage.close()
        members = {share: _member(steward, _name(share)) for share in (CURVE[0], CURVE[-1])}
        checks, matrices, few = [], [], []
        curve: dict[float, list[tuple[float, float]]] = {share: [] for share in CURVE[1:]}
        for _ in range(size.rounds):
            costs = {share: _check(members[share], _name(share), size) for share in members}
            checks.append((costs[CURVE[-1]], costs[CURVE[0]]))
            each = {share: _matrix(steward, _name(share)) for share in CURVE}
            matrices.append((each[CURVE[-1]][0], MATRIX_SECONDS))
            for share, pairs in curve.items():
                pairs.append((_per_account(each[share]), _per_account(each[CURVE[0]])))
            few.append((each[CURVE[-1]][0], _matrix(steward, "alone")[0]))
        for member in members.values():
            member.close()
    most, least = counts.people, wholes[CURVE[0]].people
    return [
        compare(
            f"access check (datasets.get): {most:,} people, {counts.groups:,} groups, {counts.grants:,} grants",
            f"the same among {least:,} people",
            checks,
            target=1.5,
            show=microseconds,
        ),
        compare(
            f"matrix of one dataset with {most:,} people",
            f"{MATRIX_SECONDS * 1e3:.0f} ms",
            matrices,
            target=1.0,
            show=milliseconds,
        ),
        *(
            compare(
                f"matrix of one dataset, per account: {wholes[share].people:,} people",
                f"the same with {least:,} people",
                pairs,
                target=1.3,
                show=microseconds,
            )
            for share, pairs in curve.items()
        ),
        compare(
            f"matrix of one dataset among {counts.datasets:,}",
            "the same among 10",
            few,
            target=1.3,
            show=milliseconds,
        ),
    ]


def _grown(counts: Counts, share: float) -> Counts:
    part = counts.by(share)
    return Counts(part.people, part.groups, counts.datasets, counts.grants)


def _name(share: float) -> str:
    return f"share-{round(share * 100)}"


def _member(steward: Steward, workspace: str) -> Steward:
    """A client of one of the people, who may view the dataset that is checked."""
    found = steward.access.list(workspace=workspace, dataset=f"{workspace}/{CHECKED}", granted=True).first()
    assert found is not None
    return steward.as_account(steward.api_keys.create("bench", user=found.username).secret)


def _check(member: Steward, workspace: str, size: Size) -> float:
    dataset = f"{workspace}/{CHECKED}"
    assert member.datasets.get(dataset).name == CHECKED
    return per_call(lambda: member.datasets.get(dataset), size.seconds, time.perf_counter)


def _matrix(steward: Steward, workspace: str) -> tuple[float, int]:
    """Seconds and accounts. What earlier calls left behind is collected before the clock starts."""
    gc.collect()
    start = time.perf_counter()
    matrix = steward.access.matrix(workspace=workspace, dataset=f"{workspace}/{CHECKED}")
    return time.perf_counter() - start, len(matrix)


def _per_account(measured: tuple[float, int]) -> float:
    seconds, accounts = measured
    return seconds / accounts
