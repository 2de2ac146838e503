"""What the operations on accounts and keys act on, and entries for their lists."""

from __future__ import annotations

from typing import Any

from tests.support.stage import Stage
from tests.support.world import World

LONG_FROM_NOW = "2099-12-31T12:00:00Z"


def names(world: World) -> dict[str, Any]:
    target = world.person("target")
    return {
        "user": target.id,
        "key": target.key_id,
        "expires_at": LONG_FROM_NOW,
        "revoke_api_keys": {"rows": [{"key": target.key_id}]},
    }


def fill(stage: Stage, number: int) -> None:
    for user in (stage.known["user"], "me"):
        stage.operator.ok("POST", f"/users/{user}/api-keys", json={"name": f"key {number}"})
