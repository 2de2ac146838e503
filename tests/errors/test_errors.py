"""The exceptions: which code is which class, and that they can be printed, copied and caught."""

from __future__ import annotations

import copy
import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from mlsteward import errors
from mlsteward.errors import APIError, StewardError

CATALOGUE: dict[str, dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parents[2] / "spec" / "openapi.yaml").read_text()
)["x-problem-codes"]


def classes() -> list[type[StewardError]]:
    found = [value for value in vars(errors).values() if isinstance(value, type) and issubclass(value, StewardError)]
    return sorted(set(found), key=lambda cls: cls.__name__)


@pytest.mark.parametrize("code", CATALOGUE)
def test_a_code_is_raised_as_its_class_or_the_family_of_its_status(code: str) -> None:
    entry = CATALOGUE[code]
    family, raised = APIError.class_of(entry["status"]), APIError.class_of(entry["status"], code)
    assert issubclass(raised, family)
    assert raised.__name__ == entry.get("class", entry.get("base", family.__name__))
    assert issubclass(raised, ValueError) == ("also" in entry or issubclass(family, ValueError))


@pytest.mark.parametrize("code", CATALOGUE)
def test_an_error_says_which_kind_of_resource_it_is_about(code: str) -> None:
    entry = CATALOGUE[code]
    error = APIError.class_of(entry["status"], code)("no", status=entry["status"], code=code)
    assert error.code == code
    assert error.resource == entry.get("resource")


def test_a_code_that_names_a_resource_says_so() -> None:
    kinds = {entry["resource"] for entry in CATALOGUE.values() if "resource" in entry}
    named = {code for code in CATALOGUE if code.removesuffix("_not_found").removesuffix("_name_taken") in kinds}
    assert len(named) >= 12
    assert [code for code in named if "resource" not in CATALOGUE[code]] == []


def test_there_are_few_classes() -> None:
    # More codes are no reason for more classes: the code and the resource tell them apart.
    of_codes = sum("class" in entry for entry in CATALOGUE.values())
    assert of_codes <= len(CATALOGUE) / 3
    assert len(classes()) - of_codes <= 24
    for entry in CATALOGUE.values():
        assert ("description" in entry) == ("class" in entry)
        assert "also" not in entry or "class" in entry


@pytest.mark.parametrize(
    ("status", "name"),
    [
        (400, "InvalidRequest"),
        (401, "Unauthenticated"),
        (403, "Forbidden"),
        (404, "NotFound"),
        (409, "Conflict"),
        (405, "APIError"),
        (412, "Conflict"),
        (413, "InvalidRequest"),
        (415, "InvalidRequest"),
        (422, "InvalidRequest"),
        (429, "RateLimited"),
        (500, "ServerError"),
        (503, "Unavailable"),
        (502, "ServerError"),
        (599, "ServerError"),
        (418, "APIError"),
    ],
)
def test_a_status_without_a_known_code(status: int, name: str) -> None:
    assert APIError.class_of(status).__name__ == name
    assert APIError.class_of(status, "a_code_of_the_future").__name__ == name


@pytest.mark.parametrize(
    "name", ["ProjectNotFound", "WorkspaceNotFound", "DatasetNotFound", "AlreadyExists", "Conflict"]
)
def test_what_scripts_catch_exists(name: str) -> None:
    assert issubclass(getattr(errors, name), StewardError)


def test_no_name_of_a_vendor() -> None:
    from mlsteward.management import exceptions

    shared = {"ProjectNotFound", "WorkspaceNotFound"}
    assert {cls.__name__ for cls in classes()} & set(exceptions.__all__) == shared


def test_a_key_clash_is_not_taken_for_a_project_that_exists() -> None:
    assert APIError.class_of(409, "project_name_taken") is errors.AlreadyExists
    assert APIError.class_of(409, "project_key_taken") is errors.Conflict


@pytest.mark.parametrize(
    ("refinement", "general"),
    [
        ("AlreadyExists", "Conflict"),
        ("LimitReached", "Conflict"),
        ("AmbiguousName", "InvalidArgument"),
        ("Unavailable", "ServerError"),
    ],
)
def test_whoever_catches_the_general_class_catches_the_refinement(refinement: str, general: str) -> None:
    assert issubclass(getattr(errors, refinement), getattr(errors, general))


