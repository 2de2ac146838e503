"""Bundle `spec/domains/*.yaml` into the one OpenAPI document that everything else reads.

People edit one small file per domain; tools want one document. This merges the files (`common.yaml`
first, then the domains in the order of its `x-domains`), refuses names that are defined twice and references
that point to nothing, and writes the same document twice: `spec/openapi.yaml` to read and compare, and
`server/mlsteward_server/openapi.json`, which a server loads in a millisecond and which ships in the wheel.

    python scripts/bundle_spec.py            # write both
    python scripts/bundle_spec.py --check    # fail if what is checked in differs
"""

from __future__ import annotations

import argparse
import difflib
import json
import re
import sys
from collections.abc import Hashable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from spec_walk import lookup, walk

ROOT = Path(__file__).resolve().parent.parent
DOMAINS = Path("spec/domains")
BUNDLE_YAML = Path("spec/openapi.yaml")
BUNDLE_JSON = Path("server/mlsteward_server/openapi.json")

HEADER = """\
# Generated from spec/domains/*.yaml by scripts/bundle_spec.py. Do not edit.
# Edit a domain file and run `make generate`.
"""

PROBLEM_CODES = "x-problem-codes"
ORDER = "x-domains"
SHARED_KEYS = frozenset({PROBLEM_CODES, "paths", "components"})
"""What common.yaml and the domain files hold alike. The rest of common.yaml is the head of the document."""
DOMAIN_KEYS = SHARED_KEYS | {"description"}
"""What a domain file may hold. Its description is that of the tag, which is the name of the file."""
_KNOWN_KEYS = "`description`, `x-problem-codes`, `paths` and `components`"

CHECK_HELP = "write nothing; fail if what is checked in differs"

Document = dict[str, Any]


class SpecError(Exception):
    """The spec has a mistake that its author can correct. The message is one line."""


if TYPE_CHECKING or not yaml.__with_libyaml__:  # noqa: SIM108 - a type checker needs one class
    _SafeLoader = yaml.SafeLoader
else:
    _SafeLoader = yaml.CSafeLoader  # reads in a fifth of the time


