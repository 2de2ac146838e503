"""Files on their way to a handler, and from it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that a request brought. It is kept already; the handler says whose it is.

    Attributes:
        digest: Its SHA-256, in hexadecimal: under this it is kept.
        size: In bytes.
    """

    digest: str
    size: int


@dataclass(frozen=True, slots=True)
class Download:
    """A file that a handler answers with.

    Attributes:
        digest: Under which it is kept.
        size: In bytes.
        name: What to call it where it is saved.
    """

    digest: str
    size: int
    name: str
