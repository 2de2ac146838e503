"""Run worker processes. Granian starts them, replaces those that die, and stops them."""

from __future__ import annotations

import ctypes
import gc
import multiprocessing
import os
import signal
import tempfile
import threading
import time
from collections.abc import Callable
from functools import partial
from multiprocessing.util import Finalize
from pathlib import Path
from typing import Any

from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels

from mlsteward_server import spec
from mlsteward_server.http.app import create_app
from mlsteward_server.process import logs
from mlsteward_server.process.gateway import Gateway
from mlsteward_server.process.mailer import Mailer
from mlsteward_server.process.metrics import Metrics
from mlsteward_server.process.pages import Pages, serve_metrics
from mlsteward_server.process.runner import Runner
from mlsteward_server.process.smtp import Smtp
from mlsteward_server.process.tracing import find_tracing
from mlsteward_server.settings import Settings
from mlsteward_server.storage.engine import open_storage

STOP_SECONDS = 10
"""Time limit, in seconds, for a worker to finish its requests when it stops."""
SETTLING_SECONDS = 1.0
"""Age, in seconds, at which a worker is sure to handle signals."""
INTERRUPTED = 130
MOST_FILES = 65_536
MOST_REQUESTS = 16_384
"""Maximum number of requests in a worker at a time. Most of them wait for their client."""


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
    drain_seconds: float,
    metrics_port: int | None,
    smtp: Smtp | None,
    settings: Settings,
    log_level: str,
    log_format: str,
    on_start: Callable[[], None],
) -> int:
    """Run workers until a signal stops them.

    Args:
        ip: The address to listen on.
        port: The port to listen on.
        workers: Number of worker processes.
        threads: Number of requests that each worker runs at the same time.
        database: The database that each worker opens.
        key_file: Path of the server key.
        files: The file storage.
        body_seconds: Time limit for the body of a request, in seconds. Large bodies get more time.
        drain_seconds: How long to serve requests, in seconds, after a signal to stop. Readiness is false meanwhile.
        metrics_port: The port on which this machine can read metrics without a key, if any.
        smtp: How to send the messages of the outbox, if the server sends them.
        settings: The settings of the server.
        log_level: The lowest level to log. Logs go to stderr.
        log_format: One of `logs.FORMATS`.
        on_start: Called in a thread of its own after the workers were started. They may not answer yet.

    Returns:
        The exit code: 0 after SIGTERM, 130 after Ctrl-C, 1 if the workers fail to start.
    """
    server = Granian(
        "mlsteward",
        address=ip,
        port=port,
        interface=Interfaces.ASGINL,
        workers=workers,
        # Slow clients wait in the event loop, where thousands of them cost little.
        backpressure=MOST_REQUESTS,
        http=HTTPModes.http1,
        websockets=False,
        log_level=LogLevels(log_level),
        log_dictconfig=logs.configuration(log_level, log_format),
        # Its lines would contain the tokens of invitation links. Those of `RequestLog` do not.
        log_access=False,
        respawn_failed_workers=True,
    )
    # Shared with the workers, and without a lock that a worker could take with it when it is killed.
    stopping = multiprocessing.RawValue(ctypes.c_bool, False)
    received: list[int] = []
    process = os.getpid()

    def stop(number: int, frame: object) -> None:
        if os.getpid() != process:
            # This is a worker that was forked a moment ago and has no handlers of its own yet.
            os._exit(0)
        received.append(number)
        stopping.value = True
        hurry = received.count(signal.SIGINT) > 1
        threading.Thread(target=_stop, args=(server, 0 if hurry else drain_seconds, hurry), daemon=True).start()

    hang_up = getattr(signal, "SIGHUP", None)
    outlives_terminal = hang_up is not None and signal.getsignal(hang_up) == signal.SIG_IGN

    def take_signals() -> None:
        # Granian has just set its own handlers, which treat all signals alike.
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, stop)
        if hang_up is not None:
            signal.signal(hang_up, signal.SIG_IGN if outlives_terminal else stop)

    def tell() -> None:
        # A fork copies the locks that other threads hold at that moment, and nobody releases the copies.
        # So this thread takes no locks until the workers are started.
        while len(server.wrks) < workers:
            time.sleep(0.01)
        on_start()

    server.on_startup(take_signals)
    server.on_startup(threading.Thread(target=tell, daemon=True).start)
    try:
        with tempfile.TemporaryDirectory(prefix="mlsteward-metrics-") as counts:
            loader = partial(
                load, database, key_file, files, settings, threads, body_seconds, stopping, counts, metrics_port, smtp
            )
            server.serve(target_loader=loader, wrap_loader=False)
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else 1
    return INTERRUPTED if received[:1] == [signal.SIGINT] else 0


