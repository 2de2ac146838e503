# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from enum import StrEnum


class AccountKind(StrEnum):
    SERVICE_ACCOUNT = "service_account"
    USER = "user"

    def __str__(self) -> str:
        return str(self.value)
