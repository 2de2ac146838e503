"""Tables for notebooks. Whatever people wrote is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from html import escape
from typing import Any


def details(values: Mapping[str, Any], *, caption: str) -> str:
    """A table of two columns.

    Args:
        values: By their names.
        caption: What is above it.
    """
    rows = "".join(f"<tr><th>{cell(name)}</th><td>{_value(value)}</td></tr>" for name, value in values.items())
    return f"<table><caption>{cell(caption)}</caption><tbody>{rows}</tbody></table>"


def table(titles: Sequence[str], rows: Iterable[Sequence[Any]], *, caption: str, note: str = "") -> str:
    """A table with a row of titles.

    Args:
        titles: Of the columns.
        rows: A value for each column.
        caption: What is above it.
        note: What is below it.
    """
    head = "".join(f"<th>{cell(title)}</th>" for title in titles)
    body = "".join(f"<tr>{''.join(f'<td>{_value(value)}</td>' for value in row)}</tr>" for row in rows)
    below = f"<p>{cell(note)}</p>" if note else ""
    return (
        f"<table><caption>{cell(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{below}"
    )


def cell(value: object) -> str:
    """A value as text of HTML."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return f"{value.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"
    return escape(str(value))


def _value(value: Any) -> str:
    """A value: what has a table of its own as that, and several with commas."""
    if isinstance(value, tuple):
        return ", ".join(map(_value, value))
    as_table = getattr(value, "_repr_html_", None)
    return cell(value) if as_table is None else as_table()
