# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.access_source import AccessSource
from ..models.account_kind import AccountKind
from ..models.project_role import ProjectRole
from ..types import UNSET, Unset

T = TypeVar("T", bound="ProjectUser")


@_attrs_define
class ProjectUser:
    """
    Attributes:
        id (str):
        username (str):
        kind (AccountKind): Whether a person or a program signs in with it.
        source (AccessSource): What lets the account in.
        role (ProjectRole | Unset): `viewer` reads content and members; `contributor` also edits content; `owner` also
            edits members.
        added_at (datetime.datetime | Unset): When it was put on the roster; absent where visibility lets it in.
    """

    id: str
    username: str
    kind: AccountKind
    source: AccessSource
    role: ProjectRole | Unset = UNSET
    added_at: datetime.datetime | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        username = self.username

        kind = self.kind.value

        source = self.source.value

        role: str | Unset = UNSET
        if not isinstance(self.role, Unset):
            role = self.role.value

        added_at: str | Unset = UNSET
        if not isinstance(self.added_at, Unset):
            added_at = self.added_at.isoformat()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "username": username,
                "kind": kind,
                "source": source,
            }
        )
        if role is not UNSET:
            field_dict["role"] = role
        if added_at is not UNSET:
            field_dict["added_at"] = added_at

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        id = d.pop("id")

        username = d.pop("username")

        kind = AccountKind(d.pop("kind"))

        source = AccessSource(d.pop("source"))

        _role = d.pop("role", UNSET)
        role: ProjectRole | Unset
        if isinstance(_role, Unset):
            role = UNSET
        else:
            role = ProjectRole(_role)

        _added_at = d.pop("added_at", UNSET)
        added_at: datetime.datetime | Unset
        if isinstance(_added_at, Unset):
            added_at = UNSET
        else:
            added_at = datetime.datetime.fromisoformat(_added_at)

        project_user = cls(
            id=id,
            username=username,
            kind=kind,
            source=source,
            role=role,
            added_at=added_at,
        )

        project_user.additional_properties = d
        return project_user

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
