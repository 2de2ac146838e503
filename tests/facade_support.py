"""What tests of the client share: servers of every kind behind one client, and people who call them.

`tests/conftest.py` offers these fixtures to every test; `backend` there is `any_client`:

| fixture | what it is |
|---|---|
| `isolated` | (always) nothing in the environment and no configuration file says where to go |
| `backend` | a server: inside this process on SQLite, the same on PostgreSQL, in a process of its own |
| `any_client` | the same, then through `AsyncSteward` behind `Blocking` |
| `team` | a new workspace on `backend`; its people are made when asked for |

Servers are shared by all tests of a process, so everything in them gets a name of its own: `fresh("x")`.
"""

from __future__ import annotations

import asyncio
import inspect
import itertools
import json
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
from mlsteward import Steward
from mlsteward._async.steward import AsyncSteward
from mlsteward.config import SETTINGS
from mlsteward.embedded import EmbeddedApp, open_app
from mlsteward.pagination import AsyncPager
from mlsteward.testing import StewardServer

from tests.support.databases import KEY, Postgres

VARIABLES = (*(setting.env for setting in SETTINGS), "NEPTUNE_API_TOKEN", "MLSTEWARD_CONFIG")
NEVER_ISSUED = "mls_" + "0" * 49

_numbers = itertools.count(1)


def fresh(word: str) -> str:
    """A name nobody has used yet."""
    return f"{word}-{next(_numbers)}"


@dataclass(frozen=True)
class Backend:
    """A running server, and how to get there.

    Attributes:
        options: What `Steward`, `AsyncSteward` and `management.connect` take to call it as its operator.
        steward: A client of its operator; `Steward`, or what behaves like one.
    """

    name: str
    options: Mapping[str, Any]
    steward: Any = field(repr=False)

    @property
    def place(self) -> dict[str, Any]:
        """The options that say where, not those that say as whom."""
        return {name: value for name, value in self.options.items() if name != "api_token"}


@dataclass(frozen=True)
class Person:
    """An account with a key, and a client that calls as it."""

    username: str
    api_token: str = field(repr=False)
    steward: Any = field(repr=False)

    @property
    def email(self) -> str:
        return f"{self.username}@example.org"


class Team:
    """A new workspace. The operator is not in it; its first admin is `team.admin`."""

    def __init__(self, backend: Backend, **plan: Any) -> None:
        self.backend = backend
        self.operator = backend.steward
        self.workspace = fresh("ml-team")
        self.operator.workspaces.create(self.workspace, **plan)
        self.admin = self.person("admin", "johnny")
        self.operator.members.remove("me", workspace=self.workspace)

    def person(self, role: str = "member", username: str = "jackie") -> Person:
        """A new person in the workspace."""
        username = fresh(username)
        self.operator.members.add(username, workspace=self.workspace, email=f"{username}@example.org", role=role)
        return self._with_key(username)

    def robot(self, name: str = "cicd") -> Person:
        """A new service account."""
        return self._with_key(self.operator.service_accounts.create(fresh(name), workspace=self.workspace).name)

    def project(self, name: str = "classification", **options: Any) -> str:
        """A new project of the admin; its full name."""
        found: str = self.admin.steward.projects.create(f"{self.workspace}/{fresh(name)}", **options).full_name
        return found

    def in_project(self, role: str, project: str, *, within: str = "collaborator") -> Person:
        """A new person with a role in a project, for whom its visibility does nothing."""
        person = self.person(within, role)
        self.operator.projects.members.add(project, person.username, role=role)
        return person

    def _with_key(self, username: str) -> Person:
        key = self.operator.api_keys.create("tests", user=username)
        return Person(username, key.secret, self.operator.as_account(key.secret))


