"""A write that fails half-way leaves nothing, whatever it had already done."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.support import spec
from tests.support.calls import valid
from tests.support.databases import Postgres, SqliteTemplate
from tests.support.problems import problem
from tests.support.spec import Operation
from tests.support.stage import Stage
from tests.support.stage import stage as set_up_stage

# The audit event is the last thing a write writes, so everything else has happened when this fails.
BREAK = {
    "sqlite": ["CREATE TRIGGER broken BEFORE INSERT ON audit_events BEGIN SELECT RAISE(ABORT, 'broken'); END"],
    "postgresql": [
        "CREATE FUNCTION broken() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''broken''; END'",
        "CREATE TRIGGER broken BEFORE INSERT ON audit_events FOR EACH ROW EXECUTE FUNCTION broken()",
    ],
}


@pytest.fixture(scope="module", params=["memory", "sqlite", "postgresql"])
def broken(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """A stage on a database that refuses the last step of every write."""
    key_file: Path = tmp_path_factory.mktemp("keys") / "server.key"
    database = ":memory:"
    if request.param == "sqlite":
        template: SqliteTemplate = request.getfixturevalue("sqlite_template")
        database = template.copy()
    elif request.param == "postgresql":
        server: Postgres = request.getfixturevalue("postgres")
        database = server.migrated()
    with set_up_stage(database, key_file=key_file) as stage:
        with stage.storage.writing() as connection:
            for statement in BREAK[stage.storage.engine.dialect.name]:
                connection.execute(text(statement))
        yield stage


@pytest.mark.parametrize("operation", [o for o in spec.operations() if o.is_write], ids=str)
def test_nothing_is_left(broken: Stage, operation: Operation) -> None:
    before = broken.state()
    call = valid(operation, broken.known)
    headers = {"Idempotency-Key": operation.name}
    for _ in range(2):
        response = call.send(broken.world.http.as_local(), headers=headers)
        # SQLite cannot tell a broken trigger from a lost race.
        assert problem(response)["code"] in ("internal_error", "conflict")
        assert "broken" not in response.text
        assert broken.state() == before
