# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.access_source import AccessSource, parse_access_source
from ..models.account_kind import AccountKind, parse_account_kind
from ..models.project_role import ProjectRole, parse_project_role
from ..types import ABSENT, UNSET, Unset, format_datetime, parse_datetime


@_attrs_define
class ProjectUser:
    """`role` is the effective role of the account. Absent if it has none. `roster_role` is its role on the roster, which
    can be lower: admins of the workspace are always owners, and so are members if the visibility lets them in.

        Attributes:
            id (str):
            username (str):
            kind (AccountKind): Whether the account belongs to a person or to a program.
            source (AccessSource): What gives the account its role.
            role (ProjectRole | Unset): `viewer` can read content and members. `contributor` can also edit content. `owner`
                can also edit members.
            roster_role (ProjectRole | Unset): `viewer` can read content and members. `contributor` can also edit content.
                `owner` can also edit members.
            added_at (datetime.datetime | Unset): When the account was added to the roster. Absent if it has access through
                visibility.
    """

    id: str

    username: str

    kind: AccountKind

    source: AccessSource

    role: ProjectRole | Unset = UNSET

    roster_role: ProjectRole | Unset = UNSET

    added_at: datetime.datetime | Unset = UNSET

    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {
            "id": self.id,
            "username": self.username,
            "kind": self.kind._value_,
            "source": self.source._value_,
        }
        if self.role is not UNSET:
            field_dict["role"] = self.role._value_
        if self.roster_role is not UNSET:
            field_dict["roster_role"] = self.roster_role._value_
        if self.added_at is not UNSET:
            field_dict["added_at"] = format_datetime(self.added_at)
        if self.additional_properties:
            return {**self.additional_properties, **field_dict}
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        self = cls.__new__(cls)
        try:
            self.id = src_dict["id"]
            self.username = src_dict["username"]
            self.kind = parse_account_kind(src_dict["kind"])
            self.source = parse_access_source(src_dict["source"])
            _known = 4
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
            if "kind" in src_dict:
                self.kind = parse_account_kind(src_dict["kind"])
                _known += 1
            else:
                self.kind = ABSENT
            if "source" in src_dict:
                self.source = parse_access_source(src_dict["source"])
                _known += 1
            else:
                self.source = ABSENT
        if "role" in src_dict:
            self.role = parse_project_role(src_dict["role"])
            _known += 1
        else:
            self.role = UNSET
        if "roster_role" in src_dict:
            self.roster_role = parse_project_role(src_dict["roster_role"])
            _known += 1
        else:
            self.roster_role = UNSET
        if "added_at" in src_dict:
            self.added_at = parse_datetime(src_dict["added_at"])
            _known += 1
        else:
            self.added_at = UNSET
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
        "kind",
        "source",
        "role",
        "roster_role",
        "added_at",
    )
)
