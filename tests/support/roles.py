"""The role model of the product in plain Python, to hold the server against. It shares nothing with the server.

* A workspace: guests, collaborators, members and admins. Service accounts are members. The operator of the
  platform may do what an admin may.
* A project: the highest of the role on its roster and, for members, of its visibility, which makes owners. Admins
  of the workspace own all projects. A public project is open to everybody for reading, which is not a role in it.
* A dataset: what an account itself was granted, NO_ACCESS included; otherwise the highest of what its groups were
  granted and, for members, the default. Admins manage all datasets. Nobody outside the workspace has anything.

These rules are stated here once. `tests/support/organization.py` keeps a whole workspace by them,
`tests/contract/oracle.py` answers by them what `x-access` asks.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

WORKSPACE_ROLES = ["guest", "collaborator", "member", "admin"]
PROJECT_ROLES = ["viewer", "contributor", "owner"]
PERMISSIONS = ["NO_ACCESS", "VIEW", "TAG", "EDIT", "MANAGE"]
VISIBILITIES = ["private", "workspace", "public"]


class Reason(NamedTuple):
    """A rule that applies to an account, what it gives, and the group it is about."""

    rule: str
    role: str | None
    group: str | None = None


def at_least(role: str | None, needed: str, ladder: list[str]) -> bool:
    """Whether a role is on a ladder, at this rung or above."""
    return role is not None and ladder.index(role) >= ladder.index(needed)


def highest(roles: Iterable[str | None], ladder: list[str]) -> str | None:
    """The highest of some roles, if there is one."""
    return max((role for role in roles if role is not None), key=ladder.index, default=None)


# ---- datasets


def reasons_on_dataset(role: str | None, own: str | None, shared: Mapping[str, str], default: str) -> list[Reason]:
    """Every rule that applies to an account and a dataset, in no order.

    Args:
        role: The account's role in the workspace, if it is in it.
        own: What the account itself was granted, if anything.
        shared: What each of its groups was granted.
        default: What members may do by default.
    """
    if role is None:
        return []
    found = [Reason("group_grant", permission, group) for group, permission in shared.items()]
    if own is not None:
        found.append(Reason("own_grant", own))
    if role == "admin":
        found.append(Reason("admin", "MANAGE"))
    if role == "member":
        found.append(Reason("default", default))
    return found


def deciding_on_dataset(reasons: list[Reason]) -> set[Reason]:
    """Which of the rules that apply may be said to decide: of equals any."""
    for rule in ("admin", "own_grant"):
        first = {reason for reason in reasons if reason.rule == rule}
        if first:
            return first
    return _with(highest((reason.role for reason in reasons), PERMISSIONS), reasons) or {Reason("none", "NO_ACCESS")}


def permission(reasons: list[Reason]) -> str:
    """What the rules that apply let an account do with a dataset."""
    [found] = {reason.role for reason in deciding_on_dataset(reasons)}
    assert found is not None
    return found


# ---- projects


def reasons_in_project(role: str | None, on_roster: str | None, visibility: str) -> list[Reason]:
    """Every rule that applies to an account and a project, in no order.

    Args:
        role: The account's role in the workspace, if it is in it.
        on_roster: Its role on the roster of the project, if it has one.
        visibility: That of the project.
    """
    found = [Reason("public", "viewer")] if visibility == "public" else []
    if is_let_in(role, visibility):
        found.append(Reason("visibility", "owner"))
    if role == "admin":
        found.append(Reason("admin", "owner"))
    if on_roster is not None:
        found.append(Reason("roster", on_roster))
    return found


def is_let_in(role: str | None, visibility: str) -> bool:
    """Whether the visibility of a project makes an account an owner."""
    return at_least(role, "member", WORKSPACE_ROLES) and visibility != "private"


def deciding_in_project(reasons: list[Reason]) -> set[Reason]:
    """Which of the rules that apply may be said to decide: of equals any."""
    return _with(highest((reason.role for reason in reasons), PROJECT_ROLES), reasons) or {Reason("none", None)}


def project_role(reasons: list[Reason]) -> str | None:
    """What the rules that apply make an account in a project, apart from what is open to everybody."""
    return highest((reason.role for reason in reasons if reason.rule != "public"), PROJECT_ROLES)


def sees_project(reasons: list[Reason], *, on_roster: bool) -> bool:
    """Whether a project exists for an account; on the roster it may be without a role."""
    return bool(reasons) or on_roster


def _with(role: str | None, reasons: list[Reason]) -> set[Reason]:
    return {reason for reason in reasons if reason.role == role and role is not None}
