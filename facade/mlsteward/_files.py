"""Files that are whole: they appear when all of them is written."""

import io
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import BinaryIO, TextIO


@contextmanager
def whole(target: str | os.PathLike[str], *, mode: int = 0o666) -> Iterator[BinaryIO]:
    """A file to write. It replaces a file with its name when it is complete, not before.

    Args:
        target: Its path.
        mode: Who may use it, within what the process allows.
    """
    path = os.fspath(target)
    if os.path.exists(path) and not os.path.isfile(path):
        # A device such as /dev/stdout, or a pipe, is written to and must not be replaced.
        with open(path, "wb") as file:
            yield file
        return
    draft = f"{path}.{os.urandom(4).hex()}.part"
    try:
        opened = open(draft, "xb", opener=lambda path, flags: os.open(path, flags, mode))  # noqa: SIM115 - closed below
    except OSError as error:
        raise type(error)(error.errno, error.strerror, path) from None
    try:
        with opened as file:
            yield file
        os.replace(draft, path)
    except BaseException:
        with suppress(FileNotFoundError):
            os.unlink(draft)
        raise


@contextmanager
def whole_text(target: str | os.PathLike[str], *, mode: int = 0o666) -> Iterator[TextIO]:
    """The same for text, in UTF-8. Ends of lines are written as they are given."""
    with whole(target, mode=mode) as file:
        text = io.TextIOWrapper(file, encoding="utf-8", newline="")
        try:
            yield text
        finally:
            # What is left is written, and closing is not the business of the wrapper.
            text.detach()
