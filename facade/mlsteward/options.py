"""The options of clients and connections, for type checkers. See `Connection` for what they mean."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    import ssl

    import httpx

    from mlsteward.embedded import EmbeddedApp
    from mlsteward.transport.retry import RetryPolicy


class _CommonOptions(TypedDict, total=False):
    app: EmbeddedApp | None
    timeout: float
    retry: RetryPolicy | None
    proxy: str | None
    trust_env: bool
    ssl_context: ssl.SSLContext | None
    limits: httpx.Limits | None


class ConnectionOptions(_CommonOptions, total=False):
    """What `Connection` takes."""

    http_client: httpx.Client | None


class AsyncConnectionOptions(_CommonOptions, total=False):
    """What `AsyncConnection` takes."""

    http_client: httpx.AsyncClient | None


class StewardOptions(ConnectionOptions, total=False):
    """What `Steward` takes besides `url`."""

    api_token: str | None
    workspace: str | None
    path: str | os.PathLike[str] | None
    profile: str | None
