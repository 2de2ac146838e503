"""Waiting, and several things at once: what resources use in place of asyncio and threads.

A resource is written once, as async, and its blocking twin is derived. So it says `agather` and `asleep`, which
become `gather` and `sleep`.
"""

from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

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
        Exception: What the first call that fails raises, once those that run have ended.
    """
    import asyncio

    slots = asyncio.Semaphore(at_once)
    failed = False

    async def run(call: Callable[[], Awaitable[T]]) -> T:
        nonlocal failed
        async with slots:
            if failed:
                raise _NotStarted
            try:
                return await call()
            except BaseException:
                failed = True
                raise

    results = await asyncio.gather(*map(run, calls), return_exceptions=True)
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
    import asyncio

    await asyncio.sleep(seconds)


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
