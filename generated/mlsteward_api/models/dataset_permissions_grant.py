# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from ..types import ABSENT


@_attrs_define
class DatasetPermissionsGrant:
    """
    Attributes:
        rows (list[DatasetPermissionGrant]): An object for each grant.
    """

    rows: list[DatasetPermissionGrant]

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {
            "rows": [item.to_dict() for item in self.rows],
        }
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        self = cls.__new__(cls)
        try:
            self.rows = [DatasetPermissionGrant.from_dict(item) for item in src_dict["rows"]]
        except KeyError:
            if "rows" in src_dict:
                self.rows = [DatasetPermissionGrant.from_dict(item) for item in src_dict["rows"]]
            else:
                self.rows = ABSENT
        return self


from ..models.dataset_permission_grant import DatasetPermissionGrant  # noqa: E402
