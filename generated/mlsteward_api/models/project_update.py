# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from ..models.visibility import Visibility, parse_visibility
from ..types import UNSET, Unset


@_attrs_define
class ProjectUpdate:
    """
    Attributes:
        name (str | Unset): Use only letters, digits, spaces, `.`, `-` and `_`. Start with a letter or digit. Names are
            unique in the workspace (case-insensitive).
        visibility (Visibility | Unset): `private`: only the roster and the admins have access. `workspace`: every
            member is an owner too. `public`: as `workspace`, and anyone can read the project.
        description (str | Unset): An empty text removes the description.
        archived (bool | Unset):
    """

    name: str | Unset = UNSET

    visibility: Visibility | Unset = UNSET

    description: str | Unset = UNSET

    archived: bool | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}
        if self.name is not UNSET:
            field_dict["name"] = self.name
        if self.visibility is not UNSET:
            field_dict["visibility"] = self.visibility._value_
        if self.description is not UNSET:
            field_dict["description"] = self.description
        if self.archived is not UNSET:
            field_dict["archived"] = self.archived
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        self = cls.__new__(cls)
        if "name" in src_dict:
            self.name = src_dict["name"]
        else:
            self.name = UNSET
        if "visibility" in src_dict:
            self.visibility = parse_visibility(src_dict["visibility"])
        else:
            self.visibility = UNSET
        if "description" in src_dict:
            self.description = src_dict["description"]
        else:
            self.description = UNSET
        if "archived" in src_dict:
            self.archived = src_dict["archived"]
        else:
            self.archived = UNSET
        return self
