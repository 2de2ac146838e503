# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.dataset_permission import DatasetPermission, parse_dataset_permission
from ..types import ABSENT, UNSET, Unset, format_datetime, parse_datetime


@_attrs_define
class Dataset:
    """
    Attributes:
        id (str):
        workspace (str): Name of the workspace.
        name (str): Unique in the workspace (case-insensitive).
        default_permission (DatasetPermission): A permission on a dataset, from lowest to highest. Each permission
            includes those before it.
        created_at (datetime.datetime):
        creator (DatasetCreator | Unset): The account that created a dataset. Absent if it has left the workspace.
    """

    id: str

    workspace: str

    name: str

    default_permission: DatasetPermission

    created_at: datetime.datetime

    creator: DatasetCreator | Unset = UNSET

    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {
            "id": self.id,
            "workspace": self.workspace,
            "name": self.name,
            "default_permission": self.default_permission._value_,
            "created_at": format_datetime(self.created_at),
        }
        if self.creator is not UNSET:
            field_dict["creator"] = self.creator.to_dict()
        if self.additional_properties:
            return {**self.additional_properties, **field_dict}
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        self = cls.__new__(cls)
        try:
            self.id = src_dict["id"]
            self.workspace = src_dict["workspace"]
            self.name = src_dict["name"]
            self.default_permission = parse_dataset_permission(src_dict["default_permission"])
            self.created_at = parse_datetime(src_dict["created_at"])
            _known = 5
        except KeyError:
            _known = 0
            if "id" in src_dict:
                self.id = src_dict["id"]
                _known += 1
            else:
                self.id = ABSENT
            if "workspace" in src_dict:
                self.workspace = src_dict["workspace"]
                _known += 1
            else:
                self.workspace = ABSENT
            if "name" in src_dict:
                self.name = src_dict["name"]
                _known += 1
            else:
                self.name = ABSENT
            if "default_permission" in src_dict:
                self.default_permission = parse_dataset_permission(src_dict["default_permission"])
                _known += 1
            else:
                self.default_permission = ABSENT
            if "created_at" in src_dict:
                self.created_at = parse_datetime(src_dict["created_at"])
                _known += 1
            else:
                self.created_at = ABSENT
        if "creator" in src_dict:
            self.creator = DatasetCreator.from_dict(src_dict["creator"])
            _known += 1
        else:
            self.creator = UNSET
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
        "workspace",
        "name",
        "default_permission",
        "created_at",
        "creator",
    )
)

from ..models.dataset_creator import DatasetCreator  # noqa: E402
