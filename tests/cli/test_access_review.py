"""`mlsteward access review`."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from mlsteward.reviews.review import AccessReview

from tests.cli.conftest import Run


def test_a_page(ok: Run, team: str, tmp_path: Path) -> None:
    page = tmp_path / "review.html"
    done = ok("access", "review", team, "-o", str(page))
    assert done.out.startswith(f"Wrote {page}: 3 accounts, 0 not seen for 90 days, 0 API keys, 0 with remarks, 0 open")
    found = AccessReview.read(page)
    assert found.workspace == team
    assert [one.username for one in found.accounts] == ["jackie", "local", "ravi"]


def test_tables_beside_the_page(ok: Run, team: str, tmp_path: Path) -> None:
    done = ok("access", "review", team, "-o", str(tmp_path / "q3.html"), "--csv")
    assert sorted(path.name for path in tmp_path.glob("q3.*.csv")) == [
        "q3.access.csv",
        "q3.accounts.csv",
        "q3.invitations.csv",
        "q3.keys.csv",
    ]
    assert done.out.count("Wrote ") == 5
    with (tmp_path / "q3.access.csv").open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table))
    assert {(row["username"], row["object_name"], row["rule"]) for row in rows} >= {
        ("jackie", "churn", "admin"),
        ("ravi", "open-house", "visibility"),
    }


def test_compared_with_the_last_page(ok: Run, team: str, tmp_path: Path) -> None:
    first, second = tmp_path / "first.html", tmp_path / "second.html"
    ok("access", "review", team, "-o", str(first))
    ok("members", "role", "ravi", "guest", "-w", team)
    done = ok("access", "review", team, "-o", str(second), "--since", str(first), "--csv")
    assert "2 differences" in done.out
    assert [(one.kind, one.change) for one in AccessReview.read(second).changes] == [
        ("account", "changed"),
        ("access", "gone"),
    ]
    assert (tmp_path / "second.changes.csv").exists()
    assert (tmp_path / "second.events.csv").exists()


def test_since_a_date_or_for_so_long(ok: Run, team: str, tmp_path: Path) -> None:
    for since in ("7d", "2020-01-01"):
        found = ok("access", "review", team, "--json", "--since", since).json
        assert "Created the project" in [event["event"] for event in found["events"]]
        assert not found["compares"]


@pytest.mark.parametrize(("given", "days"), [("30", 30), ("30d", 30), ("2w", 14)])
def test_days(ok: Run, team: str, given: str, days: int) -> None:
    assert ok("access", "review", team, "--json", "--unseen", given).json["unseen_days"] == days


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "Say where to write the page: -o review.html"),
        (["--csv", "--json"], "--csv writes beside the page"),
        (["-o", "x.html", "--json"], "--json cannot be used with --output"),
        (["-o", "nowhere/x.html"], "there is no folder nowhere"),
        (["-o", "x.html", "--since", "gone.html"], "gone.html: No such file or directory"),
        (["-o", "x.html", "--since", __file__], "is not the page of an access review"),
        (["-o", "x.html", "--since", "soon"], "or name the page of an earlier review"),
        (["-o", "x.html", "--unseen", "0"], "unseen must be a timedelta of at least one day"),
    ],
)
def test_wrong_usage(
    run: Run, team: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, arguments: list[str], message: str
) -> None:
    monkeypatch.chdir(tmp_path)
    done = run("access", "review", team, *arguments)
    assert done.code == 2, done
    assert message in done.err
    assert not (tmp_path / "x.html").exists()


def test_a_refusal_leaves_the_last_page(run: Run, ok: Run, team: str, tmp_path: Path) -> None:
    page = tmp_path / "review.html"
    page.write_text("the last review", "utf-8")
    assert run("access", "review", "nowhere", "-o", str(page)).code == 1
    assert page.read_text("utf-8") == "the last review"
