"""Derive the lists of public names from the modules that define them.

    facade/mlsteward/records/_exports.py        records, enums and their aliases, with the module of each
    facade/mlsteward/management/_exports.py     what each module of the front door has in `__all__`
    facade/mlsteward/_async/namespaces.py       the namespaces of `AsyncSteward`: each subclass of `AsyncNamespace`

Modules are read, not imported. The lists make it possible to load a module when somebody uses a name in it.

    python scripts/derive_packages.py            # write what has changed
    python scripts/derive_packages.py --check    # write nothing; fail if what is checked in differs
"""

from __future__ import annotations

import argparse
import ast
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import bundle_spec
from formatting import formatted

FACADE = Path("facade/mlsteward")
HEADER = "# Derived by scripts/derive_packages.py. Do not edit.\n"
NOT_RECORDS = {"html", "wire"}
"""Modules of `records` without public names of the package."""
STAY_IN_THEIR_MODULE = {"exceptions"}
"""Modules of `management` whose names are not names of the package: scripts write `management.exceptions.X`."""
NAMESPACE = "AsyncNamespace"
FIRST = ("identity", "workspaces", "groups", "projects", "experiments", "datasets", "access", "operations")
"""The order of domains in `Steward`; others follow by name."""


def exports_of_records(root: Path) -> dict[str, list[str]]:
    """Public classes and aliases, by module."""
    found: dict[str, list[str]] = {}
    for path, tree in _modules(root / FACADE / "records"):
        names = [
            name
            for node in tree.body
            if (name := _class_or_alias(node)) is not None and not name.startswith("_") and path.stem not in NOT_RECORDS
        ]
        if names:
            found[path.stem] = sorted(names)
    return found


def exports_of_management(root: Path) -> dict[str, list[str]]:
    """What modules list in `__all__`, by module."""
    found: dict[str, list[str]] = {}
    for path, tree in _modules(root / FACADE / "management"):
        names = [name for node in tree.body for name in _listed(node)]
        if names and path.stem not in STAY_IN_THEIR_MODULE:
            found[path.stem] = sorted(names)
    return found


def namespaces(root: Path) -> list[tuple[str, str, str, str]]:
    """Name, class, module and description of each namespace."""
    folder = root / FACADE / "_async"
    found = []
    for path in sorted(folder.rglob("*.py")):
        module = ".".join(path.relative_to(folder).with_suffix("").parts).removesuffix(".__init__")
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and any(_is_name(base, NAMESPACE) for base in node.bases):
                about = (ast.get_docstring(node) or "").partition("\n")[0]
                name = re.sub(r"(?<!^)(?=[A-Z])", "_", node.name.removeprefix("Async")).lower()
                found.append((name, node.name, module, about))
    domains = [*FIRST, *sorted({module.partition(".")[0] for _, _, module, _ in found} - set(FIRST))]
    return sorted(found, key=lambda item: (domains.index(item[2].partition(".")[0]), item[2], item[0]))


def exports_file(package: str, exports: Mapping[str, Sequence[str]]) -> str:
    """A module that type checkers read as imports, and Python as a table."""
    imports = "".join(
        f"    from {package}.{module} import {name} as {name}\n" for module, names in exports.items() for name in names
    )
    table = "".join(f'    "{name}": "{module}",\n' for module, names in exports.items() for name in names)
    return (
        f'{HEADER}"""The public names of `{package}`, and the module of each."""\n\n'
        "from typing import TYPE_CHECKING\n\n"
        f"if TYPE_CHECKING:\n{imports}\n"
        f"MODULE_OF = {{\n{table}}}\n"
    )


def namespaces_file(found: Sequence[tuple[str, str, str, str]]) -> str:
    """The base class of `AsyncSteward`."""
    imports = "".join(f"    from mlsteward._async.{module} import {cls}\n" for _, cls, module, _ in found)
    properties = "".join(
        f"\n    @cached_property\n    def {name}(self) -> {cls}:\n"
        f'        """{about}"""\n'
        f"        from mlsteward._async.{module} import {cls}\n\n"
        f"        return {cls}(self._connection)\n"
        for name, cls, module, about in found
    )
    return f'''{HEADER}"""The namespaces of the object client. Each is loaded on first use."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from mlsteward.connection import AsyncConnection

if TYPE_CHECKING:
{imports}

class AsyncNamespaces:
    """A namespace for each domain."""

    _connection: AsyncConnection
{properties}'''


def build(root: Path) -> dict[Path, bytes]:
    """Every derived file, by its path under `root`."""
    texts = {
        FACADE / "records/_exports.py": exports_file("mlsteward.records", exports_of_records(root)),
        FACADE / "management/_exports.py": exports_file("mlsteward.management", exports_of_management(root)),
        FACADE / "_async/namespaces.py": namespaces_file(namespaces(root)),
    }
    return {path: formatted(root, path, text).encode() for path, text in texts.items()}


def _modules(folder: Path) -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted(folder.glob("*.py")):
        if not path.stem.startswith("_"):
            yield path, ast.parse(path.read_text(encoding="utf-8"))


def _class_or_alias(node: ast.stmt) -> str | None:
    if isinstance(node, ast.ClassDef):
        return node.name
    if isinstance(node, ast.AnnAssign) and _is_name(node.annotation, "TypeAlias") and isinstance(node.target, ast.Name):
        return node.target.id
    return None


def _listed(node: ast.stmt) -> list[str]:
    """What an assignment to `__all__` lists."""
    if isinstance(node, ast.Assign) and _is_name(node.targets[0], "__all__"):
        found: list[str] = ast.literal_eval(node.value)
        return found
    return []


def _is_name(node: ast.expr, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Derive the lists of public names.")
    parser.add_argument("--check", action="store_true", help=bundle_spec.CHECK_HELP)
    parser.add_argument("--root", type=Path, default=bundle_spec.ROOT, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    root = options.root.resolve()
    files = build(root)
    if not options.check:
        bundle_spec.write(root, files)
        return 0
    found = bundle_spec.check(root, files)
    if found:
        print("\n\n".join(found), file=sys.stderr)
        print("derive_packages: what is checked in is not what the modules say; run `make generate`", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
