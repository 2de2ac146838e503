# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from ..types import ABSENT


@_attrs_define
class AccessChecks:
    """
    Attributes:
        checks (list[AccessQuestion]):
    """

    checks: list[AccessQuestion]

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {
            "checks": [item.to_dict() for item in self.checks],
        }
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        self = cls.__new__(cls)
        try:
            self.checks = [AccessQuestion.from_dict(item) for item in src_dict["checks"]]
        except KeyError:
            if "checks" in src_dict:
                self.checks = [AccessQuestion.from_dict(item) for item in src_dict["checks"]]
            else:
                self.checks = ABSENT
        return self


from ..models.access_question import AccessQuestion  # noqa: E402
