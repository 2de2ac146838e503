"""Tables on and off a terminal, long lists, and readers that go away."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest
from mlsteward import Steward

from tests.cli.conftest import USING, Run, spawn

BOX = "─"
ESCAPE = "\x1b["
CTRL_C = "\x03"


def on_a_terminal(*arguments: str, answer: str = "", **environ: str) -> tuple[int, str]:
    """The exit code and what the screen shows of a run on a terminal."""
    ours, theirs = pty.openpty()

    def take_terminal() -> None:
        # So that what is typed as Ctrl-C arrives as a signal.
        os.setsid()
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)

    process = subprocess.Popen(
        [sys.executable, "-m", "mlsteward.cli", *arguments],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, "TERM": "xterm", "COLUMNS": "120", **environ},
        preexec_fn=take_terminal,
    )
    os.close(theirs)
    shown = b""
    answered = not answer
    ending = time.monotonic() + 20
    try:
        while time.monotonic() < ending:
            quiet = not select.select([ours], [], [], 1)[0]
            if not quiet:
                shown += os.read(ours, 65536)
            if b"[y/N]" in shown and (not answered or (quiet and answer == CTRL_C)):
                # Now and then Python is about to wait when Ctrl-C arrives, and waits. People press it again.
                os.write(ours, answer.encode())
                answered = True
    except OSError:
        pass  # how Linux says that the other end is closed
    finally:
        os.close(ours)
    return process.wait(20), USING.sub("", shown.decode())


def without_style(shown: str) -> str:
    """The text alone: NO_COLOR leaves titles bold."""
    return re.sub("\x1b\\[[0-9;]*m", "", shown)


def test_off_a_terminal_a_table_is_aligned_text(ok: Run, team: str) -> None:
    out = ok("projects", "list").out
    assert BOX not in out
    assert ESCAPE not in out
    lines = out.splitlines()
    assert lines[0].startswith("PROJECT ")
    assert {line.index(word) for line, word in zip(lines, ("KEY", "CHU", "OH"), strict=True)} == {lines[0].index("KEY")}


def test_on_a_terminal_a_table_has_rules_and_colours(team: str) -> None:
    code, shown = on_a_terminal("projects", "list")
    assert code == 0
    assert BOX in shown
    assert ESCAPE + "36m" in shown
    _, plain = on_a_terminal("projects", "list", NO_COLOR="1")
    assert BOX in plain
    assert ESCAPE + "36m" not in plain
    _, dumb = on_a_terminal("projects", "list", TERM="dumb")
    assert BOX not in dumb
    assert ESCAPE not in dumb


def test_what_a_terminal_would_obey_is_left_out(ok: Run, team: str) -> None:
    assert "Who [31m leaves us" in ok("projects", "show", "ml-team/churn").out
    assert ok("projects", "show", "ml-team/churn", "--json").json["description"] == "Who\x1b[31m leaves\nus"


def test_a_question_before_something_is_gone(team: str, run: Run) -> None:
    code, shown = on_a_terminal("projects", "delete", "ml-team/churn", answer="n\n")
    assert code == 1
    assert "Delete project ml-team/churn permanently? [y/N]" in shown
    assert "Nothing was changed" in shown
    assert run("projects", "show", "ml-team/churn").code == 0
    assert on_a_terminal("projects", "delete", "ml-team/churn", answer="y\n")[0] == 0
    assert run("projects", "show", "ml-team/churn").code == 1


def test_offboarding_asks_after_it_has_shown_what(team: str, run: Run) -> None:
    arguments = ("members", "offboard", "ravi", "-w", "ml-team", "--apply")
    code, shown = on_a_terminal(*arguments, answer="n\n")
    assert code == 1
    assert "ravi is a member of the workspace" in shown
    assert shown.index("ravi is a member") < shown.index("remove ravi from the workspace? [y/N]")
    assert "Nothing was changed" in shown
    assert run("members", "offboard", "ravi", "-w", "ml-team").code == 0
    assert run("datasets", "create", "ml-team/images").code == 0
    code, shown = on_a_terminal("members", "offboard", "local", "-w", "ml-team", "--apply", NO_COLOR="1")
    assert code == 1
    assert "[y/N]" not in shown  # nothing to ask where it would be refused
    assert "(sole_owner)" in shown
    assert "hint: use --successor" in shown
    assert on_a_terminal(*arguments, answer="y\n")[0] == 0
    assert run("members", "offboard", "ravi", "-w", "ml-team").code == 1


def test_on_a_narrow_terminal_ids_stay_whole(team: str, ok: Run) -> None:
    ok("keys", "create", "laptop", "--expires", "90d", shows_secret=True)
    [key] = ok("keys", "list", "--json").json
    wide = without_style(on_a_terminal("keys", "list", COLUMNS="160")[1])
    assert BOX in wide
    assert re.search(f"^{key['id']} +laptop +{key['preview']} +admin +20", wide, re.MULTILINE)
    folded = without_style(on_a_terminal("keys", "list", COLUMNS="120")[1])
    assert BOX in folded
    assert key["id"] in folded
    assert max(map(len, folded.splitlines())) <= 120
    narrow = without_style(on_a_terminal("keys", "list", COLUMNS="80")[1])
    assert BOX not in narrow
    assert narrow.splitlines()[:4] == [
        f"Id               {key['id']}",
        "Name             laptop",
        f"Starts with      {key['preview']}",
        "Scope            admin",
    ]


def test_the_matrix_on_terminals_of_any_width(team: str, ok: Run) -> None:
    for number in range(5):
        ok("datasets", "create", f"ml-team/street-signs-{number}")
    ok("members", "add", "gus", "-w", team, "--role", "guest")

    def shown(columns: int, *arguments: str) -> list[str]:
        code, text = on_a_terminal("access", "matrix", "ml-team", *arguments, COLUMNS=str(columns))
        assert code == 0
        lines = [line.rstrip() for line in without_style(text).splitlines()]
        assert max(map(len, lines)) <= columns
        return lines

    above, head, rule, *rows = shown(160)
    assert above.split() == ["dataset"] * 5 + ["project"] * 2
    assert head.split() == ["Account", *(f"street-signs-{number}" for number in range(5)), "churn", "open-house"]
    assert set(rule) == {BOX}
    assert [row.split() for row in rows] == [
        ["gus", *"-------"],
        ["jackie", *["MANAGE"] * 5, "owner", "owner"],
        ["local", *["MANAGE"] * 5, "owner", "owner"],
        ["ravi", *"-----", "-", "owner"],
    ]

    head, _, *rows = shown(80)
    assert head.split() == ["What", "Name", "Account", "Role", "Rule", "Group"]
    assert len(rows) == 7 * 4
    assert rows[0].split() == ["dataset", "street-signs-0", "gus", "NO_ACCESS", "none", "-"]
    # About one account a list says more, be there room or not.
    assert shown(160, "--user", "gus")[0].split()[0] == "What"

    lines = shown(80, "--wide")
    assert [line.split() for line in lines].count([]) == 1
    assert sum(line.startswith("jackie ") for line in lines) == 2
    assert sum(line.count("MANAGE") for line in lines) == 10


def test_ctrl_c_at_a_question(team: str) -> None:
    code, shown = on_a_terminal("projects", "delete", "ml-team/churn", answer=CTRL_C)
    assert code == 130
    assert "Traceback" not in shown


@pytest.mark.parametrize(
    "arguments",
    [
        ("projects", "delete", "ml-team/churn"),
        ("members", "remove", "ravi", "-w", "ml-team"),
        ("service-accounts", "delete", "ci", "-w", "ml-team"),
        ("keys", "delete", "some-key"),
        ("datasets", "delete", "ml-team/images"),
        ("members", "offboard", "ravi", "-w", "ml-team", "--apply"),
    ],
    ids=lambda arguments: " ".join(arguments[:2]),
)
def test_with_nobody_to_ask_it_takes_a_yes(run: Run, team: str, arguments: tuple[str, ...]) -> None:
    refused = run(*arguments, input="y\n")
    assert refused.code == 2
    assert "--yes" in refused.err


@pytest.fixture
def many(home: Path) -> int:
    """More projects than fit in one page, and than are laid out together."""
    with Steward() as steward:
        steward.workspaces.create("big")
        for number in range(230):
            steward.projects.create(f"big/project-{number:04d}")
    return 230


def test_long_lists(ok: Run, many: int, home: Path) -> None:
    rows = ok("projects", "list", "big").rows
    assert [row[0] for row in rows] == [f"big/project-{number:04d}" for number in range(many)]
    assert len(ok("projects", "list", "big", "--json").json) == many
    assert len(ok("projects", "list", "big", "--limit", "120").rows) == 120
    _, shown = on_a_terminal("projects", "list", "big")
    assert shown.count(BOX * 20) >= 1
    assert shown.count("big/project-") == many
    starts = {line.index("private") for line in shown.splitlines() if "private" in line}
    assert len(starts) == 1

    # A reader that has seen enough: no complaint.
    process = spawn("projects", "list", "big", "--json")
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.read(1)
    process.stdout.close()
    assert process.wait(20) in {0, 141}
    assert USING.sub("", process.stderr.read()) == ""
    process.stderr.close()


def test_a_reader_that_was_never_there(team: str) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "mlsteward.cli", "projects", "list"],
        stdout=writing,
        stderr=subprocess.PIPE,
        timeout=20,
        text=True,
    )
    os.close(writing)
    assert done.returncode == 141
    assert USING.sub("", done.stderr) == ""
