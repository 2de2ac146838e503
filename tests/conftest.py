"""Fixtures every test can ask for: databases, an application over one, and a client for it.

| fixture | what it is |
|---|---|
| `postgres` | one PostgreSQL server for each test process; `.empty()`, `.migrated()` make databases |
| `database` | the name of a new, migrated database |
| `storage`, `app`, `http` | an empty database, open; an application over it; an anonymous client |
| `world` | people of every role in a workspace with a project, made when asked for; `world.api("member")` |
| `stage` | a full world that is made once and put back before each test: for tests of many operations |
| `backend`, `team` | for tests of the client: servers of every kind, see `tests/facade_support.py` |

All of them are on SQLite. `pytestmark = pytest.mark.both_databases` runs a module, or a test, on PostgreSQL too. Use it
where SQL, types, locks or processes are the point; that both answer alike is tested for every operation in
`tests/contract/test_databases.py`.
"""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.facade_support import any_client as backend
from tests.facade_support import (
    isolated,
    on_postgresql,
    on_server,
    on_server_async,
    on_sqlite,
    on_sqlite_async,
    team,
)
from tests.support import budget, depth
from tests.support.api import Api, WsgiApp
from tests.support.databases import Kept, Postgres, SqliteTemplate, fast_folder
from tests.support.server import Settings, Storage, create_app, ensure_local_operator
from tests.support.stage import Stage
from tests.support.stage import stage as set_up_stage
from tests.support.world import World

__all__ = [
    "backend",
    "isolated",
    "on_postgresql",
    "on_server",
    "on_server_async",
    "on_sqlite",
    "on_sqlite_async",
    "team",
]

DATABASES = ["sqlite", "postgresql"]
FAILED = pytest.StashKey[bool]()


def pytest_configure(config: pytest.Config) -> None:
    budget.register(config)
    depth.by_default()
    # In the background a shell has SIGINT ignored, and so would every process that a test starts and sends Ctrl-C to.
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    # Under nohup the same goes for SIGHUP.
    if hasattr(signal, "SIGHUP") and signal.getsignal(signal.SIGHUP) is signal.SIG_IGN:
        signal.signal(signal.SIGHUP, signal.SIG_DFL)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "database_kind" in metafunc.fixturenames and metafunc.definition.get_closest_marker("both_databases"):
        metafunc.parametrize("database_kind", DATABASES, scope="session")


def pytest_exception_interact(node: pytest.Item | pytest.Collector) -> None:
    node.stash[FAILED] = True


@pytest.fixture(scope="session")
def fast_path() -> Iterator[Path]:
    """A folder in memory, for what need not outlive a crash."""
    with fast_folder() as folder:
        yield folder


@pytest.fixture(scope="session")
def postgres(fast_path: Path, pytestconfig: pytest.Config) -> Iterator[Postgres]:
    # One server for each worker of pytest-xdist: starting one takes less than a second, and nothing is shared.
    server = Postgres(fast_path / "postgres")
    budget.charge_for(pytestconfig, server.processor_time)
    yield server
    server.stop()


@pytest.fixture(scope="session")
def sqlite_template(fast_path: Path) -> SqliteTemplate:
    return SqliteTemplate(fast_path)


@pytest.fixture
def sqlite_file(sqlite_template: SqliteTemplate) -> str:
    """The path of a new, migrated SQLite database."""
    return sqlite_template.copy()


@pytest.fixture(scope="session")
def database_kind() -> str:
    """`sqlite`; on `both_databases` also `postgresql`."""
    return DATABASES[0]


@pytest.fixture
def database(request: pytest.FixtureRequest, database_kind: str) -> Iterator[str]:
    """The name of a new, migrated database."""
    if database_kind == "sqlite":
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


@pytest.fixture(scope="session")
def kept() -> Iterator[dict[str, Kept]]:
    """The databases that stay open from test to test, by kind."""
    found: dict[str, Kept] = {}
    yield found
    for each in found.values():
        each.storage.close()


@pytest.fixture
def storage(
    request: pytest.FixtureRequest, kept: dict[str, Kept], database_kind: str, fast_path: Path
) -> Iterator[Storage]:
    """An open database with its local operator."""
    if database_kind not in kept or not kept[database_kind].empty():
        template: SqliteTemplate = request.getfixturevalue("sqlite_template")
        if database_kind == "sqlite":
            kept["sqlite"] = Kept(template.copy(), template.key_file, template.copy_to)
        else:
            server: Postgres = request.getfixturevalue("postgres")
            kept["postgresql"] = Kept(server.migrated(), template.key_file, server.truncate)
    found = kept[database_kind].storage
    ensure_local_operator(found)
    yield found
    if request.node.stash.get(FAILED, False):
        # Whatever the test left behind, such as a listener or a lock, is not for the next one.
        kept.pop(database_kind).storage.close()


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


@pytest.fixture(scope="session")
def prepared_stage() -> Iterator[Stage]:
    with set_up_stage() as found:
        yield found


@pytest.fixture
def stage(prepared_stage: Stage) -> Stage:
    """A world with somebody in every role and something for every operation, in memory, as it was set up."""
    prepared_stage.restore()
    return prepared_stage
