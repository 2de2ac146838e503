"""What a rule reports, and words for its messages."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """What is wrong, and where."""

    pointer: str
    message: str

    def __str__(self) -> str:
        return f"{self.pointer or '/'}: {self.message}"


Findings = Iterator[Finding]


def listed(values: Iterable[object]) -> str:
    """Words for a message, in alphabetical order."""
    return ", ".join(sorted(map(str, values)))


def among(value: object, names: Container[str]) -> bool:
    """Whether a value is one of some names; a value that is not a string is not."""
    return isinstance(value, str) and value in names
