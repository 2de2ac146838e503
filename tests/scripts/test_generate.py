"""Generation is repeatable, needs nothing but this environment, and notices what differs from it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import bundle_spec
import generate
import pytest

ROOT = generate.ROOT
MODEL = generate.PACKAGE / "models/project.py"


@pytest.fixture(scope="module")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sources of generation and what a first run makes of them."""
    root = tmp_path_factory.mktemp("pristine")
    for folder in (bundle_spec.DOMAINS, generate.TEMPLATES):
        shutil.copytree(ROOT / folder, root / folder)
    shutil.copy(ROOT / generate.CONFIG, root / generate.CONFIG)
    assert generate.main(["--root", str(root)]) == 0
    return root


@pytest.fixture
def root(pristine: Path, tmp_path: Path) -> Path:
    """A copy to spoil."""
    return Path(shutil.copytree(pristine, tmp_path / "root"))


def tree(root: Path) -> dict[str, bytes]:
    paths = [path for path in root.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in paths}


def check(root: Path) -> int:
    return generate.main(["--check", "--root", str(root)])


def test_what_is_checked_in_is_what_a_run_elsewhere_makes(pristine: Path) -> None:
    made = tree(pristine)
    assert made == {name: (ROOT / name).read_bytes() for name in made}


def test_no_run_depends_on_the_path_the_folder_or_the_hash_seed(pristine: Path, tmp_path: Path) -> None:
    # A folder with names that a tool could take for configuration or for modules.
    for name in ("ruff.toml", "pyproject.toml", "httpx.py", "attrs.py"):
        (tmp_path / name).write_text("raise = [", encoding="utf-8")
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    environment |= {"PATH": "", "PYTHONHASHSEED": "77"}
    command = [sys.executable, str(ROOT / "scripts/generate.py"), "--check", "--root", str(pristine)]
    result = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert (result.returncode, result.stderr) == (0, "")


def test_a_second_run_writes_nothing(root: Path) -> None:
    def times() -> dict[str, int]:
        return {path.as_posix(): path.stat().st_mtime_ns for path in root.rglob("*") if path.is_file()}

    before = times()
    assert generate.main(["--root", str(root)]) == 0
    assert times() == before


def test_the_lock_names_what_went_in_and_what_came_out(root: Path) -> None:
    lock = json.loads((root / generate.LOCK).read_text(encoding="utf-8"))
    assert lock["tools"] == generate.PINS
    templates = {f"scripts/templates/{path.name}" for path in (root / generate.TEMPLATES).iterdir()}
    domains = {f"spec/domains/{path.name}" for path in (root / bundle_spec.DOMAINS).iterdir()}
    assert lock["inputs"].keys() == templates | domains | {"scripts/generator.yaml"}
    assert lock["outputs"].keys() == {"spec/openapi.yaml", "generated/mlsteward_api"}
    assert all(len(value) == 64 for part in ("inputs", "outputs") for value in lock[part].values())
    assert not any(str(ROOT) in name for part in lock.values() for name in part)


def test_every_generated_module_says_so(root: Path) -> None:
    modules = list((root / generate.PACKAGE).rglob("*.py"))
    assert len(modules) > 50
    assert all(path.read_text(encoding="utf-8").startswith(generate.HEADER) for path in modules)
    assert (root / generate.PACKAGE / "py.typed").is_file()


