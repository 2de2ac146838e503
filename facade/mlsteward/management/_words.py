"""Words of FiftyOne's enums on their way in: functions take the member or its text, in any case."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeVar

E = TypeVar("E", bound=StrEnum)


def member_of(argument: str, value: object, enum: type[E]) -> E:
    """The member of an enum for an argument.

    Raises:
        UnsupportedValue: It is none of them.
    """
    word = getattr(value, "value", value)
    if isinstance(word, str) and word.upper() in enum.__members__:
        return enum[word.upper()]
    # What is refused is shown as it was given.
    return choice_of(argument, word, enum)


def choice_of(argument: str, value: object, enum: type[E]) -> E:
    """The member that is given, as such or as its very text.

    Raises:
        UnsupportedValue: There is no such member.
    """
    # Imported where it is used: it costs more than the rest of this package.
    from mlsteward.serialization import choice

    return enum(choice(argument, value, enum))
