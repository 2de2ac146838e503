# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import ABSENT, UNSET, Unset, format_datetime, parse_datetime


@_attrs_define
class Asset:
    """
    Attributes:
        id (str):
        name (str): The file name. Does not need to be unique.
        size (int): Size in bytes.
        sha256 (str): The SHA-256 of the content, in hexadecimal.
        created_at (datetime.datetime):
        step (int | Unset): The step of the experiment that the asset belongs to.
    """

    id: str

    name: str

    size: int

    sha256: str

    created_at: datetime.datetime

    step: int | Unset = UNSET

    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {
            "id": self.id,
            "name": self.name,
            "size": self.size,
            "sha256": self.sha256,
            "created_at": format_datetime(self.created_at),
        }
        if self.step is not UNSET:
            field_dict["step"] = self.step
        if self.additional_properties:
            return {**self.additional_properties, **field_dict}
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        self = cls.__new__(cls)
        try:
            self.id = src_dict["id"]
            self.name = src_dict["name"]
            self.size = src_dict["size"]
            self.sha256 = src_dict["sha256"]
            self.created_at = parse_datetime(src_dict["created_at"])
            _known = 5
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
            if "size" in src_dict:
                self.size = src_dict["size"]
                _known += 1
            else:
                self.size = ABSENT
            if "sha256" in src_dict:
                self.sha256 = src_dict["sha256"]
                _known += 1
            else:
                self.sha256 = ABSENT
            if "created_at" in src_dict:
                self.created_at = parse_datetime(src_dict["created_at"])
                _known += 1
            else:
                self.created_at = ABSENT
        if "step" in src_dict:
            self.step = src_dict["step"]
            _known += 1
        else:
            self.step = UNSET
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
        "size",
        "sha256",
        "created_at",
        "step",
    )
)
