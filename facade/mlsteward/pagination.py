"""Lists of any length, a page at a time.

`Pager` and `AsyncPager` have the same constructor and the same methods.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from typing import Final, Generic, TypeVar

from mlsteward.errors import InvalidArgument, ResponseParsingError

T = TypeVar("T")

LARGEST_PAGE: Final = 500
"""Maximum number of items in one page."""

Fetch = Callable[[int | None, str | None], tuple[Sequence[T], str | None]]
AsyncFetch = Callable[[int | None, str | None], Awaitable[tuple[Sequence[T], str | None]]]


class _Progress(Generic[T]):
    """Where one pass over a list is."""

    def __init__(self, limit: int | None, page_size: int | None, cursor: str | None) -> None:
        self.left = limit
        self.page_size = page_size
        self.cursor = cursor
        self.seen: set[str] = set() if cursor is None else {cursor}

    @property
    def size(self) -> int | None:
        """Number of items to ask for; None leaves it to the server."""
        if self.left is None:
            return self.page_size
        return min(self.left, self.page_size or LARGEST_PAGE)

    def take(self, items: Sequence[T], following: str | None) -> Sequence[T]:
        """Note a page that arrived; gives what of it is wanted.

        Raises:
            ResponseParsingError: The next page is one that was read before.
        """
        if following is not None and following in self.seen:
            raise ResponseParsingError(
                "The server gave the same cursor twice; the list would never end.",
                hint="Tell the administrator of the server.",
            )
        self.cursor = following
        if following is not None:
            self.seen.add(following)
        if self.left is not None:
            items = items[: self.left]
            self.left -= len(items)
        return items

    @property
    def is_over(self) -> bool:
        """Whether there is nothing more to read, or to want."""
        return self.cursor is None or self.left == 0


class _Settings(Generic[T]):
    def __init__(self, limit: int | None, page_size: int | None, cursor: str | None) -> None:
        for name, value, least in (("limit", limit, 0), ("page_size", page_size, 1)):
            if value is not None and (isinstance(value, bool) or not isinstance(value, int) or value < least):
                raise InvalidArgument(f"{name} must be a whole number from {least} on, not {value!r}.")
        self._limit = limit
        self._page_size = page_size
        self._start = cursor
        self.cursor = cursor

    def _begin(self, limit: int | None) -> _Progress[T]:
        return _Progress(limit, self._page_size, self._start)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} limit={self._limit} page_size={self._page_size}>"


class Pager(_Settings[T]):
    """A list that is read while you iterate over it. Each iteration reads it again.

    >>> pages = {None: (["a", "b"], "2"), "2": (["c"], None)}
    >>> pager = Pager(lambda page_size, cursor: pages[cursor])
    >>> list(pager), pager.first(), Pager(lambda page_size, cursor: pages[cursor], limit=1).to_list()
    (['a', 'b', 'c'], 'a', ['a'])

    Args:
        fetch: Takes a page size (None: that of the server) and a cursor (None: the start). Returns the items of
            that page and the cursor of the next page, None after the last.
        limit: Maximum number of items over all pages; None for all.
        page_size: Number of items per request, 1 to 500.
        cursor: Where to start: the `cursor` of another pager over the same list.
        total: Asks the server how long the list is; None if it does not tell.

    Attributes:
        cursor: Where the next page starts; None before the first page and after the last. If reading fails, a
            new pager with this cursor continues where this one stopped.

    Raises:
        InvalidArgument: `limit` or `page_size` cannot be used.
    """

    def __init__(
        self,
        fetch: Fetch[T],
        *,
        limit: int | None = None,
        page_size: int | None = None,
        cursor: str | None = None,
        total: Callable[[], int] | None = None,
    ) -> None:
        super().__init__(limit, page_size, cursor)
        self._fetch = fetch
        self._total = total

    def __iter__(self) -> Iterator[T]:
        for page in self.pages():
            yield from page

    def pages(self) -> Iterator[list[T]]:
        """The list, one page at a time."""
        return self._pages(self._limit)

    def _pages(self, limit: int | None) -> Iterator[list[T]]:
        progress = self._begin(limit)
        self.cursor = progress.cursor
        while progress.left != 0:
            items = progress.take(*self._fetch(progress.size, progress.cursor))
            self.cursor = progress.cursor
            yield list(items)
            if progress.is_over:
                return

    def to_list(self) -> list[T]:
        """The whole list."""
        return [item for page in self.pages() for item in page]

    def first(self) -> T | None:
        """The first item; None if the list is empty. Reads only that item."""
        if self._limit == 0:
            return None
        for page in self._pages(1):
            if page:
                return page[0]
        return None

    def count(self) -> int:
        """The number of items. The server counts them if it can; otherwise the list is read."""
        if self._total is None or self._start is not None:
            return sum(len(page) for page in self.pages())
        total = self._total()
        return total if self._limit is None else min(total, self._limit)


class AsyncPager(_Settings[T]):
    """A list that is read while you iterate over it with `async for`. See `Pager`."""

    def __init__(
        self,
        fetch: AsyncFetch[T],
        *,
        limit: int | None = None,
        page_size: int | None = None,
        cursor: str | None = None,
        total: Callable[[], Awaitable[int]] | None = None,
    ) -> None:
        super().__init__(limit, page_size, cursor)
        self._fetch = fetch
        self._total = total

    async def __aiter__(self) -> AsyncIterator[T]:
        async for page in self.pages():
            for item in page:
                yield item

    def pages(self) -> AsyncIterator[list[T]]:
        """The list, one page at a time."""
        return self._pages(self._limit)

    async def _pages(self, limit: int | None) -> AsyncIterator[list[T]]:
        progress = self._begin(limit)
        self.cursor = progress.cursor
        while progress.left != 0:
            items = progress.take(*await self._fetch(progress.size, progress.cursor))
            self.cursor = progress.cursor
            yield list(items)
            if progress.is_over:
                return

    async def to_list(self) -> list[T]:
        """The whole list."""
        return [item async for page in self.pages() for item in page]

    async def first(self) -> T | None:
        """The first item; None if the list is empty. Reads only that item."""
        if self._limit == 0:
            return None
        async for page in self._pages(1):
            if page:
                return page[0]
        return None

    async def count(self) -> int:
        """The number of items. The server counts them if it can; otherwise the list is read."""
        if self._total is None or self._start is not None:
            return sum([len(page) async for page in self.pages()])
        total = await self._total()
        return total if self._limit is None else min(total, self._limit)
