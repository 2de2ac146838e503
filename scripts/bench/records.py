"""What reading a record costs: the compiled reader of `records/wire.py` against a loop over the fields.

This is what pays for the `exec` there. Where the ratio comes near 1, the loop below takes its place.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, cast

import attrs
from mlsteward.records.projects import Project, read_project
from mlsteward.records.wire import READ, WIRE
from mlsteward_api.models.project import Project as ProjectModel

from bench.figures import Figure, Size, compare, microseconds
from bench.timing import CLIENT_CORE, per_call, pin
from bench.world import World

COUNT = 100
MODEL = {
    "id": "019a9f3e251275fe86d59a9685906844",
    "workspace": "ml-team",
    "name": "classification",
    "handle": "classification",
    "key": "CLS",
    "visibility": "workspace",
    "roster_policy": "owners",
    "created_at": datetime(2026, 1, 1, tzinfo=UTC).isoformat(),
    "last_updated": datetime(2026, 1, 1, tzinfo=UTC).isoformat(),
    "owner": "jackie",
}


def looping(record: type) -> Callable[[Any], Any]:
    """The same reader as plain code."""
    fields = [
        (field.name, field.metadata[WIRE][0], field.metadata[READ], field.default)
        for field in attrs.fields(cast(Any, record))
    ]

    def read(model: Any) -> Any:
        values = {}
        for name, wire, convert, default in fields:
            value = getattr(model, wire)
            if type(value).__name__ == "Unset":
                values[name] = default
            else:
                values[name] = value if convert is None else convert(value)
        return record(**values)

    return read


def measure(world: World, size: Size) -> list[Figure]:
    """Both read the same models."""
    pin(0, CLIENT_CORE)
    read_in_a_loop = looping(Project)
    models = [ProjectModel.from_dict(MODEL) for _ in range(COUNT)]
    assert [read_project(model) for model in models] == [read_in_a_loop(model) for model in models]
    rounds = [
        (
            per_call(lambda: [read_project(model) for model in models], size.seconds, time.process_time),
            per_call(lambda: [read_in_a_loop(model) for model in models], size.seconds, time.process_time),
        )
        for _ in range(size.rounds)
    ]
    return [
        compare(
            f"CPU of reading {COUNT} records, compiled",
            "a loop over the fields",
            rounds,
            target=0.7,
            show=microseconds,
        )
    ]
