# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from ..models.workspace_role import WorkspaceRole, parse_workspace_role
from ..types import ABSENT, UNSET, Unset


@_attrs_define
class MemberCreate:
    """
    Attributes:
        username (str): Use only letters, digits, `.`, `-` and `_`. Usernames are unique (case-insensitive).
        email (str | Unset): Use a full email address, such as `ada@example.com`. Addresses are unique (case-
            insensitive).
        name (str | Unset):
        surname (str | Unset):
        role (WorkspaceRole | Unset): `admin` can manage people and projects. `member` can create projects, and has
            access through the visibility of projects. `collaborator` and `guest` can only access what they were added to.
    """

    username: str

    email: str | Unset = UNSET

    name: str | Unset = UNSET

    surname: str | Unset = UNSET

    role: WorkspaceRole | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {
            "username": self.username,
        }
        if self.email is not UNSET:
            field_dict["email"] = self.email
        if self.name is not UNSET:
            field_dict["name"] = self.name
        if self.surname is not UNSET:
            field_dict["surname"] = self.surname
        if self.role is not UNSET:
            field_dict["role"] = self.role._value_
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        self = cls.__new__(cls)
        try:
            self.username = src_dict["username"]
        except KeyError:
            if "username" in src_dict:
                self.username = src_dict["username"]
            else:
                self.username = ABSENT
        if "email" in src_dict:
            self.email = src_dict["email"]
        else:
            self.email = UNSET
        if "name" in src_dict:
            self.name = src_dict["name"]
        else:
            self.name = UNSET
        if "surname" in src_dict:
            self.surname = src_dict["surname"]
        else:
            self.surname = UNSET
        if "role" in src_dict:
            self.role = parse_workspace_role(src_dict["role"])
        else:
            self.role = UNSET
        return self
