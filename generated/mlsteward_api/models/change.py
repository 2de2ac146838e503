# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import ABSENT


@_attrs_define
class Change:
    """A change that a dry run did not make.

    Attributes:
        action (str): The action, as in the audit log: `create`, `update`, `delete` or `info`.
        event (str): What would have been done, in words.
        object_type (str): The kind of object, such as `project`.
        object_name (str):
        fields (list[FieldChange]): The fields of the object that would have changed, as far as the caller can read
            them. Secrets, new ids and the time of the change are left out.
    """

    action: str

    event: str

    object_type: str

    object_name: str

    fields: list[FieldChange]

    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {
            "action": self.action,
            "event": self.event,
            "object_type": self.object_type,
            "object_name": self.object_name,
            "fields": [item.to_dict() for item in self.fields],
        }
        if self.additional_properties:
            return {**self.additional_properties, **field_dict}
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        self = cls.__new__(cls)
        try:
            self.action = src_dict["action"]
            self.event = src_dict["event"]
            self.object_type = src_dict["object_type"]
            self.object_name = src_dict["object_name"]
            self.fields = [FieldChange.from_dict(item) for item in src_dict["fields"]]
            _known = 5
        except KeyError:
            _known = 0
            if "action" in src_dict:
                self.action = src_dict["action"]
                _known += 1
            else:
                self.action = ABSENT
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
            if "object_name" in src_dict:
                self.object_name = src_dict["object_name"]
                _known += 1
            else:
                self.object_name = ABSENT
            if "fields" in src_dict:
                self.fields = [FieldChange.from_dict(item) for item in src_dict["fields"]]
                _known += 1
            else:
                self.fields = ABSENT
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
        "action",
        "event",
        "object_type",
        "object_name",
        "fields",
    )
)

from ..models.field_change import FieldChange  # noqa: E402
