# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from enum import StrEnum


class Visibility(StrEnum):
    PRIVATE = "private"
    PUBLIC = "public"
    WORKSPACE = "workspace"

    def __str__(self) -> str:
        return str(self.value)
