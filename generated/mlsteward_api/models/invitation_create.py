# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from ..models.workspace_role import WorkspaceRole, parse_workspace_role
from ..types import UNSET, Unset


@_attrs_define
class InvitationCreate:
    """Send exactly one of `username` and `email`.

    Attributes:
        username (str | Unset): Use only letters, digits, `.`, `-` and `_`. Usernames are unique (case-insensitive).
        email (str | Unset): Use a full email address, such as `ada@example.com`. Addresses are unique (case-
            insensitive).
        role (WorkspaceRole | Unset): `admin` can manage people and projects. `member` can create projects, and has
            access through the visibility of projects. `collaborator` and `guest` can only access what they were added to.
        add_to_all_projects (bool | Unset): `true` adds the person to every project of the workspace as a viewer when
            they accept.
    """

    username: str | Unset = UNSET

    email: str | Unset = UNSET

    role: WorkspaceRole | Unset = UNSET

    add_to_all_projects: bool | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}
        if self.username is not UNSET:
            field_dict["username"] = self.username
        if self.email is not UNSET:
            field_dict["email"] = self.email
        if self.role is not UNSET:
            field_dict["role"] = self.role._value_
        if self.add_to_all_projects is not UNSET:
            field_dict["add_to_all_projects"] = self.add_to_all_projects
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        self = cls.__new__(cls)
        if "username" in src_dict:
            self.username = src_dict["username"]
        else:
            self.username = UNSET
        if "email" in src_dict:
            self.email = src_dict["email"]
        else:
            self.email = UNSET
        if "role" in src_dict:
            self.role = parse_workspace_role(src_dict["role"])
        else:
            self.role = UNSET
        if "add_to_all_projects" in src_dict:
            self.add_to_all_projects = src_dict["add_to_all_projects"]
        else:
            self.add_to_all_projects = UNSET
        return self
