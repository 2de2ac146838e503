# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.workspace_role import WorkspaceRole, parse_workspace_role
from ..types import ABSENT, UNSET, Unset


@_attrs_define
class AcceptedInvitation:
    """
    Attributes:
        workspace (str): Name of the workspace.
        username (str):
        role (WorkspaceRole): `admin` can manage people and projects. `member` can create projects, and has access
            through the visibility of projects. `collaborator` and `guest` can only access what they were added to.
        api_key (str | Unset): The first API key of a new account. It is not shown again.
    """

    workspace: str

    username: str

    role: WorkspaceRole

    api_key: str | Unset = _attrs_field(default=UNSET, repr=False)

    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {
            "workspace": self.workspace,
            "username": self.username,
            "role": self.role._value_,
        }
        if self.api_key is not UNSET:
            field_dict["api_key"] = self.api_key
        if self.additional_properties:
            return {**self.additional_properties, **field_dict}
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        self = cls.__new__(cls)
        try:
            self.workspace = src_dict["workspace"]
            self.username = src_dict["username"]
            self.role = parse_workspace_role(src_dict["role"])
            _known = 3
        except KeyError:
            _known = 0
            if "workspace" in src_dict:
                self.workspace = src_dict["workspace"]
                _known += 1
            else:
                self.workspace = ABSENT
            if "username" in src_dict:
                self.username = src_dict["username"]
                _known += 1
            else:
                self.username = ABSENT
            if "role" in src_dict:
                self.role = parse_workspace_role(src_dict["role"])
                _known += 1
            else:
                self.role = ABSENT
        if "api_key" in src_dict:
            self.api_key = src_dict["api_key"]
            _known += 1
        else:
            self.api_key = UNSET
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
        "workspace",
        "username",
        "role",
        "api_key",
    )
)
