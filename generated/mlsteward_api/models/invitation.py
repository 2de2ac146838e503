# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.invitation_status import InvitationStatus
from ..models.workspace_role import WorkspaceRole
from ..types import UNSET, Unset

T = TypeVar("T", bound="Invitation")


@_attrs_define
class Invitation:
    """
    Attributes:
        id (str):
        role (WorkspaceRole): `admin` manages people and projects; `member` creates projects and is let in by
            visibility; `collaborator` and `guest` reach only what they were added to.
        status (InvitationStatus):
        add_to_all_projects (bool):
        url (str): The accept address with its token. Whoever holds it can accept.
        created_at (datetime.datetime):
        expires_at (datetime.datetime):
        email (str | Unset): Whom it went to; absent where it went to a username.
        username (str | Unset): Whom it went to; absent where it went to an email address.
    """

    id: str
    role: WorkspaceRole
    status: InvitationStatus
    add_to_all_projects: bool
    url: str
    created_at: datetime.datetime
    expires_at: datetime.datetime
    email: str | Unset = UNSET
    username: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        role = self.role.value

        status = self.status.value

        add_to_all_projects = self.add_to_all_projects

        url = self.url

        created_at = self.created_at.isoformat()

        expires_at = self.expires_at.isoformat()

        email = self.email

        username = self.username

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "role": role,
                "status": status,
                "add_to_all_projects": add_to_all_projects,
                "url": url,
                "created_at": created_at,
                "expires_at": expires_at,
            }
        )
        if email is not UNSET:
            field_dict["email"] = email
        if username is not UNSET:
            field_dict["username"] = username

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        id = d.pop("id")

        role = WorkspaceRole(d.pop("role"))

        status = InvitationStatus(d.pop("status"))

        add_to_all_projects = d.pop("add_to_all_projects")

        url = d.pop("url")

        created_at = datetime.datetime.fromisoformat(d.pop("created_at"))

        expires_at = datetime.datetime.fromisoformat(d.pop("expires_at"))

        email = d.pop("email", UNSET)

        username = d.pop("username", UNSET)

        invitation = cls(
            id=id,
            role=role,
            status=status,
            add_to_all_projects=add_to_all_projects,
            url=url,
            created_at=created_at,
            expires_at=expires_at,
            email=email,
            username=username,
        )

        invitation.additional_properties = d
        return invitation

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
