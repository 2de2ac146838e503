# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from ..models.workspace_role import WorkspaceRole, parse_workspace_role
from ..types import ABSENT


@_attrs_define
class MemberUpdate:
    """
    Attributes:
        role (WorkspaceRole): `admin` can manage people and projects. `member` can create projects, and has access
            through the visibility of projects. `collaborator` and `guest` can only access what they were added to.
    """

    role: WorkspaceRole

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {
            "role": self.role._value_,
        }
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        self = cls.__new__(cls)
        try:
            self.role = parse_workspace_role(src_dict["role"])
        except KeyError:
            if "role" in src_dict:
                self.role = parse_workspace_role(src_dict["role"])
            else:
                self.role = ABSENT
        return self
