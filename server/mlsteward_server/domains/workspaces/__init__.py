"""Workspaces, their members, service accounts and invitations."""

from mlsteward_server.domains.workspaces.invitations import (
    accept_invitation,
    create_invitation,
    list_invitations,
    revoke_invitation,
)
from mlsteward_server.domains.workspaces.members import (
    create_member,
    delete_member,
    get_member,
    list_members,
    set_member_role,
)
from mlsteward_server.domains.workspaces.offboarding import offboard_member, preview_offboarding
from mlsteward_server.domains.workspaces.service_accounts import (
    create_service_account,
    delete_service_account,
    list_service_accounts,
)
from mlsteward_server.domains.workspaces.settings import get_organization_settings, update_organization_settings
from mlsteward_server.domains.workspaces.workspaces import (
    create_workspace,
    get_workspace,
    get_workspace_status,
    list_workspaces,
    update_workspace,
)

__all__ = [
    "accept_invitation",
    "create_invitation",
    "create_member",
    "create_service_account",
    "create_workspace",
    "delete_member",
    "delete_service_account",
    "get_member",
    "get_organization_settings",
    "get_workspace",
    "get_workspace_status",
    "list_invitations",
    "list_members",
    "list_service_accounts",
    "list_workspaces",
    "offboard_member",
    "preview_offboarding",
    "revoke_invitation",
    "set_member_role",
    "update_organization_settings",
    "update_workspace",
]
