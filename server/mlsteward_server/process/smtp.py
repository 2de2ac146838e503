"""Hand messages to an SMTP server.

A failure belongs to one message or to the server. If the server refuses a message for good (`Refused`), there is no use
in sending it again. Everything else (`Postponed`, `Unreachable`) is tried again later.
"""

from __future__ import annotations

import ipaddress
import smtplib
import socket
import ssl
import threading
from dataclasses import dataclass, field
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from typing import Final, Literal
from urllib.parse import parse_qsl, unquote, urlsplit

from mlsteward_server.process.logs import hide_secrets
from mlsteward_server.trail.outbox import Message

PORTS: Final = {"smtps": 465, "smtp": 25}
SUBMISSION_PORT: Final = 587
"""The port of `smtp://user@host`: who logs in submits mail, and does not relay it."""
TIMEOUT, RETRY = 60.0, 60.0
LONGEST_NUMBER = 3600.0
PERMANENT = range(500, 600)
FAILURES: Final = (OSError, smtplib.SMTPException, ValueError)
"""What a connection to an SMTP server can fail with. `ValueError`: an answer that is none."""
POLICY = SMTP.clone(cte_type="7bit")


class SmtpError(Exception):
    """The settings for mail cannot be used. The message says why, without a password."""


class Refused(Exception):
    """The server refused the message for good."""


class Postponed(Exception):
    """This message could not be sent now."""


class Unreachable(Exception):
    """The server cannot be used now."""


@dataclass(frozen=True, slots=True)
class Smtp:
    """How to send mail.

    Attributes:
        security: `starttls` and `tls` check the certificate of the server. `none` encrypts nothing.
        sender: The address that mail comes from.
        timeout: Maximum time to connect, and to send one message, in seconds.
        retry: Time before the second attempt to send a message, in seconds. It doubles with each attempt.
    """

    host: str
    port: int
    security: Literal["starttls", "tls", "none"]
    sender: Address
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    timeout: float = TIMEOUT
    retry: float = RETRY

    @property
    def is_open_to_others(self) -> bool:
        """Whether others can read the mail, and the password, on its way to the server."""
        return self.security == "none" and not _is_loopback(self.host)


