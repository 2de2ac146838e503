# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.visibility import Visibility
from ..types import UNSET, Unset

T = TypeVar("T", bound="ProjectUpdate")


@_attrs_define
class ProjectUpdate:
    """
    Attributes:
        name (str | Unset): Letters, digits, spaces, `.`, `-` and `_`; starts with a letter or digit. Unique in the
            workspace whatever the case.
        visibility (Visibility | Unset): `private`: the roster and the admins; `workspace`: every member is an owner as
            well; `public`: and anybody may read.
        description (str | Unset): An empty text clears it.
        archived (bool | Unset):
    """

    name: str | Unset = UNSET
    visibility: Visibility | Unset = UNSET
    description: str | Unset = UNSET
    archived: bool | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        name = self.name

        visibility: str | Unset = UNSET
        if not isinstance(self.visibility, Unset):
            visibility = self.visibility.value

        description = self.description

        archived = self.archived

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if name is not UNSET:
            field_dict["name"] = name
        if visibility is not UNSET:
            field_dict["visibility"] = visibility
        if description is not UNSET:
            field_dict["description"] = description
        if archived is not UNSET:
            field_dict["archived"] = archived

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        name = d.pop("name", UNSET)

        _visibility = d.pop("visibility", UNSET)
        visibility: Visibility | Unset
        if isinstance(_visibility, Unset):
            visibility = UNSET
        else:
            visibility = Visibility(_visibility)

        description = d.pop("description", UNSET)

        archived = d.pop("archived", UNSET)

        project_update = cls(
            name=name,
            visibility=visibility,
            description=description,
            archived=archived,
        )

        return project_update
