"""Measuring: whole processes, loops, and which core they run on."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping

SERVER_CORE, CLIENT_CORE = 0, 1


def pin(process: int, core: int) -> None:
    """Keep a process (0 is this one) on one core, where the system can do that and has it."""
    if hasattr(os, "sched_setaffinity") and (os.cpu_count() or 1) > core:
        os.sched_setaffinity(process, {core})


def process_seconds(code: str, environment: Mapping[str, str]) -> float:
    """How long a fresh interpreter takes to run some code, from start to exit."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True, env=dict(environment), stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def per_call(call: Callable[[], object], seconds: float, clock: Callable[[], float]) -> float:
    """Seconds of a clock that one call takes, over about as many seconds of wall time."""
    count = 0
    began, stop = clock(), time.perf_counter() + seconds
    while time.perf_counter() < stop:
        for _ in range(10):
            call()
        count += 10
    return (clock() - began) / count
