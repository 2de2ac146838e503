"""What every record offers, whatever it holds.

Readers make records by the thousand, so nothing here is done when one is made: the fields are looked up when
somebody looks at it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from enum import Enum
from typing import Any, ClassVar, Final, cast

import attrs

from mlsteward._public import public_names

LONGEST: Final = 80
"""Maximum number of characters of a text in `repr`."""

FULL_NAME: Final = "full_name"


class Record:
    """The base of all records."""

    __slots__ = ()

    _identified_by: ClassVar[str | None] = None
    """The attribute with what commands and methods take for it; None if it has no name or id of its own."""

    def to_dict(self) -> dict[str, Any]:
        """Every field by its name, secrets included. `repr`, tables and files leave those out.

        Records in it are dictionaries, tuples are lists, and words of enums are plain texts. Datetimes stay datetimes.
        """
        return plain(self, secrets=True)  # type: ignore[no-any-return]

    def __repr__(self) -> str:
        shown = ", ".join(f"{name}={_shown(value)}" for name, value in _known(self).items())
        return f"{type(self).__name__}({shown})"

    def _repr_html_(self) -> str:
        from mlsteward.records.html import details

        return details(_known(self), caption=type(self).__name__)

    def __dir__(self) -> list[str]:
        return public_names(self)


def field_names(record: type[Record], *, secrets: bool = False) -> tuple[str, ...]:
    """The names of the fields of a record.

    Args:
        record: The class.
        secrets: Whether to include what `repr` leaves out.
    """
    return tuple(field.name for field in attrs.fields(cast(Any, record)) if field.repr or secrets)


def plain(value: Any, *, secrets: bool = False, moment: Callable[[datetime], Any] | None = None) -> Any:
    """A value of a record without classes of ours: dictionaries, lists, texts, numbers.

    Args:
        value: A record, or what a field of one holds.
        secrets: Whether to include what `repr` leaves out.
        moment: What to make of a datetime; it stays as it is without.
    """
    if isinstance(value, Record):
        names = field_names(type(value), secrets=secrets)
        return {name: plain(getattr(value, name), secrets=secrets, moment=moment) for name in names}
    if isinstance(value, tuple):
        return [plain(item, secrets=secrets, moment=moment) for item in value]
    if isinstance(value, Enum):
        return value.value
    if moment is not None and isinstance(value, datetime):
        return moment(value)
    return value


def json_data(record: Record, *, secrets: bool = False) -> dict[str, Any]:
    """A record as a JSON object; it starts with the full name of what has one.

    Args:
        record: The record.
        secrets: Whether to include what `repr` leaves out.
    """
    found: dict[str, Any] = plain(record, secrets=secrets, moment=rfc3339)
    full_name = getattr(record, FULL_NAME, None)
    return found if full_name is None else {FULL_NAME: full_name, **found}


def rfc3339(value: datetime) -> str:
    """A moment as text, in UTC.

    >>> rfc3339(datetime(2026, 1, 31, 12, tzinfo=UTC))
    '2026-01-31T12:00:00Z'
    """
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _known(record: Record) -> dict[str, Any]:
    """The fields that people are shown: not those that are None, and no secrets."""
    values = {name: getattr(record, name) for name in field_names(type(record))}
    return {name: value for name, value in values.items() if value is not None}


def _shown(value: Any) -> str:
    """A value in `repr`."""
    if isinstance(value, datetime):
        return f"{value.astimezone(UTC):%Y-%m-%d %H:%M:%S}Z"
    if isinstance(value, tuple):
        return f"({', '.join(map(_shown, value))}{',' if len(value) == 1 else ''})"
    value = plain(value) if isinstance(value, Enum) else value
    if isinstance(value, str) and len(value) > LONGEST:
        return repr(value[: LONGEST - 3] + "...")
    return repr(value)
