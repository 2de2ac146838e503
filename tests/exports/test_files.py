"""Lists as CSV and as JSON lines: what is in the files, and when there is none."""

from __future__ import annotations

import csv
import io
import json
import os
import stat
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs
import pytest
from mlsteward import records
from mlsteward.errors import ConfigurationError, InvalidArgument

from tests.exports.lists import CANARY, DATASETS, GROUP, INVITATION, NOON, WORKSPACE, Async, Broken, Pages, Sync

both = pytest.mark.parametrize("kind", [Sync, Async])

AWKWARD = ["a,b", 'say "hi"', "two\nlines", "carriage\rreturn", "naïve — 名前 🦉", " space ", "", "'quoted"]
FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"]


def groups(*names: str) -> list[records.Group]:
    return [attrs.evolve(GROUP, name=name) for name in names]


def read(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


@both
def test_csv_has_every_column(kind: Any) -> None:
    text = kind(Pages([GROUP]), records.Group).to_csv()
    assert text == "id,name,members_count,created_at,description\ng1,labelers,2,2026-01-31T12:00:00Z,\n"


@both
def test_csv_of_records_in_records(kind: Any) -> None:
    (row,) = read(kind(Pages([WORKSPACE]), records.Workspace).to_csv())
    assert row["plan.projects_limit"] == "3"
    assert row["plan.storage_bytes_limit"] == ""
    assert row["plan.allowed_visibilities"] == "private, secret"
    assert row["mode"] == "cloud"
    without, made = read(kind(Pages(DATASETS), records.Dataset).to_csv())
    assert next(iter(made)) == "full_name"
    assert made["full_name"] == "ml-team/signs"
    assert (without["creator.username"], made["creator.username"]) == ("", "jackie")


@both
def test_csv_of_lists_of_records(kind: Any) -> None:
    (row,) = read(kind(Pages([INVITATION]), records.Invitation).to_csv())
    assert json.loads(row["dataset_grants"]) == [{"dataset_id": "d1", "dataset": "signs", "permission": "VIEW"}]
    assert row["add_to_all_projects"] == "true"


@both
def test_csv_of_awkward_names(kind: Any) -> None:
    rows = read(kind(Pages(groups(*AWKWARD)), records.Group).to_csv())
    assert [row["name"] for row in rows] == AWKWARD


@both
def test_csv_has_no_formulas(kind: Any) -> None:
    rows = read(kind(Pages(groups(*FORMULAS)), records.Group).to_csv())
    assert [row["name"] for row in rows] == ["'" + formula for formula in FORMULAS]


def test_numbers_below_zero_are_no_formulas() -> None:
    assert (
        Sync(Pages([attrs.evolve(GROUP, members_count=-7)])).to_csv(columns=["members_count"]) == "members_count\n-7\n"
    )


@both
def test_columns_are_in_the_order_that_is_asked_for(kind: Any) -> None:
    pages = Pages([WORKSPACE])
    assert kind(pages).to_csv(columns=["plan.projects_limit", "name"]) == "plan.projects_limit,name\n3,ml-team\n"
    line = kind(pages).to_jsonl(columns=iter(["plan.projects_limit", "role", "created_at"]))
    assert line == '{"plan.projects_limit":3,"role":null,"created_at":"2026-01-31T12:00:00Z"}\n'
    assert kind(pages).to_csv(columns="name") == "name\nml-team\n"


@both
@pytest.mark.parametrize("columns", [["nosuch"], ["name", "name"], [], ["plan"], ["_identified_by"], ["to_dict"]])
def test_columns_that_cannot_be(kind: Any, columns: list[str], tmp_path: Path) -> None:
    pages = Pages([WORKSPACE])
    with pytest.raises(InvalidArgument) as caught:
        kind(pages, records.Workspace).to_csv(tmp_path / "list.csv", columns=columns)
    if columns not in (["name", "name"], []):
        assert f"Workspace has no column {columns[0]!r}; the columns are id, name, mode, " in str(caught.value)
        assert "plan.projects_limit" in str(caught.value)
    assert pages.asked == []
    assert os.listdir(tmp_path) == []


@both
def test_json_lines_are_whole_records(kind: Any) -> None:
    text = kind(Pages(groups(*AWKWARD, *FORMULAS)), records.Group).to_jsonl()
    lines = text.removesuffix("\n").split("\n")
    assert [json.loads(line)["name"] for line in lines] == AWKWARD + FORMULAS
    assert json.loads(kind(Pages([WORKSPACE])).to_jsonl()) == {
        "id": "w1",
        "name": "ml-team",
        "mode": "cloud",
        "plan": {"allowed_visibilities": ["private", "secret"], "projects_limit": 3, "storage_bytes_limit": None},
        "created_at": "2026-01-31T12:00:00Z",
        "role": None,
    }
    assert json.loads(kind(Pages(DATASETS[:1])).to_jsonl())["full_name"] == "ml-team/signs"


@both
def test_an_empty_list(kind: Any, tmp_path: Path) -> None:
    assert kind(Pages([]), records.Group).to_csv() == "id,name,members_count,created_at,description\n"
    assert kind(Pages([]), records.Group).to_jsonl() == ""
    kind(Pages([])).to_csv(tmp_path / "list.csv")
    assert (tmp_path / "list.csv").read_text() == ""


@both
@pytest.mark.parametrize("method", ["to_csv", "to_jsonl"])
def test_secrets_are_in_no_file(kind: Any, method: str) -> None:
    assert CANARY in str(INVITATION.to_dict())
    assert CANARY not in getattr(kind(Pages([INVITATION]), records.Invitation), method)()
    with pytest.raises(InvalidArgument, match="has no column 'url'"):
        getattr(kind(Pages([INVITATION])), method)(columns=["url"])


@both
@pytest.mark.parametrize("method", ["to_csv", "to_jsonl"])
def test_files_of_every_sort(kind: Any, method: str, tmp_path: Path) -> None:
    pages = Pages(groups(*AWKWARD))
    text = getattr(kind(pages), method)()
    path = tmp_path / "list"
    path.write_text("from yesterday")
    assert getattr(kind(pages), method)(path) is None
    assert path.read_bytes().decode() == text
    assert getattr(kind(pages), method)(str(path)) is None
    assert path.read_bytes().decode() == text
    buffer = io.StringIO(newline="")
    assert getattr(kind(pages), method)(buffer) is None
    assert buffer.getvalue() == text
    assert os.listdir(tmp_path) == ["list"]


@both
@pytest.mark.parametrize("file", [io.BytesIO(), 7, object()])
def test_files_that_cannot_be(kind: Any, file: object) -> None:
    pages = Pages([GROUP])
    with pytest.raises(InvalidArgument, match="file must be"):
        kind(pages).to_csv(file)
    assert pages.asked == []


@both
def test_a_folder_that_is_not_there(kind: Any, tmp_path: Path) -> None:
    pages = Pages([GROUP])
    with pytest.raises(FileNotFoundError, match=r"nosuch/list\.csv"):
        kind(pages).to_csv(tmp_path / "nosuch" / "list.csv")
    assert pages.asked == []


@both
@pytest.mark.parametrize("fails_at", [0, 1, 2])
def test_a_list_that_breaks_leaves_no_file(kind: Any, fails_at: int, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    with pytest.raises(Broken):
        kind(Pages(groups(*AWKWARD), fails_at=fails_at), records.Group).to_csv(path)
    assert os.listdir(tmp_path) == []
    path.write_text("from yesterday")
    with pytest.raises(Broken):
        kind(Pages(groups(*AWKWARD), fails_at=fails_at), records.Group).to_jsonl(path)
    assert path.read_text() == "from yesterday"
    assert os.listdir(tmp_path) == ["list.csv"]


def test_a_pipe_is_written_to_and_stays(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    reader = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    try:
        Sync(Pages([GROUP])).to_csv(path, columns=["name"])
        assert os.read(reader, 100) == b"name\nlabelers\n"
    finally:
        os.close(reader)
    assert stat.S_ISFIFO(path.stat().st_mode)


@both
def test_only_records_have_columns(kind: Any) -> None:
    with pytest.raises(InvalidArgument, match="this is one of int"):
        kind(Pages([1, 2])).to_csv()


class Sliced:
    """Many records that are made when they are asked for."""

    def __len__(self) -> int:
        return 200_000

    def __getitem__(self, part: slice) -> list[records.Group]:
        return [
            records.Group(f"g{number}", f"group {number}", number, NOON)
            for number in range(part.start, min(part.stop, len(self)))
        ]


@pytest.fixture
def traced() -> Iterator[None]:
    tracemalloc.start()
    yield
    tracemalloc.stop()


@pytest.mark.parametrize(("kind", "method"), [(Sync, "to_csv"), (Async, "to_jsonl")])
def test_memory_does_not_grow_with_the_list(kind: Any, method: str, tmp_path: Path, traced: None) -> None:
    many = kind(Pages(Sliced(), size=500), records.Group)  # type: ignore[arg-type]
    getattr(kind(Pages([GROUP])), method)(tmp_path / "first")
    tracemalloc.reset_peak()
    before = tracemalloc.get_traced_memory()[0]
    getattr(many, method)(tmp_path / "list", progress=False)
    # The text alone has more than 8 MB, and the records five times as many.
    assert tracemalloc.get_traced_memory()[1] - before < 2_000_000
    with open(tmp_path / "list") as file:
        assert sum(1 for _ in file) == 200_000 + (method == "to_csv")


@both
def test_a_bar_that_is_asked_for_asks_for_the_number_once(kind: Any, capsys: pytest.CaptureFixture[str]) -> None:
    pages = Pages([GROUP] * 5)
    kind(pages, records.Group).to_csv(progress=True)
    assert pages.counted == 1
    assert capsys.readouterr().out == ""


@both
def test_without_a_terminal_there_is_no_bar(
    kind: Any, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mlsteward.exports.progress.PATIENCE", 0)
    pages = Pages([GROUP] * 5)
    kind(pages, records.Group).to_csv()
    kind(pages, records.Group).to_csv(progress=False)
    assert pages.counted == 0
    assert capsys.readouterr() == ("", "")


def test_a_bar_needs_rich(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("mlsteward.exports.progress.find_spec", lambda name: None)
    assert Sync(Pages([GROUP])).to_csv(columns=["name"]) == "name\nlabelers\n"
    with pytest.raises(ConfigurationError, match=r"mlsteward\[cli\]"):
        Sync(Pages([GROUP])).to_csv(tmp_path / "list.csv", progress=True)
    assert os.listdir(tmp_path) == []
