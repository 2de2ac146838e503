# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import ABSENT, UNSET, Unset


@_attrs_define
class JobProgress:
    """
    Attributes:
        done (int): How much of the job is done.
        total (int | Unset): How much there is to do. Absent if it is unknown.
    """

    done: int

    total: int | Unset = UNSET

    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {
            "done": self.done,
        }
        if self.total is not UNSET:
            field_dict["total"] = self.total
        if self.additional_properties:
            return {**self.additional_properties, **field_dict}
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        self = cls.__new__(cls)
        try:
            self.done = src_dict["done"]
            _known = 1
        except KeyError:
            _known = 0
            if "done" in src_dict:
                self.done = src_dict["done"]
                _known += 1
            else:
                self.done = ABSENT
        if "total" in src_dict:
            self.total = src_dict["total"]
            _known += 1
        else:
            self.total = UNSET
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
        "done",
        "total",
    )
)
