# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from ..models.dataset_permission import DatasetPermission, parse_dataset_permission
from ..types import ABSENT, UNSET, Unset


@_attrs_define
class DatasetPermissionGrant:
    """Send exactly one of `user` and `group`.

    Attributes:
        permission (DatasetPermission): A permission on a dataset, from lowest to highest. Each permission includes
            those before it.
        user (str | Unset): The account: an id, an email address or a username.
        group (str | Unset): The group: an id or a name.
        invite (bool | Unset): `true` invites an email address that belongs to no member of the workspace.
    """

    permission: DatasetPermission

    user: str | Unset = UNSET

    group: str | Unset = UNSET

    invite: bool | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {
            "permission": self.permission._value_,
        }
        if self.user is not UNSET:
            field_dict["user"] = self.user
        if self.group is not UNSET:
            field_dict["group"] = self.group
        if self.invite is not UNSET:
            field_dict["invite"] = self.invite
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        self = cls.__new__(cls)
        try:
            self.permission = parse_dataset_permission(src_dict["permission"])
        except KeyError:
            if "permission" in src_dict:
                self.permission = parse_dataset_permission(src_dict["permission"])
            else:
                self.permission = ABSENT
        if "user" in src_dict:
            self.user = src_dict["user"]
        else:
            self.user = UNSET
        if "group" in src_dict:
            self.group = src_dict["group"]
        else:
            self.group = UNSET
        if "invite" in src_dict:
            self.invite = src_dict["invite"]
        else:
            self.invite = UNSET
        return self
