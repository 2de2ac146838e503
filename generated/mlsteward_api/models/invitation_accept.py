# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="InvitationAccept")


@_attrs_define
class InvitationAccept:
    """
    Attributes:
        username (str | Unset): Letters, digits, `.`, `-` and `_`; unique whatever the case.
        name (str | Unset):
        surname (str | Unset):
    """

    username: str | Unset = UNSET
    name: str | Unset = UNSET
    surname: str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        username = self.username

        name = self.name

        surname = self.surname

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if username is not UNSET:
            field_dict["username"] = username
        if name is not UNSET:
            field_dict["name"] = name
        if surname is not UNSET:
            field_dict["surname"] = surname

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        username = d.pop("username", UNSET)

        name = d.pop("name", UNSET)

        surname = d.pop("surname", UNSET)

        invitation_accept = cls(
            username=username,
            name=name,
            surname=surname,
        )

        return invitation_accept
