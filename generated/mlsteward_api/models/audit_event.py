# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.audit_action import AuditAction

T = TypeVar("T", bound="AuditEvent")


@_attrs_define
class AuditEvent:
    """
    Attributes:
        id (str):
        date (datetime.datetime):
        action (AuditAction): What kind of change an event is.
        user (str): Who did it: email address, or username where there is none.
        event (str): What was done
        object_type (str): What it was done to, such as `project`.
        object_id (str):
        object_name (str): Its name now; empty once the object is gone.
    """

    id: str
    date: datetime.datetime
    action: AuditAction
    user: str
    event: str
    object_type: str
    object_id: str
    object_name: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        date = self.date.isoformat()

        action = self.action.value

        user = self.user

        event = self.event

        object_type = self.object_type

        object_id = self.object_id

        object_name = self.object_name

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "date": date,
                "action": action,
                "user": user,
                "event": event,
                "object_type": object_type,
                "object_id": object_id,
                "object_name": object_name,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        id = d.pop("id")

        date = datetime.datetime.fromisoformat(d.pop("date"))

        action = AuditAction(d.pop("action"))

        user = d.pop("user")

        event = d.pop("event")

        object_type = d.pop("object_type")

        object_id = d.pop("object_id")

        object_name = d.pop("object_name")

        audit_event = cls(
            id=id,
            date=date,
            action=action,
            user=user,
            event=event,
            object_type=object_type,
            object_id=object_id,
            object_name=object_name,
        )

        audit_event.additional_properties = d
        return audit_event

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
