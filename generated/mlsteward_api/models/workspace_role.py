# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from enum import StrEnum


class WorkspaceRole(StrEnum):
    ADMIN = "admin"
    COLLABORATOR = "collaborator"
    GUEST = "guest"
    MEMBER = "member"

    def __str__(self) -> str:
        return str(self.value)
