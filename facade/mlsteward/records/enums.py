"""Fixed sets of words. They are open: what a newer server says beyond them arrives as a plain `str`."""

from __future__ import annotations

from enum import StrEnum


class AccountKind(StrEnum):
    """Whether a person or a program signs in with an account."""

    USER = "user"
    SERVICE_ACCOUNT = "service_account"


class WorkspaceRole(StrEnum):
    """What an account is in a workspace, highest first."""

    ADMIN = "admin"
    MEMBER = "member"
    COLLABORATOR = "collaborator"
    GUEST = "guest"


class WorkspaceMode(StrEnum):
    """Whether the server has plans to report on."""

    CLOUD = "cloud"
    SELF_HOSTED = "self_hosted"


class ProjectRole(StrEnum):
    """What an account is in a project, highest first."""

    OWNER = "owner"
    CONTRIBUTOR = "contributor"
    VIEWER = "viewer"


class Visibility(StrEnum):
    """Whom a project lets in besides its roster and the admins."""

    PRIVATE = "private"
    """Nobody."""
    WORKSPACE = "workspace"
    """Every member of the workspace, as an owner."""
    PUBLIC = "public"
    """The same, and anybody may read."""


class RosterPolicy(StrEnum):
    """Who may edit the roster of a project."""

    OWNERS = "owners"
    ADMINS = "admins"


class AccessSource(StrEnum):
    """What lets an account into a project."""

    ROSTER = "roster"
    VISIBILITY = "visibility"


class InvitationStatus(StrEnum):
    """What became of an invitation."""

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


class KeyScope(StrEnum):
    """What an API key may be used for, lowest first. Each includes those before it."""

    READ = "read"
    """What changes nothing."""
    WRITE = "write"
    """What changes content."""
    ADMIN = "admin"
    """What changes who may do what."""


class AccessObjectType(StrEnum):
    """What access is to."""

    DATASET = "dataset"
    PROJECT = "project"


class AccessRule(StrEnum):
    """What gives an account its role in a project or dataset."""

    OPERATOR = "operator"
    """It operates the platform."""
    ADMIN = "admin"
    """It is an admin of the workspace."""
    OWN_GRANT = "own_grant"
    """It was granted a permission on the dataset."""
    GROUP_GRANT = "group_grant"
    """A group it is in was."""
    DEFAULT = "default"
    """What the dataset gives members by default."""
    ROSTER = "roster"
    """It is on the roster of the project."""
    VISIBILITY = "visibility"
    """The visibility of the project lets members in."""
    PUBLIC = "public"
    """The project is public."""
    NONE = "none"
    """Nothing does."""


class HoldingKind(StrEnum):
    """What a person holds in a workspace."""

    ROSTER_ENTRY = "roster_entry"
    GROUP = "group"
    DATASET_GRANT = "dataset_grant"
    API_KEY = "api_key"
    INVITATION_RECEIVED = "invitation_received"
    INVITATION_SENT = "invitation_sent"
    SOLE_PROJECT = "sole_project"
    """A project that nobody else on the roster owns."""
    SOLE_DATASET = "sole_dataset"
    """A dataset that nobody else was granted MANAGE on."""


class AuditAction(StrEnum):
    """What kind of change an event is."""

    CREATE = "create"
    UPDATE = "update"
    DELETE = "delete"
    INFO = "info"
