# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from enum import StrEnum


class MemberView(StrEnum):
    BASIC = "basic"
    FULL = "full"

    def __str__(self) -> str:
        return str(self.value)
