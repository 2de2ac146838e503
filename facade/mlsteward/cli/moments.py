"""Dates, times and durations as people type them."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    DateType = click.ParamType[datetime]
    DurationType = click.ParamType[timedelta]
    EitherType = click.ParamType[datetime | timedelta]
else:
    DateType = DurationType = EitherType = click.ParamType  # generic only in newer versions of click

UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


class Moment(DateType):
    """A date or a time, in UTC unless it says otherwise: `2026-11-01`, `1 Nov 14:00`, `2026-11-01T10:00+02:00`."""

    name = "moment"

    def __init__(self, like: str = "2026-11-01 or '1 Nov 14:00'") -> None:
        self.like = like

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        if isinstance(value, datetime):
            return value
        # Imported when somebody types a date.
        from dateutil.parser import parse

        midnight = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
        try:
            found: datetime = parse(str(value)[:100], default=midnight)
        except (ValueError, OverflowError):
            self.fail(f"{str(value)[:100]!r} is not a valid date; write it like {self.like}.", param, ctx)
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)


class Duration(DurationType):
    """A duration: `30d`, `12h`, `2w`, or `0`."""

    name = "duration"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> timedelta:
        found = value if isinstance(value, timedelta) else _duration(str(value))
        if found is None:
            self.fail(f"{str(value)[:100]!r} is not a valid duration; write it like 12h, 30d or 2w, or 0.", param, ctx)
        return found


class Deadline(EitherType):
    """A date, or a duration: `2027-01-31`, `90d`."""

    name = "deadline"
    like = "2027-01-31, or 90d"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime | timedelta:
        if isinstance(value, timedelta):
            return value
        # A duration first: as a date, 10h would be ten o'clock.
        found = _duration(str(value))
        return Moment(self.like).convert(value, param, ctx) if found is None else found


class Since(Deadline):
    """A date in the past, or how long ago it was: `2026-11-01`, `1 Nov 14:00`, `7d`."""

    name = "since"
    like = "2026-11-01, '1 Nov 14:00' or 7d"


def _duration(text: str) -> timedelta | None:
    if text == "0":
        return timedelta(0)
    match = re.fullmatch(r"([0-9]{1,6})([smhdw])", text.strip(), re.IGNORECASE)
    return None if match is None else timedelta(**{UNITS[match[2].lower()]: int(match[1])})
