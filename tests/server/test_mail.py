"""Mail: what is sent, how it gets to a mail server, and what happens if it does not."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from tests.support.mail import HOST, PASSWORD, USER, MailServer, make_certificate
from tests.support.process import eventually
from tests.support.server import (
    TOO_OLD,
    Mailer,
    Postponed,
    Refused,
    Session,
    Settings,
    Smtp,
    SmtpError,
    Storage,
    Unreachable,
    acknowledge,
    count_by_state,
    letter,
    new_id,
    outbox,
    parse_smtp,
    retry,
    waiting,
    workspaces,
)
from tests.support.world import World

FROM = "Steward <steward@example.com>"


@pytest.fixture
def mail() -> Iterator[MailServer]:
    with MailServer() as server:
        yield server


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_certificate(tmp_path_factory.mktemp("certificate"), HOST)


def to(server: MailServer, options: str = "retry=0.05&timeout=60", **more: Any) -> Smtp:
    return parse_smtp(f"smtp://{HOST}:{server.port}?{options}", sender=FROM, **more)


def invite(world: World, *emails: str) -> None:
    for address in emails:
        world.api("admin").ok("POST", "/workspaces/acme/invitations", json={"email": address})


running: list[Mailer] = []


def started(storage: Storage, smtp: Smtp) -> Mailer:
    mailer = Mailer(storage, smtp, "https://steward.example.com", lambda: False)
    running.append(mailer)
    mailer.start()
    return mailer


@pytest.fixture(autouse=True)
def nothing_goes_on(storage: Storage) -> Iterator[None]:
    yield
    while running:
        running.pop().stop()


def state(storage: Storage) -> dict[str, int]:
    with storage.connect() as connection:
        return {name: n for name, n in count_by_state(connection, datetime.now(UTC)).items() if n}


def rows(storage: Storage) -> list[Any]:
    with storage.connect() as connection:
        return list(connection.execute(select(outbox).order_by(outbox.c.id)).all())


# ---- settings


@pytest.mark.parametrize(
    ("url", "port", "security"),
    [
        ("smtp://mail.example.com", 25, "starttls"),
        ("smtp://steward@mail.example.com", 587, "starttls"),
        ("smtps://mail.example.com", 465, "tls"),
        ("smtp://mail.example.com:2525?tls=off", 2525, "none"),
        ("smtp://localhost", 25, "none"),
        ("smtp://127.0.0.9", 25, "none"),
        ("smtp://[::1]?tls=required", 25, "starttls"),
        ("smtp://127.0.0.1.example.com", 25, "starttls"),
    ],
)
def test_what_is_encrypted(url: str, port: int, security: str) -> None:
    found = parse_smtp(url, password="secret", sender=FROM)
    assert (found.port, found.security) == (port, security)
    assert "secret" not in repr(found)
    assert found.is_open_to_others == (security == "none" and "example" in url)


@pytest.mark.parametrize(
    ("url", "sender", "said"),
    [
        ("http://mail.example.com", FROM, "not valid"),
        ("smtp://", FROM, "not valid"),
        ("smtp://mail.example.com/inbox", FROM, "not valid"),
        ("smtp://mail.example.com:99999", FROM, "not valid"),
        ("smtp://[::1", FROM, "not valid"),
        ("smtp://mail.example.com?tls=maybe", FROM, "tls=maybe"),
        ("smtps://mail.example.com?tls=off", FROM, "tls=off"),
        ("smtp://mail.example.com?retry=0", FROM, "retry=0"),
        ("smtp://mail.example.com?timeout=soon", FROM, "timeout=soon"),
        ("smtp://mail.example.com?password=hunter2", FROM, "'password' in the SMTP URL is unknown"),
        ("smtp://steward@mail.example.com", FROM, "needs a password"),
        ("smtp://steward:hunter2%C3%A9@mail.example.com", FROM, "must be ASCII"),
        ("smtp://mail.example.com", None, "needs a sender"),
        ("smtp://mail.example.com", "steward", "not a valid sender"),
        ("smtp://mail.example.com", "a@example.com, b@example.com", "not a valid sender"),
        ("smtp://mail.example.com", "a@example.com\r\nBcc: b@example.com", "not a valid sender"),
    ],
)
def test_settings_that_cannot_be_used(url: str, sender: str | None, said: str) -> None:
    with pytest.raises(SmtpError, match=re.escape(said)) as caught:
        parse_smtp(url, sender=sender)
    assert "hunter2" not in str(caught.value)


# ---- messages


def test_a_message_has_two_parts_and_a_head(storage: Storage, world: World, mail: MailServer) -> None:
    invite(world, "ada@example.org")
    mailer = started(storage, to(mail))
    assert eventually(lambda: bool(state(storage).get("sent")))
    mailer.stop()
    (got,) = mail.received
    assert (got["From"], got["To"], got["X-Envelope-From"]) == (FROM, "ada@example.org", "steward@example.com")
    assert got["Subject"] == f"{world.person('admin').username} invites you to acme"
    (row,) = rows(storage)
    assert got["Message-ID"] == f"<{row.id}@example.com>"
    assert got["Auto-Submitted"] == "auto-generated"
    assert abs(got["Date"].datetime - row.created_at) < timedelta(seconds=2)
    assert got.get_content_type() == "multipart/alternative"
    text, html = (part.get_content() for part in got.iter_parts())
    link = re.search(r"https://steward\.example\.com/invitations/\w+/accept\?token=[\w-]+", text)
    assert link is not None
    assert f'href="{link[0]}"' in html
    token = link[0].partition("token=")[2]
    assert token not in str(got.items())
    assert not any(token in str(tuple(row)) for row in rows(storage))


def test_names_add_no_headers(storage: Storage, world: World, settings: Settings, mail: MailServer) -> None:
    invite(world, "ada@example.org")
    evil = "x\r\nBcc: eve@example.org\r\n\r\n<script>\u2028\x00é"
    with storage.writing() as connection:
        connection.execute(update(workspaces).values(name=evil))
    mailer = started(storage, to(mail))
    assert eventually(lambda: bool(mail.received))
    mailer.stop()
    (got,) = mail.received
    assert "Bcc" not in got
    assert "Bcc: eve@example.org" in got["Subject"]
    assert "<script>" not in got.get_body(("html",)).get_content()  # type: ignore[union-attr]


@pytest.mark.parametrize("recipient", ["a@b.org\r\nBcc: c@d.org", "a@b.org, c@d.org", "nobody", "é@example.org", ""])
def test_a_recipient_that_is_no_address_gets_a_dead_letter(
    storage: Storage, world: World, mail: MailServer, recipient: str
) -> None:
    """The rules for addresses keep them out. The mailer does not rely on them."""
    invite(world, "ada@example.org", "bob@example.org")
    first, _ = rows(storage)
    with storage.writing() as connection:
        connection.execute(update(outbox).where(outbox.c.id == first.id).values(recipient=recipient))
    mailer = started(storage, to(mail))
    assert eventually(lambda: state(storage) == {"sent": 1, "dead": 1})
    mailer.stop()
    assert mail.count() == {"bob@example.org": 1}


# ---- mail servers


def test_starttls_and_a_login(certificate: Path, monkeypatch: pytest.MonkeyPatch, message: Any) -> None:
    url = "smtp://steward%40example.com@{host}:{port}?tls=required"
    with MailServer(certificate) as server:
        smtp = parse_smtp(url.format(host=HOST, port=server.port), password=PASSWORD)
        with pytest.raises(Unreachable, match="certificate verify failed"):
            Session(smtp, threading.Event())
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        session = Session(smtp, threading.Event())
        session.send(letter(message, smtp.sender), message.recipient)
        session.close()
        assert server.count() == {message.recipient: 1}
        wrong = parse_smtp(url.format(host=HOST, port=server.port), password="hunter2")
        with pytest.raises(Unreachable, match="535") as caught:
            Session(wrong, threading.Event())
        assert "hunter2" not in str(caught.value)


def test_a_certificate_for_another_name_is_refused(
    certificate: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    other = make_certificate(tmp_path, "127.0.0.2")
    monkeypatch.setenv("SSL_CERT_FILE", str(other))
    with MailServer(other) as server:
        smtp = parse_smtp(f"smtp://{HOST}:{server.port}?tls=required", sender=FROM)
        with pytest.raises(Unreachable, match="certificate verify failed"):
            Session(smtp, threading.Event())


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")  # TLS is there before
def test_tls_from_the_beginning(certificate: Path, monkeypatch: pytest.MonkeyPatch, message: Any) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with MailServer(certificate, is_implicit=True) as server:
        smtp = parse_smtp(f"smtps://{HOST}:{server.port}", sender=USER)
        session = Session(smtp, threading.Event())
        # It wants a login, and says so: that is no fault of the message.
        with pytest.raises(Postponed, match="530"):
            session.send(letter(message, smtp.sender), message.recipient)
        session.close()


def test_a_server_without_starttls_gets_nothing(mail: MailServer) -> None:
    with pytest.raises(Unreachable, match="STARTTLS"):
        Session(to(mail, "tls=required"), threading.Event())


@pytest.fixture
def message(storage: Storage, world: World, settings: Settings) -> Any:
    invite(world, "ada@example.org")
    return next(waiting(storage, settings.public_url))


def test_whose_fault_a_failure_is(mail: MailServer, message: Any) -> None:
    smtp = to(mail)
    session = Session(smtp, threading.Event())
    content = letter(message, smtp.sender)
    mail.answers = {"gone@example.org": "550 no such\tuser token=abc", "full@example.org": "452 mailbox full"}
    mail.data_answers = {"spam@example.org": "554 spam", "busy@example.org": "451 later"}
    for recipient, raised, said in (
        ("gone@example.org", Refused, "550 no such user token=***"),
        ("full@example.org", Postponed, "452 mailbox full"),
        ("spam@example.org", Refused, "554 spam"),
        ("busy@example.org", Postponed, "451 later"),
    ):
        with pytest.raises(raised, match=re.escape(said)):
            session.send(content, recipient)
        assert session.is_open
    session.send(content, "ada@example.org")
    mail.dies = True
    with pytest.raises(Postponed, match="connection was lost"):
        session.send(content, "ada@example.org")
    assert not session.is_open
    assert mail.count() == {"ada@example.org": 1}


def test_a_slow_server_does_not_hold_us(mail: MailServer, message: Any) -> None:
    smtp = to(mail, "timeout=0.5")
    mail.seconds = 60
    session = Session(smtp, threading.Event())
    with pytest.raises(Postponed, match="connection was lost"):
        session.send(letter(message, smtp.sender), message.recipient)
    assert not session.is_open


# ---- the mailer


def test_what_is_refused_is_a_dead_letter_and_can_be_sent_again(
    storage: Storage, world: World, mail: MailServer
) -> None:
    invite(world, "gone@example.org", "ada@example.org")
    mail.answers = {"gone@example.org": "550 5.1.1 no such user"}
    mailer = started(storage, to(mail))
    assert eventually(lambda: state(storage) == {"sent": 1, "dead": 1})
    (letter,) = waiting(storage, "https://x", dead=True)
    assert (letter.recipient, letter.failure) == (
        "gone@example.org",
        "the mail server answered 550 5.1.1 no such user",
    )
    assert list(waiting(storage, "https://x")) == []
    mail.answers = {}
    assert retry(storage, [letter.id]) == [letter.id]
    assert eventually(lambda: state(storage) == {"sent": 2})
    mailer.stop()
    assert mail.count() == {"gone@example.org": 1, "ada@example.org": 1}


def test_a_server_that_comes_back_gets_everything_once(storage: Storage, world: World) -> None:
    server = MailServer()
    people = [f"p{n}@example.org" for n in range(5)]
    invite(world, *people)
    mailer = started(storage, to(server))
    assert eventually(lambda: all(row.attempts >= 2 for row in rows(storage)))
    assert state(storage) == {"failed": 5}
    with server:
        assert eventually(lambda: state(storage) == {"sent": 5})
        mailer.stop()
    assert server.count() == dict.fromkeys(people, 1)


def test_each_pause_is_longer(storage: Storage, world: World) -> None:
    invite(world, "ada@example.org")
    mailer = started(storage, to(MailServer(), "retry=0.2"))
    pauses: dict[int, float] = {}

    def tried() -> bool:
        (row,) = rows(storage)
        if row.attempts:
            pauses[row.attempts] = (row.due_at - row.failed_at).total_seconds()
        return row.attempts >= 3

    assert eventually(tried)
    mailer.stop()
    for attempts, pause in pauses.items():
        # Measured from a moment later than the pause was chosen.
        assert 0.2 * 2 ** (attempts - 1) * 0.7 < pause <= 0.2 * 2 ** (attempts - 1) * 1.25


def test_what_is_too_old_is_given_up(storage: Storage, world: World) -> None:
    invite(world, "old@example.org", "new@example.org")
    with storage.writing() as connection:
        past = datetime.now(UTC) - TOO_OLD - timedelta(minutes=1)
        connection.execute(update(outbox).where(outbox.c.recipient == "old@example.org").values(created_at=past))
    server = MailServer()
    mailer = started(storage, to(server))
    assert eventually(lambda: state(storage) == {"dead": 1, "failed": 1})
    (dead,) = waiting(storage, "https://x", dead=True)
    with server:
        # Its time begins anew.
        retry(storage, [dead.id])
        assert eventually(lambda: state(storage) == {"sent": 2})
        mailer.stop()


@pytest.mark.both_databases
def test_two_processes_never_send_the_same(storage: Storage, world: World, mail: MailServer) -> None:
    people = [f"p{n}@example.org" for n in range(30)]
    mailers = [started(storage, to(mail)) for _ in range(4)]
    for person in people:
        invite(world, person)
    assert eventually(lambda: state(storage) == {"sent": 30})
    for mailer in mailers:
        mailer.stop()
    assert mail.count() == dict.fromkeys(people, 1)


def test_what_somebody_else_has_sent_is_not_sent(storage: Storage, world: World, mail: MailServer) -> None:
    invite(world, "slow@example.org", "ada@example.org", "bob@example.org")
    mail.seconds = 1.0
    mailer = started(storage, to(mail))
    assert eventually(lambda: mail.begun == 1)
    _, ada, _ = rows(storage)
    acknowledge(storage, [ada.id])
    world.api("admin").ok("DELETE", "/workspaces/acme/invitations/bob@example.org")
    assert eventually(lambda: state(storage) == {"sent": 2, "obsolete": 1})
    mailer.stop()
    assert mail.count() == {"slow@example.org": 1}


def test_stopping_waits_for_the_answer_and_begins_nothing_new(storage: Storage, world: World, mail: MailServer) -> None:
    invite(world, "ada@example.org", "bob@example.org")
    mail.seconds = 1.0
    mailer = started(storage, to(mail))
    assert eventually(lambda: mail.begun == 1)
    mailer.stop()
    assert state(storage) == {"sent": 1, "waiting": 1}
    # The lease is free at once.
    another = started(storage, to(mail))
    assert eventually(lambda: state(storage) == {"sent": 2})
    another.stop()
    assert mail.count() == {"ada@example.org": 1, "bob@example.org": 1}


def test_a_dead_process_holds_the_lease_for_a_while(storage: Storage, world: World, mail: MailServer) -> None:
    from mlsteward_server.storage import leases

    now = datetime.now(UTC)
    with storage.writing() as connection:
        assert leases.hold(connection, "mail", new_id(), now, now + timedelta(seconds=4))
    invite(world, "ada@example.org")
    mailer = started(storage, to(mail))
    assert eventually(lambda: state(storage) == {"sent": 1})
    mailer.stop()
    (row,) = rows(storage)
    assert row.sent_at >= now + timedelta(seconds=4)
