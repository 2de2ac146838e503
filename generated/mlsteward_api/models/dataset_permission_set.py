# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from ..models.dataset_permission import DatasetPermission, parse_dataset_permission
from ..types import ABSENT


@_attrs_define
class DatasetPermissionSet:
    """
    Attributes:
        permission (DatasetPermission): A permission on a dataset, from lowest to highest. Each permission includes
            those before it.
    """

    permission: DatasetPermission

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {
            "permission": self.permission._value_,
        }
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        self = cls.__new__(cls)
        try:
            self.permission = parse_dataset_permission(src_dict["permission"])
        except KeyError:
            if "permission" in src_dict:
                self.permission = parse_dataset_permission(src_dict["permission"])
            else:
                self.permission = ABSENT
        return self
