"""The words of Neptune's management API. Every function takes the member or its text."""

from enum import StrEnum


class ProjectVisibility(StrEnum):
    """Whom a project lets in besides its roster."""

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


VISIBILITIES = {
    "priv": "private",
    "private": "private",
    "workspace": "workspace",
    "pub": "public",
    "public": "public",
}
"""How the visibilities are called on the wire. The documents spell the last one both ways."""
