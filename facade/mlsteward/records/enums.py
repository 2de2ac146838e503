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


class AuditAction(StrEnum):
    """What kind of change an event is."""

    CREATE = "create"
    UPDATE = "update"
    DELETE = "delete"
    INFO = "info"
