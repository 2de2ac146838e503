"""What the operations on projects act on, and entries for their lists."""

from __future__ import annotations

from typing import Any

from tests.support.stage import Stage
from tests.support.world import PROJECT, WORKSPACE, World


def names(world: World) -> dict[str, Any]:
    return {
        "project": f"{WORKSPACE}:{PROJECT}",
        "add_project_user/user": world.person("newcomer").id,
        "add_project_user/kind": "user",
        "remove_project_user/kind": "user",
    }


def fill(stage: Stage, number: int) -> None:
    visibility = ("private", "workspace", "public")[number % 3]
    for workspace in (WORKSPACE, f"w{number}"):
        made = {"workspace": workspace, "name": f"p{number}", "visibility": visibility}
        stage.operator.ok("POST", "/projects", json=made)
    if number % 2:
        for who in ("member", "viewer", "listed"):
            user = {"user": who, "role": "viewer"}
            stage.world.operator.request("POST", f"/projects/{WORKSPACE}:p{number}/users", json=user)
