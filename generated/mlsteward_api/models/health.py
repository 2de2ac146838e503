# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import ABSENT


@_attrs_define
class Health:
    """
    Attributes:
        status (str): Always `ok`.
        version (str): The version of the server.
        api_version (str): The version of this document.
    """

    status: str

    version: str

    api_version: str

    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {
            "status": self.status,
            "version": self.version,
            "api_version": self.api_version,
        }
        if self.additional_properties:
            return {**self.additional_properties, **field_dict}
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        self = cls.__new__(cls)
        try:
            self.status = src_dict["status"]
            self.version = src_dict["version"]
            self.api_version = src_dict["api_version"]
            _known = 3
        except KeyError:
            _known = 0
            if "status" in src_dict:
                self.status = src_dict["status"]
                _known += 1
            else:
                self.status = ABSENT
            if "version" in src_dict:
                self.version = src_dict["version"]
                _known += 1
            else:
                self.version = ABSENT
            if "api_version" in src_dict:
                self.api_version = src_dict["api_version"]
                _known += 1
            else:
                self.api_version = ABSENT
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
        "status",
        "version",
        "api_version",
    )
)
