# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.roster_policy import RosterPolicy, parse_roster_policy
from ..models.visibility import Visibility, parse_visibility
from ..types import ABSENT, UNSET, Unset, format_datetime, parse_datetime


@_attrs_define
class Project:
    """
    Attributes:
        id (str):
        workspace (str): Name of the workspace.
        name (str): Unique in the workspace.
        handle (str): Unique across all workspaces. Does not change when the project is renamed.
        key (str): Unique in the workspace. The short ids of its experiments start with it, such as `CLS-26`.
        visibility (Visibility): `private`: only the roster and the admins have access. `workspace`: every member is an
            owner too. `public`: as `workspace`, and anyone can read the project.
        roster_policy (RosterPolicy): Who can edit the roster: owners and admins, or admins only.
        created_at (datetime.datetime):
        last_updated (datetime.datetime):
        description (str | Unset):
        owner (str | Unset): Username of the account that created it.
        archived_at (datetime.datetime | Unset): Absent while the project is active.
    """

    id: str

    workspace: str

    name: str

    handle: str

    key: str

    visibility: Visibility

    roster_policy: RosterPolicy

    created_at: datetime.datetime

    last_updated: datetime.datetime

    description: str | Unset = UNSET

    owner: str | Unset = UNSET

    archived_at: datetime.datetime | Unset = UNSET

    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {
            "id": self.id,
            "workspace": self.workspace,
            "name": self.name,
            "handle": self.handle,
            "key": self.key,
            "visibility": self.visibility._value_,
            "roster_policy": self.roster_policy._value_,
            "created_at": format_datetime(self.created_at),
            "last_updated": format_datetime(self.last_updated),
        }
        if self.description is not UNSET:
            field_dict["description"] = self.description
        if self.owner is not UNSET:
            field_dict["owner"] = self.owner
        if self.archived_at is not UNSET:
            field_dict["archived_at"] = format_datetime(self.archived_at)
        if self.additional_properties:
            return {**self.additional_properties, **field_dict}
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        self = cls.__new__(cls)
        try:
            self.id = src_dict["id"]
            self.workspace = src_dict["workspace"]
            self.name = src_dict["name"]
            self.handle = src_dict["handle"]
            self.key = src_dict["key"]
            self.visibility = parse_visibility(src_dict["visibility"])
            self.roster_policy = parse_roster_policy(src_dict["roster_policy"])
            self.created_at = parse_datetime(src_dict["created_at"])
            self.last_updated = parse_datetime(src_dict["last_updated"])
            _known = 9
        except KeyError:
            _known = 0
            if "id" in src_dict:
                self.id = src_dict["id"]
                _known += 1
            else:
                self.id = ABSENT
            if "workspace" in src_dict:
                self.workspace = src_dict["workspace"]
                _known += 1
            else:
                self.workspace = ABSENT
            if "name" in src_dict:
                self.name = src_dict["name"]
                _known += 1
            else:
                self.name = ABSENT
            if "handle" in src_dict:
                self.handle = src_dict["handle"]
                _known += 1
            else:
                self.handle = ABSENT
            if "key" in src_dict:
                self.key = src_dict["key"]
                _known += 1
            else:
                self.key = ABSENT
            if "visibility" in src_dict:
                self.visibility = parse_visibility(src_dict["visibility"])
                _known += 1
            else:
                self.visibility = ABSENT
            if "roster_policy" in src_dict:
                self.roster_policy = parse_roster_policy(src_dict["roster_policy"])
                _known += 1
            else:
                self.roster_policy = ABSENT
            if "created_at" in src_dict:
                self.created_at = parse_datetime(src_dict["created_at"])
                _known += 1
            else:
                self.created_at = ABSENT
            if "last_updated" in src_dict:
                self.last_updated = parse_datetime(src_dict["last_updated"])
                _known += 1
            else:
                self.last_updated = ABSENT
        if "description" in src_dict:
            self.description = src_dict["description"]
            _known += 1
        else:
            self.description = UNSET
        if "owner" in src_dict:
            self.owner = src_dict["owner"]
            _known += 1
        else:
            self.owner = UNSET
        if "archived_at" in src_dict:
            self.archived_at = parse_datetime(src_dict["archived_at"])
            _known += 1
        else:
            self.archived_at = UNSET
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
        "workspace",
        "name",
        "handle",
        "key",
        "visibility",
        "roster_policy",
        "created_at",
        "last_updated",
        "description",
        "owner",
        "archived_at",
    )
)
