"""Write `docs/public_surface.txt`: every name of the Python client and of the command that people can use.

A line is a name with its signature, its type, its value or its bases. Whoever changes the file means to change what
people use, so `make generate` leaves it alone.

    python scripts/public_surface.py            # write it
    python scripts/public_surface.py --check    # fail if what is checked in differs
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import bundle_spec
from mlsteward.cli.root import root as command
from surface import commands
from surface.reading import Surface

ROOT = Path(__file__).resolve().parent.parent
FILE = Path("docs/public_surface.txt")
MODULES = (
    "errors",
    "records",
    "management",
    "management.exceptions",
    "config",
    "pagination",
    "testing",
)
"""What people import besides the names of `mlsteward` itself. What these mention is public too."""
OPAQUE = frozenset({"mlsteward.connection.Connection", "mlsteward.connection.AsyncConnection"})
"""Resources call connections; people open them and pass them on."""
HEAD = """\
# Every name that people can use, with its signature, type or value.
# Written by `make surface`, when somebody means to change it. CONTRIBUTING.md says what breaks scripts.
"""


def read(root: Path = ROOT) -> Surface:
    """The surface of the package under `root`."""
    return Surface("mlsteward", MODULES, root / "facade", OPAQUE)


def render(root: Path = ROOT) -> str:
    """The whole text."""
    lines = [*read(root).lines(), *commands.lines(command, "mlsteward")]
    return HEAD + "\n".join(lines) + "\n"


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--check", action="store_true", help=bundle_spec.CHECK_HELP)
    options = parser.parse_args(arguments)
    files = {FILE: render().encode()}
    if not options.check:
        bundle_spec.write(ROOT, files)
        return 0
    found = bundle_spec.check(ROOT, files)
    if found:
        print("\n\n".join(found), file=sys.stderr)
        print("public_surface: this changes what people use; if you mean it, run `make surface`", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
