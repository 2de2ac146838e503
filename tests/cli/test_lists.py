"""`--output`, `--columns` and `--quiet`, on every command that lists."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
from mlsteward import Steward
from mlsteward.cli.command import Command
from mlsteward.cli.root import PIPE_CLOSED, root

from tests.cli.conftest import Result, Run, spawn
from tests.support.loopback import PROJECT, Loopback, answer, problem

MISUSED = 2
REFUSED = 1


def lists(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.out.splitlines()]


def table(result: Result) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(result.out, newline="")))


def error(result: Result) -> dict[str, Any]:
    """The last line on stderr."""
    found: dict[str, Any] = json.loads(result.err.splitlines()[-1])["error"]
    return found


def commands(group: click.Group, *path: str) -> Iterator[tuple[str, Command]]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, *path, name)
        elif isinstance(command, Command):
            yield " ".join((*path, name)), command


LISTS = {
    "access matrix": ("access", "matrix", "ml-team"),
    "audit": ("audit", "ml-team"),
    "datasets list": ("datasets", "list"),
    "datasets permissions": ("datasets", "permissions", "ml-team/images"),
    "experiments assets list": ("experiments", "assets", "list", "ml-team/CHU-1"),
    "experiments list": ("experiments", "list", "ml-team/churn"),
    "groups list": ("groups", "list", "ml-team"),
    "groups show": ("groups", "show", "labelers", "-w", "ml-team"),
    "invitations list": ("invitations", "list", "ml-team"),
    "jobs list": ("jobs", "list"),
    "keys list": ("keys", "list"),
    "members list": ("members", "list", "ml-team"),
    "outbox list": ("outbox", "list", "--public-url", "https://steward.example.com"),
    "projects list": ("projects", "list"),
    "projects members list": ("projects", "members", "list", "ml-team/churn"),
    "service-accounts list": ("service-accounts", "list", "ml-team"),
    "workspaces list": ("workspaces", "list"),
}
"""Every command that lists, with arguments for the platform of `full`."""

OF_BULK = {
    "datasets grant-many",
    "groups set-members",
    "invitations send-many",
    "keys revoke-many",
    "members import",
}
"""What became of the rows of a file. `test_bulk.py` has their forms."""
ELSEWHERE = {"access test", "profiles list", *OF_BULK}
"""Lists that do not come from the server. `test_access_tests.py` and `test_login.py` have the forms of the others."""

WITHOUT_IDENTITY = {"access matrix"}


@pytest.fixture
def full(ok: Run, team: str, sqlite_file: str) -> str:
    """A platform with something in every list."""
    ok("datasets", "create", "ml-team/images")
    ok("groups", "create", "labelers", "ravi", "-w", team)
    ok("experiments", "create", "ml-team/churn")
    ok("jobs", "wait", ok("storage", "clean-up", "--json").json["id"])
    ok("service-accounts", "create", "ci", "-w", team)
    ok("keys", "create", "laptop", shows_secret=True)
    ok("invitations", "send", "zoe@example.com", "-w", team, shows_secret=True)
    Path("model.bin").write_bytes(b"weights")
    ok("experiments", "assets", "upload", "ml-team/CHU-1", "model.bin")
    LISTS["outbox list"] = (*LISTS["outbox list"][:4], "--database", sqlite_file)
    return team


@pytest.fixture(autouse=True)
def _in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_every_list_is_here() -> None:
    with_options = {name for name, command in commands(root) if any("--quiet" in one.opts for one in command.params)}
    named_list = {name for name, _ in commands(root) if name.split()[-1] == "list"}
    assert named_list <= with_options == LISTS.keys() | ELSEWHERE


def test_every_list_in_every_form(ok: Run, run: Run, full: str) -> None:
    for name, arguments in LISTS.items():
        secret = name == "outbox list"  # messages hold invitation links
        whole = ok(*arguments, "--json", shows_secret=secret).json
        assert whole, name
        assert ok(*arguments, "-o", "json", shows_secret=secret).json == whole, name
        assert lists(ok(*arguments, "--output", "JSONL", shows_secret=secret)) == whole, name
        rows = table(ok(*arguments, "-o", "csv", shows_secret=secret))
        assert len(rows) == len(whole), name
        assert ok(*arguments, "-o", "table", shows_secret=secret) == ok(*arguments, shows_secret=secret), name
        first, *_, last = rows[0]
        chosen = ok(*arguments, "-o", "csv", "--columns", f"{last}, {first}", shows_secret=secret)
        assert chosen.out.splitlines()[0] == f"{last},{first}", name
        assert [row[first] for row in table(chosen)] == [row[first] for row in rows], name
        refused = run(*arguments, "--columns", f"{first},nosuch", shows_secret=secret)
        assert (refused.code, refused.out) == (MISUSED, ""), name
        assert f"no column 'nosuch'; the columns are {first}, " in refused.err, name


def test_quiet_prints_what_other_commands_take(ok: Run, run: Run, full: str) -> None:
    for name, arguments in LISTS.items():
        if name in WITHOUT_IDENTITY:
            refused = run(*arguments, "-q")
            assert (refused.code, refused.out) == (MISUSED, "")
            assert "--columns" in refused.err
            continue
        lines = ok(*arguments, "-q").out.splitlines()
        whole = ok(*arguments, "--json", shows_secret=name == "outbox list").json
        assert len(lines) == len(whole), name
        assert all(any(line == value for value in item.values()) for line, item in zip(lines, whole, strict=True)), name
    for project in ok("projects", "list", "-q").out.splitlines():
        ok("projects", "show", project)
    for account in ok("service-accounts", "list", full, "-q").out.splitlines():
        ok("service-accounts", "delete", account, "-w", full, "--yes")
    for invitation in ok("invitations", "list", full, "-q").out.splitlines():
        ok("invitations", "revoke", invitation, "-w", full)
    for key in ok("keys", "list", "-q").out.splitlines():
        ok("keys", "delete", key, "--yes")
    for experiment in ok("experiments", "list", "ml-team/churn", "-q").out.splitlines():
        ok("experiments", "show", experiment)
    for dataset in ok("datasets", "permissions", "--group", "labelers", "-w", full, "-q").out.splitlines():
        ok("datasets", "show", f"{full}/{dataset}")


def test_columns_of_a_table(ok: Run, team: str) -> None:
    result = ok("workspaces", "list", "--columns", "plan.allowed_visibilities,name,plan.projects_limit")
    assert result.out.splitlines()[0].split() == ["PLAN.ALLOWED_VISIBILITIES", "NAME", "PLAN.PROJECTS_LIMIT"]
    assert result.rows == [["private, workspace, public", "ml-team", "3"]]
    one = ok("workspaces", "list", "--json", "--columns", "plan.projects_limit,name").json
    assert one == [{"plan.projects_limit": 3, "name": "ml-team"}]
    assert list(one[0]) == ["plan.projects_limit", "name"]


def test_csv_of_awkward_texts(ok: Run, team: str) -> None:
    for text in ("=1+1", 'a,"b"', "two\nlines", "naïve 🦉"):
        ok("projects", "update", "ml-team/churn", "--description", text)
        rows = table(ok("projects", "list", "-o", "csv"))
        shown = {row["name"]: row["description"] for row in rows}["churn"]
        assert shown == ("'" + text if text == "=1+1" else text)


@pytest.mark.parametrize("form", ["table", "json", "jsonl", "csv", "quiet"])
def test_empty_lists(ok: Run, team: str, form: str) -> None:
    option = ("-q",) if form == "quiet" else ("-o", form)
    result = ok("groups", "list", team, *option)
    shown = {"json": "[]\n", "csv": "id,name,members_count,created_at,description\n"}
    assert result.out == shown.get(form, "")
    assert ("No groups." in result.err) == (form == "table")


def test_options_that_contradict_each_other(run: Run) -> None:
    for options in (
        ("--json", "-o", "csv"),
        ("-q", "-o", "json"),
        ("-q", "--json"),
        ("-q", "--columns", "name"),
        ("-o", "xml"),
        ("--columns", ""),
        ("--columns", "name,name"),
    ):
        result = run("projects", "list", *options)
        assert (result.code, result.out) == (MISUSED, ""), options
        assert "--quiet" not in result.err or "see `mlsteward projects list --help`" in result.err, options
    for options in (("--csv", "-", "-o", "csv"), ("--wide", "-o", "jsonl"), ("--wide", "-q")):
        assert run("access", "matrix", "ml-team", *options).code == MISUSED, options


def test_a_matrix_as_csv_is_the_one_it_was(ok: Run, team: str) -> None:
    assert ok("access", "matrix", team, "-o", "csv").out == ok("access", "matrix", team, "--csv", "-").out
    wide = ok("access", "matrix", team, "-o", "csv", "--wide")
    assert wide.out == ok("access", "matrix", team, "--csv", "-", "--wide").out


def test_one_permission(ok: Run, full: str) -> None:
    asked = ("datasets", "permissions", "ml-team/images", "--user", "ravi")
    assert ok(*asked, "-o", "csv").out == "dataset,user,permission\nml-team/images,ravi,NO_ACCESS\n"
    assert ok(*asked, "-q").out == "NO_ACCESS\n"
    assert lists(ok(*asked, "-o", "jsonl")) == [ok(*asked, "--json").json]


def test_members_as_json_have_everything(ok: Run, run: Run, team: str, home: Path) -> None:
    full = ok("members", "list", team, "--full", "--json").json
    assert full[0]["email"] == "jackie@example.com"
    assert ok("members", "list", team, "--json").json == full
    assert lists(ok("members", "list", team, "-o", "jsonl")) == full
    assert table(ok("members", "list", team, "-o", "csv"))[0]["email"] == "jackie@example.com"
    assert ok("members", "list", team, "--columns", "username,email").rows[0] == ["jackie", "jackie@example.com"]


def test_members_for_those_who_may_not_see_everything(ok: Run, run: Run, team: str, home: Path) -> None:
    key = ok("keys", "create", "laptop", "--user", "ravi", shows_secret=True).out.strip()
    ravi = ("--api-token", key)
    result = ok(*ravi, "members", "list", team, "--json")
    assert result.json[0] == {"username": "jackie", "role": "admin"}
    assert "for admins" in result.err
    assert table(ok(*ravi, "members", "list", team, "-o", "csv"))[0] == {"username": "jackie", "role": "admin"}
    assert ok(*ravi, "members", "list", team, "-q").out.splitlines()[0] == "jackie"
    assert "for admins" not in ok(*ravi, "members", "list", team, "--columns", "role,username").err
    refused = run(*ravi, "members", "list", team, "--columns", "email")
    assert (refused.code, refused.out) == (MISUSED, "")
    assert "the columns are username, role" in refused.err
    assert run(*ravi, "members", "list", team, "--full", "--json").code == REFUSED


@pytest.mark.parametrize(
    "option", [("--json",), ("-o", "json"), ("-ojsonl",), ("--output", "JSONL"), ("--output=json",)]
)
def test_errors_are_json_where_the_output_is(run: Run, team: str, option: tuple[str, ...]) -> None:
    result = run("projects", "list", "nosuch", *option)
    assert (result.code, result.out) == (REFUSED, "")
    assert error(result)["code"] == "workspace_not_found"
    assert error(result)["status"] == 404
    assert "nosuch" in error(result)["message"]
    misused = run("projects", "list", "--limit", "many", *option)
    assert misused.code == MISUSED
    assert "'many' is not a whole number." in error(misused)["message"]
    assert error(misused)["hint"] == "see `mlsteward projects list --help`"


def test_errors_are_text_where_the_output_is(run: Run, team: str) -> None:
    for option in ((), ("-o", "csv"), ("-o", "table"), ("-q",)):
        assert run("projects", "list", "nosuch", *option).err.startswith("error: "), option
    assert error(run("projects", "show", "ml-team/nosuch", "--json"))["code"] == "project_not_found"


@pytest.mark.parametrize("form", ["json", "jsonl", "csv"])
def test_a_list_that_breaks_in_the_middle_says_so(run: Run, form: str) -> None:
    first = answer(200, [PROJECT] * 100, {"Link": '</api/v1/projects?cursor=next>; rel="next"'})
    with Loopback(first, problem(403, "forbidden")) as server:
        result = run("projects", "list", "-o", form, "--url", server.url, "--api-token", "mls_x")
    assert len(server.received) == 2
    assert result.code == REFUSED
    assert result.out.count("ml/churn") == 100
    if form == "csv":
        assert result.err.startswith("error: What went wrong")
    else:
        assert error(result) == {
            "message": "What went wrong",
            "hint": "What to do",
            "code": "forbidden",
            "status": 403,
            "request_id": "01J",
        }


@pytest.fixture
def many(home: Path) -> int:
    """More projects than there are in a page."""
    with Steward() as steward:
        steward.workspaces.create("ml-team")
        for number in range(250):
            steward.projects.create(f"ml-team/project-{number:04}")
    return 250


@pytest.mark.parametrize("options", ["-o csv", "-o jsonl", "-o json", "-q", "--columns name"])
def test_a_reader_that_goes_away(many: int, options: str) -> None:
    with spawn("projects", "list", *options.split()) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        told = process.stderr.read()
        assert "Traceback" not in told
        assert "error" not in told
        assert process.wait(20) == PIPE_CLOSED


def test_csv_into_head(many: int) -> None:
    command = f"{sys.executable} -m mlsteward.cli projects list -o csv | head -n 2"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, timeout=60)
    assert done.stdout.startswith("full_name,id,workspace,name,")
    assert len(done.stdout.splitlines()) == 2
    assert "Traceback" not in done.stderr
    assert "error" not in done.stderr
