"""TLS, proxies, and a client of the user's own."""

from __future__ import annotations

import asyncio
import logging
import ssl
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from mlsteward import _notices
from mlsteward.config import resolve
from mlsteward.connection import AsyncConnection, Connection
from mlsteward.errors import ConfigurationError, ConnectionFailed
from mlsteward.transport import RetryPolicy
from mlsteward.transport.network import is_loopback, proxy_for
from mlsteward.transport.wire import Origin
from mlsteward_api.api.projects import create_project, get_project
from mlsteward_api.models.project_create import ProjectCreate

from tests.support.clock import FakeClock
from tests.support.loopback import PROJECT, Loopback, answer, free_port

TOKEN = "mls_CanaryCanaryCanaryCanary"
PROXY_VARIABLES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")


def connect(url: str, **options: Any) -> Connection:
    config = resolve(url=url, api_token=TOKEN, environ={}, config_file=None)
    return Connection(config, retry=RetryPolicy(clock=FakeClock()), **options)


@pytest.fixture(autouse=True)
def no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in PROXY_VARIABLES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    # Its warning has tests of its own.
    monkeypatch.setenv("MLSTEWARD_ALLOW_HTTP", "1")


# TLS.


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A self-signed certificate for 127.0.0.1, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path_factory.mktemp("tls") / "certificate.pem"
    file.write_bytes(
        made.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return file


@pytest.fixture
def tls_server(certificate: Path) -> Iterator[Loopback]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with Loopback(tls=context) as server:
        yield server


def test_a_server_that_cannot_prove_who_it_is(tls_server: Loopback) -> None:
    clock = FakeClock()
    config = resolve(url=tls_server.url, api_token=TOKEN, environ={}, config_file=None)
    with (
        Connection(config, retry=RetryPolicy(clock=clock)) as connection,
        pytest.raises(ConnectionFailed, match="could not prove who it is") as caught,
    ):
        connection.call(get_project.request("p1"))
    assert "SSL_CERT_FILE" in str(caught.value)
    # Trying again would not make it trustworthy.
    assert clock.waits == []
    assert tls_server.received == []


def test_a_server_that_can(tls_server: Loopback, certificate: Path) -> None:
    context = ssl.create_default_context(cafile=certificate)
    with connect(tls_server.url, ssl_context=context) as connection:
        assert connection.call(get_project.request("p1")).id == "p1"


def test_the_authorities_are_loaded_once_and_only_for_https() -> None:
    script = (
        "import ssl\n"
        "loaded = []\n"
        "original = ssl.SSLContext.load_verify_locations\n"
        "def counting(self, *args, **kwargs):\n"
        "    loaded.append(1)\n"
        "    return original(self, *args, **kwargs)\n"
        "ssl.SSLContext.load_verify_locations = counting\n"
        "from mlsteward.config import resolve\n"
        "from mlsteward.connection import Connection\n"
        "def connect(url): Connection(resolve(url=url, environ={}, config_file=None)).close()\n"
        "connect('http://127.0.0.1:1'); print(len(loaded))\n"
        "connect('https://127.0.0.1:1'); connect('https://localhost:2'); print(len(loaded))\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["0", "1"]


# Proxies.


def test_a_proxy_given_as_an_argument() -> None:
    with Loopback() as proxy, connect("http://steward.test:8000", proxy=proxy.url) as connection:
        connection.call(get_project.request("p1"))
        # In full: that is how a proxy is asked.
        assert proxy.last.path == "http://steward.test:8000/api/v1/projects/p1"
        assert proxy.last.headers["host"] == "steward.test:8000"


@pytest.mark.parametrize("variable", ["HTTP_PROXY", "http_proxy", "ALL_PROXY"])
def test_a_proxy_of_the_environment(monkeypatch: pytest.MonkeyPatch, variable: str) -> None:
    with Loopback() as proxy:
        monkeypatch.setenv(variable, proxy.url.removeprefix("http://"))
        with connect("http://steward.test") as connection:
            connection.call(get_project.request("p1"))
        assert proxy.last.path == "http://steward.test/api/v1/projects/p1"


def test_a_proxy_of_the_environment_for_asyncio(monkeypatch: pytest.MonkeyPatch) -> None:
    async def run() -> None:
        config = resolve(url="http://steward.test", environ={}, config_file=None)
        async with AsyncConnection(config) as connection:
            await connection.call(get_project.request("p1"))

    with Loopback() as proxy:
        monkeypatch.setenv("HTTP_PROXY", proxy.url)
        asyncio.run(run())
        assert proxy.last.path == "http://steward.test/api/v1/projects/p1"


def test_this_machine_is_not_behind_a_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{free_port()}")
    with Loopback() as server, connect(server.url) as connection:
        assert connection.call(get_project.request("p1")).id == "p1"
        assert server.last.path == "/api/v1/projects/p1"


@pytest.mark.parametrize("exempt", ["steward.test", ".test", "*", "other.test, steward.test"])
def test_exceptions_from_the_proxy(monkeypatch: pytest.MonkeyPatch, exempt: str) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://proxy.test:3128")
    assert proxy_for(Origin("http://steward.test")) == "http://proxy.test:3128"
    monkeypatch.setenv("NO_PROXY", exempt)
    assert proxy_for(Origin("http://steward.test")) is None


def test_the_environment_need_not_be_trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    with Loopback() as proxy:
        monkeypatch.setenv("HTTP_PROXY", proxy.url)
        with connect("http://steward.invalid", trust_env=False) as connection, pytest.raises(ConnectionFailed):
            connection.call(get_project.request("p1"))
        assert proxy.received == []


@pytest.mark.parametrize("proxy", ["ftp://bob:hunter2@proxy.test", "http://bob:hunter2@proxy.test:port", "socks"])
def test_a_proxy_that_is_not_one(proxy: str) -> None:
    with pytest.raises(ConfigurationError, match="proxy") as caught:
        connect("http://steward.test", proxy=proxy)
    assert "hunter2" not in str(caught.value)


def test_the_password_of_a_proxy_is_not_in_an_error() -> None:
    url = f"http://bob:hunter2@127.0.0.1:{free_port()}"
    with connect("http://steward.test", proxy=url) as connection, pytest.raises(ConnectionFailed) as caught:
        connection.call(get_project.request("p1"))
    assert "hunter2" not in str(caught.value) + repr(connection)


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST", "a.localhost", "127.0.0.1", "127.1.2.3", "::1", "[::1]"])
def test_this_machine(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["127.0.0.1.example.com", "localhost.example.com", "10.0.0.1", "example.com", "127"])
def test_other_machines(host: str) -> None:
    assert not is_loopback(host)


# A client of the user's own.


def test_a_client_of_the_users_own_is_used_and_stays_open() -> None:
    seen: list[str] = []
    hooks = {"request": [lambda request: seen.append(request.method)]}
    client = httpx.Client(headers={"X-Gateway": "g"}, event_hooks=hooks, trust_env=False)
    body = ProjectCreate(workspace="ml", name="churn")
    with client, Loopback(answer(503), answer(201)) as server:
        with connect(server.url, http_client=client) as connection:
            assert connection.call(create_project.request(body=body)).id == "p1"
        assert not client.is_closed
        assert seen == ["POST", "POST"]
        assert server.last.headers["x-gateway"] == "g"
        assert server.last.headers["authorization"] == f"Bearer {TOKEN}"
        assert server.last.headers["user-agent"].startswith("mlsteward/")
        assert server.last.headers["content-length"] == str(len(server.last.body))
        assert len({received.headers["idempotency-key"] for received in server.received}) == 1


def test_a_client_that_follows_redirects_does_not() -> None:
    from mlsteward.errors import UnexpectedRedirect

    client = httpx.Client(follow_redirects=True, trust_env=False)
    with Loopback() as other, Loopback(answer(302, headers={"Location": other.url})) as server:
        with connect(server.url, http_client=client) as connection, pytest.raises(UnexpectedRedirect):
            connection.call(get_project.request("p1"))
        assert other.received == []
    client.close()


def test_an_asynchronous_client_of_the_users_own() -> None:
    async def run(url: str) -> None:
        config = resolve(url=url, environ={}, config_file=None)
        async with httpx.AsyncClient(headers={"X-Gateway": "g"}, trust_env=False) as client:
            async with AsyncConnection(config, http_client=client) as connection:
                assert (await connection.call(get_project.request("p1"))).id == "p1"
            assert not client.is_closed

    with Loopback() as server:
        asyncio.run(run(server.url))
        assert server.last.headers["x-gateway"] == "g"


def test_compressed_answers_through_a_client_of_the_users_own() -> None:
    import gzip
    import json

    packed = answer(200, gzip.compress(json.dumps(PROJECT).encode()), {"Content-Encoding": "gzip"})
    with httpx.Client(trust_env=False) as client, Loopback(packed) as server:
        connection = connect(server.url, http_client=client)
        assert connection.call(get_project.request("p1")).id == "p1"


def test_what_httpx_logs_of_a_url_holds_no_token(caplog: pytest.LogCaptureFixture) -> None:
    from mlsteward_api.api.workspaces import accept_invitation
    from mlsteward_api.models.invitation_accept import InvitationAccept

    accepted = answer(200, {"workspace": "ml", "username": "bob", "role": "member"})
    with httpx.Client(trust_env=False) as client, Loopback(accepted) as server, caplog.at_level(logging.DEBUG):
        connection = connect(server.url, http_client=client)
        connection.call(accept_invitation.request("i1", token="hunter2", body=InvitationAccept()))
        assert "token=hunter2" in server.last.path
    assert "HTTP Request: POST" in caplog.text
    assert "hunter2" not in caplog.text


def test_a_client_has_nowhere_to_go_without_a_url() -> None:
    with httpx.Client() as client, pytest.raises(ConfigurationError, match="http_client cannot be used"):
        Connection(resolve(path=":memory:", environ={}, config_file=None), http_client=client)


# Without encryption.


@pytest.fixture
def strict(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MLSTEWARD_ALLOW_HTTP")
    _notices.forget()


@pytest.mark.usefixtures("strict")
@pytest.mark.parametrize("kind", [Connection, AsyncConnection])
def test_plain_http_to_another_machine_is_warned_of_once(kind: Any) -> None:
    config = resolve(url="http://steward.test:8000/ml", api_token=TOKEN, environ={}, config_file=None)
    with pytest.warns(UserWarning, match=r"http://steward\.test:8000 is not encrypted") as caught:
        kind(config)
    said = str(caught[0].message)
    assert "https://" in said
    assert "MLSTEWARD_ALLOW_HTTP=1" in said
    assert TOKEN not in said
    assert caught[0].filename == __file__
    kind(config)


@pytest.mark.usefixtures("strict")
@pytest.mark.parametrize("url", ["http://127.0.0.1:8000", "http://localhost", "http://[::1]:80", "https://a.example"])
def test_what_needs_no_warning(url: str) -> None:
    connect(url).close()


def test_the_warning_can_be_silenced() -> None:
    _notices.forget()
    connect("http://steward.test").close()
