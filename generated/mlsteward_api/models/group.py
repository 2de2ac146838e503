# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import ABSENT, UNSET, Unset, format_datetime, parse_datetime


@_attrs_define
class Group:
    """
    Attributes:
        id (str):
        name (str): Unique in the workspace (case-insensitive).
        members_count (int):
        created_at (datetime.datetime):
        description (str | Unset):
    """

    id: str

    name: str

    members_count: int

    created_at: datetime.datetime

    description: str | Unset = UNSET

    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {
            "id": self.id,
            "name": self.name,
            "members_count": self.members_count,
            "created_at": format_datetime(self.created_at),
        }
        if self.description is not UNSET:
            field_dict["description"] = self.description
        if self.additional_properties:
            return {**self.additional_properties, **field_dict}
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        self = cls.__new__(cls)
        try:
            self.id = src_dict["id"]
            self.name = src_dict["name"]
            self.members_count = src_dict["members_count"]
            self.created_at = parse_datetime(src_dict["created_at"])
            _known = 4
        except KeyError:
            _known = 0
            if "id" in src_dict:
                self.id = src_dict["id"]
                _known += 1
            else:
                self.id = ABSENT
            if "name" in src_dict:
                self.name = src_dict["name"]
                _known += 1
            else:
                self.name = ABSENT
            if "members_count" in src_dict:
                self.members_count = src_dict["members_count"]
                _known += 1
            else:
                self.members_count = ABSENT
            if "created_at" in src_dict:
                self.created_at = parse_datetime(src_dict["created_at"])
                _known += 1
            else:
                self.created_at = ABSENT
        if "description" in src_dict:
            self.description = src_dict["description"]
            _known += 1
        else:
            self.description = UNSET
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
        "id",
        "name",
        "members_count",
        "created_at",
        "description",
    )
)
