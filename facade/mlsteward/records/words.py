"""The words that enums have on the wire, where they differ from ours.

A word that was renamed in the spec is one line here: people go on reading and giving the word they know.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final, cast

ON_THE_WIRE: Final[Mapping[type[StrEnum], Mapping[str, str]]] = {}
"""For each enum, the word on the wire of each of our words that has another one there, such as
`{Visibility: {"public": "everybody"}}`."""

_NONE: Final[Mapping[str, str]] = {}


def sent_as(member: StrEnum) -> StrEnum:
    """A member of one of our enums, with the word that it has on the wire."""
    word = ON_THE_WIRE.get(type(member), _NONE).get(member.value)
    if word is None:
        return member
    # Generated code sends the value of whatever member it is given.
    return next(iter(cast("type[StrEnum]", StrEnum("Sent", {"WORD": word}))))


def received(enum: type[StrEnum]) -> dict[str, StrEnum]:
    """The members of one of our enums by the word that each has on the wire."""
    words = ON_THE_WIRE.get(enum, _NONE)
    return {words.get(member.value, member.value): member for member in enum}
