# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import ABSENT, UNSET, Unset


@_attrs_define
class DryRun:
    """The answer to a dry run. Nothing was changed.

    Attributes:
        status (int): The HTTP status code that the operation would have returned.
        changes (list[Change]): The events that the audit log would have.
        answer (Any | Unset): What the operation would have returned. Absent if that has no body.
    """

    status: int

    changes: list[Change]

    answer: Any | Unset = UNSET

    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {
            "status": self.status,
            "changes": [item.to_dict() for item in self.changes],
        }
        if self.answer is not UNSET:
            field_dict["answer"] = self.answer
        if self.additional_properties:
            return {**self.additional_properties, **field_dict}
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        self = cls.__new__(cls)
        try:
            self.status = src_dict["status"]
            self.changes = [Change.from_dict(item) for item in src_dict["changes"]]
            _known = 2
        except KeyError:
            _known = 0
            if "status" in src_dict:
                self.status = src_dict["status"]
                _known += 1
            else:
                self.status = ABSENT
            if "changes" in src_dict:
                self.changes = [Change.from_dict(item) for item in src_dict["changes"]]
                _known += 1
            else:
                self.changes = ABSENT
        if "answer" in src_dict:
            self.answer = src_dict["answer"]
            _known += 1
        else:
            self.answer = UNSET
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
        "status",
        "changes",
        "answer",
    )
)

from ..models.change import Change  # noqa: E402
