# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.holding_kind import HoldingKind, parse_holding_kind
from ..types import ABSENT, UNSET, Unset


@_attrs_define
class Holding:
    """One thing that a person holds in a workspace.

    Attributes:
        kind (HoldingKind): `api_key_made`: a key that the person created for another account of the workspace.
            `sole_project`: nobody else on the roster is an owner. `sole_dataset`: nobody else has MANAGE through a grant of
            their own or of a group.
        id (str): The id of the project, group, dataset, key or invitation.
        name (str): The name of the project, group, dataset or key. For an invitation, the recipient.
        role (str | Unset): The project role, dataset permission or invited role.
        passes_to (str | Unset): Username of the successor who gets the object.
        user (str | Unset): For a key created for another account, the username of that account.
    """

    kind: HoldingKind

    id: str

    name: str

    role: str | Unset = UNSET

    passes_to: str | Unset = UNSET

    user: str | Unset = UNSET

    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {
            "kind": self.kind._value_,
            "id": self.id,
            "name": self.name,
        }
        if self.role is not UNSET:
            field_dict["role"] = self.role
        if self.passes_to is not UNSET:
            field_dict["passes_to"] = self.passes_to
        if self.user is not UNSET:
            field_dict["user"] = self.user
        if self.additional_properties:
            return {**self.additional_properties, **field_dict}
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        self = cls.__new__(cls)
        try:
            self.kind = parse_holding_kind(src_dict["kind"])
            self.id = src_dict["id"]
            self.name = src_dict["name"]
            _known = 3
        except KeyError:
            _known = 0
            if "kind" in src_dict:
                self.kind = parse_holding_kind(src_dict["kind"])
                _known += 1
            else:
                self.kind = ABSENT
            if "id" in src_dict:
                self.id = src_dict["id"]
                _known += 1
            else:
                self.id = ABSENT
            if "name" in src_dict:
                self.name = src_dict["name"]
                _known += 1
            else:
                self.name = ABSENT
        if "role" in src_dict:
            self.role = src_dict["role"]
            _known += 1
        else:
            self.role = UNSET
        if "passes_to" in src_dict:
            self.passes_to = src_dict["passes_to"]
            _known += 1
        else:
            self.passes_to = UNSET
        if "user" in src_dict:
            self.user = src_dict["user"]
            _known += 1
        else:
            self.user = UNSET
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
        "kind",
        "id",
        "name",
        "role",
        "passes_to",
        "user",
    )
)
