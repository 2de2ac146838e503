"""Commands that take a CSV file."""

from __future__ import annotations

import csv
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run


@pytest.fixture
def people(home: Path) -> str:
    file = home / "people.csv"
    file.write_text("username,role\njackie,guest\nzoe,\nravi,member\n")
    return str(file)


def usernames(ok: Run, team: str) -> list[str]:
    return ok("members", "list", team, "-q").out.split()


def test_import(ok: Run, team: str, people: str) -> None:
    done = ok("members", "import", people, "-w", team)
    assert (done.out, done.err) == ("", "2 done, 1 unchanged\n")
    assert usernames(ok, team) == ["jackie", "local", "ravi", "zoe"]
    again = ok("members", "import", people, "-w", team, "--json")
    assert [(row["number"], row["name"], row["outcome"]) for row in again.json] == [
        (1, "jackie", "unchanged"),
        (2, "zoe", "unchanged"),
        (3, "ravi", "unchanged"),
    ]


def test_a_dry_run_without_a_terminal_changes_nothing(ok: Run, team: str, people: str) -> None:
    tried = ok("members", "import", people, "-w", team, "--dry-run")
    assert [row[:3] for row in tried.rows] == [
        ["1", "jackie", "done"],
        ["2", "zoe", "done"],
        ["3", "ravi", "unchanged"],
    ]
    assert tried.err == "dry run: 2 done, 1 unchanged\nNothing was changed.\n"
    assert "zoe" not in usernames(ok, team)


@pytest.mark.parametrize("answer", ["y", "n"])
def test_on_a_terminal_a_dry_run_asks(ok: Run, team: str, people: str, answer: str) -> None:
    command = [sys.executable, "-m", "mlsteward", "members", "import", people, "-w", team, "--dry-run"]
    person, terminal = os.openpty()
    try:
        os.write(person, f"{answer}\n".encode())
        asked = subprocess.run(
            command, stdin=terminal, stdout=terminal, stderr=subprocess.PIPE, text=True, timeout=60, check=False
        )
    finally:
        os.close(terminal)
        os.close(person)
    assert "Do this? [y/N]" in asked.stderr
    assert ("zoe" in usernames(ok, team)) == (answer == "y")
    assert asked.returncode == (0 if answer == "y" else 1)
    assert ("Nothing was changed." in asked.stderr) == (answer == "n")


def test_what_is_refused_is_shown_and_the_rest_is_done(run: Run, ok: Run, team: str, home: Path) -> None:
    file = home / "people.csv"
    file.write_text("username\nzoe\nnot a name\n")
    done = run("members", "import", str(file), "-w", team)
    assert done.code == 1
    ((number, name, outcome, why),) = done.rows
    assert (number, name, outcome) == ("2", "not a name", "refused")
    assert "invalid_request" in why
    assert done.err == "1 done, 1 refused\n"
    assert "zoe" in usernames(ok, team)
    table = list(csv.DictReader(io.StringIO(run("members", "import", str(file), "-w", team, "-o", "csv").out)))
    assert [(row["outcome"], row["problem.code"]) for row in table] == [
        ("unchanged", ""),
        ("refused", "invalid_request"),
    ]


def test_a_file_with_a_mistake_changes_nothing(run: Run, ok: Run, team: str, home: Path) -> None:
    file = home / "people.csv"
    file.write_text("username;role\nzoe;guest\neve;king\n")
    refused = run("members", "import", str(file), "-w", team)
    assert (refused.code, refused.out) == (2, "")
    assert "people.csv, line 3, column role: 'king' is not one of admin, member, collaborator, guest" in refused.err
    assert "zoe" not in usernames(ok, team)
    missing = run("members", "import", str(home / "nosuch.csv"), "-w", team)
    assert (missing.code, "No such file" in missing.err) == (1, True)


def test_the_others(ok: Run, team: str, home: Path) -> None:
    file = home / "rows.csv"
    file.write_text("email\nzoe@example.org\neve@example.org\n")
    assert ok("invitations", "send-many", str(file), "-w", team).err == "2 done\n"
    ok("groups", "create", "labelers", "-w", team)
    file.write_text("user\njackie\n")
    assert ok("groups", "set-members", "labelers", str(file), "-w", team).err == "1 done\n"
    ok("datasets", "create", f"{team}/images")
    file.write_text("user,group,permission\njackie,,edit\n,labelers,VIEW\n")
    assert ok("datasets", "grant-many", f"{team}/images", str(file)).err == "2 done\n"
    key = ok("keys", "create", "laptop", "--json", shows_secret=True).json["id"]
    file.write_text(f"key\n{key}\n")
    assert ok("keys", "revoke-many", str(file), "--dry-run", "--json").json[0]["outcome"] == "done"
    assert ok("keys", "revoke-many", str(file)).err == "1 done\n"
    assert key not in ok("keys", "list", "-q").out
