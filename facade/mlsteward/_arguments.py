"""Arguments of the facade on their way into a request."""

from __future__ import annotations

from enum import Enum, StrEnum
from typing import Any

from mlsteward_api.types import UNSET

from mlsteward._types import NOT_GIVEN
from mlsteward.errors import InvalidArgument, UnsupportedValue
from mlsteward.secret import redact


def given(value: Any, *, none_is_a_value: bool = False) -> Any:
    """The value, or what makes generated code leave the field out."""
    if value is NOT_GIVEN or (value is None and not none_is_a_value):
        return UNSET
    return value


def choice(argument: str, value: object, enum: type[StrEnum]) -> Any:
    """One of the words of an enum, given as its member or as its text.

    Raises:
        UnsupportedValue: It is none of them.
    """
    if isinstance(value, str) and not isinstance(value, Enum):
        word: object = value
    else:
        word = getattr(value, "value", value)
    if word not in enum.__members__.values():
        allowed = ", ".join(repr(member.value) for member in enum)
        shown = redact(repr(word))[:100]
        raise UnsupportedValue(f"{argument} cannot be {shown}; it is one of {allowed}")
    return enum(str(word))


def exactly_one(**arguments: object) -> None:
    """Refuse both or neither of two arguments, before anything is sent.

    Raises:
        InvalidArgument: Not exactly one is given.
    """
    names = " and ".join(arguments)
    count = sum(value is not None for value in arguments.values())
    if count != 1:
        raise InvalidArgument(f"give exactly one of {names}, not {'neither' if count == 0 else 'both'}")
