# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from ..types import ABSENT


@_attrs_define
class ApiKeyReference:
    """
    Attributes:
        key (str): The id of the key, or `current`.
    """

    key: str

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {
            "key": self.key,
        }
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        self = cls.__new__(cls)
        try:
            self.key = src_dict["key"]
        except KeyError:
            if "key" in src_dict:
                self.key = src_dict["key"]
            else:
                self.key = ABSENT
        return self
