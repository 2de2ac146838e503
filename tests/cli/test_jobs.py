"""Work that a command starts, and waiting for it."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.cli.conftest import Run
from tests.support.storage import kept, litter


def files_of(home: Path, data_file: str | None) -> Path:
    assert data_file is not None
    return Path(f"{data_file}.files")


def test_clean_up(ok: Run, run: Run, home: Path, team: str) -> None:
    assert ok("jobs", "list").err == "No jobs.\n"
    first = ok("storage", "clean-up")
    assert first.out == "0 of 0 files (0 B) belong to nothing.\n"
    files = files_of(home, first.data_file)
    litter(files, 3)
    counted = ok("storage", "clean-up", "--older-than", "0")
    assert counted.out == "3 of 3 files (30 B) belong to nothing.\n"
    assert counted.err == "Nothing was changed. Use --apply to delete them.\n"
    assert len(kept(files)) == 3
    assert ok("storage", "clean-up", "--apply").out == "deleted: 0 of 3 files (0 B) belonged to nothing\n"
    assert ok("storage", "clean-up", "--older-than", "0", "--apply").out == (
        "deleted: 3 of 3 files (30 B) belonged to nothing\n"
    )
    assert kept(files) == set()
    found = ok("storage", "clean-up", "--json").json
    assert (found["status"], found["result"]["dry_run"]) == ("succeeded", True)

    rows = ok("jobs", "list").rows
    assert [row[1:4] for row in rows] == [["clean_up_storage", "succeeded", "local"]] * 5
    assert rows[0][0] == found["id"]
    assert len(ok("jobs", "list", "--status", "succeeded", "--limit", "2", "--json").json) == 2
    shown = ok("jobs", "show", found["id"]).out
    assert "256 of 256" in shown
    assert ok("jobs", "wait", found["id"]).out == shown
    assert ok("jobs", "wait", found["id"], "--json").json == found
    missing = run("jobs", "show", "nosuch")
    assert (missing.code, missing.out) == (1, "")
    assert "(job_not_found)" in missing.err


def test_a_job_that_fails(ok: Run, run: Run, home: Path, team: str) -> None:
    files = files_of(home, ok("whoami").data_file)
    shutil.rmtree(files, ignore_errors=True)
    job = ok("storage", "clean-up", "--json").json
    shutil.rmtree(files, ignore_errors=True)
    files.write_text("in the way")
    failed = run("storage", "clean-up")
    assert (failed.code, failed.out) == (1, "")
    assert "error: The server cannot use its file storage" in failed.err
    newest = ok("jobs", "list", "--json").json[0]
    assert newest["id"] != job["id"]
    shown = run("jobs", "wait", newest["id"])
    assert shown.code == 1
    assert "failed" in shown.out
    assert "The server cannot use its file storage" in shown.out
