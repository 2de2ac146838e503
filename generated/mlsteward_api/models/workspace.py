# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.workspace_mode import WorkspaceMode, parse_workspace_mode
from ..models.workspace_role import WorkspaceRole, parse_workspace_role
from ..types import ABSENT, UNSET, Unset, format_datetime, parse_datetime


@_attrs_define
class Workspace:
    """
    Attributes:
        id (str):
        name (str):
        mode (WorkspaceMode):
        plan (Plan):
        created_at (datetime.datetime):
        role (WorkspaceRole | Unset): `admin` can manage people and projects. `member` can create projects, and has
            access through the visibility of projects. `collaborator` and `guest` can only access what they were added to.
    """

    id: str

    name: str

    mode: WorkspaceMode

    plan: Plan

    created_at: datetime.datetime

    role: WorkspaceRole | Unset = UNSET

    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {
            "id": self.id,
            "name": self.name,
            "mode": self.mode._value_,
            "plan": self.plan.to_dict(),
            "created_at": format_datetime(self.created_at),
        }
        if self.role is not UNSET:
            field_dict["role"] = self.role._value_
        if self.additional_properties:
            return {**self.additional_properties, **field_dict}
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        self = cls.__new__(cls)
        try:
            self.id = src_dict["id"]
            self.name = src_dict["name"]
            self.mode = parse_workspace_mode(src_dict["mode"])
            self.plan = Plan.from_dict(src_dict["plan"])
            self.created_at = parse_datetime(src_dict["created_at"])
            _known = 5
        except KeyError:
            _known = 0
            if "id" in src_dict:
                self.id = src_dict["id"]
                _known += 1
            else:
                self.id = ABSENT
            if "name" in src_dict:
                self.name = src_dict["name"]
                _known += 1
            else:
                self.name = ABSENT
            if "mode" in src_dict:
                self.mode = parse_workspace_mode(src_dict["mode"])
                _known += 1
            else:
                self.mode = ABSENT
            if "plan" in src_dict:
                self.plan = Plan.from_dict(src_dict["plan"])
                _known += 1
            else:
                self.plan = ABSENT
            if "created_at" in src_dict:
                self.created_at = parse_datetime(src_dict["created_at"])
                _known += 1
            else:
                self.created_at = ABSENT
        if "role" in src_dict:
            self.role = parse_workspace_role(src_dict["role"])
            _known += 1
        else:
            self.role = UNSET
        self.additional_properties = {}
        if len(src_dict) != _known:
            for prop_name, prop in src_dict.items():
                if prop_name not in _KEYS:
                    self.additional_properties[prop_name] = prop
        return self

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties


_KEYS: frozenset[str] = frozenset(
    (
        "id",
        "name",
        "mode",
        "plan",
        "created_at",
        "role",
    )
)

from ..models.plan import Plan  # noqa: E402
