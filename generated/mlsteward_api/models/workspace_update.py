# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.plan_update import PlanUpdate


T = TypeVar("T", bound="WorkspaceUpdate")


@_attrs_define
class WorkspaceUpdate:
    """
    Attributes:
        plan (PlanUpdate | Unset):
    """

    plan: PlanUpdate | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        plan: dict[str, Any] | Unset = UNSET
        if not isinstance(self.plan, Unset):
            plan = self.plan.to_dict()

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if plan is not UNSET:
            field_dict["plan"] = plan

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.plan_update import PlanUpdate  # noqa: PLC0415

        d = dict(src_dict)
        _plan = d.pop("plan", UNSET)
        plan: PlanUpdate | Unset
        if isinstance(_plan, Unset):
            plan = UNSET
        else:
            plan = PlanUpdate.from_dict(_plan)

        workspace_update = cls(
            plan=plan,
        )

        return workspace_update
