"""Bodies of requests that are too large for memory.

A body may have to be sent again. So it is given as something that can be opened again: bytes, the path of a file, or
a function that opens it.
"""

import os
from collections.abc import AsyncIterable, AsyncIterator, Callable, Iterable, Iterator
from typing import Any, BinaryIO, Final, TypeAlias

import httpx

from mlsteward._concurrency import in_thread
from mlsteward.errors import InvalidArgument

CHUNK: Final = 256 * 1024
"""Number of bytes that are read and sent at a time."""

Opened: TypeAlias = BinaryIO | Iterable[bytes]
UploadContent: TypeAlias = bytes | str | os.PathLike[str] | Callable[[], Opened | AsyncIterable[bytes]]
"""Bytes; the path of a file; or a function that returns a binary file or an iterator of bytes, a new one each time."""


class UploadStream(httpx.SyncByteStream, httpx.AsyncByteStream):
    """The body of one request. Each iteration opens the content again, and closes it at the end.

    Args:
        content: The content, or how to open it.

    Raises:
        InvalidArgument: The content cannot be opened, or not more than once.
        OSError: The file does not exist, or cannot be read.

    Attributes:
        size: Its length in bytes; None if it is not known before the end.
    """

    def __init__(self, content: UploadContent) -> None:
        self.size: int | None = None
        self._open: Callable[[], Any]
        if isinstance(content, bytes):
            self.size = len(content)
            self._open = lambda: _slices(content)
        elif isinstance(content, (str, os.PathLike)):
            path = os.fspath(content)
            self.size = os.stat(path).st_size
            self._open = lambda: open(path, "rb")  # noqa: SIM115 - `_Parts` closes it
        elif callable(content):
            self._open = content
        else:
            raise InvalidArgument(
                "The content must be bytes, a path, or a function that opens it (it may have to be sent again), not "
                f"{type(content).__name__}."
            )
        self._parts: _Parts | None = None

    def __iter__(self) -> Iterator[bytes]:
        self.close()
        self._parts = _Parts(self._open())
        if self._parts.is_async:
            raise InvalidArgument("Asynchronous content needs AsyncSteward.")
        return self._parts

    async def __aiter__(self) -> AsyncIterator[bytes]:
        self.close()
        parts = self._parts = _Parts(await in_thread(self._open))
        if parts.is_async:
            async for part in parts.opened:
                yield part
            return
        # Reading a file waits for the disk, so a thread does it.
        while (part := await in_thread(next, parts, None)) is not None:
            yield part

    def close(self) -> None:
        """Close what is open."""
        if self._parts is not None:
            self._parts.close()
            self._parts = None

    async def aclose(self) -> None:
        """The same for asynchronous calls."""
        self.close()


class _Parts(Iterator[bytes]):
    """The parts of an opened content."""

    def __init__(self, opened: Any) -> None:
        self.opened = opened
        self.is_async = hasattr(opened, "__aiter__")
        read = getattr(opened, "read", None)
        if not self.is_async:
            self._iterator: Iterator[Any] = iter(opened) if read is None else iter(lambda: read(CHUNK), b"")

    def __next__(self) -> bytes:
        try:
            part = next(self._iterator)
        except BaseException:
            self.close()
            raise
        if not isinstance(part, bytes):
            self.close()
            raise InvalidArgument(f"The content must consist of bytes, not {type(part).__name__}.")
        return part

    def close(self) -> None:
        close = getattr(self.opened, "close", None)
        if close is not None:
            close()


def _slices(content: bytes) -> Iterator[bytes]:
    for start in range(0, len(content), CHUNK):
        yield content[start : start + CHUNK]
