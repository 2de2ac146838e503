"""What a call costs the caller: processor time over loopback, and wall time embedded."""

from __future__ import annotations

import time

import httpx
from mlsteward import Steward

from bench.figures import Figure, Size, compare, microseconds
from bench.timing import CLIENT_CORE, per_call, pin
from bench.world import World

LIST = 100


def measure(world: World, size: Size) -> list[Figure]:
    """Both sides talk to the same server, with the same key, on one kept connection."""
    pin(0, CLIENT_CORE)
    base, project = f"{world.url}/api/v1", world.project_id
    one, many = f"{base}/projects/{project}", f"{base}/projects?limit={LIST}"
    cpu, wall = time.process_time, time.perf_counter
    gets, lists, walls = [], [], []
    with (
        Steward(world.url, api_token=world.key) as steward,
        Steward(path=str(world.database), api_token=world.key) as embedded,
        httpx.Client(headers={"Authorization": f"Bearer {world.key}"}) as plain,
    ):
        assert steward.projects.get(project) == embedded.projects.get(project)
        assert len(plain.get(many).json()) == len(steward.projects.list(limit=LIST).to_list()) == LIST

        def facade_list() -> object:
            return steward.projects.list(limit=LIST, page_size=LIST).to_list()

        for _ in range(size.rounds):
            gets.append(
                (
                    per_call(lambda: steward.projects.get(project), size.seconds, cpu),
                    per_call(lambda: plain.get(one).json(), size.seconds, cpu),
                )
            )
            lists.append(
                (
                    per_call(facade_list, size.seconds, cpu),
                    per_call(lambda: plain.get(many).json(), size.seconds, cpu),
                )
            )
            walls.append(
                (
                    per_call(lambda: embedded.projects.get(project), size.seconds, wall),
                    per_call(lambda: steward.projects.get(project), size.seconds, wall),
                )
            )
    return [
        compare(
            "CPU of projects.get over loopback",
            "httpx.Client.get().json()",
            gets,
            target=1.0,
            show=microseconds,
            peers="generated alone 1.08, ubiops 2.76",
        ),
        compare(
            f"CPU of a list of {LIST}",
            "httpx.Client.get().json()",
            lists,
            target=1.4,
            show=microseconds,
            peers="generated alone 1.78, ubiops 10.75",
        ),
        compare(
            "wall of an embedded projects.get",
            "the same over loopback",
            walls,
            target=0.6,
            show=microseconds,
        ),
    ]
