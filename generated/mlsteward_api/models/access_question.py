# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from ..types import ABSENT, UNSET, Unset


@_attrs_define
class AccessQuestion:
    """
    Attributes:
        operation (str): The operation, by its `operationId`, such as `delete_project`.
        user (str | Unset): The account: its id, email address or username. Default: the caller.
        object_ (str | Unset): The project, dataset or experiment of the workspace: its id, its name, or
            `workspace:name`. The name of an experiment is its short id. Absent if the operation is about the workspace.
    """

    operation: str

    user: str | Unset = UNSET

    object_: str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {
            "operation": self.operation,
        }
        if self.user is not UNSET:
            field_dict["user"] = self.user
        if self.object_ is not UNSET:
            field_dict["object"] = self.object_
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        self = cls.__new__(cls)
        try:
            self.operation = src_dict["operation"]
        except KeyError:
            if "operation" in src_dict:
                self.operation = src_dict["operation"]
            else:
                self.operation = ABSENT
        if "user" in src_dict:
            self.user = src_dict["user"]
        else:
            self.user = UNSET
        if "object" in src_dict:
            self.object_ = src_dict["object"]
        else:
            self.object_ = UNSET
        return self
