# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.visibility import Visibility
from ..types import UNSET, Unset

T = TypeVar("T", bound="Plan")


@_attrs_define
class Plan:
    """
    Attributes:
        allowed_visibilities (list[Visibility]): What visibilities its projects may have.
        projects_limit (int | Unset): How many active projects it allows; absent is no limit.
        storage_bytes_limit (int | Unset): How many bytes it allows; absent is no limit.
    """

    allowed_visibilities: list[Visibility]
    projects_limit: int | Unset = UNSET
    storage_bytes_limit: int | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        allowed_visibilities = []
        for allowed_visibilities_item_data in self.allowed_visibilities:
            allowed_visibilities_item = allowed_visibilities_item_data.value
            allowed_visibilities.append(allowed_visibilities_item)

        projects_limit = self.projects_limit

        storage_bytes_limit = self.storage_bytes_limit

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "allowed_visibilities": allowed_visibilities,
            }
        )
        if projects_limit is not UNSET:
            field_dict["projects_limit"] = projects_limit
        if storage_bytes_limit is not UNSET:
            field_dict["storage_bytes_limit"] = storage_bytes_limit

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        allowed_visibilities = []
        _allowed_visibilities = d.pop("allowed_visibilities")
        for allowed_visibilities_item_data in _allowed_visibilities:
            allowed_visibilities_item = Visibility(allowed_visibilities_item_data)

            allowed_visibilities.append(allowed_visibilities_item)

        projects_limit = d.pop("projects_limit", UNSET)

        storage_bytes_limit = d.pop("storage_bytes_limit", UNSET)

        plan = cls(
            allowed_visibilities=allowed_visibilities,
            projects_limit=projects_limit,
            storage_bytes_limit=storage_bytes_limit,
        )

        plan.additional_properties = d
        return plan

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
