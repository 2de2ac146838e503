# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.key_scope import KeyScope, parse_key_scope
from ..types import ABSENT, UNSET, Unset


@_attrs_define
class AccessCheck:
    """Whether an account may call an operation.

    Attributes:
        operation (str):
        user_id (str):
        username (str):
        allowed (bool):
        scope (KeyScope): What a key can be used for, from lowest to highest. Each scope includes those before it.
            `read` changes nothing, `write` changes content, `admin` also changes who has access. A key can never do more
            than its owner.
        code (str | Unset): The code of the refusal, such as `forbidden` or `project_not_found`. Absent if the account
            is allowed.
        reason (str | Unset): Why the account is not allowed.
        needs (AccessLevel | Unset): A role or permission, and what it is on.
        has (AccessLevel | Unset): A role or permission, and what it is on.
    """

    operation: str

    user_id: str

    username: str

    allowed: bool

    scope: KeyScope

    code: str | Unset = UNSET

    reason: str | Unset = UNSET

    needs: AccessLevel | Unset = UNSET

    has: AccessLevel | Unset = UNSET

    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {
            "operation": self.operation,
            "user_id": self.user_id,
            "username": self.username,
            "allowed": self.allowed,
            "scope": self.scope._value_,
        }
        if self.code is not UNSET:
            field_dict["code"] = self.code
        if self.reason is not UNSET:
            field_dict["reason"] = self.reason
        if self.needs is not UNSET:
            field_dict["needs"] = self.needs.to_dict()
        if self.has is not UNSET:
            field_dict["has"] = self.has.to_dict()
        if self.additional_properties:
            return {**self.additional_properties, **field_dict}
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        self = cls.__new__(cls)
        try:
            self.operation = src_dict["operation"]
            self.user_id = src_dict["user_id"]
            self.username = src_dict["username"]
            self.allowed = src_dict["allowed"]
            self.scope = parse_key_scope(src_dict["scope"])
            _known = 5
        except KeyError:
            _known = 0
            if "operation" in src_dict:
                self.operation = src_dict["operation"]
                _known += 1
            else:
                self.operation = ABSENT
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
            if "allowed" in src_dict:
                self.allowed = src_dict["allowed"]
                _known += 1
            else:
                self.allowed = ABSENT
            if "scope" in src_dict:
                self.scope = parse_key_scope(src_dict["scope"])
                _known += 1
            else:
                self.scope = ABSENT
        if "code" in src_dict:
            self.code = src_dict["code"]
            _known += 1
        else:
            self.code = UNSET
        if "reason" in src_dict:
            self.reason = src_dict["reason"]
            _known += 1
        else:
            self.reason = UNSET
        if "needs" in src_dict:
            self.needs = AccessLevel.from_dict(src_dict["needs"])
            _known += 1
        else:
            self.needs = UNSET
        if "has" in src_dict:
            self.has = AccessLevel.from_dict(src_dict["has"])
            _known += 1
        else:
            self.has = UNSET
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
        "operation",
        "user_id",
        "username",
        "allowed",
        "scope",
        "code",
        "reason",
        "needs",
        "has",
    )
)

from ..models.access_level import AccessLevel  # noqa: E402
