# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.visibility import Visibility, parse_visibility
from ..types import ABSENT, UNSET, Unset


@_attrs_define
class Plan:
    """
    Attributes:
        allowed_visibilities (list[Visibility]): The visibilities that projects of the workspace can have.
        projects_limit (int | Unset): Maximum number of active projects. Absent if there is no limit.
        storage_bytes_limit (int | Unset): Maximum storage, in bytes. Absent if there is no limit.
    """

    allowed_visibilities: list[Visibility]

    projects_limit: int | Unset = UNSET

    storage_bytes_limit: int | Unset = UNSET

    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {
            "allowed_visibilities": [item._value_ for item in self.allowed_visibilities],
        }
        if self.projects_limit is not UNSET:
            field_dict["projects_limit"] = self.projects_limit
        if self.storage_bytes_limit is not UNSET:
            field_dict["storage_bytes_limit"] = self.storage_bytes_limit
        if self.additional_properties:
            return {**self.additional_properties, **field_dict}
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        self = cls.__new__(cls)
        try:
            self.allowed_visibilities = [parse_visibility(item) for item in src_dict["allowed_visibilities"]]
            _known = 1
        except KeyError:
            _known = 0
            if "allowed_visibilities" in src_dict:
                self.allowed_visibilities = [parse_visibility(item) for item in src_dict["allowed_visibilities"]]
                _known += 1
            else:
                self.allowed_visibilities = ABSENT
        if "projects_limit" in src_dict:
            self.projects_limit = src_dict["projects_limit"]
            _known += 1
        else:
            self.projects_limit = UNSET
        if "storage_bytes_limit" in src_dict:
            self.storage_bytes_limit = src_dict["storage_bytes_limit"]
            _known += 1
        else:
            self.storage_bytes_limit = UNSET
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
        "allowed_visibilities",
        "projects_limit",
        "storage_bytes_limit",
    )
)
