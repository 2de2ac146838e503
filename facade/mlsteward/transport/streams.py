"""Answers that are read in parts, while they arrive."""

import os
from collections.abc import AsyncIterator, Callable, Iterator
from typing import BinaryIO, Final

import httpx

from mlsteward._concurrency import in_thread
from mlsteward._files import whole
from mlsteward.errors import StewardError
from mlsteward.protocol import REQUEST_ID

CHUNK: Final = 256 * 1024
"""Maximum size of a part in bytes, by default."""


Lost = Callable[[httpx.HTTPError], StewardError]


class _Head:
    """The part of an answer that arrives before the body.

    Attributes:
        status: The HTTP status code.
        headers: Looked up case-insensitively.
    """

    def __init__(self, response: httpx.Response, lost: Lost) -> None:
        self._response = response
        self._lost = lost
        self.status = response.status_code
        self.headers = response.headers

    @property
    def request_id(self) -> str | None:
        """The id of the request. Include it when you ask for help."""
        found: str | None = self.headers.get(REQUEST_ID)
        return found

    @property
    def size(self) -> int | None:
        """The length of the body in bytes, if the server says so."""
        declared = self.headers.get("content-length", "")
        return int(declared) if declared.isdecimal() and "content-encoding" not in self.headers else None

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.status}>"


class StreamedAnswer(_Head):
    """An answer whose body has not been read yet. Read it once, inside the `with` block that opened it."""

    def iter_bytes(self, chunk_size: int = CHUNK) -> Iterator[bytes]:
        """The body in parts of `chunk_size` bytes; the last one may be shorter.

        Raises:
            ConnectionFailed: The connection broke in the middle.
            RequestTimeout: The next part did not arrive in time.
        """
        try:
            yield from self._response.iter_bytes(chunk_size)
        except httpx.HTTPError as error:
            raise self._lost(error) from error

    def iter_lines(self) -> Iterator[str]:
        """The body as lines of text, without their ends."""
        try:
            yield from self._response.iter_lines()
        except httpx.HTTPError as error:
            raise self._lost(error) from error

    def save(self, target: str | os.PathLike[str] | BinaryIO) -> int:
        """Write the body to a file.

        Args:
            target: A path, where the file appears when all of it has arrived; or a file opened in binary mode.

        Returns:
            The number of bytes written.
        """
        if isinstance(target, (str, os.PathLike)):
            with whole(target) as file:
                return self.save(file)
        return sum(target.write(part) for part in self.iter_bytes())


class AsyncStreamedAnswer(_Head):
    """`StreamedAnswer` for asynchronous calls."""

    async def aiter_bytes(self, chunk_size: int = CHUNK) -> AsyncIterator[bytes]:
        """The body in parts of `chunk_size` bytes; the last one may be shorter.

        Raises:
            ConnectionFailed: The connection broke in the middle.
            RequestTimeout: The next part did not arrive in time.
        """
        try:
            async for part in self._response.aiter_bytes(chunk_size):
                yield part
        except httpx.HTTPError as error:
            raise self._lost(error) from error

    async def aiter_lines(self) -> AsyncIterator[str]:
        """The body as lines of text, without their ends."""
        try:
            async for line in self._response.aiter_lines():
                yield line
        except httpx.HTTPError as error:
            raise self._lost(error) from error

    async def save(self, target: str | os.PathLike[str] | BinaryIO) -> int:
        """Write the body to a file.

        Args:
            target: A path, where the file appears when all of it has arrived; or a file opened in binary mode.

        Returns:
            The number of bytes written.
        """
        if isinstance(target, (str, os.PathLike)):
            with whole(target) as file:
                return await self.save(file)
        size = 0
        async for part in self.aiter_bytes():
            size += await in_thread(target.write, part)
        return size
