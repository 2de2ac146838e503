"""What the operations on groups act on, and entries for their lists and for the groups of a dataset."""

from __future__ import annotations

from typing import Any

from tests.support.stage import Stage
from tests.support.world import DATASET_PATH, WORKSPACE, World

GROUP = "labelers"


def names(world: World) -> dict[str, Any]:
    founder, users = world.founder(), [world.person("target").id]
    founder.ok("POST", f"/workspaces/{WORKSPACE}/groups", json={"name": GROUP, "users": users})
    founder.ok("PUT", f"{DATASET_PATH}/permissions/groups/{GROUP}", json={"permission": "VIEW"})
    removed = {"rows": [{"user": users[0], "remove": True}]}
    return {"group": GROUP, "users": users, "change_group_members": removed}


def fill(stage: Stage, number: int) -> None:
    call, groups = stage.operator.ok, f"/workspaces/{WORKSPACE}/groups"
    everybody = ["founder", "admin", "member", "viewer", "listed", "guest"]
    members = everybody[:-1][number % 3 :]
    call("POST", groups, json={"name": f"g{number}", "users": [stage.known["user"], *members]})
    call("POST", f"{groups}/{GROUP}/members", json={"users": everybody})
    for group in (GROUP, "of grouped", "of denied", "g0"):
        permission = {"permission": "VIEW" if number % 2 else "MANAGE"}
        call("PUT", f"/datasets/{WORKSPACE}:d{number}/permissions/groups/{group}", json=permission)
    stage.world.founder().ok("PUT", f"{DATASET_PATH}/permissions/groups/g{number}", json={"permission": "TAG"})