class _Loader(_SafeLoader):
    """YAML 1.2 scalars (`on` is a string, and so is a date) and no duplicate keys."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[object] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if not isinstance(key, str):
                raise SpecError(f"{_place(key_node.start_mark)}: the key {key!r} is not a string; quote it")
            if key in seen:
                raise SpecError(f"{_place(key_node.start_mark)}: the key {key!r} appears twice")
            seen.add(key)
        return super().construct_mapping(node, deep=deep)


class _Dumper(yaml.SafeDumper):
    """Quotes whatever a YAML reader could take for something other than a string, and never writes an alias."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    """Write lines as lines, so that differences show line by line."""
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Dumper.add_representer(str, _represent_text)
_Loader.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("tag:yaml.org,2002:bool", r"^(?:true|True|TRUE|false|False|FALSE)$", "tTfF"),
    ("tag:yaml.org,2002:null", r"^(?:~|null|Null|NULL|)$", ["~", "n", "N", ""]),
    ("tag:yaml.org,2002:int", r"^(?:[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)$", "-+0123456789"),
    ("tag:yaml.org,2002:float", r"^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$", "-+.0123456789"),
):
    _Loader.add_implicit_resolver(_tag, re.compile(_pattern), list(_first))
    _Dumper.add_implicit_resolver(_tag, re.compile(_pattern), list(_first))


def _place(mark: yaml.Mark) -> str:
    return f"{Path(mark.name).name}:{mark.line + 1}"


def load_yaml(path: Path) -> Document:
    """Read one YAML file that holds a mapping.

    Raises:
        SpecError: It is missing, is not YAML, or is not a mapping.
    """
    try:
        with path.open(encoding="utf-8") as stream:
            document = yaml.load(stream, Loader=_Loader)
    except OSError as error:
        raise SpecError(f"{path.name}: {error.strerror}") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = _place(mark) if mark else path.name
        raise SpecError(f"{where}: {getattr(error, 'problem', None) or 'not YAML'}") from error
    except (UnicodeDecodeError, ValueError) as error:
        raise SpecError(f"{path.name}: {error}") from error
    if not isinstance(document, dict):
        raise SpecError(f"{path.name}: a mapping is expected")
    return document


def bundle(domains: Path) -> Document:
    """Merge the files of a folder of domains into one document.

    Raises:
        SpecError: A file is missing or not declared, a name is defined twice, or a `$ref` points to nothing.
    """
    common = load_yaml(domains / "common.yaml")
    names = _ordered(domains, common)
    parts = {"common": common} | {name: load_yaml(domains / f"{name}.yaml") for name in names}
    paths = _Merged("path")
    codes = _Merged("problem code")
    sections: dict[str, _Merged] = {}
    for name, part in parts.items():
        if name != "common" and (unknown := sorted(part.keys() - DOMAIN_KEYS)):
            raise SpecError(f"{name}.yaml: only {_KNOWN_KEYS} belong here, not `{unknown[0]}`")
        paths.add(name, part.get("paths"))
        codes.add(name, part.get(PROBLEM_CODES))
        for section, entries in _mapping(name, "components", part.get("components")).items():
            sections.setdefault(section, _Merged(section)).add(name, entries)
    components = {section: merged.entries for section, merged in sections.items()}
    document = {key: value for key, value in common.items() if key not in SHARED_KEYS | {ORDER}}
    document["tags"] = [{"name": name, "description": _description(name, parts[name])} for name in names]
    if codes.entries:
        document[PROBLEM_CODES] = codes.entries
    document |= {"paths": paths.entries, "components": components}
    _check_references(document)
    return document


def owners(domains: Path) -> dict[str, str]:
    """The domain file that defines each path."""
    found: dict[str, str] = {}
    for name in _ordered(domains, load_yaml(domains / "common.yaml")):
        for path in load_yaml(domains / f"{name}.yaml").get("paths") or {}:
            found[path] = name
    return found


def _ordered(domains: Path, common: Document) -> list[str]:
    """The domains, in the order of common.yaml, and then those that are not mentioned there."""
    first = common.get(ORDER, [])
    if not isinstance(first, list) or not all(isinstance(name, str) for name in first):
        raise SpecError(f"common.yaml: `{ORDER}` must be a list of names of domains")
    present = {path.stem for path in domains.glob("*.yaml")} - {"common"}
    if missing := [name for name in first if name not in present]:
        raise SpecError(f"common.yaml: `{ORDER}` has `{missing[0]}`, but {missing[0]}.yaml is missing")
    return [*dict.fromkeys(first), *sorted(present - set(first))]


def _description(name: str, part: Document) -> str:
    description = part.get("description")
    if not isinstance(description, str) or not description.strip():
        raise SpecError(f"{name}.yaml: `description` must say what the domain is about")
    return description


class _Merged:
    """Entries of one kind from several files; each name belongs to one file."""

    def __init__(self, kind: str) -> None:
        self.entries: Document = {}
        self._kind = kind
        self._files: dict[str, str] = {}

    def add(self, file: str, entries: object) -> None:
        for name, entry in _mapping(file, self._kind, entries).items():
            first = self._files.setdefault(name, file)
            if name in self.entries:
                raise SpecError(f"{self._kind} `{name}` is defined twice: in {first}.yaml and in {file}.yaml")
            self.entries[name] = entry


def _mapping(file: str, kind: str, entries: object) -> Document:
    if entries is not None and not isinstance(entries, dict):
        raise SpecError(f"{file}.yaml: {kind}: a mapping is expected")
    return entries or {}


def _check_references(document: Document) -> None:
    for pointer, node in walk(document):
        reference = node.get("$ref") if isinstance(node, dict) else None
        if reference is None:
            continue
        if not isinstance(reference, str) or not reference.startswith("#/components/"):
            raise SpecError(f"{pointer}: the reference {reference!r} points outside `#/components/`")
        try:
            lookup(document, reference)
        except (KeyError, TypeError):
            raise SpecError(f"{pointer}: the reference `{reference}` points to nothing") from None


def to_yaml(document: Document) -> bytes:
    """The document as checked in for people and tools."""
    text = yaml.dump(document, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=120)
    return (HEADER + text).encode()


def to_json(document: Document) -> bytes:
    """The document as the server loads it."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def outputs(document: Document) -> dict[Path, bytes]:
    """The files a bundle is written to, relative to the root of the repository."""
    return {BUNDLE_YAML: to_yaml(document), BUNDLE_JSON: to_json(document)}


def difference(name: Path, have: bytes | None, want: bytes, lines: int = 20) -> str:
    """The start of a unified diff from what is checked in to what should be; empty where they are equal."""
    if have == want:
        return ""
    before = [] if have is None else _clip(have)
    labels = (f"{name} (checked in)", f"{name} (generated)")
    diff = difflib.unified_diff(before, _clip(want), *labels, n=1, lineterm="")
    head = [line for line, _ in zip(diff, range(lines), strict=False)]
    return "\n".join(head) or f"{name}: the bytes differ"


def _clip(content: bytes, width: int = 160) -> list[str]:
    text = content.decode(errors="replace").splitlines()
    return [line if len(line) <= width else line[:width] + "..." for line in text]


def read(path: Path) -> bytes | None:
    """The bytes of a file; None if it does not exist."""
    return path.read_bytes() if path.is_file() else None


def check(root: Path, files: dict[Path, bytes]) -> list[str]:
    """What differs between files as they should be and as they are checked in under `root`."""
    found = (difference(name, read(root / name), want) for name, want in files.items())
    return [diff for diff in found if diff]


def write(root: Path, files: dict[Path, bytes]) -> None:
    """Write the files under `root` that differ."""
    for name, content in files.items():
        path = root / name
        if read(path) != content:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Bundle spec/domains/*.yaml into one OpenAPI document.")
    parser.add_argument("--check", action="store_true", help=CHECK_HELP)
    parser.add_argument("--root", type=Path, default=ROOT, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    try:
        files = outputs(bundle(options.root / DOMAINS))
    except SpecError as error:
        print(f"bundle_spec: {error}", file=sys.stderr)
        return 1
    if not options.check:
        write(options.root, files)
        return 0
    differences = check(options.root, files)
    if differences:
        print("\n".join(differences), file=sys.stderr)
        print("bundle_spec: the bundle is out of date; run `make generate`", file=sys.stderr)
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())
