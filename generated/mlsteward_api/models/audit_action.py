# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from enum import StrEnum


class AuditAction(StrEnum):
    CREATE = "create"
    DELETE = "delete"
    INFO = "info"
    UPDATE = "update"

    def __str__(self) -> str:
        return str(self.value)
