# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import ABSENT, UNSET, Unset


@_attrs_define
class FieldChange:
    """
    Attributes:
        name (str): The name of the field, such as `role`. A dot leads into an object.
        before (Any | Unset): The value before the change. Absent if there was none.
        after (Any | Unset): The value after the change. Absent if there is none.
    """

    name: str

    before: Any | Unset = UNSET

    after: Any | Unset = UNSET

    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {
            "name": self.name,
        }
        if self.before is not UNSET:
            field_dict["before"] = self.before
        if self.after is not UNSET:
            field_dict["after"] = self.after
        if self.additional_properties:
            return {**self.additional_properties, **field_dict}
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        self = cls.__new__(cls)
        try:
            self.name = src_dict["name"]
            _known = 1
        except KeyError:
            _known = 0
            if "name" in src_dict:
                self.name = src_dict["name"]
                _known += 1
            else:
                self.name = ABSENT
        if "before" in src_dict:
            self.before = src_dict["before"]
            _known += 1
        else:
            self.before = UNSET
        if "after" in src_dict:
            self.after = src_dict["after"]
            _known += 1
        else:
            self.after = UNSET
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
        "name",
        "before",
        "after",
    )
)
