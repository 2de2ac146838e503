"""Several calls at once: as many as asked for, in order, and a failure reaches the caller."""

from __future__ import annotations

import asyncio
import contextvars
import threading
from collections.abc import Callable
from typing import Any

import pytest
from mlsteward import _concurrency

STEPS = 5.0


class Meeting:
    """Calls that only return once `size` of them run at the same time."""

    def __init__(self, size: int) -> None:
        self.barrier = threading.Barrier(size, timeout=STEPS)

    def call(self, value: int) -> Callable[[], int]:
        def meet() -> int:
            self.barrier.wait()
            return value

        return meet


def test_threads_run_at_the_same_time_and_in_order() -> None:
    meeting = Meeting(4)
    assert _concurrency.gather([meeting.call(n) for n in range(8)], at_once=4) == list(range(8))


def test_tasks_run_at_the_same_time_and_in_order() -> None:
    async def main() -> list[int]:
        arrived, most = 0, 0

        async def call(value: int) -> int:
            nonlocal arrived, most
            arrived += 1
            most = max(most, arrived)
            await _concurrency.asleep(0)
            arrived -= 1
            return value

        found = await _concurrency.agather([lambda n=n: call(n) for n in range(8)], at_once=3)  # type: ignore[misc]
        assert most == 3
        return found

    assert asyncio.run(main()) == list(range(8))


@pytest.mark.parametrize("kind", ["threads", "tasks"])
def test_a_failure_is_raised_and_what_waits_is_not_started(kind: str) -> None:
    started: list[int] = []

    def act(value: int) -> int:
        started.append(value)
        if value == 1:
            raise ValueError("1")
        return value

    async def aact(value: int) -> int:
        return act(value)

    def run() -> None:
        if kind == "threads":
            _concurrency.gather([lambda n=n: act(n) for n in range(5)], at_once=1)
        else:
            asyncio.run(_concurrency.agather([lambda n=n: aact(n) for n in range(5)], at_once=1))

    with pytest.raises(ValueError, match="1"):
        run()
    assert started == [0, 1]


def test_threads_see_the_context_of_the_caller() -> None:
    variable: contextvars.ContextVar[Any] = contextvars.ContextVar("variable", default=None)
    variable.set("here")
    assert _concurrency.gather([variable.get] * 3) == ["here"] * 3


def test_nothing_to_do() -> None:
    assert _concurrency.gather([]) == asyncio.run(_concurrency.agather([])) == []


def test_sleeping() -> None:
    _concurrency.sleep(0)
    asyncio.run(_concurrency.asleep(0))
