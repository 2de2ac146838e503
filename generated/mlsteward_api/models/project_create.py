# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.visibility import Visibility
from ..types import UNSET, Unset

T = TypeVar("T", bound="ProjectCreate")


@_attrs_define
class ProjectCreate:
    """
    Attributes:
        workspace (str): The workspace: `~`, its id or its name.
        name (str): Letters, digits, spaces, `.`, `-` and `_`; starts with a letter or digit. Unique in the workspace
            whatever the case.
        key (str | Unset): 1 to 10 of A-Z and 0-9, at least one letter. Made from the name where absent.
        visibility (Visibility | Unset): `private`: the roster and the admins; `workspace`: every member is an owner as
            well; `public`: and anybody may read.
        description (str | Unset):
    """

    workspace: str
    name: str
    key: str | Unset = UNSET
    visibility: Visibility | Unset = UNSET
    description: str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        workspace = self.workspace

        name = self.name

        key = self.key

        visibility: str | Unset = UNSET
        if not isinstance(self.visibility, Unset):
            visibility = self.visibility.value

        description = self.description

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "workspace": workspace,
                "name": name,
            }
        )
        if key is not UNSET:
            field_dict["key"] = key
        if visibility is not UNSET:
            field_dict["visibility"] = visibility
        if description is not UNSET:
            field_dict["description"] = description

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        workspace = d.pop("workspace")

        name = d.pop("name")

        key = d.pop("key", UNSET)

        _visibility = d.pop("visibility", UNSET)
        visibility: Visibility | Unset
        if isinstance(_visibility, Unset):
            visibility = UNSET
        else:
            visibility = Visibility(_visibility)

        description = d.pop("description", UNSET)

        project_create = cls(
            workspace=workspace,
            name=name,
            key=key,
            visibility=visibility,
            description=description,
        )

        return project_create
