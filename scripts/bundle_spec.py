"""Bundle `spec/domains/*.yaml` into the one OpenAPI document that everything else reads.

People edit one small file per domain; tools want one document. This merges the files (`common.yaml`
first, then the domains in the order of its tags), refuses names that are defined twice and references
that lead nowhere, and writes the same document twice: `spec/openapi.yaml` to read and compare, and
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
from typing import Any

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

DOMAIN_KEYS = frozenset({"paths", "components"})
"""What a domain file may hold; the head of the document is in common.yaml alone."""

CHECK_HELP = "write nothing; fail if what is checked in differs"

Document = dict[str, Any]


class SpecError(Exception):
    """The spec is wrong in a way its author can mend; the message is one line."""


class _Loader(yaml.SafeLoader):
    """YAML 1.2 scalars (`on` is a word, a date is a text) and no key twice in a mapping."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[object] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if not isinstance(key, str):
                raise SpecError(f"{_place(key_node.start_mark)}: the key {key!r} is not a text; quote it")
            if key in seen:
                raise SpecError(f"{_place(key_node.start_mark)}: the key {key!r} is there twice")
            seen.add(key)
        return super().construct_mapping(node, deep=deep)


class _Dumper(yaml.SafeDumper):
    """Quotes what any YAML reader could take for something else than text, and never writes an alias."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    """Lines as lines: a difference is then one of lines too."""
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
        SpecError: A file is missing or superfluous, a name is defined twice, or a `$ref` leads nowhere.
    """
    common = load_yaml(domains / "common.yaml")
    try:
        names = [tag["name"] for tag in common["tags"]]
    except (KeyError, TypeError) as error:
        raise SpecError("common.yaml: `tags` must be a list of mappings with a `name`") from error
    _require_files(domains, names)

    document: Document = {key: value for key, value in common.items() if key not in DOMAIN_KEYS}
    paths: Document = {}
    components: dict[str, Document] = {}
    for name in ["common", *names]:
        part = common if name == "common" else load_yaml(domains / f"{name}.yaml")
        if name != "common" and (unknown := sorted(part.keys() - DOMAIN_KEYS)):
            raise SpecError(f"{name}.yaml: only `paths` and `components` belong here, not `{unknown[0]}`")
        _merge(paths, part.get("paths") or {}, f"{name}.yaml: path")
        for section, entries in (part.get("components") or {}).items():
            _merge(components.setdefault(section, {}), entries or {}, f"{name}.yaml: {section}")
    document["paths"] = paths
    document["components"] = components
    _check_references(document)
    return document


def owners(domains: Path) -> dict[str, str]:
    """Which domain file each path was written in."""
    common = load_yaml(domains / "common.yaml")
    found: dict[str, str] = {}
    for tag in common["tags"]:
        for path in load_yaml(domains / f"{tag['name']}.yaml").get("paths") or {}:
            found[path] = tag["name"]
    return found


def _require_files(domains: Path, names: Sequence[str]) -> None:
    if len(set(names)) != len(names):
        raise SpecError("common.yaml: a tag is declared twice")
    present = {path.stem for path in domains.glob("*.yaml")} - {"common"}
    if missing := [name for name in names if name not in present]:
        raise SpecError(f"{missing[0]}.yaml: the tag `{missing[0]}` is declared, the file is missing")
    if extra := sorted(present - set(names)):
        raise SpecError(f"{extra[0]}.yaml: common.yaml declares no tag `{extra[0]}`")


def _merge(target: Document, entries: Document, what: str) -> None:
    for name, entry in entries.items():
        if name in target:
            raise SpecError(f"{what} `{name}` is defined twice")
        target[name] = entry


def _check_references(document: Document) -> None:
    for pointer, node in walk(document):
        reference = node.get("$ref") if isinstance(node, dict) else None
        if reference is None:
            continue
        if not isinstance(reference, str) or not reference.startswith("#/components/"):
            raise SpecError(f"{pointer}: the reference {reference!r} does not stay in `#/components/`")
        try:
            lookup(document, reference)
        except (KeyError, TypeError):
            raise SpecError(f"{pointer}: the reference `{reference}` leads nowhere") from None


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
    """The bytes of a file, or none where there is none."""
    return path.read_bytes() if path.is_file() else None


def check(root: Path, files: dict[Path, bytes]) -> list[str]:
    """What differs between files as they should be and as they are checked in under `root`."""
    found = (difference(name, read(root / name), want) for name, want in files.items())
    return [diff for diff in found if diff]


def write(root: Path, files: dict[Path, bytes]) -> None:
    """Write files under `root`, leaving those alone that are right already."""
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
        print("bundle_spec: the bundle is not what spec/domains says; run `make generate`", file=sys.stderr)
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())
