"""Nobody works on another platform than they think: commands say which data file they use."""

from __future__ import annotations

from pathlib import Path

import pytest
from mlsteward import _notices

from tests.cli.conftest import Run

VENDORS = {
    "NEPTUNE_API_TOKEN": "eyJhcGlfYWRkcmVzcyI6CanaryCanary",
    "FIFTYONE_API_URI": "https://fiftyone.example.com",
    "COMET_API_KEY": "CanaryCanary",
    "COMET_URL_OVERRIDE": "https://comet.example.com",
    "UBIOPS_API_TOKEN": "Token CanaryCanary",
}
READS = [
    ("projects", "list"),
    ("whoami",),
    ("status", "ml-team"),
    ("members", "list", "-w", "ml-team"),
    ("access", "matrix", "ml-team"),
    ("audit",),
]
REMOVES = [
    ("projects", "delete", "ml-team/churn", "--yes", "--missing-ok"),
    ("members", "remove", "jackie", "-w", "ml-team", "--yes", "--missing-ok"),
    ("groups", "delete", "labelers", "-w", "ml-team", "--yes"),
]
CHANGES = [("projects", "create", "ml-team/churn"), ("members", "add", "jackie", "-w", "ml-team")]


@pytest.fixture
def typo(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The path of a file that does not exist."""
    monkeypatch.delenv("MLSTEWARD_PATH")
    return home / "typo.db"


def test_a_data_file_is_named(ok: Run, run: Run, home: Path, sqlite_file: str) -> None:
    assert ok("whoami").data_file == sqlite_file
    assert ok("whoami", "--json").data_file == sqlite_file
    assert run("projects", "show", "ml-team/nosuch").data_file == sqlite_file
    # Nothing is said of a memory that ends with the command.
    assert ok("whoami", "--path", ":memory:").data_file is None


@pytest.mark.parametrize("command", [*READS, *REMOVES, *CHANGES], ids=" ".join)
def test_only_what_can_begin_makes_a_file(run: Run, typo: Path, command: tuple[str, ...]) -> None:
    result = run(*command, "--path", str(typo))
    assert (result.code, result.out) == (2, "")
    assert f"There is no data file {typo} (argument)." in result.err
    assert "hint: Check the path, or set MLSTEWARD_URL" in result.err
    assert not list(typo.parent.glob("typo*"))


def test_outbox_makes_no_file(run: Run, typo: Path) -> None:
    result = run("outbox", "--database", str(typo))
    assert result.code == 2
    assert f"There is no data file {typo}" in result.err
    assert not list(typo.parent.glob("typo*"))


@pytest.mark.parametrize("command", [("workspaces", "create", "ml-team"), ("keys", "create", "laptop")], ids=" ".join)
def test_a_new_file_is_announced_once(ok: Run, typo: Path, command: tuple[str, ...]) -> None:
    made = ok(*command, "--path", str(typo), shows_secret=True)
    assert f"note: Created the data file {typo}, a new and empty platform." in made.err
    again = ok("whoami", "--path", str(typo))
    assert (again.data_file, again.err) == (str(typo), "")


@pytest.mark.parametrize("options", [("--path",), ("serve", "--port", "0", "--database")], ids=" ".join)
def test_no_folder_is_made(run: Run, typo: Path, options: tuple[str, ...]) -> None:
    path = typo.parent / "no" / "such" / "folder.db"
    command = (*options, str(path)) if options[0] == "serve" else ("workspaces", "create", "x", *options, str(path))
    result = run(*command)
    assert result.code == 2
    assert f"the folder {path.parent} does not exist" in result.err
    assert not (typo.parent / "no").exists()


def test_the_folder_of_the_users_own_file_is_made(ok: Run, typo: Path) -> None:
    made = ok("workspaces", "create", "ml-team")
    assert "Created the data file" in made.err
    [file] = typo.parent.rglob("mlsteward.db")
    assert ok("workspaces", "list").data_file == str(file)


@pytest.mark.filterwarnings("default")
@pytest.mark.parametrize("name", VENDORS)
def test_a_variable_of_a_vendor_that_is_not_used(
    run: Run, ok: Run, typo: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    _notices.forget()
    monkeypatch.setenv(name, VENDORS[name])
    result = run("projects", "list")
    assert result.err.count(f"warning: {name} is set but not used") == 1
    assert "Set MLSTEWARD_URL and MLSTEWARD_API_TOKEN" in result.err
    assert "There is no data file" in result.err
    assert "Canary" not in result.err
    # Whoever says which file to use has decided.
    ok("workspaces", "create", "ml-team", "--path", str(typo))
    _notices.forget()
    assert ok("projects", "list", "--path", str(typo)).err == "No projects.\n"


@pytest.mark.filterwarnings("default")
def test_several_variables_are_one_warning(run: Run, typo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _notices.forget()
    for name, value in VENDORS.items():
        monkeypatch.setenv(name, value)
    err = run("projects", "list").err
    assert err.count("warning:") == 1
    assert all(name in err for name in VENDORS)
