"""Real proxies, with the files of `deploy/`, in front of a real server."""

from __future__ import annotations

import contextlib
import datetime
import hashlib
import http.client
import os
import re
import shutil
import socket
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from mlsteward import Steward

from tests.support import spec
from tests.support.databases import SqliteTemplate
from tests.support.loopback import free_port
from tests.support.process import PATIENCE, Served, eventually, serving
from tests.support.server import Settings

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
NGINX = (DEPLOY / "nginx.conf").read_text("utf-8")
CADDY = (DEPLOY / "Caddyfile").read_text("utf-8")
MEGABYTE = bytes(range(256)) * 4096
LARGE = 100


@dataclass
class Proxy:
    """A proxy in front of a server."""

    url: str
    tls: ssl.SSLContext | bool
    served: Served
    log: Path

    def client(self) -> httpx.Client:
        return httpx.Client(base_url=self.url, verify=self.tls, timeout=PATIENCE, trust_env=False)

    def steward(self) -> Steward:
        context = self.tls if isinstance(self.tls, ssl.SSLContext) else None
        return Steward(self.url, api_token=self.served.keys[0], ssl_context=context)


def replaced(text: str, *changes: tuple[str, str]) -> str:
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return text


def certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate for this machine, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    paths = folder / "fullchain.pem", folder / "key.pem"
    paths[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    paths[1].write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain))
    return paths


@contextmanager
def running(command: list[str], port: int, folder: Path) -> Iterator[None]:
    """A proxy, until the end of the block."""

    def listens() -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", port)) == 0

    output = folder / "output.txt"
    with output.open("wb") as file:
        process = subprocess.Popen(
            command, stdout=file, stderr=file, env={**os.environ, "HOME": str(folder), "XDG_DATA_HOME": str(folder)}
        )
        try:
            assert eventually(lambda: listens() or process.poll() is not None)
            assert process.poll() is None, output.read_text()
            yield
        finally:
            process.terminate()
            process.wait(PATIENCE)


@contextmanager
def nginx(served: Served, folder: Path) -> Iterator[Proxy]:
    if shutil.which("nginx") is None:
        pytest.skip("nginx is not installed (Debian: apt-get install nginx-light)")
    port = free_port()
    chain, key = certificate(folder)
    log = folder / "nginx.log"
    site = replaced(
        NGINX,
        ("server 127.0.0.1:8000;", f"server 127.0.0.1:{served.port};"),
        ("listen 443 ssl http2;", f"listen 127.0.0.1:{port} ssl http2;"),
        ("/etc/ssl/steward.example.com/fullchain.pem", str(chain)),
        ("/etc/ssl/steward.example.com/key.pem", str(key)),
        ("/var/log/nginx/mlsteward.log", str(log)),
    )
    (folder / "site.conf").write_text(site, "utf-8")
    temporary = "".join(
        f"{name}_temp_path {folder}/{name};\n" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        ("user root;\n" if os.geteuid() == 0 else "")
        + f"daemon off;\npid {folder}/nginx.pid;\nerror_log {log};\nevents {{}}\n"
        + f"http {{\n{temporary}include {folder}/site.conf;\n}}\n",
        "utf-8",
    )
    command = ["nginx", "-p", str(folder), "-c", str(folder / "nginx.conf")]
    tested = subprocess.run([*command, "-t"], capture_output=True, text=True, timeout=60)
    assert tested.returncode == 0, tested.stderr
    with running(command, port, folder):
        yield Proxy(f"https://localhost:{port}", ssl.create_default_context(cafile=str(chain)), served, log)


@contextmanager
def caddy(served: Served, folder: Path) -> Iterator[Proxy]:
    if shutil.which("caddy") is None:
        pytest.skip("caddy is not installed (Debian: apt-get install caddy)")
    tested = subprocess.run(
        ["caddy", "validate", "--adapter", "caddyfile", "--config", str(DEPLOY / "Caddyfile")],
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, "HOME": str(folder), "XDG_DATA_HOME": str(folder)},
    )
    assert tested.returncode == 0, tested.stderr
    port = free_port()
    # Without TLS: the certificate comes from an authority that this machine need not reach.
    site = replaced(
        CADDY,
        ("auto_https disable_redirects", "auto_https off\n\tadmin off"),
        ("\nsteward.example.com {", f"\nhttp://localhost:{port} {{\n\tbind 127.0.0.1"),
        ("reverse_proxy 127.0.0.1:8000 {", f"reverse_proxy 127.0.0.1:{served.port} {{"),
    )
    (folder / "Caddyfile").write_text(site, "utf-8")
    command = ["caddy", "run", "--adapter", "caddyfile", "--config", str(folder / "Caddyfile")]
    with running(command, port, folder):
        yield Proxy(f"http://localhost:{port}", False, served, folder / "output.txt")


@pytest.fixture(scope="module", params=[nginx, caddy], ids=["nginx", "caddy"])
def proxy(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, sqlite_template: SqliteTemplate
) -> Iterator[Proxy]:
    home = tmp_path_factory.mktemp("home")
    arguments = ["--database", sqlite_template.copy(), "--files", str(home / "files")]
    with serving(home, *arguments) as served, request.param(served, tmp_path_factory.mktemp("proxy")) as proxy:
        with proxy.steward() as steward:
            steward.workspaces.create("ml-team")
            steward.projects.create("ml-team/nlp", key="NLP")
        yield proxy


