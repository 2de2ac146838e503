"""Datasets, and who was granted what on them."""

from __future__ import annotations

from datetime import datetime

from attrs import frozen

from mlsteward.records.enums import AccessRule, DatasetPermission, WorkspaceRole
from mlsteward.records.record import Record
from mlsteward.records.wire import enum_of, reader, wire

_permission = enum_of(DatasetPermission)


@frozen(repr=False)
class DatasetCreator(Record):
    """Who created a dataset.

    Attributes:
        role: Their role in the workspace.
        email: For admins of the workspace and for themselves; None for others.
    """

    _identified_by = "username"

    id: str = wire("id")
    username: str = wire("username")
    role: WorkspaceRole | str = wire("role", read=enum_of(WorkspaceRole))
    name: str | None = wire("name", optional=True)
    surname: str | None = wire("surname", optional=True)
    email: str | None = wire("email", optional=True)


@frozen(repr=False)
class Dataset(Record):
    """A dataset.

    Attributes:
        workspace: Name of the workspace.
        name: Unique in the workspace, case-insensitive.
        default_permission: What members of the workspace may do if nothing else is granted.
        created_at: In UTC.
        creator: None if they have left the workspace.
    """

    _identified_by = "full_name"

    id: str = wire("id")
    workspace: str = wire("workspace")
    name: str = wire("name")
    default_permission: DatasetPermission | str = wire("default_permission", read=_permission)
    created_at: datetime = wire("created_at")
    creator: DatasetCreator | None = wire("creator", read=reader(DatasetCreator), optional=True)

    @property
    def full_name(self) -> str:
        """`workspace/name`, as every function takes it."""
        return f"{self.workspace}/{self.name}"


@frozen(repr=False)
class DatasetUserGrant(Record):
    """What was granted to one account, or to an email address that was invited, on one dataset.

    Attributes:
        dataset: Name of the dataset.
        user_id: None for an invitation.
        username: None for an invitation.
        invitation_id: The invitation that must be accepted first; None if the grant is already in effect.
    """

    dataset_id: str = wire("dataset_id")
    dataset: str = wire("dataset")
    permission: DatasetPermission | str = wire("permission", read=_permission)
    user_id: str | None = wire("user_id", optional=True)
    username: str | None = wire("username", optional=True)
    invitation_id: str | None = wire("invitation_id", optional=True)


@frozen(repr=False)
class DatasetGroupGrant(Record):
    """What was granted to one group on one dataset.

    Attributes:
        dataset: Name of the dataset.
        group: Name of the group.
    """

    _identified_by = "group"

    dataset_id: str = wire("dataset_id")
    dataset: str = wire("dataset")
    group_id: str = wire("group_id")
    group: str = wire("group")
    permission: DatasetPermission | str = wire("permission", read=_permission)


@frozen(repr=False)
class DatasetAccess(Record):
    """What one account may do with one dataset, and why.

    Attributes:
        dataset: Name of the dataset.
        permission: What it may do, by all rules together.
        rule: The rule that decided.
        group: The group whose grant decided; None if it was another rule.
    """

    _identified_by = "username"

    dataset_id: str = wire("dataset_id")
    dataset: str = wire("dataset")
    user_id: str = wire("user_id")
    username: str = wire("username")
    permission: DatasetPermission | str = wire("permission", read=_permission)
    rule: AccessRule | str = wire("rule", read=enum_of(AccessRule))
    name: str | None = wire("name", optional=True)
    surname: str | None = wire("surname", optional=True)
    email: str | None = wire("email", optional=True)
    group: str | None = wire("group", optional=True)


read_dataset = reader(Dataset)
read_dataset_user_grant = reader(DatasetUserGrant)
read_dataset_group_grant = reader(DatasetGroupGrant)
read_dataset_access = reader(DatasetAccess)
