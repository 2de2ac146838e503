# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.visibility import Visibility
from ..types import UNSET, Unset

T = TypeVar("T", bound="PlanUpdate")


@_attrs_define
class PlanUpdate:
    """
    Attributes:
        projects_limit (int | None | Unset): How many active projects it allows; null is no limit.
        storage_bytes_limit (int | None | Unset): How many bytes it allows; null is no limit.
        allowed_visibilities (list[Visibility] | Unset): What visibilities its projects may have.
    """

    projects_limit: int | None | Unset = UNSET
    storage_bytes_limit: int | None | Unset = UNSET
    allowed_visibilities: list[Visibility] | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        projects_limit: int | None | Unset
        if isinstance(self.projects_limit, Unset):
            projects_limit = UNSET
        else:
            projects_limit = self.projects_limit

        storage_bytes_limit: int | None | Unset
        if isinstance(self.storage_bytes_limit, Unset):
            storage_bytes_limit = UNSET
        else:
            storage_bytes_limit = self.storage_bytes_limit

        allowed_visibilities: list[str] | Unset = UNSET
        if not isinstance(self.allowed_visibilities, Unset):
            allowed_visibilities = []
            for allowed_visibilities_item_data in self.allowed_visibilities:
                allowed_visibilities_item = allowed_visibilities_item_data.value
                allowed_visibilities.append(allowed_visibilities_item)

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if projects_limit is not UNSET:
            field_dict["projects_limit"] = projects_limit
        if storage_bytes_limit is not UNSET:
            field_dict["storage_bytes_limit"] = storage_bytes_limit
        if allowed_visibilities is not UNSET:
            field_dict["allowed_visibilities"] = allowed_visibilities

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)

        def _parse_projects_limit(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        projects_limit = _parse_projects_limit(d.pop("projects_limit", UNSET))

        def _parse_storage_bytes_limit(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        storage_bytes_limit = _parse_storage_bytes_limit(d.pop("storage_bytes_limit", UNSET))

        _allowed_visibilities = d.pop("allowed_visibilities", UNSET)
        allowed_visibilities: list[Visibility] | Unset = UNSET
        if _allowed_visibilities is not UNSET:
            allowed_visibilities = []
            for allowed_visibilities_item_data in _allowed_visibilities:
                allowed_visibilities_item = Visibility(allowed_visibilities_item_data)

                allowed_visibilities.append(allowed_visibilities_item)

        plan_update = cls(
            projects_limit=projects_limit,
            storage_bytes_limit=storage_bytes_limit,
            allowed_visibilities=allowed_visibilities,
        )

        return plan_update
