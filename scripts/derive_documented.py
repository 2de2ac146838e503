"""Derive the names that documents of other SDKs have for `management`, and that are not there yet.

    facade/mlsteward/management/_documented.py    so that using one says that it is not there yet

`tests/inventory.tsv` has the names. Run it after `derive_packages`, which says which ones are there.

    python scripts/derive_documented.py            # write it
    python scripts/derive_documented.py --check    # fail if what is checked in differs
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from coverage_table import Row, inventory
from derive_packages import exports_of_management
from formatting import formatted

ROOT = Path(__file__).resolve().parent.parent
TARGET = Path("facade/mlsteward/management/_documented.py")


def documented(rows: list[Row]) -> set[str]:
    """Functions, classes and modules of the two `management` packages."""
    found = set()
    for row in rows:
        system, _, name = row.id.partition(".")
        if system == "neptune" and name.isidentifier() and row.signature.startswith(f"{name}("):
            found.add(name)
        module, _, member = name.partition(".")
        if system == "fiftyone" and member.isidentifier() and f".management.{name}" in row.signature:
            found |= {module, member}
    return found


def render(names: set[str]) -> str:
    """The whole module."""
    listed = "".join(f'        "{name}",\n' for name in sorted(names))
    return (
        "# Derived by scripts/derive_documented.py. Do not edit.\n"
        '"""Names of Neptune\'s and FiftyOne\'s `management` that are not there yet."""\n\n'
        f"NOT_THERE_YET = frozenset(\n    {{\n{listed}    }}\n)\n"
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="fail if what is checked in differs")
    check = parser.parse_args().check
    there = exports_of_management(ROOT)
    names = documented(inventory()) - {name for listed in there.values() for name in listed} - there.keys()
    wanted = formatted(ROOT, TARGET, render(names))
    path = ROOT / TARGET
    if path.exists() and path.read_text(encoding="utf-8") == wanted:
        return 0
    if check:
        print(f"{TARGET} is not what the inventory says; run make generate", file=sys.stderr)
        return 1
    path.write_text(wanted, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
