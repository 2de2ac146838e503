"""The columns of a type of record: its fields, and those of the records in it, such as `plan.projects_limit`.

Secrets are never columns.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from operator import attrgetter
from typing import Any, Union, cast

from mlsteward.errors import InvalidArgument
from mlsteward.records.record import FULL_NAME, Record, field_names


class Kind(StrEnum):
    """What a column holds."""

    TEXT = "text"
    NUMBER = "number"
    FLAG = "flag"
    MOMENT = "moment"
    SEVERAL = "several"
    """Words."""
    RECORDS = "records"


@dataclass(frozen=True)
class Column:
    """A column.

    Attributes:
        name: The name of the field; of a field of a record in the record, with a dot: `plan.projects_limit`.
        kind: What it holds, besides None.
        value: Gets the value of a record.
        record_type: The type of what a column of records holds.
    """

    name: str
    kind: Kind
    value: Callable[[Any], Any]
    record_type: type[Record] | None = None


def columns_of(record_type: type[Record]) -> tuple[Column, ...]:
    """Every column of a type of record, in the order of the fields; the full name first, where it has one."""
    return _columns_of(cast(Any, record_type))


@cache
def _columns_of(record_type: type[Record]) -> tuple[Column, ...]:
    found = [Column(FULL_NAME, Kind.TEXT, attrgetter(FULL_NAME))] if hasattr(record_type, FULL_NAME) else []
    hints = typing.get_type_hints(record_type)
    for name in field_names(record_type):
        members = set(_members(hints[name]))
        inner = next((member for member in members if isinstance(member, type) and issubclass(member, Record)), None)
        if inner is not None and tuple not in members:
            found += [_inside(name, column, is_optional=type(None) in members) for column in columns_of(inner)]
        else:
            found.append(Column(name, _kind(members, inner), attrgetter(name), inner))
    return tuple(found)


def select(record_type: type[Record], names: Iterable[str] | None) -> tuple[Column, ...]:
    """The columns that somebody wants, in their order.

    Args:
        record_type: The type of the records.
        names: Of the columns; None for all.

    Raises:
        InvalidArgument: There is no such column, none is named, or one is named twice.
    """
    every = columns_of(record_type)
    if names is None:
        return every
    wanted = [names] if isinstance(names, str) else list(names)
    by_name = {column.name: column for column in every}
    check_names(wanted, tuple(by_name), record_type.__name__)
    return tuple(by_name[name] for name in wanted)


def check_names(wanted: Sequence[str], known: Sequence[str], of: str) -> None:
    """
    Raises:
        InvalidArgument: There is no such column, none is named, or one is named twice.
    """
    unknown = [name for name in wanted if name not in known]
    if unknown:
        raise InvalidArgument(f"{of} has no column {unknown[0]!r}; the columns are {', '.join(known)}")
    if not wanted or len(set(wanted)) < len(wanted):
        raise InvalidArgument("columns must name at least one column, and none twice")


def _members(hint: Any) -> typing.Iterator[Any]:
    """The types that an annotation allows; `tuple` itself beside the type of its items."""
    origin = typing.get_origin(hint)
    if origin in (Union, types.UnionType):
        for part in typing.get_args(hint):
            yield from _members(part)
    elif origin is tuple:
        yield tuple
        yield from _members(typing.get_args(hint)[0])
    else:
        yield hint


def _kind(members: set[Any], inner: type[Record] | None) -> Kind:
    if tuple in members:
        return Kind.SEVERAL if inner is None else Kind.RECORDS
    for found, kind in ((datetime, Kind.MOMENT), (bool, Kind.FLAG), (int, Kind.NUMBER)):
        if found in members:
            return kind
    return Kind.TEXT


def _inside(name: str, column: Column, *, is_optional: bool) -> Column:
    outer, inner = attrgetter(name), column.value

    def value(record: Any) -> Any:
        found = outer(record)
        return None if found is None else inner(found)

    whole = value if is_optional else attrgetter(f"{name}.{column.name}")
    return Column(f"{name}.{column.name}", column.kind, whole, column.record_type)