def parse_smtp(url: str, *, password: str | None = None, sender: str | None = None) -> Smtp:
    """Return how to send mail.

    Args:
        url: `smtp://[user[:password]@]host[:port]` or `smtps://...`, with `?tls=off` or `?tls=required`, `timeout` and
            `retry`.
        password: The password, if it is not in the URL.
        sender: The address that mail comes from, such as `Steward <steward@example.com>` (default: the user).

    Raises:
        SmtpError: The URL or the address is not valid.

    >>> parse_smtp("smtp://steward%40example.com@mail.example.com", password="x")
    Smtp(host='mail.example.com', port=587, security='starttls', sender=..., user='steward@example.com', ...)
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
        options = dict(parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query)))
    except ValueError as error:
        raise SmtpError(f"the SMTP URL is not valid: {error}") from None
    if parts.scheme not in PORTS or not host or parts.path not in ("", "/") or parts.fragment:
        raise SmtpError("the SMTP URL is not valid; use smtp://user@host:587 or smtps://user@host")
    user = unquote(parts.username) if parts.username else None
    password = unquote(parts.password) if parts.password else password
    if user is not None and password is None:
        raise SmtpError(
            f"the SMTP user {user!r} needs a password; set MLSTEWARD_SMTP_PASSWORD, or name a file with "
            "--smtp-password-file"
        )
    if not f"{user}{password}".isascii():
        raise SmtpError("the SMTP user and password must be ASCII")
    tls = options.pop("tls", None)
    if tls not in (None, "off", "required") or (tls == "off" and parts.scheme == "smtps"):
        raise SmtpError(f"tls={tls} in the SMTP URL is not valid; use tls=off or tls=required with smtp://")
    is_open = tls == "off" or (tls is None and _is_loopback(host))
    timeout, retry = _seconds(options, "timeout", TIMEOUT), _seconds(options, "retry", RETRY)
    if options:
        raise SmtpError(f"{min(options)!r} in the SMTP URL is unknown; use tls, timeout or retry")
    return Smtp(
        host,
        port or (SUBMISSION_PORT if user and parts.scheme == "smtp" else PORTS[parts.scheme]),
        "tls" if parts.scheme == "smtps" else "none" if is_open else "starttls",
        _sender(sender, user),
        user,
        password,
        timeout,
        retry,
    )


def letter(message: Message, sender: Address) -> EmailMessage:
    """Return a message as mail, with a plain and an HTML part. The same message is always the same mail.

    Raises:
        Refused: The recipient is not an email address.
    """
    try:
        mail = EmailMessage(policy=POLICY)
        mail["From"] = sender
        mail["To"] = Address(addr_spec=message.recipient)
        mail["Subject"] = message.subject
        mail["Date"] = message.created_at
        mail["Message-ID"] = f"<{message.id}@{sender.domain}>"
        mail["Auto-Submitted"] = "auto-generated"
        mail.set_content(message.text)
        mail.add_alternative(message.html, subtype="html")
        mail.as_bytes().decode("ascii")
    except (MessageError, ValueError, IndexError) as error:
        raise Refused(f"the message cannot be written as mail: {error}") from None
    return mail


class Session:
    """A connection to an SMTP server, over which messages are sent one after the other.

    Args:
        smtp: Where to.
        stopping: Set when no more messages must be sent.

    Raises:
        Unreachable: The server cannot be used.
    """

    def __init__(self, smtp: Smtp, stopping: threading.Event) -> None:
        self._smtp = smtp
        self._stopping = stopping
        self._lock = threading.Lock()
        self._is_committed = False
        self.is_open = False
        self._client = smtplib.SMTP(timeout=smtp.timeout)
        with self._deadline():
            try:
                self._connect()
            except smtplib.SMTPResponseException as error:
                self.close()
                raise Unreachable(_reply(error.smtp_code, error.smtp_error)) from None
            except FAILURES as error:
                self.close()
                raise Unreachable(f"cannot use the mail server: {_words(error)}") from None
        self.is_open = True

    def _connect(self) -> None:
        smtp = self._smtp
        context = ssl.create_default_context() if smtp.security != "none" else None
        if smtp.security == "tls":
            self._client = smtplib.SMTP_SSL(timeout=smtp.timeout, context=context)
        # With `host` in the constructor, a socket that fails would be lost.
        self._client._host = smtp.host  # type: ignore[attr-defined]
        code, reply = self._client.connect(smtp.host, smtp.port)
        if code != 220:
            raise smtplib.SMTPResponseException(code, reply)
        self._client.ehlo_or_helo_if_needed()
        if smtp.security == "starttls":
            # Raises if the server does not offer it: then somebody may be in between.
            self._client.starttls(context=context)
            self._client.ehlo_or_helo_if_needed()
        if smtp.user is not None:
            self._client.login(smtp.user, smtp.password or "")

    def send(self, mail: EmailMessage, recipient: str) -> None:
        """Send one message. Once the server has it all, its answer is waited for, even if `stop` is called.

        Raises:
            Refused: The server refused it for good.
            Postponed: It was not sent now. The session is closed if the connection was lost.
        """
        with self._deadline():
            try:
                self._say(*self._client.mail(self._smtp.sender.addr_spec), may_be_permanent=False)
                self._say(*self._client.rcpt(recipient))
                with self._lock:
                    if self._stopping.is_set():
                        raise Postponed("the server stops")
                    self._is_committed = True
                self._say(*self._client.data(mail.as_bytes()))
            except smtplib.SMTPDataError as error:
                self._start_over()
                self._say(error.smtp_code, error.smtp_error)
            except (Refused, Postponed):
                self._start_over()
                raise
            except FAILURES as error:
                self.close()
                raise Postponed(f"the connection was lost: {_words(error)}") from None
            finally:
                self._is_committed = False

    def stop(self) -> None:
        """End the session, except while the answer to a whole message is awaited."""
        with self._lock:
            if not self._is_committed:
                self._cut()

    def close(self) -> None:
        """Close the connection."""
        was_open, self.is_open = self.is_open, False
        try:
            if was_open and not self._stopping.is_set():
                self._client.quit()
            else:
                self._client.close()
        except FAILURES:
            self._client.close()

    def _start_over(self) -> None:
        try:
            self._client.rset()
        except FAILURES:
            self.close()

    def _say(self, code: int, reply: bytes | str, *, may_be_permanent: bool = True) -> None:
        """Raise unless a reply says that all is well."""
        if 200 <= code < 300:
            return
        # If the server does not want us as a sender, that is no fault of the message.
        raise (Refused if code in PERMANENT and may_be_permanent else Postponed)(_reply(code, reply))

    def _cut(self) -> None:
        sock = getattr(self._client, "sock", None)
        if sock is not None:
            try:
                # As a plain socket: TLS would take leave of the other side, and wait for it.
                socket.socket.shutdown(sock, socket.SHUT_RDWR)
            except OSError:
                pass

    def _deadline(self) -> _Deadline:
        return _Deadline(self._smtp.timeout, self._cut)


class _Deadline:
    """Calls a function if a block takes too long: a server that sends a byte now and then would hold us forever."""

    def __init__(self, seconds: float, cut: object) -> None:
        self._timer = threading.Timer(seconds, cut)  # type: ignore[arg-type]
        self._timer.daemon = True

    def __enter__(self) -> None:
        self._timer.start()

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()


def _sender(given: str | None, user: str | None) -> Address:
    text = given or (user if user and "@" in user else None)
    if text is None:
        raise SmtpError("mail needs a sender; set --mail-from, for example to 'Steward <steward@example.com>'")
    try:
        mail = EmailMessage(policy=POLICY)
        mail["From"] = text
        (address,) = mail["From"].addresses
        address.addr_spec.encode("ascii")
        if not address.username or ("." not in address.domain and not _is_loopback(address.domain)):
            raise ValueError
    except (MessageError, ValueError, IndexError):
        raise SmtpError(f"{text!r} is not a valid sender; use one address, as in steward@example.com") from None
    found: Address = address
    return found


def _seconds(options: dict[str, str], name: str, default: float) -> float:
    text = options.pop(name, None)
    if text is None:
        return default
    try:
        found = float(text)
    except ValueError:
        found = 0.0
    if not 0 < found <= LONGEST_NUMBER:
        raise SmtpError(f"{name}={text} in the SMTP URL is not valid; use seconds, up to {LONGEST_NUMBER:.0f}")
    return found


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _reply(code: int, reply: bytes | str) -> str:
    text = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
    return f"the mail server answered {code} {_printable(text)}"


def _words(error: Exception) -> str:
    return _printable(str(error)) or type(error).__name__


def _printable(text: str) -> str:
    """Return what a server said on one line, without what looks like a secret."""
    return hide_secrets("".join(c if c.isprintable() else " " for c in text)).strip()
