# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.key_scope import KeyScope, parse_key_scope
from ..types import ABSENT, UNSET, Unset, format_datetime, parse_datetime


@_attrs_define
class ApiKey:
    """
    Attributes:
        id (str):
        name (str):
        preview (str): The first characters of the key, to recognize it by.
        scopes (list[KeyScope]):
        created_at (datetime.datetime):
        created_by (str | Unset): Username of the account that created the key: the owner, an admin or an operator.
            Absent if that account was deleted.
        expires_at (datetime.datetime | Unset): When the key expires. Absent if it does not expire.
        rotated_at (datetime.datetime | Unset): When the key was rotated. Absent if it was not.
        last_used_at (datetime.datetime | Unset): When the key was last used, to the minute. Absent if it was never
            used.
    """

    id: str

    name: str

    preview: str

    scopes: list[KeyScope]

    created_at: datetime.datetime

    created_by: str | Unset = UNSET

    expires_at: datetime.datetime | Unset = UNSET

    rotated_at: datetime.datetime | Unset = UNSET

    last_used_at: datetime.datetime | Unset = UNSET

    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {
            "id": self.id,
            "name": self.name,
            "preview": self.preview,
            "scopes": [item._value_ for item in self.scopes],
            "created_at": format_datetime(self.created_at),
        }
        if self.created_by is not UNSET:
            field_dict["created_by"] = self.created_by
        if self.expires_at is not UNSET:
            field_dict["expires_at"] = format_datetime(self.expires_at)
        if self.rotated_at is not UNSET:
            field_dict["rotated_at"] = format_datetime(self.rotated_at)
        if self.last_used_at is not UNSET:
            field_dict["last_used_at"] = format_datetime(self.last_used_at)
        if self.additional_properties:
            return {**self.additional_properties, **field_dict}
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        self = cls.__new__(cls)
        try:
            self.id = src_dict["id"]
            self.name = src_dict["name"]
            self.preview = src_dict["preview"]
            self.scopes = [parse_key_scope(item) for item in src_dict["scopes"]]
            self.created_at = parse_datetime(src_dict["created_at"])
            _known = 5
        except KeyError:
            _known = 0
            if "id" in src_dict:
                self.id = src_dict["id"]
                _known += 1
            else:
                self.id = ABSENT
            if "name" in src_dict:
                self.name = src_dict["name"]
                _known += 1
            else:
                self.name = ABSENT
            if "preview" in src_dict:
                self.preview = src_dict["preview"]
                _known += 1
            else:
                self.preview = ABSENT
            if "scopes" in src_dict:
                self.scopes = [parse_key_scope(item) for item in src_dict["scopes"]]
                _known += 1
            else:
                self.scopes = ABSENT
            if "created_at" in src_dict:
                self.created_at = parse_datetime(src_dict["created_at"])
                _known += 1
            else:
                self.created_at = ABSENT
        if "created_by" in src_dict:
            self.created_by = src_dict["created_by"]
            _known += 1
        else:
            self.created_by = UNSET
        if "expires_at" in src_dict:
            self.expires_at = parse_datetime(src_dict["expires_at"])
            _known += 1
        else:
            self.expires_at = UNSET
        if "rotated_at" in src_dict:
            self.rotated_at = parse_datetime(src_dict["rotated_at"])
            _known += 1
        else:
            self.rotated_at = UNSET
        if "last_used_at" in src_dict:
            self.last_used_at = parse_datetime(src_dict["last_used_at"])
            _known += 1
        else:
            self.last_used_at = UNSET
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
        "name",
        "preview",
        "scopes",
        "created_at",
        "created_by",
        "expires_at",
        "rotated_at",
        "last_used_at",
    )
)
