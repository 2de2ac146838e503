"""Chromium without a window, driven over its own debugging pipe. It needs no driver and no package."""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PHONE, DESKTOP = (360, 740), (1280, 800)
FLAGS = (
    "--headless=new",
    "--remote-debugging-pipe",
    "--no-first-run",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    # Containers often have neither user namespaces nor another user. The pages are ours.
    "--no-sandbox",
)


def find_chromium() -> str | None:
    """The path of a Chromium on this machine, if there is one."""
    return next((path for name in NAMES if (path := shutil.which(name)) is not None), None)


class Browser:
    """A page of a browser that runs no scripts of pages."""

    def __init__(self, reading: int, writing: int) -> None:
        self._reading, self._writing = os.fdopen(reading, "rb"), os.fdopen(writing, "wb")
        self._number = 0
        self._events: list[dict[str, Any]] = []
        target = self._send("Target.createTarget", {"url": "about:blank"})["targetId"]
        attached = self._send("Target.attachToTarget", {"targetId": target, "flatten": True})
        self._session: str | None = attached["sessionId"]
        for domain in ("Page", "Log", "Network"):
            self._send(f"{domain}.enable")
        self._send("Emulation.setScriptExecutionDisabled", {"value": True})

    _session = None

    def _send(self, method: str, parameters: dict[str, Any] | None = None) -> dict[str, Any]:
        self._number += 1
        message = {"id": self._number, "method": method, "params": parameters or {}}
        if self._session is not None:
            message["sessionId"] = self._session
        self._writing.write(json.dumps(message).encode() + b"\0")
        self._writing.flush()
        while True:
            found = self._receive()
            if found.get("id") == self._number:
                assert "error" not in found, found
                return dict(found["result"])
            self._events.append(found)

    def _receive(self) -> dict[str, Any]:
        received = bytearray()
        while (byte := self._reading.read(1)) != b"\0":
            assert byte, "the browser has ended"
            received += byte
        return dict(json.loads(received))

    def _wait_for(self, method: str) -> None:
        while not any(event.get("method") == method for event in self._events):
            self._events.append(self._receive())

    def _forget(self, method: str) -> None:
        self._events = [event for event in self._events if event.get("method") != method]

    def open(self, url: str) -> None:
        """Open an address, and wait until it is loaded."""
        self._forget("Page.loadEventFired")
        self._send("Page.navigate", {"url": url})
        self._wait_for("Page.loadEventFired")

    def ask(self, expression: str) -> Any:
        """The value of an expression, as the console of the browser evaluates it."""
        return self._send("Runtime.evaluate", {"expression": expression, "returnByValue": True})["result"].get("value")

    def submit(self, **fields: str) -> None:
        """Fill in the fields of a form, press its button, and wait for the next page."""
        for name, value in fields.items():
            self.ask(f"document.querySelector('input[name={name}]').value = {json.dumps(value)}")
        self._forget("Page.loadEventFired")
        self.ask("document.querySelector('button').click()")
        self._wait_for("Page.loadEventFired")

    def look(self, size: tuple[int, int], scheme: str) -> None:
        """Take a window size, and a colour scheme: `light` or `dark`."""
        width, height = size
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
        self._send("Emulation.setDeviceMetricsOverride", metrics)
        self._send("Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": scheme}]})

    def screenshot(self) -> bytes:
        """What the window shows, as PNG."""
        return base64.b64decode(self._send("Page.captureScreenshot", {"format": "png"})["data"])

    @property
    def complaints(self) -> list[str]:
        """What the browser refused, such as what a policy forbids."""
        entries = [event["params"]["entry"] for event in self._events if event.get("method") == "Log.entryAdded"]
        return [entry["text"] for entry in entries if entry["level"] == "error"]

    @property
    def requests(self) -> list[dict[str, Any]]:
        """The requests that the browser made, with their headers."""
        sent = [event["params"] for event in self._events if event.get("method") == "Network.requestWillBeSent"]
        return [each["request"] for each in sent]


@contextmanager
def browsing(chromium: str, profile: Path) -> Iterator[Browser]:
    """Start a browser.

    Args:
        chromium: Its path.
        profile: A folder for what it keeps.
    """
    to_read, its_output = os.pipe()
    its_input, to_write = os.pipe()

    def take_pipes() -> None:
        # It reads from 3 and writes to 4.
        reading, writing = os.dup(its_input), os.dup(its_output)
        os.dup2(reading, 3)
        os.dup2(writing, 4)

    process = subprocess.Popen(
        [chromium, *FLAGS, f"--user-data-dir={profile}", "about:blank"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "HOME": str(profile)},
        close_fds=False,
        preexec_fn=take_pipes,
    )
    os.close(its_input)
    os.close(its_output)
    browser = Browser(to_read, to_write)
    try:
        yield browser
    finally:
        process.kill()
        process.wait()
        browser._reading.close()
        browser._writing.close()
