"""A statement that is put together once finds and refuses what SQLAlchemy finds and refuses."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import bindparam, event, insert, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from tests.support.api import Api
from tests.support.databases import Postgres
from tests.support.server import (
    ID,
    Prepared,
    Storage,
    create_app,
    ensure_local_operator,
    is_lost_race,
    is_unavailable,
    new_id,
    open_storage,
    update_of,
    workspaces,
)

_by_name = select(workspaces).where(workspaces.c.name_key == bindparam("name"), workspaces.c.name != "")
BY_NAME = Prepared(_by_name.limit(1))
ADD = Prepared(insert(workspaces))
NOW = datetime(2026, 1, 2, 3, 4, 5, 678901, tzinfo=UTC)


def row(name: str) -> dict[str, Any]:
    return {
        "id": new_id(),
        "name": name,
        "name_key": name,
        "projects_limit": None,
        "storage_bytes_limit": 7,
        "allowed_visibilities": "[]",
        "default_user_role": "member",
        "default_dataset_permission": "TAG",
        "default_operator_minimum_role": "member",
        "default_operator_minimum_dataset_permission": "EDIT",
        "created_at": NOW,
    }


@pytest.mark.both_databases
def test_rows_and_values_are_those_of_sqlalchemy(storage: Storage) -> None:
    values = row("it's 100% % %% :x")
    with storage.writing() as connection:
        ADD.run(connection, values)
        update_of(workspaces, frozenset({"projects_limit", "created_at"})).run(
            connection, {"projects_limit": 3, "created_at": NOW.replace(year=2027), ID: values["id"]}
        )
    with storage.connect() as connection:
        asked = {"name": values["name_key"]}
        found = BY_NAME.first(connection, asked)
        usual = connection.execute(BY_NAME.statement, asked).one()
        assert found is not None
        assert tuple(found) == tuple(usual)
        assert found._fields == usual._fields
        assert found._mapping == usual._mapping
        assert found._asdict() == {**values, "projects_limit": 3, "created_at": NOW.replace(year=2027)}
        assert BY_NAME.first(connection, {"name": "nobody"}) is None


@pytest.mark.both_databases
def test_it_is_part_of_the_transaction(storage: Storage) -> None:
    with storage.connect() as connection:
        storage.begin(connection, write=True)
        ADD.run(connection, row("a"))
        connection.rollback()
    with storage.connect() as connection:
        assert connection.execute(select(workspaces)).all() == []


@pytest.mark.both_databases
def test_errors_are_those_of_sqlalchemy(storage: Storage) -> None:
    with storage.connect() as connection:
        storage.begin(connection, write=True)
        ADD.run(connection, row("a"))
        with pytest.raises(IntegrityError) as caught:
            ADD.run(connection, row("a"))
        assert is_lost_race(caught.value)
        # What was to be written is in no log.
        assert "TAG" not in str(caught.value)
        connection.rollback()
    with storage.writing() as connection:
        ADD.run(connection, row("a"))


@pytest.mark.both_databases
def test_who_listens_hears_of_it(storage: Storage) -> None:
    heard: list[str] = []

    def note(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        heard.append(statement)

    event.listen(storage.engine, "before_cursor_execute", note)
    try:
        with storage.connect() as connection:
            assert BY_NAME.first(connection, {"name": "nobody"}) is None
    finally:
        event.remove(storage.engine, "before_cursor_execute", note)
    assert [statement.split()[0] for statement in heard] == ["SELECT"]


def test_sql_that_depends_on_values_cannot_be_prepared(storage: Storage) -> None:
    some = Prepared(select(workspaces).where(workspaces.c.name.in_(bindparam("names", expanding=True))))
    with storage.connect() as connection, pytest.raises(AssertionError, match="depends on the values"):
        some.first(connection, {"names": ["a", "b"]})


# ---- connections that break


def break_all(storage: Storage) -> None:
    """End every connection that the database has to us, but for the one that says so."""
    query = (
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    other = open_storage(storage.engine.url.render_as_string(hide_password=False))
    with other.connect() as connection:
        connection.execute(text(query)).all()
    other.close()


def test_a_lost_connection_is_not_used_again(postgres: Postgres) -> None:
    storage = open_storage(postgres.migrated())
    with storage.connect() as connection:
        assert BY_NAME.first(connection, {"name": "nobody"}) is None
        break_all(storage)
        with pytest.raises(DBAPIError) as caught:
            BY_NAME.first(connection, {"name": "nobody"})
        assert caught.value.connection_invalidated
        assert is_unavailable(caught.value)
    with storage.connect() as connection:
        assert BY_NAME.first(connection, {"name": "nobody"}) is None
    storage.close()


def test_a_connection_that_rested_is_asked_first(postgres: Postgres, monkeypatch: pytest.MonkeyPatch) -> None:
    storage = open_storage(postgres.migrated())
    ensure_local_operator(storage)
    with Api(create_app(storage)) as http:
        http.as_local().ok("GET", "/workspaces")
        monkeypatch.setattr("mlsteward_server.storage.engine.FRESH_SECONDS", 0.0)
        for _ in range(3):
            break_all(storage)
            http.as_local().ok("GET", "/workspaces")
    storage.close()
