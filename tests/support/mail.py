"""A mail server, and what may go wrong with it."""

from __future__ import annotations

import asyncio
import email
import email.policy
import ssl
from collections import Counter
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.support.loopback import free_port

HOST = "127.0.0.1"
USER, PASSWORD = "steward@example.com", "correct horse: /@%"


class MailServer:
    """A mail server on a free port, as a context manager. It can be started again on the same port.

    Args:
        certificate: Its certificate and key, if it offers STARTTLS, and then requires it and a login.
        is_implicit: Whether it speaks TLS from the beginning.

    Attributes:
        received: The messages that it has accepted.
        answers: What it answers to recipients, if not yes.
        data_answers: What it answers to the content for a recipient, if not yes.
        seconds: How long it waits before it answers to a message.
        dies: Whether the connection ends when the message has arrived, before the answer.
        begun: Number of messages whose content has arrived.
    """

    def __init__(self, certificate: Path | None = None, *, is_implicit: bool = False) -> None:
        self.port = free_port()
        self.received: list[EmailMessage] = []
        self.answers: dict[str, str] = {}
        self.data_answers: dict[str, str] = {}
        self.seconds = 0.0
        self.dies = False
        self.begun = 0
        self._certificate, self._is_implicit = certificate, is_implicit
        self._controller: Controller | None = None

    def start(self) -> None:
        options: dict[str, Any] = {}
        if self._certificate is not None:
            context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
            context.load_cert_chain(self._certificate)
            if self._is_implicit:
                options = {"ssl_context": context, "auth_require_tls": False}
            else:
                options = {"tls_context": context, "require_starttls": True}
            options |= {"authenticator": self._authenticate, "auth_required": True}
        self._controller = Controller(self, hostname=HOST, port=self.port, ready_timeout=60.0, **options)
        self._controller.start()

    def stop(self) -> None:
        if self._controller is not None:
            self._controller.stop()
            self._controller = None

    def __enter__(self) -> MailServer:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def count(self) -> Counter[str]:
        """How often each recipient got a message."""
        return Counter(str(message["To"]) for message in self.received)

    # ---- what the server calls

    def _authenticate(self, server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        # `handled=False`: the server is to answer 535 if it is wrong.
        return AuthResult(success=(data.login, data.password) == (USER.encode(), PASSWORD.encode()), handled=False)

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.begun += 1
        if self.dies:
            server.transport.abort()
            return "250 nobody reads this"
        await asyncio.sleep(self.seconds)
        (recipient,) = envelope.rcpt_tos
        if recipient in self.data_answers:
            return self.data_answers[recipient]
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        message["X-Envelope-From"] = envelope.mail_from
        self.received.append(message)
        return "250 OK"


def make_certificate(folder: Path, *names: str) -> Path:
    """Make a certificate for addresses of this machine, with its key in the same file. It is its own authority."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mail of a test")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(each)) for each in names]), False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), True)
        .sign(key, hashes.SHA256())
    )
    path = folder / "mail.pem"
    path.write_bytes(
        certificate.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return path
