"""See the package."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import bundle_spec

from churn import table
from churn.case import Case, CaseError, load
from churn.laboratory import Seen, look_at_all, opened
from churn.verdict import deviations

WORKERS = 2


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="churn", description="Change the spec, and look what it costs the facade.")
    parser.add_argument("--only", nargs="+", metavar="NAME", help="carry out only these cases, or families")
    parser.add_argument("--write", action="store_true", help=f"write {table.PAGE}")
    parser.add_argument("--verbose", action="store_true", help="print everything that was seen")
    parser.add_argument("--workers", type=int, default=WORKERS, help="number of processes (default: %(default)s)")
    options = parser.parse_args(arguments)
    root: Path = bundle_spec.ROOT
    try:
        cases = load()
        chosen = _chosen(cases, options.only)
    except CaseError as error:
        print(f"churn: {error}", file=sys.stderr)
        return 1
    started = time.monotonic()
    seen: dict[str, Seen] = {}
    wrong: dict[str, list[str]] = {}

    def tell_of(case: Case, result: Seen | str) -> None:
        if isinstance(result, str):
            wrong[case.name] = [result]
        else:
            seen[case.name] = result
            wrong[case.name] = list(deviations(case, result))
        mark = "DEVIATES" if wrong[case.name] else "as expected"
        print(f"{len(wrong):3}/{len(chosen)}  {case.kind:9} {case.name}: {mark}", flush=True)
        for each in wrong[case.name]:
            print(f"       - {each}", flush=True)
        if options.verbose and not isinstance(result, str):
            _show(result)

    print(f"{len(chosen)} cases", flush=True)
    with opened(root) as laboratory:
        today = laboratory.check_today([case.domain for case in chosen])
        if today:
            print(f"churn: today's client does not pass on today's wire: {today}", file=sys.stderr)
            return 1
        look_at_all(laboratory, chosen, min(options.workers, len(chosen)), tell_of)
    deviating = sum(map(bool, wrong.values()))
    if options.write and not deviating and not options.only:
        (root / table.PAGE).write_text(table.page(cases), encoding="utf-8")
    is_stale = (root / table.PAGE).read_text("utf-8") != table.page(cases) if (root / table.PAGE).exists() else True
    if is_stale:
        print(f"churn: {table.PAGE} is not what the cases say; run `make churn WRITE=1`", file=sys.stderr)
    print(f"{len(chosen)} cases in {time.monotonic() - started:.0f} s, {deviating} of them deviate")
    return 1 if deviating or is_stale else 0


def _chosen(cases: Sequence[Case], names: Sequence[str] | None) -> list[Case]:
    if not names:
        return list(cases)
    known = {name for case in cases for name in (case.name, case.family)}
    for name in names:
        if name not in known:
            raise CaseError(f"there is no case and no family {name!r}")
    return [case for case in cases if case.name in names or case.family in names]


def _show(seen: Seen) -> None:
    for detector, said in seen.found.items():
        print(f"       {detector}: {said[0]}" + (f" (and {len(said) - 1} more)" if len(said) > 1 else ""))
    for way, told in seen.outcomes.items():
        print(f"       {way}: {told.word}{' (warned)' if told.warned else ''} {told.detail}")
    print(f"       {seen.lines} lines in {', '.join(sorted(seen.rooms)) or 'no room'}")


if __name__ == "__main__":
    sys.exit(main())
