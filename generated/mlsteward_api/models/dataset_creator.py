# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.workspace_role import WorkspaceRole, parse_workspace_role
from ..types import ABSENT, UNSET, Unset


@_attrs_define
class DatasetCreator:
    """The account that created a dataset. Absent if it has left the workspace.

    Attributes:
        id (str):
        username (str):
        role (WorkspaceRole): `admin` can manage people and projects. `member` can create projects, and has access
            through the visibility of projects. `collaborator` and `guest` can only access what they were added to.
        name (str | Unset):
        surname (str | Unset):
        email (str | Unset): Only admins of the workspace and the account itself see it.
    """

    id: str

    username: str

    role: WorkspaceRole

    name: str | Unset = UNSET

    surname: str | Unset = UNSET

    email: str | Unset = UNSET

    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {
            "id": self.id,
            "username": self.username,
            "role": self.role._value_,
        }
        if self.name is not UNSET:
            field_dict["name"] = self.name
        if self.surname is not UNSET:
            field_dict["surname"] = self.surname
        if self.email is not UNSET:
            field_dict["email"] = self.email
        if self.additional_properties:
            return {**self.additional_properties, **field_dict}
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        self = cls.__new__(cls)
        try:
            self.id = src_dict["id"]
            self.username = src_dict["username"]
            self.role = parse_workspace_role(src_dict["role"])
            _known = 3
        except KeyError:
            _known = 0
            if "id" in src_dict:
                self.id = src_dict["id"]
                _known += 1
            else:
                self.id = ABSENT
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
        if "email" in src_dict:
            self.email = src_dict["email"]
            _known += 1
        else:
            self.email = UNSET
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
        "username",
        "role",
        "name",
        "surname",
        "email",
    )
)
