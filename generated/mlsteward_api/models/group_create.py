# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from ..types import ABSENT, UNSET, Unset


@_attrs_define
class GroupCreate:
    """
    Attributes:
        name (str): Use only letters, digits, spaces, `.`, `-` and `_`. Start with a letter or digit.
        description (str | Unset):
        users (list[str] | Unset):
    """

    name: str

    description: str | Unset = UNSET

    users: list[str] | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {
            "name": self.name,
        }
        if self.description is not UNSET:
            field_dict["description"] = self.description
        if self.users is not UNSET:
            field_dict["users"] = self.users
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
        if "description" in src_dict:
            self.description = src_dict["description"]
        else:
            self.description = UNSET
        if "users" in src_dict:
            self.users = src_dict["users"]
        else:
            self.users = UNSET
        return self
