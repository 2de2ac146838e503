# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.account_kind import AccountKind
from ..types import UNSET, Unset

T = TypeVar("T", bound="Account")


@_attrs_define
class Account:
    """
    Attributes:
        id (str):
        kind (AccountKind): Whether a person or a program signs in with it.
        username (str): Unique. Of a service account: `account@workspace`.
        is_operator (bool): Whether the account operates the whole platform.
        created_at (datetime.datetime):
        email (str | Unset): Unique. Service accounts have none.
        name (str | Unset):
        surname (str | Unset):
        default_workspace (str | Unset): Name of the workspace that `~` stands for, where the account has one.
    """

    id: str
    kind: AccountKind
    username: str
    is_operator: bool
    created_at: datetime.datetime
    email: str | Unset = UNSET
    name: str | Unset = UNSET
    surname: str | Unset = UNSET
    default_workspace: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        kind = self.kind.value

        username = self.username

        is_operator = self.is_operator

        created_at = self.created_at.isoformat()

        email = self.email

        name = self.name

        surname = self.surname

        default_workspace = self.default_workspace

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "kind": kind,
                "username": username,
                "is_operator": is_operator,
                "created_at": created_at,
            }
        )
        if email is not UNSET:
            field_dict["email"] = email
        if name is not UNSET:
            field_dict["name"] = name
        if surname is not UNSET:
            field_dict["surname"] = surname
        if default_workspace is not UNSET:
            field_dict["default_workspace"] = default_workspace

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        id = d.pop("id")

        kind = AccountKind(d.pop("kind"))

        username = d.pop("username")

        is_operator = d.pop("is_operator")

        created_at = datetime.datetime.fromisoformat(d.pop("created_at"))

        email = d.pop("email", UNSET)

        name = d.pop("name", UNSET)

        surname = d.pop("surname", UNSET)

        default_workspace = d.pop("default_workspace", UNSET)

        account = cls(
            id=id,
            kind=kind,
            username=username,
            is_operator=is_operator,
            created_at=created_at,
            email=email,
            name=name,
            surname=surname,
            default_workspace=default_workspace,
        )

        account.additional_properties = d
        return account

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
