"""`docs/insulation.md`: what each case costs, from the cases themselves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from churn.case import BUDGET, DETECTORS, Case

PAGE = Path("docs/insulation.md")

INTRODUCTION = """\
<!-- Generated from scripts/churn/cases/ by `make churn WRITE=1`. Do not edit. -->
# What a change of the spec costs

The spec may change, and what people import stands still. `make churn` tries it: {total} changes of the spec,
{harmless} of them harmless and {breaking} breaking. For each, the client is regenerated, and a script that uses every
domain runs in four ways: the client of today and that of tomorrow, each against the server of today and that of
tomorrow. The script asserts what it gets. The tests of one domain run too: for a harmless change in all four ways, for
a breaking one with tomorrow's client on tomorrow's server. A change that comes out differently from this page fails,
even if it comes out better.

- **A harmless change costs no hand-written line**, breaks no test, and is noticed by none of our checks.
- **A breaking change costs at most {budget} lines in one room**: the records and the resource module of a domain, or
  `protocol.py`. Of the {breaking} breaking changes, {free} cost no line, {cheap} cost 1 to {budget}, and {dear} cost
  more.
- **Nothing is silent.** A client warns once if the server has another major version. Where the two do not understand
  each other, people get an error of mlsteward, such as `ResponseParsingError`. *Other value* in the table means that a
  value differs and the warning is all they get.
- **What misses this is marked**, with the reason below the table.
"""

LEGEND = """\
Checks that notice a change before anybody adapts the client: `lint` (`scripts/lint_spec.py`), `generate`, `mypy`,
`records` (`scripts/check_records.py`), `protocol` (`tests/insulation/test_protocol.py`), and `gate` (`make breaking`).
`run` means that the script fails with the regenerated client. On a server of its own version, the adapted client
works, unless the change is marked as a miss. *Left* is what the adapted client does not put
right: what people get from it on a server of its own version, if that is not the same as today, and checks that repeat
the old wire and have to change with it.
"""

NAMES = {"types": "mypy"}
OTHER = {"different": "other value"}


def page(cases: Sequence[Case]) -> str:
    """The whole page."""
    harmless = [case for case in cases if not case.is_breaking]
    breaking = [case for case in cases if case.is_breaking]
    misses = [case for case in cases if case.miss]
    free = sum(case.lines == 0 for case in breaking)
    dear = sum(case.lines > BUDGET for case in breaking)
    introduction = INTRODUCTION.format(
        total=len(cases),
        harmless=len(harmless),
        breaking=len(breaking),
        budget=BUDGET,
        free=free,
        cheap=len(breaking) - free - dear,
        dear=dear,
    )
    parts = [introduction, "## Breaking changes", LEGEND, "\n".join(_breaking(breaking))]
    if misses:
        parts += ["\n## Misses\n", "\n".join(f"- **`{case.name}`**: {case.miss}" for case in misses)]
    parts += ["\n## Harmless changes\n", "\n".join(_harmless(harmless))]
    return "\n".join(parts) + "\n"


def _breaking(cases: Sequence[Case]) -> Iterator[str]:
    yield "| change | noticed by | lines | new client, old server | old client, new server | left |"
    yield "|---|---|---|---|---|---|"
    for case in cases:
        found = ", ".join(NAMES.get(each, each) for each in DETECTORS if each in case.found_by)
        ways = " | ".join(_told(case.outcome(way)) for way in ("new_old", "old_new"))
        mark = " (miss)" if case.miss else ""
        yield f"| {case.title} | {found} | {case.lines}{mark} | {ways} | {_left(case)} |"


def _left(case: Case) -> str:
    """What the patch does not put right."""
    seen = [] if case.outcome("new_new") == "ok" else [_told(case.outcome("new_new"))]
    return ", ".join([*seen, *(NAMES.get(each, each) for each in DETECTORS if each in case.left)])


def _told(word: str) -> str:
    return OTHER.get(word) or (word if word == "ok" else f"`{word}`")


def _harmless(cases: Sequence[Case]) -> Iterator[str]:
    for case in cases:
        yield f"- {case.title}"
