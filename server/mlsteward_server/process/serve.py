"""`mlsteward serve`: run the server on a port."""

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
from mlsteward_server.process.listen import LOOPBACK_HOST, Address, ListenError
from mlsteward_server.process.passwords import take_password
from mlsteward_server.process.smtp import Smtp
from mlsteward_server.settings import Settings
from mlsteward_server.storage.engine import MEMORY, StorageError, lock_name, open_storage
from mlsteward_server.storage.facts import PUBLIC_URL, note_fact
from mlsteward_server.storage.vault import VaultError


class ServeError(Exception):
    """The server cannot start. The message says why."""


@dataclass(frozen=True, slots=True)
class Options:
    """The options of `mlsteward serve`.

    Attributes:
        database: A SQLite path or a `postgresql://` URL.
        host: The address to listen on.
        port: The port to listen on. 0 chooses a free port.
        workers: Number of worker processes.
        threads: Number of requests that each worker runs at the same time. 0 chooses a number for the machine.
        public_url: The URL of the server for people (default: the address where it listens).
        mode: A `self_hosted` server has no plans.
        key_file: Path of the server key.
        new_key: Whether to accept another server key than the one that the database was set up with.
        files: The file storage: a folder, or a URL such as `s3://bucket/prefix` (default: a folder in the folder of the
            SQLite file). On PostgreSQL there is no default, and the server refuses uploads.
        body_seconds: Time limit for the body of a request, in seconds. Large bodies get more time.
        drain_seconds: How long to serve requests, in seconds, after a signal to stop.
        metrics_port: The port on which this machine can read metrics without a key (default: none).
        smtp: How to send the messages of the outbox (default: people send them).
        admin: Username of the first administrator.
        log_level: One of `logs.LEVELS`. Requests are logged with the level `info`.
        log_format: One of `logs.FORMATS`.
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
    drain_seconds: float = 0
    metrics_port: int | None = None
    smtp: Smtp | None = None
    admin: str = "admin"
    log_level: str = "warning"
    log_format: str = "text"


def serve(options: Options, out: TextIO) -> int:
    """Run the server until a signal stops it.

    Args:
        options: The options of the server.
        out: Receives the address, and on the first start the API key of the first administrator.

    Returns:
        The exit code: 0 after SIGTERM, 130 after Ctrl-C, 1 if the workers fail to start.

    Raises:
        ServeError: The address, the database or the server key cannot be used.
    """
    database = take_password(options.database)
    try:
        address = Address(options.host, options.port)
        if options.metrics_port is not None:
            Address(LOOPBACK_HOST, options.metrics_port, option="--metrics-port")
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
            drain_seconds=options.drain_seconds,
            metrics_port=options.metrics_port,
            smtp=options.smtp,
            settings=Settings(public_url=url, mode=options.mode),
            log_level=options.log_level,
            log_format=options.log_format,
            on_start=greet,
        )
    finally:
        stopped.set()
        if "://" not in database:
            # The last process to close a SQLite file merges the write-ahead log into it, so that a copy of the
            # file is complete. Workers do not close the file.
            open_storage(database, key_file=options.key_file).close()


def default_threads() -> int:
    """Return the number of threads that Granian recommends for this machine. More threads would not be faster."""
    return min(16, 2 * (os.cpu_count() or 1) + 1)


def _prepare(options: Options, database: str, url: str, out: TextIO) -> tuple[str, str]:
    """Update the database and create the first administrator. Closes the database before the workers start."""
    if database in ("", MEMORY):
        raise ServeError("a server cannot use a database in memory; use a file or a postgresql:// URL")

    def show(secret: str) -> None:
        out.write(
            f'First start: the API key of the administrator "{options.admin}" is shown only once.\n\n  {secret}\n\n'
        )
        out.flush()

    storage = open_storage(database, key_file=options.key_file, new_key=options.new_key)
    try:
        administrator = ensure_administrator(storage, options.admin, show)
        with storage.writing() as connection:
            # For 'mlsteward outbox': the links in its messages start with the URL of this server.
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
        f"at {url}{behind}. Press Ctrl-C to stop it.",
        "",
        f"  export MLSTEWARD_URL={url}",
        f'  export MLSTEWARD_API_TOKEN=mls_...   # the first key was given to the administrator "{administrator}"',
        "",
    ]
    out.write("\n".join(lines) + "\n")
    out.flush()
    if not address.is_local and not url.startswith("https://"):
        sys.stderr.write(
            "warning: other machines can reach this server, but the connection does not encrypt API keys; put it\n"
            "behind an HTTPS proxy, and set the URL of the proxy with --public-url\n"
        )
        sys.stderr.flush()
    if options.smtp is not None and options.smtp.is_open_to_others:
        sys.stderr.write(
            f"warning: mail goes to {options.smtp.host} unencrypted (tls=off), with invitation links that others on "
            "the way can read\n"
        )
        sys.stderr.flush()
