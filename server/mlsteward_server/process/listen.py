"""Check the address of a server before anything is started."""

from __future__ import annotations

import errno
import http.client
import os
import socket
import threading

HEALTH = "/api/v1/health"
LOOPBACK = ("127.", "::1")
LOOPBACK_HOST = "127.0.0.1"
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - recognised here, not listened on


class ListenError(Exception):
    """The server cannot listen on this address. The message says why."""


class Address:
    """An address and a free port.

    Args:
        host: A host name or an IP address of this machine.
        port: The port. 0 chooses a free port.
        option: The option that chooses the port.

    Raises:
        ListenError: The port is not free, or the address does not belong to this machine.
    """

    def __init__(self, host: str, port: int, *, option: str = "--port") -> None:
        try:
            family, _, _, _, found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        except (OSError, UnicodeError, OverflowError) as error:
            raise ListenError(f"cannot listen on {host!r}: it is not an address of this machine") from error
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            if os.name == "posix":
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                # Granian's sockets share their port even with other servers, which would then get some of the
                # requests. This socket does not share, so it fails if the port is taken.
                probe.bind(found)
                probe.listen(1)
            except OSError as error:
                raise ListenError(_why_not(error, host, port, option)) from error
            self.ip: str = probe.getsockname()[0]
            self.port: int = probe.getsockname()[1]

    @property
    def reachable(self) -> str:
        """The address of the server from this machine."""
        return EVERYWHERE.get(self.ip, self.ip)

    @property
    def url(self) -> str:
        """The URL of the server from this machine."""
        host = f"[{self.reachable}]" if ":" in self.reachable else self.reachable
        return f"http://{host}:{self.port}"

    @property
    def is_local(self) -> bool:
        """Whether only this machine can reach the server."""
        return self.ip.startswith(LOOPBACK)

    def wait_until_healthy(self, given_up: threading.Event) -> bool:
        """Wait until a server at this address answers. Return False if `given_up` is set first."""
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


def _why_not(error: OSError, host: str, port: int, option: str) -> str:
    shown = f"{host}:{port}"
    if error.errno == errno.EADDRINUSE:
        any_port = ", or 0 for any free port" if option == "--port" else ""
        return f"{shown} is already in use; choose another port with {option}{any_port}"
    if error.errno == errno.EACCES:
        return f"this user is not allowed to listen on {shown}; choose a port above 1023 with {option}"
    if error.errno == errno.EADDRNOTAVAIL:
        return f"cannot listen on {shown}: it is not an address of this machine"
    return f"cannot listen on {shown}: {error.strerror}"
