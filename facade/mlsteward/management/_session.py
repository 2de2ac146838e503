"""Which client the flat functions use.

In order:

1. the innermost `with connect(...)` of this context, that is, of this thread or task;
2. the last `connect(...)` without `with` that is still open;
3. the last `with connect(...)` of any thread that is still open: threads do not inherit the context they
   are started in, and what a block starts must not end up on another server than the block;
4. a client for what the environment says at the moment of the call, kept for as long as it says the same.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar, Token
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mlsteward.client import Steward

ENVIRONMENT = (
    "MLSTEWARD_URL",
    "MLSTEWARD_PATH",
    "MLSTEWARD_API_TOKEN",
    "NEPTUNE_API_TOKEN",
    "MLSTEWARD_WORKSPACE",
    "MLSTEWARD_PROFILE",
    "MLSTEWARD_CONFIG",
)
"""What a script may change between two calls, and expects to count."""

_lock = threading.Lock()
_in_block: ContextVar[Steward | None] = ContextVar("mlsteward_management", default=None)
_of_process: list[Steward] = []
_blocks: list[Steward] = []
_of_environment: _OfEnvironment | None = None


def _forget_the_lock() -> None:
    """In a child: a thread that does not exist there may have held it."""
    global _lock
    _lock = threading.Lock()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget_the_lock)


@contextmanager
def client(api_token: str | None) -> Iterator[Steward]:
    """The client for one call, for as long as the call takes.

    Args:
        api_token: The argument of the function: another account on the same server.
    """
    with _borrowed() as steward:
        yield steward if api_token is None else steward.as_account(api_token)


@contextmanager
def _borrowed() -> Iterator[Steward]:
    steward = _in_block.get() or _of_others()
    if steward is not None:
        yield steward
        return
    found = _for_environment()
    try:
        yield found.steward
    finally:
        _give_back(found)


def _of_others() -> Steward | None:
    with _lock:
        opened = _of_process or _blocks
        return opened[-1] if opened else None


class _OfEnvironment:
    """A client for what the environment said, and how many calls are using it."""

    def __init__(self, said: tuple[str | None, ...]) -> None:
        from mlsteward.client import Steward

        self.said = said
        self.steward = Steward()
        self.calls = 0


def _for_environment() -> _OfEnvironment:
    global _of_environment
    says = tuple(os.environ.get(name) for name in ENVIRONMENT)
    with _lock:
        before = _of_environment
        if before is None or before.said != says:
            _of_environment = _OfEnvironment(says)
            if before is not None and before.calls == 0:
                before.steward.close()
        assert _of_environment is not None
        _of_environment.calls += 1
        return _of_environment


def _give_back(used: _OfEnvironment) -> None:
    with _lock:
        used.calls -= 1
        # The environment may have changed in the middle of the call, in another thread.
        if used.calls == 0 and used is not _of_environment:
            used.steward.close()


def reload() -> None:
    """Forget the client for the environment: the next call reads the whole configuration anew."""
    global _of_environment
    with _lock:
        before, _of_environment = _of_environment, None
        # One that is in use is closed by the last call that gives it back.
        if before is not None and before.calls == 0:
            before.steward.close()


def enter_process(steward: Steward) -> None:
    """Use a client for the rest of the process."""
    with _lock:
        _of_process.append(steward)


def enter_block(steward: Steward) -> Token[Steward | None]:
    """A `with` begins: the client is for the block only, no longer for the process."""
    forget(steward)
    with _lock:
        _blocks.append(steward)
    return _in_block.set(steward)


def leave_block(token: Token[Steward | None]) -> None:
    """A `with` ends."""
    try:
        _in_block.reset(token)
    except ValueError:
        # It began in another context, as fixtures and generators can; there is nothing to undo in this one.
        pass


def forget(steward: Steward) -> None:
    """Take back what `connect` said."""
    with _lock:
        for opened in (_of_process, _blocks):
            opened[:] = [other for other in opened if other is not steward]
