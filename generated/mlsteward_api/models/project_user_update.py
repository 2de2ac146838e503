# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from ..models.project_role import ProjectRole, parse_project_role
from ..types import ABSENT


@_attrs_define
class ProjectUserUpdate:
    """
    Attributes:
        role (ProjectRole): `viewer` can read content and members. `contributor` can also edit content. `owner` can also
            edit members.
    """

    role: ProjectRole

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {
            "role": self.role._value_,
        }
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        self = cls.__new__(cls)
        try:
            self.role = parse_project_role(src_dict["role"])
        except KeyError:
            if "role" in src_dict:
                self.role = parse_project_role(src_dict["role"])
            else:
                self.role = ABSENT
        return self
