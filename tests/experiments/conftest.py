"""The object client, on every kind of server, blocking and not."""

from tests.facade_support import any_client as backend
from tests.facade_support import (
    isolated,
    on_postgresql,
    on_server,
    on_server_async,
    on_sqlite,
    on_sqlite_async,
    team,
)

__all__ = [
    "backend",
    "isolated",
    "on_postgresql",
    "on_server",
    "on_server_async",
    "on_sqlite",
    "on_sqlite_async",
    "team",
]
