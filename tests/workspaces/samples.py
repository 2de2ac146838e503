"""What the operations on workspaces act on, and entries for their lists."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from tests.support.stage import Stage
from tests.support.world import WORKSPACE, World


def names(world: World) -> dict[str, Any]:
    invited = {"email": "invited@example.org"}
    invitation = world.founder().ok("POST", f"/workspaces/{WORKSPACE}/invitations", json=invited)
    return {
        "workspace": WORKSPACE,
        "account": "victim",
        "successor": "founder",
        "invitation": invitation["id"],
        "token": urlsplit(invitation["url"]).query.removeprefix("token="),
        "import_members": {"rows": [{"username": "brand-new"}, {"username": "target", "role": "guest"}]},
        "send_invitations": {"rows": [{"email": "brand-new@example.net", "role": "guest"}]},
        "create_workspace/admin": world.person("target").username,
        # Exactly one of username and email.
        "create_invitation": {"email": "newcomer@example.net", "role": "guest", "add_to_all_projects": True},
    }


def prepare(stage: Stage, number: int) -> None:
    """One more workspace, for what the other domains add in two of them."""
    stage.operator.ok("POST", "/workspaces", json={"name": f"w{number}", "admin": "admin"})
    if number % 2:
        for who in ("member", "viewer", "listed"):
            stage.operator.ok("POST", f"/workspaces/w{number}/members", json={"username": who})


def fill(stage: Stage, number: int) -> None:
    stage.operator.ok("POST", f"/workspaces/{WORKSPACE}/service-accounts", json={"name": f"s{number}"})
    invited = {"email": f"n{number}@example.org"}
    stage.world.founder().ok("POST", f"/workspaces/{WORKSPACE}/invitations", json=invited)
