"""Waiting, and several things at once: what resources use in place of asyncio, trio and threads.

A resource is written once, as async, and its blocking twin is derived. So it says `agather` and `asleep`, which
become `gather` and `sleep`.
"""

from collections.abc import Awaitable, Callable, Coroutine, Sequence
from typing import Any, TypeVar

T = TypeVar("T")

AT_ONCE = 8
"""Maximum number of calls at the same time. The pool of a connection holds many more."""


async def agather(calls: Sequence[Callable[[], Awaitable[T]]], *, at_once: int = AT_ONCE) -> list[T]:
    """Run several calls at the same time.

    Args:
        calls: Functions without arguments. When one fails, those that have not begun are not started.
        at_once: Maximum number of calls that run at the same time.

    Returns:
        What they return, in the order of `calls`.

    Raises:
        Exception: The exception of the first call that fails, after the running calls have ended.
    """
    import anyio

    slots = anyio.Semaphore(at_once)
    results: list[T | BaseException] = [_NotStarted()] * len(calls)
    failed = False

    async def run(number: int, call: Callable[[], Awaitable[T]]) -> None:
        nonlocal failed
        async with slots:
            if not failed:
                try:
                    results[number] = await call()
                except Exception as error:
                    failed = True
                    results[number] = error

    async with anyio.create_task_group() as tasks:
        for number, call in enumerate(calls):
            tasks.start_soon(run, number, call)
    return _all_or_first_failure(results)


def gather(calls: Sequence[Callable[[], T]], *, at_once: int = AT_ONCE) -> list[T]:
    """`agather` with threads."""
    import contextvars
    from concurrent.futures import ThreadPoolExecutor

    failed = False

    def run(call: Callable[[], T]) -> T | BaseException:
        nonlocal failed
        if failed:
            return _NotStarted()
        try:
            return call()
        except BaseException as error:
            failed = True
            return error

    with ThreadPoolExecutor(max_workers=at_once) as pool:
        # Threads do not inherit the context of their caller; a copy cannot be entered twice.
        futures = [pool.submit(contextvars.copy_context().run, run, call) for call in calls]
        return _all_or_first_failure([future.result() for future in futures])


async def asleep(seconds: float) -> None:
    """Wait, and let others run."""
    # Imported where it is used: it takes longer to load than all of ours, and most callers are synchronous.
    import anyio

    await anyio.sleep(seconds)


async def in_thread(function: Callable[..., T], *arguments: object) -> T:
    """Call a function that blocks in a thread, on asyncio or trio."""
    import sniffio

    if sniffio.current_async_library() == "asyncio":
        import asyncio

        # A third faster than anyio's, which counts for a call inside this process.
        return await asyncio.to_thread(function, *arguments)
    return await in_worker(function, *arguments)


async def in_worker(function: Callable[..., T], *arguments: object) -> T:
    """`in_thread` for a function that uses `from_worker`."""
    import anyio.to_thread

    return await anyio.to_thread.run_sync(function, *arguments)


def from_worker(function: Callable[..., Coroutine[Any, Any, T]], *arguments: object) -> T:
    """Call an asynchronous function on the event loop, from a function that `in_worker` runs."""
    import anyio.from_thread

    return anyio.from_thread.run(function, *arguments)


def sleep(seconds: float) -> None:
    """Wait."""
    import time

    time.sleep(seconds)


class _NotStarted(Exception):
    """In place of the result of a call that was not made, because another one failed."""


def _all_or_first_failure(results: Sequence[T | BaseException]) -> list[T]:
    for result in results:
        if isinstance(result, BaseException) and not isinstance(result, _NotStarted):
            raise result
    return [result for result in results if not isinstance(result, BaseException)]
