"""The client as it is, and the client as it will be: folders to import from."""

from __future__ import annotations

import compileall
import contextlib
import io
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import bundle_spec
import derive_errors
import generate
import openapi_python_client.cli
from async_to_sync import to_sync
from formatting import formatted

from churn.child import in_child
from churn.patches import RESOURCES

PACKAGES = {Path("facade/mlsteward"): "mlsteward", Path("generated/mlsteward_api"): "mlsteward_api"}
CACHES = "__pycache__"

Files = dict[str, bytes]


@dataclass(frozen=True)
class Generation:
    """One client.

    Attributes:
        folder: The folder that its two packages are in.
        changed: The files that differ from today's, by their path in the folder; None for one that is gone.
    """

    folder: Path
    changed: Mapping[str, bytes | None]

    def content(self, name: str) -> bytes | None:
        """What is in one of its files; None if it is not there."""
        path = self.folder / name
        return path.read_bytes() if path.is_file() else None


def today(root: Path, folder: Path) -> Generation:
    """The client as it is, copied and compiled once."""
    for source, name in PACKAGES.items():
        shutil.copytree(root / source, folder / name, ignore=shutil.ignore_patterns(CACHES))
    compileall.compile_dir(folder, quiet=1, workers=1)
    return Generation(folder, {})


def derived(root: Path, document: dict[str, Any]) -> Files:
    """What `make generate` makes of a document, as far as the client has it: by path in the folder of a generation.

    Raises:
        GenerateError, DeriveError: It cannot be made.
    """
    package = generate.package(root, bundle_spec.outputs(document)[bundle_spec.BUNDLE_JSON], _run)
    version = generate.VERSION_MODULE.format(version=document["info"]["version"])
    source = (root / derive_errors.MODULE).read_text("utf-8")
    found = {
        **package,
        generate.VERSION: version.encode(),
        derive_errors.MODULE: derive_errors.derive(source, document[bundle_spec.PROBLEM_CODES]).encode(),
    }
    return {_name(path): content for path, content in found.items()}


def _run(folder: str, module: str, *arguments: str) -> None:
    """`generate.run_tool`, with the generator in a copy of this process: loading it takes as long as its work."""
    if module != "openapi_python_client":
        generate.run_tool(folder, module, *arguments)
        return

    def generated() -> tuple[object, str]:
        os.chdir(folder)
        os.environ.update(generate.ENVIRONMENT)
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
            try:
                failed = openapi_python_client.cli.app(arguments, standalone_mode=False)
            except Exception as error:
                failed = f"{type(error).__name__}: {error}"
        return failed, printed.getvalue()

    failed, printed = in_child(generated)
    if failed:
        raise generate.GenerateError(f"{module} failed: {failed}\n{printed}")


def with_patch(root: Path, patched: Mapping[str, str]) -> Files:
    """The files of a patch and those that are derived from them: by path in the folder of a generation."""
    found = {_name(Path(name)): text.encode() for name, text in patched.items()}
    for name, text in patched.items():
        if name.startswith(RESOURCES):
            target = Path(name.replace("/_async/", "/_sync/"))
            header = f"# Derived from {name} by scripts/derive_sync.py. Do not edit.\n"
            found[_name(target)] = formatted(root, target, header + to_sync(text, name)).encode()
    return found


def _name(path: Path) -> str:
    for source, name in PACKAGES.items():
        if path.is_relative_to(source):
            return f"{name}/{path.relative_to(source).as_posix()}"
    raise ValueError(f"{path} is not part of the client")


def tomorrow(base: Generation, folder: Path, files: Mapping[str, bytes]) -> Generation:
    """A client with other files. What it has in common with `base` is linked, so that it need not be compiled again.

    Args:
        base: The client of today.
        folder: Where to put the new one; must not exist yet.
        files: The files that may differ, and the whole generated package.
    """
    generated = f"{PACKAGES[generate.PACKAGE]}/"
    changed: dict[str, bytes | None] = {}
    for path in sorted(base.folder.rglob("*.py")):
        name = path.relative_to(base.folder).as_posix()
        if name not in files and name.startswith(generated):
            changed[name] = None
        elif name in files and files[name] != path.read_bytes():
            changed[name] = files[name]
        else:
            _link(base.folder, folder, path)
    changed.update({name: content for name, content in files.items() if not (base.folder / name).exists()})
    for name, content in changed.items():
        if content is not None:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content)
    return Generation(folder, changed)


def _link(old: Path, new: Path, path: Path) -> None:
    target = new / path.relative_to(old)
    (target.parent / CACHES).mkdir(parents=True, exist_ok=True)
    os.link(path, target)
    for compiled in (path.parent / CACHES).glob(f"{path.stem}.*.pyc"):
        os.link(compiled, target.parent / CACHES / compiled.name)
