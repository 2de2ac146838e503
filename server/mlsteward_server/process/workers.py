"""Worker processes: Granian starts them, replaces those that die, and stops them."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels

from mlsteward_server import spec
from mlsteward_server.http.app import create_app
from mlsteward_server.process.gateway import Gateway
from mlsteward_server.settings import Settings
from mlsteward_server.storage.engine import open_storage

STOP_SECONDS = 10
"""How long a worker may finish what it is doing."""
SETTLING_SECONDS = 1.0
"""How old a worker is when it surely listens to signals."""
INTERRUPTED = 130
MOST_FILES = 65_536
MOST_REQUESTS = 16_384
"""How many requests a worker holds at a time, most of which wait for their caller."""


def run(
    *,
    ip: str,
    port: int,
    workers: int,
    threads: int,
    database: str,
    key_file: Path | None,
    files: str | None,
    body_seconds: float,
    settings: Settings,
    log_level: str,
    on_start: Callable[[], None],
) -> int:
    """Run workers until a signal says to stop.

    Args:
        ip: The address to listen on.
        port: The same.
        workers: Processes.
        threads: Requests that each of them carries out at a time.
        database: What each of them opens.
        key_file: Where the server's own key is.
        files: Where files are kept.
        body_seconds: How long the body of a request may take; a large one may take longer.
        settings: Those of the application.
        log_level: From which level on to log, to stderr.
        on_start: Called, in a thread of its own, once the workers are started; they may not answer yet.

    Returns:
        The exit code: 0 after SIGTERM, 130 after Ctrl-C, 1 where workers end as soon as they start.
    """
    server = Granian(
        "mlsteward",
        address=ip,
        port=port,
        interface=Interfaces.ASGINL,
        workers=workers,
        # A slow caller waits in the event loop, where thousands cost little.
        backpressure=MOST_REQUESTS,
        http=HTTPModes.http1,
        websockets=False,
        log_level=LogLevels(log_level),
        log_dictconfig=_logging(log_level),
        # No access log: it would hold the tokens in the addresses of invitations.
        log_access=False,
        respawn_failed_workers=True,
    )
    received: list[int] = []
    process = os.getpid()

    def stop(number: int, frame: object) -> None:
        if os.getpid() != process:
            # In a worker that was forked a moment ago, and has no handlers of its own yet.
            os._exit(0)
        received.append(number)
        hurry = received.count(signal.SIGINT) > 1
        threading.Thread(target=_stop, args=(server,), kwargs={"hurry": hurry}, daemon=True).start()

    hang_up = getattr(signal, "SIGHUP", None)
    outlives_terminal = hang_up is not None and signal.getsignal(hang_up) == signal.SIG_IGN

    def take_signals() -> None:
        # Granian has just set its own handlers, which do not tell one signal from another.
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, stop)
        if hang_up is not None:
            signal.signal(hang_up, signal.SIG_IGN if outlives_terminal else stop)

    def tell() -> None:
        # A fork copies the locks that other threads hold at that moment, and in the copy nobody ever
        # gives them back. So this thread touches nothing until the workers are there.
        while len(server.wrks) < workers:
            time.sleep(0.01)
        on_start()

    server.on_startup(take_signals)
    server.on_startup(threading.Thread(target=tell, daemon=True).start)
    try:
        loader = partial(load, database, key_file, files, settings, threads, body_seconds)
        server.serve(target_loader=loader, wrap_loader=False)
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else 1
    return INTERRUPTED if received[:1] == [signal.SIGINT] else 0


def load(
    database: str, key_file: Path | None, files: str | None, settings: Settings, threads: int, body_seconds: float
) -> Any:
    """The application and what is in front of it, in a worker."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        _leave_terminal_to_parent()
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    _allow_many_connections()
    storage = open_storage(database, key_file=key_file, files=files)
    gateway = Gateway(create_app(storage, settings), spec.load(), storage.blobs, threads, body_seconds=body_seconds)
    # What is there now stays: looking through it for garbage would hold up a request for 60 ms now and then.
    gc.collect()
    gc.freeze()
    return gateway


def _allow_many_connections() -> None:
    """Raise the limit of open files to what the system allows: each connection is one, and 1024 is a usual limit."""
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_FILES if hard == resource.RLIM_INFINITY else min(hard, MOST_FILES)
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def _stop(server: Any, *, hurry: bool) -> None:
    """Have the workers finish what they are doing; kill those that take too long, or, in a hurry, all."""
    if not hurry:
        # A worker that has just begun to serve misses the signal, and a second one would be one too many.
        youngest = max((worker.birth for worker in server.wrks), default=0.0)
        time.sleep(max(0.0, youngest + SETTLING_SECONDS - time.monotonic()))
    server.signal_handler_interrupt()
    if not hurry:
        # Granian could do this too, but now and then it kills, and says so, what has just ended.
        time.sleep(STOP_SECONDS)
    for worker in list(server.wrks):
        worker.kill()


def _leave_terminal_to_parent() -> None:
    # Ctrl-C reaches every process of the terminal. The workers are stopped by the parent, in order.
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGHUP})


def _end_with(parent: Any) -> None:
    """Stop this worker when its parent is gone, however that ended: it must not hold on to the port."""
    parent.join()
    os.kill(os.getpid(), signal.SIGTERM)


def _logging(level: str) -> dict[str, Any]:
    """To stderr: what goes to stdout is for reading, and for pipes."""
    handler = {"class": "logging.StreamHandler", "formatter": "line", "stream": "ext://sys.stderr"}
    return {
        "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(message)s"}},
        "handlers": {"stderr": handler},
        "loggers": {
            "_granian": {"handlers": ["stderr"], "level": level.upper(), "propagate": False},
            "granian.access": {"handlers": ["stderr"], "level": "CRITICAL", "propagate": False},
            "mlsteward": {"handlers": ["stderr"], "level": level.upper(), "propagate": False},
        },
    }
