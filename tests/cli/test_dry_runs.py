"""`--dry-run`: every command that changes something has it, changes nothing with it, and shows what it would do."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.test_derived import DERIVED

BULK = {name for name in DERIVED if "file" in {one.name for one in DERIVED[name].extra}}
HAVE_NONE = {
    **dict.fromkeys(BULK, "has one of its own, which asks on a terminal"),
    "experiments assets upload": "a file cannot be tried",
    "members offboard": "shows what it would do unless there is --apply",
    "storage clean-up": "shows what it would do unless there is --apply",
}
WRITES = {name for name, command in DERIVED.items() if "idempotency_key" in command.method.parameters}


def test_every_command_that_changes_something_has_it() -> None:
    assert {name for name, command in DERIVED.items() if command.trial} == WRITES - HAVE_NONE.keys()
    assert len(WRITES) > 25


def test_it_shows_the_difference_and_changes_nothing(ok: Run, team: str) -> None:
    tried = ok("members", "role", "ravi", "admin", "-w", team, "--dry-run")
    assert tried.rows == [["Changed the role in the workspace", "user ravi", "role", "member", "admin"]]
    assert tried.err == "Nothing was changed.\n"
    assert {m["username"]: m["role"] for m in ok("members", "list", team, "--json").json}["ravi"] == "member"


def test_in_json(ok: Run, team: str) -> None:
    tried = ok("projects", "create", f"{team}/spam", "--dry-run", "--json").json
    assert [(c["action"], c["object_type"], c["object_name"]) for c in tried] == [("create", "project", "spam")]
    assert {"name": "name", "before": None, "after": "spam"} in tried[0]["fields"]
    assert "spam" not in ok("projects", "list", "-w", team, "-q").out


def test_nobody_is_asked(ok: Run, team: str) -> None:
    tried = ok("members", "remove", "ravi", "-w", team, "--dry-run")
    assert ["role", "member"] in [row[-2:] for row in tried.rows] or "role" in tried.out
    assert "ravi" in ok("members", "list", team, "-q").out


def test_a_secret_is_not_shown(ok: Run, team: str) -> None:
    tried = ok("keys", "create", "laptop", "--dry-run")
    assert "Created an API key" in tried.out
    tried = ok("invitations", "send", "zoe@example.com", "-w", team, "--dry-run", "--json")
    assert tried.json[0]["object_type"] == "invitation"
    assert ok("invitations", "list", team, "--json").json == []


def test_a_refusal_is_a_refusal(run: Run, team: str) -> None:
    refused = run("members", "role", "nobody", "admin", "-w", team, "--dry-run")
    assert (refused.code, refused.out) == (1, "")
    assert "member_not_found" in refused.err


@pytest.mark.parametrize(
    "command",
    [
        ("projects", "create", "ml-team/churn", "--exist-ok"),
        ("members", "remove", "zoe", "-w", "ml-team", "--missing-ok"),
    ],
)
def test_nothing_to_do(ok: Run, team: str, command: tuple[str, ...]) -> None:
    tried = ok(*command, "--dry-run")
    assert (tried.out, tried.err) == ("", "Nothing would be changed.\nNothing was changed.\n")
    assert ok(*command, "--dry-run", "--json").json == []


def test_it_makes_no_data_file(run: Run, tmp_path: Path) -> None:
    refused = run("workspaces", "create", "ml-team", "--dry-run", "--path", str(tmp_path / "new.db"))
    assert refused.code != 0
    assert not (tmp_path / "new.db").exists()
