# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from ..types import UNSET, Unset, format_datetime, parse_datetime


@_attrs_define
class ApiKeyRotate:
    """
    Attributes:
        overlap_seconds (int | Unset): How long the old key keeps working, in seconds, from 0 to 2592000. 0 stops it
            immediately. Default: one day.
        expires_at (datetime.datetime | Unset): When the new key expires, such as `2030-01-31T12:00:00Z`. Default: the
            new key lasts as long as the old key was created for.
    """

    overlap_seconds: int | Unset = UNSET

    expires_at: datetime.datetime | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}
        if self.overlap_seconds is not UNSET:
            field_dict["overlap_seconds"] = self.overlap_seconds
        if self.expires_at is not UNSET:
            field_dict["expires_at"] = format_datetime(self.expires_at)
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        self = cls.__new__(cls)
        if "overlap_seconds" in src_dict:
            self.overlap_seconds = src_dict["overlap_seconds"]
        else:
            self.overlap_seconds = UNSET
        if "expires_at" in src_dict:
            self.expires_at = parse_datetime(src_dict["expires_at"])
        else:
            self.expires_at = UNSET
        return self
