"""`mlsteward access test`: who must, and who must not, be able to do what."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run

GOOD = """
workspace = "ml-team"

[[test]]
user = "jackie"
on = "nlp"
can = ["get_project", "create_experiment"]
cannot = ["delete_project"]

[[test]]
user = "jackie"
cannot = ["create_group"]

[[test]]
user = "johnny"
on = "ml-team/nlp"
cannot = ["get_project"]
"""


@pytest.fixture
def team(ok: Run) -> None:
    ok("workspaces", "create", "ml-team")
    for name in ("jackie", "johnny"):
        ok("members", "add", name, "-w", "ml-team")
    ok("projects", "create", "ml-team/nlp")
    ok("projects", "members", "add", "ml-team/nlp", "jackie", "--role", "contributor")


@pytest.mark.usefixtures("team")
def test_all_pass(ok: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "access-tests.toml").write_text(GOOD)
    monkeypatch.chdir(tmp_path)
    assert ok("access", "test").out == "5 of 5 access tests passed.\n"
    found = ok("access", "test", "access-tests.toml", "--json").json
    assert [one["met"] for one in found] == [True] * 5
    lines = ok("access", "test", "-o", "csv", "--columns", "user,operation,met").out.splitlines()
    assert lines[:2] == ["user,operation,met", "jackie,get_project,true"]
    assert ok("access", "test", "-q").out.split() == ["jackie"] * 4 + ["johnny"]
    assert found[2] | {"reason": ""} == {
        "user": "jackie",
        "operation": "delete_project",
        "on": "nlp",
        "workspace": "ml-team",
        "allowed": False,
        "is": False,
        "met": True,
        "reason": "",
    }


@pytest.mark.usefixtures("team")
def test_what_fails_is_shown(run: Run, ok: Run, tmp_path: Path) -> None:
    file = tmp_path / "x.toml"
    file.write_text(GOOD)
    ok("projects", "update", "ml-team/nlp", "--visibility", "workspace")
    failed = run("access", "test", str(file))
    assert failed.code == 1
    assert failed.err == "4 of 5 access tests passed.\n"
    assert failed.rows == [["johnny", "get_project", "ml-team/nlp", "refused", "allowed", "-"]]
    ok("projects", "update", "ml-team/nlp", "--visibility", "private")
    ok("projects", "members", "remove", "ml-team/nlp", "jackie")
    failed = run("access", "test", str(file))
    assert [row[:2] for row in failed.rows] == [["jackie", "get_project"], ["jackie", "create_experiment"]]
    assert run("access", "test", str(file), "--json").code == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "needs [[test]] tables"),
        ("[[test]]\nuser = 'x'", "needs `user`, and `can` or `cannot`"),
        ("[[test]]\nusers = 'x'\ncan = ['get_project']", "users has no meaning"),
        ("[[test]]\nuser = 3\ncan = ['get_project']", "must be a text"),
        ("[[test]]\nuser = 'x'\ncan = 'get_project'", "lists of names"),
        ("[[test]", "not valid TOML"),
        ("colour = 1\n[[test]]\nuser = 'x'\ncan = ['y']", "at most `workspace`"),
    ],
)
def test_files_that_cannot_be_used(run: Run, tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "x.toml"
    file.write_text(text)
    result = run("access", "test", str(file))
    assert (result.code, result.out) == (2, "")
    assert said in result.err


def test_a_file_that_is_not_there(run: Run, tmp_path: Path) -> None:
    result = run("access", "test", str(tmp_path / "none.toml"))
    assert result.code == 2
    assert "cannot be read: No such file" in result.err


@pytest.mark.usefixtures("team")
def test_a_name_of_no_operation(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "x.toml"
    file.write_text("workspace = 'ml-team'\n[[test]]\nuser = 'jackie'\ncan = ['fly']")
    result = run("access", "test", str(file))
    assert result.code == 1
    assert "fly" in result.err
