# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from ..models.account_kind import AccountKind, parse_account_kind
from ..models.project_role import ProjectRole, parse_project_role
from ..types import ABSENT, UNSET, Unset


@_attrs_define
class ProjectUserAdd:
    """
    Attributes:
        user (str): The account: its id, email address or username.
        role (ProjectRole | Unset): `viewer` can read content and members. `contributor` can also edit content. `owner`
            can also edit members.
        kind (AccountKind | Unset): Whether the account belongs to a person or to a program.
    """

    user: str

    role: ProjectRole | Unset = UNSET

    kind: AccountKind | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {
            "user": self.user,
        }
        if self.role is not UNSET:
            field_dict["role"] = self.role._value_
        if self.kind is not UNSET:
            field_dict["kind"] = self.kind._value_
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        self = cls.__new__(cls)
        try:
            self.user = src_dict["user"]
        except KeyError:
            if "user" in src_dict:
                self.user = src_dict["user"]
            else:
                self.user = ABSENT
        if "role" in src_dict:
            self.role = parse_project_role(src_dict["role"])
        else:
            self.role = UNSET
        if "kind" in src_dict:
            self.kind = parse_account_kind(src_dict["kind"])
        else:
            self.kind = UNSET
        return self
