"""Who may do what, and why."""

from __future__ import annotations

from attrs import frozen

from mlsteward.records.enums import (
    AccessObjectType,
    AccessRule,
    AccountKind,
    DatasetPermission,
    ProjectRole,
    WorkspaceRole,
)
from mlsteward.records.record import Record
from mlsteward.records.wire import enum_of, reader, tuple_of, wire

_object_type = enum_of(AccessObjectType)
_kind = enum_of(AccountKind)
_rule = enum_of(AccessRule)
# The words of the two differ, so a role says by itself which of them it is.
_role = enum_of(ProjectRole, DatasetPermission)


@frozen(repr=False)
class AccessEntry(Record):
    """The access of one account to one project or dataset, and why.

    Attributes:
        kind: `user` or `service_account`.
        rule: The rule that decided.
        role: A project role or a dataset permission; None if it has no role in the project.
        group: The group whose grant decided; None if it was another rule.
    """

    object_type: AccessObjectType | str = wire("object_type", read=_object_type)
    object_id: str = wire("object_id")
    object_name: str = wire("object_name")
    user_id: str = wire("user_id")
    username: str = wire("username")
    kind: AccountKind | str = wire("kind", read=_kind)
    rule: AccessRule | str = wire("rule", read=_rule)
    role: ProjectRole | DatasetPermission | str | None = wire("role", read=_role, optional=True)
    group: str | None = wire("group", optional=True)


@frozen(repr=False)
class AccessConsideration(Record):
    """One rule that applies to an account.

    Attributes:
        role: The role or permission that the rule gives.
        decides: Whether this rule decides.
        group: The group whose grant it is; None for other rules.
    """

    rule: AccessRule | str = wire("rule", read=_rule)
    role: ProjectRole | DatasetPermission | str = wire("role", read=_role)
    decides: bool = wire("decides")
    group: str | None = wire("group", optional=True)


@frozen(repr=False)
class AccessExplanation(Record):
    """The access of one account to one project or dataset, and every rule that applies.

    Attributes:
        workspace: Name of the workspace.
        kind: `user` or `service_account`.
        rule: The rule that decided.
        considered: Every rule that applies to the account; the one that decides comes first.
        workspace_role: Its role in the workspace; None for operators who are not in it.
        role: A project role or a dataset permission; None if it has no role in the project.
        group: The group whose grant decided; None if it was another rule.
    """

    object_type: AccessObjectType | str = wire("object_type", read=_object_type)
    object_id: str = wire("object_id")
    object_name: str = wire("object_name")
    workspace: str = wire("workspace")
    user_id: str = wire("user_id")
    username: str = wire("username")
    kind: AccountKind | str = wire("kind", read=_kind)
    rule: AccessRule | str = wire("rule", read=_rule)
    considered: tuple[AccessConsideration, ...] = wire("considered", read=tuple_of(reader(AccessConsideration)))
    workspace_role: WorkspaceRole | str | None = wire("workspace_role", read=enum_of(WorkspaceRole), optional=True)
    role: ProjectRole | DatasetPermission | str | None = wire("role", read=_role, optional=True)
    group: str | None = wire("group", optional=True)


read_access_entry = reader(AccessEntry)
read_access_explanation = reader(AccessExplanation)
