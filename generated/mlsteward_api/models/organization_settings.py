# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.dataset_permission import DatasetPermission, parse_dataset_permission
from ..models.workspace_role import WorkspaceRole, parse_workspace_role
from ..types import ABSENT


@_attrs_define
class OrganizationSettings:
    """The defaults of a workspace.

    Attributes:
        default_user_role (WorkspaceRole): `admin` can manage people and projects. `member` can create projects, and has
            access through the visibility of projects. `collaborator` and `guest` can only access what they were added to.
        default_dataset_permission (DatasetPermission): A permission on a dataset, from lowest to highest. Each
            permission includes those before it.
        default_operator_minimum_role (WorkspaceRole): `admin` can manage people and projects. `member` can create
            projects, and has access through the visibility of projects. `collaborator` and `guest` can only access what
            they were added to.
        default_operator_minimum_dataset_permission (DatasetPermission): A permission on a dataset, from lowest to
            highest. Each permission includes those before it.
    """

    default_user_role: WorkspaceRole

    default_dataset_permission: DatasetPermission

    default_operator_minimum_role: WorkspaceRole

    default_operator_minimum_dataset_permission: DatasetPermission

    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {
            "default_user_role": self.default_user_role._value_,
            "default_dataset_permission": self.default_dataset_permission._value_,
            "default_operator_minimum_role": self.default_operator_minimum_role._value_,
            "default_operator_minimum_dataset_permission": self.default_operator_minimum_dataset_permission._value_,
        }
        if self.additional_properties:
            return {**self.additional_properties, **field_dict}
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        self = cls.__new__(cls)
        try:
            self.default_user_role = parse_workspace_role(src_dict["default_user_role"])
            self.default_dataset_permission = parse_dataset_permission(src_dict["default_dataset_permission"])
            self.default_operator_minimum_role = parse_workspace_role(src_dict["default_operator_minimum_role"])
            self.default_operator_minimum_dataset_permission = parse_dataset_permission(
                src_dict["default_operator_minimum_dataset_permission"]
            )
            _known = 4
        except KeyError:
            _known = 0
            if "default_user_role" in src_dict:
                self.default_user_role = parse_workspace_role(src_dict["default_user_role"])
                _known += 1
            else:
                self.default_user_role = ABSENT
            if "default_dataset_permission" in src_dict:
                self.default_dataset_permission = parse_dataset_permission(src_dict["default_dataset_permission"])
                _known += 1
            else:
                self.default_dataset_permission = ABSENT
            if "default_operator_minimum_role" in src_dict:
                self.default_operator_minimum_role = parse_workspace_role(src_dict["default_operator_minimum_role"])
                _known += 1
            else:
                self.default_operator_minimum_role = ABSENT
            if "default_operator_minimum_dataset_permission" in src_dict:
                self.default_operator_minimum_dataset_permission = parse_dataset_permission(
                    src_dict["default_operator_minimum_dataset_permission"]
                )
                _known += 1
            else:
                self.default_operator_minimum_dataset_permission = ABSENT
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
        "default_user_role",
        "default_dataset_permission",
        "default_operator_minimum_role",
        "default_operator_minimum_dataset_permission",
    )
)
