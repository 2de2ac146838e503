"""Experiments and their assets."""

from __future__ import annotations

from datetime import datetime

from attrs import frozen

from mlsteward.records.enums import ExperimentStatus
from mlsteward.records.record import Record
from mlsteward.records.wire import enum_of, reader, wire


@frozen(repr=False)
class Experiment(Record):
    """One run of a program, and its results.

    Attributes:
        short_id: The key of the project and a number, such as `CLS-26`; unique in the workspace.
        workspace: Name of the workspace.
        project: Name of the project.
        name: Does not have to be unique.
        status: `running`, `finished`, or `stopped`, not by the program that ran it.
        started_at: In UTC.
        last_updated: In UTC.
        started_by: Username; None if that account was deleted.
        ended_at: In UTC; None while it is running.
    """

    _identified_by = "id"

    id: str = wire("id")
    short_id: str = wire("short_id")
    workspace: str = wire("workspace")
    project: str = wire("project")
    name: str = wire("name")
    status: ExperimentStatus | str = wire("status", read=enum_of(ExperimentStatus))
    started_at: datetime = wire("started_at")
    last_updated: datetime = wire("last_updated")
    started_by: str | None = wire("started_by", optional=True)
    ended_at: datetime | None = wire("ended_at", optional=True)


@frozen(repr=False)
class Asset(Record):
    """A file of an experiment.

    Attributes:
        name: The name of the file. It does not have to be unique.
        size: In bytes.
        sha256: The SHA-256 of its content, in hexadecimal.
        created_at: In UTC.
        step: The step of the experiment that it belongs to.
    """

    _identified_by = "id"

    id: str = wire("id")
    name: str = wire("name")
    size: int = wire("size")
    sha256: str = wire("sha256")
    created_at: datetime = wire("created_at")
    step: int | None = wire("step", optional=True)


read_experiment = reader(Experiment)
read_asset = reader(Asset)
