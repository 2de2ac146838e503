# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from enum import StrEnum


class RosterPolicy(StrEnum):
    ADMINS = "admins"
    OWNERS = "owners"

    def __str__(self) -> str:
        return str(self.value)
