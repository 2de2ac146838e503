"""The migrations make the very tables that `tables.py` describes, once, whoever comes first."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import CheckConstraint, Engine, create_engine, inspect, text

from tests.support.databases import KEY, Postgres
from tests.support.server import Storage, StorageError, metadata, migrations, open_storage, upgrade
from tests.support.stage import raw

pytestmark = pytest.mark.both_databases  # migrations

PROCESSES = 5

OPEN = """
import sys
from mlsteward_server.process.embedded import ensure_local_operator
from mlsteward_server.storage.engine import open_storage
from mlsteward_server.storage.migrations import upgrade
from alembic import command
print("ready", flush=True)
sys.stdin.readline()
storage = open_storage(sys.argv[1])
ensure_local_operator(storage)
with storage.connect() as connection:
    print(connection.exec_driver_sql("SELECT count(*) FROM accounts").scalar())
"""


def test_there_is_no_difference(storage: Storage) -> None:
    with storage.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, metadata) == []


def test_a_database_in_memory_has_the_same_tables(sqlite_file: str, key_file: Path) -> None:
    # It is made from `tables.py`, without the time that migrations take.
    migrated, made = open_storage(sqlite_file, key_file=key_file), open_storage(":memory:")
    try:
        assert described(made.engine) == described(migrated.engine)
    finally:
        migrated.close()
        made.close()


def described(engine: Engine) -> dict[str, Any]:
    found = inspect(engine)
    return {
        table: {
            "columns": {c["name"]: (str(c["type"]), c["nullable"]) for c in found.get_columns(table)},
            "key": found.get_pk_constraint(table),
            "foreign": sorted(found.get_foreign_keys(table), key=str),
            "unique": sorted(found.get_unique_constraints(table), key=str),
            # The words of a constraint come from the spec, in no order.
            "checks": sorted((c["name"], sorted(c["sqltext"].split("'"))) for c in found.get_check_constraints(table)),
            "indexes": sorted((_plain(index) for index in found.get_indexes(table)), key=str),
        }
        for table in metadata.tables
    }


def _plain(index: Any) -> dict[str, Any]:
    """An index with the condition of a partial one as text: two of those are never equal otherwise."""
    options = {name: str(value) for name, value in index["dialect_options"].items()}
    return {**index, "dialect_options": options}


def test_names_are_ordered_by_code_point(postgres: Postgres, tmp_path: Path) -> None:
    storage = open_storage(postgres.migrated(), key_file=tmp_path / "server.key")
    with storage.connect() as connection:
        query = """
            SELECT c.relname || '.' || a.attname, collname FROM pg_attribute a
            JOIN pg_class c ON c.oid = attrelid AND c.relkind = 'r' JOIN pg_collation l ON l.oid = attcollation
            WHERE right(attname, 4) = '_key'
        """
        found = {row[0]: row[1] for row in connection.exec_driver_sql(query)}
    storage.close()
    keys = {f"{c.table}.{c.name}" for t in metadata.tables.values() for c in t.columns if c.name.endswith("_key")}
    assert found == dict.fromkeys(keys, "C")


def test_the_head_that_is_written_down_is_the_head() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    assert ScriptDirectory.from_config(config).get_current_head() == upgrade.HEAD


def test_there_and_back(storage: Storage) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    with storage.connect() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
        connection.commit()
    assert set(inspect(storage.engine).get_table_names()) <= {"alembic_version"}
    upgrade.to_head(storage.engine)
    assert metadata.tables.keys() <= set(inspect(storage.engine).get_table_names())


def test_opening_again_changes_nothing(database: str, key_file: Path) -> None:
    for _ in range(2):
        open_storage(database, key_file=key_file).close()


def test_a_database_of_a_newer_version_is_left_alone(database: str, key_file: Path) -> None:
    storage = open_storage(database, key_file=key_file)
    with storage.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    storage.close()
    try:
        with pytest.raises(StorageError, match=r"9999.*update mlsteward"):
            open_storage(database, key_file=key_file)
    finally:
        storage = restored(database)
        with storage.begin() as connection:
            connection.execute(text(f"UPDATE alembic_version SET version_num = '{upgrade.HEAD}'"))
        storage.dispose()


def restored(database: str) -> Engine:
    is_url = "://" in database
    return create_engine(database.replace("postgresql:", "postgresql+psycopg:") if is_url else f"sqlite:///{database}")


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_several_processes_open_one_new_database(request: pytest.FixtureRequest, tmp_path: Path, kind: str) -> None:
    for number in range(3):
        if kind == "sqlite":
            database = str(tmp_path / f"{number}.db")
        else:
            server: Postgres = request.getfixturevalue("postgres")
            database = server.empty()
        processes = [
            subprocess.Popen(
                [sys.executable, "-c", OPEN, database],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
                env={**os.environ, **({"MLSTEWARD_SECRET_KEY": KEY} if kind == "postgresql" else {})},
            )
            for _ in range(PROCESSES)
        ]
        for process in processes:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
        for process in processes:
            assert process.stdin is not None
            process.stdin.write("go\n")
            process.stdin.flush()
        answers = [process.communicate(timeout=60) for process in processes]
        assert [answer[0].strip() for answer in answers] == ["1"] * PROCESSES, answers


def test_a_stage_can_be_looked_into() -> None:
    # What other tests rely on when they say that nothing was written.
    storage = open_storage(":memory:")
    before = raw(storage).serialize()
    with storage.connect() as connection:
        storage.begin(connection, write=True)
        connection.execute(text("INSERT INTO idempotency_keys VALUES ('a', 'b', 'c', 1, 'd', 'e')"))
    assert raw(storage).serialize() == before
    with storage.writing() as connection:
        connection.execute(text("INSERT INTO idempotency_keys VALUES ('a', 'b', 'c', 1, 'd', 'e')"))
    assert raw(storage).serialize() != before
    storage.close()


def test_words_of_the_spec_that_the_database_does_not_accept(database: str, key_file: Path) -> None:
    (constraint,) = [c for c in metadata.tables["projects"].constraints if c.info.get("column") == "visibility"]
    storage = open_storage(database, key_file=key_file)
    storage.close()
    known = constraint.info["words"]
    constraint.info["words"] = (*known, "galactic")
    try:
        with pytest.raises(StorageError, match=r"projects\.visibility: galactic.*add a migration"):
            open_storage(database, key_file=key_file)
    finally:
        constraint.info["words"] = known
    open_storage(database, key_file=key_file).close()


def test_every_column_of_words_is_compared() -> None:
    """A constraint on words is made by `one_of`, from an enum of the spec."""
    for table in metadata.tables.values():
        for constraint in table.constraints:
            if isinstance(constraint, CheckConstraint) and " IN (" in str(constraint.sqltext):
                assert constraint.info.get("words"), f"{table.name}: {constraint.sqltext}"
