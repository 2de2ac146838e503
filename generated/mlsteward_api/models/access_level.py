# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.access_level_on import AccessLevelOn, parse_access_level_on
from ..types import ABSENT, UNSET, Unset


@_attrs_define
class AccessLevel:
    """A role or permission, and what it is on.

    Attributes:
        on (AccessLevelOn): `platform`: the role is that of an operator of the platform. `account`: the role is the kind
            of the account.
        name (str | Unset): Name of the workspace, project or dataset.
        role (str | Unset): Absent if the account has none.
    """

    on: AccessLevelOn

    name: str | Unset = UNSET

    role: str | Unset = UNSET

    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {
            "on": self.on._value_,
        }
        if self.name is not UNSET:
            field_dict["name"] = self.name
        if self.role is not UNSET:
            field_dict["role"] = self.role
        if self.additional_properties:
            return {**self.additional_properties, **field_dict}
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        self = cls.__new__(cls)
        try:
            self.on = parse_access_level_on(src_dict["on"])
            _known = 1
        except KeyError:
            _known = 0
            if "on" in src_dict:
                self.on = parse_access_level_on(src_dict["on"])
                _known += 1
            else:
                self.on = ABSENT
        if "name" in src_dict:
            self.name = src_dict["name"]
            _known += 1
        else:
            self.name = UNSET
        if "role" in src_dict:
            self.role = src_dict["role"]
            _known += 1
        else:
            self.role = UNSET
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
        "on",
        "name",
        "role",
    )
)
