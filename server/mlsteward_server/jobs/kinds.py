"""What an operation says about its job: how to do one step.

A kind of job is declared in the domain of its operation, as a `JobKind`. There is no other list. The router answers
such an operation with `202` and the job; a runner then carries out step after step.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from mlsteward_server.storage.engine import Storage

STEP_SECONDS = 0.25
"""How long a step should take, in seconds. A runner keeps a job for much longer than that."""


@dataclass(frozen=True, slots=True)
class Work:
    """What a step gets.

    Attributes:
        storage: The database and the file storage. A step opens transactions of its own, and keeps them short.
        arguments: What the operation was called with.
        state: What the step before it returned. Empty for the first step.
        stopping: Set when this process ends.
    """

    storage: Storage
    arguments: Mapping[str, Any]
    state: Mapping[str, Any]
    stopping: threading.Event
    _until: float = field(default_factory=lambda: time.monotonic() + STEP_SECONDS)

    @property
    def is_over(self) -> bool:
        """Whether the step has taken long enough or the process ends, and the step should return."""
        return self.stopping.is_set() or time.monotonic() >= self._until


@dataclass(frozen=True, slots=True)
class Progress:
    """What a step has done.

    Attributes:
        state: What the next step needs, as JSON.
        done: How much of the job is done.
        total: How much there is to do. None if nobody knows.
        result: What the job answers with, as JSON, if this was the last step.
    """

    state: Mapping[str, Any]
    done: int
    total: int | None = None
    result: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class JobKind:
    """How to carry out the jobs of an operation.

    Attributes:
        operation: The `operationId`.
        step: Does one step. If the process dies during a step, or before its progress is stored, the same step is
            done again: doing it twice must be the same as doing it once.
    """

    operation: str
    step: Callable[[Work], Progress]


@dataclass(frozen=True, slots=True)
class Accepted:
    """The answer of an operation that starts a job.

    Attributes:
        job: The job, as the API shows it.
    """

    job: Any
