"""Lists of any length, a page at a time.

`Pager` and `AsyncPager` have the same constructor and the same methods.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final, Generic, TypeVar, overload

from mlsteward._concurrency import in_thread
from mlsteward._public import public_names
from mlsteward.errors import InvalidArgument, ResponseParsingError

if TYPE_CHECKING:
    import pandas
    import polars
    from _typeshed import SupportsWrite

    from mlsteward.exports.running import Export, FileExport, FrameExport

T = TypeVar("T")

LARGEST_PAGE: Final = 500
"""Maximum number of items in one page."""
_SHOWN: Final = 10
"""Number of items that a notebook shows."""

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
    def __init__(
        self,
        limit: int | None,
        page_size: int | None,
        cursor: str | None,
        record_type: type[T] | None,
        source: str | None,
    ) -> None:
        for name, value, least in (("limit", limit, 0), ("page_size", page_size, 1)):
            if value is not None and (isinstance(value, bool) or not isinstance(value, int) or value < least):
                raise InvalidArgument(f"{name} must be a whole number from {least} on, not {value!r}.")
        self._limit = limit
        self._page_size = page_size
        self._start = cursor
        self._source = source
        self.cursor = cursor
        self.record_type = record_type

    def _begin(self, limit: int | None) -> _Progress[T]:
        return _Progress(limit, self._page_size, self._start)

    def _file(
        self,
        form: str,
        file: str | os.PathLike[str] | SupportsWrite[str] | None,
        columns: Iterable[str] | None,
        progress: bool | None,
    ) -> FileExport:
        # Imported where it is used: most lists are only read.
        from mlsteward.exports.running import FileExport, as_csv, as_json_lines

        return FileExport(file, as_csv if form == "csv" else as_json_lines, self.record_type, columns, progress)

    def _frame(self, library: str, columns: Iterable[str] | None, progress: bool | None) -> FrameExport:
        from mlsteward.exports.running import FrameExport

        return FrameExport(library, self.record_type, columns, progress)

    @property
    def _about(self) -> str:
        """What it lists and from where."""
        of = f" of {self.record_type.__name__}" if self.record_type is not None else ""
        return type(self).__name__ + of + (f" {self._source}" if self._source else "")

    def __repr__(self) -> str:
        settings = (("limit", self._limit), ("page_size", self._page_size), ("cursor", self._start))
        return f"<{', '.join([self._about, *(f'{name}={value}' for name, value in settings if value is not None)])}>"

    def __dir__(self) -> list[str]:
        return public_names(self)


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
        record_type: The type of the items; None if it is not known.
        source: Where the list comes from, for `repr`, such as `from https://steward.example.com`.

    Attributes:
        cursor: Where the next page starts; None before the first page and after the last. If reading fails, a
            new pager with this cursor continues where this one stopped.
        record_type: The type of the items; None if it is not known.

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
        record_type: type[T] | None = None,
        source: str | None = None,
    ) -> None:
        super().__init__(limit, page_size, cursor, record_type, source)
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

    @overload
    def to_csv(
        self, file: None = None, *, columns: Iterable[str] | None = None, progress: bool | None = None
    ) -> str: ...

    @overload
    def to_csv(
        self,
        file: str | os.PathLike[str] | SupportsWrite[str],
        *,
        columns: Iterable[str] | None = None,
        progress: bool | None = None,
    ) -> None: ...

    def to_csv(
        self,
        file: str | os.PathLike[str] | SupportsWrite[str] | None = None,
        *,
        columns: Iterable[str] | None = None,
        progress: bool | None = None,
    ) -> str | None:
        """Write the list as CSV with a header, a page at a time.

        A cell that a spreadsheet would take for a formula gets a `'` in front. Secrets are left out.

        Args:
            file: A path, where the file appears when all of it is written; or a file that is open for text.
            columns: Names of fields, such as `name` or `plan.projects_limit` (default: all).
            progress: Whether to show a progress bar on stderr (default: on a terminal or in a notebook, if it takes
                longer than a second). Needs `mlsteward[cli]`.

        Returns:
            The text where no file is given.

        Raises:
            InvalidArgument: There is no such column, or the items are not records.
        """
        self._export(export := self._file("csv", file, columns, progress))
        return export.text

    @overload
    def to_jsonl(
        self, file: None = None, *, columns: Iterable[str] | None = None, progress: bool | None = None
    ) -> str: ...

    @overload
    def to_jsonl(
        self,
        file: str | os.PathLike[str] | SupportsWrite[str],
        *,
        columns: Iterable[str] | None = None,
        progress: bool | None = None,
    ) -> None: ...

    def to_jsonl(
        self,
        file: str | os.PathLike[str] | SupportsWrite[str] | None = None,
        *,
        columns: Iterable[str] | None = None,
        progress: bool | None = None,
    ) -> str | None:
        """Write the list as JSON lines, an object for each record, a page at a time. Secrets are left out.

        Args:
            file: As for `to_csv`.
            columns: Names of fields, such as `name` or `plan.projects_limit` (default: whole records).
            progress: As for `to_csv`.

        Returns:
            The text where no file is given.

        Raises:
            InvalidArgument: There is no such column, or the items are not records.
        """
        self._export(export := self._file("jsonl", file, columns, progress))
        return export.text

    def to_pandas(self, *, columns: Iterable[str] | None = None, progress: bool | None = None) -> pandas.DataFrame:
        """The whole list as a pandas DataFrame. Needs `mlsteward[pandas]`.

        Moments are datetimes in UTC. Numbers and flags can be missing. Secrets are left out.

        Args:
            columns: As for `to_csv`.
            progress: As for `to_csv`.

        Raises:
            ConfigurationError: pandas is not installed.
            InvalidArgument: There is no such column, or the items are not records.
        """
        self._export(export := self._frame("pandas", columns, progress))
        return export.frame.to_pandas()

    def to_polars(self, *, columns: Iterable[str] | None = None, progress: bool | None = None) -> polars.DataFrame:
        """The whole list as a polars DataFrame. Needs `mlsteward[polars]`.

        Args:
            columns: As for `to_csv`.
            progress: As for `to_csv`.

        Raises:
            ConfigurationError: polars is not installed.
            InvalidArgument: There is no such column, or the items are not records.
        """
        self._export(export := self._frame("polars", columns, progress))
        return export.frame.to_polars()

    def _export(self, export: Export) -> None:
        with export:
            for page in self.pages():
                export.add(page)
                if export.bar.is_due:
                    export.bar.show(None if self._total is None or self._start is not None else self.count())

    def _repr_html_(self) -> str:
        """The first items as a table, by one request."""
        from mlsteward.exports.notebook import first_rows

        most = _SHOWN + 1 if self._limit is None else min(_SHOWN + 1, self._limit)
        items, following = self._fetch(most, self._start) if most else ((), None)
        has_more = len(items) > _SHOWN or (following is not None and (self._limit is None or self._limit > len(items)))
        return first_rows(self._about, items[:_SHOWN], has_more=has_more)


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
        record_type: type[T] | None = None,
        source: str | None = None,
    ) -> None:
        super().__init__(limit, page_size, cursor, record_type, source)
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

    @overload
    async def to_csv(
        self, file: None = None, *, columns: Iterable[str] | None = None, progress: bool | None = None
    ) -> str: ...

    @overload
    async def to_csv(
        self,
        file: str | os.PathLike[str] | SupportsWrite[str],
        *,
        columns: Iterable[str] | None = None,
        progress: bool | None = None,
    ) -> None: ...

    async def to_csv(
        self,
        file: str | os.PathLike[str] | SupportsWrite[str] | None = None,
        *,
        columns: Iterable[str] | None = None,
        progress: bool | None = None,
    ) -> str | None:
        """Write the list as CSV. See `Pager.to_csv`."""
        await self._export(export := self._file("csv", file, columns, progress))
        return export.text

    @overload
    async def to_jsonl(
        self, file: None = None, *, columns: Iterable[str] | None = None, progress: bool | None = None
    ) -> str: ...

    @overload
    async def to_jsonl(
        self,
        file: str | os.PathLike[str] | SupportsWrite[str],
        *,
        columns: Iterable[str] | None = None,
        progress: bool | None = None,
    ) -> None: ...

    async def to_jsonl(
        self,
        file: str | os.PathLike[str] | SupportsWrite[str] | None = None,
        *,
        columns: Iterable[str] | None = None,
        progress: bool | None = None,
    ) -> str | None:
        """Write the list as JSON lines. See `Pager.to_jsonl`."""
        await self._export(export := self._file("jsonl", file, columns, progress))
        return export.text

    async def to_pandas(
        self, *, columns: Iterable[str] | None = None, progress: bool | None = None
    ) -> pandas.DataFrame:
        """The whole list as a pandas DataFrame. See `Pager.to_pandas`."""
        await self._export(export := self._frame("pandas", columns, progress))
        return export.frame.to_pandas()

    async def to_polars(
        self, *, columns: Iterable[str] | None = None, progress: bool | None = None
    ) -> polars.DataFrame:
        """The whole list as a polars DataFrame. See `Pager.to_polars`."""
        await self._export(export := self._frame("polars", columns, progress))
        return export.frame.to_polars()

    async def _export(self, export: Export) -> None:
        with export:
            async for page in self.pages():
                # Files are slow at times: the loop goes on meanwhile.
                await in_thread(export.add, page)
                if export.bar.is_due:
                    export.bar.show(None if self._total is None or self._start is not None else await self.count())

    def _repr_html_(self) -> str:
        """A sentence: the rows would have to be waited for."""
        from html import escape

        how = "read it with <code>async for</code>, or <code>await</code> one of its methods"
        return f"<p>{escape(repr(self))}: {how}.</p>"
