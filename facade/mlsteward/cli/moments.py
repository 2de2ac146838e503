"""Dates and times as people type them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    ParamType = click.ParamType[datetime]
else:
    ParamType = click.ParamType  # generic only in newer versions of click


class Moment(ParamType):
    """A date or a time, in UTC unless it says otherwise: `2026-11-01`, `1 Nov 14:00`, `2026-11-01T10:00+02:00`."""

    name = "moment"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        if isinstance(value, datetime):
            return value
        # Imported when somebody types a date.
        from dateutil.parser import parse

        midnight = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
        try:
            found: datetime = parse(str(value)[:100], default=midnight)
        except (ValueError, OverflowError):
            self.fail(f"{str(value)[:100]!r} is no date; write it like 2026-11-01 or '1 Nov 14:00'", param, ctx)
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
