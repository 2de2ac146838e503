# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.invitation_status import InvitationStatus, parse_invitation_status
from ..models.workspace_role import WorkspaceRole, parse_workspace_role
from ..types import ABSENT, UNSET, Unset, format_datetime, parse_datetime


@_attrs_define
class Invitation:
    """
    Attributes:
        id (str):
        role (WorkspaceRole): `admin` can manage people and projects. `member` can create projects, and has access
            through the visibility of projects. `collaborator` and `guest` can only access what they were added to.
        status (InvitationStatus):
        add_to_all_projects (bool):
        url (str): The invitation link, with its token. Anyone who has it can join the workspace. It does not prove an
            email address.
        created_at (datetime.datetime):
        expires_at (datetime.datetime):
        email (str | Unset): The invited email address. Absent if a username was invited.
        username (str | Unset): The invited username. Absent if an email address was invited.
        dataset_grants (list[InvitationDatasetGrant] | Unset): The permissions on datasets that take effect when the
            invitation is accepted.
    """

    id: str

    role: WorkspaceRole

    status: InvitationStatus

    add_to_all_projects: bool

    url: str = _attrs_field(repr=False)

    created_at: datetime.datetime

    expires_at: datetime.datetime

    email: str | Unset = UNSET

    username: str | Unset = UNSET

    dataset_grants: list[InvitationDatasetGrant] | Unset = UNSET

    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {
            "id": self.id,
            "role": self.role._value_,
            "status": self.status._value_,
            "add_to_all_projects": self.add_to_all_projects,
            "url": self.url,
            "created_at": format_datetime(self.created_at),
            "expires_at": format_datetime(self.expires_at),
        }
        if self.email is not UNSET:
            field_dict["email"] = self.email
        if self.username is not UNSET:
            field_dict["username"] = self.username
        if self.dataset_grants is not UNSET:
            field_dict["dataset_grants"] = [item.to_dict() for item in self.dataset_grants]
        if self.additional_properties:
            return {**self.additional_properties, **field_dict}
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        self = cls.__new__(cls)
        try:
            self.id = src_dict["id"]
            self.role = parse_workspace_role(src_dict["role"])
            self.status = parse_invitation_status(src_dict["status"])
            self.add_to_all_projects = src_dict["add_to_all_projects"]
            self.url = src_dict["url"]
            self.created_at = parse_datetime(src_dict["created_at"])
            self.expires_at = parse_datetime(src_dict["expires_at"])
            _known = 7
        except KeyError:
            _known = 0
            if "id" in src_dict:
                self.id = src_dict["id"]
                _known += 1
            else:
                self.id = ABSENT
            if "role" in src_dict:
                self.role = parse_workspace_role(src_dict["role"])
                _known += 1
            else:
                self.role = ABSENT
            if "status" in src_dict:
                self.status = parse_invitation_status(src_dict["status"])
                _known += 1
            else:
                self.status = ABSENT
            if "add_to_all_projects" in src_dict:
                self.add_to_all_projects = src_dict["add_to_all_projects"]
                _known += 1
            else:
                self.add_to_all_projects = ABSENT
            if "url" in src_dict:
                self.url = src_dict["url"]
                _known += 1
            else:
                self.url = ABSENT
            if "created_at" in src_dict:
                self.created_at = parse_datetime(src_dict["created_at"])
                _known += 1
            else:
                self.created_at = ABSENT
            if "expires_at" in src_dict:
                self.expires_at = parse_datetime(src_dict["expires_at"])
                _known += 1
            else:
                self.expires_at = ABSENT
        if "email" in src_dict:
            self.email = src_dict["email"]
            _known += 1
        else:
            self.email = UNSET
        if "username" in src_dict:
            self.username = src_dict["username"]
            _known += 1
        else:
            self.username = UNSET
        if "dataset_grants" in src_dict:
            self.dataset_grants = [InvitationDatasetGrant.from_dict(item) for item in src_dict["dataset_grants"]]
            _known += 1
        else:
            self.dataset_grants = UNSET
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
        "role",
        "status",
        "add_to_all_projects",
        "url",
        "created_at",
        "expires_at",
        "email",
        "username",
        "dataset_grants",
    )
)

from ..models.invitation_dataset_grant import InvitationDatasetGrant  # noqa: E402
