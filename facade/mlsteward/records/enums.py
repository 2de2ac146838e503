"""Fixed sets of values. They are open: a value that only a newer server knows arrives as a plain `str`.

An alias such as `WorkspaceRoleLike` is what methods take: a member of the enum, or its text.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Literal, TypeAlias


class AccountKind(StrEnum):
    """Whether an account belongs to a person or to a program."""

    USER = "user"
    SERVICE_ACCOUNT = "service_account"


AccountKindLike: TypeAlias = AccountKind | Literal["user", "service_account"]


class WorkspaceRole(StrEnum):
    """The role of an account in a workspace, highest first."""

    ADMIN = "admin"
    MEMBER = "member"
    COLLABORATOR = "collaborator"
    GUEST = "guest"


WorkspaceRoleLike: TypeAlias = WorkspaceRole | Literal["admin", "member", "collaborator", "guest"]


class WorkspaceMode(StrEnum):
    """Whether the server has plans with limits."""

    CLOUD = "cloud"
    SELF_HOSTED = "self_hosted"


class ProjectRole(StrEnum):
    """The role of an account in a project, highest first."""

    OWNER = "owner"
    CONTRIBUTOR = "contributor"
    VIEWER = "viewer"


ProjectRoleLike: TypeAlias = ProjectRole | Literal["owner", "contributor", "viewer"]


class Visibility(StrEnum):
    """Who has access to a project besides its roster and the admins."""

    PRIVATE = "private"
    """Nobody."""
    WORKSPACE = "workspace"
    """Every member of the workspace, as an owner."""
    PUBLIC = "public"
    """Every member of the workspace, as an owner; anybody else may read."""


VisibilityLike: TypeAlias = Visibility | Literal["private", "workspace", "public"]


class RosterPolicy(StrEnum):
    """Who may edit the roster of a project."""

    OWNERS = "owners"
    ADMINS = "admins"


class AccessSource(StrEnum):
    """What gives an account access to a project."""

    ROSTER = "roster"
    VISIBILITY = "visibility"


class InvitationStatus(StrEnum):
    """The state of an invitation."""

    PENDING = "pending"
    ACCEPTED = "accepted"
    REVOKED = "revoked"
    EXPIRED = "expired"


class DatasetPermission(StrEnum):
    """What an account may do with a dataset, lowest first. Each includes those before it."""

    NO_ACCESS = "NO_ACCESS"
    VIEW = "VIEW"
    TAG = "TAG"
    EDIT = "EDIT"
    MANAGE = "MANAGE"


DatasetPermissionLike: TypeAlias = DatasetPermission | Literal["NO_ACCESS", "VIEW", "TAG", "EDIT", "MANAGE"]


class KeyScope(StrEnum):
    """What an API key may be used for, lowest first. Each includes those before it."""

    READ = "read"
    """Read only."""
    WRITE = "write"
    """Change content."""
    ADMIN = "admin"
    """Change who may do what."""


KeyScopeLike: TypeAlias = KeyScope | Literal["read", "write", "admin"]


class AccessObjectType(StrEnum):
    """The kind of object that access is to."""

    DATASET = "dataset"
    PROJECT = "project"


class AccessLevelOn(StrEnum):
    """What a role or permission that an operation needs is on."""

    PLATFORM = "platform"
    """The platform: the caller must be an operator."""
    WORKSPACE = "workspace"
    PROJECT = "project"
    DATASET = "dataset"
    ACCOUNT = "account"
    """The account itself: it must be that of a person."""


class AccessRule(StrEnum):
    """What gives an account its role in a project or dataset."""

    OPERATOR = "operator"
    """It is an operator of the platform."""
    ADMIN = "admin"
    """It is an admin of the workspace."""
    OWN_GRANT = "own_grant"
    """It was granted a permission on the dataset."""
    GROUP_GRANT = "group_grant"
    """A group it is in was granted a permission on the dataset."""
    DEFAULT = "default"
    """The default permission of the dataset, which members have."""
    ROSTER = "roster"
    """It is on the roster of the project."""
    VISIBILITY = "visibility"
    """The visibility of the project gives members access."""
    PUBLIC = "public"
    """The project is public."""
    NONE = "none"
    """No rule gives it a role."""


class HoldingKind(StrEnum):
    """What a person holds in a workspace."""

    ROSTER_ENTRY = "roster_entry"
    GROUP = "group"
    DATASET_GRANT = "dataset_grant"
    API_KEY = "api_key"
    API_KEY_MADE = "api_key_made"
    """An API key that they made for another account of the workspace."""
    INVITATION_RECEIVED = "invitation_received"
    INVITATION_SENT = "invitation_sent"
    SOLE_PROJECT = "sole_project"
    """A project with no other owner on its roster."""
    SOLE_DATASET = "sole_dataset"
    """A dataset that nobody else was granted MANAGE on."""


class JobStatus(StrEnum):
    """How far a job is."""

    QUEUED = "queued"
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"


JobStatusLike: TypeAlias = JobStatus | Literal["queued", "running", "succeeded", "failed"]


class AuditAction(StrEnum):
    """The kind of change an event records."""

    CREATE = "create"
    UPDATE = "update"
    DELETE = "delete"
    INFO = "info"


AuditActionLike: TypeAlias = AuditAction | Literal["create", "update", "delete", "info"]


class ExperimentStatus(StrEnum):
    """Whether an experiment is running."""

    RUNNING = "running"
    FINISHED = "finished"
    STOPPED = "stopped"
    """Stopped, not by the program that ran it."""


ExperimentStatusLike: TypeAlias = ExperimentStatus | Literal["running", "finished", "stopped"]


class BulkOutcome(StrEnum):
    """What became of a row of a bulk call."""

    DONE = "done"
    UNCHANGED = "unchanged"
    REFUSED = "refused"
