"""How many requests one worker answers."""

from __future__ import annotations

from mlsteward_server.accounts.credentials import hash_secret

from bench.figures import Figure, Size, compare, per_second
from bench.load import requests_per_second
from bench.timing import CLIENT_CORE, pin
from bench.world import World

ROUNDS = 5


def measure(world: World, size: Size) -> list[Figure]:
    """Ours authenticates and checks access; the reference only runs queries."""
    pin(0, CLIENT_CORE)
    project, reference = world.project_id, world.serve_reference()
    ours = f"{world.url}/api/v1/projects/{project}"
    key = {"Authorization": f"Bearer {world.key}"}
    same = f"{reference}/same-queries/{project}?secret_hash={hash_secret(world.key)}&caller={project}"
    one = f"{reference}/one-query/{project}"
    against_same, against_one = [], []
    for number in range(min(ROUNDS, size.rounds) + 1):
        rate = requests_per_second(ours, key, size.load_seconds)
        rates = [requests_per_second(url, {}, size.load_seconds) for url in (same, one)]
        if number > 0:  # the first round warms up
            against_same.append((rate, rates[0]))
            against_one.append((rate, rates[1]))
    return [
        compare(
            "served GET of one project, one worker",
            "FastAPI on Uvicorn, the same queries, no checks",
            against_same,
            target=1.0,
            at_least=True,
            show=per_second,
        ),
        compare(
            "the same",
            "FastAPI on Uvicorn, the project's query alone",
            against_one,
            target=None,
            at_least=True,
            show=per_second,
        ),
    ]
