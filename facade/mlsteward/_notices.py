"""Warnings that a program gets once, at the line of its own that brought them about."""

import os

_given: set[str] = set()
_HERE = os.path.dirname(__file__) + os.sep


def warn_once(what: str, message: str) -> None:
    """Warn, unless this process was warned of it before.

    Args:
        what: What the warning is about.
        message: What to say.
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
    """Warn again of everything. For tests."""
    _given.clear()
