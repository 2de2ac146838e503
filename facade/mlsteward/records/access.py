"""Who may do what, and why."""

from __future__ import annotations

from attrs import frozen

from mlsteward.protocol import known_code
from mlsteward.records.enums import (
    AccessLevelOn,
    AccessObjectType,
    AccessRule,
    AccountKind,
    DatasetPermission,
    KeyScope,
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
_level = enum_of(WorkspaceRole, ProjectRole, DatasetPermission, AccountKind)


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


@frozen(repr=False)
class AccessLevel(Record):
    """A role or permission, and what it is on.

    Attributes:
        on: `workspace`, `project` or `dataset`; `platform` for operators; `account` for the kind of an account.
        name: Name of the workspace, project or dataset.
        role: None if there is none.
    """

    on: AccessLevelOn | str = wire("on", read=enum_of(AccessLevelOn))
    name: str | None = wire("name", optional=True)
    role: WorkspaceRole | ProjectRole | DatasetPermission | AccountKind | str | None = wire(
        "role", read=_level, optional=True
    )


@frozen(repr=False)
class AccessCheck(Record):
    """Whether an account may call an operation. True in a condition if it may.

    Attributes:
        operation: Such as `delete_project`.
        allowed: Whether the account may call it.
        scope: The scope that an API key needs for it.
        code: The code of the refusal, such as `forbidden` or `project_not_found`; None if allowed.
        reason: Why the account is not allowed, in a sentence; None if allowed.
        needs: What the operation needs; None if allowed, or if the object does not exist.
        has: What the account has instead; None if `needs` is.
    """

    operation: str = wire("operation")
    user_id: str = wire("user_id")
    username: str = wire("username")
    allowed: bool = wire("allowed")
    scope: KeyScope | str = wire("scope", read=enum_of(KeyScope))
    code: str | None = wire("code", read=known_code, optional=True)
    reason: str | None = wire("reason", optional=True)
    needs: AccessLevel | None = wire("needs", read=reader(AccessLevel), optional=True)
    has: AccessLevel | None = wire("has", read=reader(AccessLevel), optional=True)

    def __bool__(self) -> bool:
        return self.allowed


@frozen(repr=False)
class _AccessAnswers(Record):
    """The answers to several questions, in their order."""

    checks: tuple[AccessCheck, ...] = wire("checks", read=tuple_of(reader(AccessCheck)))


read_access_answers = reader(_AccessAnswers)
read_access_entry = reader(AccessEntry)
read_access_explanation = reader(AccessExplanation)
