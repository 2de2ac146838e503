# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="WorkspaceStatus")


@_attrs_define
class WorkspaceStatus:
    """
    Attributes:
        storage_bytes_used (int):
        active_projects (int): Projects that are not archived.
        members_count (int): People of every role; service accounts are not counted.
        storage_bytes_limit (int | Unset): Absent is no limit.
        storage_bytes_available (int | Unset): The limit less what is used; absent is no limit.
        active_projects_limit (int | Unset): Absent is no limit.
    """

    storage_bytes_used: int
    active_projects: int
    members_count: int
    storage_bytes_limit: int | Unset = UNSET
    storage_bytes_available: int | Unset = UNSET
    active_projects_limit: int | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        storage_bytes_used = self.storage_bytes_used

        active_projects = self.active_projects

        members_count = self.members_count

        storage_bytes_limit = self.storage_bytes_limit

        storage_bytes_available = self.storage_bytes_available

        active_projects_limit = self.active_projects_limit

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "storage_bytes_used": storage_bytes_used,
                "active_projects": active_projects,
                "members_count": members_count,
            }
        )
        if storage_bytes_limit is not UNSET:
            field_dict["storage_bytes_limit"] = storage_bytes_limit
        if storage_bytes_available is not UNSET:
            field_dict["storage_bytes_available"] = storage_bytes_available
        if active_projects_limit is not UNSET:
            field_dict["active_projects_limit"] = active_projects_limit

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        storage_bytes_used = d.pop("storage_bytes_used")

        active_projects = d.pop("active_projects")

        members_count = d.pop("members_count")

        storage_bytes_limit = d.pop("storage_bytes_limit", UNSET)

        storage_bytes_available = d.pop("storage_bytes_available", UNSET)

        active_projects_limit = d.pop("active_projects_limit", UNSET)

        workspace_status = cls(
            storage_bytes_used=storage_bytes_used,
            active_projects=active_projects,
            members_count=members_count,
            storage_bytes_limit=storage_bytes_limit,
            storage_bytes_available=storage_bytes_available,
            active_projects_limit=active_projects_limit,
        )

        workspace_status.additional_properties = d
        return workspace_status

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
