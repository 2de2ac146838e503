"""After the spec was edited: regenerate, check, run every suite, and say what is left to do.

    python scripts/respec.py                # what `make respec` runs
    python scripts/respec.py --draft        # only the draft for CHANGELOG.md
    python scripts/respec.py --until churn  # stop after a step

Each step is a target of the Makefile. The first one that fails ends the run, with a hint for it. Nothing is committed.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

import bundle_spec
import check_breaking
from spec_diff import Change, compare

STEPS = {
    "generate": "Correct spec/domains/; the message above names the place.",
    "breaking": "Undo the breaking change, or paste the entry above into BREAKING.md and say what people can do.",
    "lint": "Run `make format`. If the public surface changed and should, run `make surface`.",
    "typecheck": (
        "A name or type that facade/mlsteward/_async/ or records/ uses has changed: "
        "adapt that line, not what people call."
    ),
    "churn": "Run `make churn` for the table. A case that deviates, also for the better, needs a new expectation.",
    "test": "Run the failing test alone. Cassettes are recorded anew with `--record-mode=rewrite`.",
}
"""The targets in order, with what to do if one fails."""

SECTIONS = {"added": "Added", "removed": "Removed"}
"""The section of the changelog for the last word of a kind of change. Others are under `Changed`."""

NEXT = """
Next:
  1. Read `git diff` of generated/, docs/ and spec/openapi.yaml.
  2. Put the draft above into CHANGELOG.md, in words that say what people gain.
  3. If something is to be called from Python: a record field, a method, a command, and `make surface`.
  4. Commit everything together."""


def draft(changes: Iterable[Change]) -> str:
    """The changes since the last release as an entry for the changelog."""
    found: dict[str, list[str]] = {}
    for change in changes:
        section = SECTIONS.get(change.kind.rpartition(" ")[2], "Changed")
        line = f"- API: `{change.subject}`: {change.what}" + (" **Breaking.**" if change.breaking else "")
        found.setdefault(section, []).append(line)
    parts = [f"### {section}\n\n" + "\n".join(found[section]) for section in sorted(found)]
    return "\n\n".join(parts) if parts else "The spec did not change since the last release."


def run(root: Path, steps: Sequence[str]) -> str | None:
    """Make the targets in order. Returns the one that failed, or None."""
    for number, step in enumerate(steps, 1):
        print(f"== {number} of {len(steps)}: make {step}", flush=True)
        began = time.monotonic()
        if subprocess.run(["make", "--no-print-directory", step], cwd=root, check=False).returncode:
            return step
        print(f"   done in {time.monotonic() - began:.0f} s", flush=True)
    return None


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Regenerate and check everything after an edit of the spec.")
    parser.add_argument("--draft", action="store_true", help="only print the draft for CHANGELOG.md")
    parser.add_argument("--until", choices=STEPS, default="test", help="the last step (default: test)")
    parser.add_argument("--root", type=Path, default=bundle_spec.ROOT, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if not options.draft:
        steps = list(STEPS)
        failed = run(options.root, steps[: steps.index(options.until) + 1])
        if failed is not None:
            print(f"\nrespec: `make {failed}` failed. {STEPS[failed]}", file=sys.stderr)
            return 1
    try:
        base = check_breaking.load(check_breaking.newest(options.root / check_breaking.RELEASED))
        head = check_breaking.load(options.root / bundle_spec.BUNDLE_YAML)
    except bundle_spec.SpecError as error:
        print(f"respec: {error}", file=sys.stderr)
        return 1
    print(f"\nDraft for CHANGELOG.md:\n\n{draft(compare(base, head))}")
    if not options.draft:
        print(NEXT)
    return 0


if __name__ == "__main__":
    sys.exit(main())
