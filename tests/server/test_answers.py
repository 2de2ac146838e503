"""How answers come: whole, as a stream of a list, with an entity tag, without a body."""

from __future__ import annotations

import csv
import io
import json
import sys
from typing import Any

import pytest
from sqlalchemy import event

from tests.support import spec
from tests.support.calls import valid
from tests.support.problems import problem
from tests.support.server import Storage
from tests.support.spec import Operation
from tests.support.stage import Stage
from tests.support.world import PROJECT_PATH, World

MATRIX = "/workspaces/acme/access"
CSV, JSON_LINES = "text/csv", "application/x-ndjson"


def media_types(operation: Operation) -> list[str]:
    """The forms besides JSON in which an operation answers."""
    responses = operation.raw["responses"]
    content = next(responses[status].get("content", {}) for status in responses if status.startswith("2"))
    return [name for name in content if name != "application/json"]


EXPORTED = [o for o in spec.operations() if o.is_list and media_types(o)]
TAGGED = [o for o in spec.operations() if o.method == "patch"]


# ---- lists as a stream


@pytest.mark.parametrize("operation", EXPORTED, ids=str)
def test_a_list_in_other_forms_is_the_same_list(stage: Stage, operation: Operation) -> None:
    url = valid(operation, stage.known).url
    everything = stage.operator.everything(url)
    assert everything
    lines = stage.operator.get(url, headers={"Accept": JSON_LINES})
    assert lines.headers["content-type"].startswith(JSON_LINES)
    assert [json.loads(line) for line in lines.text.splitlines()] == everything
    table = stage.operator.get(url, headers={"Accept": CSV})
    assert table.headers["content-type"].startswith(CSV)
    assert table.headers["vary"] == "Accept"
    rows = list(csv.DictReader(io.StringIO(table.text, newline="")))
    assert rows == [{name: item.get(name, "") for name in rows[0]} for item in everything]


def test_a_stream_has_all_pages(world: World) -> None:
    admin = world.api("admin")
    for number in range(60):
        admin.ok("POST", "/projects", json={"workspace": "acme", "name": f"p{number}"})
    for name in ("member", "guest", "collaborator", "viewer", "owner", "contributor", "robot", "listed", "outsider"):
        world.person(name)
    everything = admin.everything(MATRIX)
    assert len(everything) > 600  # more than one page of what is read at a time
    found = admin.get(MATRIX, headers={"Accept": JSON_LINES}).text.splitlines()
    assert [json.loads(line) for line in found] == everything
    only = admin.get(MATRIX, params={"user": "member"}, headers={"Accept": CSV}).text.splitlines()
    assert len(only) == 1 + len(admin.everything(MATRIX, user="member"))


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("*/*", "application/json"),
        ("text/csv;q=0.2, application/json;q=0.9", "application/json"),
        ("text/*", CSV),
        ("text/csv, application/json;q=0.5", CSV),
        ("image/png", "application/json"),
    ],
)
def test_the_form_is_negotiated(world: World, accept: str, media_type: str) -> None:
    answer = world.api("admin").get(MATRIX, headers={"Accept": accept})
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith(media_type)


def test_a_stream_is_refused_like_any_other_answer(world: World) -> None:
    as_csv = {"Accept": CSV}
    problem(world.http.get(MATRIX, headers=as_csv), 401, "unauthenticated")
    problem(world.api("member").get(MATRIX, headers=as_csv), 403, "forbidden")
    problem(world.api("outsider").get(MATRIX, headers=as_csv), 404, "workspace_not_found")
    problem(world.api("admin").get(f"{MATRIX}?limit=5", headers=as_csv), 422, "invalid_request")
    problem(world.api("admin").get(f"{MATRIX}?user=nobody-here", headers=as_csv), 404, "member_not_found")


