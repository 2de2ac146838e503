"""Check that what breaks since the last release is announced in `BREAKING.md`.

Compares the newest document in `spec/released/` with `spec/openapi.yaml`. Every breaking change needs an entry in
`BREAKING.md`, which this prints; an entry that no change needs fails too.

    python scripts/check_breaking.py
    python scripts/check_breaking.py --base old.yaml --head new.yaml --announced /dev/null
    python scripts/check_breaking.py --json    # every change, also those that break nothing
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import re
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import bundle_spec
from spec_diff import Change, compare
from spec_diff.announced import Verdict, judge
from spec_diff.change import FACADE

RELEASED = Path("spec/released")
ANNOUNCED = Path("BREAKING.md")
RESOURCES = Path("facade/mlsteward/_async")


def newest(folder: Path) -> Path:
    """The newest document of a folder whose files are called like `1.10.0.yaml`.

    Raises:
        SpecError: There is none.
    """
    found = {tuple(map(int, path.stem.split("."))): path for path in folder.glob("*.yaml") if _is_version(path.stem)}
    if not found:
        raise bundle_spec.SpecError(f"{folder.name}: no released document, such as 1.0.0.yaml")
    return found[max(found)]


def _is_version(name: str) -> bool:
    return re.fullmatch(r"\d+\.\d+\.\d+", name) is not None


def load(path: Path) -> bundle_spec.Document:
    """Read a bundled document, as YAML or as JSON.

    Raises:
        SpecError: It cannot be read.
    """
    if path.suffix != ".json":
        return bundle_spec.load_yaml(path)
    try:
        found: bundle_spec.Document = json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        raise bundle_spec.SpecError(f"{path.name}: {error}") from error
    return found


def felt(changes: Iterable[Change], folder: Path) -> list[Change]:
    """The changes, without callers of the facade where it calls none of the operations."""
    sources = " ".join(path.read_text("utf-8") for path in folder.rglob("*.py"))
    called = frozenset(re.findall(r"\w+", sources))
    return [
        dataclasses.replace(change, hurts=tuple(whom for whom in change.hurts if whom != FACADE))
        if change.operations and called and called.isdisjoint(change.operations) and change.hurts != (FACADE,)
        else change
        for change in changes
    ]


def tell(changes: Sequence[Change], verdict: Verdict) -> None:
    """Print what has to be done, and how much changed."""
    if verdict.unannounced:
        print("Breaking changes since the last release. Undo them, or add these entries to BREAKING.md:\n")
        print("\n".join(change.entry for change in verdict.unannounced))
    for heading in verdict.stale:
        print(f"BREAKING.md: no breaking change is `{heading}`: remove the entry, or correct its heading.")
    for heading in verdict.empty:
        print(f"BREAKING.md: `{heading}` says nothing: what changes, whom does it hurt, and what can they do?")
    breaking = sum(change.breaking for change in changes)
    print(f"{len(changes)} changes since the last release, {breaking} of them breaking.")


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Check that breaking changes of the spec are announced.")
    root = bundle_spec.ROOT
    parser.add_argument("--base", type=Path, help="the document to compare with (default: the newest in spec/released)")
    parser.add_argument("--head", type=Path, default=root / bundle_spec.BUNDLE_YAML, help="the document as it is now")
    parser.add_argument("--announced", type=Path, default=root / ANNOUNCED, help="what is announced (BREAKING.md)")
    parser.add_argument("--json", action="store_true", help="print every change as JSON")
    options = parser.parse_args(arguments)
    try:
        base = load(options.base or newest(root / RELEASED))
        changes = felt(compare(base, load(options.head)), root / RESOURCES)
        verdict = judge(changes, options.announced.read_text("utf-8"))
    except (bundle_spec.SpecError, OSError) as error:
        print(f"check_breaking: {error}", file=sys.stderr)
        return 1
    if options.json:
        found = [dataclasses.asdict(change) | {"heading": change.heading} for change in changes]
        print(json.dumps(found, indent=2, ensure_ascii=False))
    else:
        tell(changes, verdict)
    return 0 if verdict.passes else 1


if __name__ == "__main__":
    sys.exit(main())
