# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from ..types import UNSET, Unset


@_attrs_define
class InvitationAccept:
    """
    Attributes:
        username (str | Unset): Use only letters, digits, `.`, `-` and `_`. Usernames are unique (case-insensitive).
        name (str | Unset):
        surname (str | Unset):
    """

    username: str | Unset = UNSET

    name: str | Unset = UNSET

    surname: str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}
        if self.username is not UNSET:
            field_dict["username"] = self.username
        if self.name is not UNSET:
            field_dict["name"] = self.name
        if self.surname is not UNSET:
            field_dict["surname"] = self.surname
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        self = cls.__new__(cls)
        if "username" in src_dict:
            self.username = src_dict["username"]
        else:
            self.username = UNSET
        if "name" in src_dict:
            self.name = src_dict["name"]
        else:
            self.name = UNSET
        if "surname" in src_dict:
            self.surname = src_dict["surname"]
        else:
            self.surname = UNSET
        return self
