"""Apply migrations to a database. Several processes can do this at the same time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, inspect, text

VERSIONS = Path(__file__).with_name("versions")
HEAD = max(path.name.partition("_")[0] for path in VERSIONS.glob("[0-9]*_*.py"))
"""The newest revision, from the names of the files. Loading Alembic is slow, and an up-to-date database does not need
it."""

ADVISORY_LOCK = 7_306_871
"""An arbitrary number, the same for every server."""


class NewerDatabase(Exception):
    """The database has a later revision than this version of mlsteward knows."""


def to_head(engine: Engine) -> None:
    """Apply the migrations that the database does not have yet.

    If two servers start on one empty database, the second one waits and then finds the migrations applied.

    Raises:
        NewerDatabase: A newer version of mlsteward has already migrated the database.
    """
    revision = _revision(engine)
    if revision == HEAD:
        return
    if revision is not None and revision > HEAD:
        raise NewerDatabase(
            f"its tables have revision {revision}, but this version of mlsteward only knows {HEAD}; update mlsteward"
        )
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ADVISORY_LOCK})
        _run(connection)
        connection.commit()


def is_at_head(connection: Connection) -> bool:
    """Return whether a database has exactly the migrations that this version of mlsteward knows."""
    return bool(connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == HEAD)


def _revision(engine: Engine) -> str | None:
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        found: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        return found


def _run(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    attributes: dict[str, Any] = config.attributes
    attributes["connection"] = connection
    command.upgrade(config, "head")
