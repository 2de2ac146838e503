# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.audit_action import AuditAction, parse_audit_action
from ..types import ABSENT, UNSET, Unset, format_datetime, parse_datetime


@_attrs_define
class AuditEvent:
    """
    Attributes:
        id (str):
        date (datetime.datetime):
        action (AuditAction): The kind of change.
        user (str): The account that made the change: its email address, or its username if it has none.
        event (str): What was changed, in words.
        object_type (str): The type of the object that was changed, such as `project`.
        object_id (str):
        object_name (str): The name of the object at the time of the event.
        object_exists (bool): Whether the object still exists.
        user_id (str | Unset): The id of that account. Absent if nobody was signed in.
    """

    id: str

    date: datetime.datetime

    action: AuditAction

    user: str

    event: str

    object_type: str

    object_id: str

    object_name: str

    object_exists: bool

    user_id: str | Unset = UNSET

    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {
            "id": self.id,
            "date": format_datetime(self.date),
            "action": self.action._value_,
            "user": self.user,
            "event": self.event,
            "object_type": self.object_type,
            "object_id": self.object_id,
            "object_name": self.object_name,
            "object_exists": self.object_exists,
        }
        if self.user_id is not UNSET:
            field_dict["user_id"] = self.user_id
        if self.additional_properties:
            return {**self.additional_properties, **field_dict}
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        self = cls.__new__(cls)
        try:
            self.id = src_dict["id"]
            self.date = parse_datetime(src_dict["date"])
            self.action = parse_audit_action(src_dict["action"])
            self.user = src_dict["user"]
            self.event = src_dict["event"]
            self.object_type = src_dict["object_type"]
            self.object_id = src_dict["object_id"]
            self.object_name = src_dict["object_name"]
            self.object_exists = src_dict["object_exists"]
            _known = 9
        except KeyError:
            _known = 0
            if "id" in src_dict:
                self.id = src_dict["id"]
                _known += 1
            else:
                self.id = ABSENT
            if "date" in src_dict:
                self.date = parse_datetime(src_dict["date"])
                _known += 1
            else:
                self.date = ABSENT
            if "action" in src_dict:
                self.action = parse_audit_action(src_dict["action"])
                _known += 1
            else:
                self.action = ABSENT
            if "user" in src_dict:
                self.user = src_dict["user"]
                _known += 1
            else:
                self.user = ABSENT
            if "event" in src_dict:
                self.event = src_dict["event"]
                _known += 1
            else:
                self.event = ABSENT
            if "object_type" in src_dict:
                self.object_type = src_dict["object_type"]
                _known += 1
            else:
                self.object_type = ABSENT
            if "object_id" in src_dict:
                self.object_id = src_dict["object_id"]
                _known += 1
            else:
                self.object_id = ABSENT
            if "object_name" in src_dict:
                self.object_name = src_dict["object_name"]
                _known += 1
            else:
                self.object_name = ABSENT
            if "object_exists" in src_dict:
                self.object_exists = src_dict["object_exists"]
                _known += 1
            else:
                self.object_exists = ABSENT
        if "user_id" in src_dict:
            self.user_id = src_dict["user_id"]
            _known += 1
        else:
            self.user_id = UNSET
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
        "date",
        "action",
        "user",
        "event",
        "object_type",
        "object_id",
        "object_name",
        "object_exists",
        "user_id",
    )
)
