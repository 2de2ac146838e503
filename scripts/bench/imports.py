"""What an import costs."""

from __future__ import annotations

from bench.figures import Figure, Size, compare, milliseconds
from bench.timing import process_seconds
from bench.world import World

REFERENCE = "import httpx"
SUBJECTS = {
    "import mlsteward": (0.35, "neptune.management 23.7, mlflow 16.5, ubiops 2.5"),
    "from mlsteward import management": (0.5, "a generated client without lazy models 4.5"),
}


def measure(world: World, size: Size) -> list[Figure]:
    """Start of the interpreter included, on both sides."""
    environment = world.environment
    times: dict[str, list[float]] = {code: [] for code in (REFERENCE, *SUBJECTS)}
    for code in times:  # once, so that everything is compiled and in memory
        process_seconds(code, environment)
    for _ in range(size.processes):
        for code, found in times.items():
            found.append(process_seconds(code, environment))
    return [
        compare(
            code,
            REFERENCE,
            list(zip(times[code], times[REFERENCE], strict=True)),
            target=target,
            show=milliseconds,
            peers=peers,
        )
        for code, (target, peers) in SUBJECTS.items()
    ]
