"""What the operations on jobs act on, and entries for their list."""

from __future__ import annotations

from typing import Any

from tests.support.stage import Stage
from tests.support.world import World


def names(world: World) -> dict[str, Any]:
    # Nobody runs it: the application of the tests has no runner.
    return {"job": world.operator.ok("POST", "/storage/cleanups", json={"dry_run": True})["id"]}


def fill(stage: Stage, number: int) -> None:
    stage.operator.ok("POST", "/storage/cleanups", json={"dry_run": True})
