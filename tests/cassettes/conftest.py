"""Sessions with our own served server, recorded once and replayed without a network.

To record them anew, after a change of the API:

    .venv/bin/python -m pytest tests/cassettes --record-mode=rewrite

That starts a server. What is written down holds no credential: headers that identify the caller are left out,
and whatever `mlsteward.redaction.redact` takes for a secret is masked, in addresses and in bodies. The server is
called `steward.example` in all of them, wherever it was.

The client needs nothing special to be recorded: it sends through `httpx.HTTPTransport`, which vcrpy patches.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import pytest
from mlsteward.redaction import redact
from mlsteward.testing import StewardServer

PLACE = "http://steward.example"
LOOPBACK = re.compile(r"http://127\.0\.0\.1:\d+")
KEY = "mls_only-where-a-server-is-recorded"
LEFT_OUT_OF_REQUESTS = ["authorization", "x-api-key", "cookie", "user-agent", "idempotency-key", "host"]
LEFT_OUT_OF_ANSWERS = {"date", "server", "content-length", "set-cookie"}


@pytest.fixture(autouse=True)
def _http_is_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MLSTEWARD_ALLOW_HTTP", "1")


def mask_request(request: Any) -> Any:
    parts = urlsplit(request.uri)
    query = f"?{parts.query}" if parts.query else ""
    request.uri = PLACE + redact(parts.path + query)
    request.body = redact(request.body.decode()).encode() if request.body else None
    return request


def mask_answer(answer: dict[str, Any]) -> dict[str, Any]:
    headers = {name: values for name, values in answer["headers"].items() if name.lower() not in LEFT_OUT_OF_ANSWERS}
    body = LOOPBACK.sub(PLACE, redact(answer["body"]["string"].decode()))
    return {**answer, "headers": headers, "body": {"string": body.encode()}}


@pytest.fixture(scope="module")
def vcr_config() -> dict[str, Any]:
    return {
        "filter_headers": LEFT_OUT_OF_REQUESTS,
        "before_record_request": mask_request,
        "before_record_response": mask_answer,
        "match_on": ["method", "uri", "body"],
        "decode_compressed_response": True,
    }


@pytest.fixture(scope="module")
def vcr_cassette_dir(request: pytest.FixtureRequest) -> str:
    return str(request.path.parent / "recorded")


@pytest.fixture
def place(record_mode: str, request: pytest.FixtureRequest) -> Mapping[str, Any]:
    """What a client takes: the recorded server, or, while recording, a real one."""
    if record_mode == "none":
        return {"url": PLACE, "api_token": KEY}
    server: StewardServer = request.getfixturevalue("steward_server")
    return {"url": server.url, "api_token": server.api_token}
