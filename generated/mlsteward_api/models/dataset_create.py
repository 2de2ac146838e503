# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from ..models.dataset_permission import DatasetPermission, parse_dataset_permission
from ..types import ABSENT, UNSET, Unset


@_attrs_define
class DatasetCreate:
    """
    Attributes:
        workspace (str): The workspace: `~`, its id or its name.
        name (str): Use only letters, digits, spaces, `.`, `-` and `_`. Start with a letter or digit.
        default_permission (DatasetPermission | Unset): A permission on a dataset, from lowest to highest. Each
            permission includes those before it.
    """

    workspace: str

    name: str

    default_permission: DatasetPermission | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {
            "workspace": self.workspace,
            "name": self.name,
        }
        if self.default_permission is not UNSET:
            field_dict["default_permission"] = self.default_permission._value_
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        self = cls.__new__(cls)
        try:
            self.workspace = src_dict["workspace"]
            self.name = src_dict["name"]
        except KeyError:
            if "workspace" in src_dict:
                self.workspace = src_dict["workspace"]
            else:
                self.workspace = ABSENT
            if "name" in src_dict:
                self.name = src_dict["name"]
            else:
                self.name = ABSENT
        if "default_permission" in src_dict:
            self.default_permission = parse_dataset_permission(src_dict["default_permission"])
        else:
            self.default_permission = UNSET
        return self
