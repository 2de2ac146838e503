# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import ABSENT, UNSET, Unset


@_attrs_define
class Problem:
    """A problem (RFC 9457).

    Attributes:
        type_ (str): A URI reference that identifies the kind of problem: `/problems/<code>`.
        title (str): A short summary of the kind of problem.
        status (int): The HTTP status code.
        detail (str): What went wrong in this request, with the value that caused it.
        code (str): Stable name of the problem.
        hint (str): How to fix it.
        request_id (str): The id of the request. Include it when you ask for help.
        errors (list[ProblemLocation] | Unset): Every part of the request that is not valid.
    """

    type_: str

    title: str

    status: int

    detail: str

    code: str

    hint: str

    request_id: str

    errors: list[ProblemLocation] | Unset = UNSET

    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {
            "type": self.type_,
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
            "code": self.code,
            "hint": self.hint,
            "request_id": self.request_id,
        }
        if self.errors is not UNSET:
            field_dict["errors"] = [item.to_dict() for item in self.errors]
        if self.additional_properties:
            return {**self.additional_properties, **field_dict}
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        self = cls.__new__(cls)
        try:
            self.type_ = src_dict["type"]
            self.title = src_dict["title"]
            self.status = src_dict["status"]
            self.detail = src_dict["detail"]
            self.code = src_dict["code"]
            self.hint = src_dict["hint"]
            self.request_id = src_dict["request_id"]
            _known = 7
        except KeyError:
            _known = 0
            if "type" in src_dict:
                self.type_ = src_dict["type"]
                _known += 1
            else:
                self.type_ = ABSENT
            if "title" in src_dict:
                self.title = src_dict["title"]
                _known += 1
            else:
                self.title = ABSENT
            if "status" in src_dict:
                self.status = src_dict["status"]
                _known += 1
            else:
                self.status = ABSENT
            if "detail" in src_dict:
                self.detail = src_dict["detail"]
                _known += 1
            else:
                self.detail = ABSENT
            if "code" in src_dict:
                self.code = src_dict["code"]
                _known += 1
            else:
                self.code = ABSENT
            if "hint" in src_dict:
                self.hint = src_dict["hint"]
                _known += 1
            else:
                self.hint = ABSENT
            if "request_id" in src_dict:
                self.request_id = src_dict["request_id"]
                _known += 1
            else:
                self.request_id = ABSENT
        if "errors" in src_dict:
            self.errors = [ProblemLocation.from_dict(item) for item in src_dict["errors"]]
            _known += 1
        else:
            self.errors = UNSET
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
        "type",
        "title",
        "status",
        "detail",
        "code",
        "hint",
        "request_id",
        "errors",
    )
)

from ..models.problem_location import ProblemLocation  # noqa: E402
