# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from ..types import ABSENT


@_attrs_define
class ServiceAccountCreate:
    """
    Attributes:
        name (str): The part before the `@`.
    """

    name: str

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {
            "name": self.name,
        }
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        self = cls.__new__(cls)
        try:
            self.name = src_dict["name"]
        except KeyError:
            if "name" in src_dict:
                self.name = src_dict["name"]
            else:
                self.name = ABSENT
        return self
