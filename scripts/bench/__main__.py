"""Measure everything and print the figures."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.progress import track

from bench import bulk, calls, grants, imports, records, scale, served, slow, startup, writes
from bench.figures import Figure, Size, table
from bench.world import World

WIDTH = 170
"""Of the table, where there is no terminal to ask."""

PARTS = {
    "imports": imports.measure,
    "startup": startup.measure,
    "calls": calls.measure,
    "records": records.measure,
    "served": served.measure,
    "slow": slow.measure,
    "writes": writes.measure,
    "bulk": bulk.measure,
    "scale": scale.measure,
    "grants": grants.measure,
}


def main() -> int:
    """Run the benchmarks; 0 also where a figure is missed: the table says so."""
    parser = argparse.ArgumentParser(prog="make bench", description="Figures as ratios to a reference in the same run.")
    parser.add_argument("--small", action="store_true", help="few repetitions, only to see that it works")
    parser.add_argument("--only", choices=sorted(PARTS), action="append", help="only this part; may be repeated")
    options = parser.parse_args()
    size = Size.small() if options.small else Size.full()
    console = Console()
    if not console.is_terminal:
        console = Console(width=WIDTH)
    figures: list[Figure] = []
    parts = options.only or list(PARTS)
    with tempfile.TemporaryDirectory(prefix="mlsteward-bench-") as folder, World(Path(folder)) as world:
        for name in track(parts, "measuring", console=console, transient=True):
            figures += PARTS[name](world, size)
    console.print(table(figures))
    missed = [figure for figure in figures if not figure.is_reached]
    if options.small:
        console.print("small run: the figures only show that the benchmarks work")
    elif missed:
        console.print(f"{len(missed)} of {len(figures)} figures are missed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
