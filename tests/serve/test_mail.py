"""Mail of a served platform: sent in the background, whichever worker does it, and whoever dies meanwhile."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from mlsteward import Steward

from tests.support.mail import HOST, PASSWORD, MailServer, make_certificate
from tests.support.process import Served, eventually, serving


@pytest.fixture
def options(sqlite_file: str, key_file: Path) -> list[str]:
    return ["--database", sqlite_file, "--key-file", str(key_file), "--workers", "2", "--mail-from", "s@example.com"]


@pytest.fixture
def mail() -> Iterator[MailServer]:
    with MailServer() as server:
        yield server


def invite(served: Served, *people: str) -> None:
    with Steward(served.url, api_token=served.keys[0]) as admin:
        admin.workspaces.create("ml-team", exist_ok=True)
        for person in people:
            admin.invitations.send(email=person, workspace="ml-team")


def link_of(server: MailServer, person: str) -> str:
    (message,) = (each for each in server.received if each["To"] == person)
    text = message.get_body(("plain",))
    assert text is not None
    return str(text.get_content().partition("accept '")[2].partition("'")[0])


def test_an_invitation_arrives_over_starttls_and_its_link_works(
    tmp_path: Path, options: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate = make_certificate(tmp_path, HOST)
    password_file = tmp_path / "password"
    password_file.write_text(PASSWORD + "\n")
    with MailServer(certificate) as server:
        url = f"smtp://steward%40example.com@{HOST}:{server.port}?tls=required"
        options += ["--smtp", url, "--smtp-password-file", str(password_file), "--log-level", "debug"]
        with serving(tmp_path, *options, environ={"SSL_CERT_FILE": str(certificate)}) as served:
            invite(served, "ada@example.org")
            assert eventually(lambda: bool(server.received))
            link = link_of(server, "ada@example.org")
            page = httpx.get(link, trust_env=False)
            assert (page.status_code, "Join ml-team" in page.text) == (200, True)
            with Steward(served.url) as ada:
                assert ada.invitations.accept(link).username == "ada"
            assert served.end() == 0
        assert httpx.URL(link).params["token"] not in served.err
        assert PASSWORD not in served.out + served.err


def test_what_was_not_sent_when_the_server_was_killed_is_sent_later(
    tmp_path: Path, options: list[str], mail: MailServer
) -> None:
    people = [f"p{n}@example.org" for n in range(5)]
    mail.seconds = 0.3
    # With this time limit, a lease lasts for about half a minute.
    options += ["--smtp", f"smtp://{HOST}:{mail.port}?timeout=1&retry=0.1"]
    with serving(tmp_path, *options) as served:
        invite(served, *people)
        assert eventually(lambda: len(mail.received) >= 1)
        for worker in served.workers():
            os.kill(worker, signal.SIGKILL)
        # New workers take over when the lease of the dead one has ended.
        assert eventually(lambda: set(mail.count()) == set(people))
        assert served.end() == 0
    # At least once. The one that was in the middle can come twice, and is the same message then.
    assert sum(mail.count().values()) <= len(people) + 1
    assert len({message["Message-ID"] for message in mail.received}) == len(people)


def test_a_clean_stop_neither_loses_nor_doubles_a_message(tmp_path: Path, options: list[str], mail: MailServer) -> None:
    people = [f"p{n}@example.org" for n in range(5)]
    mail.seconds = 0.7
    options += ["--smtp", f"smtp://{HOST}:{mail.port}"]
    with serving(tmp_path, *options) as served:
        invite(served, *people)
        assert eventually(lambda: mail.begun == 2)
        assert served.end() == 0
    assert 2 <= len(mail.received) < 5
    with serving(tmp_path, *options) as served:
        assert eventually(lambda: set(mail.count()) == set(people))
        assert served.end() == 0
    assert mail.count() == dict.fromkeys(people, 1)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--smtp", "smtp://steward:hunter2@mail.example.com"], "others on this machine can read"),
        (["--smtp", "smtp://steward@mail.example.com"], "MLSTEWARD_SMTP_PASSWORD"),
        (["--smtp", "smtp://mail.example.com", "--smtp-password-file", "/no/such/file"], "cannot be read"),
        (["--smtp", "gopher://mail.example.com"], "not valid"),
    ],
)
def test_settings_that_cannot_be_used_stop_the_start(
    tmp_path: Path, options: list[str], arguments: list[str], said: str
) -> None:
    with Served(tmp_path, *options, *arguments) as served:
        assert served.wait() == 2
    assert said in served.err
    assert "hunter2" not in served.err
    assert served.keys == []
