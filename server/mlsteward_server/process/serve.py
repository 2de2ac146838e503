"""`mlsteward serve`: the server on a port."""

from __future__ import annotations

import os
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TextIO

from mlsteward_server import __version__
from mlsteward_server.process import workers
from mlsteward_server.process.first_start import FirstStartError, ensure_administrator
from mlsteward_server.process.gateway import BODY_SECONDS
from mlsteward_server.process.listen import Address, ListenError
from mlsteward_server.process.passwords import take_password
from mlsteward_server.settings import Settings
from mlsteward_server.storage.engine import MEMORY, StorageError, lock_name, open_storage
from mlsteward_server.storage.facts import PUBLIC_URL, note_fact
from mlsteward_server.storage.vault import VaultError

LOG_LEVELS = ("critical", "error", "warning", "info", "debug")


class ServeError(Exception):
    """The server cannot start; the message says why."""


@dataclass(frozen=True, slots=True)
class Options:
    """What the server is told.

    Attributes:
        database: A SQLite path or a `postgresql://` URL.
        host: The address to listen on.
        port: 0 for any free one.
        workers: Processes.
        threads: Requests that each of them carries out at a time; what suits the machine where 0.
        public_url: Where people reach the server, if that is not where it listens.
        mode: A `self_hosted` server has no plans to report on.
        key_file: Where the server's own key is.
        new_key: Whether a server key other than the one that the database was set up with is accepted.
        files: Where files are kept: a folder, or a URL such as `s3://bucket/prefix`. A folder beside a SQLite file
            unless given; on PostgreSQL none, and uploads are refused.
        body_seconds: How long the body of a request may take; a large one may take longer.
        admin: Username of the first administrator.
        log_level: One of `LOG_LEVELS`.
    """

    database: str
    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 1
    threads: int = 0
    public_url: str | None = None
    mode: Literal["cloud", "self_hosted"] = "cloud"
    key_file: Path | None = None
    new_key: bool = False
    files: str | None = None
    body_seconds: float = BODY_SECONDS
    admin: str = "admin"
    log_level: str = "warning"


def serve(options: Options, out: TextIO) -> int:
    """Serve until a signal says to stop.

    Args:
        options: What to serve, and where.
        out: Where the address goes, and on the first start the key of the first administrator.

    Returns:
        The exit code: 0 after SIGTERM, 130 after Ctrl-C, 1 where workers end as soon as they start.

    Raises:
        ServeError: The address, the database or the server's key cannot be used.
    """
    database = take_password(options.database)
    try:
        address = Address(options.host, options.port)
        url = options.public_url or address.url
        label, administrator = _prepare(options, database, url, out)
    except (ListenError, StorageError, VaultError, FirstStartError) as error:
        raise ServeError(str(error)) from error
    stopped = threading.Event()

    def greet() -> None:
        if address.wait_until_healthy(stopped):
            _greet(out, options, address, label, administrator)

    try:
        return workers.run(
            ip=address.ip,
            port=address.port,
            workers=options.workers,
            threads=options.threads or default_threads(),
            database=database,
            key_file=options.key_file,
            files=options.files,
            body_seconds=options.body_seconds,
            settings=Settings(public_url=url, mode=options.mode),
            log_level=options.log_level,
            on_start=greet,
        )
    finally:
        stopped.set()
        if "://" not in database:
            # Whoever closes a SQLite file last folds its write-ahead log into it, so that a copy of the
            # file is a copy of everything. Workers do not close theirs.
            open_storage(database, key_file=options.key_file).close()


def default_threads() -> int:
    """More threads than Granian advises for a machine only take turns."""
    return min(16, 2 * (os.cpu_count() or 1) + 1)


def _prepare(options: Options, database: str, url: str, out: TextIO) -> tuple[str, str]:
    """Bring the database up to date and see to the administrator. It is closed before workers start."""
    if database in ("", MEMORY):
        raise ServeError("a server needs a database that lasts: a file or a postgresql:// URL")

    def show(secret: str) -> None:
        out.write(
            f'First start: the API key of the administrator "{options.admin}" is shown this once.\n\n  {secret}\n\n'
        )
        out.flush()

    storage = open_storage(database, key_file=options.key_file, new_key=options.new_key)
    try:
        administrator = ensure_administrator(storage, options.admin, show)
        with storage.writing() as connection:
            # For the command that lists what is to be mailed: the addresses in it are those of this server.
            lock_name(connection, PUBLIC_URL)
            note_fact(connection, PUBLIC_URL, url)
        return storage.label, administrator
    finally:
        storage.close()


def _greet(out: TextIO, options: Options, address: Address, label: str, administrator: str) -> None:
    url = options.public_url or address.url
    behind = f", listening on {address.url}" if url != address.url else ""
    lines = [
        f"mlsteward {__version__} serves {label}",
        f"at {url}{behind}. Ctrl-C stops it.",
        "",
        f"  export MLSTEWARD_URL={url}",
        f'  export MLSTEWARD_API_TOKEN=mls_...   # the first key was given to the administrator "{administrator}"',
        "",
    ]
    out.write("\n".join(lines) + "\n")
    out.flush()
    if not address.is_local and not url.startswith("https://"):
        sys.stderr.write(
            "warning: other machines can reach this server, and API keys travel to it unencrypted; put it behind\n"
            "a proxy that speaks https, and name that one with --public-url\n"
        )
        sys.stderr.flush()
