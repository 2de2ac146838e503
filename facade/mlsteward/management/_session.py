"""Which client the flat functions use.

In order: the innermost `with connect(...)` of this context; the last `connect(...)` of the process; a
client for what the environment says at the moment of the call, kept for as long as it says the same.
"""

from __future__ import annotations

import os
import threading
from contextvars import ContextVar
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
_of_process: Steward | None = None
_by_environment: tuple[tuple[str | None, ...], Steward] | None = None


def connect(url: str | None = None, **options: Any) -> Connected:
    """Say where the functions of this module go.

    For a block, after which everything is as before:

        >>> from mlsteward import management
        >>> with management.connect(path=":memory:") as steward:
        ...     _ = management.create_workspace("ml-team")
        ...     steward.whoami().username
        'local'

    or, without `with`, for the rest of the process, until `close()` of what is returned.

    Args:
        url: The server, such as `https://steward.example.com`.
        options: What `mlsteward.Steward` takes: `api_token`, `workspace`, `path`, `profile`, ...

    Returns:
        A `mlsteward.Steward`.

    Raises:
        ConfigurationError: It is not clear where to go or as whom.
    """
    global _of_process
    from mlsteward.management._connected import Connected

    steward = Connected(url, **options)
    with _lock:
        steward.before, _of_process = _of_process, steward
    return steward


def client(api_token: str | None) -> Steward:
    """The client for one call.

    Args:
        api_token: The argument of the function: another account on the same server.
    """
    steward = _in_block.get() or _of_process or _for_environment()
    return steward if api_token is None else steward.as_account(api_token)


def _for_environment() -> Steward:
    global _by_environment
    state = tuple(os.environ.get(name) for name in ENVIRONMENT)
    with _lock:
        if _by_environment is None or _by_environment[0] != state:
            from mlsteward.client import Steward

            # The client before is not closed: another thread may be in the middle of a call.
            _by_environment = (state, Steward())
        return _by_environment[1]


def enter_block(steward: Connected) -> Any:
    """A `with` begins: what was said for the process is meant for the block only."""
    leave_process(steward)
    return _in_block.set(steward)


def leave_block(token: Any) -> None:
    """A `with` ends."""
    _in_block.reset(token)


def leave_process(steward: Connected) -> None:
    """Take back what `connect` said for the process."""
    global _of_process
    with _lock:
        if _of_process is steward:
            _of_process = steward.before
