"""What the operations on access act on."""

from __future__ import annotations

from typing import Any

from tests.support.world import PROJECT, World


def names(world: World) -> dict[str, Any]:
    return {"check_access/checks": [{"operation": "delete_project", "object": PROJECT}]}
