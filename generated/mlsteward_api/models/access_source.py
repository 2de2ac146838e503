# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from enum import StrEnum


class AccessSource(StrEnum):
    ROSTER = "roster"
    VISIBILITY = "visibility"

    def __str__(self) -> str:
        return str(self.value)
