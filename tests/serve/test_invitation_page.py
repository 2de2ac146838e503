"""The page of an invitation, in a browser, at a server that logs every request."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from mlsteward import Steward

from tests.support.browser import DESKTOP, PHONE, Browser, browsing, find_chromium
from tests.support.databases import SqliteTemplate
from tests.support.process import PATIENCE, Served, eventually, serving

CHROMIUM = find_chromium()
needs_browser = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine to open a page with")
SHOTS = os.environ.get("SCREENSHOTS")
"""A folder for pictures of the page, for people to look at."""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, sqlite_template: SqliteTemplate) -> Iterator[Served]:
    arguments = ["--database", sqlite_template.copy(), "--log-level", "debug", "--log-format", "json"]
    with serving(tmp_path_factory.mktemp("home"), *arguments) as served:
        with Steward(served.url, api_token=served.keys[0]) as admin:
            admin.workspaces.create("ml-team")
        yield served


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[Browser]:
    assert CHROMIUM is not None
    with browsing(CHROMIUM, tmp_path / "profile") as browser:
        yield browser


def invite(served: Served, email: str) -> str:
    with Steward(served.url, api_token=served.keys[0]) as admin:
        return admin.invitations.send(email=email, role="member", workspace="ml-team").url


def token_of(link: str) -> str:
    return parse_qs(urlsplit(link).query)["token"][0]


@needs_browser
def test_a_person_joins_in_a_browser_without_scripts(served: Served, browser: Browser) -> None:
    link = invite(served, "ada@example.org")
    browser.open(link)
    assert browser.ask("document.title") == "Join ml-team"
    assert "admin invites you to the workspace ml-team" in browser.ask("document.body.innerText")
    browser.submit(username="admin")
    assert "The username 'admin' is reserved" in browser.ask("document.querySelector('[role=alert]').innerText")
    browser.submit(username="countess")
    assert browser.ask("document.title") == "Welcome to ml-team"
    key = browser.ask("document.querySelector('#key').innerText").strip()
    with served.client(key) as ada:
        assert ada.get("/me").json()["username"] == "countess"
    # Neither the history nor a referrer nor the log has the token.
    assert browser.ask("location.href") == link.partition("?")[0]
    assert not any("Referer" in request["headers"] for request in browser.requests)
    assert {request["url"].partition("?")[0] for request in browser.requests} == {link.partition("?")[0]}
    assert not [complaint for complaint in browser.complaints if "409" not in complaint]
    assert eventually(lambda: served.err.count('"operation":"accept_invitation"') == 2)
    assert token_of(link) not in served.err
    assert key not in served.err


@needs_browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_it_fits_every_window(served: Served, browser: Browser, size: tuple[int, int], scheme: str) -> None:
    name = f"{scheme}{size[0]}"
    browser.look(size, scheme)
    browser.open(invite(served, f"{name}@example.org"))
    for step in ("offer", "wrong", "accepted", "closed"):
        width = browser.ask("document.documentElement.scrollWidth")
        assert width <= size[0], f"{step} is wider than the window"
        ground = browser.ask("getComputedStyle(document.body).backgroundColor")
        darkness = sum(map(int, re.findall(r"\d+", ground)[:3])) / 3
        assert (darkness < 128) == (scheme == "dark")
        if SHOTS is not None:
            Path(SHOTS, f"{step}-{size[0]}-{scheme}.png").write_bytes(browser.screenshot())
        if step == "offer":
            browser.submit(username="Admin")
        elif step == "wrong":
            browser.submit(username=name)
        elif step == "accepted":
            browser.open(browser.ask("location.href"))


def test_large_forms_are_refused_before_they_are_read(served: Served) -> None:
    link = invite(served, "large@example.org")
    with httpx.Client(timeout=PATIENCE, trust_env=False) as client:
        for content in (b"username=" + b"x" * 1_000_000, iter([b"username=" + b"x" * 100_000])):
            form = {"Content-Type": "application/x-www-form-urlencoded"}
            answer = client.post(link, content=content, headers=form)
            assert answer.status_code == 413, answer.text
        # A form whose length is not declared is one too.
        body = f"token={token_of(link)}&username=chunked".encode()
        answer = client.post(link.partition("?")[0], content=iter([body]), headers=form)
        assert answer.status_code == 200, answer.text


def test_clients_accept_the_same_link(served: Served) -> None:
    link = invite(served, "client@example.org")
    with Steward(served.url) as nobody:
        assert nobody.invitations.accept(link, username="client").workspace == "ml-team"
    # Links that an earlier version of the server sent stay good.
    old = invite(served, "old@example.org").replace("/invitations/", "/api/v1/invitations/")
    with Steward(served.url) as nobody:
        assert nobody.invitations.accept(old, username="old").workspace == "ml-team"
