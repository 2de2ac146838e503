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
from contextvars import ContextVar, Token
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mlsteward.client import Steward
    from mlsteward.management._connected import Connected

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
_of_process: list[Connected] = []
_blocks: list[Connected] = []
_by_environment: tuple[tuple[str | None, ...], Steward] | None = None


def connect(url: str | None = None, **options: Any) -> Connected:
    """Say where the functions of this module go.

    For a block, after which everything is as before:

        >>> from mlsteward import management
        >>> with management.connect(path=":memory:") as steward:
        ...     _ = management.create_workspace("ml-team")
        ...     steward.whoami().username
        'local'

    or, without `with`, for the rest of the process, until `close()` of what is returned. A block counts for
    its own thread or task and those that have nothing of their own; for the process there is one answer.

    Args:
        url: The server, such as `https://steward.example.com`.
        options: What `mlsteward.Steward` takes: `api_token`, `workspace`, `path`, `profile`, ...

    Returns:
        A `mlsteward.Steward`.

    Raises:
        ConfigurationError: It is not clear where to go or as whom.
    """
    from mlsteward.management._connected import Connected

    steward = Connected(url, **options)
    with _lock:
        _of_process.append(steward)
    return steward


def client(api_token: str | None) -> Steward:
    """The client for one call.

    Args:
        api_token: The argument of the function: another account on the same server.
    """
    steward = _in_block.get() or _of_others() or _for_environment()
    return steward if api_token is None else steward.as_account(api_token)


def _of_others() -> Steward | None:
    with _lock:
        opened = _of_process or _blocks
        return opened[-1] if opened else None


def _for_environment() -> Steward:
    global _by_environment
    state = tuple(os.environ.get(name) for name in ENVIRONMENT)
    with _lock:
        if _by_environment is None or _by_environment[0] != state:
            from mlsteward.client import Steward

            # The client before is not closed: another thread may be in the middle of a call.
            _by_environment = (state, Steward())
        return _by_environment[1]


def enter_block(steward: Connected) -> Token[Steward | None]:
    """A `with` begins: what was said for the process is meant for the block only."""
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


def forget(steward: Connected) -> None:
    """Take back what `connect` said."""
    with _lock:
        for opened in (_of_process, _blocks):
            opened[:] = [other for other in opened if other is not steward]
