"""The files that handlers receive and return."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Upload:
    """An uploaded file. It is stored already; the handler records which object it belongs to.

    Attributes:
        digest: The SHA-256 of the file, in hexadecimal. The file is stored under it.
        size: Size in bytes.
    """

    digest: str
    size: int


@dataclass(frozen=True, slots=True)
class Download:
    """A file that a handler returns.

    Attributes:
        digest: The digest under which the file is stored.
        size: Size in bytes.
        name: The file name of the download.
    """

    digest: str
    size: int
    name: str
