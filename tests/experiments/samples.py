"""What the operations on experiments act on, and entries for their lists."""

from __future__ import annotations

from typing import Any

from tests.support.calls import FILE
from tests.support.stage import Stage
from tests.support.world import PROJECT_PATH, WORKSPACE, World

CLIMBS = {"experiment": "project"}


def names(world: World) -> dict[str, Any]:
    founder = world.founder()
    experiment = founder.ok("POST", f"{PROJECT_PATH}/experiments", json={"name": "baseline"})
    asset = founder.ok(
        "POST", f"/experiments/{experiment['id']}/assets?name=model.bin", content=b"weights", headers=FILE
    )
    return {"experiment": f"{WORKSPACE}:{experiment['short_id']}", "asset": asset["id"]}


def fill(stage: Stage, number: int) -> None:
    stage.operator.ok("POST", f"{PROJECT_PATH}/experiments", json={})
    assets = f"/experiments/{stage.known['experiment']}/assets"
    stage.operator.ok("POST", f"{assets}?name=part-{number}", content=b"part", headers=FILE)
