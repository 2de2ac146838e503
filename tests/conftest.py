"""Fixtures every test can ask for: databases, an application over one, and a client for it.

| fixture | what it is |
|---|---|
| `postgres` | one PostgreSQL server for each test process; `.empty()`, `.migrated()` make databases |
| `database` | the name of a new, migrated database: a SQLite file, then PostgreSQL |
| `storage`, `app`, `http` | that database opened, an application over it, and an anonymous client |
| `world` | people of every role in a workspace with a project, made when asked for; `world.api("member")` |
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from mlsteward_server.http.app import create_app
from mlsteward_server.process.embedded import ensure_local_operator
from mlsteward_server.settings import Settings
from mlsteward_server.storage.engine import Storage, open_storage

from tests.support.api import Api, WsgiApp
from tests.support.databases import Postgres, SqliteTemplate, fast_folder
from tests.support.world import World


@pytest.fixture(scope="session")
def fast_path() -> Iterator[Path]:
    """A folder in memory, for what need not outlive a crash."""
    with fast_folder() as folder:
        yield folder


@pytest.fixture(scope="session")
def postgres(fast_path: Path) -> Iterator[Postgres]:
    # One server for each worker of pytest-xdist: starting one takes less than a second, and nothing is shared.
    server = Postgres(fast_path / "postgres")
    yield server
    server.stop()


@pytest.fixture(scope="session")
def sqlite_template(fast_path: Path) -> SqliteTemplate:
    return SqliteTemplate(fast_path)


@pytest.fixture
def sqlite_file(sqlite_template: SqliteTemplate) -> str:
    """The path of a new, migrated SQLite database."""
    return sqlite_template.copy()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Iterator[str]:
    """The name of a new, migrated database, once of each kind."""
    if request.param == "sqlite":
        yield request.getfixturevalue("sqlite_file")
    else:
        server: Postgres = request.getfixturevalue("postgres")
        url = server.migrated()
        yield url
        server.give_back(url)


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    """Where the server's own key is, or will be."""
    return tmp_path / "server.key"


@pytest.fixture
def storage(database: str, key_file: Path) -> Iterator[Storage]:
    """An open database with its local operator."""
    opened = open_storage(database, key_file=key_file)
    ensure_local_operator(opened)
    yield opened
    opened.close()


@pytest.fixture
def settings() -> Settings:
    """What the server is told; a module or a test may override this fixture."""
    return Settings(validate_responses=True)


@pytest.fixture
def app(storage: Storage, settings: Settings) -> WsgiApp:
    return create_app(storage, settings)


@pytest.fixture
def http(app: WsgiApp) -> Iterator[Api]:
    """An anonymous client; `http.as_local()` is the operator, `http.as_key(key)` whoever has the key."""
    with Api(app) as client:
        yield client


@pytest.fixture
def world(http: Api) -> World:
    """The workspace `acme` with the project `churn`, and people of every role once they are asked for."""
    return World(http)


# A served process (`mlsteward serve` on a free port) gets its fixture here once there is one.
