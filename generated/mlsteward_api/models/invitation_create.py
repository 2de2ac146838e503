# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from ..models.workspace_role import WorkspaceRole, parse_workspace_role
from ..types import UNSET, Unset


@_attrs_define
class InvitationCreate:
    """Holds `username` or `email`, exactly one of them.

    Attributes:
        username (str | Unset): Letters, digits, `.`, `-` and `_`; unique whatever the case.
        email (str | Unset): An email address; unique whatever the case.
        role (WorkspaceRole | Unset): `admin` manages people and projects; `member` creates projects and is let in by
            visibility; `collaborator` and `guest` reach only what they were added to.
        add_to_all_projects (bool | Unset): Whether acceptance puts them on every project of the workspace as a viewer.
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
