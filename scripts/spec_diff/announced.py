"""`BREAKING.md`: the breaking changes that are announced, each under a heading that names one change."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from spec_diff.change import Change

_HEADING = re.compile(r"^## +(.*?) *$", re.MULTILINE)


@dataclass(frozen=True)
class Verdict:
    """The changes held against what is announced.

    Attributes:
        unannounced: Breaking changes without an entry.
        stale: Headings of entries that no breaking change has.
        empty: Headings of entries that say nothing.
    """

    unannounced: tuple[Change, ...]
    stale: tuple[str, ...]
    empty: tuple[str, ...]

    @property
    def passes(self) -> bool:
        return not (self.unannounced or self.stale or self.empty)


def entries(text: str) -> dict[str, str]:
    """The entries of `BREAKING.md`: what each says, by its heading.

    >>> entries("# Title\\n\\n## Project.owner: property removed\\n\\nUse `creator`.\\n")
    {'Project.owner: property removed': 'Use `creator`.'}
    """
    _, *found = _HEADING.split(text)
    return {heading: body.strip() for heading, body in zip(found[::2], found[1::2], strict=True)}


def judge(changes: Iterable[Change], text: str) -> Verdict:
    """Hold the breaking changes against the text of `BREAKING.md`."""
    announced = entries(text)
    breaking = {change.heading: change for change in changes if change.breaking}
    return Verdict(
        tuple(change for heading, change in breaking.items() if heading not in announced),
        tuple(heading for heading in announced if heading not in breaking),
        tuple(heading for heading, body in announced.items() if heading in breaking and not body),
    )
