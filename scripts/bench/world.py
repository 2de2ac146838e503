"""What is measured on: a database with projects in it, and servers over it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import httpx
from mlsteward import Steward

from bench.timing import SERVER_CORE, pin

PROJECTS = 200
START_SECONDS = 30.0
SCRIPTS = Path(__file__).resolve().parents[1]


class World:
    """A database of one workspace, and processes that end with it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.database = folder / "bench.db"
        self._processes: list[subprocess.Popen[bytes]] = []
        with Steward(path=str(self.database)) as steward:
            steward.workspaces.create("ml-team")
            steward.members.add("jackie", workspace="ml-team", email="jackie@example.com")
            self.key = steward.api_keys.create("bench", user="jackie").secret
            jackie = steward.as_account(self.key)
            made = [jackie.projects.create(f"ml-team/project-{n}") for n in range(PROJECTS)]
        self.project_id = made[0].id
        self._url: str | None = None

    @property
    def url(self) -> str:
        """The server of mlsteward, one worker; started on first use."""
        if self._url is None:
            self._url = self.serve_ours()
        return self._url

    @property
    def environment(self) -> dict[str, str]:
        """For processes that are measured: nothing configured but what they say."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("MLSTEWARD_", "NEPTUNE_"))}
        return {**kept, "PYTHONDONTWRITEBYTECODE": "", "PYTHONPATH": str(SCRIPTS)}

    def serve_ours(self, database: str | None = None) -> str:
        """Start `mlsteward serve`, on a database other than the usual one if one is named."""
        port = free_port()
        command = ["-m", "mlsteward.cli", "serve", "--database", database or str(self.database), "--port", str(port)]
        self._start(command, f"http://127.0.0.1:{port}/api/v1/health")
        return f"http://127.0.0.1:{port}"

    def serve_reference(self) -> str:
        """Start the FastAPI application that `served` compares with, on Uvicorn."""
        port = free_port()
        command = ["-m", "uvicorn", "bench.reference:app", "--port", str(port), "--log-level", "error"]
        self._start(command, f"http://127.0.0.1:{port}/health", {"BENCH_DATABASE": str(self.database)})
        return f"http://127.0.0.1:{port}"

    def _start(self, command: Sequence[str], health: str, extra: dict[str, str] | None = None) -> None:
        process = subprocess.Popen(
            [sys.executable, *command],
            env={**self.environment, **(extra or {})},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            preexec_fn=lambda: pin(0, SERVER_CORE),
        )
        self._processes.append(process)
        stop = time.monotonic() + START_SECONDS
        while time.monotonic() < stop:
            if process.poll() is not None:
                raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}")
            try:
                if httpx.get(health, trust_env=False).status_code == 200:
                    return
            except httpx.TransportError:
                time.sleep(0.05)
        raise RuntimeError(f"{' '.join(command)} did not start in {START_SECONDS} s")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for process in self._processes:
            process.terminate()
        for process in self._processes:
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()


def free_port() -> int:
    """A port of the loopback interface that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
