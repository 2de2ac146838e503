"""The rules of the three ladders, as pure functions. Whatever checks, explains or lists access asks these.

* workspace: admin > member > collaborator > guest
* project: owner > contributor > viewer
* dataset: MANAGE > EDIT > TAG > VIEW > NO_ACCESS

Each function returns everything that speaks about an account, **what counts first**. So a check looks at
the first entry, an explanation shows all of them, and the two cannot differ.
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
"""Workspace roles that the visibility of a project lets in."""
NO_ACCESS, MANAGE = PERMISSIONS[0], PERMISSIONS[-1]


class Given(NamedTuple):
    """A role, the rule that gives it, and the group whose grant it is."""

    role: str
    rule: str
    group: str | None = None


def workspace_role(*, is_operator: bool, membership: str | None) -> Given | None:
    """What an account is in a workspace: the role of its membership; the operator acts as an admin.

    >>> workspace_role(is_operator=False, membership="member")
    Given(role='member', rule='membership', group=None)
    >>> workspace_role(is_operator=True, membership=None).rule
    'operator'
    """
    if membership == "admin" or (membership is not None and not is_operator):
        return Given(membership, "membership")
    return Given("admin", "operator") if is_operator else None


def project_rules(*, is_operator: bool, membership: str | None, visibility: str, roster: str | None) -> list[Given]:
    """What gives an account a role in a project; the highest counts.

    `public` gives no more than what is open to everybody.

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
        # Of equals the first stays the first.
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
    """What gives an account a permission on a dataset; the first counts, be it lower than others or not.

    1. admins of the workspace and the operator: MANAGE;
    2. the account's own grant, NO_ACCESS included;
    3. the highest of what its groups were granted and, for a member of the workspace, the default.

    Collaborators and guests gain nothing from the default, nor anybody outside the workspace from anything.

    Args:
        membership: The role in the workspace, None outside.
        own: What the account itself was granted.
        groups: What groups of the account were granted: permission and name of the group.
        default: What the dataset allows members.

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
        # Of equals the first stays the first: a group before the default.
        shared.sort(key=lambda given: DATASET_LADDER[given.role], reverse=True)
    return found + shared


def gives(rules: Sequence[Given]) -> bool:
    """Whether rules give anything at all."""
    return bool(rules) and rules[0].role != NO_ACCESS
