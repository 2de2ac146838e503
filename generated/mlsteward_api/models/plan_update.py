# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from ..models.visibility import Visibility, parse_visibility
from ..types import UNSET, Unset


@_attrs_define
class PlanUpdate:
    """
    Attributes:
        projects_limit (int | None | Unset): `null` or the maximum number of active projects. `null` means no limit.
        storage_bytes_limit (int | None | Unset): `null` or the maximum storage, in bytes. `null` means no limit.
        allowed_visibilities (list[Visibility] | Unset): The visibilities that projects of the workspace can have.
    """

    projects_limit: int | None | Unset = UNSET

    storage_bytes_limit: int | None | Unset = UNSET

    allowed_visibilities: list[Visibility] | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}
        if self.projects_limit is not UNSET:
            field_dict["projects_limit"] = self.projects_limit
        if self.storage_bytes_limit is not UNSET:
            field_dict["storage_bytes_limit"] = self.storage_bytes_limit
        if self.allowed_visibilities is not UNSET:
            field_dict["allowed_visibilities"] = [item._value_ for item in self.allowed_visibilities]
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        self = cls.__new__(cls)
        if "projects_limit" in src_dict:
            self.projects_limit = src_dict["projects_limit"]
        else:
            self.projects_limit = UNSET
        if "storage_bytes_limit" in src_dict:
            self.storage_bytes_limit = src_dict["storage_bytes_limit"]
        else:
            self.storage_bytes_limit = UNSET
        if "allowed_visibilities" in src_dict:
            self.allowed_visibilities = [parse_visibility(item) for item in src_dict["allowed_visibilities"]]
        else:
            self.allowed_visibilities = UNSET
        return self
