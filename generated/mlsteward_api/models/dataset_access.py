# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.access_rule import AccessRule, parse_access_rule
from ..models.dataset_permission import DatasetPermission, parse_dataset_permission
from ..types import ABSENT, UNSET, Unset


@_attrs_define
class DatasetAccess:
    """The effective permission of one account on one dataset, and the rule that gives it.

    Attributes:
        dataset_id (str):
        dataset (str): Name of the dataset.
        user_id (str):
        username (str):
        permission (DatasetPermission): A permission on a dataset, from lowest to highest. Each permission includes
            those before it.
        rule (AccessRule): The rule that gives an account its role. `operator`: the account operates the platform.
            `admin`: the account is an admin of the workspace. For a dataset, `own_grant`, `group_grant`, or `default`, the
            default permission of members. For a project, `roster`, `visibility`, which gives members a role, or `public`,
            for a public project. `none`: no rule applies.
        name (str | Unset):
        surname (str | Unset):
        email (str | Unset):
        group (str | Unset): The group whose grant gives the permission.
    """

    dataset_id: str

    dataset: str

    user_id: str

    username: str

    permission: DatasetPermission

    rule: AccessRule

    name: str | Unset = UNSET

    surname: str | Unset = UNSET

    email: str | Unset = UNSET

    group: str | Unset = UNSET

    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {
            "dataset_id": self.dataset_id,
            "dataset": self.dataset,
            "user_id": self.user_id,
            "username": self.username,
            "permission": self.permission._value_,
            "rule": self.rule._value_,
        }
        if self.name is not UNSET:
            field_dict["name"] = self.name
        if self.surname is not UNSET:
            field_dict["surname"] = self.surname
        if self.email is not UNSET:
            field_dict["email"] = self.email
        if self.group is not UNSET:
            field_dict["group"] = self.group
        if self.additional_properties:
            return {**self.additional_properties, **field_dict}
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        self = cls.__new__(cls)
        try:
            self.dataset_id = src_dict["dataset_id"]
            self.dataset = src_dict["dataset"]
            self.user_id = src_dict["user_id"]
            self.username = src_dict["username"]
            self.permission = parse_dataset_permission(src_dict["permission"])
            self.rule = parse_access_rule(src_dict["rule"])
            _known = 6
        except KeyError:
            _known = 0
            if "dataset_id" in src_dict:
                self.dataset_id = src_dict["dataset_id"]
                _known += 1
            else:
                self.dataset_id = ABSENT
            if "dataset" in src_dict:
                self.dataset = src_dict["dataset"]
                _known += 1
            else:
                self.dataset = ABSENT
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
            if "permission" in src_dict:
                self.permission = parse_dataset_permission(src_dict["permission"])
                _known += 1
            else:
                self.permission = ABSENT
            if "rule" in src_dict:
                self.rule = parse_access_rule(src_dict["rule"])
                _known += 1
            else:
                self.rule = ABSENT
        if "name" in src_dict:
            self.name = src_dict["name"]
            _known += 1
        else:
            self.name = UNSET
        if "surname" in src_dict:
            self.surname = src_dict["surname"]
            _known += 1
        else:
            self.surname = UNSET
        if "email" in src_dict:
            self.email = src_dict["email"]
            _known += 1
        else:
            self.email = UNSET
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
        "dataset_id",
        "dataset",
        "user_id",
        "username",
        "permission",
        "rule",
        "name",
        "surname",
        "email",
        "group",
    )
)
