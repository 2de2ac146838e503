"""The role model of the product in plain Python, to hold the server's against.

Written from the model's own words and not from the server's code; it shares nothing with it.

An operation names one ladder in `x-access`:

* `allow: anyone | authenticated | operator`, or
* a role of the workspace ladder with `on: workspace`, or
* a role of the project ladder (or `roster`, `roster_policy`, `admin`) with `on: project`, or
* a permission of the dataset ladder (or `admin`) with `on: dataset`, or
* `self` with `on: user`: the account itself, or an admin of every workspace it is in.

With `or_self` everybody who can see the workspace, project or dataset may ask about themselves. Which scope a key
needs is asked in tests/server/test_key_scopes.py; the keys here are good for everything.

What a caller cannot see is answered 404, what they see and may not do 403, and nobody at all 401.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.support.world import Role

ALLOWED = "allowed"
WORKSPACE_LADDER = ["guest", "collaborator", "member", "admin"]
PROJECT_LADDER = ["viewer", "contributor", "owner"]
DATASET_LADDER = ["NO_ACCESS", "VIEW", "TAG", "EDIT", "MANAGE"]


@dataclass(frozen=True)
class Situation:
    """What an operation is called on.

    Attributes:
        visibility: That of the project.
        roster_policy: That of the project.
        default: What members may do with the dataset by default.
        on_itself: Whether the account in the path is the caller's own.
        allow: The role asked for, where a condition (`when`) asks for another than usual.
    """

    visibility: str = "private"
    roster_policy: str = "owners"
    default: str = "NO_ACCESS"
    on_itself: bool = False
    allow: str | None = None


def answer(access: dict[str, Any], who: Role, situation: Situation) -> str:
    """`allowed`, `401`, `403` or `404`."""
    if access["allow"] == "anyone":
        return ALLOWED
    if who.kind == "nobody":
        public = access.get("public", False) and situation.visibility == "public"
        return ALLOWED if public else "401"
    if who.kind == "service_account" and not access.get("service_accounts", True):
        return "403"
    if access["allow"] == "authenticated":
        return ALLOWED
    if access["allow"] == "operator":
        return ALLOWED if who.kind == "operator" else "403"
    if access["on"] == "workspace":
        return _on_workspace(access, who, situation)
    if access["on"] == "project":
        return _on_project(access, who, situation)
    if access["on"] == "dataset":
        return _on_dataset(access, who, situation)
    assert access["allow"] == "self", f"the oracle does not know {access}"
    assert access["on"] == "user", f"the oracle does not know {access}"
    return _on_user(who, situation)


def _workspace_role(who: Role) -> str | None:
    return "admin" if who.kind == "operator" else who.workspace


def _on_workspace(access: dict[str, Any], who: Role, situation: Situation) -> str:
    role = _workspace_role(who)
    if role is None:
        return "404"
    if "or_self" in access and situation.on_itself:
        return ALLOWED
    needed = situation.allow or access["allow"]
    return ALLOWED if WORKSPACE_LADDER.index(role) >= WORKSPACE_LADDER.index(needed) else "403"


def _project_role(who: Role, visibility: str) -> str | None:
    """The highest of all that gives a role, what everybody has of a public project apart."""
    if _workspace_role(who) == "admin":
        return "owner"
    if _workspace_role(who) == "member" and visibility in ("workspace", "public"):
        return "owner"
    return who.project


def _on_project(access: dict[str, Any], who: Role, situation: Situation) -> str:
    role = _project_role(who, situation.visibility)
    public = situation.visibility == "public"
    if role is None and not who.on_roster and not public:
        return "404"
    if "or_self" in access and situation.on_itself:
        return ALLOWED
    needed = access["allow"]
    if needed == "roster_policy":
        needed = "owner" if situation.roster_policy == "owners" else "admin"
    if needed == "admin":
        fits = _workspace_role(who) == "admin"
    elif needed == "roster":
        fits = role is not None or who.on_roster
    elif role is None:
        fits = public and access.get("public", False) and needed == "viewer"
    else:
        fits = PROJECT_LADDER.index(role) >= PROJECT_LADDER.index(needed)
    return ALLOWED if fits else "403"


def _dataset_permission(who: Role, default: str) -> str:
    """An admin manages everything. Otherwise the own grant, if there is one; otherwise the highest of the others."""
    role = _workspace_role(who)
    if role == "admin":
        return "MANAGE"
    if role is None:
        return "NO_ACCESS"
    if who.dataset is not None:
        return who.dataset
    given = ["NO_ACCESS"]
    if who.shared is not None:
        given.append(who.shared)
    if role == "member":
        given.append(default)
    return max(given, key=DATASET_LADDER.index)


def _on_dataset(access: dict[str, Any], who: Role, situation: Situation) -> str:
    permission = _dataset_permission(who, situation.default)
    if permission == "NO_ACCESS":
        return "404"
    if "or_self" in access and situation.on_itself:
        return ALLOWED
    if access["allow"] == "admin":
        return ALLOWED if _workspace_role(who) == "admin" else "403"
    needed = access["allow"].upper()
    return ALLOWED if DATASET_LADDER.index(permission) >= DATASET_LADDER.index(needed) else "403"


def _on_user(who: Role, situation: Situation) -> str:
    """On an account that is in the workspace `acme` and in no other."""
    if situation.on_itself or _workspace_role(who) == "admin":
        return ALLOWED
    return "404" if who.workspace is None else "403"
