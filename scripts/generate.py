"""Regenerate everything that is derived from the spec: bundle, lint, generate, format, lock.

The client in `generated/mlsteward_api` is the output of openapi-python-client for `spec/openapi.yaml`,
with the few templates of `scripts/templates`, formatted by a pinned ruff. `spec/openapi.lock.json` records
the hash of everything that went in and of what came out. Two runs give the same bytes, whatever the
current directory and the PATH are.

    python scripts/generate.py            # write what has changed
    python scripts/generate.py --check    # write nothing; fail if what is checked in differs
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Mapping, Sequence
from importlib import metadata
from pathlib import Path

import bundle_spec
import lint_spec

ROOT = bundle_spec.ROOT
CONFIG = Path("scripts/generator.yaml")
TEMPLATES = Path("scripts/templates")
PACKAGE = Path("generated/mlsteward_api")
LOCK = Path("spec/openapi.lock.json")

GENERATOR = "openapi-python-client"
PINS = {GENERATOR: "0.29.1", "ruff": "0.17.5"}
"""The tools that shape the output. After changing a version, regenerate and review the difference."""
WRITTEN_FOR = re.compile(rf"\{{# (Differs from|Not in) {GENERATOR} ([0-9.]+[0-9])")
"""How a template starts: whether it replaces one of the generator's, and of which version."""

HEADER = "# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.\n"

RUFF = ("--isolated", "--no-cache", "--quiet", "--line-length=120", "--target-version=py311")
RULES = "E,F,I,UP"
HINT = "the generated files are out of date; run `make generate`"
ENVIRONMENT = {
    "NO_COLOR": "1",
    "PYTHONHASHSEED": "0",
    "PYTHONSAFEPATH": "1",
    "PYTHONUTF8": "1",
    "PYTHONWARNINGS": "ignore",
    "TYPER_STANDARD_TRACEBACK": "1",
}
SHOWN = 5
"""How many differing files `--check` shows."""

Files = dict[Path, bytes]


class GenerateError(Exception):
    """Generation stopped; the message says why."""


def build(root: Path) -> Files:
    """Every derived file, by its path under `root`. Writes nothing there.

    Raises:
        GenerateError: A tool is missing or failed, a template is for another version, or the spec breaks a rule.
        SpecError: The domain files cannot be bundled.
    """
    _require_pins()
    _require_templates(root)
    document = bundle_spec.bundle(root / bundle_spec.DOMAINS)
    findings = lint_spec.lint(document, bundle_spec.owners(root / bundle_spec.DOMAINS))
    if findings:
        raise GenerateError("\n".join(["the spec breaks a rule:", *map(str, findings)]))
    bundles = bundle_spec.outputs(document)
    generated = package(root, bundles[bundle_spec.BUNDLE_JSON])
    return {**bundles, **generated, LOCK: _lock(root, bundles[bundle_spec.BUNDLE_YAML], generated)}


def _require_pins() -> None:
    for name, pin in PINS.items():
        try:
            installed = metadata.version(name)
        except metadata.PackageNotFoundError:
            raise GenerateError(f"{name} {pin} is not installed; install the `dev` extra") from None
        if installed != pin:
            raise GenerateError(f"{name} {pin} is needed, {installed} is installed")


def _require_templates(root: Path) -> None:
    """Refuse templates for another version: they would replace changed ones without a warning."""
    originals = Path(str(metadata.distribution(GENERATOR).locate_file("openapi_python_client/templates")))
    for path in sorted((root / TEMPLATES).rglob("*.jinja")):
        name = path.relative_to(root / TEMPLATES)
        found = WRITTEN_FOR.match(path.read_text(encoding="utf-8"))
        if found is None:
            raise GenerateError(f"{TEMPLATES / name} must start with `{{# Differs from {GENERATOR} {PINS[GENERATOR]}`")
        replaces, version = found[1] == "Differs from", found[2]
        if version != PINS[GENERATOR]:
            raise GenerateError(
                f"{TEMPLATES / name} was written for {GENERATOR} {version}, and {PINS[GENERATOR]} is used; "
                "compare it with the generator's own template, then change the version in its first line"
            )
        if replaces != (originals / name).is_file():
            what = "replaces a template that" if replaces else "is said to be new, but"
            verb = "does not have" if replaces else "has it"
            raise GenerateError(f"{TEMPLATES / name} {what} {GENERATOR} {version} {verb}")


