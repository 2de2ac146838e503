"""What a call must be answered, by the role model of `tests/support/roles.py` and the `x-access` of its operation.

An operation names one ladder in `x-access`:

* `allow: anyone | authenticated | operator`, or
* a role of the workspace ladder with `on: workspace`, or
* a role of the project ladder (or `roster`, `roster_policy`, `admin`) with `on: project`, or of something in it, or
* a permission of the dataset ladder (or `admin`) with `on: dataset`, or
* `reader` with `on: job`: whoever started it, admins of its workspace, and the operator, or
* `self` with `on: user`: the account itself, or an admin of every workspace it is in.

With `or_self` everybody who can see the workspace, project or dataset may ask about themselves. Which scope a key
needs is tested in tests/server/test_key_scopes.py; the keys here are good for everything.

What a caller cannot see is answered 404, what they see and may not do 403, and a call without a key 401.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.support import roles, samples
from tests.support.roles import PERMISSIONS, PROJECT_ROLES, WORKSPACE_ROLES, at_least
from tests.support.world import Role

ALLOWED = "allowed"
CLIMBS = dict(pair for kinds in samples.each("CLIMBS") for pair in kinds.items())
"""Kinds without a ladder of their own, and whose ladder counts for them. The tests of each domain say so."""


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


def ladder_of(access: dict[str, Any]) -> str | None:
    """The kind whose roles an operation asks for."""
    return CLIMBS.get(access.get("on", ""), access.get("on"))


def answer(access: dict[str, Any], who: Role, situation: Situation) -> str:
    """`allowed`, `401`, `403` or `404`."""
    if who.kind == "service_account" and not access.get("service_accounts", True):
        return "403"
    if access["allow"] == "anyone":
        return ALLOWED
    if who.kind == "nobody":
        public = access.get("public", False) and situation.visibility == "public"
        return ALLOWED if public else "401"
    if access["allow"] == "authenticated":
        return ALLOWED
    if access["allow"] == "operator":
        return ALLOWED if who.kind == "operator" else "403"
    ladder = ladder_of(access)
    if ladder == "workspace":
        return _on_workspace(access, who, situation)
    if ladder == "project":
        return _on_project(access, who, situation)
    if ladder == "dataset":
        return _on_dataset(access, who, situation)
    if ladder == "job":
        # The operator started it, in no workspace.
        return ALLOWED if who.kind == "operator" else "404"
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
    return _answer(at_least(role, situation.allow or access["allow"], WORKSPACE_ROLES))


def _on_project(access: dict[str, Any], who: Role, situation: Situation) -> str:
    reasons = roles.reasons_in_project(_workspace_role(who), who.project, situation.visibility)
    if not roles.sees_project(reasons, on_roster=who.on_roster):
        return "404"
    if "or_self" in access and situation.on_itself:
        return ALLOWED
    role = roles.project_role(reasons)
    needed = access["allow"]
    if needed == "roster_policy":
        needed = "owner" if situation.roster_policy == "owners" else "admin"
    if needed == "admin":
        return _answer(_workspace_role(who) == "admin")
    if needed == "roster":
        return _answer(role is not None or who.on_roster)
    if role is None:
        return _answer(situation.visibility == "public" and access.get("public", False) and needed == "viewer")
    return _answer(at_least(role, needed, PROJECT_ROLES))


def _on_dataset(access: dict[str, Any], who: Role, situation: Situation) -> str:
    shared = {} if who.shared is None else {"their group": who.shared}
    reasons = roles.reasons_on_dataset(_workspace_role(who), who.dataset, shared, situation.default)
    permission = roles.permission(reasons)
    if permission == "NO_ACCESS":
        return "404"
    if "or_self" in access and situation.on_itself:
        return ALLOWED
    if access["allow"] == "admin":
        return _answer(_workspace_role(who) == "admin")
    return _answer(at_least(permission, access["allow"].upper(), PERMISSIONS))


def _on_user(who: Role, situation: Situation) -> str:
    """On an account that is in the workspace `acme` and in no other."""
    if situation.on_itself or _workspace_role(who) == "admin":
        return ALLOWED
    # Whoever cannot list the members of the workspace does not find out who is one.
    return "403" if who.workspace == "member" else "404"


def _answer(is_allowed: bool) -> str:
    return ALLOWED if is_allowed else "403"
