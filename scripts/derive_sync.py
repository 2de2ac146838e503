"""Derive `facade/mlsteward/_sync` from `facade/mlsteward/_async`.

Every resource is written once, as async. Its blocking twin is the same file with the async words taken out; see
`async_to_sync`. What has no twin (`asyncio` itself) is an error: it belongs below the resources.

    python scripts/derive_sync.py            # write what has changed, remove what is stale
    python scripts/derive_sync.py --check    # write nothing; fail if what is checked in differs
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import bundle_spec
from async_to_sync import DeriveError, to_sync
from formatting import FormatError, formatted

SOURCE = Path("facade/mlsteward/_async")
TARGET = Path("facade/mlsteward/_sync")
HINT = "what is checked in is not what _async says; run `make generate`"


def build(root: Path) -> dict[Path, bytes]:
    """Every derived file, by its path under `root`. Writes nothing there."""
    files = {}
    for path in sorted((root / SOURCE).rglob("*.py")):
        target = TARGET / path.relative_to(root / SOURCE)
        origin = path.relative_to(root).as_posix()
        text = to_sync(path.read_text(encoding="utf-8"), origin)
        header = f"# Derived from {origin} by scripts/derive_sync.py. Do not edit.\n"
        files[target] = formatted(root, target, header + text).encode()
    return files


def stale(root: Path, files: dict[Path, bytes]) -> list[Path]:
    """Files in `_sync` that come from nowhere."""
    present = (path.relative_to(root) for path in (root / TARGET).rglob("*.py"))
    return sorted(path for path in present if path not in files)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Derive the blocking resources from the async ones.")
    parser.add_argument("--check", action="store_true", help=bundle_spec.CHECK_HELP)
    parser.add_argument("--root", type=Path, default=bundle_spec.ROOT, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    root = options.root.resolve()
    if not (root / SOURCE).is_dir():
        print(f"derive_sync: {SOURCE} does not exist; nothing to do")
        return 0
    try:
        files = build(root)
    except (DeriveError, FormatError, OSError, UnicodeDecodeError) as error:
        print(f"derive_sync: {error}", file=sys.stderr)
        return 1
    if not options.check:
        bundle_spec.write(root, files)
        for name in stale(root, files):
            (root / name).unlink()
        return 0
    found = bundle_spec.check(root, files)
    found += [f"{name}: derived from nothing" for name in stale(root, files)]
    if found:
        print("\n\n".join(found), file=sys.stderr)
        print(f"derive_sync: {HINT}", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
