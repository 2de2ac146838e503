"""Who may do what, as one table: CSV or a DataFrame."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Protocol, overload

from attrs import frozen

from mlsteward.errors import ConfigurationError, InvalidArgument
from mlsteward.records.access import AccessEntry

if TYPE_CHECKING:
    import pandas

COLUMNS = ("object_type", "object_id", "object_name", "user_id", "username", "kind", "role", "rule", "group")
ACCOUNT = ("user_id", "username", "kind")
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""The first characters of cells that spreadsheets treat as formulas."""


class TextFile(Protocol):
    """A file, or what takes text like one."""

    def write(self, text: str, /) -> object: ...


@frozen(repr=False)
class AccessMatrix:
    """Every account with each project and dataset; as many entries as `len()` says, in the order of iteration.

    Attributes:
        entries: What each account is in each of them, and why.
    """

    entries: tuple[AccessEntry, ...]

    def __len__(self) -> int:
        return len(self.entries)

    def __iter__(self) -> Iterator[AccessEntry]:
        return iter(self.entries)

    def __repr__(self) -> str:
        return f"<AccessMatrix of {len(self)} entries>"

    @overload
    def to_csv(self, file: None = None, *, wide: bool = False) -> str: ...

    @overload
    def to_csv(self, file: str | os.PathLike[str] | TextFile, *, wide: bool = False) -> None: ...

    def to_csv(self, file: str | os.PathLike[str] | TextFile | None = None, *, wide: bool = False) -> str | None:
        """Write the table as CSV with a header.

        A cell that a spreadsheet would take for a formula gets a `'` in front.

        Args:
            file: A path, or a file that is open for text.
            wide: A row for each account and a column for each dataset and project, such as `dataset:street-signs`,
                which holds the role; otherwise a row for each entry.

        Returns:
            The text where no file is given.
        """
        if isinstance(file, str | os.PathLike):
            with open(file, "w", encoding="utf-8", newline="") as opened:
                self._write(opened, wide)
            return None
        if file is None:
            buffer = io.StringIO(newline="")
            self._write(buffer, wide)
            return buffer.getvalue()
        if not callable(getattr(file, "write", None)):
            raise InvalidArgument(f"file must be a path or an open file, not {type(file).__name__}")
        self._write(file, wide)
        return None

    def to_dataframe(self, *, wide: bool = False) -> pandas.DataFrame:
        """The table as a pandas DataFrame. Needs `mlsteward[pandas]`.

        Args:
            wide: A row for each account and a column for each dataset and project, such as `dataset:street-signs`,
                which holds the role; otherwise a row for each entry.

        Raises:
            ConfigurationError: pandas is not installed.
        """
        try:
            from pandas import DataFrame
        except ModuleNotFoundError as error:
            raise ConfigurationError(
                f"A DataFrame needs {error.name}, which is not installed: pip install 'mlsteward[pandas]'."
            ) from error
        header, rows = self._table(wide)
        return DataFrame(rows, columns=header, dtype=object)

    def _write(self, file: TextFile, wide: bool) -> None:
        writer = csv.writer(file, lineterminator="\n")
        header, rows = self._table(wide)
        writer.writerow(map(_cell, header))
        writer.writerows(map(_cell, row) for row in rows)

    def _table(self, wide: bool) -> tuple[list[str], list[list[str | None]]]:
        if not wide:
            return list(COLUMNS), [[_plain(getattr(entry, name)) for name in COLUMNS] for entry in self.entries]
        objects: dict[tuple[str, str], str] = {}
        accounts: dict[str, AccessEntry] = {}
        roles: dict[tuple[str, str, str], str] = {}
        for entry in self.entries:
            objects.setdefault((entry.object_type, entry.object_id), f"{entry.object_type}:{entry.object_name}")
            accounts.setdefault(entry.user_id, entry)
            roles[entry.user_id, entry.object_type, entry.object_id] = str(entry.role or "")
        rows = [
            [
                *(_plain(getattr(account, name)) for name in ACCOUNT),
                *(roles.get((account.user_id, *key), "") for key in objects),
            ]
            for account in sorted(accounts.values(), key=lambda account: account.username)
        ]
        return [*ACCOUNT, *objects.values()], rows


def _plain(value: Any) -> str | None:
    """The text of a word of an enum, not its member: what reads the table need not know this library."""
    return None if value is None else str(value)


def _cell(value: str | None) -> str:
    """A cell of a file that people open in a spreadsheet.

    >>> _cell("=1+1"), _cell("jackie"), _cell(None)
    ("'=1+1", 'jackie', '')
    """
    return "" if value is None else "'" + value if value.startswith(FORMULA) else value
