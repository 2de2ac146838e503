"""Gives what the functions of Neptune's `management` raise the names that its scripts catch.

The client below raises the errors of `mlsteward.errors`. Which of Neptune's names stands for which code,
and in which function, is written in the two tables here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import ParamSpec, TypeVar

from mlsteward.errors import StewardError
from mlsteward.management import exceptions

P = ParamSpec("P")
T = TypeVar("T")

BY_CODE: Mapping[str, type[StewardError]] = {
    "project_reference_invalid": exceptions.InvalidProjectName,
    "workspace_missing": exceptions.MissingWorkspaceName,
    "workspace_conflict": exceptions.ConflictingWorkspaceName,
    "unsupported_value": exceptions.UnsupportedValue,
    "project_name_taken": exceptions.ProjectNameCollision,
    "project_key_taken": exceptions.ProjectKeyCollision,
    "project_name_invalid": exceptions.ProjectNameInvalid,
    "project_key_invalid": exceptions.ProjectKeyInvalid,
    "project_visibility_restricted": exceptions.ProjectPrivacyRestrictedException,
    "projects_limit_reached": exceptions.ActiveProjectsLimitReachedException,
    "project_user_exists": exceptions.UserAlreadyHasAccess,
    "project_user_not_found": exceptions.UserNotExistsOrWithoutAccess,
    "service_account_not_found": exceptions.ServiceAccountNotFound,
    "user_already_invited": exceptions.UserAlreadyInvited,
}
"""What a code is raised as in every function."""

BY_FUNCTION: Mapping[tuple[str, str], type[StewardError]] = {
    ("delete_project", "forbidden"): exceptions.AccessRevokedOnDeletion,
    ("add_project_member", "user_not_found"): exceptions.UserNotExistsOrWithoutAccess,
    ("remove_project_member", "forbidden"): exceptions.AccessRevokedOnMemberRemoval,
    ("add_project_service_account", "user_not_found"): exceptions.UserNotExistsOrWithoutAccess,
    ("add_project_service_account", "project_user_exists"): exceptions.ServiceAccountAlreadyHasAccess,
    ("remove_project_service_account", "forbidden"): exceptions.AccessRevokedOnServiceAccountRemoval,
    ("remove_project_service_account", "project_user_not_found"): exceptions.ServiceAccountNotExistsOrWithoutAccess,
    ("invite_to_workspace", "workspace_not_found"): exceptions.WorkspaceOrUserNotFound,
    ("invite_to_workspace", "user_not_found"): exceptions.WorkspaceOrUserNotFound,
}
"""What a code is raised as in one function; it comes before the other table."""


def neptune_errors(function: Callable[P, T]) -> Callable[P, T]:
    """Make a function raise Neptune's exceptions."""

    @wraps(function)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return function(*args, **kwargs)
        except StewardError as error:
            code = error.code or ""
            named = BY_FUNCTION.get((function.__name__, code)) or BY_CODE.get(code)
            if named is None:
                raise
            raise error._as(named).with_traceback(error.__traceback__) from error.__cause__

    return wrapper
