"""What somebody writes to adapt the client, and what it costs: lines, and rooms."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from churn.case import Replacement

FACADE = "facade/mlsteward/"
RESOURCES = f"{FACADE}_async/"
RECORDS = f"{FACADE}records/"
PROTOCOL = f"{FACADE}protocol.py"


class PatchError(Exception):
    """A patch does not fit the file, or touches what is derived."""


def patched(root: Path, replacements: Sequence[Replacement]) -> dict[str, str]:
    """The files of a patch, by their path below `root`, as they are with it.

    Raises:
        PatchError: A text is not there, or more than once.
    """
    found: dict[str, str] = {}
    for each in replacements:
        if not each.file.startswith(FACADE) or "/_sync/" in each.file:
            raise PatchError(f"{each.file}: a patch is of the hand-written files in {FACADE}")
        text = found[each.file] if each.file in found else (root / each.file).read_text("utf-8")
        if text.count(each.old) != 1:
            raise PatchError(f"{each.file}: {each.old!r} is there {text.count(each.old)} times, not once")
        found[each.file] = text.replace(each.old, each.new)
    return found


def cost(root: Path, files: Mapping[str, str]) -> int:
    """How many lines of `files` are others than in `root`."""
    return sum(changed_lines((root / name).read_text("utf-8"), text) for name, text in files.items())


def changed_lines(old: str, new: str) -> int:
    """How many lines were changed, added or removed. A line that became another one counts once.

    >>> changed_lines("a\\nb\\nc\\n", "a\\nB\\nc\\nd\\n")
    2
    """
    matcher = difflib.SequenceMatcher(None, old.splitlines(), new.splitlines(), autojunk=False)
    return sum(max(i2 - i1, j2 - j1) for tag, i1, i2, j1, j2 in matcher.get_opcodes() if tag != "equal")


def rooms(files: Iterable[str]) -> set[str]:
    """The rooms that some files stand in: the wire, or a domain with its records.

    Records, and the enums and words that all of them share, belong to the domain whose module is changed.
    """
    found = {_room(name) for name in files}
    domains = found - {"records"}
    return domains if domains else found


def _room(name: str) -> str:
    if name == PROTOCOL:
        return "protocol"
    if name.startswith(RECORDS):
        return "records"
    if name.startswith(RESOURCES):
        return name.removeprefix(RESOURCES).partition("/")[0].removesuffix(".py")
    return name.removeprefix(FACADE)
