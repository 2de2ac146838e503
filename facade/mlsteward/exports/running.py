"""One export: records in, a page at a time; a file, a text or a DataFrame out.

`Pager` and `AsyncPager` differ in how they read pages. Everything else is here.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from types import TracebackType
from typing import TYPE_CHECKING, Any, Protocol, Self

from mlsteward.errors import InvalidArgument
from mlsteward.exports.columns import Column, select
from mlsteward.exports.frames import Frame, need
from mlsteward.exports.progress import Bar
from mlsteward.exports.targets import Target, opened
from mlsteward.exports.writers import CsvWriter, JsonLinesWriter
from mlsteward.records.record import Record

if TYPE_CHECKING:
    from _typeshed import SupportsWrite


class _Sink(Protocol):
    def add(self, page: Sequence[Any]) -> None: ...


class Export:
    """An export, for a `with` block that adds pages.

    Args:
        record_type: The type of the records; None to see it in the first of them.
        columns: Names of the columns; None for all.
        progress: As for `Bar`.

    Attributes:
        bar: Shows how many records arrived. Whoever reads the pages lets it appear, as only they know the number.
    """

    def __init__(self, record_type: type | None, columns: Iterable[str] | None, progress: bool | None) -> None:
        # Read once: it may be an iterator.
        self._names = columns if columns is None or isinstance(columns, str) else tuple(columns)
        self._columns = None if record_type is None else self._select(record_type)
        self._sink: _Sink | None = None
        self._progress = progress

    def __enter__(self) -> Self:
        self.bar = Bar(self._progress)
        if self._columns is not None:
            self._sink = self._begin(self._columns)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.bar.stop()

    def add(self, page: Sequence[Any]) -> None:
        """Take a page.

        Raises:
            InvalidArgument: It does not hold records.
        """
        if page:
            if self._sink is None:
                self._columns = self._select(type(page[0]))
                self._sink = self._begin(self._columns)
            self._sink.add(page)
        self.bar.add(len(page))

    def _select(self, record_type: type) -> tuple[Column, ...]:
        if not issubclass(record_type, Record):
            raise InvalidArgument(f"only a list of records has columns; this is one of {record_type.__name__}")
        return select(record_type, self._names)

    def _begin(self, columns: tuple[Column, ...]) -> _Sink:
        raise NotImplementedError


class FileExport(Export):
    """An export to a file, or to a text.

    Args:
        file: As for `opened`.
        write: Makes what writes the format.
        record_type: As for `Export`.
        columns: As for `Export`.
        progress: As for `Export`.

    Attributes:
        text: What was written, where no file is given.
    """

    def __init__(
        self,
        file: Target | None,
        write: Callable[[SupportsWrite[str], Sequence[Column], bool], _Sink],
        record_type: type | None,
        columns: Iterable[str] | None,
        progress: bool | None,
    ) -> None:
        super().__init__(record_type, columns, progress)
        self._target = file
        self._write = write
        self._open = ExitStack()
        self.text: str | None = None

    def __enter__(self) -> Self:
        self._file = self._open.enter_context(opened(self._target))
        try:
            return super().__enter__()
        except BaseException as error:
            self._open.__exit__(type(error), error, error.__traceback__)
            raise

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        super().__exit__(kind, error, trace)
        if self._target is None and isinstance(self._file, io.StringIO):
            self.text = self._file.getvalue()
        self._open.__exit__(kind, error, trace)

    def _begin(self, columns: tuple[Column, ...]) -> _Sink:
        return self._write(self._file, columns, self._names is not None)


class FrameExport(Export):
    """An export to a DataFrame.

    Args:
        library: `pandas` or `polars`.
        record_type: As for `Export`.
        columns: As for `Export`.
        progress: As for `Export`.

    Raises:
        ConfigurationError: The library is not installed.
    """

    def __init__(
        self, library: str, record_type: type | None, columns: Iterable[str] | None, progress: bool | None
    ) -> None:
        # Before anything is read.
        need(library)
        super().__init__(record_type, columns, progress)
        self.frame = Frame(())

    def _begin(self, columns: tuple[Column, ...]) -> _Sink:
        self.frame = Frame(columns)
        return self.frame


def as_csv(file: SupportsWrite[str], columns: Sequence[Column], is_chosen: bool) -> _Sink:
    """Writes CSV."""
    return CsvWriter(file, columns)


def as_json_lines(file: SupportsWrite[str], columns: Sequence[Column], is_chosen: bool) -> _Sink:
    """Writes JSON lines: whole records, with the records in them, unless columns are chosen."""
    return JsonLinesWriter(file, columns if is_chosen else None)
