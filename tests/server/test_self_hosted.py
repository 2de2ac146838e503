"""A self-hosted server has no plans to report on."""

from __future__ import annotations

import pytest

from tests.support.problems import problem
from tests.support.server import Settings
from tests.support.world import World


@pytest.fixture
def settings() -> Settings:
    return Settings(mode="self_hosted", validate_responses=True)


def test_status_is_not_available(world: World) -> None:
    problem(world.api("member").get("/workspaces/acme/status"), 404, "not_available")
    problem(world.api("outsider").get("/workspaces/acme/status"), 404, "workspace_not_found")
    assert world.api("member").ok("GET", "/workspaces/acme")["mode"] == "self_hosted"
