"""The classes and tables for codes come from the spec, and a catalogue that does not fit is refused in a sentence."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import bundle_spec
import derive_errors
import pytest

ROOT = bundle_spec.ROOT
SOURCE = (ROOT / derive_errors.MODULE).read_text(encoding="utf-8")

Catalogue = dict[str, dict[str, Any]]


def loaded(catalogue: Catalogue) -> dict[str, Any]:
    """The names of the module that is derived from a catalogue."""
    found: dict[str, Any] = {}
    exec(compile(derive_errors.derive(SOURCE, catalogue), "errors.py", "exec"), found)
    return found


def test_a_code_can_have_a_class_a_base_a_builtin_and_a_resource() -> None:
    module = loaded(
        {
            "model_not_found": {
                "status": 404,
                "title": "Model not found",
                "resource": "model",
                "class": "ModelNotFound",
                "also": "LookupError",
                "description": "The model does not exist, or the caller cannot see it. " * 4,
            },
            "model_name_taken": {"status": 409, "title": "Taken", "resource": "model", "base": "AlreadyExists"},
            "model_locked": {"status": 409, "title": "Locked"},
        }
    )
    raised = module["APIError"].class_of
    assert raised(404, "model_not_found") is module["ModelNotFound"]
    assert issubclass(module["ModelNotFound"], module["NotFound"])
    assert issubclass(module["ModelNotFound"], LookupError)
    assert module["ModelNotFound"].__doc__.count("The model does not exist") == 4
    assert raised(409, "model_name_taken") is module["AlreadyExists"]
    assert raised(409, "model_locked") is module["Conflict"]
    assert module["_BY_CODE"].keys() == {"model_not_found", "model_name_taken"}
    assert module["NotFound"]("x", status=404, code="model_not_found").resource == "model"


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ({"base": "Nonsense"}, "x-problem-codes: odd: `base: Nonsense` is not a class of errors.py below NotFound"),
        ({"base": "Conflict"}, "x-problem-codes: odd: `base: Conflict` is not a class of errors.py below NotFound"),
        ({"class": "Conflict", "description": "x."}, "x-problem-codes: odd: the class Conflict exists; name it as"),
    ],
)
def test_a_catalogue_that_does_not_fit_is_refused(entry: dict[str, Any], message: str) -> None:
    with pytest.raises(derive_errors.DeriveError) as caught:
        derive_errors.derive(SOURCE, {"odd": {"status": 404, "title": "Odd", **entry}})
    assert str(caught.value).startswith(message)


def test_a_module_without_the_marker_is_refused() -> None:
    with pytest.raises(derive_errors.DeriveError, match="the line that starts the derived part is missing"):
        derive_errors.derive(SOURCE.replace(derive_errors.MARKER, ""), {})


def test_deriving_again_changes_nothing_and_check_tells_what_differs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bundle, module = tmp_path / bundle_spec.BUNDLE_JSON, tmp_path / derive_errors.MODULE
    for path in (bundle, module):
        path.parent.mkdir(parents=True)
    document = json.loads((ROOT / bundle_spec.BUNDLE_JSON).read_bytes())
    bundle.write_text(json.dumps(document))
    module.write_text(SOURCE, encoding="utf-8")
    arguments = ["--root", str(tmp_path)]
    assert derive_errors.main(["--check", *arguments]) == 0
    document["x-problem-codes"]["project_not_found"]["class"] = "NoSuchProject"
    bundle.write_text(json.dumps(document))
    assert derive_errors.main(["--check", *arguments]) == 1
    assert "+class NoSuchProject(NotFound):" in capsys.readouterr().err
    assert module.read_text(encoding="utf-8") == SOURCE
    assert derive_errors.main(arguments) == 0
    assert derive_errors.main(["--check", *arguments]) == 0
    assert "class NoSuchProject(NotFound):" in module.read_text(encoding="utf-8")


@pytest.mark.parametrize("text", ['A "name"', "A \\ and \\d", 'Three """ quotes', "It's \\"])
@pytest.mark.filterwarnings("error")
def test_any_text_can_be_a_description(text: str) -> None:
    entry = {"status": 404, "title": "T", "class": "ModelNotFound", "description": text}
    assert loaded({"model_not_found": entry})["ModelNotFound"].__doc__ == text