class Answers:
    """A server of which only the answers are known: by request, such as `GET /projects/ml-team:nlp`."""

    def __init__(self) -> None:
        self.answers: dict[str, tuple[str, Any]] = {}

    def wsgi(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        status, body = self.answers[f"{environ['REQUEST_METHOD']} {environ['PATH_INFO'].removeprefix('/api/v1')}"]
        kind = "application/json" if status.startswith("2") else "application/problem+json"
        start_response(status, [("Content-Type", kind)])
        return [json.dumps(body).encode()]

    def close(self) -> None:
        pass


class Blocking:
    """An `AsyncSteward`, or a part of one, used like its blocking twin: the same tests can run on both."""

    def __init__(self, runner: asyncio.Runner, target: Any) -> None:
        self._runner = runner
        self._target = target

    def __getattr__(self, name: str) -> Any:
        return self._wrap(getattr(self._target, name))

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self._wrap(self._target(*args, **kwargs))

    def __iter__(self) -> Iterator[Any]:
        iterator = aiter(self._target)
        try:
            while True:
                try:
                    item = self._runner.run(_next(iterator))
                except StopAsyncIteration:
                    return
                yield item
        finally:
            self._runner.run(iterator.aclose())

    def __repr__(self) -> str:
        return repr(self._target)

    def _wrap(self, value: Any) -> Any:
        if inspect.iscoroutine(value):
            return self._runner.run(value)
        is_part = type(value).__module__.startswith("mlsteward._async")
        if is_part or isinstance(value, AsyncPager) or callable(value) or inspect.isasyncgen(value):
            return Blocking(self._runner, value)
        return value


async def _next(iterator: Any) -> Any:
    return await anext(iterator)


@pytest.fixture(autouse=True)
def isolated(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("MLSTEWARD_CONFIG", os.devnull)
    # No test finds, or leaves, anything in the home of whoever runs it.
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path_factory.getbasetemp()))


def configured() -> pytest.MonkeyPatch:
    """The environment for fixtures that live longer than a test; undo it."""
    patch = pytest.MonkeyPatch()
    for name in VARIABLES:
        patch.delenv(name, raising=False)
    patch.setenv("MLSTEWARD_CONFIG", os.devnull)
    # Where the key of a server on PostgreSQL is by default is no business of tests.
    patch.setenv("MLSTEWARD_SECRET_KEY", KEY)
    return patch


def _embedded(name: str, database: str) -> Iterator[Backend]:
    patch = configured()
    try:
        app: EmbeddedApp = open_app(database)
        options = {"app": app}
        with Steward(**options) as steward:
            patch.undo()
            yield Backend(name, options, steward)
        app.close()
    finally:
        patch.undo()


@pytest.fixture(scope="session")
def on_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backend]:
    yield from _embedded("sqlite", str(tmp_path_factory.mktemp("facade") / "mlsteward.db"))


@pytest.fixture(scope="session")
def on_postgresql(postgres: Postgres) -> Iterator[Backend]:
    yield from _embedded("postgresql", postgres.migrated())


@pytest.fixture(scope="session")
def on_server(steward_server: StewardServer) -> Iterator[Backend]:
    options = {"url": steward_server.url, "api_token": steward_server.api_token}
    patch = configured()
    with Steward(**options) as steward:
        patch.undo()
        yield Backend("served", options, steward)


def _asynchronous(name: str, blocking: Backend) -> Iterator[Backend]:
    patch = configured()
    with asyncio.Runner() as runner:
        steward = AsyncSteward(**blocking.options)
        patch.undo()
        yield Backend(name, blocking.options, Blocking(runner, steward))
        runner.run(steward.aclose())


@pytest.fixture(scope="session")
def on_sqlite_async(on_sqlite: Backend) -> Iterator[Backend]:
    yield from _asynchronous("sqlite_async", on_sqlite)


@pytest.fixture(scope="session")
def on_server_async(on_server: Backend) -> Iterator[Backend]:
    yield from _asynchronous("server_async", on_server)


# Each name is a fixture of its own that lives as long as the run: a parameter of `backend` itself would be
# torn down whenever the next test has another one.
def _backend(request: pytest.FixtureRequest) -> Backend:
    found: Backend = request.getfixturevalue(f"on_{request.param}")
    return found


# PostgreSQL is for the tests of the server: a client does not notice which database answers.
@pytest.fixture(params=["sqlite", "server"])
def backend(request: pytest.FixtureRequest) -> Backend:
    """A server of every kind, through the blocking client."""
    return _backend(request)


@pytest.fixture(params=["sqlite", "server", "sqlite_async", "server_async"])
def any_client(request: pytest.FixtureRequest) -> Backend:
    """A server of every kind, and both clients."""
    return _backend(request)


@pytest.fixture
def team(backend: Backend) -> Team:
    """A new workspace."""
    return Team(backend)
