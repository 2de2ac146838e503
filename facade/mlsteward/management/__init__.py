"""Administration by flat functions: the names, signatures and defaults of two management APIs.

Those of Neptune's `management`:

    from mlsteward import management

    management.create_project("ml-team/classification", visibility="workspace")

Each of them takes `api_token=`; without it `MLSTEWARD_API_TOKEN` counts, or `NEPTUNE_API_TOKEN` where
that alone is set and holds a key of mlsteward.

Those of `fiftyone.management`:

    import mlsteward.management as fom

    fom.send_user_invitation("guest@company.com", fom.GUEST)

They name no workspace: they act on the one that is configured, or the default one of the caller.

`connect` says where to go, for a `with` block or for the rest of the process; it counts for both.
"""

from typing import TYPE_CHECKING

from mlsteward.management import exceptions
from mlsteward.management._session import connect
from mlsteward.management.api_key import delete_api_key, generate_api_key, list_api_keys
from mlsteward.management.connection import reload_api_connection, test_api_connection
from mlsteward.management.dataset import (
    DatasetPermission,
    delete_dataset_user_permission,
    get_dataset_creator,
    get_permissions,
    get_permissions_for_dataset,
    get_permissions_for_dataset_user,
    get_permissions_for_dataset_user_group,
    get_permissions_for_user,
    get_permissions_for_user_group,
    remove_dataset_user_group_permission,
    set_dataset_default_permission,
    set_dataset_user_group_permission,
    set_dataset_user_permission,
)
from mlsteward.management.organization import get_organization_settings, set_organization_settings
from mlsteward.management.projects import (
    add_project_member,
    add_project_service_account,
    create_project,
    delete_project,
    get_project_list,
    get_project_member_list,
    get_project_service_account_list,
    remove_project_member,
    remove_project_service_account,
)
from mlsteward.management.roles import ProjectMemberRole, ProjectVisibility, WorkspaceMemberRole
from mlsteward.management.user_groups import (
    add_user_group,
    add_users_to_group,
    create_user_group,
    delete_user_group,
    get_user_group,
    list_user_groups,
    list_user_groups_for_user,
    remove_users_from_group,
    resolve_user_group_id,
    update_user_group,
)
from mlsteward.management.users import (
    UserRole,
    delete_user,
    delete_user_invitation,
    get_user,
    list_pending_invitations,
    list_users,
    resolve_user_id,
    send_user_invitation,
    set_user_role,
    whoami,
)
from mlsteward.management.workspaces import (
    create_service_account,
    create_workspace,
    get_workspace_member_list,
    get_workspace_service_account_list,
    get_workspace_status,
    invite_to_workspace,
)

if TYPE_CHECKING:
    from mlsteward.management.records import APIKey, Invitation, OrganizationSettings, User, UserGroup

ADMIN = UserRole.ADMIN
MEMBER = UserRole.MEMBER
COLLABORATOR = UserRole.COLLABORATOR
GUEST = UserRole.GUEST

NO_ACCESS = DatasetPermission.NO_ACCESS
VIEW = DatasetPermission.VIEW
TAG = DatasetPermission.TAG
EDIT = DatasetPermission.EDIT
MANAGE = DatasetPermission.MANAGE

_RECORDS = ("APIKey", "Invitation", "OrganizationSettings", "User", "UserGroup")
"""What is loaded on first use."""

__all__ = [
    "ADMIN",
    "APIKey",
    "COLLABORATOR",
    "DatasetPermission",
    "EDIT",
    "GUEST",
    "Invitation",
    "MANAGE",
    "MEMBER",
    "NO_ACCESS",
    "OrganizationSettings",
    "ProjectMemberRole",
    "ProjectVisibility",
    "TAG",
    "User",
    "UserGroup",
    "UserRole",
    "VIEW",
    "WorkspaceMemberRole",
    "add_project_member",
    "add_project_service_account",
    "add_user_group",
    "add_users_to_group",
    "connect",
    "create_project",
    "create_service_account",
    "create_user_group",
    "create_workspace",
    "delete_api_key",
    "delete_dataset_user_permission",
    "delete_project",
    "delete_user",
    "delete_user_group",
    "delete_user_invitation",
    "exceptions",
    "generate_api_key",
    "get_dataset_creator",
    "get_organization_settings",
    "get_permissions",
    "get_permissions_for_dataset",
    "get_permissions_for_dataset_user",
    "get_permissions_for_dataset_user_group",
    "get_permissions_for_user",
    "get_permissions_for_user_group",
    "get_project_list",
    "get_project_member_list",
    "get_project_service_account_list",
    "get_user",
    "get_user_group",
    "get_workspace_member_list",
    "get_workspace_service_account_list",
    "get_workspace_status",
    "invite_to_workspace",
    "list_api_keys",
    "list_pending_invitations",
    "list_user_groups",
    "list_user_groups_for_user",
    "list_users",
    "reload_api_connection",
    "remove_dataset_user_group_permission",
    "remove_project_member",
    "remove_project_service_account",
    "remove_users_from_group",
    "resolve_user_group_id",
    "resolve_user_id",
    "send_user_invitation",
    "set_dataset_default_permission",
    "set_dataset_user_group_permission",
    "set_dataset_user_permission",
    "set_organization_settings",
    "set_user_role",
    "test_api_connection",
    "update_user_group",
    "whoami",
]


def __getattr__(name: str) -> object:
    if name not in _RECORDS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from mlsteward.management import records

    value = globals()[name] = getattr(records, name)
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
