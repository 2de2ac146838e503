"""Files in a file storage that nothing refers to."""

from __future__ import annotations

import hashlib
import os
import time
from pathlib import Path


def place_of(folder: Path, content: bytes) -> Path:
    """Where a file storage keeps a content."""
    digest = hashlib.sha256(content).hexdigest()
    return folder / "sha256" / digest[:2] / digest


def litter(folder: Path, count: int, *, seconds_ago: float = 10.0) -> list[Path]:
    """Put files of ten bytes into a file storage, as a process does that dies before it writes their rows."""
    moment = time.time() - seconds_ago
    left = []
    for number in range(count):
        content = b"%010d" % number
        path = place_of(folder, content)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        os.utime(path, (moment, moment))
        left.append(path)
    return left


def kept(folder: Path) -> set[str]:
    """The digests of the files in a file storage."""
    return {path.name for path in (folder / "sha256").rglob("*") if path.is_file()}
