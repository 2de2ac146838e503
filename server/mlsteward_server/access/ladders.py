"""The access rules of the three ladders, as pure functions. Checking, explaining and listing access all use them.

* workspace: admin > member > collaborator > guest
* project: owner > contributor > viewer
* dataset: MANAGE > EDIT > TAG > VIEW > NO_ACCESS

Each function returns every rule that applies to an account. **The first one gives the effective role.** A check uses
the first entry and an explanation shows all of them, so the two cannot differ.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from mlsteward_server.storage.tables.types import PERMISSIONS
from mlsteward_server.storage.tables.workspaces import ROLES

WORKSPACE_LADDER = {role: rank for rank, role in enumerate(ROLES, 1)}
PROJECT_LADDER = {"viewer": 1, "contributor": 2, "owner": 3}
DATASET_LADDER = {permission: rank for rank, permission in enumerate(PERMISSIONS)}

INSIDERS = ("admin", "member")
"""Workspace roles that get access through the visibility of a project."""
NO_ACCESS, MANAGE = PERMISSIONS[0], PERMISSIONS[-1]


class Given(NamedTuple):
    """A role, the rule that gives it, and the group whose grant gives it, if any."""

    role: str
    rule: str
    group: str | None = None


def workspace_role(*, is_operator: bool, membership: str | None) -> Given | None:
    """Return the effective role of an account in a workspace: that of its membership. Operators act as admins.

    >>> workspace_role(is_operator=False, membership="member")
    Given(role='member', rule='membership', group=None)
    >>> workspace_role(is_operator=True, membership=None).rule
    'operator'
    """
    if membership == "admin" or (membership is not None and not is_operator):
        return Given(membership, "membership")
    return Given("admin", "operator") if is_operator else None


def project_rules(*, is_operator: bool, membership: str | None, visibility: str, roster: str | None) -> list[Given]:
    """Return the rules that give an account a role in a project, the highest role first.

    The rule `public` gives the access that everyone has to a public project.

    >>> project_rules(is_operator=False, membership="member", visibility="workspace", roster="viewer")[0].rule
    'visibility'
    >>> project_rules(is_operator=False, membership="guest", visibility="workspace", roster="viewer")
    [Given(role='viewer', rule='roster', group=None)]
    """
    found = []
    if membership == "admin":
        found.append(Given("owner", "admin"))
    if is_operator:
        found.append(Given("owner", "operator"))
    if roster is not None:
        found.append(Given(roster, "roster"))
    if visibility != "private" and membership in INSIDERS:
        found.append(Given("owner", "visibility"))
    if visibility == "public":
        found.append(Given("viewer", "public"))
    if len(found) > 1:
        # The sort is stable: of equal roles, the first stays first.
        found.sort(key=lambda given: PROJECT_LADDER[given.role], reverse=True)
    return found


def dataset_rules(
    *,
    is_operator: bool,
    membership: str | None,
    own: str | None,
    groups: Sequence[tuple[str, str]],
    default: str,
) -> list[Given]:
    """Return the rules that give an account a permission on a dataset. The first one counts, even if it is lower.

    1. Admins of the workspace and operators have MANAGE.
    2. Then the account's own grant counts, even if it is NO_ACCESS.
    3. Then the highest of the grants of its groups and, for members of the workspace, the default permission.

    The default does not apply to collaborators and guests. Outside the workspace, only operators have access.

    Args:
        membership: The role of the account in the workspace. None if it is not in the workspace.
        own: The permission that was granted to the account itself.
        groups: The grants of the groups of the account: the permission and the name of the group.
        default: The default permission of the dataset.

    >>> facts = {"is_operator": False, "groups": [("EDIT", "labelers")], "default": "VIEW"}
    >>> dataset_rules(membership="member", own="TAG", **facts)[0]
    Given(role='TAG', rule='own_grant', group=None)
    >>> [given.rule for given in dataset_rules(membership="member", own=None, **facts)]
    ['group_grant', 'default']
    """
    found = []
    if membership == "admin":
        found.append(Given(MANAGE, "admin"))
    if is_operator:
        found.append(Given(MANAGE, "operator"))
    if membership is None:
        return found
    if own is not None:
        found.append(Given(own, "own_grant"))
    shared = [Given(permission, "group_grant", group) for permission, group in groups]
    if membership == "member":
        shared.append(Given(default, "default"))
    if len(shared) > 1:
        # The sort is stable: of equal permissions, a group stays before the default.
        shared.sort(key=lambda given: DATASET_LADDER[given.role], reverse=True)
    return found + shared


def gives(rules: Sequence[Given]) -> bool:
    """Return whether the rules give any access."""
    return bool(rules) and rules[0].role != NO_ACCESS
