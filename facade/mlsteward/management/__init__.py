"""Administration by flat functions, with the names, signatures and defaults of Neptune's `management`.

    from mlsteward import management

    management.create_project("ml-team/classification", visibility="workspace")

Each function takes `api_token=`; without it `MLSTEWARD_API_TOKEN` counts, or `NEPTUNE_API_TOKEN` where
that alone is set and holds a key of mlsteward. `connect` says where to go, for a `with` block or for
the rest of the process.
"""

from mlsteward.management import exceptions
from mlsteward.management._session import connect
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
from mlsteward.management.workspaces import (
    create_service_account,
    create_workspace,
    get_workspace_member_list,
    get_workspace_service_account_list,
    get_workspace_status,
    invite_to_workspace,
)

__all__ = [
    "ProjectMemberRole",
    "ProjectVisibility",
    "WorkspaceMemberRole",
    "add_project_member",
    "add_project_service_account",
    "connect",
    "create_project",
    "create_service_account",
    "create_workspace",
    "delete_project",
    "exceptions",
    "get_project_list",
    "get_project_member_list",
    "get_project_service_account_list",
    "get_workspace_member_list",
    "get_workspace_service_account_list",
    "get_workspace_status",
    "invite_to_workspace",
    "remove_project_member",
    "remove_project_service_account",
]
