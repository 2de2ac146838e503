"""Derive the error classes for single codes from `x-problem-codes` in the spec.

The classes that every client needs, one for each kind of status, are written by hand in
`facade/mlsteward/errors.py`. Below a marker in the same file stand the classes that the catalogue asks
for with `class`, and two tables: which class a code is raised as, where that is not the one of its
status, and which kind of resource it is about. One file, because `import mlsteward.errors` must cost
next to nothing, and because that is where people look for them.

    python scripts/derive_errors.py            # write them
    python scripts/derive_errors.py --check    # fail if what is checked in differs
"""

from __future__ import annotations

import argparse
import ast
import json
import sys
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import bundle_spec

MODULE = Path("facade/mlsteward/errors.py")
MARKER = "# Derived from `x-problem-codes` in the spec by scripts/derive_errors.py. Do not edit from here on.\n"
ROOT_CLASS = "APIError"
LINE = 110
"""The longest line of a docstring, without its indentation."""

Catalogue = Mapping[str, Mapping[str, Any]]


class DeriveError(Exception):
    """The catalogue or the module is not as expected; the message says where."""


def derive(source: str, catalogue: Catalogue) -> str:
    """The module with its derived part brought up to date.

    Args:
        source: The text of `errors.py`.
        catalogue: `x-problem-codes` of the bundle.

    Raises:
        DeriveError: The marker is missing, or a code names a base that does not fit.
    """
    head, marker, _ = source.partition(MARKER)
    if not marker:
        raise DeriveError(f"{MODULE}: the line that starts the derived part is missing:\n{MARKER}")
    families = _Families(head)
    bases = {code: families.of(code, entry) for code, entry in catalogue.items()}
    raised = {code: entry.get("class", bases[code]) for code, entry in catalogue.items()}
    special = {code: name for code, name in raised.items() if name != families.of_status(catalogue[code]["status"])}
    resources = {code: f'"{entry["resource"]}"' for code, entry in catalogue.items() if "resource" in entry}
    parts = [
        *(_class(bases[code], entry) for code, entry in catalogue.items() if "class" in entry),
        _table("_BY_CODE", "type[APIError]", special),
        _table("_RESOURCES", "str", resources),
    ]
    module = head + marker + "\n\n" + "\n".join(parts)
    compile(module, MODULE.name, "exec", dont_inherit=True)
    return module


class _Families:
    """The classes that are written by hand, read from the text of the module."""

    def __init__(self, head: str) -> None:
        tree = ast.parse(head)
        self._bases: dict[str, list[str]] = {}
        self._by_status: dict[int, str] = {}
        for node in tree.body:
            if isinstance(node, ast.ClassDef):
                self._bases[node.name] = [base.id for base in node.bases if isinstance(base, ast.Name)]
            elif isinstance(node, ast.AnnAssign) and ast.unparse(node.target) == "_BY_STATUS" and node.value:
                self._by_status = dict(_status_table(node.value))
        if not self._by_status:
            raise DeriveError(f"{MODULE}: `_BY_STATUS` is missing")

    def of_status(self, status: int) -> str:
        return self._by_status.get(status) or ("ServerError" if status >= 500 else ROOT_CLASS)

    def of(self, code: str, entry: Mapping[str, Any]) -> str:
        """The family a code belongs to."""
        family = self.of_status(entry["status"])
        base: str = entry.get("base", family)
        if family not in self._ancestry(base):
            raise DeriveError(
                f"x-problem-codes: {code}: `base: {base}` is not a class of {MODULE.name} below {family}, "
                f"the class of status {entry['status']}"
            )
        if entry.get("class") in self._bases:
            raise DeriveError(f"x-problem-codes: {code}: the class {entry['class']} exists; name it as `base`")
        return base

    def _ancestry(self, name: str) -> set[str]:
        above = self._bases.get(name, [])
        return {name, *(found for base in above for found in self._ancestry(base))}


def _status_table(value: ast.expr) -> Iterator[tuple[int, str]]:
    if isinstance(value, ast.Dict):
        for key, name in zip(value.keys, value.values, strict=True):
            if isinstance(key, ast.Constant) and isinstance(key.value, int) and isinstance(name, ast.Name):
                yield key.value, name.id


def _class(base: str, entry: Mapping[str, Any]) -> str:
    bases = f"{base}, {entry['also']}" if "also" in entry else base
    text = textwrap.fill(str(entry["description"]), LINE).replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
    if text.endswith('"'):
        text = text[:-1] + '\\"'
    closing = '"""' if "\n" not in text else '\n"""'
    docstring = textwrap.indent(f'"""{text}{closing}', "    ")
    return f"class {entry['class']}({bases}):\n{docstring}\n\n"


def _table(name: str, value: str, entries: Mapping[str, str]) -> str:
    lines = [f'    "{code}": {entry},' for code, entry in entries.items()]
    return "\n".join([f'{name}: "Mapping[str, {value}]" = {{', *lines, "}", ""])


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Derive the error classes for single codes from the spec.")
    parser.add_argument("--check", action="store_true", help=bundle_spec.CHECK_HELP)
    parser.add_argument("--root", type=Path, default=bundle_spec.ROOT, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    root: Path = options.root
    try:
        catalogue = json.loads((root / bundle_spec.BUNDLE_JSON).read_bytes())[bundle_spec.PROBLEM_CODES]
        files = {MODULE: derive((root / MODULE).read_text(encoding="utf-8"), catalogue).encode()}
    except (DeriveError, OSError, KeyError, SyntaxError) as error:
        print(f"derive_errors: {error}", file=sys.stderr)
        return 1
    if not options.check:
        bundle_spec.write(root, files)
        return 0
    differences = bundle_spec.check(root, files)
    if differences:
        print("\n".join(differences), file=sys.stderr)
        print(f"derive_errors: {MODULE} is out of date; run `make generate`", file=sys.stderr)
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())
