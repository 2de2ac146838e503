# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.roster_policy import RosterPolicy
from ..models.visibility import Visibility
from ..types import UNSET, Unset

T = TypeVar("T", bound="Project")


@_attrs_define
class Project:
    """
    Attributes:
        id (str):
        workspace (str): Name of the workspace.
        name (str): Unique in the workspace.
        handle (str): Unique everywhere; stays when the project is renamed.
        key (str): Unique in the workspace; starts the short ids of its experiments, such as `CLS-26`.
        visibility (Visibility): `private`: the roster and the admins; `workspace`: every member is an owner as well;
            `public`: and anybody may read.
        roster_policy (RosterPolicy): Who may edit the roster: owners and admins, or admins only.
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
        id = self.id

        workspace = self.workspace

        name = self.name

        handle = self.handle

        key = self.key

        visibility = self.visibility.value

        roster_policy = self.roster_policy.value

        created_at = self.created_at.isoformat()

        last_updated = self.last_updated.isoformat()

        description = self.description

        owner = self.owner

        archived_at: str | Unset = UNSET
        if not isinstance(self.archived_at, Unset):
            archived_at = self.archived_at.isoformat()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "workspace": workspace,
                "name": name,
                "handle": handle,
                "key": key,
                "visibility": visibility,
                "roster_policy": roster_policy,
                "created_at": created_at,
                "last_updated": last_updated,
            }
        )
        if description is not UNSET:
            field_dict["description"] = description
        if owner is not UNSET:
            field_dict["owner"] = owner
        if archived_at is not UNSET:
            field_dict["archived_at"] = archived_at

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        id = d.pop("id")

        workspace = d.pop("workspace")

        name = d.pop("name")

        handle = d.pop("handle")

        key = d.pop("key")

        visibility = Visibility(d.pop("visibility"))

        roster_policy = RosterPolicy(d.pop("roster_policy"))

        created_at = datetime.datetime.fromisoformat(d.pop("created_at"))

        last_updated = datetime.datetime.fromisoformat(d.pop("last_updated"))

        description = d.pop("description", UNSET)

        owner = d.pop("owner", UNSET)

        _archived_at = d.pop("archived_at", UNSET)
        archived_at: datetime.datetime | Unset
        if isinstance(_archived_at, Unset):
            archived_at = UNSET
        else:
            archived_at = datetime.datetime.fromisoformat(_archived_at)

        project = cls(
            id=id,
            workspace=workspace,
            name=name,
            handle=handle,
            key=key,
            visibility=visibility,
            roster_policy=roster_policy,
            created_at=created_at,
            last_updated=last_updated,
            description=description,
            owner=owner,
            archived_at=archived_at,
        )

        project.additional_properties = d
        return project

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
