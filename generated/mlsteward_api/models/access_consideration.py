# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.access_rule import AccessRule, parse_access_rule
from ..types import ABSENT, UNSET, Unset


@_attrs_define
class AccessConsideration:
    """One rule that applies to an account.

    Attributes:
        rule (AccessRule): The rule that gives an account its role. `operator`: the account operates the platform.
            `admin`: the account is an admin of the workspace. For a dataset, `own_grant`, `group_grant`, or `default`, the
            default permission of members. For a project, `roster`, `visibility`, which gives members a role, or `public`,
            for a public project. `none`: no rule applies.
        role (str): The role or permission that the rule gives.
        decides (bool): Whether this rule gives the effective role.
        group (str | Unset):
    """

    rule: AccessRule

    role: str

    decides: bool

    group: str | Unset = UNSET

    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {
            "rule": self.rule._value_,
            "role": self.role,
            "decides": self.decides,
        }
        if self.group is not UNSET:
            field_dict["group"] = self.group
        if self.additional_properties:
            return {**self.additional_properties, **field_dict}
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        self = cls.__new__(cls)
        try:
            self.rule = parse_access_rule(src_dict["rule"])
            self.role = src_dict["role"]
            self.decides = src_dict["decides"]
            _known = 3
        except KeyError:
            _known = 0
            if "rule" in src_dict:
                self.rule = parse_access_rule(src_dict["rule"])
                _known += 1
            else:
                self.rule = ABSENT
            if "role" in src_dict:
                self.role = src_dict["role"]
                _known += 1
            else:
                self.role = ABSENT
            if "decides" in src_dict:
                self.decides = src_dict["decides"]
                _known += 1
            else:
                self.decides = ABSENT
        if "group" in src_dict:
            self.group = src_dict["group"]
            _known += 1
        else:
            self.group = UNSET
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
        "rule",
        "role",
        "decides",
        "group",
    )
)
