# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.workspace_role import WorkspaceRole, parse_workspace_role
from ..types import ABSENT, UNSET, Unset, format_datetime, parse_datetime


@_attrs_define
class Member:
    """
    Attributes:
        username (str):
        role (WorkspaceRole): `admin` can manage people and projects. `member` can create projects, and has access
            through the visibility of projects. `collaborator` and `guest` can only access what they were added to.
        id (str | Unset): Only in the full view.
        email (str | Unset): Only in the full view.
        email_proved (bool | Unset): Only in the full view. Whether the member has proved that they receive mail at the
            address.
        name (str | Unset): Only in the full view.
        surname (str | Unset): Only in the full view.
        joined_at (datetime.datetime | Unset): Only in the full view.
    """

    username: str

    role: WorkspaceRole

    id: str | Unset = UNSET

    email: str | Unset = UNSET

    email_proved: bool | Unset = UNSET

    name: str | Unset = UNSET

    surname: str | Unset = UNSET

    joined_at: datetime.datetime | Unset = UNSET

    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {
            "username": self.username,
            "role": self.role._value_,
        }
        if self.id is not UNSET:
            field_dict["id"] = self.id
        if self.email is not UNSET:
            field_dict["email"] = self.email
        if self.email_proved is not UNSET:
            field_dict["email_proved"] = self.email_proved
        if self.name is not UNSET:
            field_dict["name"] = self.name
        if self.surname is not UNSET:
            field_dict["surname"] = self.surname
        if self.joined_at is not UNSET:
            field_dict["joined_at"] = format_datetime(self.joined_at)
        if self.additional_properties:
            return {**self.additional_properties, **field_dict}
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        self = cls.__new__(cls)
        try:
            self.username = src_dict["username"]
            self.role = parse_workspace_role(src_dict["role"])
            _known = 2
        except KeyError:
            _known = 0
            if "username" in src_dict:
                self.username = src_dict["username"]
                _known += 1
            else:
                self.username = ABSENT
            if "role" in src_dict:
                self.role = parse_workspace_role(src_dict["role"])
                _known += 1
            else:
                self.role = ABSENT
        if "id" in src_dict:
            self.id = src_dict["id"]
            _known += 1
        else:
            self.id = UNSET
        if "email" in src_dict:
            self.email = src_dict["email"]
            _known += 1
        else:
            self.email = UNSET
        if "email_proved" in src_dict:
            self.email_proved = src_dict["email_proved"]
            _known += 1
        else:
            self.email_proved = UNSET
        if "name" in src_dict:
            self.name = src_dict["name"]
            _known += 1
        else:
            self.name = UNSET
        if "surname" in src_dict:
            self.surname = src_dict["surname"]
            _known += 1
        else:
            self.surname = UNSET
        if "joined_at" in src_dict:
            self.joined_at = parse_datetime(src_dict["joined_at"])
            _known += 1
        else:
            self.joined_at = UNSET
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
        "username",
        "role",
        "id",
        "email",
        "email_proved",
        "name",
        "surname",
        "joined_at",
    )
)
