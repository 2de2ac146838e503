"""The embedded server: the application inside the process, without a port. It has a thread only while a job runs."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from mlsteward_server.accounts.accounts import USER, add_account, find_by_username
from mlsteward_server.http.app import create_app
from mlsteward_server.names import LOCAL_USERNAME
from mlsteward_server.process.runner import Runner
from mlsteward_server.settings import Settings
from mlsteward_server.storage.engine import MEMORY, Storage, StorageError, lock_name, open_storage

PUBLIC_URL = "http://mlsteward.embedded"


class EmbeddedApp:
    """An application with its own database.

    Attributes:
        database: The location of the data.
        is_new: Whether the data file was just created.
    """

    def __init__(self, storage: Storage, settings: Settings, *, is_new: bool = False) -> None:
        self.is_new = is_new
        self._storage = storage
        self._runner = Runner(storage, settings)
        self._served = create_app(storage, settings, on_accepted=self._runner.wake)
        self.database = storage.label

    def __repr__(self) -> str:
        return f"EmbeddedApp({self.database!r})"

    def wsgi(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer a WSGI request. Requests with `mlsteward.local` in their environ act for the local operator.

        Raises:
            UnusableAfterFork: This process cannot use the database.
        """
        self._storage.check_process()
        return self._served(environ, start_response)

    def close(self) -> None:
        """Close the database. A job continues when it is opened again."""
        self._runner.stop()
        self._storage.close()

    def resume_jobs(self) -> None:
        """Continue the jobs that an earlier process left."""
        self._runner.resume()


def open_app(path: str | None = None, *, settings: Settings | None = None) -> EmbeddedApp:
    """Open a database and return an application for it.

    Args:
        path: A SQLite path, `:memory:`, or a `postgresql://` URL (default: the data file of the user).
        settings: The settings of the server (default: all defaults).

    Raises:
        StorageError: The database cannot be used.
        VaultError: The server key cannot be used.
    """
    if path is None:
        # Create only this folder, because its path cannot be mistyped.
        default_path().parent.mkdir(parents=True, exist_ok=True)
    file = data_file(path)
    is_new = file is not None and not file.exists()
    storage = open_storage(path if path is not None else str(default_path()))
    try:
        ensure_local_operator(storage)
        app = EmbeddedApp(storage, settings or Settings(public_url=PUBLIC_URL), is_new=is_new)
        app.resume_jobs()
    except BaseException:
        storage.close()
        raise
    return app


def data_file(path: str | None = None) -> Path | None:
    """Return the data file that a path names. None if the data is not in a file.

    Args:
        path: As for `open_app`.
    """
    if path is None:
        return default_path()
    return None if path == MEMORY or "://" in path else Path(path).expanduser().absolute()


def ensure_local_operator(storage: Storage) -> None:
    """Create the account of the local operator, for whom the process acts.

    Raises:
        StorageError: An account that is not an operator has this username.
    """
    with storage.connect() as connection:
        if _has_local_operator(connection):
            return
    with storage.writing() as connection:
        lock_name(connection, f"username:{LOCAL_USERNAME}")
        if not _has_local_operator(connection):
            now = datetime.now(UTC)
            add_account(connection, now, kind=USER, username=LOCAL_USERNAME, is_operator=True, by_operator=True)


def _has_local_operator(connection: Connection) -> bool:
    account = find_by_username(connection, LOCAL_USERNAME)
    if account is not None and not account.is_operator:
        # Scripts on this file would act for an account that someone created by invitation.
        raise StorageError(
            f"the account {LOCAL_USERNAME!r} in this database is not an operator of the platform, so scripts cannot "
            "use the database directly; start its server with 'mlsteward serve', and have an admin remove "
            f"{LOCAL_USERNAME!r} from its workspaces first"
        )
    return account is not None


def default_path() -> Path:
    """Return the path of the user's data file, in the usual folder of the operating system."""
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    else:
        base = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return base / "mlsteward" / "mlsteward.db"
