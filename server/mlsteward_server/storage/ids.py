"""Identifiers that sort by the time they were made.

They are UUIDs of version 7 (RFC 9562) as 32 hexadecimal digits: new rows land at the end of an
index, and ordering by id is ordering by creation.
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
    """In a child: a thread that does not exist there may have held it."""
    global _lock
    _lock = threading.Lock()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget_the_lock)

ID = re.compile(r"[0-9a-f]{32}")


def new_id() -> str:
    """A new identifier; within a process each is greater than the one before.

    >>> first, second = new_id(), new_id()
    >>> first < second, len(first)
    (True, 32)
    """
    global _last
    with _lock:
        # 48 bits of milliseconds and 12 of the fraction below them; never the same twice.
        moment = (time.time_ns() << 12) // 1_000_000
        _last = moment = max(moment, _last + 1)
    high, fraction = moment >> 12, moment & 0xFFF
    low = int.from_bytes(os.urandom(8), "big") & 0x3FFF_FFFF_FFFF_FFFF
    return f"{(high << 80) | (7 << 76) | (fraction << 64) | (2 << 62) | low:032x}"


def first_id_at(moment: datetime) -> str:
    """The lowest identifier that can be made from a moment on: everything made before it has a lower one.

    >>> from datetime import UTC
    >>> first_id_at(datetime.fromtimestamp(0, UTC)) < first_id_at(datetime.now(UTC)) < new_id()
    True
    """
    milliseconds = max(0, int(moment.timestamp() * 1000))
    return f"{milliseconds << 80:032x}"


def looks_like_id(text: str) -> bool:
    """Whether a reference can only be an identifier."""
    return ID.fullmatch(text) is not None
