# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.bulk_outcome import BulkOutcome, parse_bulk_outcome
from ..types import ABSENT, UNSET, Unset


@_attrs_define
class BulkRow:
    """
    Attributes:
        number (int): Which row of the request it is, counted from 1.
        outcome (BulkOutcome): `refused`: nothing was changed for this row, and `problem` says why. The other rows do
            not depend on it.
        name (str | Unset): What the row is about: its username, email address or name.
        problem (BulkProblem | Unset): Why a row was refused. The request that it stands for would have been refused in
            the same way.
    """

    number: int

    outcome: BulkOutcome

    name: str | Unset = UNSET

    problem: BulkProblem | Unset = UNSET

    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {
            "number": self.number,
            "outcome": self.outcome._value_,
        }
        if self.name is not UNSET:
            field_dict["name"] = self.name
        if self.problem is not UNSET:
            field_dict["problem"] = self.problem.to_dict()
        if self.additional_properties:
            return {**self.additional_properties, **field_dict}
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        self = cls.__new__(cls)
        try:
            self.number = src_dict["number"]
            self.outcome = parse_bulk_outcome(src_dict["outcome"])
            _known = 2
        except KeyError:
            _known = 0
            if "number" in src_dict:
                self.number = src_dict["number"]
                _known += 1
            else:
                self.number = ABSENT
            if "outcome" in src_dict:
                self.outcome = parse_bulk_outcome(src_dict["outcome"])
                _known += 1
            else:
                self.outcome = ABSENT
        if "name" in src_dict:
            self.name = src_dict["name"]
            _known += 1
        else:
            self.name = UNSET
        if "problem" in src_dict:
            self.problem = BulkProblem.from_dict(src_dict["problem"])
            _known += 1
        else:
            self.problem = UNSET
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
        "number",
        "outcome",
        "name",
        "problem",
    )
)

from ..models.bulk_problem import BulkProblem  # noqa: E402
