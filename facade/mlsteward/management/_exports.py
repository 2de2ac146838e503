# Derived by scripts/derive_packages.py. Do not edit.
"""The public names of `mlsteward.management`, and the module of each."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mlsteward.management.api_key import delete_api_key as delete_api_key
    from mlsteward.management.api_key import generate_api_key as generate_api_key
    from mlsteward.management.api_key import list_api_keys as list_api_keys
    from mlsteward.management.connection import connect as connect
    from mlsteward.management.connection import reload_api_connection as reload_api_connection
    from mlsteward.management.connection import test_api_connection as test_api_connection
    from mlsteward.management.dataset import delete_dataset_user_permission as delete_dataset_user_permission
    from mlsteward.management.dataset import get_dataset_creator as get_dataset_creator
    from mlsteward.management.dataset import get_permissions as get_permissions
    from mlsteward.management.dataset import get_permissions_for_dataset as get_permissions_for_dataset
    from mlsteward.management.dataset import get_permissions_for_dataset_user as get_permissions_for_dataset_user
    from mlsteward.management.dataset import (
        get_permissions_for_dataset_user_group as get_permissions_for_dataset_user_group,
    )
    from mlsteward.management.dataset import get_permissions_for_user as get_permissions_for_user
    from mlsteward.management.dataset import get_permissions_for_user_group as get_permissions_for_user_group
    from mlsteward.management.dataset import (
        remove_dataset_user_group_permission as remove_dataset_user_group_permission,
    )
    from mlsteward.management.dataset import set_dataset_default_permission as set_dataset_default_permission
    from mlsteward.management.dataset import set_dataset_user_group_permission as set_dataset_user_group_permission
    from mlsteward.management.dataset import set_dataset_user_permission as set_dataset_user_permission
    from mlsteward.management.organization import get_organization_settings as get_organization_settings
    from mlsteward.management.organization import set_organization_settings as set_organization_settings
    from mlsteward.management.projects import add_project_member as add_project_member
    from mlsteward.management.projects import add_project_service_account as add_project_service_account
    from mlsteward.management.projects import create_project as create_project
    from mlsteward.management.projects import delete_project as delete_project
    from mlsteward.management.projects import get_project_list as get_project_list
    from mlsteward.management.projects import get_project_member_list as get_project_member_list
    from mlsteward.management.projects import get_project_service_account_list as get_project_service_account_list
    from mlsteward.management.projects import remove_project_member as remove_project_member
    from mlsteward.management.projects import remove_project_service_account as remove_project_service_account
    from mlsteward.management.records import APIKey as APIKey
    from mlsteward.management.records import Invitation as Invitation
    from mlsteward.management.records import OrganizationSettings as OrganizationSettings
    from mlsteward.management.records import User as User
    from mlsteward.management.records import UserGroup as UserGroup
    from mlsteward.management.roles import ADMIN as ADMIN
    from mlsteward.management.roles import COLLABORATOR as COLLABORATOR
    from mlsteward.management.roles import EDIT as EDIT
    from mlsteward.management.roles import GUEST as GUEST
    from mlsteward.management.roles import MANAGE as MANAGE
    from mlsteward.management.roles import MEMBER as MEMBER
    from mlsteward.management.roles import NO_ACCESS as NO_ACCESS
    from mlsteward.management.roles import TAG as TAG
    from mlsteward.management.roles import VIEW as VIEW
    from mlsteward.management.roles import DatasetPermission as DatasetPermission
    from mlsteward.management.roles import ProjectMemberRole as ProjectMemberRole
    from mlsteward.management.roles import ProjectVisibility as ProjectVisibility
    from mlsteward.management.roles import UserRole as UserRole
    from mlsteward.management.roles import WorkspaceMemberRole as WorkspaceMemberRole
    from mlsteward.management.user_groups import add_user_group as add_user_group
    from mlsteward.management.user_groups import add_users_to_group as add_users_to_group
    from mlsteward.management.user_groups import create_user_group as create_user_group
    from mlsteward.management.user_groups import delete_user_group as delete_user_group
    from mlsteward.management.user_groups import get_user_group as get_user_group
    from mlsteward.management.user_groups import list_user_groups as list_user_groups
    from mlsteward.management.user_groups import list_user_groups_for_user as list_user_groups_for_user
    from mlsteward.management.user_groups import remove_users_from_group as remove_users_from_group
    from mlsteward.management.user_groups import resolve_user_group_id as resolve_user_group_id
    from mlsteward.management.user_groups import update_user_group as update_user_group
    from mlsteward.management.users import delete_user as delete_user
    from mlsteward.management.users import delete_user_invitation as delete_user_invitation
    from mlsteward.management.users import get_user as get_user
    from mlsteward.management.users import list_pending_invitations as list_pending_invitations
    from mlsteward.management.users import list_users as list_users
    from mlsteward.management.users import resolve_user_id as resolve_user_id
    from mlsteward.management.users import send_user_invitation as send_user_invitation
    from mlsteward.management.users import set_user_role as set_user_role
    from mlsteward.management.users import whoami as whoami
    from mlsteward.management.workspaces import create_service_account as create_service_account
    from mlsteward.management.workspaces import create_workspace as create_workspace
    from mlsteward.management.workspaces import get_workspace_member_list as get_workspace_member_list
    from mlsteward.management.workspaces import get_workspace_service_account_list as get_workspace_service_account_list
    from mlsteward.management.workspaces import get_workspace_status as get_workspace_status
    from mlsteward.management.workspaces import invite_to_workspace as invite_to_workspace

MODULE_OF = {
    "delete_api_key": "api_key",
    "generate_api_key": "api_key",
    "list_api_keys": "api_key",
    "connect": "connection",
    "reload_api_connection": "connection",
    "test_api_connection": "connection",
    "delete_dataset_user_permission": "dataset",
    "get_dataset_creator": "dataset",
    "get_permissions": "dataset",
    "get_permissions_for_dataset": "dataset",
    "get_permissions_for_dataset_user": "dataset",
    "get_permissions_for_dataset_user_group": "dataset",
    "get_permissions_for_user": "dataset",
    "get_permissions_for_user_group": "dataset",
    "remove_dataset_user_group_permission": "dataset",
    "set_dataset_default_permission": "dataset",
    "set_dataset_user_group_permission": "dataset",
    "set_dataset_user_permission": "dataset",
    "get_organization_settings": "organization",
    "set_organization_settings": "organization",
    "add_project_member": "projects",
    "add_project_service_account": "projects",
    "create_project": "projects",
    "delete_project": "projects",
    "get_project_list": "projects",
    "get_project_member_list": "projects",
    "get_project_service_account_list": "projects",
    "remove_project_member": "projects",
    "remove_project_service_account": "projects",
    "APIKey": "records",
    "Invitation": "records",
    "OrganizationSettings": "records",
    "User": "records",
    "UserGroup": "records",
    "ADMIN": "roles",
    "COLLABORATOR": "roles",
    "DatasetPermission": "roles",
    "EDIT": "roles",
    "GUEST": "roles",
    "MANAGE": "roles",
    "MEMBER": "roles",
    "NO_ACCESS": "roles",
    "ProjectMemberRole": "roles",
    "ProjectVisibility": "roles",
    "TAG": "roles",
    "UserRole": "roles",
    "VIEW": "roles",
    "WorkspaceMemberRole": "roles",
    "add_user_group": "user_groups",
    "add_users_to_group": "user_groups",
    "create_user_group": "user_groups",
    "delete_user_group": "user_groups",
    "get_user_group": "user_groups",
    "list_user_groups": "user_groups",
    "list_user_groups_for_user": "user_groups",
    "remove_users_from_group": "user_groups",
    "resolve_user_group_id": "user_groups",
    "update_user_group": "user_groups",
    "delete_user": "users",
    "delete_user_invitation": "users",
    "get_user": "users",
    "list_pending_invitations": "users",
    "list_users": "users",
    "resolve_user_id": "users",
    "send_user_invitation": "users",
    "set_user_role": "users",
    "whoami": "users",
    "create_service_account": "workspaces",
    "create_workspace": "workspaces",
    "get_workspace_member_list": "workspaces",
    "get_workspace_service_account_list": "workspaces",
    "get_workspace_status": "workspaces",
    "invite_to_workspace": "workspaces",
}
