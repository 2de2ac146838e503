# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from enum import StrEnum


class ProjectRole(StrEnum):
    CONTRIBUTOR = "contributor"
    OWNER = "owner"
    VIEWER = "viewer"

    def __str__(self) -> str:
        return str(self.value)
