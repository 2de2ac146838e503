"""What a comparison finds: changes, their kinds, and whom they hurt."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntFlag

FACADE = "callers of the facade"
CLIENT = "callers of the low-level client"
HTTP = "callers of raw HTTP"
OPERATORS = "operators"

EVERYONE = (FACADE, CLIENT, HTTP)
WITHOUT_FACADE = (CLIENT, HTTP)


class Side(IntFlag):
    """Where a schema is used. What is part of a `not` is used on both sides: any change of it can break."""

    REQUEST = 1
    ANSWER = 2
    EITHER = 3


class Effect(IntFlag):
    """What a change does to the set of values that a schema accepts.

    A request breaks where less is accepted, an answer where more can come: `side & effect` is what breaks.
    """

    NARROWER = 1
    WIDER = 2
    OTHER = 3


_WORDS = {Effect.NARROWER: "narrowed", Effect.WIDER: "widened", Effect.OTHER: "changed"}


@dataclass(frozen=True)
class Kind:
    """A kind of change.

    Attributes:
        name: As in the headings of `BREAKING.md`.
        hurts: Whom it hurts where it breaks something.
        advice: What they have to do, a sentence.
    """

    name: str
    hurts: tuple[str, ...] = EVERYONE
    advice: str = ""


@dataclass(frozen=True)
class Change:
    """One difference between two documents that somebody could notice.

    Attributes:
        pointer: The JSON pointer of the place in the new document; in the old one if the place is gone.
        subject: The same place as people call it: an operation, `Project.owner`, `parameters/Limit`.
        kind: What kind of change it is.
        detail: The values, where there are any: `128 to 64`.
        breaking: Whether something that worked can stop working.
        what: What changed, a sentence.
        hurts: Whom it hurts; empty if it breaks nothing.
        advice: What they have to do, a sentence.
        operations: The operations that it is a part of; empty if it concerns all.
    """

    pointer: str
    subject: str
    kind: str
    breaking: bool
    what: str
    detail: str = ""
    hurts: tuple[str, ...] = ()
    advice: str = ""
    operations: tuple[str, ...] = ()

    @property
    def heading(self) -> str:
        """What identifies it in `BREAKING.md`."""
        return f"{self.subject}: {self.kind}" + (f" ({self.detail})" if self.detail else "")

    @property
    def entry(self) -> str:
        """What to write in `BREAKING.md`."""
        where = (
            f" Part of: {listed(self.operations)}." if self.operations and self.operations != (self.subject,) else ""
        )
        return f"## {self.heading}\n\n{self.what}{where} It hurts {spoken(self.hurts)}. {self.advice}".rstrip() + "\n"


def word(effect: Effect) -> str:
    """How the kind of a change calls an effect."""
    return _WORDS[effect]


def listed(names: tuple[str, ...], most: int = 6) -> str:
    """Some names in code style; of many, the first ones.

    >>> listed(("a", "b", "c"), most=2)
    '`a`, `b` and 1 more'
    """
    shown = ", ".join(f"`{name}`" for name in names[:most])
    return shown if len(names) <= most else f"{shown} and {len(names) - most} more"


def spoken(parts: tuple[str, ...]) -> str:
    """Some phrases as a part of a sentence.

    >>> spoken(("callers of raw HTTP", "operators"))
    'callers of raw HTTP and operators'
    """
    return " and ".join(filter(None, (", ".join(parts[:-1]), parts[-1]))) if parts else "nobody"