def _require_python(files: Files) -> None:
    """Refuse modules that Python cannot compile, or warns of."""
    for name, content in files.items():
        if name.suffix != ".py":
            continue
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("error")
                compile(content, str(name), "exec", dont_inherit=True)
        except (SyntaxError, ValueError, Warning) as error:
            raise GenerateError(f"{name} was generated, but Python cannot compile it: {error}") from error


def package(root: Path, bundle_json: bytes) -> Files:
    """The generated package, formatted."""
    with tempfile.TemporaryDirectory(prefix="mlsteward-generate-") as folder:
        source, output = Path(folder, "openapi.json"), Path(folder, PACKAGE.name)
        source.write_bytes(bundle_json)
        options = [f"--config={root / CONFIG}", f"--custom-template-path={root / TEMPLATES}"]
        options += [f"--path={source}", f"--output-path={output}"]
        _run(folder, "openapi_python_client", "generate", "--meta=none", "--fail-on-warning", *options)
        for path in output.rglob("*.py"):
            path.write_bytes(HEADER.encode() + path.read_bytes())
        _run(folder, "ruff", "check", *RUFF, "--fix-only", f"--select={RULES}", str(output))
        _run(folder, "ruff", "format", *RUFF, str(output))
        (output / "py.typed").touch()
        paths = sorted(path for path in output.rglob("*") if path.is_file())
        files = {PACKAGE / path.relative_to(output): path.read_bytes() for path in paths}
    _require_python(files)
    return files


def _run(folder: str, module: str, *arguments: str) -> None:
    """Run a tool of this interpreter's environment. Neither the PATH nor a configuration file affects it."""
    environment = {**os.environ, **ENVIRONMENT}
    command = [sys.executable, "-m", module, *arguments]
    result = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    if result.returncode:
        output = "\n".join(part.strip() for part in (result.stderr, result.stdout) if part.strip())
        raise GenerateError(f"{module} failed:\n{output}")


def _lock(root: Path, bundle_yaml: bytes, generated: Files) -> bytes:
    def hashes(paths: Sequence[Path]) -> dict[str, str]:
        return {path.relative_to(root).as_posix(): _sha256(path.read_bytes()) for path in sorted(paths)}

    lock = {
        "tools": PINS,
        "inputs": {
            **hashes([*(root / bundle_spec.DOMAINS).glob("*.yaml")]),
            **hashes([root / CONFIG, *(root / TEMPLATES).rglob("*.jinja")]),
        },
        "outputs": {
            bundle_spec.BUNDLE_YAML.as_posix(): _sha256(bundle_yaml),
            PACKAGE.as_posix(): tree_hash(generated),
        },
    }
    return json.dumps(lock, indent=2).encode() + b"\n"


def tree_hash(files: Mapping[Path, bytes]) -> str:
    """One hash over names and contents."""
    lines = (f"{_sha256(content)}  {path.as_posix()}\n" for path, content in sorted(files.items()))
    return _sha256("".join(lines).encode())


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def stale(root: Path, files: Files) -> list[Path]:
    """Files in the generated package that no longer come from the spec."""
    present = (path.relative_to(root) for path in _sources(root / PACKAGE))
    return sorted(path for path in present if path not in files)


def _sources(folder: Path) -> list[Path]:
    """What is in a folder besides what Python put there itself."""
    return [path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts]


def write(root: Path, files: Files) -> None:
    """Bring the checked-in files up to date, one by one, so that the package stays importable meanwhile."""
    bundle_spec.write(root, files)
    for name in stale(root, files):
        (root / name).unlink()
    for folder in sorted((path for path in (root / PACKAGE).rglob("*") if path.is_dir()), reverse=True):
        if folder.name != "__pycache__" and not _sources(folder):
            shutil.rmtree(folder)


def differences(root: Path, files: Files) -> list[str]:
    """How the checked-in files differ from those of a fresh run."""
    return [*bundle_spec.check(root, files), *(f"{name}: no longer generated" for name in stale(root, files))]


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Regenerate what is derived from the spec.")
    parser.add_argument("--check", action="store_true", help=bundle_spec.CHECK_HELP)
    parser.add_argument("--root", type=Path, default=ROOT, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    root = options.root.resolve()
    try:
        files = build(root)
    except (GenerateError, bundle_spec.SpecError) as error:
        print(f"generate: {error}", file=sys.stderr)
        return 1
    if not options.check:
        write(root, files)
        return 0
    found = differences(root, files)
    if found:
        print("\n\n".join(found[:SHOWN]), file=sys.stderr)
        if len(found) > SHOWN:
            print(f"\n... and {len(found) - SHOWN} more", file=sys.stderr)
        print(f"generate: {HINT}", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
