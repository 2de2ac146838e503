"""Fixtures for tests of programs that use mlsteward. pytest finds them if mlsteward is installed.

| fixture | what it gives you |
|---|---|
| `steward` | a `Steward`, as the operator of a new server in memory; `mlsteward.management` uses the same server |
| `as_role` | creates an account on that server (admin, member, guest, owner, viewer ...) and returns a client for it |
| `steward_server` | a server in a separate process, on a free port of this machine, for the whole run |

    def test_a_viewer_cannot_delete(steward, as_role):
        steward.workspaces.create("ml-team")
        steward.projects.create("ml-team/classification")
        viewer = as_role("viewer", project="ml-team/classification")
        with pytest.raises(errors.Forbidden):
            viewer.projects.delete("ml-team/classification")

They need `mlsteward[server]`. While a test uses `steward`, the environment and the configuration file of the user
are ignored, so a test never reaches a real platform by accident.

This module is loaded in every run of pytest, so it imports nothing until a fixture is used.
"""

from __future__ import annotations

import pytest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from typing import Any, Final, Literal

    from mlsteward.client import Steward
    from mlsteward.records.enums import DatasetPermissionLike, KeyScopeLike, ProjectRoleLike, WorkspaceRoleLike

__all__ = ["AsRole", "StewardServer", "as_role", "steward", "steward_server"]

WORKSPACE_ROLES: Final = ("admin", "member", "collaborator", "guest")
PROJECT_ROLES: Final = ("owner", "contributor", "viewer")
PERMISSIONS: Final = ("NO_ACCESS", "VIEW", "TAG", "EDIT", "MANAGE")
SERVICE_ACCOUNT: Final = "service_account"
PREFIX: Final = "MLSTEWARD_"
START_SECONDS: Final = 30.0
STOP_SECONDS: Final = 15.0


@pytest.fixture
def steward(monkeypatch: pytest.MonkeyPatch) -> Iterator[Steward]:
    """The operator of a new, empty server in memory. It ends with the test."""
    import os

    from mlsteward import management

    for name in [*(name for name in os.environ if name.startswith(PREFIX)), "NEPTUNE_API_TOKEN"]:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("MLSTEWARD_CONFIG", os.devnull)
    # For a client that a program under test opens by itself: not the user's own data file.
    monkeypatch.setenv("MLSTEWARD_PATH", ":memory:")
    with management.connect(path=":memory:") as connected:
        yield connected


@pytest.fixture
def as_role(steward: Steward) -> AsRole:
    """Creates an account and returns a client for it: `as_role("viewer", project="ml-team/nlp")`."""
    return AsRole(steward)


@pytest.fixture(scope="session")
def steward_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StewardServer]:
    """`mlsteward serve` on 127.0.0.1 and a free port, on a new SQLite file. All tests share it, so use new names."""
    server = StewardServer(tmp_path_factory.mktemp("mlsteward"))
    try:
        yield server
    finally:
        server.stop()


