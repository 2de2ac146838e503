# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from ..types import ABSENT, UNSET, Unset


@_attrs_define
class GroupMemberChange:
    """
    Attributes:
        user (str): The person: an id, an email address or a username.
        remove (bool | Unset): `true` removes the person from the group.
    """

    user: str

    remove: bool | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {
            "user": self.user,
        }
        if self.remove is not UNSET:
            field_dict["remove"] = self.remove
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        self = cls.__new__(cls)
        try:
            self.user = src_dict["user"]
        except KeyError:
            if "user" in src_dict:
                self.user = src_dict["user"]
            else:
                self.user = ABSENT
        if "remove" in src_dict:
            self.remove = src_dict["remove"]
        else:
            self.remove = UNSET
        return self
