# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.workspace_role import WorkspaceRole, parse_workspace_role
from ..types import ABSENT, UNSET, Unset


@_attrs_define
class Offboarding:
    """What a person holds in a workspace, and what offboarding does with it.

    Attributes:
        user_id (str):
        username (str):
        role (WorkspaceRole): `admin` can manage people and projects. `member` can create projects, and has access
            through the visibility of projects. `collaborator` and `guest` can only access what they were added to.
        deletes_account (bool): Whether the account and its API keys are deleted because this is their last workspace.
        holdings (list[Holding]):
        blockers (list[OffboardingBlocker]): Empty if the person can be offboarded.
        successor (str | Unset): Username of the successor.
    """

    user_id: str

    username: str

    role: WorkspaceRole

    deletes_account: bool

    holdings: list[Holding]

    blockers: list[OffboardingBlocker]

    successor: str | Unset = UNSET

    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {
            "user_id": self.user_id,
            "username": self.username,
            "role": self.role._value_,
            "deletes_account": self.deletes_account,
            "holdings": [item.to_dict() for item in self.holdings],
            "blockers": [item.to_dict() for item in self.blockers],
        }
        if self.successor is not UNSET:
            field_dict["successor"] = self.successor
        if self.additional_properties:
            return {**self.additional_properties, **field_dict}
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        self = cls.__new__(cls)
        try:
            self.user_id = src_dict["user_id"]
            self.username = src_dict["username"]
            self.role = parse_workspace_role(src_dict["role"])
            self.deletes_account = src_dict["deletes_account"]
            self.holdings = [Holding.from_dict(item) for item in src_dict["holdings"]]
            self.blockers = [OffboardingBlocker.from_dict(item) for item in src_dict["blockers"]]
            _known = 6
        except KeyError:
            _known = 0
            if "user_id" in src_dict:
                self.user_id = src_dict["user_id"]
                _known += 1
            else:
                self.user_id = ABSENT
            if "username" in src_dict:
                self.username = src_dict["username"]
                _known += 1
            else:
                self.username = ABSENT
            if "role" in src_dict:
                self.role = parse_workspace_role(src_dict["role"])
                _known += 1
            else:
                self.role = ABSENT
            if "deletes_account" in src_dict:
                self.deletes_account = src_dict["deletes_account"]
                _known += 1
            else:
                self.deletes_account = ABSENT
            if "holdings" in src_dict:
                self.holdings = [Holding.from_dict(item) for item in src_dict["holdings"]]
                _known += 1
            else:
                self.holdings = ABSENT
            if "blockers" in src_dict:
                self.blockers = [OffboardingBlocker.from_dict(item) for item in src_dict["blockers"]]
                _known += 1
            else:
                self.blockers = ABSENT
        if "successor" in src_dict:
            self.successor = src_dict["successor"]
            _known += 1
        else:
            self.successor = UNSET
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
        "user_id",
        "username",
        "role",
        "deletes_account",
        "holdings",
        "blockers",
        "successor",
    )
)

from ..models.holding import Holding  # noqa: E402
from ..models.offboarding_blocker import OffboardingBlocker  # noqa: E402
