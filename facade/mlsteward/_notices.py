"""Warnings that are given once, and that point to the line of the user's program that caused them."""

import os

_given: set[str] = set()
_HERE = os.path.dirname(__file__) + os.sep


def warn_once(what: str, message: str) -> None:
    """Warn, unless this process got the same warning before.

    Args:
        what: What the warning is about.
        message: The text of the warning.
    """
    if what in _given:
        return
    _given.add(what)
    import sys
    import warnings

    # Of a caller's line, Python says where it is; and of each line it warns only once.
    level, frame = 2, sys._getframe(1)
    while frame.f_back is not None and frame.f_code.co_filename.startswith(_HERE):
        frame = frame.f_back
        level += 1
    warnings.warn(message, UserWarning, stacklevel=level)


def forget() -> None:
    """Forget which warnings were given. For tests."""
    _given.clear()
