# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import ABSENT


@_attrs_define
class BulkProblem:
    """Why a row was refused. The request that it stands for would have been refused in the same way.

    Attributes:
        status (int): The HTTP status code.
        code (str): Stable name of the problem.
        detail (str): What was wrong, with the value that caused it.
        hint (str): How to fix it.
    """

    status: int

    code: str

    detail: str

    hint: str

    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {
            "status": self.status,
            "code": self.code,
            "detail": self.detail,
            "hint": self.hint,
        }
        if self.additional_properties:
            return {**self.additional_properties, **field_dict}
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        self = cls.__new__(cls)
        try:
            self.status = src_dict["status"]
            self.code = src_dict["code"]
            self.detail = src_dict["detail"]
            self.hint = src_dict["hint"]
            _known = 4
        except KeyError:
            _known = 0
            if "status" in src_dict:
                self.status = src_dict["status"]
                _known += 1
            else:
                self.status = ABSENT
            if "code" in src_dict:
                self.code = src_dict["code"]
                _known += 1
            else:
                self.code = ABSENT
            if "detail" in src_dict:
                self.detail = src_dict["detail"]
                _known += 1
            else:
                self.detail = ABSENT
            if "hint" in src_dict:
                self.hint = src_dict["hint"]
                _known += 1
            else:
                self.hint = ABSENT
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
        "code",
        "detail",
        "hint",
    )
)
