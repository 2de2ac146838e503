# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from ..models.visibility import Visibility, parse_visibility
from ..types import ABSENT, UNSET, Unset


@_attrs_define
class ProjectCreate:
    """
    Attributes:
        workspace (str): The workspace: `~`, its id or its name.
        name (str): Use only letters, digits, spaces, `.`, `-` and `_`. Start with a letter or digit. Names are unique
            in the workspace (case-insensitive).
        key (str | Unset): Use 1 to 10 characters from A-Z and 0-9, at least one of them a letter. Default: made from
            the name.
        visibility (Visibility | Unset): `private`: only the roster and the admins have access. `workspace`: every
            member is an owner too. `public`: as `workspace`, and anyone can read the project.
        description (str | Unset):
    """

    workspace: str

    name: str

    key: str | Unset = UNSET

    visibility: Visibility | Unset = UNSET

    description: str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {
            "workspace": self.workspace,
            "name": self.name,
        }
        if self.key is not UNSET:
            field_dict["key"] = self.key
        if self.visibility is not UNSET:
            field_dict["visibility"] = self.visibility._value_
        if self.description is not UNSET:
            field_dict["description"] = self.description
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        self = cls.__new__(cls)
        try:
            self.workspace = src_dict["workspace"]
            self.name = src_dict["name"]
        except KeyError:
            if "workspace" in src_dict:
                self.workspace = src_dict["workspace"]
            else:
                self.workspace = ABSENT
            if "name" in src_dict:
                self.name = src_dict["name"]
            else:
                self.name = ABSENT
        if "key" in src_dict:
            self.key = src_dict["key"]
        else:
            self.key = UNSET
        if "visibility" in src_dict:
            self.visibility = parse_visibility(src_dict["visibility"])
        else:
            self.visibility = UNSET
        if "description" in src_dict:
            self.description = src_dict["description"]
        else:
            self.description = UNSET
        return self
