"""Who may do what, as one table: CSV or a DataFrame."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Protocol, cast, overload

from attrs import frozen

from mlsteward._public import public_names
from mlsteward.exports.frames import need
from mlsteward.exports.targets import opened
from mlsteward.exports.writers import CsvTable
from mlsteward.records.access import AccessEntry

if TYPE_CHECKING:
    import pandas

COLUMNS = ("object_type", "object_id", "object_name", "user_id", "username", "kind", "role", "rule", "group")
ACCOUNT = ("user_id", "username", "kind")


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

    def _repr_html_(self) -> str:
        from mlsteward.exports.grid import grid

        return grid(self.entries)

    def __dir__(self) -> list[str]:
        return public_names(self)

    @overload
    def to_csv(self, file: None = None, *, wide: bool = False) -> str: ...

    @overload
    def to_csv(self, file: str | os.PathLike[str] | TextFile, *, wide: bool = False) -> None: ...

    def to_csv(self, file: str | os.PathLike[str] | TextFile | None = None, *, wide: bool = False) -> str | None:
        """Write the table as CSV with a header.

        A cell that a spreadsheet would take for a formula gets a `'` in front.

        Args:
            file: A path, where the file appears when all of it is written; or a file that is open for text.
            wide: A row for each account and a column for each dataset and project, such as `dataset:street-signs`,
                which holds the role; otherwise a row for each entry.

        Returns:
            The text where no file is given.
        """
        with opened(file) as target:
            table = CsvTable(target)
            header, rows = self._table(wide)
            table.write([header])
            table.write(rows)
            return target.getvalue() if file is None and isinstance(target, io.StringIO) else None

    def to_dataframe(self, *, wide: bool = False) -> pandas.DataFrame:
        """The table as a pandas DataFrame. Needs `mlsteward[pandas]`.

        Args:
            wide: A row for each account and a column for each dataset and project, such as `dataset:street-signs`,
                which holds the role; otherwise a row for each entry.

        Raises:
            ConfigurationError: pandas is not installed.
        """
        library = need("pandas")
        header, rows = self._table(wide)
        return cast("pandas.DataFrame", library.DataFrame(rows, columns=header, dtype=object))

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
