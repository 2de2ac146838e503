"""The exceptions that the functions of Neptune's `management` raise, under the names that scripts catch.

Each of them is also one of the classes of `mlsteward.errors`: `except errors.Forbidden` catches
`AccessRevokedOnDeletion`. Names that mean the same in both places are the same class.
"""

from mlsteward.errors import (
    AlreadyExists,
    Conflict,
    Forbidden,
    InvalidArgument,
    InvalidRequest,
    LimitReached,
    NotFound,
    ProjectNotFound,
    StewardError,
    WorkspaceNotFound,
)

__all__ = [
    "AccessRevokedOnDeletion",
    "AccessRevokedOnMemberRemoval",
    "AccessRevokedOnServiceAccountRemoval",
    "ActiveProjectsLimitReachedException",
    "BadRequestException",
    "ConflictingWorkspaceName",
    "InvalidProjectName",
    "ManagementOperationFailure",
    "MissingWorkspaceName",
    "ProjectAlreadyExists",
    "ProjectKeyCollision",
    "ProjectKeyInvalid",
    "ProjectNameCollision",
    "ProjectNameInvalid",
    "ProjectNotFound",
    "ProjectPrivacyRestrictedException",
    "ProjectsLimitReached",
    "ServiceAccountAlreadyHasAccess",
    "ServiceAccountNotExistsOrWithoutAccess",
    "ServiceAccountNotFound",
    "UnsupportedValue",
    "UserAlreadyHasAccess",
    "UserAlreadyInvited",
    "UserNotExistsOrWithoutAccess",
    "WorkspaceNotFound",
    "WorkspaceOrUserNotFound",
]

ManagementOperationFailure = StewardError
BadRequestException = InvalidRequest


# Refused before anything is sent.


class UnsupportedValue(InvalidArgument):
    """The argument does not accept this value."""


class InvalidProjectName(InvalidArgument):
    """The text is not a project name, such as `workspace/name` or `name`."""


class MissingWorkspaceName(InvalidArgument):
    """No workspace is given, and there is no default workspace."""


class ConflictingWorkspaceName(InvalidArgument):
    """Two different workspaces are given."""


# Projects.


class ProjectAlreadyExists(AlreadyExists):
    """The project exists already."""


class ProjectNameCollision(ProjectAlreadyExists):
    """A project of the workspace has this name."""


# Not a ProjectAlreadyExists: a script that carries on when its project exists must not take another
# project, which happens to have the key, for its own.
class ProjectKeyCollision(Conflict):
    """Another project of the workspace has this key."""


class ProjectNameInvalid(InvalidRequest):
    """The project name is not valid."""


class ProjectKeyInvalid(InvalidRequest):
    """The project key is not valid."""


class ProjectPrivacyRestrictedException(InvalidRequest):
    """The plan of the workspace does not allow this visibility."""


class ProjectsLimitReached(LimitReached):
    """The workspace has as many projects as its plan allows."""


class ActiveProjectsLimitReachedException(ProjectsLimitReached):
    """The workspace has as many active projects as its plan allows. Archived projects do not count."""


class AccessRevokedOnDeletion(Forbidden):
    """The caller is not allowed to delete the project."""


# Members of projects.


class UserAlreadyHasAccess(AlreadyExists):
    """The account has access to the project already."""


class UserNotExistsOrWithoutAccess(NotFound):
    """The account does not exist, or is not a member of the project."""


class ServiceAccountAlreadyHasAccess(UserAlreadyHasAccess):
    """The service account has access to the project already."""


class ServiceAccountNotExistsOrWithoutAccess(UserNotExistsOrWithoutAccess):
    """The service account is not a member of the project."""


class ServiceAccountNotFound(NotFound):
    """The workspace has no such service account."""


class AccessRevokedOnMemberRemoval(Forbidden):
    """The caller is not allowed to remove members of the project."""


class AccessRevokedOnServiceAccountRemoval(Forbidden):
    """The caller is not allowed to remove service accounts of the project."""


# Members of workspaces.


class UserAlreadyInvited(AlreadyExists):
    """The user has an open invitation to the workspace, or is a member."""


class WorkspaceOrUserNotFound(NotFound):
    """The workspace or the user does not exist."""
