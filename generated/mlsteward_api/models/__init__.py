# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
"""Contains all the data models used in inputs/outputs"""

from .accepted_invitation import AcceptedInvitation
from .access_source import AccessSource
from .account import Account
from .account_kind import AccountKind
from .api_key import ApiKey
from .api_key_create import ApiKeyCreate
from .api_key_created import ApiKeyCreated
from .audit_action import AuditAction
from .audit_event import AuditEvent
from .health import Health
from .invitation import Invitation
from .invitation_accept import InvitationAccept
from .invitation_create import InvitationCreate
from .invitation_status import InvitationStatus
from .member import Member
from .member_create import MemberCreate
from .member_update import MemberUpdate
from .member_view import MemberView
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
from .visibility import Visibility
from .workspace import Workspace
from .workspace_create import WorkspaceCreate
from .workspace_mode import WorkspaceMode
from .workspace_role import WorkspaceRole
from .workspace_status import WorkspaceStatus
from .workspace_update import WorkspaceUpdate

__all__ = (
    "AcceptedInvitation",
    "AccessSource",
    "Account",
    "AccountKind",
    "ApiKey",
    "ApiKeyCreate",
    "ApiKeyCreated",
    "AuditAction",
    "AuditEvent",
    "Health",
    "Invitation",
    "InvitationAccept",
    "InvitationCreate",
    "InvitationStatus",
    "Member",
    "MemberCreate",
    "MemberUpdate",
    "MemberView",
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
    "Visibility",
    "Workspace",
    "WorkspaceCreate",
    "WorkspaceMode",
    "WorkspaceRole",
    "WorkspaceStatus",
    "WorkspaceUpdate",
)
