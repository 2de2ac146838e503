"""What a fork must not share: no connection to a database crosses one.

A process that uses a SQLite file knows in its memory which locks it holds. A child inherits that knowledge but not the
locks: it waits for ever for one that nobody holds, or loses what it wrote when its parent closes the file. So the file
is closed before a fork, and each side opens it when it needs it. Threads that are in the middle of something are waited
for. If they take too long, the child is told why it cannot use the database.
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
"""How long a fork waits for other threads."""


class UnusableAfterFork(Exception):
    """A child cannot use a database of the process it was forked from; the message says what to do."""


class Forkable(Protocol):
    """What is told of forks."""

    def close_for_fork(self) -> None:
        """The process is about to fork, and nobody uses the database."""

    def after_fork_in_child(self, *, was_idle: bool) -> None:
        """This is the child."""


_forkables: WeakSet[Forkable] = WeakSet()
_inside: dict[object, int] = {}
"""The thread of each piece of work that is under way."""
_gate: threading.Event | None = None
"""What those wait for who begin while the process forks."""
_one_at_a_time = threading.Lock()
_idle = True

register: Callable[[Forkable], None] = _forkables.add


def enter() -> object:
    """Begin work on a database.

    Returns:
        What to give to `leave`.
    """
    work = object()
    thread = threading.get_ident()
    # Said before looking at the gate: whoever closes it looks at what is inside after that.
    _inside[work] = thread
    while (gate := _gate) is not None and list(_inside.values()).count(thread) == 1:
        del _inside[work]
        gate.wait(WAIT_SECONDS)
        _inside[work] = thread
    return work


def leave(work: object) -> None:
    """End what `enter` began. It may be in another thread."""
    _inside.pop(work, None)


@contextmanager
def working() -> Iterator[None]:
    """Work on a database, in a block."""
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
                # A fork cannot be refused; the child is told.
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
