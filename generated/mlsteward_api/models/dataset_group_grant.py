# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.dataset_permission import DatasetPermission, parse_dataset_permission
from ..types import ABSENT


@_attrs_define
class DatasetGroupGrant:
    """The permission that was granted to one group on one dataset.

    Attributes:
        dataset_id (str):
        dataset (str): Name of the dataset.
        group_id (str):
        group (str): Name of the group.
        permission (DatasetPermission): A permission on a dataset, from lowest to highest. Each permission includes
            those before it.
    """

    dataset_id: str

    dataset: str

    group_id: str

    group: str

    permission: DatasetPermission

    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {
            "dataset_id": self.dataset_id,
            "dataset": self.dataset,
            "group_id": self.group_id,
            "group": self.group,
            "permission": self.permission._value_,
        }
        if self.additional_properties:
            return {**self.additional_properties, **field_dict}
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        self = cls.__new__(cls)
        try:
            self.dataset_id = src_dict["dataset_id"]
            self.dataset = src_dict["dataset"]
            self.group_id = src_dict["group_id"]
            self.group = src_dict["group"]
            self.permission = parse_dataset_permission(src_dict["permission"])
            _known = 5
        except KeyError:
            _known = 0
            if "dataset_id" in src_dict:
                self.dataset_id = src_dict["dataset_id"]
                _known += 1
            else:
                self.dataset_id = ABSENT
            if "dataset" in src_dict:
                self.dataset = src_dict["dataset"]
                _known += 1
            else:
                self.dataset = ABSENT
            if "group_id" in src_dict:
                self.group_id = src_dict["group_id"]
                _known += 1
            else:
                self.group_id = ABSENT
            if "group" in src_dict:
                self.group = src_dict["group"]
                _known += 1
            else:
                self.group = ABSENT
            if "permission" in src_dict:
                self.permission = parse_dataset_permission(src_dict["permission"])
                _known += 1
            else:
                self.permission = ABSENT
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
        "dataset_id",
        "dataset",
        "group_id",
        "group",
        "permission",
    )
)
