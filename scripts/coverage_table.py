"""Write `docs/coverage.md`, and the counts in the README: which tests cover what the documents of other SDKs promise.

`tests/inventory.tsv` has a row for each function, method and behaviour of those documents. A test says
which rows it covers with `@pytest.mark.covers("<row>", ...)`. The marks are read from the source, so
no test is run.

python scripts/coverage_table.py            # write it
python scripts/coverage_table.py --check    # fail if what is checked in differs, or a mark names no row
"""

from __future__ import annotations

import argparse
import ast
import csv
import difflib
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
INVENTORY = ROOT / "tests/inventory.tsv"
TABLE = ROOT / "docs/coverage.md"
README = ROOT / "README.md"
FIRST_COUNT = "| its documents | rows | work today |"
TESTS = ROOT / "tests"

NAMES = {
    "neptune": "Neptune, `management`",
    "neptune-api": "Neptune, `neptune-api`",
    "comet": "Comet, `API`",
    "fiftyone": "FiftyOne, `management`",
    "ubiops": "UbiOps, `CoreApi`",
}
COMPLETE = ("neptune",)
"""Systems whose rows must all be covered, except those in `LATER`."""

LATER = {
    "neptune.trash_objects": "experiments, trash",
    "neptune.delete_objects_from_trash": "experiments, trash",
    "neptune.clear_trash": "experiments, trash",
    "neptune.object": "experiments",
}
"""Functions of domains that do not exist yet. The rows of a function start with its name."""

HEAD = """\
<!-- Generated from tests/inventory.tsv and the marks of the tests by scripts/coverage_table.py. Do not edit. -->
# What is covered

The feature list of mlsteward is what the documents of other management SDKs promise: a row for each of their
functions, methods and behaviors. A row is covered when a test says so.
"""


@dataclass(frozen=True)
class Row:
    """One line of the inventory."""

    id: str
    system: str
    signature: str
    semantics: str

    @property
    def later(self) -> str | None:
        """The domains it waits for, if it does."""
        return LATER.get(self.id.partition(":")[0])


def inventory() -> list[Row]:
    """Every row, in the order of the file."""
    with INVENTORY.open(encoding="utf-8", newline="") as file:
        return [Row(**line) for line in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]


def covered() -> dict[str, list[str]]:
    """The tests that hold a row, as `folder/file.py::test`, by the id of the row."""
    found: dict[str, list[str]] = {}
    for path in sorted(TESTS.rglob("test_*.py")):
        module = ast.parse(path.read_text(encoding="utf-8"))
        for function, row in _marks(module):
            found.setdefault(row, []).append(f"{path.relative_to(TESTS).as_posix()}::{function}")
    return found


def _marks(module: ast.Module) -> Iterator[tuple[str, str]]:
    for node in ast.walk(module):
        if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            continue
        for decorator in node.decorator_list:
            if isinstance(decorator, ast.Call) and ast.unparse(decorator.func) == "pytest.mark.covers":
                for argument in decorator.args:
                    for row in _rows(argument, module):
                        yield node.name, row


def _rows(argument: ast.expr, module: ast.Module) -> list[str]:
    """The rows of one argument: a text, or `*NAME` of a constant of the module that holds texts."""
    if isinstance(argument, ast.Constant):
        return [str(argument.value)]
    if isinstance(argument, ast.Starred) and isinstance(argument.value, ast.Name):
        for node in module.body:
            if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == argument.value.id:
                return [str(row) for row in ast.literal_eval(node.value)]
    raise SystemExit(f"coverage_table: covers({ast.unparse(argument)}) cannot be read; write the rows out")


def render(rows: list[Row], tests: dict[str, list[str]]) -> str:
    """The whole document."""
    lines = [HEAD, "| documents | rows | covered | with a later domain | not yet |", "|---|---|---|---|---|"]
    sections: list[str] = []
    for system, name in NAMES.items():
        own = [row for row in rows if row.system == system]
        held = sum(row.id in tests for row in own)
        later = sum(row.id not in tests and row.later is not None for row in own)
        lines.append(f"| {name} | {len(own)} | {held} | {later} | {len(own) - held - later} |")
        sections += ["", f"## {name}", ""]
        if not held:
            sections.append(f"None of its {len(own)} rows yet.")
            continue
        sections += ["| row | what it promises | tests |", "|---|---|---|"]
        sections += [f"| `{row.id}` | {_cell(row.semantics)} | {_state(row, tests)} |" for row in own]
    return "\n".join([*lines, *sections]) + "\n"


def render_readme(text: str, rows: list[Row], tests: dict[str, list[str]]) -> str:
    """The README with the counts of today: the table that begins with `FIRST_COUNT`."""
    before, head, rest = text.partition(FIRST_COUNT)
    if not head:
        raise SystemExit(f"coverage_table: the README has no table that begins with {FIRST_COUNT!r}")
    after = rest[rest.index("\n\n") :]
    lines = [head, "|---|---|---|"]
    for system, name in NAMES.items():
        own = [row for row in rows if row.system == system]
        lines.append(f"| {name} | {len(own)} | {sum(row.id in tests for row in own)} |")
    return before + "\n".join(lines) + after


def _state(row: Row, tests: dict[str, list[str]]) -> str:
    if row.id in tests:
        return "<br>".join(f"`{test}`" for test in tests[row.id])
    return f"comes with {row.later}" if row.later else "not yet"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;")


def problems(rows: list[Row], tests: dict[str, list[str]]) -> list[str]:
    """What is wrong with the marks."""
    known = {row.id for row in rows}
    found = [f"{', '.join(names)}: there is no row {row!r}" for row, names in tests.items() if row not in known]
    for row in rows:
        if row.system in COMPLETE and row.id not in tests and row.later is None:
            found.append(f"no test covers {row.id}: {row.semantics}")
        if row.later is not None and row.id in tests:
            found.append(f"{row.id} is covered; take it out of LATER")
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="fail if what is checked in differs")
    check = parser.parse_args().check
    rows, tests = inventory(), covered()
    wrong = problems(rows, tests)
    if wrong:
        print("\n".join(wrong), file=sys.stderr)
        return 1
    readme = README.read_text(encoding="utf-8")
    wrong = [
        difference
        for path, wanted in ((TABLE, render(rows, tests)), (README, render_readme(readme, rows, tests)))
        if (difference := _settle(path, wanted, check=check))
    ]
    if wrong:
        print("\n".join(["not what the tests say; run scripts/coverage_table.py", *wrong]), file=sys.stderr)
    return 1 if wrong else 0


def _settle(path: Path, wanted: str, *, check: bool) -> str:
    """Write a file, or with `check` say how it differs."""
    if not check:
        path.write_text(wanted, encoding="utf-8")
        return ""
    have = path.read_text(encoding="utf-8") if path.exists() else ""
    return "\n".join(
        difflib.unified_diff(have.splitlines(), wanted.splitlines(), path.name, "from the tests", n=0, lineterm="")
    )


if __name__ == "__main__":
    sys.exit(main())
