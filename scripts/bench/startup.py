"""A whole script: start, import, connect, first answer over loopback, exit."""

from __future__ import annotations

from bench.figures import Figure, Size, compare, milliseconds
from bench.timing import process_seconds
from bench.world import World

SUBJECT = """
from mlsteward import Steward
with Steward({url!r}, api_token={key!r}) as steward:
    assert steward.projects.get({project!r}).name == "project-0"
"""
REFERENCE = """
import httpx
with httpx.Client(headers={{"Authorization": "Bearer " + {key!r}}}) as client:
    assert client.get({url!r} + "/api/v1/projects/" + {project!r}).json()["name"] == "project-0"
"""


def measure(world: World, size: Size) -> list[Figure]:
    """The reference is bare httpx, used as its documentation says."""
    values = {"url": world.url, "key": world.key, "project": world.project_id}
    subject, reference = SUBJECT.format(**values), REFERENCE.format(**values)
    pairs = []
    for number in range(size.processes + 1):
        pair = process_seconds(subject, world.environment), process_seconds(reference, world.environment)
        if number > 0:  # the first round compiles and warms up
            pairs.append(pair)
    return [
        compare(
            "start, import, connect, first answer, exit",
            "the same with bare httpx",
            pairs,
            target=1.2,
            show=milliseconds,
            peers="ubiops 1.46",
        )
    ]