def test_an_edit_of_generated_code_is_found_shown_and_undone(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wanted = tree(root)
    text = (root / MODEL).read_text(encoding="utf-8")
    (root / MODEL).write_text(text.replace("    handle: str\n", "    grip: str\n"), encoding="utf-8")
    assert check(root) == 1
    error = capsys.readouterr().err
    assert f"--- {MODEL} (checked in)" in error
    assert "-    grip: str\n+    handle: str" in error
    assert error.endswith("run `make generate`\n")

    assert generate.main(["--root", str(root)]) == 0
    assert tree(root) == wanted


def test_stale_and_missing_files_are_found_and_put_right(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wanted = tree(root)
    stale = root / generate.PACKAGE / "api/old/get_old.py"
    stale.parent.mkdir()
    stale.write_text("x = 1\n", encoding="utf-8")
    (root / MODEL).unlink()
    assert check(root) == 1
    error = capsys.readouterr().err
    assert "api/old/get_old.py: no longer generated" in error
    assert f"+++ {MODEL} (generated)" in error

    (stale.parent / "__pycache__").mkdir()
    (stale.parent / "__pycache__/get_old.cpython-311.pyc").touch()
    assert generate.main(["--root", str(root)]) == 0
    assert tree(root) == wanted
    assert not stale.parent.exists()


@pytest.mark.parametrize("name", [bundle_spec.BUNDLE_YAML, bundle_spec.BUNDLE_JSON, generate.LOCK])
def test_every_output_is_compared(root: Path, name: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / name).write_bytes((root / name).read_bytes() + b" ")
    assert check(root) == 1
    assert str(name) in capsys.readouterr().err


def test_a_change_of_the_spec_is_noticed(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = root / bundle_spec.DOMAINS / "projects.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("summary: Get a project", "summary: Fetch a project"), encoding="utf-8")
    assert check(root) == 1
    error = capsys.readouterr().err
    assert "+      summary: Fetch a project" in error
    assert f"--- {generate.LOCK} (checked in)" in error


def test_a_change_of_a_template_is_noticed_even_without_an_effect(root: Path) -> None:
    path = root / generate.TEMPLATES / "model.py.jinja"
    path.write_text("{# More words. #}\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    assert check(root) == 1


def test_a_spec_that_breaks_a_rule_generates_nothing(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wanted = tree(root / generate.PACKAGE)
    path = root / bundle_spec.DOMAINS / "projects.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("get_project\n", "GetProject\n"), encoding="utf-8")
    assert generate.main(["--root", str(root)]) == 1
    assert "'GetProject' is not in snake_case" in capsys.readouterr().err
    assert tree(root / generate.PACKAGE) == wanted


def test_what_the_generator_warns_of_is_an_error(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    # Left to itself, the generator drops the schema, and the operations that use it, and reports success.
    path = root / bundle_spec.DOMAINS / "identity.yaml"
    wrong = "type: integer, default: one"
    text = path.read_text(encoding="utf-8")
    assert "        version: {type: string, description: The version of the server.}" in text
    path.write_text(
        text.replace("version: {type: string, description: The version of the server.}", f"version: {{{wrong}}}")
    )
    assert generate.main(["--root", str(root)]) == 1
    error = capsys.readouterr().err
    assert "openapi_python_client failed" in error
    assert "Traceback" not in error


def test_another_version_of_a_tool_is_refused(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(generate.PINS, "ruff", "0.0.1")
    assert check(root) == 1
    assert capsys.readouterr().err.startswith("generate: ruff 0.0.1 is needed, ")
    monkeypatch.setitem(generate.PINS, "ruff", "0.17.5")
    monkeypatch.setitem(generate.PINS, "no-such-tool", "1")
    assert check(root) == 1
    assert capsys.readouterr().err == "generate: no-such-tool 1 is not installed; install the `dev` extra\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "{# Differs from openapi-python-client 0.28.0 (str_enum.py.jinja): #}",
            "scripts/templates/str_enum.py.jinja was written for openapi-python-client 0.28.0, and 0.29.1 is used; ",
        ),
        (
            "{# Ours. #}",
            "scripts/templates/str_enum.py.jinja must start with `{# Differs from openapi-python-client 0.29.1`",
        ),
        (
            "{# Not in openapi-python-client 0.29.1. #}",
            "scripts/templates/str_enum.py.jinja is said to be new, but openapi-python-client 0.29.1 has it",
        ),
    ],
)
def test_a_template_for_another_version_is_refused(
    root: Path, text: str, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (root / generate.TEMPLATES / "str_enum.py.jinja").write_text(text, encoding="utf-8")
    assert check(root) == 1
    assert capsys.readouterr().err.startswith(f"generate: {message}")


def test_a_template_that_the_generator_no_longer_has_is_refused(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name = "gone.py.jinja"
    (root / generate.TEMPLATES / name).write_text("{# Differs from openapi-python-client 0.29.1 #}", encoding="utf-8")
    assert check(root) == 1
    error = capsys.readouterr().err
    assert error == (
        "generate: scripts/templates/gone.py.jinja replaces a template that "
        "openapi-python-client 0.29.1 does not have\n"
    )


@pytest.mark.parametrize("line", ["return = 1", r"x = '\d'", "nonlocal x"])
def test_generated_code_that_python_cannot_compile_is_refused(
    root: Path, line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = root / generate.TEMPLATES / "str_enum.py.jinja"
    path.write_text(path.read_text(encoding="utf-8") + f"\n{line}\n", encoding="utf-8")
    assert check(root) == 1
    error = capsys.readouterr().err
    assert error.startswith("generate: ")
    assert "Traceback" not in error
    assert "cannot compile" in error or "ruff failed" in error
