"""Whether what was seen of a case is what has to come of it."""

from __future__ import annotations

from collections.abc import Iterator

from churn.case import DETECTORS, WAYS, Case
from churn.child import BARE, DIFFERENT
from churn.laboratory import Seen


def deviations(case: Case, seen: Seen) -> Iterator[str]:
    """Everything that is other than the case says, also what is better."""
    for detector in DETECTORS:
        if detector in case.found_by and detector not in seen.found:
            yield f"{detector} does not notice it"
        if detector not in case.found_by and detector in seen.found:
            yield f"{detector} notices it: {_short(seen.found[detector])}"
        if detector in seen.left and detector not in case.left:
            yield f"with the patch, {detector} still says: {_short(seen.left[detector])}"
        if detector in case.left and detector not in seen.left:
            yield f"with the patch, {detector} is content"
    if seen.lines != case.lines:
        yield f"the patch costs {seen.lines} lines, not {case.lines}"
    if len(seen.rooms) > 1 and not case.miss:
        yield f"the patch is in several rooms: {', '.join(sorted(seen.rooms))}"
    for way in WAYS:
        told = seen.outcomes.get(way)
        if told is None:
            yield f"{way}: nothing ran"
            continue
        if told.word != case.outcome(way):
            yield f"{way}: {told.word}, not {case.outcome(way)}: {told.detail}"
        if told.word.startswith(BARE):
            yield f"{way}: people get an exception that is not a StewardError: {told.detail}"
        if told.word == DIFFERENT and not told.warned and not case.miss:
            yield f"{way}: a value is different, and nothing warned of it: {told.detail}"
    for way, failed in seen.failed.items():
        if failed:
            yield f"{way}: tests of {case.domain} fail: {_short(failed)}"


def _short(said: list[str]) -> str:
    more = f" (and {len(said) - 1} more)" if len(said) > 1 else ""
    return f"{said[0][:300]}{more}"
