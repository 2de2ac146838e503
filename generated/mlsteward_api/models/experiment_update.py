# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from ..models.experiment_status import ExperimentStatus, parse_experiment_status
from ..types import UNSET, Unset


@_attrs_define
class ExperimentUpdate:
    """
    Attributes:
        name (str | Unset): Use any text without control characters. The name does not need to be unique.
        status (ExperimentStatus | Unset): `stopped`: someone other than the program that ran the experiment ended it.
    """

    name: str | Unset = UNSET

    status: ExperimentStatus | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}
        if self.name is not UNSET:
            field_dict["name"] = self.name
        if self.status is not UNSET:
            field_dict["status"] = self.status._value_
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        self = cls.__new__(cls)
        if "name" in src_dict:
            self.name = src_dict["name"]
        else:
            self.name = UNSET
        if "status" in src_dict:
            self.status = parse_experiment_status(src_dict["status"])
        else:
            self.status = UNSET
        return self
