"""Cases, as they are written in `cases/*.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

CASES = Path(__file__).parent / "cases"

DETECTORS = ("lint", "generate", "types", "records", "protocol", "gate", "run")
"""What can notice an edit before anybody adapts the client to it, in the order in which a developer meets them."""
KINDS = ("harmless", "breaking")
WAYS = ("new_new", "new_old", "old_new")
"""Which client meets which wire. That of today on today's wire has to work in every case, and is run once."""
BUDGET = 5
"""How many lines of one room a breaking change may cost."""


class CaseError(Exception):
    """A case is not written as it must be."""


@dataclass(frozen=True)
class Replacement:
    """A piece of text in a hand-written file, and what becomes of it."""

    file: str
    old: str
    new: str


@dataclass(frozen=True)
class Case:
    """One change of the spec, and everything that has to come of it.

    Attributes:
        name: Unique; what `--only` takes.
        family: The file it is written in.
        kind: `harmless` or `breaking`.
        title: What changes, a sentence.
        edit: The operations on the bundled document, see `edits`.
        domain: The domain whose tests run, a folder of `tests/`.
        found_by: The detectors that notice it; none for what is harmless.
        patch: What somebody writes to adapt the client.
        lines: How many lines that is.
        adapter: What makes today's server speak tomorrow's wire, see `adapters`: tables with the name of an adapter
            as `use`, and its arguments.
        outcomes: What comes of the story for each of `WAYS`, see `child.Outcome`.
        left: The detectors that are not content with the patch either, because what they assert has to change too.
        miss: Why the case costs more, or is noticed less, than it should; empty for what is as it should be.
    """

    name: str
    family: str
    kind: str
    title: str
    domain: str
    edit: Sequence[Mapping[str, Any]]
    found_by: frozenset[str] = frozenset()
    patch: Sequence[Replacement] = ()
    lines: int = 0
    adapter: Sequence[Mapping[str, Any]] = ()
    outcomes: Mapping[str, str] = field(default_factory=dict)
    left: frozenset[str] = frozenset()
    miss: str = ""

    @property
    def is_breaking(self) -> bool:
        return self.kind == "breaking"

    def outcome(self, way: str) -> str:
        """What has to come of the story."""
        return self.outcomes.get(way, "ok")


def load(folder: Path = CASES) -> list[Case]:
    """All cases, by family and in the order in which they are written.

    Raises:
        CaseError: One is not written as it must be.
    """
    found = [case for path in sorted(folder.glob("*.toml")) for case in read(path)]
    names = [case.name for case in found]
    for name in names:
        if names.count(name) > 1:
            raise CaseError(f"{name}: two cases have this name")
    return found


def read(path: Path) -> list[Case]:
    """The cases of one file."""
    try:
        tables = tomllib.loads(path.read_text("utf-8"))["case"]
    except (tomllib.TOMLDecodeError, KeyError) as error:
        raise CaseError(f"{path.name}: {error}") from error
    return [_case(path.stem, table) for table in tables]


def _case(family: str, table: dict[str, Any]) -> Case:
    name = table.get("name", "?")
    try:
        case = Case(
            family=family,
            found_by=frozenset(table.pop("found_by", ())),
            left=frozenset(table.pop("left", ())),
            patch=[Replacement(**each) for each in table.pop("patch", ())],
            outcomes=table.pop("outcomes", {}),
            **table,
        )
    except TypeError as error:
        raise CaseError(f"{name}: {error}") from error
    wrong = [
        *(f"there is no detector {each!r}" for each in case.found_by.difference(DETECTORS)),
        *(f"there is no way {each!r}" for each in set(case.outcomes).difference(WAYS)),
    ]
    if case.kind not in KINDS:
        wrong.append(f"kind is one of {KINDS}, not {case.kind!r}")
    if not case.is_breaking and (case.found_by or case.patch or case.lines or case.outcomes) and not case.miss:
        wrong.append("what is harmless is noticed by nobody, and costs nothing")
    if case.is_breaking and "gate" not in case.found_by and not case.miss:
        wrong.append("what breaks is noticed by the gate")
    if case.lines > BUDGET and not case.miss:
        wrong.append(f"it costs more than {BUDGET} lines: say why as `miss`")
    if wrong:
        raise CaseError(f"{name}: {'; '.join(wrong)}")
    return case
