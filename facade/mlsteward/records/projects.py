"""Projects and the people on their rosters."""

from __future__ import annotations

from datetime import datetime

from attrs import frozen

from mlsteward.records.enums import AccessSource, AccountKind, ProjectRole, RosterPolicy, Visibility
from mlsteward.records.record import Record
from mlsteward.records.wire import enum_of, reader, wire


@frozen(repr=False)
class Project(Record):
    """A project.

    Attributes:
        workspace: Name of the workspace.
        name: Unique in the workspace.
        handle: Unique on the platform; does not change when the project is renamed.
        key: Unique in the workspace; starts the short ids of its experiments, such as `CLS-26`.
        owner: Username of the account that created it; None if that account was deleted.
        archived_at: In UTC; None while the project is active.
        created_at: In UTC.
        last_updated: In UTC.
    """

    _identified_by = "full_name"

    id: str = wire("id")
    workspace: str = wire("workspace")
    name: str = wire("name")
    handle: str = wire("handle")
    key: str = wire("key")
    visibility: Visibility | str = wire("visibility", read=enum_of(Visibility))
    roster_policy: RosterPolicy | str = wire("roster_policy", read=enum_of(RosterPolicy))
    created_at: datetime = wire("created_at")
    last_updated: datetime = wire("last_updated")
    description: str | None = wire("description", optional=True)
    owner: str | None = wire("owner", optional=True)
    archived_at: datetime | None = wire("archived_at", optional=True)

    @property
    def full_name(self) -> str:
        """`workspace/name`, as every function takes it."""
        return f"{self.workspace}/{self.name}"


@frozen(repr=False)
class ProjectMember(Record):
    """An account in a project.

    Attributes:
        kind: `user` or `service_account`.
        source: Whether it has access by the roster or by the visibility of the project.
        role: The role of the account in the project, by all rules together; None if it has none.
        roster_role: The role on the roster, which can be lower than `role`; None if it is not on it.
        added_at: When it was added to the roster, in UTC; None if it has access by visibility.
    """

    _identified_by = "username"

    id: str = wire("id")
    username: str = wire("username")
    kind: AccountKind | str = wire("kind", read=enum_of(AccountKind))
    source: AccessSource | str = wire("source", read=enum_of(AccessSource))
    role: ProjectRole | str | None = wire("role", read=enum_of(ProjectRole), optional=True)
    roster_role: ProjectRole | str | None = wire("roster_role", read=enum_of(ProjectRole), optional=True)
    added_at: datetime | None = wire("added_at", optional=True)


read_project = reader(Project)
read_project_member = reader(ProjectMember)
