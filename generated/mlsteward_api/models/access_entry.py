# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.access_object_type import AccessObjectType, parse_access_object_type
from ..models.access_rule import AccessRule, parse_access_rule
from ..models.account_kind import AccountKind, parse_account_kind
from ..types import ABSENT, UNSET, Unset


@_attrs_define
class AccessEntry:
    """The role or permission of one account in one project or dataset, and the rule that gives it.

    Attributes:
        object_type (AccessObjectType):
        object_id (str):
        object_name (str):
        user_id (str):
        username (str):
        kind (AccountKind): Whether the account belongs to a person or to a program.
        rule (AccessRule): The rule that gives an account its role. `operator`: the account operates the platform.
            `admin`: the account is an admin of the workspace. For a dataset, `own_grant`, `group_grant`, or `default`, the
            default permission of members. For a project, `roster`, `visibility`, which gives members a role, or `public`,
            for a public project. `none`: no rule applies.
        role (str | Unset): A project role or a dataset permission. Absent if the account has no role in the project.
        group (str | Unset): The group whose grant gives the permission.
    """

    object_type: AccessObjectType

    object_id: str

    object_name: str

    user_id: str

    username: str

    kind: AccountKind

    rule: AccessRule

    role: str | Unset = UNSET

    group: str | Unset = UNSET

    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {
            "object_type": self.object_type._value_,
            "object_id": self.object_id,
            "object_name": self.object_name,
            "user_id": self.user_id,
            "username": self.username,
            "kind": self.kind._value_,
            "rule": self.rule._value_,
        }
        if self.role is not UNSET:
            field_dict["role"] = self.role
        if self.group is not UNSET:
            field_dict["group"] = self.group
        if self.additional_properties:
            return {**self.additional_properties, **field_dict}
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        self = cls.__new__(cls)
        try:
            self.object_type = parse_access_object_type(src_dict["object_type"])
            self.object_id = src_dict["object_id"]
            self.object_name = src_dict["object_name"]
            self.user_id = src_dict["user_id"]
            self.username = src_dict["username"]
            self.kind = parse_account_kind(src_dict["kind"])
            self.rule = parse_access_rule(src_dict["rule"])
            _known = 7
        except KeyError:
            _known = 0
            if "object_type" in src_dict:
                self.object_type = parse_access_object_type(src_dict["object_type"])
                _known += 1
            else:
                self.object_type = ABSENT
            if "object_id" in src_dict:
                self.object_id = src_dict["object_id"]
                _known += 1
            else:
                self.object_id = ABSENT
            if "object_name" in src_dict:
                self.object_name = src_dict["object_name"]
                _known += 1
            else:
                self.object_name = ABSENT
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
            if "kind" in src_dict:
                self.kind = parse_account_kind(src_dict["kind"])
                _known += 1
            else:
                self.kind = ABSENT
            if "rule" in src_dict:
                self.rule = parse_access_rule(src_dict["rule"])
                _known += 1
            else:
                self.rule = ABSENT
        if "role" in src_dict:
            self.role = src_dict["role"]
            _known += 1
        else:
            self.role = UNSET
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
        "object_type",
        "object_id",
        "object_name",
        "user_id",
        "username",
        "kind",
        "rule",
        "role",
        "group",
    )
)
