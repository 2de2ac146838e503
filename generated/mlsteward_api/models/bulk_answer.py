# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import ABSENT


@_attrs_define
class BulkAnswer:
    """What became of each row, in the order of the rows.

    Attributes:
        outcomes (list[BulkRow]):
    """

    outcomes: list[BulkRow]

    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {
            "outcomes": [item.to_dict() for item in self.outcomes],
        }
        if self.additional_properties:
            return {**self.additional_properties, **field_dict}
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        self = cls.__new__(cls)
        try:
            self.outcomes = [BulkRow.from_dict(item) for item in src_dict["outcomes"]]
            _known = 1
        except KeyError:
            _known = 0
            if "outcomes" in src_dict:
                self.outcomes = [BulkRow.from_dict(item) for item in src_dict["outcomes"]]
                _known += 1
            else:
                self.outcomes = ABSENT
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


_KEYS: frozenset[str] = frozenset(("outcomes",))

from ..models.bulk_row import BulkRow  # noqa: E402
