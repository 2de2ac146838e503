# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from ..types import UNSET, Unset


@_attrs_define
class StorageCleanup:
    """
    Attributes:
        dry_run (bool | Unset): `true` only counts the files, and deletes nothing.
        older_than (int | Unset): Delete only files that were stored at least this many seconds ago. Default: 3600.
    """

    dry_run: bool | Unset = UNSET

    older_than: int | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}
        if self.dry_run is not UNSET:
            field_dict["dry_run"] = self.dry_run
        if self.older_than is not UNSET:
            field_dict["older_than"] = self.older_than
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        self = cls.__new__(cls)
        if "dry_run" in src_dict:
            self.dry_run = src_dict["dry_run"]
        else:
            self.dry_run = UNSET
        if "older_than" in src_dict:
            self.older_than = src_dict["older_than"]
        else:
            self.older_than = UNSET
        return self
