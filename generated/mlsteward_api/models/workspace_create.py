# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.plan_update import PlanUpdate


T = TypeVar("T", bound="WorkspaceCreate")


@_attrs_define
class WorkspaceCreate:
    """
    Attributes:
        name (str): Letters, digits, `-` and `_`; unique whatever the case.
        admin (str | Unset): The account that becomes the first admin, by id, email or username; the caller where
            absent.
        plan (PlanUpdate | Unset):
    """

    name: str
    admin: str | Unset = UNSET
    plan: PlanUpdate | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        name = self.name

        admin = self.admin

        plan: dict[str, Any] | Unset = UNSET
        if not isinstance(self.plan, Unset):
            plan = self.plan.to_dict()

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "name": name,
            }
        )
        if admin is not UNSET:
            field_dict["admin"] = admin
        if plan is not UNSET:
            field_dict["plan"] = plan

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.plan_update import PlanUpdate  # noqa: PLC0415

        d = dict(src_dict)
        name = d.pop("name")

        admin = d.pop("admin", UNSET)

        _plan = d.pop("plan", UNSET)
        plan: PlanUpdate | Unset
        if isinstance(_plan, Unset):
            plan = UNSET
        else:
            plan = PlanUpdate.from_dict(_plan)

        workspace_create = cls(
            name=name,
            admin=admin,
            plan=plan,
        )

        return workspace_create