class AsRole:
    """The class of the fixture `as_role`.

    Args:
        steward: An operator.
        workspace: The workspace of new accounts, if a call names no other. It is created when it is needed.
    """

    def __init__(self, steward: Steward, *, workspace: str = "team") -> None:
        self._steward = steward
        self._workspace = workspace
        self._count = 0

    def __call__(
        self,
        role: WorkspaceRoleLike | ProjectRoleLike | DatasetPermissionLike | Literal["service_account"],
        *,
        workspace: str | None = None,
        project: str | None = None,
        dataset: str | None = None,
        username: str | None = None,
        scopes: Iterable[KeyScopeLike] | None = None,
    ) -> Steward:
        """Create an account with a role, and return a client for it.

        Args:
            role: `admin`, `member`, `collaborator` or `guest` of the workspace; `service_account`; `owner`,
                `contributor` or `viewer` of the project, or `NO_ACCESS`, `VIEW`, `TAG`, `EDIT` or `MANAGE` on the
                dataset, both as a collaborator of its workspace.
            workspace: Its name (default: that of the project or dataset, or `team`).
            project: `workspace/name`; created if it does not exist. A service account becomes an owner.
            dataset: `workspace/name`; created if it does not exist. A service account may manage it.
            username: The username (default: derived from the role, such as `viewer-1`).
            scopes: The scopes of its API key (default: all).

        Returns:
            A client of the same server; its account is `whoami()`.
        """
        if role not in (*WORKSPACE_ROLES, *PROJECT_ROLES, *PERMISSIONS, SERVICE_ACCOUNT):
            raise ValueError(f"there is no role {role!r}")
        if project is None and role in PROJECT_ROLES:
            raise ValueError(f"{role!r} is a role in a project; say which with project=")
        if dataset is None and role in PERMISSIONS:
            raise ValueError(f"{role!r} is a permission on a dataset; say which with dataset=")
        within = project or dataset
        home = workspace or (within.partition("/")[0] if within else self._workspace)
        self._create(home, project, dataset)
        self._count += 1
        user = self._account(role, home, username or f"{role.replace('_', '-').lower()}-{self._count}")
        self._let_in(user, role, project, dataset)
        return self._steward.as_account(self._steward.api_keys.create("tests", user=user, scopes=scopes).secret)

    def _create(self, workspace: str, project: str | None, dataset: str | None) -> None:
        self._steward.workspaces.create(workspace, exist_ok=True)
        if project is not None:
            self._steward.projects.create(project, exist_ok=True)
        if dataset is not None:
            self._steward.datasets.create(dataset, exist_ok=True)

    def _account(self, role: str, workspace: str, username: str) -> str:
        """Create the account, and return its username."""
        from mlsteward.records.enums import WorkspaceRole

        if role == SERVICE_ACCOUNT:
            return self._steward.service_accounts.create(username, workspace=workspace).name
        kind = WorkspaceRole(role) if role in WORKSPACE_ROLES else WorkspaceRole.COLLABORATOR
        self._steward.members.add(username, workspace=workspace, email=f"{username}@example.org", role=kind)
        return username

    def _let_in(self, user: str, role: str, project: str | None, dataset: str | None) -> None:
        """Give the account its role in the project, or its permission on the dataset."""
        from mlsteward.records.enums import DatasetPermission, ProjectRole

        if project is not None and role in (*PROJECT_ROLES, SERVICE_ACCOUNT):
            entry = ProjectRole.OWNER if role == SERVICE_ACCOUNT else ProjectRole(role)
            self._steward.projects.members.add(project, user, role=entry)
        if dataset is not None and role in (*PERMISSIONS, SERVICE_ACCOUNT):
            permission = DatasetPermission.MANAGE if role == SERVICE_ACCOUNT else DatasetPermission(role)
            self._steward.datasets.permissions.grant(dataset, permission, user=user)


class StewardServer:
    """A server in a separate process.

    Args:
        folder: The folder for its data.
        options: Further options of `mlsteward serve`, such as `--workers 2`.

    Attributes:
        url: Its URL, such as `http://127.0.0.1:41234`.
        api_token: The API key of its first administrator.

    Raises:
        RuntimeError: It did not start.
    """

    def __init__(self, folder: Path, *options: str) -> None:
        import os
        import subprocess
        import sys

        program = "import sys; from mlsteward.cli import main; sys.exit(main())"
        data = ["--database", str(folder / "mlsteward.db"), "--key-file", str(folder / "server.key")]
        command = [sys.executable, "-c", program, "serve", "--port", "0", *data, *options]
        environ = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
        environ["MLSTEWARD_CONFIG"] = os.devnull
        self._log = folder / "server.log"
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(  # noqa: S603 - our own command
                command,
                env=environ,
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        self.url, self.api_token = self._read_greeting()

    def client(self, **options: Any) -> Steward:
        """Return a new client that calls as its first administrator. Close it, or use it in a `with` block.

        Args:
            options: What `mlsteward.Steward` takes.
        """
        from mlsteward.client import Steward

        return Steward(self.url, **{"api_token": self.api_token, **options})

    def log(self) -> str:
        """Return what the server has logged so far."""
        return self._log.read_text("utf-8", "replace")

    def stop(self) -> None:
        """Stop the server, and wait until it has ended."""
        import subprocess

        self._process.terminate()
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()

    def _read_greeting(self) -> tuple[str, str]:
        """Read the URL and the API key that it prints when it has started."""
        import threading

        url = key = ""
        output = self._process.stdout
        assert output is not None
        # Reading waits for as long as the process lives, so a timer ends it.
        timer = threading.Timer(START_SECONDS, self._process.kill)
        timer.start()
        try:
            for line in output:
                if line.strip().startswith("mls_"):
                    key = line.strip()
                elif "MLSTEWARD_URL=" in line:
                    url = line.partition("MLSTEWARD_URL=")[2].strip()
                if url and key:
                    return url, key
        finally:
            timer.cancel()
        self.stop()
        raise RuntimeError(f"the server did not start: {self.log()[-2000:]}")
