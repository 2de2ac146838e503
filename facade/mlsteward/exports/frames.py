"""Columns, collected page by page, for pandas and polars.

Each column has a type of its own: moments in UTC, and numbers and flags that can be missing.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

from mlsteward.errors import ConfigurationError
from mlsteward.exports.columns import Column, Kind, columns_of
from mlsteward.records.record import plain

if TYPE_CHECKING:
    import pandas
    import polars

PANDAS = {
    Kind.TEXT: "string",
    Kind.NUMBER: "Int64",
    Kind.FLAG: "boolean",
    Kind.MOMENT: "datetime64[us, UTC]",
    Kind.SEVERAL: "object",
    Kind.RECORDS: "object",
}


def need(library: str) -> Any:
    """Import pandas or polars.

    Raises:
        ConfigurationError: It is not installed.
    """
    try:
        return import_module(library)
    except ModuleNotFoundError as error:
        raise ConfigurationError(
            f"A DataFrame needs {error.name}, which is not installed: pip install 'mlsteward[{library}]'."
        ) from error


class Frame:
    """The values of each column.

    Args:
        columns: Those to collect.
    """

    def __init__(self, columns: Sequence[Column]) -> None:
        self._columns = columns
        self._values: list[list[Any]] = [[] for _ in columns]

    def add(self, page: Sequence[Any]) -> None:
        """Take some records."""
        for column, values in zip(self._columns, self._values, strict=True):
            values.extend(plain(column.value(record), moment=_in_utc) for record in page)

    def to_pandas(self) -> pandas.DataFrame:
        """
        Raises:
            ConfigurationError: pandas is not installed.
        """
        library = need("pandas")
        series = {
            column.name: library.Series(values, dtype=PANDAS[column.kind])
            for column, values in zip(self._columns, self._values, strict=True)
        }
        names = [column.name for column in self._columns]
        return cast("pandas.DataFrame", library.DataFrame(series, columns=names))

    def to_polars(self) -> polars.DataFrame:
        """
        Raises:
            ConfigurationError: polars is not installed.
        """
        library = need("polars")
        series = [
            library.Series(column.name, values, dtype=_in_polars(library, column))
            for column, values in zip(self._columns, self._values, strict=True)
        ]
        return cast("polars.DataFrame", library.DataFrame(series))


def _in_polars(polars: Any, column: Column) -> Any:
    if column.kind is Kind.RECORDS and column.record_type is not None:
        inner = {one.name: _in_polars(polars, one) for one in columns_of(column.record_type)}
        return polars.List(polars.Struct(inner))
    return {
        Kind.TEXT: polars.String(),
        Kind.NUMBER: polars.Int64(),
        Kind.FLAG: polars.Boolean(),
        Kind.MOMENT: polars.Datetime("us", "UTC"),
    }.get(column.kind, polars.List(polars.String()))


def _in_utc(value: datetime) -> datetime:
    return value.astimezone(UTC)
