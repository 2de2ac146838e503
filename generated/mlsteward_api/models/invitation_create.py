# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.workspace_role import WorkspaceRole
from ..types import UNSET, Unset

T = TypeVar("T", bound="InvitationCreate")


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
        username = self.username

        email = self.email

        role: str | Unset = UNSET
        if not isinstance(self.role, Unset):
            role = self.role.value

        add_to_all_projects = self.add_to_all_projects

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if username is not UNSET:
            field_dict["username"] = username
        if email is not UNSET:
            field_dict["email"] = email
        if role is not UNSET:
            field_dict["role"] = role
        if add_to_all_projects is not UNSET:
            field_dict["add_to_all_projects"] = add_to_all_projects

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        username = d.pop("username", UNSET)

        email = d.pop("email", UNSET)

        _role = d.pop("role", UNSET)
        role: WorkspaceRole | Unset
        if isinstance(_role, Unset):
            role = UNSET
        else:
            role = WorkspaceRole(_role)

        add_to_all_projects = d.pop("add_to_all_projects", UNSET)

        invitation_create = cls(
            username=username,
            email=email,
            role=role,
            add_to_all_projects=add_to_all_projects,
        )

        return invitation_create
