"""The roles, permissions and visibilities that functions take, as members or as their text."""

from enum import StrEnum

from mlsteward.records.enums import DatasetPermission as DatasetPermission

__all__ = [
    "ADMIN",
    "COLLABORATOR",
    "DatasetPermission",
    "EDIT",
    "GUEST",
    "MANAGE",
    "MEMBER",
    "NO_ACCESS",
    "ProjectMemberRole",
    "ProjectVisibility",
    "TAG",
    "UserRole",
    "VIEW",
    "WorkspaceMemberRole",
]


class ProjectVisibility(StrEnum):
    """Who has access to a project besides its roster."""

    PRIVATE = "priv"
    WORKSPACE = "workspace"
    PUBLIC = "pub"


class ProjectMemberRole(StrEnum):
    """What an account is in a project."""

    VIEWER = "viewer"
    CONTRIBUTOR = "contributor"
    OWNER = "owner"


class WorkspaceMemberRole(StrEnum):
    """What a person is in a workspace."""

    MEMBER = "member"
    ADMIN = "admin"


class UserRole(StrEnum):
    """The role of a person in the workspace, highest first. Functions take the member or its text."""

    ADMIN = "ADMIN"
    MEMBER = "MEMBER"
    COLLABORATOR = "COLLABORATOR"
    GUEST = "GUEST"


ADMIN = UserRole.ADMIN
MEMBER = UserRole.MEMBER
COLLABORATOR = UserRole.COLLABORATOR
GUEST = UserRole.GUEST

NO_ACCESS = DatasetPermission.NO_ACCESS
VIEW = DatasetPermission.VIEW
TAG = DatasetPermission.TAG
EDIT = DatasetPermission.EDIT
MANAGE = DatasetPermission.MANAGE

VISIBILITIES = {
    "priv": "private",
    "private": "private",
    "workspace": "workspace",
    "pub": "public",
    "public": "public",
}
"""How the visibilities are called on the wire. The documents spell the last one both ways."""
