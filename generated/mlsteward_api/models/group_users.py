# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define


@_attrs_define
class GroupUsers:
    """
    Attributes:
        users (list[str]):
    """

    users: list[str]

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {
            "users": self.users,
        }
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        self = cls.__new__(cls)
        self.users = src_dict["users"]
        return self
