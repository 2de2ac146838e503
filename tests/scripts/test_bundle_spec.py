"""The bundle is one valid document, and a spec that does not make one is refused in one line."""

from __future__ import annotations

import json
from pathlib import Path

import bundle_spec
import pytest
import yaml
from openapi_spec_validator import OpenAPIV31SpecValidator
from ruamel.yaml import YAML

COMMON = """\
openapi: 3.1.0
info: {title: t, version: 1.0.0}
x-domains: [b]
components:
  schemas:
    Shared: {type: string}
"""
A = """\
description: The first.
paths:
  /a:
    get: {operationId: get_a, x-access: {allow: self, on: user}}
components:
  schemas:
    A: {$ref: '#/components/schemas/Shared'}
"""
B = "description: The second.\npaths:\n  /b:\n    get: {operationId: get_b}\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write(tmp_path, common=COMMON, a=A, b=B)
    return tmp_path


def write(root: Path, **files: str) -> None:
    folder = root / bundle_spec.DOMAINS
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")


def bundle(root: Path) -> bundle_spec.Document:
    return bundle_spec.bundle(root / bundle_spec.DOMAINS)


def test_the_real_bundle_is_valid_openapi() -> None:
    document = bundle_spec.bundle(bundle_spec.ROOT / bundle_spec.DOMAINS)
    assert list(OpenAPIV31SpecValidator(document).iter_errors()) == []
    assert document["paths"]


def test_every_reader_sees_the_same_document() -> None:
    document = bundle_spec.bundle(bundle_spec.ROOT / bundle_spec.DOMAINS)
    text = bundle_spec.to_yaml(document).decode()
    assert yaml.safe_load(text) == document
    assert YAML(typ="safe").load(text) == document
    assert json.loads(bundle_spec.to_json(document)) == document


@pytest.mark.parametrize("text", ["on", "no", "1e5", "2024-01-01", "12:30", "~", "0o17", "1_000", "", "a\nb\n", "é"])
def test_a_text_stays_a_text_for_every_reader(text: str) -> None:
    written = bundle_spec.to_yaml({"key": text, text or "empty": "value"}).decode()
    assert yaml.safe_load(written)["key"] == text
    assert YAML(typ="safe").load(written)["key"] == text


def test_files_are_merged_in_the_order_of_the_domains(root: Path) -> None:
    document = bundle(root)
    assert document["tags"] == [{"name": "b", "description": "The second."}, {"name": "a", "description": "The first."}]
    assert list(document["paths"]) == ["/b", "/a"]
    assert list(document["components"]["schemas"]) == ["Shared", "A"]
    assert document["paths"]["/a"]["get"]["x-access"] == {"allow": "self", "on": "user"}
    assert bundle_spec.owners(root / bundle_spec.DOMAINS) == {"/a": "a", "/b": "b"}


def test_problem_codes_are_merged_in_the_order_of_the_domains(root: Path) -> None:
    write(
        root,
        common=f"{COMMON}x-problem-codes: {{shared: {{status: 400}}}}\n",
        a=f"x-problem-codes: {{of_a: {{status: 404}}}}\n{A}",
        b=f"x-problem-codes: {{of_b: {{status: 409}}, also_of_b: {{status: 403}}}}\n{B}",
    )
    document = bundle(root)
    assert list(document["x-problem-codes"]) == ["shared", "of_b", "also_of_b", "of_a"]
    assert document["x-problem-codes"]["of_a"] == {"status": 404}
    assert list(document)[-3:] == ["x-problem-codes", "paths", "components"]


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"b": A}, "path `/a` is defined twice: in b.yaml and in a.yaml"),
        (
            {"b": "components: {schemas: {Shared: {type: integer}}}"},
            "schemas `Shared` is defined twice: in common.yaml and in b.yaml",
        ),
        ({"b": "paths: {}\npaths: {}\n"}, "b.yaml:2: the key 'paths' appears twice"),
        ({"b": "1: {}\n"}, "b.yaml:1: the key 1 is not a string; quote it"),
        ({"b": "paths: [}\n"}, "b.yaml:1: "),
        ({"b": "- paths\n"}, "b.yaml: a mapping is expected"),
        (
            {"b": "info: {}\n"},
            "b.yaml: only `description`, `x-problem-codes`, `paths` and `components` belong here, not `info`",
        ),
        ({"b": "paths: [/b]\n"}, "b.yaml: path: a mapping is expected"),
        (
            {"a": f"x-problem-codes: {{lost: {{status: 404}}}}\n{A}", "b": f"x-problem-codes: {{lost: {{}}}}\n{B}"},
            "problem code `lost` is defined twice: in b.yaml and in a.yaml",
        ),
        ({"c": "paths: {}\n"}, "c.yaml: `description` must say what the domain is about"),
        ({"c": "description: ''\n"}, "c.yaml: `description` must say what the domain is about"),
        ({"common": COMMON.replace("[b]", "[b, z]")}, "common.yaml: `x-domains` has `z`, but z.yaml is missing"),
        ({"common": COMMON.replace("[b]", "b")}, "common.yaml: `x-domains` must be a list of names of domains"),
        (
            {"b": "description: b\npaths: {/b: {$ref: '#/components/pathItems/Nothing'}}"},
            "/paths/~1b: the reference `#/components/pathItems/Nothing` points to nothing",
        ),
        (
            {"b": "description: b\npaths: {/b: {$ref: 'other.yaml#/components/x'}}"},
            "/paths/~1b: the reference 'other.yaml#/components/x' points outside `#/components/`",
        ),
    ],
)
def test_what_makes_no_document_is_refused_in_one_line(
    root: Path, files: dict[str, str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    write(root, **files)
    assert bundle_spec.main(["--root", str(root)]) == 1
    error = capsys.readouterr().err
    assert error.startswith(f"bundle_spec: {message}")
    assert error.count("\n") == 1
    assert not (root / bundle_spec.BUNDLE_YAML).exists()


def test_check_tells_what_differs_and_writes_nothing(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["--root", str(root)]
    assert bundle_spec.main(["--check", *arguments]) == 1
    assert not (root / bundle_spec.BUNDLE_YAML).exists()
    assert bundle_spec.main(arguments) == 0
    assert bundle_spec.main(["--check", *arguments]) == 0
    capsys.readouterr()

    write(root, b=B.replace("get_b", "get_bee"))
    before = (root / bundle_spec.BUNDLE_YAML).read_bytes()
    assert bundle_spec.main(["--check", *arguments]) == 1
    error = capsys.readouterr().err
    assert "-      operationId: get_b\n+      operationId: get_bee" in error
    assert "make generate" in error
    assert (root / bundle_spec.BUNDLE_YAML).read_bytes() == before
