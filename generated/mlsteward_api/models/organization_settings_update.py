# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from ..models.dataset_permission import DatasetPermission, parse_dataset_permission
from ..models.workspace_role import WorkspaceRole, parse_workspace_role
from ..types import UNSET, Unset


@_attrs_define
class OrganizationSettingsUpdate:
    """
    Attributes:
        default_user_role (WorkspaceRole | Unset): `admin` can manage people and projects. `member` can create projects,
            and has access through the visibility of projects. `collaborator` and `guest` can only access what they were
            added to.
        default_dataset_permission (DatasetPermission | Unset): A permission on a dataset, from lowest to highest. Each
            permission includes those before it.
        default_operator_minimum_role (WorkspaceRole | Unset): `admin` can manage people and projects. `member` can
            create projects, and has access through the visibility of projects. `collaborator` and `guest` can only access
            what they were added to.
        default_operator_minimum_dataset_permission (DatasetPermission | Unset): A permission on a dataset, from lowest
            to highest. Each permission includes those before it.
    """

    default_user_role: WorkspaceRole | Unset = UNSET

    default_dataset_permission: DatasetPermission | Unset = UNSET

    default_operator_minimum_role: WorkspaceRole | Unset = UNSET

    default_operator_minimum_dataset_permission: DatasetPermission | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}
        if self.default_user_role is not UNSET:
            field_dict["default_user_role"] = self.default_user_role._value_
        if self.default_dataset_permission is not UNSET:
            field_dict["default_dataset_permission"] = self.default_dataset_permission._value_
        if self.default_operator_minimum_role is not UNSET:
            field_dict["default_operator_minimum_role"] = self.default_operator_minimum_role._value_
        if self.default_operator_minimum_dataset_permission is not UNSET:
            field_dict["default_operator_minimum_dataset_permission"] = (
                self.default_operator_minimum_dataset_permission._value_
            )
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        self = cls.__new__(cls)
        if "default_user_role" in src_dict:
            self.default_user_role = parse_workspace_role(src_dict["default_user_role"])
        else:
            self.default_user_role = UNSET
        if "default_dataset_permission" in src_dict:
            self.default_dataset_permission = parse_dataset_permission(src_dict["default_dataset_permission"])
        else:
            self.default_dataset_permission = UNSET
        if "default_operator_minimum_role" in src_dict:
            self.default_operator_minimum_role = parse_workspace_role(src_dict["default_operator_minimum_role"])
        else:
            self.default_operator_minimum_role = UNSET
        if "default_operator_minimum_dataset_permission" in src_dict:
            self.default_operator_minimum_dataset_permission = parse_dataset_permission(
                src_dict["default_operator_minimum_dataset_permission"]
            )
        else:
            self.default_operator_minimum_dataset_permission = UNSET
        return self