def test_builtins_that_scripts_catch() -> None:
    for name in ("ConfigurationError", "InvalidArgument", "InvalidRequest"):
        assert issubclass(getattr(errors, name), ValueError), name
    # FiftyOne's functions are documented to raise ValueError for what does not exist.
    for name in ("DatasetNotFound", "GroupNotFound", "UserNotFound", "MemberNotFound"):
        assert issubclass(getattr(errors, name), ValueError), name
    for name in ("ApiKeyNotFound", "InvitationNotFound"):
        assert issubclass(getattr(errors, name), ValueError), name
    assert issubclass(errors.RequestTimeout, TimeoutError)
    assert issubclass(errors.ConnectionFailed, ConnectionError)
    # An OSError with an errno would be something else.
    assert not issubclass(errors.Forbidden, PermissionError)


def test_an_error_can_be_given_another_class() -> None:
    class Renamed(errors.Forbidden):
        pass

    error = errors.Forbidden("no", status=403, code="forbidden", hint="Ask", request_id="r1", retry_after=2.0)
    error.add_note("seen on a Monday")
    renamed = error._as(Renamed)
    assert type(renamed) is Renamed
    assert vars(renamed) == vars(error)
    assert renamed.args == error.args
    assert str(renamed) == str(error)


@pytest.mark.parametrize("cls", classes())
def test_every_class_says_what_it_is_in_one_line(cls: type[StewardError]) -> None:
    first = (cls.__doc__ or "").splitlines()[0]
    assert first.endswith(".")
    assert len(first) <= 110


@pytest.mark.parametrize("cls", classes())
@pytest.mark.parametrize("how", ["pickle", "copy", "deepcopy"])
def test_copies_have_every_field(cls: type[StewardError], how: str) -> None:
    if issubclass(cls, APIError):
        error: StewardError = cls(
            "It is gone",
            status=404,
            code="x",
            title="t",
            hint="Look elsewhere",
            request_id="r1",
            errors=[("/body/name", "too long")],
            retry_after=1.5,
        )
    else:
        error = cls("It is gone", hint="Look elsewhere")
    error.add_note("seen on a Monday")
    made = {"pickle": lambda e: pickle.loads(pickle.dumps(e)), "copy": copy.copy, "deepcopy": copy.deepcopy}[how](error)
    assert type(made) is cls
    assert vars(made) == vars(error)
    assert str(made) == str(error)
    assert made.args == error.args


def test_reads_as_what_was_wrong_what_to_do_and_where_to_look_it_up() -> None:
    error = errors.ProjectNotFound(
        "There is no project 'a/b'", status=404, code="project_not_found", hint="Check the name", request_id="01J"
    )
    assert str(error) == "There is no project 'a/b'. Check the name. (project_not_found, request 01J)"


def test_names_the_places_that_are_wrong_but_not_hundreds_of_them() -> None:
    places = [(f"/body/{i}", "is required") for i in range(300)]
    text = str(errors.InvalidRequest("The request is not valid.", status=422, errors=places))
    assert "[/body/0: is required; " in text
    assert "and 295 more]" in text
    assert "/body/5:" not in text
    assert text.endswith("(HTTP 422)")


@pytest.mark.parametrize("cls", classes())
def test_an_error_without_anything_can_be_printed(cls: type[StewardError]) -> None:
    assert str(cls())


def test_printing_never_fails() -> None:
    class Hostile:
        def __str__(self) -> str:
            raise RuntimeError("no")

    error = errors.NotFound("x", status=404)
    error.detail = Hostile()  # type: ignore[assignment]
    assert str(error) == "NotFound"
    error = errors.NotFound("x", status=404)
    error.errors = 5  # type: ignore[assignment]
    assert str(error) == "NotFound"
    del error.hint
    assert str(error) == "NotFound"


def test_importing_the_errors_loads_nothing_else() -> None:
    # The promise of a cheap import to front doors that re-export them; `import typing` alone would break it.
    script = (
        "import importlib.util, sys\n"
        "spec = importlib.util.spec_from_file_location('lonely', sys.argv[1])\n"
        "module = importlib.util.module_from_spec(spec)\n"
        "before = set(sys.modules)\n"
        "spec.loader.exec_module(module)\n"
        "print(sorted(set(sys.modules) - before))\n"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", script, errors.__file__], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