@pytest.fixture(scope="module")
def large_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("large") / "file.bin"
    with path.open("wb") as file:
        for _ in range(LARGE):
            file.write(MEGABYTE)
    return path


def test_requests_pass(proxy: Proxy) -> None:
    with proxy.steward() as steward:
        assert steward.whoami().username == "admin"
        assert [workspace.name for workspace in steward.workspaces.list()] == ["ml-team"]
    with proxy.client() as client:
        answer = client.get("/readyz")
        assert (answer.status_code, answer.json()) == (200, {"status": "ready"})
        assert "max-age" in answer.headers["Strict-Transport-Security"]
        assert client.get("/docs").status_code == 200


def test_metrics_do_not_pass(proxy: Proxy) -> None:
    with proxy.client() as client:
        answer = client.get("/metrics", headers={"Authorization": f"Bearer {proxy.served.keys[0]}"})
    assert answer.status_code == 404


def test_a_large_file_passes_both_ways(proxy: Proxy, large_file: Path, tmp_path: Path) -> None:
    digest = hashlib.sha256(MEGABYTE * LARGE).hexdigest()
    with proxy.steward() as steward:
        experiment = steward.experiments.create(project="ml-team/nlp")
        asset = steward.experiments.assets.upload(experiment.id, large_file, name="weights.bin")
        assert (asset.size, asset.sha256) == (len(MEGABYTE) * LARGE, digest)
        target = tmp_path / "weights.bin"
        steward.experiments.assets.download(experiment.id, asset.id, target)
    assert hashlib.sha256(target.read_bytes()).hexdigest() == digest


def test_a_json_body_that_is_too_large_is_refused(proxy: Proxy) -> None:
    with proxy.client() as client:
        headers = {"Authorization": f"Bearer {proxy.served.keys[0]}", "Content-Type": "application/json"}
        answer = client.post("/api/v1/workspaces", content=b" " * 2**21, headers=headers)
    assert answer.status_code == 413


def test_a_stranger_is_refused_before_the_body_has_arrived(proxy: Proxy) -> None:
    """A file passes through: the proxy does not receive all of it before it asks."""
    host = proxy.url.partition("://")[2]
    if isinstance(proxy.tls, ssl.SSLContext):
        connection = http.client.HTTPSConnection(host, timeout=PATIENCE, context=proxy.tls)
    else:
        connection = http.client.HTTPConnection(host, timeout=PATIENCE)
    with contextlib.closing(connection):
        connection.putrequest("POST", f"/api/v1/experiments/{'0' * 32}/assets?name=x")
        connection.putheader("Content-Type", "application/octet-stream")
        connection.putheader("Content-Length", str(2**30))
        connection.endheaders()
        # Caddy reads a little more after the server has answered. The rest of the GiB is never sent.
        with contextlib.suppress(ConnectionError):
            for _ in range(8):
                connection.send(MEGABYTE)
        # nginx says 502 if the server has closed the connection while nginx was still sending.
        assert connection.getresponse().status in (401, 502)


def test_a_long_answer_passes_while_it_is_read(proxy: Proxy, large_file: Path) -> None:
    with proxy.steward() as steward:
        experiment = steward.experiments.create(project="ml-team/nlp")
        asset = steward.experiments.assets.upload(experiment.id, large_file, name="x.bin")
    path = f"/api/v1/experiments/{experiment.id}/assets/{asset.id}"
    headers = {"Authorization": f"Bearer {proxy.served.keys[0]}"}
    with proxy.client() as client, client.stream("GET", path, headers=headers) as answer:
        assert answer.headers["Content-Length"] == str(len(MEGABYTE) * LARGE)
        first = next(answer.iter_raw())
        assert MEGABYTE.startswith(first[: len(MEGABYTE)])
        # A proxy that had taken all of it would have it in a file.
        kept = [path for path in proxy.log.parent.rglob("*") if path.is_file() and path.stat().st_size > 2**20]
        assert not kept


def test_the_log_of_the_proxy_has_no_token(proxy: Proxy) -> None:
    with proxy.client() as client:
        client.post(f"/api/v1/invitations/{'0' * 32}/accept", params={"token": "canary7f3a"}, json={})
        client.post("/api/v1/workspaces", params={"token": "canary7f3a"}, content=b" " * 2**21)
    assert not proxy.log.exists() or "canary7f3a" not in proxy.log.read_text()


def test_files_have_the_limit_of_files_and_everything_else_that_of_json() -> None:
    (pattern,) = re.findall(r"location ~ (\S+)", NGINX)
    for operation in spec.operations():
        body = operation.raw.get("requestBody", {}).get("content", {})
        path = "/api/v1" + re.sub(r"\{\w+\}", "0" * 32, operation.path)
        takes_file = "application/octet-stream" in body
        if takes_file or operation.method == "post":
            assert bool(re.search(pattern, path)) == takes_file, operation.name
    sizes = {"m": 2**20, "g": 2**30}
    limits = [int(number) * sizes[unit] for number, unit in re.findall(r"client_max_body_size (\d+)(\w);", NGINX)]
    assert limits == [Settings().max_body_bytes, Settings().max_upload_bytes]
