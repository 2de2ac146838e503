# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
"""Contains all the data models used in inputs/outputs, each imported when it is first asked for"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .accepted_invitation import AcceptedInvitation
    from .access_check import AccessCheck
    from .access_check_answers import AccessCheckAnswers
    from .access_checks import AccessChecks
    from .access_consideration import AccessConsideration
    from .access_entry import AccessEntry
    from .access_explanation import AccessExplanation
    from .access_level import AccessLevel
    from .access_level_on import AccessLevelOn
    from .access_object_type import AccessObjectType
    from .access_question import AccessQuestion
    from .access_rule import AccessRule
    from .access_source import AccessSource
    from .account import Account
    from .account_kind import AccountKind
    from .api_key import ApiKey
    from .api_key_create import ApiKeyCreate
    from .api_key_created import ApiKeyCreated
    from .api_key_reference import ApiKeyReference
    from .api_key_rotate import ApiKeyRotate
    from .api_keys_revoke import ApiKeysRevoke
    from .asset import Asset
    from .audit_action import AuditAction
    from .audit_event import AuditEvent
    from .bulk_answer import BulkAnswer
    from .bulk_outcome import BulkOutcome
    from .bulk_problem import BulkProblem
    from .bulk_row import BulkRow
    from .change import Change
    from .dataset import Dataset
    from .dataset_access import DatasetAccess
    from .dataset_create import DatasetCreate
    from .dataset_creator import DatasetCreator
    from .dataset_group_grant import DatasetGroupGrant
    from .dataset_permission import DatasetPermission
    from .dataset_permission_grant import DatasetPermissionGrant
    from .dataset_permission_set import DatasetPermissionSet
    from .dataset_permissions_grant import DatasetPermissionsGrant
    from .dataset_user_grant import DatasetUserGrant
    from .dataset_user_permission_set import DatasetUserPermissionSet
    from .dry_run import DryRun
    from .experiment import Experiment
    from .experiment_create import ExperimentCreate
    from .experiment_status import ExperimentStatus
    from .experiment_update import ExperimentUpdate
    from .field_change import FieldChange
    from .group import Group
    from .group_create import GroupCreate
    from .group_member_change import GroupMemberChange
    from .group_members_change import GroupMembersChange
    from .group_update import GroupUpdate
    from .group_users import GroupUsers
    from .health import Health
    from .holding import Holding
    from .holding_kind import HoldingKind
    from .invitation import Invitation
    from .invitation_accept import InvitationAccept
    from .invitation_create import InvitationCreate
    from .invitation_dataset_grant import InvitationDatasetGrant
    from .invitation_status import InvitationStatus
    from .invitations_send import InvitationsSend
    from .job import Job
    from .job_progress import JobProgress
    from .job_result import JobResult
    from .job_status import JobStatus
    from .key_scope import KeyScope
    from .member import Member
    from .member_create import MemberCreate
    from .member_update import MemberUpdate
    from .member_view import MemberView
    from .members_import import MembersImport
    from .offboarding import Offboarding
    from .offboarding_blocker import OffboardingBlocker
    from .offboarding_request import OffboardingRequest
    from .organization_settings import OrganizationSettings
    from .organization_settings_update import OrganizationSettingsUpdate
    from .plan import Plan
    from .plan_update import PlanUpdate
    from .problem import Problem
    from .problem_location import ProblemLocation
    from .project import Project
    from .project_create import ProjectCreate
    from .project_role import ProjectRole
    from .project_update import ProjectUpdate
    from .project_user import ProjectUser
    from .project_user_add import ProjectUserAdd
    from .project_user_update import ProjectUserUpdate
    from .roster_policy import RosterPolicy
    from .service_account import ServiceAccount
    from .service_account_create import ServiceAccountCreate
    from .storage_cleanup import StorageCleanup
    from .visibility import Visibility
    from .workspace import Workspace
    from .workspace_create import WorkspaceCreate
    from .workspace_mode import WorkspaceMode
    from .workspace_role import WorkspaceRole
    from .workspace_status import WorkspaceStatus
    from .workspace_update import WorkspaceUpdate

__all__ = (
    "AcceptedInvitation",
    "AccessCheck",
    "AccessCheckAnswers",
    "AccessChecks",
    "AccessConsideration",
    "AccessEntry",
    "AccessExplanation",
    "AccessLevel",
    "AccessLevelOn",
    "AccessObjectType",
    "AccessQuestion",
    "AccessRule",
    "AccessSource",
    "Account",
    "AccountKind",
    "ApiKey",
    "ApiKeyCreate",
    "ApiKeyCreated",
    "ApiKeyReference",
    "ApiKeyRotate",
    "ApiKeysRevoke",
    "Asset",
    "AuditAction",
    "AuditEvent",
    "BulkAnswer",
    "BulkOutcome",
    "BulkProblem",
    "BulkRow",
    "Change",
    "Dataset",
    "DatasetAccess",
    "DatasetCreate",
    "DatasetCreator",
    "DatasetGroupGrant",
    "DatasetPermission",
    "DatasetPermissionGrant",
    "DatasetPermissionSet",
    "DatasetPermissionsGrant",
    "DatasetUserGrant",
    "DatasetUserPermissionSet",
    "DryRun",
    "Experiment",
    "ExperimentCreate",
    "ExperimentStatus",
    "ExperimentUpdate",
    "FieldChange",
    "Group",
    "GroupCreate",
    "GroupMemberChange",
    "GroupMembersChange",
    "GroupUpdate",
    "GroupUsers",
    "Health",
    "Holding",
    "HoldingKind",
    "Invitation",
    "InvitationAccept",
    "InvitationCreate",
    "InvitationDatasetGrant",
    "InvitationsSend",
    "InvitationStatus",
    "Job",
    "JobProgress",
    "JobResult",
    "JobStatus",
    "KeyScope",
    "Member",
    "MemberCreate",
    "MembersImport",
    "MemberUpdate",
    "MemberView",
    "Offboarding",
    "OffboardingBlocker",
    "OffboardingRequest",
    "OrganizationSettings",
    "OrganizationSettingsUpdate",
    "Plan",
    "PlanUpdate",
    "Problem",
    "ProblemLocation",
    "Project",
    "ProjectCreate",
    "ProjectRole",
    "ProjectUpdate",
    "ProjectUser",
    "ProjectUserAdd",
    "ProjectUserUpdate",
    "RosterPolicy",
    "ServiceAccount",
    "ServiceAccountCreate",
    "StorageCleanup",
    "Visibility",
    "Workspace",
    "WorkspaceCreate",
    "WorkspaceMode",
    "WorkspaceRole",
    "WorkspaceStatus",
    "WorkspaceUpdate",
)

_MODULES = {
    "AcceptedInvitation": ".accepted_invitation",
    "AccessCheck": ".access_check",
    "AccessCheckAnswers": ".access_check_answers",
    "AccessChecks": ".access_checks",
    "AccessConsideration": ".access_consideration",
    "AccessEntry": ".access_entry",
    "AccessExplanation": ".access_explanation",
    "AccessLevel": ".access_level",
    "AccessLevelOn": ".access_level_on",
    "AccessObjectType": ".access_object_type",
    "AccessQuestion": ".access_question",
    "AccessRule": ".access_rule",
    "AccessSource": ".access_source",
    "Account": ".account",
    "AccountKind": ".account_kind",
    "ApiKey": ".api_key",
    "ApiKeyCreate": ".api_key_create",
    "ApiKeyCreated": ".api_key_created",
    "ApiKeyReference": ".api_key_reference",
    "ApiKeyRotate": ".api_key_rotate",
    "ApiKeysRevoke": ".api_keys_revoke",
    "Asset": ".asset",
    "AuditAction": ".audit_action",
    "AuditEvent": ".audit_event",
    "BulkAnswer": ".bulk_answer",
    "BulkOutcome": ".bulk_outcome",
    "BulkProblem": ".bulk_problem",
    "BulkRow": ".bulk_row",
    "Change": ".change",
    "Dataset": ".dataset",
    "DatasetAccess": ".dataset_access",
    "DatasetCreate": ".dataset_create",
    "DatasetCreator": ".dataset_creator",
    "DatasetGroupGrant": ".dataset_group_grant",
    "DatasetPermission": ".dataset_permission",
    "DatasetPermissionGrant": ".dataset_permission_grant",
    "DatasetPermissionSet": ".dataset_permission_set",
    "DatasetPermissionsGrant": ".dataset_permissions_grant",
    "DatasetUserGrant": ".dataset_user_grant",
    "DatasetUserPermissionSet": ".dataset_user_permission_set",
    "DryRun": ".dry_run",
    "Experiment": ".experiment",
    "ExperimentCreate": ".experiment_create",
    "ExperimentStatus": ".experiment_status",
    "ExperimentUpdate": ".experiment_update",
    "FieldChange": ".field_change",
    "Group": ".group",
    "GroupCreate": ".group_create",
    "GroupMemberChange": ".group_member_change",
    "GroupMembersChange": ".group_members_change",
    "GroupUpdate": ".group_update",
    "GroupUsers": ".group_users",
    "Health": ".health",
    "Holding": ".holding",
    "HoldingKind": ".holding_kind",
    "Invitation": ".invitation",
    "InvitationAccept": ".invitation_accept",
    "InvitationCreate": ".invitation_create",
    "InvitationDatasetGrant": ".invitation_dataset_grant",
    "InvitationStatus": ".invitation_status",
    "InvitationsSend": ".invitations_send",
    "Job": ".job",
    "JobProgress": ".job_progress",
    "JobResult": ".job_result",
    "JobStatus": ".job_status",
    "KeyScope": ".key_scope",
    "Member": ".member",
    "MemberCreate": ".member_create",
    "MemberUpdate": ".member_update",
    "MemberView": ".member_view",
    "MembersImport": ".members_import",
    "Offboarding": ".offboarding",
    "OffboardingBlocker": ".offboarding_blocker",
    "OffboardingRequest": ".offboarding_request",
    "OrganizationSettings": ".organization_settings",
    "OrganizationSettingsUpdate": ".organization_settings_update",
    "Plan": ".plan",
    "PlanUpdate": ".plan_update",
    "Problem": ".problem",
    "ProblemLocation": ".problem_location",
    "Project": ".project",
    "ProjectCreate": ".project_create",
    "ProjectRole": ".project_role",
    "ProjectUpdate": ".project_update",
    "ProjectUser": ".project_user",
    "ProjectUserAdd": ".project_user_add",
    "ProjectUserUpdate": ".project_user_update",
    "RosterPolicy": ".roster_policy",
    "ServiceAccount": ".service_account",
    "ServiceAccountCreate": ".service_account_create",
    "StorageCleanup": ".storage_cleanup",
    "Visibility": ".visibility",
    "Workspace": ".workspace",
    "WorkspaceCreate": ".workspace_create",
    "WorkspaceMode": ".workspace_mode",
    "WorkspaceRole": ".workspace_role",
    "WorkspaceStatus": ".workspace_status",
    "WorkspaceUpdate": ".workspace_update",
}

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = globals()[name] = getattr(import_module(_MODULES[name], __name__), name)
        return value

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})
