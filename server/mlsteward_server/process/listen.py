"""Where a server listens, found out before anything is started."""

from __future__ import annotations

import errno
import http.client
import os
import socket
import threading

HEALTH = "/api/v1/health"
LOOPBACK = ("127.", "::1")
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - recognised here, not listened on


class ListenError(Exception):
    """Nothing can listen there; the message says why."""


class Address:
    """An address and a port that are free.

    Args:
        host: A name or an address of this machine.
        port: 0 for any free one.

    Raises:
        ListenError: They are not free, or not this machine's.
    """

    def __init__(self, host: str, port: int) -> None:
        try:
            family, _, _, _, found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        except (OSError, UnicodeError, OverflowError) as error:
            raise ListenError(f"cannot listen on {host!r}: it is no address of this machine") from error
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            if os.name == "posix":
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                # Granian's sockets share a port, even with those of another server, which would then
                # get some of the requests. This one shares with nobody.
                probe.bind(found)
                probe.listen(1)
            except OSError as error:
                raise ListenError(_why_not(error, host, port)) from error
            self.ip: str = probe.getsockname()[0]
            self.port: int = probe.getsockname()[1]

    @property
    def reachable(self) -> str:
        """An address to call it by from this machine."""
        return EVERYWHERE.get(self.ip, self.ip)

    @property
    def url(self) -> str:
        """Where it is, from this machine."""
        host = f"[{self.reachable}]" if ":" in self.reachable else self.reachable
        return f"http://{host}:{self.port}"

    @property
    def is_local(self) -> bool:
        """Whether only this machine can reach it."""
        return self.ip.startswith(LOOPBACK)

    def wait_until_healthy(self, given_up: threading.Event) -> bool:
        """Wait for a server here to answer; False where that was given up."""
        while not given_up.wait(0.02):
            connection = http.client.HTTPConnection(self.reachable, self.port, timeout=2)
            try:
                connection.request("GET", HEALTH)
                if connection.getresponse().status == 200:
                    return True
            except (OSError, http.client.HTTPException):
                pass
            finally:
                connection.close()
        return False


def _why_not(error: OSError, host: str, port: int) -> str:
    shown = f"{host}:{port}"
    if error.errno == errno.EADDRINUSE:
        return f"something listens on {shown} already; choose another port with --port, 0 for any free one"
    if error.errno == errno.EACCES:
        return f"this user may not listen on {shown}; choose a port above 1023 with --port"
    if error.errno == errno.EADDRNOTAVAIL:
        return f"cannot listen on {shown}: it is no address of this machine"
    return f"cannot listen on {shown}: {error.strerror}"
