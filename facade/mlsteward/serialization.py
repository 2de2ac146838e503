"""Arguments of methods, turned into what requests hold.

Methods mark what is not given by None; by `NOT_GIVEN` where None is a value, such as "no limit". Generated code has
a marker of its own, `UNSET`, which is used here and nowhere above.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from enum import Enum, StrEnum
from math import ceil
from typing import TypeVar, cast

from mlsteward_api.types import UNSET, OpenStrEnum, Unset

from mlsteward._types import NotGiven
from mlsteward.errors import InvalidArgument
from mlsteward.records.words import sent_as
from mlsteward.redaction import redact
from mlsteward.references import text

T = TypeVar("T")
E = TypeVar("E", bound=OpenStrEnum)
"""The enum of generated code that is wanted: an argument that is no longer an enum is a type error."""


def given(value: T | None) -> T | Unset:
    """The value; None leaves the field out of the request."""
    return UNSET if value is None else value


def given_text(argument: str, value: str | None) -> str | Unset:
    """A text that is not empty; None leaves the field out of the request.

    Raises:
        InvalidArgument: It is not a text, or empty.
    """
    return UNSET if value is None else text(argument, value)


def nullable(value: T | NotGiven) -> T | Unset:
    """The value, if None has its own meaning; `NOT_GIVEN` leaves the field out of the request."""
    return UNSET if isinstance(value, NotGiven) else value


def choice(argument: str, value: object, enum: type[StrEnum]) -> E:  # type: ignore[type-var]
    """A value of an enum, given as its member or as its text, as it is sent.

    Raises:
        InvalidArgument: The enum has no such value.
    """
    if isinstance(value, str) and not isinstance(value, Enum):
        word: object = value
    else:
        word = getattr(value, "value", value)
    if word not in enum.__members__.values():
        allowed = ", ".join(repr(member.value) for member in enum)
        shown = redact(repr(word))[:100]
        raise InvalidArgument(f"{argument} cannot be {shown}; it is one of {allowed}", code="unsupported_value")
    return cast(E, sent_as(enum(str(word))))


def given_choice(argument: str, value: object, enum: type[StrEnum]) -> E | Unset:
    """`choice`; None leaves the field out of the request."""
    if value is None:
        return UNSET
    found: E = choice(argument, value, enum)
    return found


def choices(argument: str, values: object, enum: type[StrEnum]) -> list[E] | Unset:
    """One or several values of an enum, as a list; None leaves the field out of the request.

    Raises:
        InvalidArgument: The list is empty, or the enum has no such value.
    """
    if values is None:
        return UNSET
    several = [values] if isinstance(values, str) or not isinstance(values, Iterable) else values
    found: list[E] = [choice(argument, value, enum) for value in several]
    if not found:
        raise InvalidArgument(f"{argument} must not be empty; omit it, or pass at least one")
    return found


def moment(argument: str, value: datetime | timedelta | None) -> datetime | Unset:
    """A moment, given as such or counted from now; None leaves the field out of the request.

    Raises:
        InvalidArgument: It is neither, has no time zone, or is too far away.
    """
    if value is None:
        return UNSET
    if isinstance(value, timedelta):
        try:
            return datetime.now(UTC) + value
        except OverflowError as error:
            raise InvalidArgument(f"{argument} is further away than a date can be") from error
    if not isinstance(value, datetime):
        raise InvalidArgument(f"{argument} must be a datetime or a timedelta, not {type(value).__name__}")
    if value.utcoffset() is None:
        raise InvalidArgument(f"{argument} must have a time zone, as datetime.now(timezone.utc) has")
    return value


def moment_ago(argument: str, value: datetime | timedelta | None) -> datetime | Unset:
    """A moment, given as such or as how long ago it was; None leaves the field out of the request.

    Raises:
        InvalidArgument: It is neither, has no time zone, or is too far away.
    """
    return moment(argument, -value if isinstance(value, timedelta) else value)


def seconds(argument: str, value: timedelta | None) -> int | Unset:
    """A duration in whole seconds, rounded up; None leaves the field out of the request.

    Raises:
        InvalidArgument: It is not a duration, or negative.
    """
    if value is None:
        return UNSET
    if not isinstance(value, timedelta):
        raise InvalidArgument(f"{argument} must be a timedelta, not {type(value).__name__}")
    if value < timedelta(0):
        raise InvalidArgument(f"{argument} must not be negative")
    return ceil(value.total_seconds())


def exactly_one(**arguments: object) -> None:
    """Check that exactly one of several arguments is given.

    Raises:
        InvalidArgument: Not exactly one is given.
    """
    count = sum(value is not None for value in arguments.values())
    if count != 1:
        *names, last = arguments
        none, several = ("neither", "both") if len(names) == 1 else ("none", "several")
        raise InvalidArgument(
            f"give exactly one of {', '.join(names)} and {last}, not {none if count == 0 else several}"
        )
