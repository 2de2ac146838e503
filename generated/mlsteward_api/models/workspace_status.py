# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import ABSENT, UNSET, Unset


@_attrs_define
class WorkspaceStatus:
    """
    Attributes:
        storage_bytes_used (int):
        active_projects (int): Number of projects that are not archived.
        members_count (int): Number of people with any role. Does not include service accounts.
        storage_bytes_limit (int | Unset): Absent if there is no limit.
        storage_bytes_available (int | Unset): The limit minus the usage. Absent if there is no limit.
        active_projects_limit (int | Unset): Absent if there is no limit.
    """

    storage_bytes_used: int

    active_projects: int

    members_count: int

    storage_bytes_limit: int | Unset = UNSET

    storage_bytes_available: int | Unset = UNSET

    active_projects_limit: int | Unset = UNSET

    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {
            "storage_bytes_used": self.storage_bytes_used,
            "active_projects": self.active_projects,
            "members_count": self.members_count,
        }
        if self.storage_bytes_limit is not UNSET:
            field_dict["storage_bytes_limit"] = self.storage_bytes_limit
        if self.storage_bytes_available is not UNSET:
            field_dict["storage_bytes_available"] = self.storage_bytes_available
        if self.active_projects_limit is not UNSET:
            field_dict["active_projects_limit"] = self.active_projects_limit
        if self.additional_properties:
            return {**self.additional_properties, **field_dict}
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        self = cls.__new__(cls)
        try:
            self.storage_bytes_used = src_dict["storage_bytes_used"]
            self.active_projects = src_dict["active_projects"]
            self.members_count = src_dict["members_count"]
            _known = 3
        except KeyError:
            _known = 0
            if "storage_bytes_used" in src_dict:
                self.storage_bytes_used = src_dict["storage_bytes_used"]
                _known += 1
            else:
                self.storage_bytes_used = ABSENT
            if "active_projects" in src_dict:
                self.active_projects = src_dict["active_projects"]
                _known += 1
            else:
                self.active_projects = ABSENT
            if "members_count" in src_dict:
                self.members_count = src_dict["members_count"]
                _known += 1
            else:
                self.members_count = ABSENT
        if "storage_bytes_limit" in src_dict:
            self.storage_bytes_limit = src_dict["storage_bytes_limit"]
            _known += 1
        else:
            self.storage_bytes_limit = UNSET
        if "storage_bytes_available" in src_dict:
            self.storage_bytes_available = src_dict["storage_bytes_available"]
            _known += 1
        else:
            self.storage_bytes_available = UNSET
        if "active_projects_limit" in src_dict:
            self.active_projects_limit = src_dict["active_projects_limit"]
            _known += 1
        else:
            self.active_projects_limit = UNSET
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
        "storage_bytes_used",
        "active_projects",
        "members_count",
        "storage_bytes_limit",
        "storage_bytes_available",
        "active_projects_limit",
    )
)
