# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.account_kind import AccountKind, parse_account_kind
from ..types import ABSENT, UNSET, Unset, format_datetime, parse_datetime


@_attrs_define
class Account:
    """
    Attributes:
        id (str):
        kind (AccountKind): Whether the account belongs to a person or to a program.
        username (str): Unique. The username of a service account is `account@workspace`.
        is_operator (bool): Whether the account operates the whole platform.
        created_at (datetime.datetime):
        email (str | Unset): Absent for service accounts.
        email_proved (bool | Unset): Whether the account has proved that it receives mail at the address. If it has,
            requests can name this account, and no other, by the address.
        name (str | Unset):
        surname (str | Unset):
        default_workspace (str | Unset): Name of the workspace that `~` stands for: the first workspace that the account
            joined by itself. Absent if the account has left that workspace.
    """

    id: str

    kind: AccountKind

    username: str

    is_operator: bool

    created_at: datetime.datetime

    email: str | Unset = UNSET

    email_proved: bool | Unset = UNSET

    name: str | Unset = UNSET

    surname: str | Unset = UNSET

    default_workspace: str | Unset = UNSET

    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {
            "id": self.id,
            "kind": self.kind._value_,
            "username": self.username,
            "is_operator": self.is_operator,
            "created_at": format_datetime(self.created_at),
        }
        if self.email is not UNSET:
            field_dict["email"] = self.email
        if self.email_proved is not UNSET:
            field_dict["email_proved"] = self.email_proved
        if self.name is not UNSET:
            field_dict["name"] = self.name
        if self.surname is not UNSET:
            field_dict["surname"] = self.surname
        if self.default_workspace is not UNSET:
            field_dict["default_workspace"] = self.default_workspace
        if self.additional_properties:
            return {**self.additional_properties, **field_dict}
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        self = cls.__new__(cls)
        try:
            self.id = src_dict["id"]
            self.kind = parse_account_kind(src_dict["kind"])
            self.username = src_dict["username"]
            self.is_operator = src_dict["is_operator"]
            self.created_at = parse_datetime(src_dict["created_at"])
            _known = 5
        except KeyError:
            _known = 0
            if "id" in src_dict:
                self.id = src_dict["id"]
                _known += 1
            else:
                self.id = ABSENT
            if "kind" in src_dict:
                self.kind = parse_account_kind(src_dict["kind"])
                _known += 1
            else:
                self.kind = ABSENT
            if "username" in src_dict:
                self.username = src_dict["username"]
                _known += 1
            else:
                self.username = ABSENT
            if "is_operator" in src_dict:
                self.is_operator = src_dict["is_operator"]
                _known += 1
            else:
                self.is_operator = ABSENT
            if "created_at" in src_dict:
                self.created_at = parse_datetime(src_dict["created_at"])
                _known += 1
            else:
                self.created_at = ABSENT
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
        if "default_workspace" in src_dict:
            self.default_workspace = src_dict["default_workspace"]
            _known += 1
        else:
            self.default_workspace = UNSET
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
        "id",
        "kind",
        "username",
        "is_operator",
        "created_at",
        "email",
        "email_proved",
        "name",
        "surname",
        "default_workspace",
    )
)
