"""Keep forked processes from sharing connections to a database.

A process that uses a SQLite file keeps a list of its locks in memory. A forked child inherits the list but not the
locks: it can wait forever for a lock that nobody holds, or lose its writes when the parent closes the file. So the file
is closed before a fork, and each process opens it again when needed. The fork waits for threads that use the database.
If they take too long, the child gets an error when it uses the database.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final, Protocol
from weakref import WeakSet

WAIT_SECONDS: Final = 2.0
"""How long a fork waits for other threads, in seconds."""


class UnusableAfterFork(Exception):
    """A forked child cannot use a database of its parent. The message says what to do."""


class Forkable(Protocol):
    """An object that needs to know of forks."""

    def close_for_fork(self) -> None:
        """Called before the process forks, while no thread uses the database."""

    def after_fork_in_child(self, *, was_idle: bool) -> None:
        """Called in the child.

        Args:
            was_idle: Whether no thread used the database when the process forked.
        """


_forkables: WeakSet[Forkable] = WeakSet()
_inside: dict[object, int] = {}
"""The thread of each running piece of work."""
_gate: threading.Event | None = None
"""New work waits for this event while the process forks."""
_one_at_a_time = threading.Lock()
_idle = True

register: Callable[[Forkable], None] = _forkables.add


def enter() -> object:
    """Begin work on a database.

    Returns:
        The value to pass to `leave`.
    """
    work = object()
    thread = threading.get_ident()
    # Register before checking the gate, because the fork closes the gate before it checks what is registered.
    _inside[work] = thread
    while (gate := _gate) is not None and list(_inside.values()).count(thread) == 1:
        del _inside[work]
        gate.wait(WAIT_SECONDS)
        _inside[work] = thread
    return work


def leave(work: object) -> None:
    """End the work that `enter` began. Can be called in another thread."""
    _inside.pop(work, None)


@contextmanager
def working() -> Iterator[None]:
    """Register work on a database for the duration of the block."""
    work = enter()
    try:
        yield
    finally:
        leave(work)


def _before() -> None:
    global _gate, _idle
    _one_at_a_time.acquire()
    me = threading.get_ident()
    _gate = threading.Event()
    deadline = time.monotonic() + WAIT_SECONDS
    while any(thread != me for thread in list(_inside.values())) and time.monotonic() < deadline:
        time.sleep(0.001)
    _idle = not _inside
    if _idle:
        for forkable in list(_forkables):
            try:
                forkable.close_for_fork()
            except Exception:
                # A fork cannot be refused, so the child gets the error.
                _idle = False


def _open_gate() -> None:
    global _gate
    gate, _gate = _gate, None
    if gate is not None:
        gate.set()
    _one_at_a_time.release()


def _after_in_child() -> None:
    _inside.clear()
    for forkable in list(_forkables):
        forkable.after_fork_in_child(was_idle=_idle)
    _open_gate()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(before=_before, after_in_parent=_open_gate, after_in_child=_after_in_child)
