"""Write the tables of `docs/running.md`: the options of `mlsteward serve`, and its metrics.

python scripts/running_tables.py            # write them
python scripts/running_tables.py --check    # fail if what is checked in differs
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import click
from mlsteward.cli.commands.serving import serve
from mlsteward_server.process.metrics import METRICS

PAGE = Path(__file__).resolve().parent.parent / "docs/running.md"
SECTION = re.compile(r"(<!-- (\w+): written by scripts/running_tables\.py -->\n).*?(<!-- end -->)", re.DOTALL)
VARIABLE = re.compile(r" \[MLSTEWARD_\w+\]$")


def options() -> Iterator[str]:
    """The rows of the table of options."""
    yield "| option | variable | default | meaning |"
    yield "|---|---|---|---|"
    for option in serve.params:
        assert isinstance(option, click.Option)
        if option.hidden:
            continue  # of every command, such as --url
        name = option.opts[0] if option.is_flag else f"{option.opts[0]} {option.metavar}"
        variable = f"`{option.envvar}`" if option.envvar else ""
        # Other defaults are in the help.
        default = f"`{option.default}`" if option.show_default else ""
        yield f"| `{name}` | {variable} | {default} | {VARIABLE.sub('', option.help or '')} |"


def metrics() -> Iterator[str]:
    """The rows of the table of metrics."""
    yield "| metric | type | labels | meaning |"
    yield "|---|---|---|---|"
    for metric in METRICS:
        labels = ", ".join(f"`{label}`" for label in metric.labels)
        yield f"| `{metric.name}` | {metric.kind} | {labels} | {metric.help} |"


TABLES = {"options": options, "metrics": metrics}


def written(page: str) -> str:
    """The page, with its tables."""
    return SECTION.sub(lambda found: found[1] + "\n".join(TABLES[found[2]]()) + "\n" + found[3], page)


def main() -> int:
    """Write or check the tables."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--check", action="store_true")
    is_check = parser.parse_args().check
    page = PAGE.read_text("utf-8")
    wanted = written(page)
    if wanted == page:
        return 0
    if is_check:
        sys.stderr.write("docs/running.md is not up to date; run: make generate\n")
        return 1
    PAGE.write_text(wanted, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
