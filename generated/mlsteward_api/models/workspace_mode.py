# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from enum import StrEnum


class WorkspaceMode(StrEnum):
    CLOUD = "cloud"
    SELF_HOSTED = "self_hosted"

    def __str__(self) -> str:
        return str(self.value)
