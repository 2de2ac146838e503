"""Identifiers that sort by creation time.

They are UUIDs of version 7 (RFC 9562) as 32 hexadecimal digits. So new rows go to the end of an index, and sorting by
id is sorting by creation time.
"""

from __future__ import annotations

import os
import re
import threading
import time
from datetime import datetime

_lock = threading.Lock()
_last = 0


def _forget_the_lock() -> None:
    """Replace the lock in a forked child: a thread that does not exist there may have held it."""
    global _lock
    _lock = threading.Lock()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget_the_lock)

ID = re.compile(r"[0-9a-f]{32}")


def new_id() -> str:
    """Return a new identifier. Within a process, each is greater than the one before.

    >>> first, second = new_id(), new_id()
    >>> first < second, len(first)
    (True, 32)
    """
    global _last
    with _lock:
        # 48 bits of milliseconds and 12 bits of the fraction of a millisecond. Never the same value twice.
        moment = (time.time_ns() << 12) // 1_000_000
        _last = moment = max(moment, _last + 1)
    high, fraction = moment >> 12, moment & 0xFFF
    low = int.from_bytes(os.urandom(8), "big") & 0x3FFF_FFFF_FFFF_FFFF
    return f"{(high << 80) | (7 << 76) | (fraction << 64) | (2 << 62) | low:032x}"


def first_id_at(moment: datetime) -> str:
    """Return the lowest identifier that can be created at or after a time. Everything created before has a lower one.

    >>> from datetime import UTC
    >>> first_id_at(datetime.fromtimestamp(0, UTC)) < first_id_at(datetime.now(UTC)) < new_id()
    True
    """
    milliseconds = max(0, int(moment.timestamp() * 1000))
    return f"{milliseconds << 80:032x}"


def looks_like_id(text: str) -> bool:
    """Return whether a reference has the format of an identifier, so that it cannot be a name."""
    return ID.fullmatch(text) is not None
