# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from ..types import ABSENT, UNSET, Unset


@_attrs_define
class WorkspaceCreate:
    """
    Attributes:
        name (str): Use only letters, digits, `-` and `_`. Names are unique (case-insensitive).
        admin (str | Unset): The account that becomes the first admin: its id, email address or username. Default: the
            caller.
        plan (PlanUpdate | Unset):
    """

    name: str

    admin: str | Unset = UNSET

    plan: PlanUpdate | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {
            "name": self.name,
        }
        if self.admin is not UNSET:
            field_dict["admin"] = self.admin
        if self.plan is not UNSET:
            field_dict["plan"] = self.plan.to_dict()
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        self = cls.__new__(cls)
        try:
            self.name = src_dict["name"]
        except KeyError:
            if "name" in src_dict:
                self.name = src_dict["name"]
            else:
                self.name = ABSENT
        if "admin" in src_dict:
            self.admin = src_dict["admin"]
        else:
            self.admin = UNSET
        if "plan" in src_dict:
            self.plan = PlanUpdate.from_dict(src_dict["plan"])
        else:
            self.plan = UNSET
        return self


from ..models.plan_update import PlanUpdate  # noqa: E402
