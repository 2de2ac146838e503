# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.workspace_role import WorkspaceRole
from ..types import UNSET, Unset

T = TypeVar("T", bound="MemberCreate")


@_attrs_define
class MemberCreate:
    """
    Attributes:
        username (str): Letters, digits, `.`, `-` and `_`; unique whatever the case.
        email (str | Unset): An email address; unique whatever the case.
        name (str | Unset):
        surname (str | Unset):
        role (WorkspaceRole | Unset): `admin` manages people and projects; `member` creates projects and is let in by
            visibility; `collaborator` and `guest` reach only what they were added to.
    """

    username: str
    email: str | Unset = UNSET
    name: str | Unset = UNSET
    surname: str | Unset = UNSET
    role: WorkspaceRole | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        username = self.username

        email = self.email

        name = self.name

        surname = self.surname

        role: str | Unset = UNSET
        if not isinstance(self.role, Unset):
            role = self.role.value

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "username": username,
            }
        )
        if email is not UNSET:
            field_dict["email"] = email
        if name is not UNSET:
            field_dict["name"] = name
        if surname is not UNSET:
            field_dict["surname"] = surname
        if role is not UNSET:
            field_dict["role"] = role

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        username = d.pop("username")

        email = d.pop("email", UNSET)

        name = d.pop("name", UNSET)

        surname = d.pop("surname", UNSET)

        _role = d.pop("role", UNSET)
        role: WorkspaceRole | Unset
        if isinstance(_role, Unset):
            role = UNSET
        else:
            role = WorkspaceRole(_role)

        member_create = cls(
            username=username,
            email=email,
            name=name,
            surname=surname,
            role=role,
        )

        return member_create