def load(
    database: str,
    key_file: Path | None,
    files: str | None,
    settings: Settings,
    threads: int,
    body_seconds: float,
    stopping: Any,
    counts: str,
    metrics_port: int | None,
    smtp: Smtp | None,
) -> Any:
    """Return the application of a worker, behind its gateway."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        _leave_terminal_to_parent()
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    _allow_many_connections()
    storage = open_storage(database, key_file=key_file, files=files)
    runner = Runner(storage, settings, keeps_running=True)
    app = create_app(storage, settings, on_accepted=runner.wake)
    metrics = Metrics(counts, storage)
    pages = Pages(storage, spec.load(), metrics, lambda: bool(stopping.value))
    gateway = Gateway(
        app,
        spec.load(),
        storage.blobs,
        threads,
        body_seconds=body_seconds,
        pages=pages.by_path(),
        observers=[metrics, logs.RequestLog()],
        tracing=find_tracing(spec.load()),
    )
    if metrics_port is not None:
        serve_metrics(metrics, metrics_port)
    # The objects that exist now stay. Scanning them for garbage would sometimes delay a request by 60 ms.
    gc.collect()
    gc.freeze()
    mailer = None
    if smtp is not None:
        mailer = Mailer(storage, smtp, settings.public_url, lambda: bool(stopping.value))
        mailer.start()
    # The worker waits for the step that is running. `atexit` does not work in processes of multiprocessing.
    Finalize(None, _stop_work, args=(runner, mailer), exitpriority=1)
    runner.wake()
    return gateway


def _stop_work(runner: Runner, mailer: Mailer | None) -> None:
    """Stop what this worker does besides requests."""
    if mailer is not None:
        mailer.stop_soon()
    runner.stop()
    if mailer is not None:
        mailer.stop()


def _allow_many_connections() -> None:
    """Raise the limit of open files as far as the system allows. Each connection is one; the limit is often 1024."""
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_FILES if hard == resource.RLIM_INFINITY else min(hard, MOST_FILES)
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def _stop(server: Any, drain_seconds: float, hurry: bool) -> None:
    """Let the workers finish their requests. Kill those that take too long, or all of them if `hurry` is set."""
    time.sleep(drain_seconds)
    if not hurry:
        # A worker that has just started misses the signal, and sending a second one would be one too many.
        youngest = max((worker.birth for worker in server.wrks), default=0.0)
        time.sleep(max(0.0, youngest + SETTLING_SECONDS - time.monotonic()))
    server.signal_handler_interrupt()
    if not hurry:
        # Granian could do this too, but it sometimes kills, and reports, a worker that has just ended.
        time.sleep(STOP_SECONDS)
    for worker in list(server.wrks):
        worker.kill()


def _leave_terminal_to_parent() -> None:
    # Ctrl-C reaches every process of the terminal. The parent stops the workers in an orderly way.
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGHUP})


def _end_with(parent: Any) -> None:
    """Stop this worker when its parent has ended for any reason, so that it does not keep the port."""
    parent.join()
    os.kill(os.getpid(), signal.SIGTERM)
