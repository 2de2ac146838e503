# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.job_status import JobStatus, parse_job_status
from ..types import ABSENT, UNSET, Unset, format_datetime, parse_datetime


@_attrs_define
class Job:
    """Work that an operation started, and that continues after its answer.

    Attributes:
        id (str):
        operation (str): The operation that started the job.
        status (JobStatus):
        progress (JobProgress):
        created_at (datetime.datetime):
        started_by (str | Unset): Username of the account that started it. Absent if it was deleted.
        started_at (datetime.datetime | Unset): Absent while the job is queued.
        finished_at (datetime.datetime | Unset): Absent until the job has succeeded or failed.
        problem (Problem | Unset): A problem (RFC 9457).
        result (JobResult | Unset): The result of a job. Its fields depend on the operation.
    """

    id: str

    operation: str

    status: JobStatus

    progress: JobProgress

    created_at: datetime.datetime

    started_by: str | Unset = UNSET

    started_at: datetime.datetime | Unset = UNSET

    finished_at: datetime.datetime | Unset = UNSET

    problem: Problem | Unset = UNSET

    result: JobResult | Unset = UNSET

    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {
            "id": self.id,
            "operation": self.operation,
            "status": self.status._value_,
            "progress": self.progress.to_dict(),
            "created_at": format_datetime(self.created_at),
        }
        if self.started_by is not UNSET:
            field_dict["started_by"] = self.started_by
        if self.started_at is not UNSET:
            field_dict["started_at"] = format_datetime(self.started_at)
        if self.finished_at is not UNSET:
            field_dict["finished_at"] = format_datetime(self.finished_at)
        if self.problem is not UNSET:
            field_dict["problem"] = self.problem.to_dict()
        if self.result is not UNSET:
            field_dict["result"] = self.result.to_dict()
        if self.additional_properties:
            return {**self.additional_properties, **field_dict}
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        self = cls.__new__(cls)
        try:
            self.id = src_dict["id"]
            self.operation = src_dict["operation"]
            self.status = parse_job_status(src_dict["status"])
            self.progress = JobProgress.from_dict(src_dict["progress"])
            self.created_at = parse_datetime(src_dict["created_at"])
            _known = 5
        except KeyError:
            _known = 0
            if "id" in src_dict:
                self.id = src_dict["id"]
                _known += 1
            else:
                self.id = ABSENT
            if "operation" in src_dict:
                self.operation = src_dict["operation"]
                _known += 1
            else:
                self.operation = ABSENT
            if "status" in src_dict:
                self.status = parse_job_status(src_dict["status"])
                _known += 1
            else:
                self.status = ABSENT
            if "progress" in src_dict:
                self.progress = JobProgress.from_dict(src_dict["progress"])
                _known += 1
            else:
                self.progress = ABSENT
            if "created_at" in src_dict:
                self.created_at = parse_datetime(src_dict["created_at"])
                _known += 1
            else:
                self.created_at = ABSENT
        if "started_by" in src_dict:
            self.started_by = src_dict["started_by"]
            _known += 1
        else:
            self.started_by = UNSET
        if "started_at" in src_dict:
            self.started_at = parse_datetime(src_dict["started_at"])
            _known += 1
        else:
            self.started_at = UNSET
        if "finished_at" in src_dict:
            self.finished_at = parse_datetime(src_dict["finished_at"])
            _known += 1
        else:
            self.finished_at = UNSET
        if "problem" in src_dict:
            self.problem = Problem.from_dict(src_dict["problem"])
            _known += 1
        else:
            self.problem = UNSET
        if "result" in src_dict:
            self.result = JobResult.from_dict(src_dict["result"])
            _known += 1
        else:
            self.result = UNSET
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
        "operation",
        "status",
        "progress",
        "created_at",
        "started_by",
        "started_at",
        "finished_at",
        "problem",
        "result",
    )
)

from ..models.job_progress import JobProgress  # noqa: E402
from ..models.job_result import JobResult  # noqa: E402
from ..models.problem import Problem  # noqa: E402
