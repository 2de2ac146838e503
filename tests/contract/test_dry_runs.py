"""A dry run of any write leaves the database as it was, and says what the write then does. On both databases.

Derived from the spec: a new write is covered once it is there.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.support import spec
from tests.support.api import Api
from tests.support.calls import Call, valid
from tests.support.databases import Postgres
from tests.support.examples import validator
from tests.support.server import api_keys, metadata
from tests.support.spec import Operation
from tests.support.stage import Stage
from tests.support.stage import stage as set_up_stage

WRITES = [o for o in spec.operations() if o.is_write]
HAVE_NONE = [o for o in WRITES if o.takes_file or "202" in o.raw["responses"]]
DRY = {"dry_run": "true"}
KEY = {"Idempotency-Key": "the-same"}
DRY_RUN = validator({"$ref": "#/components/schemas/DryRun"})
NEW = re.compile(r"mls_\w{6}|[0-9a-f]{32}|\d{4}-\d\d-\d\dT[\d:.]+(Z|\+00:00)")
SECRETS = re.compile(r"mls_\w{20}|token=")


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def opened(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    if request.param == "sqlite":
        yield request.getfixturevalue("prepared_stage")
        return
    server: Postgres = request.getfixturevalue("postgres")
    with set_up_stage(server.migrated(), key_file=tmp_path_factory.mktemp("keys") / "server.key") as found:
        assert found.initial
        yield found


@pytest.fixture
def stage(opened: Stage) -> Stage:
    opened.restore()
    return opened


def rows(stage: Stage) -> dict[str, list[str]]:
    """Every row of the database, but for when keys were used last."""
    found = {}
    with stage.storage.connect() as connection:
        for name, table in metadata.tables.items():
            columns = [c for c in table.c if (name, c.name) != (api_keys.name, "last_used_at")]
            found[name] = sorted(map(repr, connection.execute(table.select().with_only_columns(*columns)).all()))
    return found


def kept(stage: Stage) -> set[Path]:
    """The files in the file storage."""
    assert stage.storage.blobs is not None
    return {path for path in Path(str(stage.storage.blobs.place)).rglob("*") if path.is_file()}


def send(call: Call, api: Api, **query: str) -> Any:
    return call.send(api, params={**call.query, **query}, headers=KEY)


def caller(stage: Stage, operation: Operation) -> Api:
    return stage.world.http if operation.access["allow"] == "anyone" else stage.operator


def masked(value: Any) -> Any:
    """A value without what is new each time."""
    return json.loads(NEW.sub("<new>", json.dumps(value)))


def success(operation: Operation) -> dict[str, Any]:
    """The schema of the answer."""
    response = next(r for code, r in operation.raw["responses"].items() if code.startswith("2"))
    found: dict[str, Any] = response.get("content", {}).get("application/json", {}).get("schema", {})
    return found


def hidden(operation: Operation, answer: Any) -> Any:
    """An answer without its secrets."""
    if not isinstance(answer, dict):
        return answer
    properties = spec.resolve(success(operation))["properties"]
    return {name: "(dry run)" if properties.get(name, {}).get("x-secret") else value for name, value in answer.items()}


@pytest.mark.parametrize("full", [False, True], ids=["required", "all"])
@pytest.mark.parametrize("operation", [o for o in WRITES if o not in HAVE_NONE], ids=str)
def test_nothing_remains_and_the_write_does_what_was_shown(stage: Stage, operation: Operation, full: bool) -> None:
    call, api = valid(operation, stage.known, full=full), caller(stage, operation)
    before, seen = rows(stage), shown(stage, call)

    trial = send(call, api, **DRY)

    assert trial.status_code == 200, trial.text
    assert rows(stage) == before
    assert not SECRETS.search(trial.text)
    found = trial.json()
    assert send(call, api, **DRY).json()["changes"] == found["changes"]
    assert not list(DRY_RUN.iter_errors(found))

    real = send(call, api)

    assert real.status_code == found["status"], real.text
    assert "Idempotent-Replayed" not in real.headers
    assert rows(stage) != before
    answer = real.json() if real.content else None
    assert masked(found.get("answer")) == masked(hidden(operation, answer))
    told = ("action", "event", "object_type", "object_name")
    assert [[c[name] for name in told] for c in found["changes"]] == events(stage, real.headers["X-Request-Id"])
    reads = [o for o in spec.operations() if o.method == "get" and o.path == operation.path and not o.is_list]
    if reads:
        is_it = success(reads[0]) == success(operation) != {}
        # It may have a new name now.
        check_fields(found["changes"][0]["fields"], seen, answer if is_it else shown(stage, call))


def shown(stage: Stage, call: Call) -> Mapping[str, Any]:
    """What GET says of the object of a call."""
    found = stage.operator.get(call.url)
    content = found.json() if found.is_success and "json" in found.headers["Content-Type"] else {}
    return content if isinstance(content, dict) else {}


def events(stage: Stage, request_id: str) -> list[list[str]]:
    """What the audit log has of a request, latest first."""
    log = metadata.tables["audit_events"]
    query = log.select().where(log.c.request_id == request_id).order_by(log.c.id.desc())
    with stage.storage.connect() as connection:
        found = connection.execute(query).all()
    assert found
    return [[row.action, row.event, row.object_type, row.object_name] for row in found]


def check_fields(fields: list[dict[str, Any]], before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    """The fields are those that GET shows another value of."""
    old, new = dict(flat(before)), dict(flat(after))
    told = {field.pop("name"): field for field in fields}
    differ = {name for name in {*old, *new} if old.get(name) != new.get(name)}
    assert set(told) <= differ, (told, differ)
    # The rest is new each time.
    assert all(name == "id" or NEW.match(str(new.get(name, old.get(name)))) for name in differ - told.keys())
    for name, field in told.items():
        assert masked(field) == masked({w: side[name] for w, side in (("before", old), ("after", new)) if name in side})


def flat(value: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    for name, item in value.items():
        yield from flat(item, f"{above}{name}.") if isinstance(item, dict) else [(above + name, item)]


@pytest.mark.parametrize("operation", HAVE_NONE, ids=str)
def test_what_cannot_be_undone_has_no_dry_run(stage: Stage, operation: Operation) -> None:
    call, before, files = valid(operation, stage.known), rows(stage), kept(stage)
    refused = call.send(stage.operator, params={**call.query, **DRY, "name": "new.bin"})
    assert (refused.status_code, refused.json()["code"]) == (422, "dry_run_not_possible")
    assert rows(stage) == before
    assert kept(stage) == files


@pytest.mark.parametrize("operation", [o for o in spec.operations() if not o.is_write], ids=str)
def test_reads(stage: Stage, operation: Operation) -> None:
    """A read by POST is what it is; a GET does not know the parameter."""
    call = valid(operation, stage.known)
    api = caller(stage, operation)
    found = call.send(api, params={**call.query, **DRY})
    if operation.method == "get":
        assert found.status_code == 422, found.text
        return
    assert (found.json()["answer"], found.json()["changes"]) == (call.send(api).json(), [])


@pytest.mark.parametrize("operation", WRITES, ids=str)
def test_who_may_not_do_it_may_not_try_it(stage: Stage, operation: Operation) -> None:
    if operation.access["allow"] == "anyone" or operation in HAVE_NONE:
        return
    call, outsider = valid(operation, stage.known), stage.world.api("outsider")
    before = rows(stage)
    tried, done = send(call, outsider, **DRY), send(call, outsider)
    if done.is_success:
        return  # such as a dataset of one's own
    assert (tried.status_code, tried.json()["code"]) == (done.status_code, done.json()["code"])
    assert rows(stage) == before


@pytest.mark.parametrize("value", ["", "1", "TRUE", "yes"])
def test_a_value_that_is_no_boolean_is_refused(stage: Stage, value: str) -> None:
    before = rows(stage)
    call = valid(spec.operation("create_project"), stage.known)
    assert send(call, stage.operator, dry_run=value).json()["code"] == "invalid_request"
    assert rows(stage) == before
    assert send(call, stage.operator, dry_run="false").status_code == 201
