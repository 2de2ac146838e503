# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from ..types import UNSET, Unset


@_attrs_define
class OffboardingRequest:
    """
    Attributes:
        successor (str | Unset): The person in the workspace who gets what only the removed person owns: their id, email
            address or username.
    """

    successor: str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}
        if self.successor is not UNSET:
            field_dict["successor"] = self.successor
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        self = cls.__new__(cls)
        if "successor" in src_dict:
            self.successor = src_dict["successor"]
        else:
            self.successor = UNSET
        return self
