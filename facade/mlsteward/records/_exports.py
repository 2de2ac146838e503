# Derived by scripts/derive_packages.py. Do not edit.
"""The public names of `mlsteward.records`, and the module of each."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mlsteward.records.access import AccessCheck as AccessCheck
    from mlsteward.records.access import AccessConsideration as AccessConsideration
    from mlsteward.records.access import AccessEntry as AccessEntry
    from mlsteward.records.access import AccessExplanation as AccessExplanation
    from mlsteward.records.access import AccessLevel as AccessLevel
    from mlsteward.records.bulk import BulkAnswer as BulkAnswer
    from mlsteward.records.bulk import BulkProblem as BulkProblem
    from mlsteward.records.bulk import BulkRow as BulkRow
    from mlsteward.records.datasets import Dataset as Dataset
    from mlsteward.records.datasets import DatasetAccess as DatasetAccess
    from mlsteward.records.datasets import DatasetCreator as DatasetCreator
    from mlsteward.records.datasets import DatasetGroupGrant as DatasetGroupGrant
    from mlsteward.records.datasets import DatasetUserGrant as DatasetUserGrant
    from mlsteward.records.enums import AccessLevelOn as AccessLevelOn
    from mlsteward.records.enums import AccessObjectType as AccessObjectType
    from mlsteward.records.enums import AccessRule as AccessRule
    from mlsteward.records.enums import AccessSource as AccessSource
    from mlsteward.records.enums import AccountKind as AccountKind
    from mlsteward.records.enums import AccountKindLike as AccountKindLike
    from mlsteward.records.enums import AuditAction as AuditAction
    from mlsteward.records.enums import AuditActionLike as AuditActionLike
    from mlsteward.records.enums import BulkOutcome as BulkOutcome
    from mlsteward.records.enums import DatasetPermission as DatasetPermission
    from mlsteward.records.enums import DatasetPermissionLike as DatasetPermissionLike
    from mlsteward.records.enums import ExperimentStatus as ExperimentStatus
    from mlsteward.records.enums import ExperimentStatusLike as ExperimentStatusLike
    from mlsteward.records.enums import HoldingKind as HoldingKind
    from mlsteward.records.enums import InvitationStatus as InvitationStatus
    from mlsteward.records.enums import JobStatus as JobStatus
    from mlsteward.records.enums import JobStatusLike as JobStatusLike
    from mlsteward.records.enums import KeyScope as KeyScope
    from mlsteward.records.enums import KeyScopeLike as KeyScopeLike
    from mlsteward.records.enums import ProjectRole as ProjectRole
    from mlsteward.records.enums import ProjectRoleLike as ProjectRoleLike
    from mlsteward.records.enums import RosterPolicy as RosterPolicy
    from mlsteward.records.enums import Visibility as Visibility
    from mlsteward.records.enums import VisibilityLike as VisibilityLike
    from mlsteward.records.enums import WorkspaceMode as WorkspaceMode
    from mlsteward.records.enums import WorkspaceRole as WorkspaceRole
    from mlsteward.records.enums import WorkspaceRoleLike as WorkspaceRoleLike
    from mlsteward.records.experiments import Asset as Asset
    from mlsteward.records.experiments import Experiment as Experiment
    from mlsteward.records.groups import Group as Group
    from mlsteward.records.identity import Account as Account
    from mlsteward.records.identity import ApiKey as ApiKey
    from mlsteward.records.identity import Health as Health
    from mlsteward.records.identity import NewApiKey as NewApiKey
    from mlsteward.records.operations import AuditEvent as AuditEvent
    from mlsteward.records.operations import Change as Change
    from mlsteward.records.operations import FieldChange as FieldChange
    from mlsteward.records.operations import Job as Job
    from mlsteward.records.operations import JobProblem as JobProblem
    from mlsteward.records.operations import JobProgress as JobProgress
    from mlsteward.records.projects import Project as Project
    from mlsteward.records.projects import ProjectMember as ProjectMember
    from mlsteward.records.record import Record as Record
    from mlsteward.records.reviews import ReviewChange as ReviewChange
    from mlsteward.records.reviews import ReviewedAccount as ReviewedAccount
    from mlsteward.records.reviews import ReviewedInvitation as ReviewedInvitation
    from mlsteward.records.reviews import ReviewedKey as ReviewedKey
    from mlsteward.records.workspaces import AcceptedInvitation as AcceptedInvitation
    from mlsteward.records.workspaces import Holding as Holding
    from mlsteward.records.workspaces import Invitation as Invitation
    from mlsteward.records.workspaces import InvitationDatasetGrant as InvitationDatasetGrant
    from mlsteward.records.workspaces import Member as Member
    from mlsteward.records.workspaces import Offboarding as Offboarding
    from mlsteward.records.workspaces import OffboardingBlocker as OffboardingBlocker
    from mlsteward.records.workspaces import OrganizationSettings as OrganizationSettings
    from mlsteward.records.workspaces import Plan as Plan
    from mlsteward.records.workspaces import ServiceAccount as ServiceAccount
    from mlsteward.records.workspaces import Workspace as Workspace
    from mlsteward.records.workspaces import WorkspaceStatus as WorkspaceStatus

MODULE_OF = {
    "AccessCheck": "access",
    "AccessConsideration": "access",
    "AccessEntry": "access",
    "AccessExplanation": "access",
    "AccessLevel": "access",
    "BulkAnswer": "bulk",
    "BulkProblem": "bulk",
    "BulkRow": "bulk",
    "Dataset": "datasets",
    "DatasetAccess": "datasets",
    "DatasetCreator": "datasets",
    "DatasetGroupGrant": "datasets",
    "DatasetUserGrant": "datasets",
    "AccessLevelOn": "enums",
    "AccessObjectType": "enums",
    "AccessRule": "enums",
    "AccessSource": "enums",
    "AccountKind": "enums",
    "AccountKindLike": "enums",
    "AuditAction": "enums",
    "AuditActionLike": "enums",
    "BulkOutcome": "enums",
    "DatasetPermission": "enums",
    "DatasetPermissionLike": "enums",
    "ExperimentStatus": "enums",
    "ExperimentStatusLike": "enums",
    "HoldingKind": "enums",
    "InvitationStatus": "enums",
    "JobStatus": "enums",
    "JobStatusLike": "enums",
    "KeyScope": "enums",
    "KeyScopeLike": "enums",
    "ProjectRole": "enums",
    "ProjectRoleLike": "enums",
    "RosterPolicy": "enums",
    "Visibility": "enums",
    "VisibilityLike": "enums",
    "WorkspaceMode": "enums",
    "WorkspaceRole": "enums",
    "WorkspaceRoleLike": "enums",
    "Asset": "experiments",
    "Experiment": "experiments",
    "Group": "groups",
    "Account": "identity",
    "ApiKey": "identity",
    "Health": "identity",
    "NewApiKey": "identity",
    "AuditEvent": "operations",
    "Change": "operations",
    "FieldChange": "operations",
    "Job": "operations",
    "JobProblem": "operations",
    "JobProgress": "operations",
    "Project": "projects",
    "ProjectMember": "projects",
    "Record": "record",
    "ReviewChange": "reviews",
    "ReviewedAccount": "reviews",
    "ReviewedInvitation": "reviews",
    "ReviewedKey": "reviews",
    "AcceptedInvitation": "workspaces",
    "Holding": "workspaces",
    "Invitation": "workspaces",
    "InvitationDatasetGrant": "workspaces",
    "Member": "workspaces",
    "Offboarding": "workspaces",
    "OffboardingBlocker": "workspaces",
    "OrganizationSettings": "workspaces",
    "Plan": "workspaces",
    "ServiceAccount": "workspaces",
    "Workspace": "workspaces",
    "WorkspaceStatus": "workspaces",
}
