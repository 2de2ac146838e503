"""The parts of the laboratory of spec changes. What it finds out is run by `make churn`."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
from churn import adapters, patches, table, verdict
from churn.case import BUDGET, Case, CaseError, Replacement, load, read
from churn.child import Outcome
from churn.edits import EditError, edited, lookup
from churn.laboratory import Seen
from churn.wire import Answer, Request, Today

from tests.support import spec

ROOT = Path(__file__).resolve().parents[2]


def small() -> dict[str, Any]:
    thing = {"type": "object", "required": ["id", "by"], "properties": {"id": {}, "by": {"type": "string"}, "n": {}}}
    answer = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}}
    body = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}}
    operation = {"operationId": "make_thing", "requestBody": body, "responses": {"201": answer}}
    return {"paths": {"/things/{thing}": {"put": operation}}, "components": {"schemas": {"Thing": thing}}}


THING = "/components/schemas/Thing"


@pytest.mark.parametrize(
    ("operation", "pointer", "expected"),
    [
        ({"op": "add", "path": f"{THING}/required/-", "value": "n"}, f"{THING}/required", ["id", "by", "n"]),
        ({"op": "add", "path": f"{THING}/required/0", "value": "n"}, f"{THING}/required", ["n", "id", "by"]),
        ({"op": "remove", "path": f"{THING}/required/0"}, f"{THING}/required", ["by"]),
        ({"op": "replace", "path": f"{THING}/type", "value": "array"}, f"{THING}/type", "array"),
        ({"op": "rename", "path": f"{THING}/properties/by", "to": "owner"}, f"{THING}/required", ["id", "owner"]),
        ({"op": "reverse", "path": f"{THING}/required"}, f"{THING}/required", ["by", "id"]),
        (
            {"op": "rename", "path": THING, "to": "Item"},
            "/paths/~1things~1{thing}/put/responses/201/content/application~1json/schema/$ref",
            "#/components/schemas/Item",
        ),
        ({"op": "respell", "old": "by", "new": "owner"}, f"{THING}/required", ["id", "owner"]),
    ],
)
def test_operations(operation: dict[str, Any], pointer: str, expected: Any) -> None:
    before = small()
    kept = copy.deepcopy(before)
    assert lookup(edited(before, [operation]), pointer) == expected
    assert before == kept


def test_a_renamed_key_stays_where_it_was() -> None:
    found = edited(small(), [{"op": "rename", "path": f"{THING}/properties/by", "to": "owner"}])
    assert list(lookup(found, f"{THING}/properties")) == ["id", "owner", "n"]


@pytest.mark.parametrize(
    "operation",
    [
        {"op": "replace", "path": f"{THING}/title", "value": "x"},
        {"op": "remove", "path": "/nothing"},
        {"op": "rename", "path": f"{THING}/properties/by", "to": "id"},
        {"op": "guess", "path": "/"},
        {"op": "remove", "path": THING, "typo": 1},
    ],
)
def test_operations_that_do_not_fit(operation: dict[str, Any]) -> None:
    with pytest.raises(EditError):
        edited(small(), [operation])


@pytest.mark.parametrize(
    ("new", "count"),
    [("a\nb\nc\n", 0), ("a\nB\nc\n", 1), ("a\nc\n", 1), ("a\nb\nb2\nc\n", 1), ("a\nB\nB2\nc\n", 2), ("c\na\nb\n", 2)],
)
def test_counting_lines(new: str, count: int) -> None:
    assert patches.changed_lines("a\nb\nc\n", new) == count


def test_patches() -> None:
    module = "facade/mlsteward/_async/projects.py"
    once = Replacement(module, "    get_project,\n", "    fetch_project as get_project,\n")
    assert patches.cost(ROOT, patches.patched(ROOT, [once])) == 1
    with pytest.raises(patches.PatchError, match="times, not once"):
        patches.patched(ROOT, [Replacement(module, "get_project", "x")])
    with pytest.raises(patches.PatchError, match="hand-written"):
        patches.patched(ROOT, [Replacement("facade/mlsteward/_sync/projects.py", "    get_project,\n", "")])


@pytest.mark.parametrize(
    ("files", "rooms"),
    [
        (["protocol.py"], {"protocol"}),
        (["records/projects.py", "records/words.py"], {"records"}),
        (["records/projects.py", "_async/projects.py"], {"projects"}),
        (["_async/workspaces/members.py", "_async/workspaces/invitations.py"], {"workspaces"}),
        (["_async/projects.py", "protocol.py"], {"projects", "protocol"}),
        (["connection.py"], {"connection.py"}),
    ],
)
def test_rooms(files: list[str], rooms: set[str]) -> None:
    assert patches.rooms(f"facade/mlsteward/{name}" for name in files) == rooms


def test_adapters_exchange_names() -> None:
    (translator,) = adapters.made([{"use": "fields", "schema": "Thing", "names": {"by": "owner"}}])
    today = Today(small())
    for sent, expected in (({"owner": "x"}, {"by": "x"}), ({"by": "x"}, {"gone-by": "x"})):
        request = Request("PUT", "/api/v1", "/things/1", [], {}, dict(sent))
        translator.request(today, request)
        assert (request.operation, request.body) == ("make_thing", expected)
    answer = Answer(201, {}, {"id": "1", "by": "x"})
    translator.answer(today, request, answer)
    assert answer.body == {"id": "1", "owner": "x"}


def case(**changes: Any) -> Case:
    usual = {
        "name": "x",
        "family": "f",
        "kind": "breaking",
        "title": "t",
        "domain": "groups",
        "edit": [],
        "found_by": frozenset({"gate"}),
        "lines": 1,
        "outcomes": {"old_new": "NotFound"},
    }
    return Case(**{**usual, **changes})


def seen(**changes: Any) -> Seen:
    outcomes = {"new_new": Outcome("ok"), "new_old": Outcome("ok"), "old_new": Outcome("NotFound")}
    usual = {"found": {"gate": ["g"]}, "lines": 1, "rooms": {"groups"}, "outcomes": outcomes, "failed": {"new_new": []}}
    return Seen(**{**usual, **changes})


def test_as_expected() -> None:
    assert list(verdict.deviations(case(), seen())) == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"found": {}}, "gate does not notice it"),
        ({"found": {"gate": ["g"], "types": ["t"]}}, "types notices it: t"),
        ({"left": {"types": ["t"]}}, "with the patch, types still says: t"),
        ({"lines": 0}, "the patch costs 0 lines, not 1"),
        ({"rooms": {"groups", "protocol"}}, "the patch is in several rooms"),
        ({"outcomes": {}}, "nothing ran"),
        ({"outcomes": {way: Outcome("ok") for way in ("new_new", "new_old", "old_new")}}, "old_new: ok, not NotFound"),
        ({"failed": {"new_new": ["test_x"]}}, "new_new: tests of groups fail: test_x"),
    ],
)
def test_every_deviation_is_told(changes: dict[str, Any], said: str) -> None:
    assert any(said in each for each in verdict.deviations(case(), seen(**changes)))


@pytest.mark.parametrize("word", ["different", "bare KeyError"])
def test_what_nobody_may_get(word: str) -> None:
    outcomes = {"new_new": Outcome("ok"), "new_old": Outcome("ok"), "old_new": Outcome(word)}
    assert list(verdict.deviations(case(outcomes={"old_new": word}), seen(outcomes=outcomes)))


@pytest.mark.parametrize(
    ("text", "match"),
    [
        ('kind = "strange"', "kind is one of"),
        ('kind = "breaking"', "noticed by the gate"),
        ('kind = "harmless"\nlines = 1', "costs nothing"),
        (f'kind = "breaking"\nfound_by = ["gate"]\nlines = {BUDGET + 1}', "more than 5 lines"),
        ('kind = "breaking"\nfound_by = ["luck"]', "no detector"),
        ('kind = "harmless"\nwhat = 1', "unexpected keyword"),
    ],
)
def test_cases_that_are_not_written_well(tmp_path: Path, text: str, match: str) -> None:
    path = tmp_path / "family.toml"
    path.write_text(f'[[case]]\nname = "x"\ntitle = "t"\ndomain = "groups"\nedit = []\n{text}\n')
    with pytest.raises(CaseError, match=match):
        read(path)


def test_all_cases_fit_the_spec_and_the_client() -> None:
    cases = load()
    assert len(cases) >= 60
    for each in cases:
        edited(spec.document(), each.edit)
        adapters.made(each.adapter)
        assert patches.cost(ROOT, patches.patched(ROOT, each.patch)) == each.lines, each.name


def test_the_page_is_that_of_the_cases() -> None:
    assert (ROOT / table.PAGE).read_text("utf-8") == table.page(load())