def test_a_stream_ends_where_the_right_to_read_ends(world: World, app: Any) -> None:
    admin = world.api("admin")
    for number in range(60):
        admin.ok("POST", "/projects", json={"workspace": "acme", "name": f"p{number}"})
    for name in ("member", "guest", "collaborator", "viewer", "owner", "contributor", "robot", "listed", "outsider"):
        world.person(name)
    headers: list[str] = []
    environ = {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": f"/api/v1{MATRIX}",
        "QUERY_STRING": "",
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.url_scheme": "http",
        "HTTP_ACCEPT": JSON_LINES,
        "HTTP_AUTHORIZATION": f"Bearer {admin.key}",
    }
    parts = iter(app(environ, lambda status, found: headers.append(status)))
    assert next(parts)
    assert headers[0].startswith("200")
    world.founder().ok("DELETE", "/workspaces/acme/members/admin")
    (line,) = b"".join(parts).splitlines()
    assert json.loads(line)["problem"]["code"] == "api_key_invalid"


# ---- HEAD


@pytest.mark.parametrize("operation", [o for o in spec.operations() if o.method == "get"], ids=str)
def test_head_is_get_without_a_body(stage: Stage, operation: Operation) -> None:
    call = valid(operation, stage.known)
    got = call.send(stage.operator)
    head = stage.operator.head(call.url, params=call.query or None)
    assert head.status_code == got.status_code
    assert head.content == b""
    same = ("content-type", "content-length", "link", "etag")
    assert [head.headers.get(name) for name in same] == [got.headers.get(name) for name in same]


# ---- entity tags


@pytest.mark.parametrize("operation", TAGGED, ids=str)
def test_whoever_changes_what_changed_meanwhile_is_told(stage: Stage, operation: Operation) -> None:
    call = valid(operation, stage.known, full=True)
    seen = stage.operator.get(call.url)
    own = operation.path.rpartition("{")[2].partition("}")[0]
    if own in ("project", "group"):
        call = call.having(path={**call.path, own: seen.json()["id"]})  # it may get another name
    tag = seen.headers["etag"]
    assert stage.operator.get(call.url).headers["etag"] == tag
    before = stage.state()
    for stale in ('"of-something-else"', f"W/{tag}"):
        refused = call.send(stage.operator, headers={"If-Match": stale})
        problem(refused, 412, "precondition_failed")
    assert stage.state() == before
    changed = call.send(stage.operator, headers={"If-Match": f'"another", {tag}'})
    assert changed.status_code == 200, changed.text
    now = stage.operator.get(call.url)
    assert now.headers["etag"] == changed.headers["etag"]
    assert (changed.headers["etag"] == tag) == (now.json() == seen.json())
    assert call.send(stage.operator, headers={"If-Match": "*"}).status_code == 200


def test_of_two_editors_the_second_is_told(world: World) -> None:
    first, second = world.api("admin"), world.api("owner")
    tag = second.get(PROJECT_PATH).headers["etag"]
    first.ok("PATCH", PROJECT_PATH, json={"description": "the first"})
    late = second.patch(PROJECT_PATH, json={"description": "the second"}, headers={"If-Match": tag})
    problem(late, 412, "precondition_failed")
    assert world.operator.ok("GET", PROJECT_PATH)["description"] == "the first"
    again = second.get(PROJECT_PATH).headers["etag"]
    second.ok("PATCH", PROJECT_PATH, json={"description": "the second"}, headers={"If-Match": again})


def test_what_may_not_be_changed_is_refused_before_tags_are_compared(world: World) -> None:
    for who, status in (("viewer", 403), ("outsider", 404)):
        answer = world.api(who).patch(PROJECT_PATH, json={"description": "x"}, headers={"If-Match": '"guess"'})
        assert answer.status_code == status


# ---- defects


@pytest.mark.both_databases
def test_a_defect_is_a_500_and_no_conflict(world: World, storage: Storage) -> None:
    """What a CHECK or NOT NULL refuses is wrong however often it is tried; only the server can have made it."""
    tries = []
    broken = "NULL" if storage.is_sqlite else "'nonsense'"

    def spoil(connection: Any, cursor: Any, statement: str, values: Any, context: Any, many: bool) -> tuple[str, Any]:
        if statement.startswith("UPDATE projects"):
            tries.append(statement)
            statement = statement.replace("SET ", f"SET visibility = {broken}, ", 1)
        return statement, values

    event.listen(storage.engine, "before_cursor_execute", spoil, retval=True)
    try:
        answer = world.api("owner").patch(PROJECT_PATH, json={"description": "x"})
    finally:
        event.remove(storage.engine, "before_cursor_execute", spoil)
    problem(answer, 500, "internal_error")
    assert len(tries) == 1
