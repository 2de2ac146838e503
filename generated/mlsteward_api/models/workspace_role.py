# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from ..types import Members, OpenStrEnum


class WorkspaceRole(OpenStrEnum):
    ADMIN = "admin"
    COLLABORATOR = "collaborator"
    GUEST = "guest"
    MEMBER = "member"


parse_workspace_role = Members(WorkspaceRole).__getitem__
