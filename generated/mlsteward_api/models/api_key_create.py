# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from ..models.key_scope import KeyScope, parse_key_scope
from ..types import ABSENT, UNSET, Unset, format_datetime, parse_datetime


@_attrs_define
class ApiKeyCreate:
    """
    Attributes:
        name (str): What the key is for. Use 1 to 128 characters, none of them a control character.
        scopes (list[KeyScope] | Unset): Cannot be wider than the scopes of the key that makes the call. Default: the
            scopes of that key.
        expires_at (datetime.datetime | Unset): When the key expires, such as `2030-01-31T12:00:00Z`. Default: never.
    """

    name: str

    scopes: list[KeyScope] | Unset = UNSET

    expires_at: datetime.datetime | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {
            "name": self.name,
        }
        if self.scopes is not UNSET:
            field_dict["scopes"] = [item._value_ for item in self.scopes]
        if self.expires_at is not UNSET:
            field_dict["expires_at"] = format_datetime(self.expires_at)
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        self = cls.__new__(cls)
        try:
            self.name = src_dict["name"]
        except KeyError:
            if "name" in src_dict:
                self.name = src_dict["name"]
            else:
                self.name = ABSENT
        if "scopes" in src_dict:
            self.scopes = [parse_key_scope(item) for item in src_dict["scopes"]]
        else:
            self.scopes = UNSET
        if "expires_at" in src_dict:
            self.expires_at = parse_datetime(src_dict["expires_at"])
        else:
            self.expires_at = UNSET
        return self
