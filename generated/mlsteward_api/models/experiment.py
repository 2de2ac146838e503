# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.experiment_status import ExperimentStatus, parse_experiment_status
from ..types import ABSENT, UNSET, Unset, format_datetime, parse_datetime


@_attrs_define
class Experiment:
    """
    Attributes:
        id (str):
        short_id (str): The key of the project and a number, such as `CLS-26`. Unique in the workspace.
        workspace (str): Name of the workspace.
        project (str): Name of the project.
        name (str): Does not need to be unique.
        status (ExperimentStatus): `stopped`: someone other than the program that ran the experiment ended it.
        started_at (datetime.datetime):
        last_updated (datetime.datetime):
        started_by (str | Unset): Username of the account that created it. Absent if the account was deleted.
        ended_at (datetime.datetime | Unset): Absent while the experiment is running.
    """

    id: str

    short_id: str

    workspace: str

    project: str

    name: str

    status: ExperimentStatus

    started_at: datetime.datetime

    last_updated: datetime.datetime

    started_by: str | Unset = UNSET

    ended_at: datetime.datetime | Unset = UNSET

    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {
            "id": self.id,
            "short_id": self.short_id,
            "workspace": self.workspace,
            "project": self.project,
            "name": self.name,
            "status": self.status._value_,
            "started_at": format_datetime(self.started_at),
            "last_updated": format_datetime(self.last_updated),
        }
        if self.started_by is not UNSET:
            field_dict["started_by"] = self.started_by
        if self.ended_at is not UNSET:
            field_dict["ended_at"] = format_datetime(self.ended_at)
        if self.additional_properties:
            return {**self.additional_properties, **field_dict}
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        self = cls.__new__(cls)
        try:
            self.id = src_dict["id"]
            self.short_id = src_dict["short_id"]
            self.workspace = src_dict["workspace"]
            self.project = src_dict["project"]
            self.name = src_dict["name"]
            self.status = parse_experiment_status(src_dict["status"])
            self.started_at = parse_datetime(src_dict["started_at"])
            self.last_updated = parse_datetime(src_dict["last_updated"])
            _known = 8
        except KeyError:
            _known = 0
            if "id" in src_dict:
                self.id = src_dict["id"]
                _known += 1
            else:
                self.id = ABSENT
            if "short_id" in src_dict:
                self.short_id = src_dict["short_id"]
                _known += 1
            else:
                self.short_id = ABSENT
            if "workspace" in src_dict:
                self.workspace = src_dict["workspace"]
                _known += 1
            else:
                self.workspace = ABSENT
            if "project" in src_dict:
                self.project = src_dict["project"]
                _known += 1
            else:
                self.project = ABSENT
            if "name" in src_dict:
                self.name = src_dict["name"]
                _known += 1
            else:
                self.name = ABSENT
            if "status" in src_dict:
                self.status = parse_experiment_status(src_dict["status"])
                _known += 1
            else:
                self.status = ABSENT
            if "started_at" in src_dict:
                self.started_at = parse_datetime(src_dict["started_at"])
                _known += 1
            else:
                self.started_at = ABSENT
            if "last_updated" in src_dict:
                self.last_updated = parse_datetime(src_dict["last_updated"])
                _known += 1
            else:
                self.last_updated = ABSENT
        if "started_by" in src_dict:
            self.started_by = src_dict["started_by"]
            _known += 1
        else:
            self.started_by = UNSET
        if "ended_at" in src_dict:
            self.ended_at = parse_datetime(src_dict["ended_at"])
            _known += 1
        else:
            self.ended_at = UNSET
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
        "id",
        "short_id",
        "workspace",
        "project",
        "name",
        "status",
        "started_at",
        "last_updated",
        "started_by",
        "ended_at",
    )
)
