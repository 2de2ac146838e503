"""The first rows of a list, as a notebook shows them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mlsteward.exports.columns import columns_of
from mlsteward.records.html import table
from mlsteward.records.record import Record

MORE = "There is more. Iterate over the list, or use to_list(), to_pandas() or to_csv()."


def first_rows(about: str, items: Sequence[Any], *, has_more: bool) -> str:
    """A table of some items. Columns without any value are left out.

    Args:
        about: What they are.
        items: Those to show.
        has_more: Whether there are others.
    """
    note = MORE if has_more else "" if items else "The list is empty."
    if not items or not isinstance(items[0], Record):
        return table(["value"] if items else [], [[item] for item in items], caption=about, note=note)
    columns = {
        column.name: values
        for column in columns_of(type(items[0]))
        for values in [[column.value(item) for item in items]]
        if any(value is not None for value in values)
    }
    return table(list(columns), zip(*columns.values(), strict=True), caption=about, note=note)
