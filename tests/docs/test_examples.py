"""The scripts in `examples/` do what they say, also when they run again."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from mlsteward import Steward
from sqlalchemy import update

from tests.support.server import api_keys, invitations, open_storage, projects

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
SCRIPTS = sorted(path for path in EXAMPLES.glob("*.py") if path.name != "common.py")


@pytest.fixture
def platform(tmp_path: Path) -> Path:
    return tmp_path / "demo.db"


def run(name: str, platform: Path, *arguments: str, code: int = 0) -> str:
    command = [sys.executable, "-W", "error", str(EXAMPLES / name), "--path", str(platform), *arguments]
    done = subprocess.run(command, cwd=platform.parent, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == code, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout


def onboard(platform: Path) -> str:
    return run("onboard_team.py", platform, "vision", str(EXAMPLES / "people.csv"))


def age(platform: Path, days: int) -> None:
    """Make everything in a platform older, as if the time had passed."""
    then = datetime.now(UTC) - timedelta(days=days)
    storage = open_storage(str(platform))
    try:
        with storage.writing() as connection:
            for table in (projects, api_keys, invitations):
                connection.execute(update(table).values(created_at=then))
            connection.exec_driver_sql("DELETE FROM audit_events")
    finally:
        storage.close()


def test_the_table_has_every_example() -> None:
    listed = re.findall(r"^\| \[(\w+\.py)\]", (EXAMPLES / "README.md").read_text("utf-8"), re.MULTILINE)
    assert sorted(listed) == [path.name for path in SCRIPTS]


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_help(path: Path) -> None:
    done = subprocess.run([sys.executable, str(path), "--help"], capture_output=True, text=True, timeout=60, check=True)
    first = path.read_text("utf-8").partition("\n")[0].strip('"')
    assert " ".join(first.split()) in " ".join(done.stdout.split())


def test_onboarding(platform: Path) -> None:
    matrix = onboard(platform)
    assert "jackie" in matrix
    assert onboard(platform) == matrix
    with Steward(path=str(platform)) as steward:
        assert {m.username: str(m.role) for m in steward.members.list(workspace="vision")}["jackie"] == "admin"


def test_wide_access(platform: Path) -> None:
    onboard(platform)
    found = run("find_wide_access.py", platform, "--workspace", "vision", "street-*").splitlines()
    assert any(line.startswith("street-signs: ravi has EDIT, by ") for line in found), found
    assert not any(line.startswith("sandbox") for line in found)


def test_rotation(platform: Path) -> None:
    onboard(platform)
    with Steward(path=str(platform), workspace="vision") as steward:
        robot = steward.service_accounts.create("nightly")
        steward.api_keys.create("cron", user=robot.id)
        asked = ("--workspace", "vision", "--into", "keys")
        assert run("rotate_robot_keys.py", platform, *asked) == ""
        age(platform, 100)
        assert run("rotate_robot_keys.py", platform, *asked).startswith("nightly@vision: cron is keys/nightly@vision-")
        (written,) = (platform.parent / "keys").iterdir()
        assert written.stat().st_mode & 0o077 == 0
        assert steward.as_account(written.read_text("utf-8").strip()).whoami().username == robot.name
        # The old key has a successor, and the new one is not old.
        assert run("rotate_robot_keys.py", platform, *asked) == ""


def test_offboarding(platform: Path) -> None:
    onboard(platform)
    with Steward(path=str(platform)) as steward:
        steward.workspaces.create("elsewhere")
        asked = ("ravi", "--successor", "jackie")
        assert "vision: would take away" in run("offboard_everywhere.py", platform, *asked)
        assert "ravi" in [m.username for m in steward.members.list(workspace="vision")]
        assert "vision: took away" in run("offboard_everywhere.py", platform, *asked, "--apply")
        assert "ravi" not in [m.username for m in steward.members.list(workspace="vision")]
        assert run("offboard_everywhere.py", platform, *asked, "--apply") == ""


def test_tidying(platform: Path) -> None:
    onboard(platform)
    asked = ("--workspace", "vision", "--days", "180")
    with Steward(path=str(platform), workspace="vision") as steward:
        steward.invitations.send(email="mo@example.com")
        assert run("tidy_up.py", platform, *asked) == ""
        age(platform, 200)
        steward.projects.update("sandbox", description="not forgotten")
        expected = ["archive vision/street-signs", "withdraw the invitation of mo@example.com"]
        assert run("tidy_up.py", platform, *asked).splitlines() == expected
        assert run("tidy_up.py", platform, *asked, "--apply").splitlines() == expected
        assert [project.name for project in steward.projects.list()] == ["sandbox"]
        assert list(steward.invitations.list()) == []
        assert run("tidy_up.py", platform, *asked, "--apply") == ""
