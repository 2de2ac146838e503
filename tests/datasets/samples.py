"""What the operations on datasets act on, and entries for their lists."""

from __future__ import annotations

from typing import Any

from tests.support.stage import Stage
from tests.support.world import DATASET, WORKSPACE, World


def names(world: World) -> dict[str, Any]:
    return {
        "dataset": f"{WORKSPACE}:{DATASET}",
        "permission": "EDIT",
        "grant_dataset_permissions": {"rows": [{"user": world.person("target").id, "permission": "EDIT"}]},
    }


def fill(stage: Stage, number: int) -> None:
    """One more dataset in two workspaces, seen by some for each of the reasons there are."""
    call, path = stage.operator.ok, f"/datasets/{WORKSPACE}:d{number}/permissions"
    default = ("NO_ACCESS", "VIEW", "EDIT")[number % 3]
    for where in (WORKSPACE, f"w{number}"):
        call("POST", "/datasets", json={"workspace": where, "name": f"d{number}", "default_permission": default})
    for who in (stage.known["user"], "viewer", "manager", stage.world.person("robot_owner").id):
        permission = "NO_ACCESS" if number == 3 and who != stage.known["user"] else "TAG"
        call("PUT", f"{path}/users/{who}", json={"permission": permission})
