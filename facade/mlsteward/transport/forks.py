"""After a fork, each process has its own sockets.

Two processes that use one socket take the answers of each other. So a pool belongs to the process that opened it. A
child gets a new one with its first request; what it inherited is let go, and never used or waited for: a thread that
does not exist in the child may have held a lock of it.
"""

import os
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Generic, TypeVar, cast

import httpx

T = TypeVar("T")


class OtherProcess(httpx.TransportError):
    """Something belongs to the process that this one was forked from."""


class _PerProcess(Generic[T]):
    """One thing for each process, made when it is first needed.

    Args:
        make: Makes it.
    """

    def __init__(self, make: Callable[[], T]) -> None:
        self._make = make
        self._by_process: dict[int, T] = {os.getpid(): make()}

    def get(self) -> T:
        """That of this process."""
        process = os.getpid()
        try:
            return self._by_process[process]
        except KeyError:
            pass
        # No lock: it could be one that a thread of the other process holds for ever.
        mine = self._by_process.setdefault(process, self._make())
        for other in [key for key in self._by_process if key != process]:
            self._by_process.pop(other, None)
        return mine

    def made(self) -> T | None:
        """That of this process, if it was made."""
        return self._by_process.get(os.getpid())


class OwnTransport(httpx.BaseTransport):
    """A transport that each process opens for itself.

    Args:
        open: Opens one.
    """

    def __init__(self, open: Callable[[], httpx.BaseTransport]) -> None:
        self._own = _PerProcess(open)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        return self._own.get().handle_request(request)

    def close(self) -> None:
        if (opened := self._own.made()) is not None:
            opened.close()


class AsyncOwnTransport(httpx.AsyncBaseTransport):
    """`OwnTransport` for asynchronous transports."""

    def __init__(self, open: Callable[[], httpx.AsyncBaseTransport]) -> None:
        self._own = _PerProcess(open)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        return await self._own.get().handle_async_request(request)

    async def aclose(self) -> None:
        if (opened := self._own.made()) is not None:
            await opened.aclose()


class Birthplace:
    """The process in which something was made that cannot be made again."""

    __slots__ = ("_process",)

    def __init__(self) -> None:
        self._process = os.getpid()

    @property
    def is_here(self) -> bool:
        """Whether that is this process."""
        return os.getpid() == self._process

    def check(self, what: str) -> None:
        """
        Raises:
            OtherProcess: It is another one.
        """
        if not self.is_here:
            raise OtherProcess(f"{what} belongs to process {self._process}, from which this one was forked")


class OneProcessStream(httpx.SyncByteStream, httpx.AsyncByteStream):
    """The body of an answer, for the process that asked for it: another one would take parts from its socket.

    Args:
        stream: The body.
    """

    def __init__(self, stream: httpx.SyncByteStream | httpx.AsyncByteStream) -> None:
        self._stream = stream
        self._birthplace = Birthplace()

    def __iter__(self) -> Iterator[bytes]:
        self._check()
        for part in cast(httpx.SyncByteStream, self._stream):
            yield part
            self._check()

    async def __aiter__(self) -> AsyncIterator[bytes]:
        self._check()
        async for part in cast(httpx.AsyncByteStream, self._stream):
            yield part
            self._check()

    def _check(self) -> None:
        self._birthplace.check("this answer")

    def close(self) -> None:
        if self._birthplace.is_here:
            cast(httpx.SyncByteStream, self._stream).close()

    async def aclose(self) -> None:
        if self._birthplace.is_here:
            await cast(httpx.AsyncByteStream, self._stream).aclose()
