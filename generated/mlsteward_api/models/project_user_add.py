# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.account_kind import AccountKind
from ..models.project_role import ProjectRole
from ..types import UNSET, Unset

T = TypeVar("T", bound="ProjectUserAdd")


@_attrs_define
class ProjectUserAdd:
    """
    Attributes:
        user (str): The account, by id, email or username.
        role (ProjectRole | Unset): `viewer` reads content and members; `contributor` also edits content; `owner` also
            edits members.
        kind (AccountKind | Unset): Whether a person or a program signs in with it.
    """

    user: str
    role: ProjectRole | Unset = UNSET
    kind: AccountKind | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        user = self.user

        role: str | Unset = UNSET
        if not isinstance(self.role, Unset):
            role = self.role.value

        kind: str | Unset = UNSET
        if not isinstance(self.kind, Unset):
            kind = self.kind.value

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "user": user,
            }
        )
        if role is not UNSET:
            field_dict["role"] = role
        if kind is not UNSET:
            field_dict["kind"] = kind

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        user = d.pop("user")

        _role = d.pop("role", UNSET)
        role: ProjectRole | Unset
        if isinstance(_role, Unset):
            role = UNSET
        else:
            role = ProjectRole(_role)

        _kind = d.pop("kind", UNSET)
        kind: AccountKind | Unset
        if isinstance(_kind, Unset):
            kind = UNSET
        else:
            kind = AccountKind(_kind)

        project_user_add = cls(
            user=user,
            role=role,
            kind=kind,
        )

        return project_user_add
