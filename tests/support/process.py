"""`mlsteward serve` in a process of its own."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Self

import httpx

KEY = re.compile(r"mls_[A-Za-z0-9]{20,}")
PATIENCE = 120.0
"""Seconds, after which something will never happen. On an idle machine everything here takes less than two."""

COMMAND = [sys.executable, "-m", "mlsteward.cli", "serve"]


def environment(home: Path, **more: str) -> dict[str, str]:
    """The environment of a machine where nothing is configured."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("MLSTEWARD_", "XDG_", "PG"))}
    return {**kept, "HOME": str(home), **more}


class Served:
    """A server that was started, on a free port.

    Args:
        home: A folder for what it may write.
        arguments: What follows `mlsteward serve`.
        environ: Variables of its own.

    Attributes:
        url: Where it answers, once `wait_until_ready` is back.
        keys: The API keys it has shown.
    """

    def __init__(self, home: Path, *arguments: str, port: int = 0, environ: Mapping[str, str] | None = None) -> None:
        self._process = subprocess.Popen(
            [*COMMAND, "--port", str(port), *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=environment(home, **(environ or {})),
        )
        self.pid = self._process.pid
        self.out = ""
        self.err = ""
        self._ready = threading.Event()
        self._readers = [threading.Thread(target=self._read_out), threading.Thread(target=self._read_err)]
        for reader in self._readers:
            reader.start()

    @property
    def keys(self) -> list[str]:
        return KEY.findall(self.out)

    @property
    def complaints(self) -> list[str]:
        """What it wrote to stderr, but for advice on how many workers suit a small machine."""
        return [line for line in self.err.splitlines() if "Configured number of workers" not in line]

    @property
    def url(self) -> str:
        found = re.search(r"export MLSTEWARD_URL=(\S+)", self.out)
        assert found is not None, self.out + self.err
        return found[1]

    @property
    def port(self) -> int:
        return int(self.url.rpartition(":")[2])

    def client(self, key: str | None = None) -> httpx.Client:
        headers = {} if key is None else {"Authorization": f"Bearer {key}"}
        return httpx.Client(base_url=f"{self.url}/api/v1", headers=headers, timeout=PATIENCE, trust_env=False)

    def wait_until_ready(self) -> Self:
        """Wait for the greeting, which promises that the server answers."""
        assert self._ready.wait(PATIENCE), self.out + self.err
        assert self._process.poll() is None, self.out + self.err
        return self

    def workers(self) -> list[int]:
        """The process ids of the workers."""
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text()
        return [int(pid) for pid in children.split()]

    def kill(self) -> None:
        """End it as a power cut would."""
        self._process.kill()
        self._process.wait(PATIENCE)

    def end(self, number: int = signal.SIGTERM) -> int:
        """Stop it with a signal and return its exit code."""
        self._process.send_signal(number)
        return self.wait()

    def wait(self) -> int:
        """Wait for its end and return its exit code."""
        code = self._process.wait(PATIENCE)
        for reader in self._readers:
            reader.join(PATIENCE)
        return code

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        try:
            if self._process.poll() is None:
                self._process.terminate()
            self._process.wait(PATIENCE)
        finally:
            # Nothing of it outlives a test that failed; workers end with their parent.
            self._process.kill()
            self._process.wait(PATIENCE)
            for reader in self._readers:
                reader.join(PATIENCE)
            for stream in (self._process.stdout, self._process.stderr):
                assert stream is not None
                stream.close()
        assert "Traceback" not in self.out + self.err, self.err

    def _read_out(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self.out += line
            if "MLSTEWARD_API_TOKEN" in line:
                self._ready.set()
        self._ready.set()

    def _read_err(self) -> None:
        assert self._process.stderr is not None
        for line in self._process.stderr:
            self.err += line


def eventually(condition: Callable[[], bool]) -> bool:
    """Whether something becomes true in time."""
    ending = time.monotonic() + PATIENCE
    while time.monotonic() < ending:
        if condition():
            return True
        time.sleep(0.02)
    return False


def is_alive(pid: int) -> bool:
    """Whether a process runs; one that only waits to be noticed does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@contextlib.contextmanager
def serving(home: Path, *arguments: str, **options: object) -> Iterator[Served]:
    """A server that is ready."""
    with Served(home, *arguments, **options) as served:  # type: ignore[arg-type]
        yield served.wait_until_ready()
